"""Square cells with words on both axes, of which any part can be looked at."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtWidgets import QWidget

from gloveui.core.heatmap import HeatmapPicture
from gloveui.views.plots.cell_box import CellBox
from gloveui.views.plots.cell_image import CellImage
from gloveui.views.plots.cell_marks import Cell, CellMarks
from gloveui.views.plots.color_scale import ColorScale
from gloveui.views.plots.themed_plot import ThemedPlot
from gloveui.views.plots.word_axis import GAP, WordAxis
from gloveui.views.theme import Theme

FEWEST_CELLS = 4  # on a side, when zoomed in as far as can be
SMALLEST_SIDE = 48
MOST_FOR_WORDS = 0.3  # of the shorter side
SMALLEST_CORNER = 56  # pixels beside and above the cells, where words are short but many


class CellPlot(ThemedPlot):
    """The first row is at the top. The wheel zooms about the pointer, dragging moves.

    Cells fill all the room there is: of a wide plot more columns than rows are in sight.

    Coordinates are places in the order of words: the first cell is from (0, 0) to (1, 1), x being the column.
    """

    pointed = Signal(object)  # (row, column) under the pointer, or None beside the cells
    cell_clicked = Signal(object)
    word_clicked = Signal(object)  # its place
    double_clicked = Signal()
    sight_changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self.rows, self.columns = WordAxis("left", theme), WordAxis("top", theme)
        super().__init__(theme, parent, {"left": self.rows, "top": self.columns}, CellBox())
        self._corner, self._room = QSize(0, 0), QSize(SMALLEST_SIDE, SMALLEST_SIDE)
        self._gap, self._margins = QPointF(), (0.0, 0.0, 0.0, 0.0)
        self._middle, self._span = QPointF(), 1.0  # of what is in sight; cells on its shorter side
        self._words: Sequence[str] = ()
        self._picture: HeatmapPicture | None = None
        self._pointed: Cell | None = None
        self.backdrop = CellImage()  # everything, coarsely, where the picture ends
        self.image = CellImage()
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
        """Bring a part into sight, moved and enlarged to what there is and there is room for."""
        side = min(self._room.width() / sight.width(), self._room.height() / sight.height())
        self._look(sight.center(), self._shorter / side)

    def zoom(self, factor: float, place: QPointF) -> None:
        """Show so many times the rows and columns; a place keeps where it is as far as can be."""
        before, size = self._span, self.size_in_cells
        span = min(max(before * factor, min(size, FEWEST_CELLS)), size)
        self._look(place + (self._middle - place) * (span / before), span)

    def cell_side(self) -> float:
        """Pixels of a cell's side."""
        return self._shorter / self._span

    def cell_center(self, row: float, column: float) -> QPointF:
        """Where a cell is, in pixels of ``viewport()``."""
        scene = self.plotItem.vb.mapViewToScene(QPointF(column + 0.5, row + 0.5))
        return QPointF(self.mapFromScene(scene))

    def point_at(self, cell: Cell | None) -> None:
        """Set off the words of a cell."""
        self.rows.point_at(cell[0] if cell is not None else None)
        self.columns.point_at(cell[1] if cell is not None else None)

    @property
    def corner(self) -> QSize:
        """Pixels to the left of the cells and above them that words have."""
        return self._corner

    def room_in(self, width: int, height: int) -> QSize:
        """Pixels that so many of the widget leave for cells."""
        corner, edge = self._corner_in(width, height), self._edge()
        return QSize(
            max(SMALLEST_SIDE, width - corner.width() - edge),
            max(SMALLEST_SIDE, height - corner.height() - edge),
        )

    def place(self, width: int, height: int) -> None:
        """Take so many pixels: the words what they need, the cells all the rest; the first cell stays."""
        self._corner, self._room = self._corner_in(width, height), self.room_in(width, height)
        self.columns.set_turned(self._corner.height() > self._flat())
        self.rows.setWidth(self._corner.width())
        self.columns.setHeight(self._corner.height())
        self.setGeometry(0, 0, width, height)
        half = QPointF(*self._filled()) / (2 * self.cell_side())
        self._look(self.sight().topLeft() + half, self._span)

    def cells(self) -> QRectF:
        """Where cells are, in pixels of the widget."""
        return QRectF(self._corner.width() + self._gap.x(), self._corner.height(), *self._filled())

    def lines(self) -> int:
        """How many cells on the shorter side leave each of their words a line."""
        return int(self._shorter / self.rows.line_height())

    def below(self) -> int:
        """Where the words of the last row end, in pixels of the widget."""
        return math.ceil(self.cells().bottom()) + self._edge()

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
        item.vb.disableAutoRange()
        item.vb.zoomed.connect(self.zoom)
        item.vb.dragged.connect(self._drag)
        self.addItem(self.backdrop)
        self.addItem(self.image)
        self.addItem(self.marks)
        self.image.setVisible(False)
        self.backdrop.setVisible(False)
        scene = self.scene()
        scene.sigMouseMoved.connect(self._follow_pointer)
        scene.sigMouseClicked.connect(self._take_click)

    def _look(self, middle: QPointF, span: float) -> None:
        """Show so many cells on the shorter side of the room, and as many as there are on the longer one."""
        size = self.size_in_cells
        self._span = min(max(span, min(size, FEWEST_CELLS)), size)
        width, height = (pixels / self.cell_side() for pixels in self._filled())
        left = min(max(middle.x() - width / 2, 0.0), size - width)
        top = min(max(middle.y() - height / 2, 0.0), size - height)
        self._middle = QPointF(left + width / 2, top + height / 2)
        self._leave_gaps()
        self.setRange(xRange=(left, left + width), yRange=(top, top + height), padding=0)
        self.sight_changed.emit()

    @property
    def _shorter(self) -> int:
        """Pixels on the shorter side of the room."""
        return min(self._room.width(), self._room.height())

    def _filled(self) -> tuple[float, float]:
        """Pixels of the room that cells fill: fewer on its longer side where nearly all are in sight."""
        most = self.size_in_cells * self.cell_side()
        return min(self._room.width(), most), min(self._room.height(), most)

    def _leave_gaps(self) -> None:
        """Put cells into the middle of the room, at its top."""
        width, height = self._filled()
        self._gap = QPointF((self._room.width() - width) / 2, self._room.height() - height)
        edge, layout = self._edge(), self.plotItem.layout
        margins = (self._gap.x(), 0.0, self._gap.x() + edge, self._gap.y() + edge)
        if margins != self._margins:
            self._margins = margins
            layout.setContentsMargins(*margins)
            layout.activate()

    def _edge(self) -> int:
        """The last word stands half a line below its cell when cells are small."""
        return math.ceil(self.rows.line_height() / 2)

    def _flat(self) -> int:
        """Pixels of a line of words above the cells."""
        return int(self.rows.line_height() + 2 * GAP)

    def _corner_in(self, width: int, height: int) -> QSize:
        """The room of the words: those of columns are turned where they do not fit side by side."""
        longest, edge = self.rows.longest(), self._edge()
        least = SMALLEST_CORNER if len(self._words) > FEWEST_CELLS else 0
        most = MOST_FOR_WORDS * min(width, height)  # longer words are elided
        left = int(max(min(longest + 2 * GAP, most), least))
        side_by_side = min(width - left - edge, height - self._flat() - edge)
        is_turned = longest + GAP > side_by_side / self.size_in_cells
        return QSize(left, left if is_turned else self._flat())

    def _drag(self, pixels: QPointF) -> None:
        self._look(self._middle - pixels / self.cell_side(), self._span)

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
