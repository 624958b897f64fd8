"""Square cells with words on both axes, of which any part can be looked at."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtWidgets import QWidget

from gloveui.core.heatmap import HeatmapPicture
from gloveui.views.plots.cell_marks import Cell, CellMarks
from gloveui.views.plots.color_scale import ColorScale
from gloveui.views.plots.themed_plot import ThemedPlot
from gloveui.views.plots.word_axis import GAP, WordAxis
from gloveui.views.theme import Theme

FEWEST_CELLS = 4  # on a side, when zoomed in as far as can be
SMALLEST_SIDE = 48
SMALLEST_CORNER = 56  # pixels beside and above the cells, where words are short but many


class CellPlot(ThemedPlot):
    """The first row is at the top. The wheel zooms about the pointer, dragging moves.

    Coordinates are places in the order of words: the first cell is from (0, 0) to (1, 1), x being the column.
    """

    pointed = Signal(object)  # (row, column) under the pointer, or None beside the cells
    cell_clicked = Signal(object)
    word_clicked = Signal(object)  # its place
    double_clicked = Signal()
    sight_changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self.rows, self.columns = WordAxis("left", theme), WordAxis("top", theme)
        super().__init__(theme, parent, {"left": self.rows, "top": self.columns})
        self._words: Sequence[str] = ()
        self._picture: HeatmapPicture | None = None
        self._pointed: Cell | None = None
        self.backdrop = pg.ImageItem(axisOrder="row-major")  # everything, coarsely, where the picture ends
        self.image = pg.ImageItem(axisOrder="row-major")
        self.marks = CellMarks(theme)
        self._arrange()

    @property
    def words(self) -> Sequence[str]:
        """The words of rows and columns."""
        return self._words

    @property
    def size_in_cells(self) -> int:
        """Cells on a side; one where there are none, so that there is something to look at."""
        return max(1, len(self._words))

    @property
    def picture(self) -> HeatmapPicture | None:
        """What is drawn."""
        return self._picture

    def set_words(self, words: Sequence[str]) -> None:
        """Take other words; what was drawn of those before goes."""
        self._words, self._pointed = words, None
        self._picture = None
        self.image.setVisible(False)
        self.backdrop.setVisible(False)
        self.marks.set_size(len(words))
        for axis in (self.rows, self.columns):
            axis.set_words(words)
        size = self.size_in_cells
        closest = min(size, FEWEST_CELLS)
        self.setLimits(
            xMin=0, xMax=size, yMin=0, yMax=size, minXRange=closest, maxXRange=size,
            minYRange=closest, maxYRange=size,
        )  # fmt: skip

    def draw(self, picture: HeatmapPicture, scale: ColorScale) -> None:
        """Draw a picture where its cells are; it is stretched with them until there is a sharper one."""
        self._picture = picture
        lut, entries = scale.lut(self.theme.palette), self._put(self.image, picture, scale)
        self.marks.set_scale(lut)
        self.marks.set_picture(picture, entries)

    def draw_behind(self, overview: HeatmapPicture, scale: ColorScale) -> None:
        """Draw a picture of everything, for a moment in which one has moved beyond the sharp one."""
        self._put(self.backdrop, overview, scale)

    def _put(self, image: pg.ImageItem, picture: HeatmapPicture, scale: ColorScale) -> NDArray[np.uint8]:
        """Draw a picture where its cells are; returns the entries of the colour map that it has."""
        entries, view = scale.entries(picture.values), picture.view
        image.setVisible(entries.size > 0)
        if entries.size:
            image.setImage(entries, autoLevels=False, levels=(0, 255), lut=scale.lut(self.theme.palette))
            width, height = view.width * view.block, view.height * view.block
            image.setRect(QRectF(view.first_column, view.first_row, width, height))
        return entries

    def sight(self) -> QRectF:
        """What is in sight."""
        (left, right), (top, bottom) = self.viewRange()
        return QRectF(left, top, right - left, bottom - top)

    def look_at(self, sight: QRectF) -> None:
        """Bring a square part into sight, moved and enlarged to what there is."""
        size = self.size_in_cells
        side = min(max(sight.width(), sight.height(), min(size, FEWEST_CELLS)), size)
        left = min(max(sight.center().x() - side / 2, 0.0), size - side)
        top = min(max(sight.center().y() - side / 2, 0.0), size - side)
        self.setRange(xRange=(left, left + side), yRange=(top, top + side), padding=0, disableAutoRange=True)

    def cell_side(self) -> float:
        """Pixels of a cell's side."""
        return float(self.plotItem.vb.width()) / max(self.sight().width(), 1e-9)

    def cell_center(self, row: float, column: float) -> QPointF:
        """Where a cell is, in pixels of ``viewport()``."""
        scene = self.plotItem.vb.mapViewToScene(QPointF(column + 0.5, row + 0.5))
        return QPointF(self.mapFromScene(scene))

    def point_at(self, cell: Cell | None) -> None:
        """Set off the words of a cell."""
        self.rows.point_at(cell[0] if cell is not None else None)
        self.columns.point_at(cell[1] if cell is not None else None)

    def place(self, width: int, height: int) -> QRectF:
        """Take the largest square of cells in so many pixels; returns where the cells are in these."""
        longest, line = self.rows.longest(), self.rows.line_height()
        edge = math.ceil(line / 2)  # the last word stands half a line below its cell when cells are small
        least = SMALLEST_CORNER if len(self._words) > FEWEST_CELLS else 0
        left = int(max(longest + 2 * GAP, least))
        side_by_side = min(width - left - edge, height - line - 2 * GAP - edge)
        is_turned = longest + GAP > side_by_side / self.size_in_cells
        top = int(max(longest + 2 * GAP, least) if is_turned else line + 2 * GAP)
        side = max(SMALLEST_SIDE, min(width - left - edge, height - top - edge))
        self.columns.set_turned(is_turned)
        self.rows.setWidth(left)
        self.columns.setHeight(top)
        self.plotItem.layout.setContentsMargins(0, 0, edge, edge)
        start = max(0, (width - left - side - edge) // 2)
        self.setGeometry(start, 0, left + side + edge, top + side + edge)
        return QRectF(start + left, top, side, side)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._point(None)
        return bool(super().eventFilter(watched, event))

    def _arrange(self) -> None:
        self.viewport().installEventFilter(self)
        item = self.plotItem
        item.layout.setSpacing(0)
        item.showGrid(x=False, y=False)
        item.showAxes((True, True, False, False))
        item.vb.invertY(True)
        item.vb.setAspectLocked(True)
        item.vb.disableAutoRange()
        self.addItem(self.backdrop)
        self.addItem(self.image)
        self.addItem(self.marks)
        self.image.setVisible(False)
        self.backdrop.setVisible(False)
        item.vb.sigRangeChanged.connect(self._tell_sight)
        scene = self.scene()
        scene.sigMouseMoved.connect(self._follow_pointer)
        scene.sigMouseClicked.connect(self._take_click)

    def _tell_sight(self) -> None:
        self.sight_changed.emit()

    def _follow_pointer(self, position: QPointF) -> None:
        self._point(self._cell_at(position))

    def _point(self, cell: Cell | None) -> None:
        if cell != self._pointed:
            self._pointed = cell
            self.pointed.emit(cell)

    def _take_click(self, event: object) -> None:
        if event.button() != Qt.MouseButton.LeftButton:  # type: ignore[attr-defined]
            return
        if event.double():  # type: ignore[attr-defined]
            self.double_clicked.emit()
            return
        position = event.scenePos()  # type: ignore[attr-defined]
        cell, word = self._cell_at(position), self._word_at(position)
        if cell is not None:
            self.cell_clicked.emit(cell)
        elif word is not None:
            self.word_clicked.emit(word)

    def _cell_at(self, position: QPointF) -> Cell | None:
        box = self.plotItem.vb
        if not box.sceneBoundingRect().contains(position):
            return None
        place = box.mapSceneToView(position)
        row, column = math.floor(place.y()), math.floor(place.x())
        size = len(self._words)
        return (row, column) if 0 <= row < size and 0 <= column < size else None

    def _word_at(self, position: QPointF) -> int | None:
        """The place of the word of an axis at a position."""
        place = self.plotItem.vb.mapSceneToView(position)
        if self.rows.sceneBoundingRect().contains(position):
            word = math.floor(place.y())
        elif self.columns.sceneBoundingRect().contains(position):
            word = math.floor(place.x())
        else:
            return None
        return word if 0 <= word < len(self._words) else None
