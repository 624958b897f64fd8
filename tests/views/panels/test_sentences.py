"""The sentences behind a number: listed, ordered, shown with their window, taken out."""

from __future__ import annotations

import gc
import weakref
from functools import partial

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QTableView

import gloveui
from gloveui.core.cooccurrence import CountOptions, count_cooccurrences
from gloveui.core.progress import run_to_end
from gloveui.core.resources import Resources
from gloveui.core.text import PastedText
from gloveui.state.job_queue import JobQueue
from gloveui.state.session import Session
from gloveui.state.values import Evidence
from gloveui.views.models.sentence_rows import DISTANCE, KEYWORD, LEFT, RIGHT, SENTENCE, SHARE
from gloveui.views.panels import sentences as panel_module
from gloveui.views.panels.sentences import SentencesPanel
from tests.core.steps import random_text
from tests.views.counted import LECTURE, counted, session_of
from tests.views.vectors import FAMILY, model_of

ICE = "the ice is solid\nsteam is a gas\nsolid ice and ice\nwater and steam"


@pytest.fixture
def panel_on(show_panel):
    return partial(show_panel, SentencesPanel, (440, 420))


def ask(qtbot, panel: SentencesPanel, word: str, context: str = "") -> None:
    """Ask by the session, and wait for the whole answer."""
    panel._session.show_evidence(word, context)
    wait(qtbot, panel)


def wait(qtbot, panel: SentencesPanel) -> None:
    qtbot.waitUntil(lambda: not panel._jobs.is_answering, timeout=60_000)


def column(panel: SentencesPanel, number: int) -> list[str]:
    model = panel.table.model()
    return [model.index(row, number).data() for row in range(model.rowCount())]


def type_word(qtbot, field: QLineEdit, word: str) -> None:
    field.clear()
    qtbot.keyClicks(field, word)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def test_without_a_text_the_panel_says_what_to_do(panel_on) -> None:
    panel = panel_on(Session())
    assert panel.empty.isVisible()
    assert "text is open" in panel.empty.hint_label.text()


def test_vectors_without_their_text_say_that_it_is_not_here(panel_on) -> None:
    session = Session()
    session.add_model(model_of(FAMILY))
    panel = panel_on(session)
    assert panel.empty.title_label.text() == "The text is not here"
    session.show_evidence("king", "queen")
    assert panel.empty.isVisible()


def test_parts_are_found_by_their_names(panel_on) -> None:
    panel = panel_on(session_of(LECTURE))
    assert panel.findChild(QTableView, "sentencesTable") is panel.table
    assert panel.findChild(QLineEdit, "sentencesWord") is panel.question.word_edit
    assert panel.findChild(QLineEdit, "sentencesContext") is panel.question.context_edit


def test_a_small_text_is_listed_as_it_is_when_nothing_was_asked(panel_on) -> None:
    panel = panel_on(session_of(LECTURE))
    assert column(panel, SENTENCE) == ["i like deep learning", "i like nlp", "i enjoy flying"]
    assert panel.title_label.text() == "All sentences of the text: 3"


def test_a_large_text_says_how_to_ask(panel_on, monkeypatch) -> None:
    monkeypatch.setattr(panel_module, "MOST_SENTENCES", 2)
    panel = panel_on(session_of(LECTURE))
    assert panel.hint.isVisible()
    assert "Click on a number" in panel.hint.hint_label.text()


def test_a_pair_has_its_places_with_distances_and_shares_that_add_up(panel_on, qtbot) -> None:
    session = session_of(ICE, window=3, weighting="inverse")
    panel = panel_on(session)
    ask(qtbot, panel, "ice", "solid")
    assert column(panel, SENTENCE) == ["the ice is solid", "solid ice and ice", "solid ice and ice"]
    assert column(panel, DISTANCE) == ["2", "1", "3"]
    assert column(panel, SHARE) == ["1/2", "1", "1/3"]
    assert panel.title_label.text() == "ice × solid: 3 places, X = 1.833"
    assert "The shares add up to the cell exactly" in panel.note_label.text()
    places = panel.table.rows.places
    assert places.total == session.cooccurrence.count(*map(session.vocabulary.id_of, ("ice", "solid")))


def test_both_words_stand_out(panel_on, qtbot) -> None:
    panel = panel_on(session_of(ICE, window=3))
    ask(qtbot, panel, "ice", "solid")
    runs = panel.table.model().index(0, SENTENCE).data(Qt.ItemDataRole.UserRole)
    marked = [run.text for run in (*runs.before, *runs.core, *runs.after) if run.is_marked]
    assert marked == ["ice", "solid"]


