"""What is drawn over the cells of a heatmap: numbers, frames, lit cells, and the row and column of a word."""

from __future__ import annotations

import math

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QStaticText

from gloveui.core.heatmap import HeatmapPicture
from gloveui.views.color_maps import readable_text_on
from gloveui.views.plots.cell_image import is_saved_as_lines
from gloveui.views.quantity_texts import NONE, cell_text
from gloveui.views.theme import Theme

NUMBER_TYPES = (1.0, 0.9, 0.8, 0.7)  # sizes relative to the body text, the first that fits is taken
NUMBER_MARGIN = 8.0  # pixels beside a number in its cell
SMALLEST_NUMBERED = 24.0  # pixels of a cell's side
SMALLEST_RULED = 16.0
SMALLEST_FRAMED = 6.0  # what is smaller gets lines through its row and column, too
MOST_LAID_OUT = 5_000
LIT_WIDTH = 3.0
EDGE = 0.4  # of a cell, within which a number's middle is too close to the edge to be whole
MOST_NUMBERED = 1_600  # cells in sight

Cell = tuple[int, int]
"""Row and column, as places in the order of words."""


class CellMarks(pg.GraphicsObject):
    """Drawn in the coordinates of cells; numbers appear wherever the cells are large enough for them."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._size = 0
        self._picture: HeatmapPicture | None = None
        self._colors = np.zeros((0, 0), np.uint8)
        self._inks = [QColor()] * 256
        self._word: int | None = None
        self._hovered: Cell | None = None
        self._chosen: Cell | None = None
        self._lit: tuple[Cell, ...] = ()
        self._font = QFont()
        self._layouts: dict[str, tuple[QStaticText, QPointF]] = {}

    def set_size(self, size: int) -> None:
        """How many words rows and columns have."""
        self.prepareGeometryChange()
        self._size = size
        self.set_picture(None, np.zeros((0, 0), np.uint8))

    def set_picture(self, picture: HeatmapPicture | None, colors: NDArray[np.uint8]) -> None:
        """The values and the entries of the scale that they are drawn in, uint8 of the same shape."""
        self._picture, self._colors = picture, colors
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

    def light(self, cells: tuple[Cell, ...]) -> None:
        """Light up cells, and no others."""
        self._lit = cells
        self.update()

    def boundingRect(self) -> QRectF:
        return QRectF(0.0, 0.0, self._size, self._size)

    def paint(self, painter: QPainter, option: object, widget: object) -> None:
        side = abs(painter.transform().m11())
        visible = self._visible_cells()
        if side >= SMALLEST_RULED:
            self._draw_rules(painter, visible)
        if side >= SMALLEST_NUMBERED and visible.width() * visible.height() <= MOST_NUMBERED:
            self._write_numbers(painter, visible, side)
        if self._word is not None:
            self._frame_word(painter, self._word)
        self._light_cells(painter, side)
        if self._hovered is not None:
            self._frame_cell(painter, self._hovered, 1.0, side)
        if self._chosen is not None:
            self._frame_cell(painter, self._chosen, 2.0, side)

    def _visible_cells(self) -> QRectF:
        """The cells in sight, in whole cells."""
        sight = self.viewRect().intersected(self.boundingRect())
        left, top = math.floor(sight.left()), math.floor(sight.top())
        return QRectF(left, top, math.ceil(sight.right()) - left, math.ceil(sight.bottom()) - top)

    def _draw_rules(self, painter: QPainter, visible: QRectF) -> None:
        painter.setPen(_even_pen(self._theme.color("border"), 1.0))
        right, bottom = int(visible.right()), int(visible.bottom())
        sight = self.viewRect().intersected(self.boundingRect())
        for place in range(math.ceil(sight.left()), right + (right <= sight.right())):
            painter.drawLine(QPointF(place, sight.top()), QPointF(place, sight.bottom()))
        for place in range(math.ceil(sight.top()), bottom + (bottom <= sight.bottom())):
            painter.drawLine(QPointF(sight.left(), place), QPointF(sight.right(), place))

    def _light_cells(self, painter: QPainter, side: float) -> None:
        if not self._lit:
            return
        least = max(1.0, SMALLEST_FRAMED / side)  # cells; so that one can be seen from afar
        inset = LIT_WIDTH / side if least == 1.0 else (1 - least) / 2
        for color, width in (("surface", LIT_WIDTH + 3), ("warn", LIT_WIDTH)):
            painter.setPen(_even_pen(self._theme.color(color), width))
            for row, column in self._lit:
                painter.drawRect(QRectF(column, row, 1, 1).adjusted(inset, inset, -inset, -inset))

    def _write_numbers(self, painter: QPainter, visible: QRectF, side: float) -> None:
        picture = self._picture
        if picture is None or picture.view.block != 1:
            return
        texts = self._texts_of(picture, visible)
        if is_saved_as_lines(painter):  # where a number at the edge would stand out
            inner = self.viewRect().adjusted(EDGE, EDGE, -EDGE, -EDGE)
            texts = {cell: text for cell, text in texts.items() if inner.contains(_middle_of(cell))}
        font = self._number_font(texts, side - NUMBER_MARGIN)
        if font is None:
            return
        view, muted = picture.view, self._theme.color("muted")
        to_pixels = painter.transform()
        painter.save()
        painter.resetTransform()  # letters are not stretched with the cells
        painter.setFont(font)
        for (row, column), text in texts.items():
            color = int(self._colors[row - view.first_row, column - view.first_column])
            painter.setPen(muted if text in ("0", NONE) else self._inks[color])
            laid_out, corner = self._laid_out(text, font)
            painter.drawStaticText(to_pixels.map(_middle_of((row, column))) - corner, laid_out)
        painter.restore()

    def _laid_out(self, text: str, font: QFont) -> tuple[QStaticText, QPointF]:
        """A number ready to be drawn, and half its size: laying out hundreds of them is half of a frame."""
        if font != self._font or len(self._layouts) > MOST_LAID_OUT:
            self._font, self._layouts = font, {}
        if text not in self._layouts:
            laid_out = QStaticText(text)
            laid_out.prepare(font=font)
            size = laid_out.size()
            self._layouts[text] = laid_out, QPointF(size.width() / 2, size.height() / 2)
        return self._layouts[text]

    def _texts_of(self, picture: HeatmapPicture, visible: QRectF) -> dict[Cell, str]:
        """The numbers of the cells in sight; a picture has too many to write all of them."""
        view = picture.view
        top, bottom = max(int(visible.top()), view.first_row), min(int(visible.bottom()), view.last_row)
        left = max(int(visible.left()), view.first_column)
        right = min(int(visible.right()), view.last_column)
        part = picture.values[
            top - view.first_row : bottom - view.first_row,
            left - view.first_column : right - view.first_column,
        ]
        return {
            (top + row, left + column): cell_text(value, picture.quantity)
            for row, values in enumerate(part.tolist())
            for column, value in enumerate(values)
        }

    def _number_font(self, texts: dict[Cell, str], room: float) -> QFont | None:
        """The largest type in which every number fits into a cell."""
        longest = max(texts.values(), key=len, default="")
        for size in NUMBER_TYPES:
            font = self._theme.font(size)
            if QFontMetricsF(font).horizontalAdvance(longest) <= room:
                return font
        return None

    def _frame_word(self, painter: QPainter, word: int) -> None:
        halo = self._theme.color("surface")
        # A frame of a hundred thousand cells is cut to what is in sight: drawing it whole takes longer.
        beyond = 0 if is_saved_as_lines(painter) else 1
        sight = self.viewRect().adjusted(-beyond, -beyond, beyond, beyond).intersected(self.boundingRect())
        for color, width in ((halo, 4.0), (self._theme.color("accent"), 1.5)):
            painter.setPen(_even_pen(color, width))
            for frame in (
                QRectF(sight.left(), word, sight.width(), 1),
                QRectF(word, sight.top(), 1, sight.height()),
            ):
                if not (part := frame.intersected(sight)).isEmpty():
                    painter.drawRect(part)

    def _frame_cell(self, painter: QPainter, cell: Cell, width: float, side: float) -> None:
        row, column = cell
        if side < SMALLEST_FRAMED:
            self._cross(painter, cell)
            return
        for color, pen_width in (
            (self._theme.color("surface"), width + 2),
            (self._theme.color("text"), width),
        ):
            painter.setPen(_even_pen(color, pen_width))
            painter.drawRect(QRectF(column, row, 1, 1))

    def _cross(self, painter: QPainter, cell: Cell) -> None:
        """Lines through the row and the column of a cell too small for a frame."""
        row, column = cell[0] + 0.5, cell[1] + 0.5
        painter.setPen(_even_pen(self._theme.color("muted"), 1.0))
        painter.drawLine(QRectF(0, row, self._size, 0).topLeft(), QRectF(0, row, self._size, 0).topRight())
        painter.drawLine(
            QRectF(column, 0, 0, self._size).topLeft(), QRectF(column, 0, 0, self._size).bottomLeft()
        )


def _middle_of(cell: Cell) -> QPointF:
    return QPointF(cell[1] + 0.5, cell[0] + 0.5)


def _even_pen(color: QColor, width: float) -> QPen:
    """A pen as wide at every zoom."""
    pen = QPen(color, width)
    pen.setCosmetic(True)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    return pen
