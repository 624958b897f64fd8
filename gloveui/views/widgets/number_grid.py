"""A small matrix of numbers inside a picture: coloured cells that know where they are."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from gloveui.views.signed_colors import SignedColors

MOST_MEASURED = 64  # columns: more have no room
CELL_MARGIN = 10
MOST_SPREAD = 1.6
FADED = 0.35
ELLIPSIS = "⋯"


class NumberGrid:
    """Rows of numbers; columns for which there is no room are told by a ⋯ behind the others.

    Parameters
    ----------
    values
        Shape (rows, D).
    gaps
        Rows that stay empty.
    decimals
        Of each number; None: as many as are needed, two at most.
    """

    def __init__(
        self, values: NDArray[np.floating], gaps: Collection[int] = (), decimals: int | None = None
    ) -> None:
        self.values = values
        self._rows = [row for row in range(len(values)) if row not in gaps]
        self._decimals = decimals_of(values) if decimals is None else decimals
        self._origin = QPointF()
        self._cell_width, self._row_height = 1.0, 1.0
        self.columns = 0  # that are shown

    @property
    def is_cut(self) -> bool:
        """Whether columns are left out."""
        return self.columns < self.values.shape[1]

    @property
    def rect(self) -> QRectF:
        """Where it is."""
        height = len(self.values) * self._row_height
        return QRectF(self._origin.x(), self._origin.y(), self.width_of(self.columns), height)

    def measure(self, metrics: QFontMetricsF, row_height: float) -> None:
        """Fit the cells to the type."""
        shown = self.values[self._rows, :MOST_MEASURED]
        # Figures are equally wide: the widest number is the largest or the smallest one.
        ends = (float(np.nanmin(shown)), float(np.nanmax(shown))) if shown.size else ()
        widest = max((metrics.horizontalAdvance(self.text(end)) for end in ends), default=0.0)
        self._cell_width, self._row_height = widest + CELL_MARGIN, row_height

    def widen(self, width: float) -> None:
        """Make the cells so wide at least."""
        self._cell_width = max(self._cell_width, width)

    def spread(self, columns: int, width: float) -> None:
        """Let so many columns fill a width, as far as that is not too far apart to read."""
        natural = self.width_of(columns)
        if natural > 0:
            self._cell_width *= min(max(1.0, width / natural), MOST_SPREAD)

    def columns_in(self, width: float) -> int:
        """How many columns fit; one at least."""
        if self.width_of(self.values.shape[1]) <= width:
            return int(self.values.shape[1])
        return max(1, int(width / self._cell_width - 0.7))

    def width_of(self, columns: int) -> float:
        """Pixels of so many columns, with the sign for those left out."""
        is_cut = columns < self.values.shape[1]
        return (columns + (0.7 if is_cut else 0.0)) * self._cell_width

    def place(self, origin: QPointF, columns: int) -> None:
        """Put it somewhere, with so many columns."""
        self._origin, self.columns = origin, min(columns, self.values.shape[1])

    def row_rect(self, row: int) -> QRectF:
        """A row, as far as it is shown."""
        top = self._origin.y() + row * self._row_height
        return QRectF(self._origin.x(), top, self.width_of(self.columns), self._row_height)

    def cell_rect(self, row: int, column: int) -> QRectF:
        """A cell."""
        rect = self.row_rect(row)
        return QRectF(rect.x() + column * self._cell_width, rect.y(), self._cell_width, rect.height())

    def column_rect(self, column: int) -> QRectF:
        """A column."""
        rect = self.rect
        return QRectF(rect.x() + column * self._cell_width, rect.y(), self._cell_width, rect.height())

    def cell_at(self, place: QPointF) -> tuple[int, int] | None:
        """Row and column of the cell at a place."""
        if not self.rect.contains(place):
            return None
        row = int((place.y() - self._origin.y()) / self._row_height)
        column = int((place.x() - self._origin.x()) / self._cell_width)
        return (row, column) if row < len(self.values) and column < self.columns else None

    def row_at(self, place: QPointF) -> int | None:
        """The row at a place, in its cells or behind them."""
        if not self.rect.contains(place):
            return None
        return min(int((place.y() - self._origin.y()) / self._row_height), len(self.values) - 1)

    def text(self, value: float) -> str:
        """A number as it is written in a cell."""
        text = f"{value:.{self._decimals}f}"
        return text.removeprefix("-") if not text.strip("-0.") else text

    def paint(
        self,
        painter: QPainter,
        colors: SignedColors,
        faded: Collection[int] = (),
        within: QRectF | None = None,
    ) -> None:
        """Draw the cells; those of faded rows stay in the background, rows outside `within` are left out."""
        entries = colors.entries(self.values[:, : self.columns])
        for row in self._rows:
            if within is None or self.row_rect(row).intersects(within):
                painter.setOpacity(FADED if row in faded else 1.0)
                for column, entry in enumerate(entries[row].tolist()):
                    rect = self.cell_rect(row, column)
                    painter.fillRect(rect, colors.cells[entry])
                    painter.setPen(colors.inks[entry])
                    text = self.text(float(self.values[row, column]))
                    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)
        painter.setOpacity(1.0)

    def paint_frame(self, painter: QPainter, line: QColor, ink: QColor, within: QRectF | None = None) -> None:
        """Draw the edge, lines between the rows, and the sign for columns that are left out."""
        rows = [row for row in self._rows if within is None or self.row_rect(row).intersects(within)]
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(line, 1))
        for row in rows:
            painter.drawRect(self.row_rect(row))
        if self.is_cut:
            painter.setPen(ink)
            for row in rows:
                rect = self.row_rect(row)
                rect.setLeft(rect.left() + self.columns * self._cell_width)
                painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, ELLIPSIS)


def decimals_of(values: NDArray[np.floating]) -> int:
    """One, where that tells every number whole, else two."""
    shown = np.nan_to_num(values[:, :MOST_MEASURED].astype(np.float64))
    return 1 if np.allclose(shown, shown.round(1), atol=1e-6) else 2