def test_a_word_alone_has_its_occurrences(panel_on, qtbot) -> None:
    panel = panel_on(session_of(ICE))
    ask(qtbot, panel, "ice")
    assert panel.title_label.text() == "ice: 3 occurrences"
    assert panel.table.isColumnHidden(DISTANCE)
    assert panel.table.isColumnHidden(SHARE)


def test_a_pair_that_never_occurs_says_so_and_why(panel_on, qtbot) -> None:
    panel = panel_on(session_of(ICE))
    ask(qtbot, panel, "ice", "steam")
    assert panel.title_label.text() == "ice × steam: 0 places, X = 0"
    assert panel.hint.isVisible()
    assert "side by side" in panel.hint.hint_label.text()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"window": 2}, "up to 2 words apart"),
        ({"direction": "left"}, "directly before"),
        ({"direction": "right"}, "directly after"),
        ({"direction": "left", "window": 2}, "up to 2 words before"),
        ({"direction": "right", "window": 2}, "up to 2 words after"),
    ],
)
def test_what_the_window_looks_at_is_said_where_two_words_never_meet(panel_on, qtbot, options, said) -> None:
    panel = panel_on(session_of(ICE, **options))
    ask(qtbot, panel, "ice", "steam")
    assert said in panel.hint.hint_label.text()


def test_one_place_is_one_place(panel_on, qtbot) -> None:
    panel = panel_on(session_of(LECTURE))
    ask(qtbot, panel, "enjoy", "flying")
    assert panel.title_label.text() == "enjoy × flying: 1 place, X = 1"
    ask(qtbot, panel, "flying")
    assert panel.title_label.text() == "flying: 1 occurrence"


def test_a_word_beside_itself_says_that_both_sides_count(panel_on, qtbot) -> None:
    panel = panel_on(session_of(ICE, window=2, weighting="inverse"))
    ask(qtbot, panel, "ice", "ice")
    assert column(panel, SHARE) == ["1"]
    assert panel.title_label.text() == "ice × ice: 1 place, X = 1"
    assert "counts from both sides" in panel.note_label.text()


def test_counts_that_are_older_than_the_settings_are_said_to_be_so(panel_on, qtbot) -> None:
    matrix, tokens = counted(LECTURE)
    session = Session()
    session.set_tokens(tokens)
    session.set_count_options(matrix.options)
    session.set_cooccurrence(matrix, tokens)
    panel = panel_on(session)
    assert not panel.note_label.isVisible()
    session.set_count_options(CountOptions(window=5))
    assert "older than the settings" in panel.note_label.text()


def test_a_word_left_out_of_the_counts_is_said_to_be_so(panel_on, qtbot) -> None:
    panel = panel_on(session_of(ICE, min_count=2))
    ask(qtbot, panel, "ice", "gas")
    assert panel.hint.title_label.text() == "“gas” is left out of the counts"
    ask(qtbot, panel, "gas")
    assert column(panel, SENTENCE) == ["steam is a gas"]


def test_an_unknown_word_is_said_and_marked(panel_on, qtbot) -> None:
    panel = panel_on(session_of(ICE))
    ask(qtbot, panel, "ice", "<b>fire</b>")
    assert panel.title_label.text() == "“<b>fire</b>” is not in the text"
    assert panel.question.context_edit.property("invalid")
    assert not panel.question.word_edit.property("invalid")


def test_words_are_asked_for_by_hand(panel_on, qtbot) -> None:
    session = session_of(ICE)
    panel = panel_on(session)
    type_word(qtbot, panel.question.word_edit, "ice")
    assert session.evidence == Evidence("ice")
    type_word(qtbot, panel.question.context_edit, "and")
    assert session.evidence == Evidence("ice", "and")
    type_word(qtbot, panel.question.context_edit, "")
    assert session.evidence == Evidence("ice")
    type_word(qtbot, panel.question.word_edit, "")
    wait(qtbot, panel)
    assert panel.table.model().rowCount() == 4


def test_the_keyword_stands_in_the_middle_of_its_context(panel_on, qtbot) -> None:
    panel = panel_on(session_of(ICE, window=3))
    ask(qtbot, panel, "ice", "solid")
    panel.question.layout_combo.setCurrentIndex(1)
    assert panel.table.isColumnHidden(SENTENCE)
    assert column(panel, LEFT) == ["the", "solid", "solid ice and"]
    assert column(panel, KEYWORD) == ["ice"] * 3
    assert column(panel, RIGHT) == ["is solid", "and ice", ""]


