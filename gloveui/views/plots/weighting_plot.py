"""The weighting function f(X): how much a pair matters by its count, over how many pairs have that count."""

from __future__ import annotations

import math
from enum import Enum

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QToolTip, QWidget

from gloveui.core.count_histogram import CountHistogram
from gloveui.core.glove import LARGEST_ALPHA, weight
from gloveui.views.languages import Translated
from gloveui.views.numbers import speed
from gloveui.views.plots.themed_plot import LABEL_TYPE, TICK_TYPE, NumberAxis, ThemedPlot
from gloveui.views.theme import Theme
from gloveui.views.widgets.plain_tooltip import plain_tooltip

POINTS = 241
BARS = 48  # of the histogram
BARS_A_COUNT = 3  # as many for each count that there is would leave thin ones
CEILING = 1.18  # top of the axis of weights; there is room above 1 for the name of the line
BELOW, ABOVE = 100.0, 10.0  # times x_max that the axis reaches to where no counts are known
ROOM = 1.25  # times the smallest and the largest count, to both sides
HANDLE_AT = 0.25  # of x_max: where the curve is taken hold of
HANDLE_SIZE = 11
REACH = 7  # pixels within which the pointer has hold of something
LABEL_AT = 1.09
LABEL_ROOM = 10  # pixels around the name of the line
AXIS_ROOM = 6  # pixels around the numbers and the name of the axis of pairs
DIGITS = 2  # significant ones of an x_max that was dragged
ALPHA_STEP = 0.01
SMALLEST_WEIGHT = 1e-6  # of the handle while it is dragged


class Grip(Enum):
    """What can be dragged."""

    X_MAX = "x_max"
    ALPHA = "alpha"


