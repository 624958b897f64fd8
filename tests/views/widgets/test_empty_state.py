from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from gloveui.views.theme import Theme
from gloveui.views.widgets.empty_state import EmptyState


@pytest.fixture
def empty(theme: Theme, qtbot) -> EmptyState:
    empty = EmptyState(theme, "search")
    qtbot.addWidget(empty)
    return empty


def test_it_says_what_to_do_next_without_a_button(empty: EmptyState) -> None:
    empty.set_texts("No counts yet", "Press Train to count the text.")
    assert empty.title_label.text() == "No counts yet"
    assert empty.accessibleDescription() == "Press Train to count the text."
    assert empty.button.isHidden()
    assert not empty.picture.pixmap().isNull()


def test_its_button_asks_for_the_action(empty: EmptyState, qtbot) -> None:
    empty.set_texts("No counts yet", "Count the text first.", button="Train")
    with qtbot.waitSignal(empty.activated):
        qtbot.mouseClick(empty.button, Qt.MouseButton.LeftButton)


def test_its_picture_follows_the_scheme(empty: EmptyState, theme: Theme) -> None:
    theme.set_scheme("light")
    light = empty.picture.pixmap().toImage()
    theme.set_scheme("dark")
    assert empty.picture.pixmap().toImage() != light
