"""Words as points in a plane: a handful or hundreds of thousands."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from gloveui.views.languages import Translated
from gloveui.views.plots.lasso import SHAPES, Lasso
from gloveui.views.plots.map_axis import MapAxis
from gloveui.views.plots.map_canvas import MapCanvas
from gloveui.views.plots.point_index import PointIndex
from gloveui.views.plots.themed_plot import ThemedPlot
from gloveui.views.theme import Theme

MODES = ("move", *SHAPES)
REACH = 12.0  # pixels from a word within which the pointer is on it
NOTCH = 120.0  # of the wheel
ZOOM_STEP = 0.8
CLOSEST, FURTHEST = 1e-5, 6.0  # of the width of all words that is in sight at least and at most
STEP = 0.15  # of what is in sight
MARGIN = 24.0  # pixels round all words
COME_CLOSER = 0.15  # of the width of all words, when one comes to a word of many
MANY = 200  # words
_STEPS = {
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
}
_ZOOMS = {
    Qt.Key.Key_Plus: ZOOM_STEP,
    Qt.Key.Key_Equal: ZOOM_STEP,
    Qt.Key.Key_Minus: 1 / ZOOM_STEP,
    Qt.Key.Key_Underscore: 1 / ZOOM_STEP,
}
_ALL = (Qt.Key.Key_Home, Qt.Key.Key_F)


class WordMap(Translated, ThemedPlot):
    """Each word a dot, or their density where there are very many, and as many labels as can be read.

    The wheel, + and − zoom; dragging and arrow keys move; a double click, Home or F shows everything. Shift
    and dragging, or dragging in another mode, goes round words that are to be chosen; Escape gives that up.
    """

    word_hovered = Signal(object)  # number of a word; None away from all
    word_clicked = Signal(object)  # number of a word
    words_selected = Signal(object)  # int64 [k]: numbers of words

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self.axes = {side: MapAxis(side, theme) for side in ("bottom", "left")}
        super().__init__(theme, parent, dict(self.axes))
        self._mode = "move"
        self._index: PointIndex | None = None
        self._extent_known: tuple[float, float, float, float] | None = None
        self._lasso: Lasso | None = None
        self._pressed: QPointF | None = None  # where the button went down
        self._dragged: QPointF | None = None  # where the pointer was last, while it drags
        self.is_moved = False
        self._box = self.plotItem.vb
        self.canvas = MapCanvas(self._box, theme)
        self.plotItem.showGrid(x=False, y=False)
        self.setMouseEnabled(x=False, y=False)  # the widget takes the mouse itself
        self.disableAutoRange()
        self._box.setAspectLocked(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.retranslate()

    @property
    def words(self) -> Sequence[str]:
        """The words that are shown."""
        return self.canvas.words

    @property
    def positions(self) -> NDArray[np.float32]:
        """float32 [n, 2]: where they are."""
        return self.canvas.positions

    @property
    def mode(self) -> str:
        """What dragging does: one of `MODES`."""
        return self._mode

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Map of the words"))

    def recolor(self) -> None:
        for axis in self.axes.values():
            axis.fit_type()
        self.canvas.recolor()

    def set_points(self, words: Sequence[str], positions: NDArray[np.float32]) -> None:
        """Show words, most frequent first, at positions [n, 2].

        The same words as before just move, and the sight stays. Others forget colours, marks and lines, and
        all of them come into sight.
        """
        known = self.canvas.words
        is_new = words is not known and (len(words) != len(known) or tuple(words) != tuple(known))
        self._index = self._extent_known = None
        if is_new:
            self.canvas.set_words(words)
        elif words is not known:
            self.canvas.take_same_words(words)
        self.canvas.set_positions(positions)
        if is_new:
            self.fit()

    def set_colors(self, values: NDArray[np.float32] | None, kind: str = "sequential") -> None:
        """Colour the dots by a value each: ``sequential``, ``signed``, ``categories``; None: all alike.

        Categories are numbers from 0; −1 is none of them.
        """
        self.canvas.set_values(values, kind)

    def set_marked(self, indices: Sequence[int]) -> None:
        """Set off these words, and label them always."""
        self.canvas.set_marks(indices, self.canvas.lines)

    def set_lines(self, pairs: Sequence[tuple[int, int]]) -> None:
        """Connect pairs of words."""
        self.canvas.set_marks(self.canvas.marked, pairs)

    def set_faded(self, mask: NDArray[np.bool_] | None) -> None:
        """Let words stand back, without labels; None: no word."""
        self.canvas.set_faded(mask)

    def set_axes(self, bottom: tuple[str, str], left: tuple[str, str]) -> None:
        """What stands under the map and beside it: at the beginning and at the end."""
        self.axes["bottom"].set_texts(*bottom)
        self.axes["left"].set_texts(*left)

    def set_even(self, is_even: bool) -> None:
        """Whether a unit to the right is as long as one upwards, as where distances are to be compared."""
        self._box.setAspectLocked(is_even)

    def set_cross(self, is_shown: bool) -> None:
        """Draw lines where x and y are 0, or none."""
        self.canvas.set_cross(is_shown)

    def set_mode(self, mode: str) -> None:
        """Let dragging move the map, or go round words: one of `MODES`."""
        self._mode = mode
        self._end_lasso()
        self.viewport().setCursor(self._usual_cursor())

    def fit(self) -> None:
        """Bring all words into sight, and choose those anew that are written."""
        self.canvas.place_labels_anew()
        self.follow()

    def follow(self) -> None:
        """Bring all words into sight while they move."""
        self.is_moved = False
        left, bottom, width, height = self._extent()
        size = self.canvas.size()
        across = width / max(size.width() - 2 * MARGIN, 1)
        up = height / max(size.height() - 2 * MARGIN, 1)
        if self._box.state["aspectLocked"]:
            across = up = max(across, up)
        wide, high = across * max(size.width(), 1), up * max(size.height(), 1)
        self._look_at(left + width / 2, bottom + height / 2, wide, high)

    def center_on(self, index: int) -> None:
        """Bring a word into the middle, and come closer to it if all of many are in sight."""
        x, y = self.positions[index].tolist()
        if not np.isfinite((x, y)).all():
            return
        (left, right), (bottom, top) = self._box.viewRange()
        whole = max(self._extent()[2], 1e-12)
        is_far = len(self.words) > MANY and right - left > whole * COME_CLOSER
        factor = COME_CLOSER * whole / (right - left) if is_far else 1.0
        self._look_at(x, y, (right - left) * factor, (top - bottom) * factor)
        self.is_moved = True

    def word_at(self, place: QPointF) -> int | None:
        """The word at a place of the viewport: whose label it is, or whose dot is near; None beside all."""
        if not len(self.positions):
            return None
        pixel = self._pixel(place)
        for label in self.canvas.labels():
            if label.box.contains(pixel):
                return label.index
        if self._index is None:
            self._index = PointIndex(self.positions)
        middle = self._box.mapToView(pixel)
        corner = self._box.mapToView(pixel + QPointF(REACH, REACH))
        reach = abs(corner.x() - middle.x()), abs(corner.y() - middle.y())
        return self._index.nearest(middle.x(), middle.y(), *reach)

    def zoom(self, factor: float, about: QPointF | None = None) -> None:
        """Come closer (below 1) or go further away, about a place in the plane or about the middle."""
        (left, right), (bottom, top) = self._box.viewRange()
        about = about if about is not None else QPointF((left + right) / 2, (bottom + top) / 2)
        whole = max(self._extent()[2:])
        shortest, longest = CLOSEST * whole, FURTHEST * whole
        span = max(right - left, top - bottom)
        factor = min(max(factor, shortest / span), max(longest / span, 1.0))
        middle = QPointF((left + right) / 2, (bottom + top) / 2)
        middle = about + (middle - about) * factor
        self._look_at(middle.x(), middle.y(), (right - left) * factor, (top - bottom) * factor)
        self.is_moved = True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._pressed = event.position()
        shape = self._mode
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and shape == "move":
            shape = "lasso"
        if shape != "move":
            self._lasso = Lasso(shape, self._pixel(event.position()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position()
        if self._pressed is None:
            self._hover(self.word_at(place))
        elif self._dragged is not None or self._is_far(place):
            if self._lasso is not None:
                self._lasso.extend(self._pixel(place))
                self.canvas.set_outline(self._lasso.path())
            else:
                self._drag(self._dragged or self._pressed, place)
            self._dragged = place

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self._pressed is None:
            return
        lasso, was_dragged = self._lasso, self._dragged is not None
        self._end_lasso()
        if lasso is not None and was_dragged:
            pixels = self.canvas.sight().pixels(self.positions)
            self.words_selected.emit(lasso.inside(pixels, self.canvas.size()))
        elif not was_dragged and (index := self.word_at(event.position())) is not None:
            self.word_clicked.emit(index)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.word_at(event.position()) is None:
            self.fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        about = self._box.mapToView(self._pixel(event.position()))
        self.zoom(ZOOM_STEP ** (event.angleDelta().y() / NOTCH), about)
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(None)
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _STEPS:
            (left, right), (bottom, top) = self._box.viewRange()
            across, up = _STEPS[key]
            self._move(across * STEP * (right - left), up * STEP * (top - bottom))
        elif key in _ZOOMS:
            self.zoom(_ZOOMS[key])
        elif key in _ALL:
            self.fit()
        elif key == Qt.Key.Key_Escape and self._lasso is not None:
            self._end_lasso()
        else:
            event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if hasattr(self, "canvas") and not self.is_moved and len(self.words):
            self.fit()

    def _extent(self) -> tuple[float, float, float, float]:
        """Left, lower edge, width and height of all words; a point has some width, too."""
        if self._extent_known is None:
            self._extent_known = extent_of(self.positions)
        return self._extent_known

    def _look_at(self, x: float, y: float, width: float, height: float) -> None:
        self._box.setRange(QRectF(x - width / 2, y - height / 2, width, height), padding=0)

    def _move(self, across: float, up: float) -> None:
        self._box.translateBy(x=across, y=up)
        self.is_moved = True

    def _drag(self, before: QPointF, now: QPointF) -> None:
        start, end = (self._box.mapToView(self._pixel(place)) for place in (before, now))
        self._move(start.x() - end.x(), start.y() - end.y())

    def _hover(self, index: int | None) -> None:
        if index != self.canvas.hovered:
            self.canvas.hover(index)
            self.viewport().setCursor(
                Qt.CursorShape.PointingHandCursor if index is not None else self._usual_cursor()
            )
            self.word_hovered.emit(index)

    def _usual_cursor(self) -> Qt.CursorShape:
        return Qt.CursorShape.ArrowCursor if self._mode == "move" else Qt.CursorShape.CrossCursor

    def _end_lasso(self) -> None:
        self._lasso = self._pressed = self._dragged = None
        self.canvas.set_outline(None)

    def _is_far(self, place: QPointF) -> bool:
        """Whether the pointer has moved too far for a click."""
        assert self._pressed is not None
        return (place - self._pressed).manhattanLength() >= QApplication.startDragDistance()

    def _pixel(self, place: QPointF) -> QPointF:
        """A place of the viewport in pixels of the map."""
        return self._box.mapFromScene(self.mapToScene(place.toPoint()))


def extent_of(positions: NDArray[np.float32]) -> tuple[float, float, float, float]:
    """Left, lower edge, width and height of the points that are numbers."""
    finite = np.isfinite(positions)
    seen = positions if finite.all() else positions[finite.all(axis=1)]
    if not len(seen):
        return -0.5, -0.5, 1.0, 1.0
    (left, right), (bottom, top) = ((float(side.min()), float(side.max())) for side in seen.T)
    least = max(right - left, top - bottom) * 1e-3 or 1.0
    width, height = max(right - left, least), max(top - bottom, least)
    return (left + right - width) / 2, (bottom + top - height) / 2, width, height
