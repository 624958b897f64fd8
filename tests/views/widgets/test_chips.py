"""Texts to click, in lines that fit."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from gloveui.views.widgets.chips import LONGEST_TEXT, Chips

TEXTS = ["man : woman = boy : ?", "a&b", "<img src=x>", "k" * 10_000]


@pytest.fixture
def chips(qtbot) -> Chips:
    chips = Chips()
    qtbot.addWidget(chips)
    chips.set_texts(TEXTS)
    return chips


def buttons(chips: Chips) -> list[QPushButton]:
    return [button for button in chips.findChildren(QPushButton) if not button.isHidden()]


def test_a_click_tells_the_whole_text(chips: Chips, qtbot) -> None:
    for button, text in zip(buttons(chips), TEXTS, strict=True):
        with qtbot.waitSignal(chips.chosen) as chosen:
            qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        assert chosen.args == [text]


def test_an_ampersand_is_shown_and_underlines_nothing(chips: Chips) -> None:
    assert buttons(chips)[1].text() == "a&&b"
    assert buttons(chips)[1].shortcut().isEmpty()


def test_a_text_without_end_is_cut(chips: Chips) -> None:
    assert buttons(chips)[3].text() == "k" * LONGEST_TEXT + "…"


def test_other_texts_take_the_place_of_those_before(chips: Chips) -> None:
    chips.set_texts(["new"])
    assert chips.texts == ["new"]
    assert [button.text() for button in buttons(chips)] == ["new"]


def test_without_texts_the_row_is_gone(chips: Chips) -> None:
    chips.set_texts([])
    assert chips.isHidden()


def test_a_narrow_row_goes_on_in_the_next_line(chips: Chips) -> None:
    chips.resize(900, 200)
    chips.show()
    assert len({button.y() for button in buttons(chips)}) == 1
    chips.resize(200, 200)
    assert chips.layout().heightForWidth(200) > chips.layout().heightForWidth(900)
    assert len({button.y() for button in buttons(chips)}) > 1
    assert all(button.geometry().right() < 200 for button in buttons(chips))


def test_what_a_click_does_is_named_for_screen_readers(chips: Chips) -> None:
    chips.set_action("Take away {text}")
    assert buttons(chips)[1].accessibleName() == "Take away a&b"
    chips.set_texts(["{new}"])
    assert buttons(chips)[0].accessibleName() == "Take away {new}"


def test_many_texts_do_not_keep_a_panel_high(qtbot) -> None:
    panel = QWidget()
    qtbot.addWidget(panel)
    column = QVBoxLayout(panel)
    chips = Chips()
    column.addWidget(chips)
    chips.set_texts(["word"] * 4)
    assert panel.minimumSizeHint().height() < 3 * buttons(chips)[0].sizeHint().height()