@pytest.mark.parametrize(
    ("number", "expected"), [(0, ["2", "1", "3"]), (1, ["1", "2", "3"]), (3, ["3", "1", "2"])]
)
def test_places_are_listed_in_the_order_that_is_chosen(panel_on, qtbot, number, expected) -> None:
    panel = panel_on(session_of(ICE, window=3))
    panel.question.order_combo.setCurrentIndex(number)
    ask(qtbot, panel, "ice", "solid")
    wait(qtbot, panel)
    assert column(panel, DISTANCE) == expected


def test_a_heading_asks_for_its_order(panel_on, qtbot) -> None:
    panel = panel_on(session_of(ICE, window=3))
    ask(qtbot, panel, "ice", "solid")
    panel.table.horizontalHeader().sectionClicked.emit(DISTANCE)
    wait(qtbot, panel)
    assert column(panel, DISTANCE) == ["1", "2", "3"]
    assert panel.strip.position == panel.table.rows.centre(0)
    panel.table.horizontalHeader().sectionClicked.emit(SENTENCE)
    wait(qtbot, panel)
    assert column(panel, DISTANCE) == ["2", "1", "3"]


def test_nothing_is_searched_until_the_panel_is_seen(panel_on, qtbot) -> None:
    session = session_of(ICE)
    panel = panel_on(session)
    panel.hide()
    session.show_evidence("ice")
    assert not panel._jobs.is_answering
    assert panel.table.model().rowCount() == 4
    panel.show()
    wait(qtbot, panel)
    assert panel.table.model().rowCount() == 3


def test_an_answer_about_other_words_comes_too_late(panel_on, qtbot) -> None:
    session = session_of(random_text(30, 5_000), window=4)
    panel = panel_on(session)
    for word in ("w0", "w1", "w2"):
        session.show_evidence(word, "w3")
    wait(qtbot, panel)
    assert panel.title_label.text().startswith("w2 × w3: ")
    expected = session.cooccurrence.count(*map(session.vocabulary.id_of, ("w2", "w3")))
    assert panel.table.rows.places.total == expected


def test_another_text_takes_the_sentences_away(panel_on, qtbot) -> None:
    session = session_of(ICE)
    panel = panel_on(session)
    ask(qtbot, panel, "ice")
    panel.strip.forward_button.click()
    assert session.lit_cells
    session.set_text(PastedText("a b"))
    assert panel.empty.isVisible()
    assert session.lit_cells == ()
    assert panel.table.model().rowCount() == 0


def test_counting_again_keeps_the_sentence_and_shows_its_new_window(panel_on, qtbot) -> None:
    matrix, tokens = counted(LECTURE)
    session = Session()
    session.set_cooccurrence(matrix, tokens)
    panel = panel_on(session)
    panel.table.selectRow(1)
    panel.strip.forward_button.click()
    position = panel.strip.position
    wider = run_to_end(count_cooccurrences(tokens, CountOptions(window=2, min_count=1), Resources()))
    session.set_cooccurrence(wider, tokens)
    assert panel.table.currentIndex().row() == 1
    assert panel.strip.position == position
    assert max(one.distance for one in panel.strip.step.contexts) == 1
    panel.strip.back_button.click()
    assert [one.distance for one in panel.strip.step.contexts] == [1, 2]


def test_stepping_lights_the_cells_that_the_window_adds_to(panel_on, qtbot) -> None:
    session = session_of(LECTURE)
    panel = panel_on(session)
    assert session.lit_cells == ()
    panel.strip.forward_button.click()
    like, i, deep = (session.vocabulary.id_of(word) for word in ("like", "i", "deep"))
    assert session.lit_cells == ((like, i), (like, deep))
    assert panel.strip.sums_label.text() == "Centre “like”: X(like, i) += 1 · X(like, deep) += 1"
    panel.hide()
    assert session.lit_cells == ()


