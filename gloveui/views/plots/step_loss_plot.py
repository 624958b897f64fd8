"""The loss of a demonstration, step by step, with a mark at the step that is shown."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QWidget

from gloveui.views.languages import Translated
from gloveui.views.plots.themed_plot import LABEL_TYPE, NumberAxis, ThemedPlot, WholeNumberAxis
from gloveui.views.theme import Theme

FLOOR_ROOM = 1.25  # the axis ends so much above the highest loss: the number has room there


class StepLossPlot(Translated, ThemedPlot):
    """The curve up to the present step is drawn strongly, what follows it faintly."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent, {"bottom": WholeNumberAxis("bottom"), "left": NumberAxis("left")})
        self._losses = np.empty(0)
        self._step = 0
        self.setMouseEnabled(x=False, y=False)
        self.disableAutoRange()
        self.whole_curve, self.curve = pg.PlotDataItem(antialias=True), pg.PlotDataItem(antialias=True)
        self.point, self.label = pg.ScatterPlotItem(), pg.TextItem()
        for item in (self.whole_curve, self.curve, self.point):
            self.addItem(item)
        self.addItem(self.label, ignoreBounds=True)
        self.recolor()
        self.retranslate()

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Loss after each step"))
        self.set_label("left", self.tr("loss"))
        self.set_label("bottom", self.tr("step"))

    def show_losses(self, losses: Sequence[float], planned: int) -> None:
        """Take the losses from step 0 on, of `planned` steps in all."""
        self._losses = np.asarray(losses, np.float64)
        self.whole_curve.setData(np.arange(len(losses)), self._losses)
        highest = float(np.nanmax(self._losses, initial=1e-9))
        self.setXRange(0, max(planned, 1) * 1.02, padding=0)
        self.setYRange(0, FLOOR_ROOM * highest, padding=0)

    def show_step(self, step: int) -> None:
        """Mark a step."""
        self._step = min(step, len(self._losses) - 1)
        if self._step < 0:
            return
        loss = float(self._losses[self._step])
        self.curve.setData(np.arange(self._step + 1), self._losses[: self._step + 1])
        self.point.setData([self._step], [loss])
        is_late = self._step > 0.7 * self.viewRange()[0][1]
        self.label.setText(f"{loss:.3g}")
        self.label.setAnchor(QPointF(1.0 if is_late else 0.0, 1.2))
        self.label.setPos(QPointF(self._step, loss))

    def recolor(self) -> None:
        self.whole_curve.setPen(pg.mkPen(self.theme.color("border"), width=1.5))
        self.curve.setPen(pg.mkPen(self.theme.color("accent"), width=2))
        self.point.setBrush(self.theme.color("accent"))
        self.point.setPen(pg.mkPen(self.theme.color("surface"), width=1))
        self.point.setSize(self.theme.pixels(8))
        self.label.setColor(self.theme.color("text"))
        self.label.setFont(self.theme.font(LABEL_TYPE))
