"""The rows of a table that learns, as points that move in a plane."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtWidgets import QWidget

from gloveui.core.lookup import UNKNOWN_ID
from gloveui.views.languages import Translated
from gloveui.views.plots.themed_plot import LABEL_TYPE, ThemedPlot
from gloveui.views.theme import Theme

MOST_LABELS = 40
ANCHORS = (1.1, -0.1)  # of a label over its point, and under it, in heights of the label
LABEL_MARGIN = 4  # pixels around its letters
TRAIL_POINTS = 60  # of a trail; longer ones leave steps out
ROOM = 0.12  # around the points, as a share of their extent
POINT, LIT_POINT = 7, 11  # pixels


class RowMovement(Translated, ThemedPlot):
    """A point and its trail for each row; those that a step moves are lit. ``<unk>`` is left out."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._paths = np.empty((0, 0, 2))
        self._rows = np.empty(0, np.int64)
        self._step = 0
        self._lit = np.empty(0, np.int64)
        self._labels_of_rows: list[pg.TextItem] = []
        self.trails = pg.PlotDataItem(connect="finite", antialias=True)
        # An SVG would get the whole cache of symbols at each point.
        self.points, self.lit_points = (pg.ScatterPlotItem(useCache=False, antialias=True) for _ in range(2))
        self.setMouseEnabled(x=False, y=False)
        self.disableAutoRange()
        self.showGrid(x=True, y=True, alpha=0.4)
        for item in (self.trails, self.points, self.lit_points):
            self.addItem(item)
        self.plotItem.vb.sigResized.connect(self._hide_overlaps)
        self.recolor()
        self.retranslate()

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Rows of the table in a plane"))

    def show_paths(self, words: Sequence[str], paths: NDArray[np.float64]) -> None:
        """Take the places of all rows, float64 [steps, V, 2]; ``show_step`` draws one of the steps."""
        self._paths = paths
        self._rows = np.array([row for row in range(len(words)) if row != UNKNOWN_ID], np.int64)
        for label in self._labels_of_rows:
            self.removeItem(label)
        self._labels_of_rows = [
            pg.TextItem(words[row], anchor=(0.5, 1.25)) for row in self._rows[:MOST_LABELS]
        ]
        for label in self._labels_of_rows:
            self.addItem(label, ignoreBounds=True)
        self._set_range()
        self.recolor()

    def show_step(self, step: int, lit: NDArray[np.int64]) -> None:
        """Draw the rows after a step; those with the ids `lit` were moved by it."""
        self._step, self._lit = min(step, len(self._paths) - 1), lit
        if self._step < 0:
            return
        now = self._paths[self._step]
        quiet = self._rows[~np.isin(self._rows, lit)]
        self.points.setData(now[quiet, 0], now[quiet, 1])
        self.lit_points.setData(now[lit, 0], now[lit, 1])
        self._draw_trails()
        for label, row in zip(self._labels_of_rows, self._rows, strict=False):
            label.setPos(QPointF(*now[row]))
            label.setColor(self.theme.color("accent" if row in lit else "muted"))
        self._hide_overlaps()

    def recolor(self) -> None:
        self.trails.setPen(pg.mkPen(self.theme.color("handle"), width=1))
        self.points.setBrush(self.theme.color("muted"))
        self.lit_points.setBrush(self.theme.color("accent"))
        for points, size in ((self.points, POINT), (self.lit_points, LIT_POINT)):
            points.setPen(pg.mkPen(self.theme.color("surface"), width=1))
            points.setSize(self.theme.pixels(size))
        for label in self._labels_of_rows:
            label.setFont(self.theme.font(LABEL_TYPE))
        self.show_step(self._step, self._lit)

    def _draw_trails(self) -> None:
        """All trails as one line, with gaps between those of different rows."""
        steps = np.unique(np.linspace(0, self._step, TRAIL_POINTS).astype(np.int64))
        trails = np.full((len(self._rows), len(steps) + 1, 2), np.nan)
        trails[:, :-1] = self._paths[steps][:, self._rows].transpose(1, 0, 2)
        flat = trails.reshape(-1, 2)
        self.trails.setData(flat[:, 0], flat[:, 1])

    def _hide_overlaps(self) -> None:
        """Labels stand above their points, or below; where both lie over others they are hidden.

        Those of the rows that moved come first.
        """
        taken: list[QRectF] = []
        pairs = zip(self._labels_of_rows, self._rows, strict=False)
        for label, _ in sorted(pairs, key=lambda pair: pair[1] not in self._lit):
            place = self.plotItem.vb.mapViewToScene(label.pos())
            size = QRectF(label.boundingRect()).adjusted(
                LABEL_MARGIN, LABEL_MARGIN, -LABEL_MARGIN, -LABEL_MARGIN
            )
            free = (anchor for anchor in ANCHORS if not _lies_over(_placed(size, place, anchor), taken))
            anchor = next(free, None)
            label.setVisible(anchor is not None)
            if anchor is not None:
                label.setAnchor(QPointF(0.5, anchor))
                taken.append(_placed(size, place, anchor))

    def _set_range(self) -> None:
        """All steps are in sight, so that the picture stands still while the points move."""
        places = self._paths[:, self._rows].reshape(-1, 2)
        low, high = places.min(axis=0), places.max(axis=0)
        room = np.maximum(ROOM * (high - low), 0.05)
        self.setXRange(low[0] - room[0], high[0] + room[0], padding=0)
        self.setYRange(low[1] - room[1], high[1] + 1.6 * room[1], padding=0)


def _placed(size: QRectF, place: QPointF, anchor: float) -> QRectF:
    """Where a label of a size is that is anchored at a place."""
    height = size.height() + 2 * LABEL_MARGIN
    rect = QRectF(size)
    rect.moveCenter(place + QPointF(0, (0.5 - anchor) * height))
    return rect


def _lies_over(rect: QRectF, taken: Sequence[QRectF]) -> bool:
    return any(rect.intersects(other) for other in taken)
