"""The cosine of pairs of words in one model against that in another: points, or the density of many."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent
from PySide6.QtWidgets import QToolTip, QWidget

from gloveui.core.comparison import SimilarityPairs
from gloveui.views.languages import Translated
from gloveui.views.palette import channels
from gloveui.views.plots.fit_plot import short, strengths
from gloveui.views.plots.point_index import PointIndex
from gloveui.views.plots.themed_plot import NumberAxis, ThemedPlot
from gloveui.views.theme import Theme
from gloveui.views.widgets.plain_tooltip import plain_tooltip

MOST_POINTS = 1_500  # of more pairs the density is drawn
BINS = 96
POINT_SIZE, RING_SIZE = 7, 13
REACH = 12.0  # pixels from a point within which the pointer is on it
ROOM = 0.03  # of the span, beside the outermost points


class CosineScatter(Translated, ThemedPlot):
    """On the diagonal both agree. The pointer names the nearest pair, drawn or not; a click chooses it."""

    pair_chosen = Signal(str, str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent, {"bottom": NumberAxis("bottom"), "left": NumberAxis("left")})
        self._pairs: SimilarityPairs | None = None
        self._index: PointIndex | None = None
        self._names = ("A", "B")
        self._span = (-1.0, 1.0)
        self.image = pg.ImageItem(axisOrder="row-major")
        self.points = pg.ScatterPlotItem(size=POINT_SIZE, pen=None, pxMode=True)
        self.ring = pg.ScatterPlotItem(size=RING_SIZE, brush=None, pxMode=True)
        self.diagonal = pg.PlotDataItem(antialias=True)
        for item in (self.image, self.points, self.diagonal, self.ring):
            self.addItem(item)
        self.setMouseEnabled(x=False, y=False)
        self.disableAutoRange()
        self.viewport().setMouseTracking(True)
        self.recolor()
        self.retranslate()

    @property
    def is_dense(self) -> bool:
        """Whether the density is drawn."""
        return self._pairs is not None and len(self._pairs.first) > MOST_POINTS

    def show_pairs(self, pairs: SimilarityPairs | None, names: tuple[str, str]) -> None:
        """Draw pairs of words; the models have these names."""
        self._pairs, self._names, self._index = pairs, names, None
        if pairs is not None:
            self._index = PointIndex(np.column_stack([pairs.cosines_a, pairs.cosines_b]).astype(np.float32))
        self.retranslate()
        self._draw()

    def retranslate(self) -> None:
        self.set_label("bottom", self.tr("cosine in {model}").format(model=self._names[0]))
        self.set_label("left", self.tr("cosine in {model}").format(model=self._names[1]))
        self.setAccessibleName(self.tr("Cosines of pairs of words in both models"))

    def recolor(self) -> None:
        self.diagonal.setPen(pg.mkPen(self.theme.color("text"), width=1, style=Qt.PenStyle.DashLine))
        self.ring.setPen(pg.mkPen(self.theme.color("text"), width=1.5))
        self._draw()

    def pair_at(self, position: QPointF) -> int | None:
        """The number of the pair that is nearest to a place of the viewport; None where none is near."""
        if self._index is None:
            return None
        centre, corner = self._in_data(position), self._in_data(position + QPointF(REACH, REACH))
        reach = abs(corner.x() - centre.x()), abs(corner.y() - centre.y())
        return self._index.nearest(centre.x(), centre.y(), *reach)

    def text_of(self, number: int) -> str:
        """What is known of a pair."""
        assert self._pairs is not None
        first, second = self._words(number)
        cosines = self._pairs.cosines_a[number], self._pairs.cosines_b[number]
        lines = [f"{name}: {cosine:+.3f}" for name, cosine in zip(self._names, cosines, strict=True)]
        return "\n".join([f"{short(first)} ~ {short(second)}", *lines])

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        number = self.pair_at(event.position())
        self._encircle(number)
        if number is None:
            QToolTip.hideText()
        else:
            place = event.globalPosition().toPoint()
            QToolTip.showText(place, plain_tooltip(self.text_of(number)), self)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        number = self.pair_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and number is not None:
            self.pair_chosen.emit(*self._words(number))

    def leaveEvent(self, event: QEvent) -> None:
        self._encircle(None)
        QToolTip.hideText()
        super().leaveEvent(event)

    def _words(self, number: int) -> tuple[str, str]:
        assert self._pairs is not None
        words = self._pairs.common.words
        return words[int(self._pairs.first[number])], words[int(self._pairs.second[number])]

    def _encircle(self, number: int | None) -> None:
        pairs = self._pairs
        is_there = pairs is not None and number is not None
        x = [pairs.cosines_a[number]] if is_there and pairs is not None else []
        y = [pairs.cosines_b[number]] if is_there and pairs is not None else []
        self.ring.setData(x=x, y=y)
        self.setCursor(Qt.CursorShape.PointingHandCursor if is_there else Qt.CursorShape.ArrowCursor)

    def _in_data(self, position: QPointF) -> QPointF:
        return self.plotItem.vb.mapSceneToView(self.mapToScene(position.toPoint()))

    def _draw(self) -> None:
        pairs = self._pairs
        self.ring.setData(x=[], y=[])
        for item, is_shown in (
            (self.image, self.is_dense),
            (self.points, pairs is not None and not self.is_dense),
            (self.diagonal, pairs is not None),
        ):
            item.setVisible(is_shown)
        if pairs is None:
            return
        both = np.concatenate([pairs.cosines_a, pairs.cosines_b])
        low, high = float(both.min()), float(both.max())
        room = max(ROOM * (high - low), 1e-3)
        self._span = low - room, high + room
        self.setXRange(*self._span, padding=0)
        self.setYRange(*self._span, padding=0)
        self.diagonal.setData(self._span, self._span)
        if self.is_dense:
            self._draw_density(pairs)
        else:
            color = QColor(self.theme.color("accent"))
            color.setAlpha(150)
            self.points.setData(
                x=pairs.cosines_a, y=pairs.cosines_b, brush=color, size=self.theme.pixels(POINT_SIZE)
            )

    def _draw_density(self, pairs: SimilarityPairs) -> None:
        low, high = self._span
        counts, _, _ = np.histogram2d(pairs.cosines_b, pairs.cosines_a, bins=BINS, range=[self._span] * 2)
        colors = np.empty((BINS, BINS, 4), np.uint8)
        colors[..., :3] = channels(self.theme.palette.accent)
        colors[..., 3] = np.rint(255 * strengths(counts.astype(np.int64)))
        self.image.setImage(colors, autoLevels=False, levels=None)
        self.image.setRect(QRectF(low, low, high - low, high - low))
