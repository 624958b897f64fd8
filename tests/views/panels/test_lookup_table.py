"""The look-up table: rows, the word in focus, filter, and a sentence."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QTableView

from gloveui.core.tokens import TokenOptions
from gloveui.state.session import Session
from gloveui.views.panels.lookup_table import LookupTablePanel
from tests.views.vectors import FAMILY, STRANGE, model_of, noise, session_of

MANY = tuple(f"word{number}" for number in range(500))


@pytest.fixture
def panel_on(show_panel):
    return partial(show_panel, LookupTablePanel, (430, 400))


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
    assert panel.shape_label.text() == "9 × 5 (embedding_dim)"


def test_parts_are_found_by_their_names(panel_on) -> None:
    panel = panel_on(session_of(FAMILY))
    assert panel.findChild(QTableView, "lookupTable") is panel.table
    assert panel.findChild(QLineEdit, "lookupFilterEdit") is panel.filter_edit
    assert panel.findChild(QLineEdit, "lookupSentenceEdit") is panel.sentence_edit
    assert panel.findChild(QTableView, "lookupSentenceTable") is panel.sentence_table


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
    qtbot.keyClicks(panel.sentence_edit, "The King, the queen!")
    model = panel.sentence_table.model()
    assert [model.index(row, 0).data() for row in range(4)] == ["the → <unk>", "king", "the → <unk>", "queen"]
    assert [model.index(row, 1).data() for row in range(4)] == ["0", "6", "0", "7"]
    assert panel.sentence_line.text() == "4 words → ids [0, 6, 0, 7] → tensor 4 × 5"
    assert panel.sentence_table.isVisible()


def test_one_word_is_not_many(panel_on) -> None:
    panel = panel_on(session_of(FAMILY))
    panel.sentence_edit.setText("king")
    assert panel.sentence_line.text() == "1 word → ids [6] → tensor 1 × 5"


def test_the_ids_of_a_long_sentence_are_cut_short_and_its_tensor_is_not(panel_on) -> None:
    panel = panel_on(session_of(FAMILY))
    panel.sentence_edit.setText("man " * 2_000)
    assert panel.sentence_line.text() == "2,000 words → ids [2, 2, 2, 2, 2, 2, 2, 2, …] → tensor 2,000 × 5"


def test_a_sentence_is_cut_as_the_settings_say(panel_on) -> None:
    session = session_of(noise(("king,", "King", "king")))
    panel = panel_on(session)
    panel.sentence_edit.setText("king, King")
    assert panel.sentence_line.text().startswith("2 words → ids [4, 4]")
    session.set_token_options(TokenOptions(tokenizer="whitespace", lower=False))
    assert panel.sentence_line.text().startswith("2 words → ids [2, 3]")


def test_a_sentence_follows_the_model(panel_on) -> None:
    session = session_of(FAMILY)
    panel = panel_on(session)
    panel.sentence_edit.setText("road")
    session.add_model(model_of(noise(("lane", "road"), dimension=3), number=2))
    assert panel.sentence_line.text() == "1 word → ids [3] → tensor 1 × 3"


def test_without_a_sentence_its_parts_leave_their_room_to_the_table(panel_on) -> None:
    panel = panel_on(session_of(FAMILY))
    panel.sentence_edit.setText("king")
    panel.sentence_edit.setText("  ")
    assert not panel.sentence_table.isVisible()
    assert not panel.sentence_line.isVisible()


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
    panel.sentence_edit.setText("<img src=x> שלום 고양이")
    assert panel.sentence_line.text() == "4 words → ids [0, 0, 5, 4] → tensor 4 × 6"


def test_texts_follow_the_language(panel_on, languages, qtbot) -> None:
    panel = panel_on(session_of(FAMILY))
    panel.sentence_edit.setText("king")
    languages.use("ko")
    qtbot.waitUntil(lambda: panel.windowTitle() == "룩업 테이블")
    assert panel.table.model().headerData(0, Qt.Orientation.Horizontal) == "단어"
    assert panel.sentence_line.text() == "단어 1개 → 번호 [6] → 텐서 1 × 5"


def test_the_panel_is_freed_when_it_is_closed(panel_on, qtbot) -> None:
    session = session_of(FAMILY)
    panel = panel_on(session)
    panel.close()
    with qtbot.waitSignal(panel.destroyed):
        panel.deleteLater()
    session.set_focus_word("king")
    session.add_model(model_of(FAMILY, number=2))
