"""What is drawn over the cells of a heatmap: numbers, frames, and the row and column of one word."""

from __future__ import annotations

import math

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from gloveui.views.color_maps import readable_text_on
from gloveui.views.theme import Theme

NUMBER_TYPES = (1.0, 0.9, 0.8, 0.7)  # sizes relative to the body text, the first that fits is taken
NUMBER_MARGIN = 8.0  # pixels beside a number in its cell
SMALLEST_NUMBERED = 24.0  # pixels of a cell's side
SMALLEST_RULED = 16.0
MOST_NUMBERED = 1_600  # cells in sight

Cell = tuple[int, int]
"""Row and column."""


class CellMarks(pg.GraphicsObject):
    """Drawn in the coordinates of cells; numbers appear wherever the cells are large enough for them."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._counts = np.zeros((0, 0), np.float32)
        self._colors = np.zeros((0, 0), np.uint8)
        self._inks = [QColor()] * 256
        self._word: int | None = None
        self._hovered: Cell | None = None
        self._chosen: Cell | None = None

    def set_cells(self, counts: NDArray[np.float32], colors: NDArray[np.uint8]) -> None:
        """The counts, float32 [n, n], and the entries of the scale that they are drawn in, uint8 [n, n]."""
        self.prepareGeometryChange()
        self._counts, self._colors = counts, colors
        self.update()

    def set_scale(self, lut: NDArray[np.uint8]) -> None:
        """The colours of the cells, uint8 [256, 3]; numbers are written in ink that can be read on them."""
        self._inks = [QColor(readable_text_on(QColor(*map(int, color)).name())) for color in lut]
        self.update()

    def mark_word(self, word: int | None) -> None:
        """Frame the row and the column of a word."""
        self._word = word
        self.update()

    def mark_cells(self, hovered: Cell | None, chosen: Cell | None) -> None:
        """Frame the cell under the pointer and the one that was chosen."""
        self._hovered, self._chosen = hovered, chosen
        self.update()

    def boundingRect(self) -> QRectF:
        size = len(self._counts)
        return QRectF(0.0, 0.0, size, size)

    def paint(self, painter: QPainter, option: object, widget: object) -> None:
        side = abs(painter.transform().m11())
        visible = self._visible_cells()
        if side >= SMALLEST_RULED:
            self._draw_rules(painter)
        if side >= SMALLEST_NUMBERED and visible.width() * visible.height() <= MOST_NUMBERED:
            self._write_numbers(painter, visible, side)
        if self._word is not None:
            self._frame_word(painter, self._word)
        if self._hovered is not None:
            self._frame_cell(painter, self._hovered, 1.0)
        if self._chosen is not None:
            self._frame_cell(painter, self._chosen, 2.0)

    def _visible_cells(self) -> QRectF:
        """The cells in sight, in whole cells."""
        sight = self.viewRect().intersected(self.boundingRect())
        left, top = math.floor(sight.left()), math.floor(sight.top())
        return QRectF(left, top, math.ceil(sight.right()) - left, math.ceil(sight.bottom()) - top)

    def _draw_rules(self, painter: QPainter) -> None:
        painter.setPen(_even_pen(self._theme.color("border"), 1.0))
        size = len(self._counts)
        for place in range(size + 1):
            painter.drawLine(place, 0, place, size)
            painter.drawLine(0, place, size, place)

    def _write_numbers(self, painter: QPainter, visible: QRectF, side: float) -> None:
        rows = range(int(visible.top()), int(visible.bottom()))
        columns = range(int(visible.left()), int(visible.right()))
        texts = {
            (row, column): compact(float(self._counts[row, column])) for row in rows for column in columns
        }
        font = self._number_font(texts, side - NUMBER_MARGIN)
        if font is None:
            return
        to_pixels = painter.transform()
        painter.save()
        painter.resetTransform()  # letters are not stretched with the cells
        painter.setFont(font)
        for cell, text in texts.items():
            is_zero = self._counts[cell] == 0
            painter.setPen(self._theme.color("muted") if is_zero else self._inks[self._colors[cell]])
            room = to_pixels.mapRect(QRectF(cell[1], cell[0], 1, 1))
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, text)
        painter.restore()

    def _number_font(self, texts: dict[Cell, str], room: float) -> QFont | None:
        longest = max(texts.values(), key=len, default="")
        for size in NUMBER_TYPES:
            font = self._theme.font(size)
            if QFontMetricsF(font).horizontalAdvance(longest) <= room:
                return font
        return None

    def _frame_word(self, painter: QPainter, word: int) -> None:
        size = len(self._counts)
        halo = self._theme.color("surface")
        for color, width in ((halo, 4.0), (self._theme.color("accent"), 1.5)):
            painter.setPen(_even_pen(color, width))
            painter.drawRect(QRectF(0, word, size, 1))
            painter.drawRect(QRectF(word, 0, 1, size))

    def _frame_cell(self, painter: QPainter, cell: Cell, width: float) -> None:
        row, column = cell
        for color, pen_width in (
            (self._theme.color("surface"), width + 2),
            (self._theme.color("text"), width),
        ):
            painter.setPen(_even_pen(color, pen_width))
            painter.drawRect(QRectF(column, row, 1, 1))


def compact(count: float) -> str:
    """A count in at most five characters: 0.25, 23.2, 1,234 as 1.23k."""
    for unit, suffix in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if count >= unit * 0.9995:
            return f"{count / unit:.3g}{suffix}"
    return f"{count:.3g}"


def _even_pen(color: QColor, width: float) -> QPen:
    """A pen as wide at every zoom."""
    pen = QPen(color, width)
    pen.setCosmetic(True)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    return pen
