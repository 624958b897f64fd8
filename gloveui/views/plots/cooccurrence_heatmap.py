"""Counts of words with each other as coloured cells."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from gloveui.core.heatmap import FAINTEST, linear_shares, log_shares
from gloveui.views.color_maps import counts_lut
from gloveui.views.plots.cell_marks import Cell, CellMarks, compact
from gloveui.views.plots.color_legend import ColorLegend
from gloveui.views.plots.themed_plot import ThemedPlot
from gloveui.views.plots.word_axis import GAP, WordAxis
from gloveui.views.theme import Theme
from gloveui.views.widgets.plain_tooltip import plain_tooltip

LEGEND_GAP = 4
SMALLEST_SIDE = 48
FEWEST_CELLS = 4  # on a side, when zoomed in as far as can be
_STEPS = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}


class CooccurrenceHeatmap(QWidget):
    """Square cells, the first row at the top, with words on both axes and a legend.

    The wheel zooms, dragging moves, a double click shows everything again; arrow keys move the chosen cell
    and Enter takes its row's word.
    """

    cell_hovered = Signal(object)  # (row, column), or None beside the cells
    cell_chosen = Signal(object)  # (row, column)
    word_chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("cooccurrenceHeatmap")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(240, 240)
        self._theme = theme
        self._words: tuple[str, ...] = ()
        self._counts = np.zeros((0, 0), np.float32)
        self._is_logarithmic = False
        self._hovered: Cell | None = None
        self._chosen: Cell | None = None
        self.rows, self.columns = WordAxis("left", theme), WordAxis("top", theme)
        self.plot = ThemedPlot(theme, self, {"left": self.rows, "top": self.columns})
        self.image = pg.ImageItem(axisOrder="row-major")
        self.marks = CellMarks(theme)
        self.legend = ColorLegend(theme, self)
        self._arrange()
        theme.changed.connect(self._recolor)
        self._recolor()

    @property
    def words(self) -> tuple[str, ...]:
        """The words of rows and columns."""
        return self._words

    @property
    def counts(self) -> NDArray[np.float32]:
        """The counts that are shown, float32 [n, n]."""
        return self._counts

    @property
    def chosen(self) -> Cell | None:
        """The cell chosen last, as row and column."""
        return self._chosen

    def show_counts(self, words: Sequence[str], counts: NDArray[np.float32], is_logarithmic: bool) -> None:
        """Show counts, float32 [n, n], of these words.

        A part that was zoomed to stays in sight if at most the last word is another one.
        """
        before, self._words = self._words, tuple(words)
        self._counts, self._is_logarithmic = counts, is_logarithmic
        if self._words != before:
            self._follow_words(before)
        self._draw()
        self._place()

    def mark_word(self, word: str) -> None:
        """Frame the row and the column of a word, if it is among those shown."""
        place = self._words.index(word) if word in self._words else None
        self.rows.mark(place)
        self.columns.mark(place)
        self.marks.mark_word(place)

    def set_unit(self, unit: str) -> None:
        """What the legend's numbers count; translated already."""
        self.legend.set_unit(unit)

    def set_tip(self, text: str) -> None:
        """The tooltip over the cells, as plain text."""
        self.image.setToolTip(plain_tooltip(text))

    def fit(self) -> None:
        """Show all cells."""
        size = max(1, len(self._words))
        self.plot.setRange(xRange=(0, size), yRange=(0, size), padding=0, disableAutoRange=True)

    def choose(self, row: int, column: int) -> None:
        """Choose a cell and its row's word."""
        self._set_chosen((row, column))
        self.word_chosen.emit(self._words[row])

    def cell_center(self, row: int, column: int) -> QPointF:
        """Where a cell is, in pixels of ``plot.viewport()``."""
        scene = self.plot.plotItem.vb.mapViewToScene(QPointF(column + 0.5, row + 0.5))
        return QPointF(self.plot.mapFromScene(scene))

    def picture(self, pixel_ratio: float = 2.0) -> QImage:
        """The picture with its words and legend, sharp enough for print."""
        image = QImage(self.size() * pixel_ratio, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(pixel_ratio)
        image.fill(self._theme.color("surface"))
        self.render(image, QPoint(), renderFlags=QWidget.RenderFlag.DrawChildren)
        return image

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None and self._words:
            row, column = self._chosen or (0, 0)
            moved = (row + step[0], column + step[1]) if self._chosen else (0, 0)
            last = len(self._words) - 1
            self._set_chosen((min(max(moved[0], 0), last), min(max(moved[1], 0), last)))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._chosen:
            self.word_chosen.emit(self._words[self._chosen[0]])
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._set_hovered(None)
        return super().eventFilter(watched, event)

    def _arrange(self) -> None:
        self.plot.viewport().installEventFilter(self)
        item = self.plot.plotItem
        item.layout.setSpacing(0)
        item.showGrid(x=False, y=False)
        item.showAxes((True, True, False, False))
        item.vb.invertY(True)
        item.vb.setAspectLocked(True)
        item.vb.disableAutoRange()
        self.plot.addItem(self.image)
        self.plot.addItem(self.marks)
        scene = self.plot.scene()
        scene.sigMouseMoved.connect(self._hover)
        scene.sigMouseClicked.connect(self._click)

    def _recolor(self) -> None:
        self._lut = counts_lut(self._theme.palette)
        self.image.setLookupTable(self._lut)
        self.marks.set_scale(self._lut)
        self._draw()
        self._place()

    def _draw(self) -> None:
        scale = log_shares if self._is_logarithmic else linear_shares
        colors = np.ceil(scale(self._counts) * 255).astype(
            np.uint8
        )  # a count above zero is never the surface
        if colors.size:
            self.image.setImage(colors, autoLevels=False, levels=(0, 255), lut=self._lut)
        self.image.setVisible(colors.size > 0)
        self.marks.set_cells(self._counts, colors)
        self.marks.mark_cells(self._hovered, self._chosen)
        start = round(FAINTEST * 255) if self._is_logarithmic else 0
        self.legend.set_scale(self._lut[start:], self._ticks())

    def _ticks(self) -> list[tuple[float, str]]:
        """Counts and their places along the legend's bar."""
        there = self._counts[self._counts > 0]
        if not there.size:
            return [(0.0, "0")]
        low, high = float(there.min()), float(there.max())
        if not self._is_logarithmic:
            return [(share, compact(share * high)) for share in (0.0, 0.25, 0.5, 0.75, 1.0)]
        span = math.log(high / low)
        if span == 0:
            return [(1.0, compact(high))]
        decades = [
            10.0**power for power in range(math.ceil(math.log10(low)), math.floor(math.log10(high)) + 1)
        ]
        inner = [count for count in decades if low < count < high]
        return [(math.log(count / low) / span, compact(count)) for count in (low, *inner, high)]

    def _follow_words(self, before: tuple[str, ...]) -> None:
        stays = self._is_zoomed(len(before)) and _same_but_the_last(self._words, before)
        self._hovered = None
        self._chosen = self._moved(self._chosen, before)
        self.rows.set_words(self._words)
        self.columns.set_words(self._words)
        self._limit_view()
        if not stays:
            self.fit()

    def _is_zoomed(self, size: int) -> bool:
        left, right = self.plot.viewRange()[0]
        return bool(right - left < size - 0.01)

    def _moved(self, cell: Cell | None, before: tuple[str, ...]) -> Cell | None:
        """Where the words of a cell are now; None if one of them is gone."""
        words = [before[place] for place in cell] if cell is not None else []
        if not words or not set(words) <= set(self._words):
            return None
        return self._words.index(words[0]), self._words.index(words[1])

    def _limit_view(self) -> None:
        size = max(1, len(self._words))
        closest = min(size, FEWEST_CELLS)
        self.plot.setLimits(
            xMin=0, xMax=size, yMin=0, yMax=size, minXRange=closest, maxXRange=size,
            minYRange=closest, maxYRange=size,
        )  # fmt: skip

    def _place(self) -> None:
        """Give the cells the largest square that leaves room for the words and the legend."""
        legend_height = self.legend.sizeHint().height()
        longest, line = self.rows.longest(), self.rows.line_height()
        edge = math.ceil(line / 2)  # the last word stands half a line below its cell when cells are small
        left = int(longest + 2 * GAP)
        width, height = self.width() - left - edge, self.height() - legend_height - LEGEND_GAP - edge
        is_turned = longest + GAP > min(width, height - line - 2 * GAP) / max(1, len(self._words))
        top = int((longest if is_turned else line) + 2 * GAP)
        side = max(SMALLEST_SIDE, min(width, height - top))
        self.columns.set_turned(is_turned)
        self.rows.setWidth(left)
        self.columns.setHeight(top)
        self.plot.plotItem.layout.setContentsMargins(0, 0, edge, edge)
        start = max(0, (width - side) // 2)
        self.plot.setGeometry(start, 0, left + side + edge, top + side + edge)
        self.legend.setGeometry(start + left, top + side + edge + LEGEND_GAP, side, legend_height)

    def _cell_at(self, position: QPointF) -> Cell | None:
        box = self.plot.plotItem.vb
        if not box.sceneBoundingRect().contains(position):
            return None
        place = box.mapSceneToView(position)
        row, column = math.floor(place.y()), math.floor(place.x())
        size = len(self._words)
        return (row, column) if 0 <= row < size and 0 <= column < size else None

    def _word_at(self, position: QPointF) -> int | None:
        """The word of an axis at a position."""
        place = self.plot.plotItem.vb.mapSceneToView(position)
        if self.rows.sceneBoundingRect().contains(position):
            word = math.floor(place.y())
        elif self.columns.sceneBoundingRect().contains(position):
            word = math.floor(place.x())
        else:
            return None
        return word if 0 <= word < len(self._words) else None

    def _hover(self, position: QPointF) -> None:
        self._set_hovered(self._cell_at(position))

    def _click(self, event: object) -> None:
        if event.button() != Qt.MouseButton.LeftButton:  # type: ignore[attr-defined]
            return
        if event.double():  # type: ignore[attr-defined]
            self.fit()
            return
        position = event.scenePos()  # type: ignore[attr-defined]
        cell, word = self._cell_at(position), self._word_at(position)
        if cell is not None:
            self.choose(*cell)
        elif word is not None:
            self.word_chosen.emit(self._words[word])

    def _set_hovered(self, cell: Cell | None) -> None:
        if cell != self._hovered:
            self._hovered = cell
            self.marks.mark_cells(self._hovered, self._chosen)
            self.cell_hovered.emit(cell)

    def _set_chosen(self, cell: Cell) -> None:
        self._chosen = cell
        self.marks.mark_cells(self._hovered, self._chosen)
        self.cell_chosen.emit(cell)


def _same_but_the_last(words: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """Whether two lists of words differ in their last word only, or one has a word more."""
    shared = min(len(words), len(others)) - (len(words) == len(others))
    return abs(len(words) - len(others)) <= 1 and words[:shared] == others[:shared]
