"""Both delegates that paint numbers: the bar and the coloured cell."""

from __future__ import annotations

import math

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QStyledItemDelegate, QTableView

from gloveui.views.palette import DARK
from gloveui.views.theme import Theme
from gloveui.views.widgets.bar_delegate import BarDelegate

STRANGE = [0.5, -0.5, 0, 12.0, math.nan, math.inf, -math.inf, None, "text", [1.0]]


@pytest.fixture
def table_of(qtbot):
    """A shown table with one column of values, painted by a delegate."""

    def make(delegate: QStyledItemDelegate, values: list[object]) -> QTableView:
        table = QTableView()
        qtbot.addWidget(table)
        model = QStandardItemModel(table)
        for value in values:
            item = QStandardItem(str(value))
            item.setData(value, Qt.ItemDataRole.UserRole)
            model.appendRow(item)
        delegate.setParent(table)
        table.setModel(model)
        table.setItemDelegate(delegate)
        table.setColumnWidth(0, 200)
        table.setShowGrid(False)
        table.resize(260, 60 + 32 * len(values))
        table.clearSelection()
        return table

    return make


def colors_in(table: QTableView, row: int) -> set[str]:
    rect = table.visualRect(table.model().index(row, 0))
    image = table.viewport().grab(rect).toImage()
    return {image.pixelColor(x, image.height() // 2).name().upper() for x in range(image.width())}


@pytest.mark.parametrize(
    ("low", "high", "value", "span"),
    [
        (0.0, 1.0, 0.25, (0.0, 0.25)),
        (0.0, 1.0, 7.0, (0.0, 1.0)),
        (0.0, 1.0, -0.5, (0.0, 0.0)),
        (-1.0, 1.0, 0.5, (0.5, 0.75)),
        (-1.0, 1.0, -0.5, (0.25, 0.5)),
        (2.0, 4.0, 3.0, (0.0, 0.5)),
        (0.0, 1.0, math.nan, (0.0, 0.0)),
        (1.0, 1.0, 1.0, (0.0, 0.0)),
    ],
)
def test_a_bar_runs_from_zero_to_the_value(theme: Theme, low, high, value, span) -> None:
    delegate = BarDelegate(theme, low, high)
    assert delegate.bar_span(value) == pytest.approx(span)


def test_the_bar_is_painted_in_the_accent_over_its_track(theme: Theme, table_of) -> None:
    theme.set_scheme("dark")
    table = table_of(BarDelegate(theme), [0.5, 0.0])
    assert {DARK.accent, DARK.track} <= colors_in(table, 0)
    assert DARK.accent not in colors_in(table, 1)


def test_the_range_of_a_bar_can_change(theme: Theme) -> None:
    delegate = BarDelegate(theme)
    delegate.set_range(0.0, 10.0)
    assert delegate.bar_span(5.0) == (0.0, 0.5)


def test_painting_raises_for_no_value_and_no_width(theme: Theme, table_of, qtbot) -> None:
    table = table_of(BarDelegate(theme), STRANGE)
    with qtbot.captureExceptions() as raised:
        for width in (200, 40, 6):
            table.setColumnWidth(0, width)
            table.selectAll()
            table.grab()
    assert raised == []
