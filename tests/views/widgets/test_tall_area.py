"""Contents whose height follows from their width."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gloveui.views.widgets.chips import Chips
from gloveui.views.widgets.tall_area import TallArea


@pytest.fixture
def chips() -> Chips:
    return Chips()


@pytest.fixture
def area(qtbot, theme, chips) -> TallArea:
    contents = QWidget()
    QVBoxLayout(contents).addWidget(chips)
    area = TallArea(contents)
    qtbot.addWidget(area)
    area.resize(400, 120)
    area.show()
    qtbot.waitExposed(area)
    return area


def test_contents_are_as_wide_as_the_area_and_as_high_as_they_need(qtbot, area, chips) -> None:
    chips.set_texts([f"word {number}" for number in range(40)])
    qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() > 0)
    assert area.widget().width() == area.viewport().width()
    high = area.widget().height()
    area.resize(800, 120)
    assert area.widget().height() < high


def test_contents_that_fit_are_not_scrolled(area, chips) -> None:
    chips.set_texts(["one", "two"])
    assert area.verticalScrollBar().maximum() == 0
