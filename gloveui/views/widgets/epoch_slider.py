"""The epochs of a training to go through: its loss as a curve, and a slider under it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSlider, QVBoxLayout, QWidget

from gloveui.state.values import LossHistory
from gloveui.views.languages import Translated
from gloveui.views.plots.epoch_curve import EpochCurve
from gloveui.views.theme import Theme

FINENESS = 100  # places of the slider for each epoch
HANDLE = 16  # pixels that the slider's handle takes, as the style sheet has it
MOST_PLACES = 1_000_000
_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Down: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: 1,
    Qt.Key.Key_PageDown: -5,
    Qt.Key.Key_PageUp: 5,
}


class EpochSlider(Translated, QWidget):
    """Goes up to the epochs that are planned; those that are not there yet cannot be reached."""

    picked = Signal(float)  # epoch, by a person
    stepped = Signal(object)  # int: so many epochs that are kept, by a key
    let_go = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fineness = float(FINENESS)
        self._epoch = 0.0
        self.curve = EpochCurve(theme, HANDLE // 2)
        self.curve.setObjectName("epochsCurve")
        self.slider = _KeyedSlider(Qt.Orientation.Horizontal)
        self.slider.setObjectName("epochsSlider")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.curve, 1)
        column.addWidget(self.slider)
        self.curve.picked.connect(self.picked)
        self.curve.let_go.connect(self.let_go)
        self.slider.valueChanged.connect(self._take_value)
        self.slider.sliderReleased.connect(self.let_go)
        self.slider.stepped.connect(self.stepped)
        self.retranslate()

    def retranslate(self) -> None:
        self.slider.setAccessibleName(self.tr("Epoch"))
        self.slider.setToolTip(self.tr("Drag to go through the epochs; arrow keys go from one to the next"))
        self.curve.setToolTip(self.tr("The loss; click to go to an epoch"))

    def show_history(self, history: LossHistory, first: float, newest: float) -> None:
        """The loss, and from which epoch to which there is something to see."""
        last = max(newest, float(history.planned) if history.is_running else newest)
        self._fineness = min(FINENESS, MOST_PLACES / max(last, 1.0))
        self.curve.show_history(history)
        self.curve.set_span(first, last)
        self.slider.blockSignals(True)
        self.slider.setRange(round(first * self._fineness), round(last * self._fineness))
        self.slider.blockSignals(False)
        self.set_epoch(self._epoch)

    def set_epoch(self, epoch: float) -> None:
        """Show where the replay stands."""
        self._epoch = epoch
        self.curve.set_epoch(epoch)
        self.slider.blockSignals(True)
        self.slider.setValue(round(epoch * self._fineness))
        self.slider.blockSignals(False)

    def _take_value(self, value: int) -> None:
        self.picked.emit(value / self._fineness)


class _KeyedSlider(QSlider):
    """A slider whose keys go from epoch to epoch."""

    stepped = Signal(object)  # int

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.stepped.emit(step)
