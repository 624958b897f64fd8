"""How many of the most frequent words are shown, by a slider or as a number."""

from __future__ import annotations

import math

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QSpinBox, QWidget

from gloveui.views.languages import Translated

FEWEST_WORDS = 5
STEPS = 200  # of the slider
SLIDER_WIDTH = 84


class TopWords(Translated, QWidget):
    """The slider is logarithmic, as words are: from the first five to all of them.

    A smaller text limits what is chosen; a larger one brings back what was wanted.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._size = 0
        self._wanted: int | None = None  # all
        self.label = QLabel()
        self.label.setProperty("muted", True)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setObjectName("countsTop")
        self.slider.setRange(0, STEPS)
        self.slider.setFixedWidth(SLIDER_WIDTH)
        self.number = QSpinBox()
        self.number.setObjectName("countsTopNumber")
        self.number.setKeyboardTracking(False)
        self.number.setGroupSeparatorShown(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for part in (self.label, self.slider, self.number):
            row.addWidget(part)
        self.slider.valueChanged.connect(self._take_slider)
        self.number.valueChanged.connect(self._take_number)
        self.retranslate()

    @property
    def top(self) -> int:
        """How many words are to be shown."""
        return self._size if self._wanted is None else min(self._wanted, self._size)

    def retranslate(self) -> None:
        self.label.setText(self.tr("Top"))
        for control in (self.slider, self.number):
            control.setAccessibleName(self.tr("How many of the most frequent words are shown"))
        self._explain()

    def set_size(self, size: int) -> None:
        """How many words there are."""
        self._size = size
        self._show()
        for part in (self.label, self.slider, self.number):
            part.setEnabled(size > FEWEST_WORDS)
        self._explain()

    def set_top(self, top: int) -> None:
        """Show so many words."""
        self._choose(top)

    def _explain(self) -> None:
        usual = self.tr("How many of the most frequent words are shown")
        reason = self.tr("So few words are always all shown")
        for control in (self.slider, self.number):
            control.setToolTip(usual if control.isEnabled() else reason)

    def _take_slider(self, step: int) -> None:
        fewest = min(FEWEST_WORDS, self._size)
        self._choose(round(fewest * (self._size / max(1, fewest)) ** (step / STEPS)))

    def _take_number(self, top: int) -> None:
        self._choose(top)

    def _choose(self, top: int) -> None:
        wanted = None if top >= self._size else top
        if wanted != self._wanted:
            self._wanted = wanted
            self._show()
            self.changed.emit()

    def _show(self) -> None:
        fewest = min(FEWEST_WORDS, self._size)
        span = math.log(self._size / fewest) if self._size > fewest else 0.0
        share = math.log(max(self.top, 1) / fewest) / span if span else 1.0
        for control in (self.slider, self.number):
            control.blockSignals(True)
        if not self.slider.isSliderDown():
            self.slider.setValue(round(share * STEPS))
        self.number.setRange(fewest, self._size)
        self.number.setValue(self.top)
        for control in (self.slider, self.number):
            control.blockSignals(False)
