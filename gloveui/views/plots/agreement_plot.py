"""How far two models agree on the neighbours of words, as more neighbours are compared."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QWidget

from gloveui.core.comparison import Disagreement
from gloveui.views.languages import Translated
from gloveui.views.plots.themed_plot import LABEL_TYPE
from gloveui.views.plots.told_plot import ToldPlot
from gloveui.views.theme import Theme

CURVES = ("overlap", "jaccard", "chance")
COLORS = {"overlap": "accent", "jaccard": "warn", "chance": "muted"}
STYLES = {"overlap": "SolidLine", "jaccard": "DashLine", "chance": "DotLine"}
MOST_TICKS = 10
APART = 1.25  # lines of text between two names at the least


class AgreementPlot(Translated, ToldPlot):
    """Means over all words of rank-biased overlap and Jaccard index, and what chance would give.

    Each curve has its name at its end, and a line style of its own.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._values: dict[str, NDArray[np.float64]] = {}
        self._k = 0
        self.curves = {name: pg.PlotDataItem(antialias=True) for name in CURVES}
        self.labels = {name: pg.TextItem(anchor=(0, 0.5)) for name in CURVES}
        self.k_line = pg.InfiniteLine(angle=90)
        self.addItem(self.k_line, ignoreBounds=True)
        for name in CURVES:
            self.addItem(self.curves[name])
            self.addItem(self.labels[name], ignoreBounds=True)
        self.setMouseEnabled(x=False, y=False)
        self.disableAutoRange()
        self.viewport().setMouseTracking(True)
        self.plotItem.vb.sigResized.connect(self._place_labels)
        self.recolor()
        self.retranslate()

    def show_disagreement(self, found: Disagreement | None) -> None:
        """Draw the curves of a comparison."""
        self._values = {}
        if found is not None:
            values = found.overlap_by_depth, found.jaccard_by_depth, found.by_chance
            self._values, self._k = dict(zip(CURVES, values, strict=True)), found.k
        for name in CURVES:
            values_of = self._values.get(name, np.empty(0))
            self.curves[name].setData(np.arange(1, len(values_of) + 1), values_of)
        self.k_line.setValue(self._k)
        self._place_labels()

    def retranslate(self) -> None:
        self.set_label("bottom", self.tr("neighbours compared, k"))
        self.set_label("left", self.tr("agreement, mean over the words"))
        self.setAccessibleName(self.tr("Agreement of two models over the number of neighbours"))
        self._names = dict(
            zip(CURVES, (self.tr("rank-biased overlap"), "Jaccard", self.tr("by chance")), strict=True)
        )
        for name, label in self.labels.items():
            label.setText(self._names[name])
        self._place_labels()

    def recolor(self) -> None:
        for name in CURVES:
            color = self.theme.color(COLORS[name])
            self.curves[name].setPen(pg.mkPen(color, width=2, style=getattr(Qt.PenStyle, STYLES[name])))
            self.labels[name].setColor(color)
            self.labels[name].setFont(self.theme.font(LABEL_TYPE))
        self.k_line.setPen(pg.mkPen(self.theme.color("border"), width=1.5))
        self._place_labels()

    def text_at(self, position: QPointF) -> str:
        """The values at the k under a place of the viewport."""
        k = round(self.plotItem.vb.mapSceneToView(self.mapToScene(position.toPoint())).x())
        if not self._values or not 1 <= k <= len(self._values[CURVES[0]]):
            return ""
        lines = [f"{self._names[name]}: {self._values[name][k - 1]:.3f}" for name in CURVES]
        return "\n".join([f"k = {k}", *lines])

    def _place_labels(self) -> None:
        """Names behind the ends of the curves, pushed apart where these are close."""
        box = self.plotItem.vb
        depth = len(self._values.get(CURVES[0], ()))
        for label in self.labels.values():
            label.setVisible(depth > 0)
        if not depth:
            return
        metrics = QFontMetricsF(self.theme.font(LABEL_TYPE))
        widest = max(metrics.horizontalAdvance(name) for name in self._names.values()) + 16
        share = min(0.5, widest / max(box.width(), 1.0))
        self.setXRange(0.5, 0.5 + depth / (1 - share), padding=0)
        step = max(1, int(np.ceil(depth / (MOST_TICKS * 5))) * 5) if depth > MOST_TICKS else 1
        ticks = [(float(k), str(k)) for k in sorted({1, *range(step, depth + 1, step)})]
        self.plotItem.getAxis("bottom").setTicks([ticks, []])
        top = min(1.0, 1.15 * max(float(values.max()) for values in self._values.values()))
        self.setYRange(0.0, top, padding=0.02)
        least = APART * metrics.height() * top / max(box.height(), 1.0)
        places = {name: float(values[-1]) for name, values in self._values.items()}
        before = -np.inf
        for name in sorted(places, key=places.__getitem__):
            before = max(places[name], before + least)
            self.labels[name].setPos(depth + 0.3, before)
