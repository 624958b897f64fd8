"""Words as points in a plane."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Signal
from PySide6.QtWidgets import QWidget

from gloveui.views.languages import Translated
from gloveui.views.plots.themed_plot import ThemedPlot
from gloveui.views.theme import Theme

MOST_LABELS = 100
DOT = 5  # pixels across
ROOM = 1.1  # of what the points take


class WordMap(Translated, ThemedPlot):
    """Each word a dot, and as many labels as can be read."""

    word_hovered = Signal(object)  # number of a word; None away from all
    word_clicked = Signal(object)  # number of a word
    words_selected = Signal(object)  # int64 [k]: numbers of words

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._words: Sequence[str] = ()
        self._positions = np.zeros((0, 2), np.float32)
        self._dots = pg.ScatterPlotItem(size=DOT, pen=None, pxMode=True)
        self._labels: list[pg.TextItem] = []
        self.addItem(self._dots)
        self.disableAutoRange()
        self.recolor()
        self.retranslate()

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Map of the words"))

    def recolor(self) -> None:
        self._dots.setBrush(pg.mkBrush(self.theme.color("accent")))
        for label in self._labels:
            label.setColor(self.theme.color("text"))

    def set_points(self, words: Sequence[str], positions: NDArray[np.float32]) -> None:
        """Show words, most frequent first, at positions [n, 2]; the same words as before just move."""
        is_new = words is not self._words and tuple(words) != tuple(self._words)
        self._words, self._positions = words, positions
        self._dots.setData(x=positions[:, 0], y=positions[:, 1])
        if is_new:
            for label in self._labels:
                self.removeItem(label)
            self._labels = [pg.TextItem(word, self.theme.color("text")) for word in words[:MOST_LABELS]]
            for label in self._labels:
                self.addItem(label)
            self.fit()
        for label, (x, y) in zip(self._labels, positions, strict=False):
            label.setPos(float(x), float(y))

    def set_colors(self, values: NDArray[np.float32] | None, kind: str = "sequential") -> None:
        """Colour the dots by a value each: ``sequential``, ``signed`` or ``categories``; None: all alike."""

    def set_marked(self, indices: Sequence[int]) -> None:
        """Set off these words, and label them always."""

    def set_lines(self, pairs: Sequence[tuple[int, int]]) -> None:
        """Connect pairs of words."""

    def set_faded(self, mask: NDArray[np.bool_] | None) -> None:
        """Let words stand back, without labels; None: no word."""

    def fit(self) -> None:
        """Bring all words into sight."""
        seen = self._positions[np.isfinite(self._positions).all(axis=1)]
        if len(seen):
            (left, bottom), (right, top) = seen.min(axis=0).tolist(), seen.max(axis=0).tolist()
            self.setRange(QRectF(left, bottom, right - left or 1.0, top - bottom or 1.0), padding=ROOM - 1)
