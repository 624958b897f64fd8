"""Several words in one field."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from gloveui.views.widgets.word_list_edit import WordListEdit
from tests.core.test_probability import KNOWN
from tests.views.counted import session_of


@pytest.fixture
def field(qtbot, theme) -> WordListEdit:
    field = WordListEdit(session_of(KNOWN), theme)
    qtbot.addWidget(field)
    field.show()
    return field


def taken(field: WordListEdit) -> list[str]:
    words: list[str] = []
    field.words_entered.connect(words.extend)
    return words


def test_a_comma_or_a_space_ends_a_word(qtbot, field) -> None:
    words = taken(field)
    qtbot.keyClicks(field.edit, "solid, gas water")
    assert words == ["solid", "gas"]
    assert field.edit.text().strip() == "water"


def test_enter_takes_in_what_is_left(qtbot, field) -> None:
    words = taken(field)
    field.edit.setText("gas; water、only")
    qtbot.keyClick(field.edit, Qt.Key.Key_Return)
    assert words == ["gas", "water", "only"]
    assert field.edit.text() == ""


def test_backspace_in_the_empty_field_takes_the_last_word_away(qtbot, field) -> None:
    field.set_words(["solid", "gas"])
    with qtbot.waitSignal(field.word_removed) as removed:
        qtbot.keyClick(field.edit, Qt.Key.Key_Backspace)
    assert removed.args == ["gas"]


def test_backspace_in_a_word_takes_a_letter_only(qtbot, field) -> None:
    field.set_words(["solid"])
    field.edit.setText("ga")
    qtbot.keyClick(field.edit, Qt.Key.Key_Backspace)
    assert field.edit.text() == "g"
    assert field.chips.texts == ["solid"]


def test_a_click_on_a_word_takes_it_away(qtbot, field) -> None:
    field.set_words(["solid", "gas"])
    with qtbot.waitSignal(field.word_removed) as removed:
        field.chips.findChildren(type(field.chips._chips()[0]))[0].click()
    assert removed.args == ["solid"]
