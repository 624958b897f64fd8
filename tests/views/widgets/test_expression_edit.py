"""Words of a sum, completed where they stand."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gloveui.core.errors import UnknownWord
from gloveui.core.expressions import parse, weighted_words
from gloveui.views.theme import Theme
from gloveui.views.widgets.expression_edit import ExpressionEdit, word_before
from gloveui.views.widgets.query_problem import error_place
from tests.views.vectors import noise, session_of

WORDS = ("king", "kingdom", "woman", "women", "mother-in-law", "new york", "kin")


@pytest.fixture
def edit(qtbot: QtBot, theme: Theme) -> ExpressionEdit:
    edit = ExpressionEdit(session_of(noise(WORDS)), theme)
    qtbot.addWidget(edit)
    edit.resize(300, 32)
    edit.show()
    edit.setFocus()
    edit.activateWindow()
    qtbot.waitUntil(edit.hasFocus)
    return edit


def choose_first(edit: ExpressionEdit, qtbot: QtBot) -> None:
    """Take the first completion with the keyboard."""
    popup = edit.completer().popup()
    qtbot.waitUntil(popup.isVisible)
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)


@pytest.mark.parametrize(
    ("typed", "cursor", "start"),
    [("king", 4, 0), ("king - wo", 9, 7), ("2 * (wo", 7, 5), ("king - wo + ki", 9, 7), ('a + "new y', 10, 5)],
)
def test_the_word_at_the_cursor_begins_behind_blanks_and_parentheses(
    typed: str, cursor: int, start: int
) -> None:
    assert word_before(typed, cursor) == start


def test_a_word_on_its_own_is_asked_for_when_it_is_chosen(edit: ExpressionEdit, qtbot: QtBot) -> None:
    qtbot.keyClicks(edit, "kingd")
    assert edit.completions() == ["kingdom"]
    with qtbot.waitSignal(edit.word_entered) as entered:
        choose_first(edit, qtbot)
    assert entered.args == ["kingdom"]


def test_a_word_in_a_sum_is_put_in_its_place_and_not_asked_for(edit: ExpressionEdit, qtbot: QtBot) -> None:
    edit.setText("king +  - women")
    edit.setCursorPosition(7)
    with qtbot.assertNotEmitted(edit.word_entered):
        qtbot.keyClicks(edit, "mo")
        assert edit.completions() == ["mother-in-law"]
        choose_first(edit, qtbot)
    assert edit.text() == "king + mother-in-law - women"


def test_a_word_with_a_blank_is_put_into_quotation_marks_in_a_sum(edit: ExpressionEdit, qtbot: QtBot) -> None:
    qtbot.keyClicks(edit, "king + new")
    choose_first(edit, qtbot)
    assert edit.text() == 'king + "new york"'
    edit.clear()
    qtbot.keyClicks(edit, "new y")
    assert edit.completions() == ["new york"]


@pytest.mark.parametrize("typed", ["king -", "king - ", "("])
def test_signs_are_not_completed(edit: ExpressionEdit, typed: str, qtbot: QtBot) -> None:
    qtbot.keyClicks(edit, typed)
    assert edit.completions() == []


def test_enter_asks_for_the_whole_sum(edit: ExpressionEdit, qtbot: QtBot) -> None:
    qtbot.keyClicks(edit, "king - xy")
    with qtbot.waitSignal(edit.word_entered) as entered:
        qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert entered.args == ["king - xy"]


def test_a_mark_goes_with_the_text_it_belongs_to(edit: ExpressionEdit, qtbot: QtBot) -> None:
    edit.setText("king ) woman")
    before = edit.grab().toImage()
    edit.mark(5, 1)
    assert edit.grab().toImage() != before
    edit.setText("king")
    assert edit.marked is None


def test_an_unknown_word_is_found_where_it_stands_in_a_sum() -> None:
    vocabulary = session_of(noise(WORDS)).embedding.vocabulary
    text = 'king - "new yrk" + ki'
    with pytest.raises(UnknownWord) as raised:
        weighted_words(text, vocabulary)
    start, length = error_place(raised.value, text)
    assert text[start : start + length] == "new yrk"
    assert len(parse(text).terms) == 3
