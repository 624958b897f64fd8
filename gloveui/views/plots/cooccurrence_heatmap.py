"""Numbers of pairs of words as coloured cells, of a handful of words or of a hundred thousand."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from gloveui.core.heatmap import HeatmapPicture
from gloveui.views.plots.cell_marks import Cell
from gloveui.views.plots.cell_plot import CellPlot
from gloveui.views.plots.color_legend import ColorLegend
from gloveui.views.plots.color_scale import ColorScale
from gloveui.views.plots.mini_map import MiniMap
from gloveui.views.plots.word_axis import GAP
from gloveui.views.quantity_texts import NONE, compact
from gloveui.views.theme import Theme
from gloveui.views.widgets.plain_tooltip import plain_tooltip

LEGEND_GAP = 4
SMALLEST_MAP = 32  # pixels of a side
ZOOM_STEP = 0.7
PAGE = 0.9  # of what is in sight
WHOLE = 0.999  # of all cells in sight are all
CLOSE_CELLS = 24  # on a side, when one comes closer to a place
_STEPS = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}
_CLOSER, _FURTHER = (Qt.Key.Key_Plus, Qt.Key.Key_Equal), (Qt.Key.Key_Minus, Qt.Key.Key_Underscore)
_PAGES = {Qt.Key.Key_PageUp: -PAGE, Qt.Key.Key_PageDown: PAGE}
_ALL = (Qt.Key.Key_Home, Qt.Key.Key_F)


class CooccurrenceHeatmap(QWidget):
    """Cells with words on both axes, a legend, and a small map of where one is.

    The wheel, + and − zoom; dragging and Page Up and Down (with Shift sideways) move; a double click, Home
    or F shows everything. Arrow keys move the chosen cell; Enter or a click opens it. Where cells are smaller
    than a pixel, a click comes closer instead.
    """

    cell_hovered = Signal(object)  # (row, column), or None beside the cells
    cell_chosen = Signal(object)  # (row, column)
    cell_opened = Signal(object)  # (row, column)
    word_chosen = Signal(str)
    sight_changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("cooccurrenceHeatmap")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(200, 200)
        self._theme = theme
        self._scale = ColorScale("from_zero")
        self._overview: tuple[HeatmapPicture, ColorScale] | None = None
        self._hovered: Cell | None = None
        self._chosen: Cell | None = None
        self.plot = CellPlot(theme, self)
        self.legend = ColorLegend(theme, self, has_note=True)
        self.mini_map = MiniMap(theme, self)
        self.mini_map.hide()
        self._connect()

    @property
    def words(self) -> Sequence[str]:
        """The words of rows and columns."""
        return self.plot.words

    @property
    def picture(self) -> HeatmapPicture | None:
        """What is drawn now."""
        return self.plot.picture

    @property
    def scale(self) -> ColorScale:
        """The colours of the picture."""
        return self._scale

    @property
    def chosen(self) -> Cell | None:
        """The cell chosen last, as row and column."""
        return self._chosen

    def set_words(self, words: Sequence[str]) -> None:
        """Take other words, of which only those in sight are looked up; no picture is left."""
        self._hovered = self._chosen = self._overview = None
        self.plot.set_words(words)
        self._mark()
        self._place()

    def show_picture(self, picture: HeatmapPicture, scale: ColorScale) -> None:
        """Draw a picture of a part in these colours."""
        self._scale = scale
        ticks = [(share, compact(value)) for share, value in scale.ticks()]
        self.legend.set_scale(scale.bar(self._theme.palette), ticks or [(0.0, NONE)])
        self.plot.draw(picture, scale)
        self._draw_behind()
        self._show_map()

    def show_overview(self, picture: HeatmapPicture, scale: ColorScale) -> None:
        """Draw a picture of everything in the small map."""
        self._overview = picture, scale
        self.mini_map.set_picture(scale.entries(picture.values), scale.lut(self._theme.palette))
        self._draw_behind()
        self._show_map()

    def mark_word(self, place: int | None) -> None:
        """Frame the row and the column of a word, by its place."""
        self.plot.rows.mark(place)
        self.plot.columns.mark(place)
        self.plot.marks.mark_word(place)

    def light(self, cells: tuple[Cell, ...]) -> None:
        """Light up cells, and no others."""
        self.plot.marks.light(cells)

    def set_tip(self, text: str) -> None:
        """The tooltip over the cells, as plain text."""
        self.plot.image.setToolTip(plain_tooltip(text))

    def sight(self) -> QRectF:
        """What is in sight: x and width are columns, y and height rows."""
        return self.plot.sight()

    def look_at(self, sight: QRectF) -> None:
        """Bring a part into sight, with more rows or columns where there is room for them."""
        self.plot.look_at(sight)

    def fit(self) -> None:
        """Show all cells."""
        size = self.plot.size_in_cells
        self.look_at(QRectF(0, 0, size, size))

    def shows_all(self) -> bool:
        """Whether all cells are in sight."""
        sight = self.sight()
        return min(sight.width(), sight.height()) > self.plot.size_in_cells * WHOLE

    def room_in(self, width: int, height: int) -> QSize:
        """Pixels that so many of the widget leave for cells."""
        return self.plot.room_in(width, self._above_legend(width, height))

    def scroll_to(self, row: int, column: int) -> None:
        """Bring a cell into sight, if it is not, at the present zoom."""
        sight = self.sight()
        if not sight.contains(QRectF(column, row, 1, 1)):
            sight.moveCenter(QPointF(column + 0.5, row + 0.5))
            self.look_at(sight)

    def hover(self, cell: Cell | None) -> None:
        """Set off a cell as if the pointer were on it."""
        self._hovered = cell
        self._mark()

    def choose(self, cell: Cell | None) -> None:
        """Frame the chosen cell; tells nobody."""
        self._chosen = cell
        self._mark()

    def open(self, cell: Cell) -> None:
        """Choose a cell and ask for what is behind it."""
        self._set_chosen(cell)
        self.cell_opened.emit(cell)

    def has_single_cells(self) -> bool:
        """Whether each cell has a pixel at least."""
        return self.plot.cell_side() >= 1.0

    def pixels(self) -> float:
        """Pixels of the screen from the first to the last column in sight."""
        return self.plot.cell_side() * self.sight().width() * self.devicePixelRatioF()

    def sizeHint(self) -> QSize:
        return QSize(440, 480)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if not len(self.words):
            super().keyPressEvent(event)
        elif key in _STEPS:
            self._step(*_STEPS[key])
        elif key in (*_CLOSER, *_FURTHER):
            self._zoom(ZOOM_STEP if key in _CLOSER else 1 / ZOOM_STEP)
        elif key in _PAGES:
            self._turn_page(_PAGES[key], bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif key in _ALL:
            self.fit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._chosen is not None:
            self.open(self._chosen)
        else:
            super().keyPressEvent(event)

    def _connect(self) -> None:
        self.plot.pointed.connect(self._follow_pointer)
        self.plot.cell_clicked.connect(self._take_click)
        self.plot.word_clicked.connect(self._choose_word)
        self.plot.double_clicked.connect(self.fit)
        self.plot.sight_changed.connect(self._follow_sight)
        self.mini_map.moved.connect(self._move_to)
        self._theme.changed.connect(self._recolor)

    def _step(self, down: int, right: int) -> None:
        """Move the chosen cell, by a point of the picture where cells are smaller."""
        picture = self.picture
        width = 1 if picture is None or self.has_single_cells() else picture.view.block
        last = len(self.words) - 1
        start = self.sight().topLeft().toPoint()
        row, column = self._chosen or (start.y() - down * width, start.x() - right * width)
        moved = (min(max(row + down * width, 0), last), min(max(column + right * width, 0), last))
        self._set_chosen(moved)
        self.scroll_to(*moved)

    def _zoom(self, factor: float) -> None:
        """Zoom about the chosen cell, or about the middle if that is out of sight."""
        sight = self.sight()
        middle = sight.center()
        if self._chosen is not None:
            place = QPointF(self._chosen[1] + 0.5, self._chosen[0] + 0.5)
            middle = place if sight.contains(place) else middle
        self.plot.zoom(factor, middle)

    def _turn_page(self, share: float, is_sideways: bool) -> None:
        sight = self.sight()
        right, down = (sight.width() * share, 0.0) if is_sideways else (0.0, sight.height() * share)
        self.look_at(sight.translated(right, down))

    def _move_to(self, shares: QPointF) -> None:
        sight = self.sight()
        sight.moveCenter(shares * self.plot.size_in_cells)
        self.look_at(sight)

    def _follow_pointer(self, cell: Cell | None) -> None:
        self.hover(cell)
        self.cell_hovered.emit(cell)

    def _take_click(self, cell: Cell) -> None:
        if self.has_single_cells():
            self.open(cell)
        else:
            row, column = cell
            half = CLOSE_CELLS / 2
            self.look_at(QRectF(column - half, row - half, CLOSE_CELLS, CLOSE_CELLS))

    def _choose_word(self, place: int) -> None:
        self.word_chosen.emit(self.words[place])

    def _follow_sight(self) -> None:
        self._surround()
        self.sight_changed.emit()

    def _set_chosen(self, cell: Cell) -> None:
        self.choose(cell)
        self.cell_chosen.emit(cell)

    def _mark(self) -> None:
        self.plot.point_at(self._hovered)
        self.plot.marks.mark_cells(self._hovered, self._chosen)

    def _recolor(self) -> None:
        if self.picture is not None:
            self.show_picture(self.picture, self._scale)
        if self._overview is not None:
            self.show_overview(*self._overview)
        self._place()

    def _draw_behind(self) -> None:
        """Draw everything behind the picture in its own colours, if both are of the same quantity."""
        picture, overview = self.picture, self._overview
        if picture is None or overview is None or picture.quantity.name != overview[0].quantity.name:
            self.plot.backdrop.setVisible(False)
        else:
            self.plot.draw_behind(overview[0], self._scale)

    def _show_map(self) -> None:
        """Show the small map while not everything is in sight."""
        size, sight = self.plot.size_in_cells, self.sight()
        is_needed = self._overview is not None and not self.shows_all()
        self.mini_map.setVisible(is_needed and self.mini_map.width() >= SMALLEST_MAP)
        self.mini_map.set_sight(
            QRectF(sight.x() / size, sight.y() / size, sight.width() / size, sight.height() / size)
        )

    def _place(self) -> None:
        self.plot.place(self.width(), self._above_legend(self.width(), self.height()))

    def _above_legend(self, width: int, height: int) -> int:
        return height - self.legend.height_at(width) - LEGEND_GAP

    def _surround(self) -> None:
        """Put the legend under the cells, and the small map into the corner beside both axes of words."""
        cells, corner = self.plot.cells().toRect(), self.plot.corner
        height = self.legend.height_at(self.width())
        self.legend.setGeometry(0, self.plot.below() + LEGEND_GAP, self.width(), height)
        self.legend.set_margins(cells.left(), self.width() - cells.right() - 1)
        apart = int(self.plot.rows.line_height() / 2 + GAP)  # words stand out half a line
        side = min(corner.width(), corner.height()) - apart
        self.mini_map.setGeometry(cells.left() - side - apart, cells.top() - side - apart, side, side)
        self._show_map()
