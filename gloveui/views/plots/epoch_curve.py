"""The loss over the epochs as what a slider runs under, with a cursor at the epoch that is shown."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from gloveui.views.plots.loss_plot import LossPlot
from gloveui.views.theme import Theme


class EpochCurve(LossPlot):
    """A low curve without axes; a click or dragging on it asks for an epoch.

    Its first and last epoch are ``inset`` pixels from its edges, as the middle of a slider's handle is.
    """

    picked = Signal(float)  # epoch
    let_go = Signal()

    def __init__(self, theme: Theme, inset: int, parent: QWidget | None = None) -> None:
        self._ends = (0.0, 1.0)
        self._inset = inset
        self.cursor_line = pg.InfiniteLine(angle=90)
        super().__init__(theme, parent, has_axis_names=False)
        for side in ("left", "bottom"):
            self.plotItem.hideAxis(side)
        self.addItem(self.cursor_line, ignoreBounds=True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_span(self, first: float, last: float) -> None:
        """The epochs at its edges."""
        self._ends = (first, max(last, first + 1e-6))
        self._fit_width()

    def set_epoch(self, epoch: float) -> None:
        """Where the cursor is."""
        self.cursor_line.setValue(epoch)

    def recolor(self) -> None:
        super().recolor()
        self.cursor_line.setPen(pg.mkPen(self.theme.color("text"), width=1.5))

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.theme.pixels(40))

    def sizeHint(self) -> QSize:
        return QSize(320, self.theme.pixels(64))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pick(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._pick(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.let_go.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if hasattr(self, "last_label"):  # pyqtgraph resizes the plot while it is made
            self._fit_width()

    def _pick(self, event: QMouseEvent) -> None:
        place = self.plotItem.vb.mapSceneToView(self.mapToScene(event.position().toPoint()))
        self.picked.emit(float(np.clip(place.x(), *self._ends)))

    def _set_ranges(self, reports: NDArray[np.float64], epochs: NDArray[np.float64]) -> None:
        super()._set_ranges(reports, epochs)
        self._fit_width()

    def _label_last(self, epochs: NDArray[np.float64]) -> None:
        self.last_label.hide()  # the loss of the epoch that is shown stands beside the slider

    def _fit_width(self) -> None:
        first, last = self._ends
        beyond = (last - first) * self._inset / max(self.width() - 2 * self._inset, 1)
        self.plotItem.setXRange(first - beyond, last + beyond, padding=0)
