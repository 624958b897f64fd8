"""The weighting function f(X): how much a pair matters by its count."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from gloveui.core.glove import weight
from gloveui.views.languages import Translated
from gloveui.views.plots.themed_plot import LABEL_TYPE, ThemedPlot
from gloveui.views.theme import Theme

POINTS = 241
BEYOND = 1.6  # times x_max that the curve is drawn to


class WeightingPlot(Translated, ThemedPlot):
    """The curve of f(X) = min(1, (X / x_max)^α), with a line where full weight begins."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.curve = pg.PlotDataItem(antialias=True)
        self.limit_line = pg.InfiniteLine(angle=90, movable=False)
        self.limit_label = pg.TextItem(anchor=(1.0, 0.5))
        self.plotItem.getAxis("left").setTicks([[(0.0, "0"), (0.5, "0.5"), (1.0, "1")], []])
        self.setMouseEnabled(x=False, y=False)
        self.disableAutoRange()
        for item in (self.limit_line, self.curve, self.limit_label):
            self.addItem(item)
        self.recolor()
        self.retranslate()

    def show_weighting(self, x_max: float, alpha: float) -> None:
        """Draw f for these settings."""
        counts = np.linspace(0.0, BEYOND * x_max, POINTS)
        self.curve.setData(counts, weight(counts, x_max, alpha))
        self.limit_line.setValue(x_max)
        self.limit_label.setText(f"x_max = {x_max:,g}")
        self.limit_label.setPos(QPointF(0.98 * x_max, 0.15))
        self.setXRange(0.0, BEYOND * x_max, padding=0)
        self.setYRange(0.0, 1.12, padding=0)

    def retranslate(self) -> None:
        self.set_label("bottom", self.tr("count X of a pair"))
        self.set_label("left", self.tr("weight f(X)"))
        self.setAccessibleName(self.tr("Weight of a pair by its count"))

    def recolor(self) -> None:
        accent = self.theme.color("accent")
        shade = QColor(self.theme.color("soft"))
        shade.setAlphaF(0.6)
        self.curve.setPen(pg.mkPen(accent, width=2))
        self.curve.setFillLevel(0.0)
        self.curve.setFillBrush(pg.mkBrush(shade))
        self.limit_line.setPen(pg.mkPen(self.theme.color("muted"), width=1, style=Qt.PenStyle.DashLine))
        self.limit_label.setColor(self.theme.color("muted"))
        self.limit_label.setFont(self.theme.font(LABEL_TYPE))
