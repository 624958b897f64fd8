"""The look-up table: rows, the word in focus, filter, and a sentence."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QLineEdit, QTableView

import gloveui
from gloveui.core.lookup import lookup_table
from gloveui.core.text import PastedText
from gloveui.core.tokens import TokenOptions
from gloveui.state.session import Session
from gloveui.state.values import Model
from gloveui.state.word_choice import WordList
from gloveui.storage.export import csv_text
from gloveui.views.panels.lookup_table import LookupTablePanel
from tests.views.counted import LECTURE
from tests.views.vectors import FAMILY, STRANGE, model_of, noise, session_of
from tests.waiting import let_work_until

MANY = tuple(f"word{number}" for number in range(500))


@pytest.fixture
def panel_on(show_panel):
    return partial(show_panel, LookupTablePanel, (430, 400))


def shown_words(panel: LookupTablePanel) -> list[str]:
    model = panel.table.model()
    return [model.word_at(row) for row in range(model.rowCount())]


def wait_for_answers(panel: LookupTablePanel) -> None:
    let_work_until(lambda: not panel._jobs.is_answering)


def selected_word(panel: LookupTablePanel) -> str | None:
    rows = panel.table.selectionModel().selectedRows()
    return rows[0].data() if rows else None


def test_without_vectors_the_panel_says_what_to_do(panel_on) -> None:
    panel = panel_on(Session())
    assert panel.empty.isVisible()
    assert "Train" in panel.empty.hint_label.text()


def test_vectors_replace_the_advice_as_soon_as_they_are_there(panel_on) -> None:
    session = Session()
    panel = panel_on(session)
    session.add_model(model_of(FAMILY))
    assert not panel.empty.isVisible()
    assert panel.table.model().index(2, 0).data() == "man"
    assert panel.shape_label.text() == "9 × 5"


def test_parts_are_found_by_their_names(panel_on) -> None:
    panel = panel_on(session_of(FAMILY))
    assert panel.findChild(QTableView, "lookupTable") is panel.table
    assert panel.findChild(QLineEdit, "lookupFilterEdit") is panel.filter_edit
    assert panel.findChild(QLineEdit, "lookupSentenceEdit") is panel.sentence.edit
    assert panel.findChild(QTableView, "lookupSentenceTable") is panel.sentence.table


def test_choosing_a_row_puts_its_word_in_focus_for_every_panel(panel_on, qtbot) -> None:
    session = session_of(FAMILY)
    panel = panel_on(session)
    with qtbot.waitSignal(session.focus_word_changed) as chosen:
        panel.table.selectRow(6)
    assert chosen.args == ["king"]


def test_a_special_row_is_no_word_to_focus_on(panel_on, qtbot) -> None:
    session = session_of(FAMILY)
    panel = panel_on(session)
    with qtbot.assertNotEmitted(session.focus_word_changed):
        panel.table.selectRow(0)


def test_the_word_in_focus_is_chosen_and_scrolled_to(panel_on) -> None:
    session = session_of(noise(MANY))
    panel = panel_on(session)
    session.set_focus_word("word400")
    assert selected_word(panel) == "word400"
    rect = panel.table.visualRect(panel.table.currentIndex())
    assert panel.table.viewport().rect().contains(rect.center())


def test_a_word_in_focus_is_found_whatever_its_case(panel_on) -> None:
    session = session_of(FAMILY)
    panel = panel_on(session)
    session.set_focus_word("KING")
    assert selected_word(panel) == "king"
    assert session.focus_word == "king"


def test_the_word_that_was_in_focus_before_the_panel_is_shown_by_it(panel_on) -> None:
    session = session_of(noise(MANY))
    session.set_focus_word("word300")
    panel = panel_on(session)
    assert selected_word(panel) == "word300"
    rect = panel.table.visualRect(panel.table.currentIndex())
    assert panel.table.viewport().rect().contains(rect.center())


def test_a_filter_shows_what_it_finds_and_how_many(panel_on, qtbot) -> None:
    panel = panel_on(session_of(FAMILY))
    qtbot.keyClicks(panel.filter_edit, "MAN")
    words = [panel.table.model().index(row, 0).data() for row in range(panel.table.model().rowCount())]
    assert words == ["man", "woman"]
    assert panel.shape_label.text() == "2 of 9 × 5"


def test_a_filter_that_hides_the_word_in_focus_goes_when_it_is_chosen_elsewhere(panel_on) -> None:
    session = session_of(FAMILY)
    panel = panel_on(session)
    panel.filter_edit.setText("queen")
    session.set_focus_word("road")
    assert panel.filter_edit.text() == ""
    assert selected_word(panel) == "road"


def test_filtering_and_sorting_leave_the_focus_alone(panel_on, qtbot) -> None:
    session = session_of(FAMILY)
    panel = panel_on(session)
    session.set_focus_word("queen")
    with qtbot.assertNotEmitted(session.focus_word_changed):
        panel.filter_edit.setText("e")
        panel.table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
        panel.filter_edit.clear()
    assert selected_word(panel) == "queen"


def test_a_sentence_becomes_words_ids_and_rows(panel_on, qtbot) -> None:
    panel = panel_on(session_of(FAMILY))
    qtbot.keyClicks(panel.sentence.edit, "The King, the queen!")
    model = panel.sentence.table.model()
    assert [model.index(row, 0).data() for row in range(4)] == ["the → <unk>", "king", "the → <unk>", "queen"]
    assert [model.index(row, 1).data() for row in range(4)] == ["0", "6", "0", "7"]
    assert panel.sentence.line.text() == "4 words → ids [0, 6, 0, 7] → tensor 4 × 5"
    assert panel.sentence.table.isVisible()


def test_one_word_is_not_many(panel_on) -> None:
    panel = panel_on(session_of(FAMILY))
    panel.sentence.edit.setText("king")
    assert panel.sentence.line.text() == "1 word → ids [6] → tensor 1 × 5"


def test_the_ids_of_a_long_sentence_are_cut_short_and_its_tensor_is_not(panel_on) -> None:
    panel = panel_on(session_of(FAMILY))
    panel.sentence.edit.setText("man " * 2_000)
    assert panel.sentence.line.text() == "2,000 words → ids [2, 2, 2, 2, 2, 2, 2, 2, …] → tensor 2,000 × 5"


def test_a_sentence_is_cut_as_the_settings_say(panel_on) -> None:
    session = session_of(noise(("king,", "King", "king")))
    panel = panel_on(session)
    panel.sentence.edit.setText("king, King")
    assert panel.sentence.line.text().startswith("2 words → ids [4, 4]")
    session.set_token_options(TokenOptions(tokenizer="whitespace", lower=False))
    assert panel.sentence.line.text().startswith("2 words → ids [2, 3]")


def test_a_sentence_follows_the_model(panel_on) -> None:
    session = session_of(FAMILY)
    panel = panel_on(session)
    panel.sentence.edit.setText("road")
    session.add_model(model_of(noise(("lane", "road"), dimension=3), number=2))
    assert panel.sentence.line.text() == "1 word → ids [3] → tensor 1 × 3"


def test_without_a_sentence_its_parts_leave_their_room_to_the_table(panel_on) -> None:
    panel = panel_on(session_of(FAMILY))
    panel.sentence.edit.setText("king")
    panel.sentence.edit.setText("  ")
    assert not panel.sentence.table.isVisible()
    assert not panel.sentence.line.isVisible()


def test_copying_says_how_many_rows(panel_on, qtbot) -> None:
    panel = panel_on(session_of(FAMILY))
    panel.table.selectRow(3)
    qtbot.keyClick(panel.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert panel.note_label.text() == "Rows copied: 1"


def test_strange_words_are_shown_as_they_are(panel_on, qtbot) -> None:
    session = session_of(noise(STRANGE))
    panel = panel_on(session)
    with qtbot.captureExceptions() as raised:
        for word in STRANGE:
            session.set_focus_word(word)
            panel.grab()
            assert panel.table.currentIndex().row() == 2 + STRANGE.index(word)
    assert raised == []
    session.set_token_options(TokenOptions(tokenizer="whitespace"))
    panel.sentence.edit.setText("<img src=x> שלום 고양이")
    assert panel.sentence.line.text() == "4 words → ids [0, 0, 5, 4] → tensor 4 × 6"


def test_texts_follow_the_language(panel_on, languages, qtbot) -> None:
    panel = panel_on(session_of(FAMILY))
    panel.sentence.edit.setText("king")
    languages.use("ko")
    qtbot.waitUntil(lambda: panel.windowTitle() == "룩업 테이블")
    assert panel.table.model().headerData(0, Qt.Orientation.Horizontal) == "단어"
    assert panel.sentence.line.text() == "단어 1개 → 번호 [6] → 텐서 1 × 5"


def test_words_are_filtered_by_beginning_or_expression(panel_on) -> None:
    panel = panel_on(session_of(FAMILY))
    panel.filter_edit.setText("man")
    panel.filter.mode_combo.setCurrentIndex(1)
    assert shown_words(panel) == ["man"]
    panel.filter.mode_combo.setCurrentIndex(2)
    panel.filter_edit.setText("^(wo)?man$")
    wait_for_answers(panel)
    assert shown_words(panel) == ["man", "woman"]


def test_an_expression_that_is_none_is_told_under_the_field_and_the_rows_stay(panel_on) -> None:
    panel = panel_on(session_of(FAMILY))
    panel.filter.mode_combo.setCurrentIndex(2)
    panel.filter_edit.setText("^k")
    wait_for_answers(panel)
    panel.filter_edit.setText("^k(")
    wait_for_answers(panel)
    assert "missing )" in panel.problem_label.text()
    assert panel.problem_label.isVisible()
    assert panel.filter_edit.property("invalid")
    assert shown_words(panel) == ["king"]
    panel.filter_edit.setText("^q")
    wait_for_answers(panel)
    assert not panel.problem_label.isVisible()
    assert shown_words(panel) == ["queen"]


def test_an_index_is_gone_to(panel_on) -> None:
    session = session_of(noise(MANY))
    panel = panel_on(session)
    panel.filter_edit.setText("word3")
    panel.filter_edit.setText("#402")
    assert panel.table.model().rowCount() == 502
    assert selected_word(panel) == session.focus_word == "word400"
    panel.filter_edit.setText("#502")
    assert panel.problem_label.text() == "The last index is 501"


def test_enter_puts_the_first_word_that_was_found_in_focus(panel_on, qtbot) -> None:
    session = session_of(FAMILY)
    panel = panel_on(session)
    qtbot.keyClicks(panel.filter_edit, "oma")
    qtbot.keyClick(panel.filter_edit, Qt.Key.Key_Return)
    assert session.focus_word == "woman"


def test_a_word_list_narrows_the_table_until_it_is_put_aside(panel_on) -> None:
    session = session_of(FAMILY)
    panel = panel_on(session)
    assert not panel.list_button.isVisible()
    session.words.set_listed(WordList(("king", "queen", "road"), "lasso"))
    assert shown_words(panel) == ["king", "queen", "road"]
    assert panel.list_button.text() == "word list: 3 words  ×"
    assert panel.shape_label.text() == "3 of 9 × 5"
    panel.list_button.click()
    assert panel.table.model().rowCount() == 9
    assert panel.list_button.text() == "word list: 3 words"
    panel.list_button.click()
    session.set_focus_word("boy")
    assert panel.table.model().rowCount() == 9
    session.words.set_listed(None)
    assert not panel.list_button.isVisible()


def test_what_comes_while_the_panel_is_hidden_is_shown_when_it_is_seen(panel_on) -> None:
    session = session_of(FAMILY)
    panel = panel_on(session)
    panel.hide()
    session.add_model(model_of(noise(("lane", "way"), dimension=3), number=2))
    assert panel.table.model().rowCount() == 0
    session.set_focus_word("way")
    panel.show()
    assert panel.table.model().rowCount() == 4
    assert selected_word(panel) == "way"


def test_the_table_that_is_taken_has_the_selected_rows_or_all_that_were_found(panel_on) -> None:
    panel = panel_on(session_of(FAMILY))
    panel.filter_edit.setText("man")
    lines = csv_text(panel._taken_rows()).splitlines()
    assert lines[0] == "word,index,count,norm,0,1,2,3,4"
    assert [line.split(",")[:3] for line in lines[1:]] == [["man", "2", "1000"], ["woman", "3", "999"]]
    panel.filter_edit.clear()
    for row in (4, 6):
        flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        panel.table.selectionModel().select(panel.table.model().index(row, 0), flags)
    taken = [line.split(",")[0] for line in csv_text(panel._taken_rows()).splitlines()[1:]]
    assert {"boy", "king"} <= set(taken) <= {"boy", "king", "<unk>"}


def test_strips_begin_with_the_word_in_focus_and_follow_it(panel_on) -> None:
    session = session_of(FAMILY)
    panel = panel_on(session)
    panel.show_view("strips")
    assert panel.strips_page.strips.words == ("king", "man", "boy")
    session.set_focus_word("queen")
    assert panel.strips_page.strips.words == ("queen", "king", "man", "boy")
    panel.strips_page.plot.word_chosen.emit("man")
    assert session.focus_word == "man"
    assert panel.strips_page.strips.words == ("man", "queen", "king", "boy")


def test_words_are_added_to_the_strips_and_taken_away(panel_on, qtbot) -> None:
    session = session_of(FAMILY)
    panel = panel_on(session)
    panel.show_view("strips")
    page = panel.strips_page
    page.word_edit.word_entered.emit("Road")
    page.word_edit.word_entered.emit("nowhere")
    assert page.strips.words == ("king", "man", "boy", "road")
    assert page.word_edit.property("invalid")
    page.plot.word_removed.emit("man")
    assert page.strips.words == ("king", "boy", "road")
    session.words.set_listed(WordList(("girl", "king", "woman")))
    assert page.list_button.text() == "Add the word list (3)"
    page.list_button.click()
    assert page.strips.words == ("king", "boy", "road", "girl", "woman")


def test_the_difference_of_two_words_is_told_and_chosen(panel_on) -> None:
    panel = panel_on(session_of(FAMILY))
    panel.show_view("strips")
    page = panel.strips_page
    assert page.strips.pair_words == ("king", "man")
    assert page.pair_label.text() == "cosine 0.816 · distance 1.00 · norms king 1.73, man 1.41"
    page.pair_combos[1].setCurrentIndex(2)
    page.pair_combos[1].activated.emit(2)
    assert page.strips.difference.tolist() == [0, 0, -1, 1, 0]
    page.pair_combos[0].setCurrentIndex(2)
    page.pair_combos[0].activated.emit(2)
    assert page.strips.pair_words == ("boy", "king")
    page.difference_box.setChecked(False)
    assert page.strips.difference is None


def test_a_column_of_the_strips_names_its_ends(panel_on, qtbot) -> None:
    panel = panel_on(session_of(FAMILY))
    panel.show_view("strips")
    for _ in range(3):
        qtbot.keyClick(panel.strips_page.plot, Qt.Key.Key_Right)
    told = panel.strips_page.column_label.text()
    assert told == "dimension 2 · lowest of all words: road -1.00 · highest: boy +1.00"


def test_strips_are_taken_as_a_table_in_the_order_shown(panel_on) -> None:
    panel = panel_on(session_of(FAMILY))
    panel.show_view("strips")
    panel.strips_page.order_combo.setCurrentIndex(2)
    lines = csv_text(panel.strips_page.rows()).splitlines()
    assert lines[0] == "word,norm,3,0,1,2,4"
    assert lines[1].startswith("king,1.732051,1,1,0,0,1")
    assert lines[-1].startswith("king − man,1,1,0,0,0,0")


def test_its_code_trains_again_and_prints_the_same_vectors(panel_on, capsys) -> None:
    text = PastedText(LECTURE)
    run = gloveui.train(text, preset="lecture", epochs=2)
    session = Session()
    session.set_text(text)
    session.set_tokens(run.tokens)
    session.add_model(Model(1, "model", run.embedding, lookup_table(run.embedding), run.card))
    panel = panel_on(session)
    word = run.embedding.vocabulary.word(0)
    assert panel.export_button.code_action.isVisible()
    panel.filter_edit.setText(word)
    exec(panel._code(), {})
    printed = capsys.readouterr().out.splitlines()[0].split("\t")
    assert printed[0] == word
    assert np.array_equal(np.array(printed[1:], np.float32), run.embedding.vectors[0])
    panel.show_view("strips")
    assert "run.embedding.vector" in panel._code()
    exec(panel._code(), {})


def test_vectors_of_unknown_origin_have_no_code(panel_on) -> None:
    panel = panel_on(session_of(FAMILY))
    assert not panel.export_button.code_action.isVisible()
    assert panel.export_button.csv_action.isVisible()


def test_both_views_fit_a_small_screen(panel_on) -> None:
    session = session_of(noise(MANY))
    session.words.set_listed(WordList(MANY[:9]))
    panel = panel_on(session)
    assert panel.minimumSizeHint().width() <= 340  # beside two columns of others
    assert panel.minimumSizeHint().height() <= 420


def test_the_panel_is_freed_when_it_is_closed(panel_on, qtbot) -> None:
    session = session_of(FAMILY)
    panel = panel_on(session)
    panel.close()
    with qtbot.waitSignal(panel.destroyed):
        panel.deleteLater()
    session.set_focus_word("king")
    session.add_model(model_of(FAMILY, number=2))
