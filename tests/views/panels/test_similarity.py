"""Neighbours of a word: asking, walking on, and coming back."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QTableView

from gloveui.core.queries import neighbours
from gloveui.state.session import Session
from gloveui.state.values import Evidence
from gloveui.views.panels.similarity import SimilarityPanel
from gloveui.views.theme import Theme
from tests.views.counted import session_of as counted_session_of
from tests.views.vectors import FAMILY, STRANGE, model_of, noise, session_of

MANY = tuple(f"word{number}" for number in range(60))


@pytest.fixture
def panel_on(show_panel):
    return partial(show_panel, SimilarityPanel, (430, 400))


def ask(panel: SimilarityPanel, word: str, qtbot) -> None:
    panel.word_edit.setText(word)
    qtbot.keyClick(panel.word_edit, Qt.Key.Key_Return)


def answers(panel: SimilarityPanel) -> list[str]:
    model = panel.table.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_without_vectors_the_panel_says_what_to_do(panel_on) -> None:
    panel = panel_on(Session())
    assert panel.empty.isVisible()
    assert "Train" in panel.empty.hint_label.text()


def test_parts_are_found_by_their_names(panel_on) -> None:
    panel = panel_on(session_of(FAMILY))
    assert panel.findChild(QLineEdit, "similarityEdit") is panel.word_edit
    assert panel.findChild(QTableView, "similarityTable") is panel.table


def test_a_word_is_answered_by_its_neighbours_with_cosines_and_counts(panel_on, qtbot) -> None:
    session = session_of(FAMILY)
    panel = panel_on(session)
    ask(panel, "king", qtbot)
    found = neighbours(session.embedding, "king", 10)
    assert answers(panel) == [one.word for one in found]
    assert panel.table.model().index(0, 1).data() == f"{found[0].score:.3f}"
    assert panel.table.model().index(0, 2).data() == f"{found[0].count:,}"
    assert panel.note_label.text() == "Exact cosine over 7 words"


def test_asking_puts_the_word_in_focus_as_the_vocabulary_spells_it(panel_on, qtbot) -> None:
    session = session_of(FAMILY)
    panel = panel_on(session)
    ask(panel, " King ", qtbot)
    assert session.focus_word == "king"
    assert panel.word_edit.text() == "king"


def test_the_panel_follows_the_word_in_focus(panel_on) -> None:
    session = session_of(FAMILY)
    panel = panel_on(session)
    session.set_focus_word("girl")
    assert panel.word_edit.text() == "girl"
    assert panel.query == "girl"
    assert "girl" not in answers(panel)


def test_the_number_of_results_can_be_chosen(panel_on, qtbot) -> None:
    session = session_of(noise(MANY))
    panel = panel_on(session)
    ask(panel, "word1", qtbot)
    assert len(answers(panel)) == 10
    panel.count_box.setValue(25)
    assert len(answers(panel)) == 25


def test_a_double_click_asks_for_that_neighbour_and_back_returns(panel_on, qtbot) -> None:
    session = session_of(FAMILY)
    panel = panel_on(session)
    ask(panel, "king", qtbot)
    assert not panel.back_button.isEnabled()
    second = panel.table.model().index(1, 0)
    word, place = second.data(), panel.table.visualRect(second).center()
    qtbot.mouseClick(panel.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseDClick(panel.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert (panel.query, session.focus_word) == (word, word)
    qtbot.mouseClick(panel.back_button, Qt.MouseButton.LeftButton)
    assert (panel.query, session.focus_word) == ("king", "king")
    assert not panel.back_button.isEnabled()


def test_enter_on_a_neighbour_asks_for_it(panel_on, qtbot) -> None:
    panel = panel_on(session_of(FAMILY))
    ask(panel, "king", qtbot)
    word = answers(panel)[0]
    panel.table.selectRow(0)
    qtbot.keyClick(panel.table, Qt.Key.Key_Return)
    assert panel.query == word


def test_back_walks_through_words_chosen_elsewhere_too(panel_on, qtbot) -> None:
    session = session_of(FAMILY)
    panel = panel_on(session)
    for word in ("king", "queen", "road"):
        session.set_focus_word(word)
    for word in ("queen", "king"):
        panel.back_button.click()
        assert (panel.query, session.focus_word) == (word, word)
    assert not panel.back_button.isEnabled()


def test_an_unknown_word_is_said_and_near_spellings_are_offered(panel_on, qtbot) -> None:
    session = session_of(FAMILY)
    panel = panel_on(session)
    ask(panel, "qveen", qtbot)
    assert panel.unknown_label.isVisible()
    assert panel.unknown_label.text() == "“qveen” is not in the vocabulary"
    assert panel.word_edit.property("invalid") is True
    assert panel.suggestions.texts[0] == "queen"
    assert answers(panel) == []
    assert session.focus_word == ""


def test_a_suggestion_is_asked_for_by_a_click(panel_on, qtbot) -> None:
    session = session_of(FAMILY)
    panel = panel_on(session)
    ask(panel, "qveen", qtbot)
    panel.suggestions.chosen.emit("queen")
    assert session.focus_word == "queen"
    assert not panel.unknown_label.isVisible()
    assert panel.suggestions.texts == []
    assert panel.word_edit.property("invalid") is False


def test_words_to_begin_with_are_offered_until_one_is_asked_for(panel_on, qtbot) -> None:
    panel = panel_on(session_of(FAMILY))
    offered = panel.suggestions.texts
    assert "king" in offered
    assert set(offered) <= set(FAMILY)
    qtbot.mouseClick(panel.suggestions.findChildren(QPushButton)[0], Qt.MouseButton.LeftButton)
    assert panel.query == offered[0]
    assert panel.suggestions.texts == []


def test_a_text_without_the_usual_words_offers_its_most_frequent_ones(panel_on) -> None:
    words = tuple(f"word{number}" for number in range(9))
    panel = panel_on(session_of(noise(words)))
    assert panel.suggestions.texts == list(words[:6])


def test_the_word_in_focus_can_be_asked_for_again_after_an_unknown_one(panel_on, qtbot) -> None:
    panel = panel_on(session_of(FAMILY))
    ask(panel, "king", qtbot)
    ask(panel, "xyzzy", qtbot)
    ask(panel, "king", qtbot)
    assert panel.query == "king"
    assert answers(panel) != []


def test_another_model_answers_the_same_word(panel_on, qtbot) -> None:
    session = session_of(noise(MANY))
    panel = panel_on(session)
    ask(panel, "word5", qtbot)
    before = answers(panel)
    session.add_model(model_of(noise(MANY, seed=7), number=2))
    assert panel.query == "word5"
    assert answers(panel) != before


def test_a_word_that_another_model_lacks_is_said(panel_on, qtbot) -> None:
    session = session_of(FAMILY)
    panel = panel_on(session)
    ask(panel, "king", qtbot)
    session.add_model(model_of(noise(MANY), number=2))
    assert panel.unknown_label.isVisible()
    assert answers(panel) == []


def test_without_counts_their_column_goes(panel_on, qtbot) -> None:
    session = Session()
    session.add_model(model_of(FAMILY, has_counts=False))
    panel = panel_on(session)
    ask(panel, "king", qtbot)
    assert panel.table.isColumnHidden(2)


def test_the_table_never_scrolls_sideways(panel_on, qtbot) -> None:
    session = session_of(noise(STRANGE))
    panel = panel_on(session)
    ask(panel, "(", qtbot)
    for width in (700, 430, 300):
        panel.resize(width, 400)
        header = panel.table.horizontalHeader()
        assert header.length() <= panel.table.viewport().width()
        assert panel.table.horizontalScrollBar().maximum() == 0


def test_strange_words_can_be_asked_for(panel_on, qtbot) -> None:
    session = session_of(noise(STRANGE))
    panel = panel_on(session)
    with qtbot.captureExceptions() as raised:
        for word in STRANGE:
            session.set_focus_word(word)
            panel.grab()
            assert len(answers(panel)) == len(STRANGE) - 1
        ask(panel, "<b>" + "x" * 9_999, qtbot)
        panel.grab()
    assert raised == []


def test_texts_follow_the_language(panel_on, languages, qtbot) -> None:
    panel = panel_on(session_of(FAMILY))
    ask(panel, "king", qtbot)
    languages.use("ko")
    qtbot.waitUntil(lambda: panel.windowTitle() == "유사도")
    assert panel.table.model().headerData(1, Qt.Orientation.Horizontal) == "코사인"
    assert panel.query == "king"


def test_the_panel_is_freed_when_it_is_closed(panel_on, qtbot, theme: Theme) -> None:
    session = session_of(FAMILY)
    panel = panel_on(session)
    panel.close()
    with qtbot.waitSignal(panel.destroyed):
        panel.deleteLater()
    session.set_focus_word("king")
    theme.set_scheme("dark")


def test_the_sentences_of_the_word_and_of_a_selected_neighbour_are_one_click_away(panel_on, qtbot) -> None:
    session = counted_session_of("the king and the queen\nthe man")
    session.add_model(model_of(FAMILY))
    panel = panel_on(session)
    assert not panel.sentences_button.isVisible()  # as long as there is no word
    ask(panel, "king", qtbot)
    qtbot.mouseClick(panel.sentences_button, Qt.MouseButton.LeftButton)
    assert session.evidence == Evidence("king")
    panel.table.selectRow(0)
    assert "king" in panel.sentences_button.toolTip()
    neighbour = answers(panel)[0]
    assert neighbour in panel.sentences_button.toolTip()
    qtbot.mouseClick(panel.sentences_button, Qt.MouseButton.LeftButton)
    assert session.evidence == Evidence("king", neighbour)
    assert panel.query == "king"


def test_without_a_text_no_sentences_are_offered(panel_on, qtbot) -> None:
    panel = panel_on(session_of(FAMILY))
    ask(panel, "king", qtbot)
    assert not panel.sentences_button.isVisible()
