"""Analogies: three words, an answer, and examples that the vocabulary can answer."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QTableView

from gloveui.core.queries import analogy
from gloveui.state.session import Session
from gloveui.views.panels.analogy import AnalogyPanel, answerable
from tests.views.vectors import FAMILY, STRANGE, embedding_of, model_of, noise, session_of


@pytest.fixture
def panel_on(show_panel):
    return partial(show_panel, AnalogyPanel, (430, 400))


def ask(panel: AnalogyPanel, words: tuple[str, ...], qtbot) -> None:
    for edit, word in zip(panel.edits, words, strict=True):
        edit.setText(word)
    qtbot.keyClick(panel.edits[-1], Qt.Key.Key_Return)


def answers(panel: AnalogyPanel) -> list[str]:
    model = panel.table.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_without_vectors_the_panel_says_what_to_do(panel_on) -> None:
    panel = panel_on(Session())
    assert panel.empty.isVisible()
    assert "Train" in panel.empty.hint_label.text()


def test_parts_are_found_by_their_names(panel_on) -> None:
    panel = panel_on(session_of(FAMILY))
    names = ("analogyA", "analogyB", "analogyC")
    assert [panel.findChild(QLineEdit, name) for name in names] == panel.edits
    assert panel.findChild(QTableView, "analogyTable") is panel.table


def test_three_words_are_answered_and_the_best_stands_in_large_type(panel_on, qtbot) -> None:
    session = session_of(FAMILY)
    panel = panel_on(session)
    ask(panel, ("man", "woman", "boy"), qtbot)
    assert answers(panel)[0] == "girl"
    assert answers(panel) == [one.word for one in analogy(session.embedding, "man", "woman", "boy")]
    assert panel.answer_label.text() == "man : woman = boy : girl"
    assert panel.answer_label.isVisible()


def test_the_given_words_are_no_answers_and_the_panel_says_so(panel_on, qtbot) -> None:
    panel = panel_on(session_of(FAMILY))
    ask(panel, ("man", "woman", "boy"), qtbot)
    assert {"man", "woman", "boy"}.isdisjoint(answers(panel))
    assert "3CosAdd" in panel.note_label.text()
    assert "without a, b, c" in panel.note_label.text()


def test_enter_goes_to_the_field_that_is_still_empty(panel_on, qtbot) -> None:
    panel = panel_on(session_of(FAMILY))
    panel.activateWindow()
    panel.edits[0].setText("man")
    qtbot.keyClick(panel.edits[0], Qt.Key.Key_Return)
    qtbot.waitUntil(panel.edits[1].hasFocus)
    assert answers(panel) == []
    assert panel.hint_label.isVisible()


def test_examples_are_those_whose_words_are_known(panel_on) -> None:
    panel = panel_on(session_of(FAMILY))
    assert panel.examples.texts == ["man : woman = boy : ?", "man : woman = king : ?"]


def test_a_korean_text_gets_korean_examples() -> None:
    vocabulary = embedding_of(noise(("남자", "여자", "왕", "한국"))).vocabulary
    assert answerable(vocabulary) == [("남자", "여자", "왕")]


def test_an_example_is_asked_by_a_click(panel_on, qtbot) -> None:
    panel = panel_on(session_of(FAMILY))
    button = panel.examples.findChildren(QPushButton)[1]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert [edit.text() for edit in panel.edits] == ["man", "woman", "king"]
    assert panel.answer_label.text() == "man : woman = king : queen"


def test_unknown_words_are_named_and_their_fields_marked(panel_on, qtbot) -> None:
    panel = panel_on(session_of(FAMILY))
    ask(panel, ("xyzzy", "woman", "<b>plugh"), qtbot)
    assert panel.unknown_label.isVisible()
    assert panel.unknown_label.text() == "Not in the vocabulary: xyzzy, <b>plugh"
    assert [bool(edit.property("invalid")) for edit in panel.edits] == [True, False, True]
    assert answers(panel) == []
    assert not panel.answer_label.isVisible()


def test_known_words_take_the_complaint_away(panel_on, qtbot) -> None:
    panel = panel_on(session_of(FAMILY))
    ask(panel, ("xyzzy", "woman", "boy"), qtbot)
    ask(panel, ("man", "woman", "boy"), qtbot)
    assert not panel.unknown_label.isVisible()
    assert answers(panel)[0] == "girl"


def test_a_double_click_puts_an_answer_in_focus_and_keeps_the_question(panel_on, qtbot) -> None:
    session = session_of(FAMILY)
    panel = panel_on(session)
    ask(panel, ("man", "woman", "boy"), qtbot)
    place = panel.table.visualRect(panel.table.model().index(0, 0)).center()
    qtbot.mouseClick(panel.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    with qtbot.waitSignal(session.focus_word_changed) as chosen:
        qtbot.mouseDClick(panel.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert chosen.args == ["girl"]
    assert panel.edits[2].text() == "boy"


def test_another_model_answers_the_same_question(panel_on, qtbot) -> None:
    session = session_of(FAMILY)
    panel = panel_on(session)
    ask(panel, ("man", "woman", "boy"), qtbot)
    session.add_model(model_of({**FAMILY, "girl": FAMILY["road"], "road": FAMILY["girl"]}, number=2))
    assert panel.answer_label.text() == "man : woman = boy : road"


def test_strange_words_can_be_asked_for(panel_on, qtbot) -> None:
    panel = panel_on(session_of(noise(STRANGE)))
    with qtbot.captureExceptions() as raised:
        for start in range(len(STRANGE) - 2):
            ask(panel, STRANGE[start : start + 3], qtbot)
            panel.grab()
            assert len(answers(panel)) == len(STRANGE) - 3
    assert raised == []


def test_the_table_never_scrolls_sideways(panel_on, qtbot) -> None:
    panel = panel_on(session_of(noise(STRANGE)))
    ask(panel, STRANGE[2:5], qtbot)
    for width in (700, 430, 300):
        panel.resize(width, 400)
        assert panel.table.horizontalHeader().length() <= panel.table.viewport().width()


def test_texts_follow_the_language(panel_on, languages, qtbot) -> None:
    panel = panel_on(session_of(FAMILY))
    languages.use("ko")
    qtbot.waitUntil(lambda: panel.windowTitle() == "유추")
    assert [edit.accessibleName() for edit in panel.edits] == ["첫째", "둘째", "셋째"]


def test_the_panel_is_freed_when_it_is_closed(panel_on, qtbot) -> None:
    session = session_of(FAMILY)
    panel = panel_on(session)
    panel.close()
    with qtbot.waitSignal(panel.destroyed):
        panel.deleteLater()
    session.add_model(model_of(FAMILY, number=2))