def test_playing_reads_a_small_text_to_its_end_and_lets_the_cells_go_out(panel_on, qtbot) -> None:
    session = session_of(LECTURE)
    panel = panel_on(session)
    panel.strip.speed_slider.setValue(panel.strip.speed_slider.maximum())
    lit = []
    session.lit_cells_changed.connect(lambda: lit.extend(session.lit_cells))
    panel.strip.play_button.click()
    assert panel.strip.is_playing
    qtbot.waitUntil(
        lambda: not panel.strip.is_playing and panel.table.currentIndex().row() == 2, timeout=30_000
    )
    matrix = session.cooccurrence
    sums = np.zeros((7, 7))
    for cell in lit:
        sums[cell] += 1
    np.testing.assert_array_equal(sums, matrix.to_scipy().toarray())
    assert session.lit_cells == ()


def test_a_hidden_panel_does_not_play_on(panel_on) -> None:
    panel = panel_on(session_of(LECTURE))
    panel.strip.play_button.click()
    panel.hide()
    assert not panel.strip.is_playing


def test_selected_rows_are_copied_as_a_table(panel_on, qtbot) -> None:
    panel = panel_on(session_of(ICE, window=3, weighting="inverse"))
    ask(qtbot, panel, "ice", "solid")
    panel.table.setFocus()
    panel.table.selectAll()
    qtbot.keyClick(panel.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().split("\n") == [
        "1\tthe\tice\tis\tsolid\t\t2\t0.5",
        "2\t\tsolid\t\tice\tand ice\t1\t1",
        "3\t\tsolid\tice and\tice\t\t3\t0.3333333",
    ]


def test_the_table_is_exported_with_its_headings(panel_on, qtbot) -> None:
    panel = panel_on(session_of(ICE, window=3, weighting="inverse"))
    ask(qtbot, panel, "ice", "solid")
    panel.question.export_button.copy_action.trigger()
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines[0] == "no.\tbefore\tfirst word\tbetween\tsecond word\tafter\tdistance\tshare"
    assert len(lines) == 4


def test_copied_code_gives_the_same_sentences(panel_on, qtbot) -> None:
    session = Session()
    session.set_text(PastedText(ICE))
    session.set_cooccurrence(*counted(ICE, window=3, weighting="inverse"))
    panel = panel_on(session)
    ask(qtbot, panel, "ice", "solid")
    panel.question.export_button.code_action.trigger()
    names: dict[str, object] = {}
    exec(QGuiApplication.clipboard().text(), names)
    found = names["sentences"]
    assert found == gloveui.sentences(session.counted_tokens, session.cooccurrence, "ice", "solid")
    assert [one.distance for one in found] == [2, 1, 3]
    assert sum(one.share for one in found) == pytest.approx(panel.table.rows.places.total)


def test_the_panel_is_freed_when_it_goes(theme, qtbot) -> None:
    session, jobs = session_of(LECTURE), JobQueue()
    panel = SentencesPanel(session, jobs, theme)
    panel.show()
    gone = weakref.ref(panel)
    panel.close()
    panel.deleteLater()
    del panel
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert gone() is None


@pytest.mark.parametrize(("width", "height"), [(364, 300), (388, 349), (900, 700)])
def test_the_list_and_the_window_over_it_both_have_room(panel_on, qtbot, width, height) -> None:
    rows = 1 if height < 320 else 2
    panel = panel_on(session_of(" ".join(["ice", "and", "water"] * 30), window=4))
    panel.resize(width, height)
    ask(qtbot, panel, "ice", "and")
    assert panel.table.viewport().height() >= rows * panel.table.rowHeight(0)
    for part in (panel.strip.area, panel.strip.play_button, panel.strip.sums_label):
        seen = part.visibleRegion().boundingRect()
        assert seen.height() >= part.height() - 1, (part.objectName(), seen)


def test_a_low_panel_has_the_distances_in_tooltips(panel_on, qtbot) -> None:
    panel = panel_on(session_of(LECTURE))
    panel.resize(400, 700)
    high = panel.strip.row.sizeHint().height()
    panel.resize(400, 340)
    assert panel.strip.row.sizeHint().height() < high
    assert panel.strip.row._explanation(1).endswith("d = 1, w(d) = 1")


def test_the_height_of_the_list_stays_as_a_person_chose_it(panel_on, qtbot) -> None:
    panel = panel_on(session_of(LECTURE))
    panel.resize(500, 700)
    handle = panel.splitter.handle(1)
    qtbot.mousePress(handle, Qt.MouseButton.LeftButton)
    qtbot.mouseMove(handle, handle.rect().center() - QPoint(0, 80))
    qtbot.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=handle.rect().center() - QPoint(0, 80))
    chosen = panel.splitter.sizes()
    ask(qtbot, panel, "i", "like")
    assert panel.splitter.sizes() == chosen
