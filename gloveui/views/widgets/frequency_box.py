"""A number of the most frequent words, or all."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from PySide6.QtWidgets import QSpinBox, QWidget

from gloveui.views.languages import Translated

STEPS = tuple(factor * 10**power for power in range(2, 7) for factor in (1, 2, 5))


class FrequencyBox(Translated, QSpinBox):
    """Its value is 0 for all words; the arrows go through round numbers."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setKeyboardTracking(False)
        self.setGroupSeparatorShown(True)
        self.set_size(0)
        self.retranslate()

    def set_size(self, words: int) -> None:
        """How many words there are."""
        self.setRange(0, max(words - 1, 0))

    def retranslate(self) -> None:
        self.setSpecialValueText(self.tr("all words"))
        self.setPrefix(self.tr("top "))

    def stepBy(self, steps: int) -> None:
        stops = [0, *(step for step in STEPS if step <= self.maximum())]
        place = bisect_right(stops, self.value()) - 1 if steps > 0 else bisect_left(stops, self.value())
        self.setValue(stops[min(max(place + steps, 0), len(stops) - 1)])
