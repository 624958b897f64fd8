"""The numbers of a few words with each other as a table that can be read."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush, QColor

from gloveui.core.quantities import Quantity
from gloveui.storage import export
from gloveui.views.color_maps import readable_text_on
from gloveui.views.models.table_cells import ROOT
from gloveui.views.models.vector_rows import LONGEST_SHOWN
from gloveui.views.plots.cell_marks import Cell
from gloveui.views.plots.color_scale import ColorScale
from gloveui.views.probability_texts import NONE, count_text
from gloveui.views.theme import Theme
from gloveui.views.widgets.plain_tooltip import plain_tooltip

_CENTER = Qt.AlignmentFlag.AlignCenter


class CountTableModel(QAbstractTableModel):
    """A row and a column a word; cells are tinted by their values, as in the heatmap.

    ``Qt.UserRole`` is the number itself, or None; the roles of background and foreground give the colours.
    """

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words: Sequence[str] = ()
        self._values: NDArray[np.float32] = np.zeros((0, 0), np.float32)
        self._quantity = Quantity("count")
        self._entries: NDArray[np.uint8] = np.zeros((0, 0), np.uint8)
        self._brushes: list[QBrush] = []
        self._inks: list[QBrush] = []
        self._scale = ColorScale("from_zero")
        theme.changed.connect(self._mix_colors)
        self._mix_colors()

    @property
    def words(self) -> Sequence[str]:
        """The words of rows and columns."""
        return self._words

    def set_values(
        self, words: Sequence[str], values: NDArray[np.float32], quantity: Quantity, scale: ColorScale
    ) -> None:
        """Show the numbers of these words, float32 [n, n] with NaN for none."""
        is_same_size = len(words) == len(self._words)
        if not is_same_size:
            self.beginResetModel()
        self._words, self._values, self._quantity, self._scale = words, values, quantity, scale
        self._entries = scale.entries(values)
        self._mix_colors()
        if not is_same_size:
            self.endResetModel()
        elif len(words):
            self.dataChanged.emit(self.index(0, 0), self.index(len(words) - 1, len(words) - 1))
            for orientation in (Qt.Orientation.Horizontal, Qt.Orientation.Vertical):
                self.headerDataChanged.emit(orientation, 0, len(words) - 1)

    def number(self, cell: Cell) -> float | None:
        """The number in a cell; of what can be counted, a pair that never occurs has 0."""
        value = float(self._values[cell])
        if not math.isnan(value):
            return value
        return 0.0 if self._quantity.fills_zero else None

    def text(self, cell: Cell) -> str:
        """What stands in a cell: whole counts as whole numbers."""
        value = self.number(cell)
        if value is None:
            return NONE
        if value == int(value) and self._quantity.name == "count":
            return f"{value:,.0f}"
        if self._quantity.fills_zero:
            return count_text(value)
        return f"{value:.2f}".replace("-", "−")

    def rows_for_export(self) -> Iterator[list[export.Cell]]:
        """The table with its words, as rows."""
        yield ["", *self._words]
        for row, word in enumerate(self._words):
            yield [word, *self._exported(row, range(len(self._words)))]

    def part_for_export(self, rows: Sequence[int], columns: Sequence[int]) -> Iterator[list[export.Cell]]:
        """Some rows and columns of the table with their words; one cell alone is without any."""
        if len(rows) == len(columns) == 1:
            yield self._exported(rows[0], columns)
            return
        yield ["", *(self._words[column] for column in columns)]
        for row in rows:
            yield [self._words[row], *self._exported(row, columns)]

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = ROOT) -> int:
        return 0 if parent.isValid() else len(self._words)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = ROOT) -> int:
        return 0 if parent.isValid() else len(self._words)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if not index.isValid():
            return None
        cell = index.row(), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(cell)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _CENTER
        if role == Qt.ItemDataRole.BackgroundRole:
            return self._brushes[self._entries[cell]]
        if role == Qt.ItemDataRole.ForegroundRole:
            is_nothing = not self.number(cell)
            return QBrush(self._theme.color("muted")) if is_nothing else self._inks[self._entries[cell]]
        if role == Qt.ItemDataRole.UserRole:
            return self.number(cell)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if not 0 <= section < len(self._words):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words[section][:LONGEST_SHOWN]
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(self._words[section][:LONGEST_SHOWN])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            is_above = orientation == Qt.Orientation.Horizontal
            side = Qt.AlignmentFlag.AlignHCenter if is_above else Qt.AlignmentFlag.AlignRight
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def _exported(self, row: int, columns: Sequence[int]) -> list[export.Cell]:
        numbers = (self.number((row, column)) for column in columns)
        return ["" if value is None else value for value in numbers]

    def _mix_colors(self) -> None:
        colors = [QColor(*map(int, color)) for color in self._scale.lut(self._theme.palette)]
        self._brushes = [QBrush(color) for color in colors]
        self._inks = [QBrush(QColor(readable_text_on(color.name()))) for color in colors]
