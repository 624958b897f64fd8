"""The loss of a training: a point for each epoch, and what came in between."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QTimer
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from gloveui.core.training import TrainingReport
from gloveui.state.values import LossHistory
from gloveui.views.languages import Translated
from gloveui.views.loss_names import loss_name
from gloveui.views.plots.themed_plot import LABEL_TYPE, NumberAxis, ThemedPlot, WholeNumberAxis
from gloveui.views.theme import Theme

EXPONENTS = 300.0  # an axis takes values from 10^-300 to 10^300
ROOM = 0.08  # of the height, above and below the curve
REST_MS = 120  # between two drawings of a training that runs: each takes longer than the figures beside it
POINTS_DRAWN = 60  # epochs up to which each is a point and not only a corner of the line


class LossPlot(Translated, ThemedPlot):
    """The mean loss of each epoch as a line with points, over the finer reports as a quiet line.

    Parameters
    ----------
    has_axis_names
        False for a small plot whose surroundings say what it shows.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None, has_axis_names: bool = True) -> None:
        super().__init__(theme, parent, {"bottom": WholeNumberAxis("bottom"), "left": NumberAxis("left")})
        self._has_axis_names = has_axis_names
        self._history = LossHistory()
        self._is_logarithmic = False
        self._seen: tuple[TrainingReport, ...] = ()
        self._report_values: list[tuple[float, float]] = []
        self.reports_curve = pg.PlotDataItem(antialias=True)
        self.epochs_curve = pg.PlotDataItem(antialias=True)
        self.last_label = pg.TextItem()
        self._is_behind = False
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._end_rest)
        self._arrange()
        self.recolor()
        self.retranslate()
        self.show_history(self._history)

    @property
    def is_logarithmic(self) -> bool:
        """Whether equal ratios of losses are equally high."""
        return self._is_logarithmic

    def show_history(self, history: LossHistory) -> None:
        """Draw a training as far as it has come; while it runs, not at each of its many reports."""
        is_other = history.method != self._history.method
        self._history = history
        if is_other:
            self.retranslate()
        if history.is_running and self._rest.isActive():
            self._is_behind = True
        else:
            self._catch_up()
            if history.is_running:
                self._rest.start()

    def _end_rest(self) -> None:
        if self._is_behind:
            self.show_history(self._history)

    def _catch_up(self) -> None:
        self._is_behind = False
        self._take_reports(self._history.reports)
        self._draw()

    def set_logarithmic(self, is_logarithmic: bool) -> None:
        """Make equal ratios, instead of equal differences, equally high; losses of zero are left out then."""
        if is_logarithmic != self._is_logarithmic:
            self._is_logarithmic = is_logarithmic
            self.plotItem.setLogMode(y=is_logarithmic)
            self._draw()

    def retranslate(self) -> None:
        if self._has_axis_names:
            self.set_label("bottom", self.tr("epoch"))
            self._name_loss()
        self.setAccessibleName(self.tr("Loss of the training"))

    def _name_loss(self) -> None:
        self.set_label("left", loss_name(self._history.method))

    def recolor(self) -> None:
        accent = self.theme.color("accent")
        self.epochs_curve.setPen(pg.mkPen(accent, width=2))
        self.epochs_curve.setSymbolBrush(accent)
        self.epochs_curve.setSymbolPen(None)
        self.reports_curve.setPen(pg.mkPen(self.theme.color("handle"), width=1))
        background = QColor(self.theme.color("surface"))
        background.setAlphaF(0.8)
        self.last_label.fill = pg.mkBrush(background)
        self.last_label.setColor(self.theme.color("text"))
        self.last_label.setFont(self.theme.font(LABEL_TYPE))

    def _arrange(self) -> None:
        self.setMouseEnabled(x=False, y=False)
        self.disableAutoRange()
        for curve in (self.reports_curve, self.epochs_curve):
            self.addItem(curve)
        self.addItem(self.last_label, ignoreBounds=True)
        # Only after the curve is in the plot do these take effect.
        self.reports_curve.setClipToView(True)
        self.reports_curve.setDownsampling(auto=True, method="peak")

    def _take_reports(self, reports: tuple[TrainingReport, ...]) -> None:
        """Read the reports that are new; a history that is not a longer form of the last is read whole."""
        known = len(self._seen)
        goes_on = known <= len(reports) and (known == 0 or reports[known - 1] is self._seen[-1])
        if not goes_on:
            self._report_values, known = [], 0
        self._report_values += [(report.position, report.loss) for report in reports[known:]]
        self._seen = reports

    def _draw(self) -> None:
        reports = self._shown(np.array(self._report_values, np.float64).reshape(-1, 2))
        losses = np.asarray(self._history.epochs, np.float64)
        epochs = self._shown(np.column_stack([np.arange(1, len(losses) + 1), losses]))
        self.reports_curve.setData(reports[:, 0], reports[:, 1])
        has_points = 0 < len(epochs) <= POINTS_DRAWN
        self.epochs_curve.setSymbol("o" if has_points else None)
        self.epochs_curve.setSymbolSize(self.theme.pixels(6))
        self.epochs_curve.setData(epochs[:, 0], epochs[:, 1])
        self._set_ranges(reports, epochs)
        for side in ("left", "bottom"):
            self.plotItem.getAxis(side).setStyle(showValues=len(reports) + len(epochs) > 0)
        self._label_last(epochs)

    def _shown(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """The points, float64 [n, 2], that have a place on the present scale."""
        losses = points[:, 1]
        has_place = np.isfinite(losses) & ((losses > 0) if self._is_logarithmic else True)
        return points[has_place]

    def _set_ranges(self, reports: NDArray[np.float64], epochs: NDArray[np.float64]) -> None:
        done = reports[-1, 0] if len(reports) else 0.0
        last = max(self._history.planned, len(self._history.epochs), done, 1.0)
        self.setXRange(0.0, last * 1.04, padding=0)
        # Reports of the first epoch fall so far that the rest would look flat beside them.
        later = reports[reports[:, 0] >= 1.0] if len(epochs) > 1 else reports
        heights = np.concatenate([later[:, 1], epochs[:, 1]])
        self.setYRange(*self._span(heights), padding=0)

    def _span(self, losses: NDArray[np.float64]) -> tuple[float, float]:
        """Lower and upper end of the axis, as exponents of ten on a logarithmic scale."""
        if not len(losses):
            return (-2.0, 0.0) if self._is_logarithmic else (0.0, 1.0)
        low, high = float(losses.min()), float(losses.max())
        if self._is_logarithmic:
            low, high = (float(np.clip(np.log10(end), -EXPONENTS, EXPONENTS)) for end in (low, high))
            room = max(ROOM * (high - low), 0.02)
        else:
            room = max(ROOM * (high - low), 0.05 * abs(high), 1e-12) if high > low else 0.5 * abs(high) or 0.5
        return low - room, high + 1.5 * room

    def _label_last(self, epochs: NDArray[np.float64]) -> None:
        self.last_label.setVisible(len(epochs) > 0)
        if len(epochs):
            epoch, loss = epochs[-1]
            height = np.log10(loss) if self._is_logarithmic else loss
            is_at_the_end = epoch > 0.85 * self.viewRange()[0][1]
            self.last_label.setText(f"{loss:.3g}")
            self.last_label.setAnchor(QPointF(0.9 if is_at_the_end else 0.1, 1.3))
            self.last_label.setPos(QPointF(float(epoch), float(height)))
