"""A map of words that move, with the ways that some of them have come."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from gloveui.views.plots.word_map import WordMap, extent_of
from gloveui.views.theme import Theme

GROWTH = 0.15  # by which what is in sight must grow or shrink until the sight follows
TRAIL_ALPHA = 0.55
STOP_SIZE = 4  # pixels of the dot at each epoch of a trail


class ReplayMap(WordMap):
    """The sight stays while words move: it is that of their last places."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self._trails = pg.PlotDataItem(connect="finite", antialias=True)
        self._resting = np.zeros((0, 2), np.float32)
        self._bounds = np.zeros(4)
        self._frame: NDArray[np.float32] | None = None
        super().__init__(theme, parent)
        self.addItem(self._trails, ignoreBounds=True)
        self._box.sigResized.connect(self._follow_size)
        self.recolor()

    def set_world(self, words: Sequence[str], last: NDArray[np.float32]) -> None:
        """The words, and where they come to rest, float32 [n, 2]: that is brought into sight."""
        is_new = tuple(words) != tuple(self.words)
        bounds = np.concatenate([last.min(axis=0), last.max(axis=0)]) if len(last) else np.zeros(4)
        span = max(float((bounds[2:] - bounds[:2]).max()), 1e-12)
        has_moved = not self.is_moved and float(np.abs(bounds - self._bounds).max()) > GROWTH * span
        self._resting = last
        if is_new:
            self.set_points(words, last)
        if is_new or has_moved:
            self._bounds = bounds
            self.fit()

    def set_frame(self, positions: NDArray[np.float32]) -> None:
        """Bring these places, float32 [m, 2], into sight instead of those of the words."""
        self._frame = positions

    def set_trails(self, trails: Sequence[NDArray[np.float32]]) -> None:
        """Draw ways, float32 [k, 2] each: from where words began to where they are now."""
        gap = np.full((1, 2), np.nan, np.float32)
        parts = [part for trail in trails for part in (trail, gap)]
        points = np.concatenate(parts) if parts else np.zeros((0, 2), np.float32)
        self._trails.setData(points[:, 0], points[:, 1])

    def trail_points(self) -> NDArray[np.float64]:
        """float64 [k, 2]: the points of all ways, NaN between two of them."""
        x, y = self._trails.getData()
        return np.zeros((0, 2)) if x is None else np.column_stack([x, y])

    def fit(self) -> None:
        """Bring all words into sight, where they come to rest."""
        here = self.positions
        if len(self._resting) != len(here):
            super().fit()
            return
        self.canvas.set_positions(self._resting)
        super().fit()
        self.canvas.set_positions(here)

    def _extent(self) -> tuple[float, float, float, float]:
        return super()._extent() if self._frame is None else extent_of(self._frame)

    def _follow_size(self) -> None:
        if not self.is_moved and len(self.words):
            self.fit()

    def recolor(self) -> None:
        super().recolor()
        color = QColor(self.theme.color("accent"))
        color.setAlphaF(TRAIL_ALPHA)
        self._trails.setPen(pg.mkPen(color, width=2))
        self._trails.setSymbol("o")
        self._trails.setSymbolSize(STOP_SIZE)
        self._trails.setSymbolBrush(color)
        self._trails.setSymbolPen(None)