class WeightingPlot(Translated, ThemedPlot):
    """f(X) = min(1, (X / x_max)^α) over the counts, on a logarithmic axis.

    The line at x_max and the point on the curve can be dragged; Esc takes that back.
    """

    dragged = Signal(float, float)  # x_max and α, while they are dragged
    chosen = Signal(float, float)  # x_max and α, where they were let go
    taken_back = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent, {"bottom": NumberAxis("bottom")})
        self._x_max, self._alpha = 10.0, 0.75
        self._histogram: CountHistogram | None = None
        self._before: tuple[float, float] | None = None  # the weighting when a drag began
        self._grip: Grip | None = None
        self.curve = pg.PlotDataItem(antialias=True)
        self.bars = pg.PlotDataItem(stepMode="center", fillLevel=0.0)
        self.limit_line = pg.InfiniteLine(angle=90, movable=False)
        self.limit_label = pg.TextItem(anchor=(0.0, 0.5))
        self.handle = pg.ScatterPlotItem(size=HANDLE_SIZE, symbol="o")
        self._arrange()
        self.recolor()
        self.retranslate()
        self._draw()

    @property
    def weighting(self) -> tuple[float, float]:
        """x_max and α as drawn."""
        return self._x_max, self._alpha

    @property
    def is_dragged(self) -> bool:
        """Whether x_max or α is held by the pointer."""
        return self._grip is not None

    def show_weighting(self, x_max: float, alpha: float) -> None:
        """Draw f for these settings."""
        self._x_max, self._alpha = x_max, alpha
        self._draw()

    def show_histogram(self, histogram: CountHistogram | None) -> None:
        """Draw how the counts are spread; None where that is not known."""
        self._histogram = histogram
        self._draw()

    def bar_edges(self) -> NDArray[np.float64]:
        """float64, shape (bars + 1,): the counts between which pairs are added up for a bar."""
        if self._histogram is None:
            return np.empty(0)
        low, high = self._histogram.smallest, self._histogram.edges[-1]
        bars = min(BARS, BARS_A_COUNT * int(np.count_nonzero(self._histogram.pairs)))
        return np.geomspace(low, max(high, low * 1.1), bars + 1)

    def retranslate(self) -> None:
        self.set_label("bottom", self.tr("count X of a pair"))
        self.set_label("left", self.tr("weight f(X)"))
        self.set_label("right", self.tr("pairs"))
        self.setAccessibleName(self.tr("Weight of a pair by its count"))

    def recolor(self) -> None:
        accent = self.theme.color("accent")
        shade = QColor(self.theme.color("handle"))
        shade.setAlphaF(0.4)
        self.curve.setPen(pg.mkPen(accent, width=2))
        self.bars.setPen(pg.mkPen(None))
        self.bars.setFillBrush(pg.mkBrush(shade))
        self.limit_line.setPen(pg.mkPen(accent, width=1, style=Qt.PenStyle.DashLine))
        self.limit_label.setColor(self.theme.color("text"))
        self.limit_label.setFont(self.theme.font(LABEL_TYPE))
        self.handle.setBrush(accent)
        self.handle.setPen(pg.mkPen(self.theme.color("surface"), width=2))
        self.handle.setSize(self.theme.pixels(HANDLE_SIZE))

    def grip_at(self, position: QPointF) -> Grip | None:
        """What can be dragged at a place of the viewport."""
        reach = self.theme.pixels(REACH)
        handle = self.in_view(*self._handle_place()) - position
        if math.hypot(handle.x(), handle.y()) <= 1.5 * reach:
            return Grip.ALPHA
        on_line = abs(self.in_view(math.log10(self._x_max), 0.5).x() - position.x()) <= reach
        return Grip.X_MAX if on_line else None

    def in_view(self, x: float, y: float) -> QPointF:
        """Where in the viewport a place of the plot is: the logarithm (of 10) of a count, and a weight."""
        return QPointF(self.mapFromScene(self.plotItem.vb.mapViewToScene(QPointF(x, y))))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._grip = self.grip_at(event.position())
            self._before = self.weighting if self._grip is not None else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grip is None:
            self._hint(event)
            return
        place = self.plotItem.vb.mapSceneToView(self.mapToScene(event.position().toPoint()))
        if self._grip is Grip.X_MAX:
            left, right = self.viewRange()[0]
            self._x_max = rounded(10 ** min(max(place.x(), left), right))
        else:
            share = min(max(place.y(), SMALLEST_WEIGHT), 1.0)
            alpha = math.log(share) / math.log(HANDLE_AT)
            self._alpha = min(round(alpha / ALPHA_STEP) * ALPHA_STEP, LARGEST_ALPHA)
            self._alpha = round(self._alpha, 2)
        self._draw(keeps_range=True)
        self.dragged.emit(*self.weighting)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._grip is not None:
            is_moved = self.weighting != self._before
            self._grip = self._before = None
            self._draw()
            if is_moved:
                self.chosen.emit(*self.weighting)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._before is not None:
            self._x_max, self._alpha = self._before
            self._grip = self._before = None
            self._draw()
            self.taken_back.emit()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """While something is dragged, Esc means that and nothing else of the window."""
        if event.type() == QEvent.Type.ShortcutOverride and self._grip is not None:
            event.accept()
            return True
        return bool(super().event(event))

    def _arrange(self) -> None:
        self.plotItem.getAxis("left").setTicks([[(0.0, "0"), (0.5, "0.5"), (1.0, "1")], []])
        self.plotItem.showAxis("right")
        self.plotItem.getAxis("right").enableAutoSIPrefix(False)
        self.plotItem.getAxis("bottom").setLogMode(x=True)
        self.plotItem.vb.sigResized.connect(self._place_name)
        self.setMouseEnabled(x=False, y=False)
        self.disableAutoRange()
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # for Esc while something is dragged
        self.viewport().setMouseTracking(True)
        for item in (self.bars, self.limit_line, self.curve, self.handle, self.limit_label):
            self.addItem(item)

    def _draw(self, keeps_range: bool = False) -> None:
        if not keeps_range and self._grip is None:
            self._set_range()
        left, right = self.viewRange()[0]
        log_max = math.log10(self._x_max)
        logs = np.unique(np.append(np.linspace(left, right, POINTS), log_max))
        self.curve.setData(logs, weight(10.0**logs, self._x_max, self._alpha))
        self.limit_line.setValue(log_max)
        self._name_line(log_max, left, right)
        self.handle.setData(*([place] for place in self._handle_place()))
        self._draw_bars()

    def _name_line(self, log_max: float, left: float, right: float) -> None:
        """The name of the line stands on the side that has more room, and is always whole."""
        text = f"x_max = {self._x_max:,g}   α = {self._alpha:g}"
        pixels = QFontMetricsF(self.theme.font(LABEL_TYPE)).horizontalAdvance(text) + LABEL_ROOM
        width = pixels * (right - left) / max(self.plotItem.vb.width(), 1.0)
        start = log_max - width if log_max > (left + right) / 2 else log_max
        self.limit_label.setText(text)
        self.limit_label.setAnchor((0.0, 0.5))
        self.limit_label.setPos(QPointF(max(left, min(start, right - width)), LABEL_AT))

    def _place_name(self) -> None:
        self._name_line(math.log10(self._x_max), *self.viewRange()[0])

    def _draw_bars(self) -> None:
        axis = self.plotItem.getAxis("right")
        axis.setStyle(showValues=self._histogram is not None)
        self.bars.setVisible(self._histogram is not None)
        if self._histogram is None:
            axis.setTicks([[], []])
            return
        edges = self.bar_edges()
        pairs = self._histogram.grouped(edges)
        most = max(float(pairs.max()), 1.0)
        self.bars.setData(np.log10(edges), pairs / most)
        axis.setTicks([[(0.0, "0"), (1.0, speed(most))], []])
        metrics = QFontMetricsF(self.theme.font(TICK_TYPE))
        axis.setWidth(metrics.horizontalAdvance(speed(most)) + metrics.height() + AXIS_ROOM)

    def _set_range(self) -> None:
        low, high = self._x_max / BELOW, self._x_max * ABOVE
        if self._histogram is not None:
            low, high = self._histogram.smallest / ROOM, self._histogram.largest * ROOM
        low, high = min(low, self._x_max * HANDLE_AT / ROOM), max(high, self._x_max * ROOM)
        self.setXRange(math.log10(low), math.log10(high), padding=0)
        self.setYRange(0.0, CEILING, padding=0)

    def _handle_place(self) -> tuple[float, float]:
        return math.log10(self._x_max * HANDLE_AT), HANDLE_AT**self._alpha

    def _hint(self, event: QMouseEvent) -> None:
        grip = self.grip_at(event.position())
        cursors = {Grip.X_MAX: Qt.CursorShape.SizeHorCursor, Grip.ALPHA: Qt.CursorShape.SizeVerCursor}
        self.viewport().setCursor(cursors.get(grip, Qt.CursorShape.ArrowCursor))  # type: ignore[arg-type]
        texts = {
            Grip.X_MAX: self.tr("Drag to change x_max, from which on pairs weigh 1; Esc takes it back"),
            Grip.ALPHA: self.tr("Drag up or down to change α, how fast the weight grows; Esc takes it back"),
        }
        if grip is None:
            QToolTip.hideText()
        else:
            QToolTip.showText(event.globalPosition().toPoint(), plain_tooltip(texts[grip]), self)


def rounded(x_max: float) -> float:
    """An x_max with as many digits as a hand can point at."""
    return float(f"{x_max:.{DIGITS}g}")
