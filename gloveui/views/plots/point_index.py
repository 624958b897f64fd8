"""Which of many points is nearest to a place: found through a grid."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

MOST_CELLS = 512  # on a side
POINTS_A_CELL = 4


class PointIndex:
    """Points, float32 [n, 2], sorted into the cells of a grid; those that are no numbers are left out."""

    def __init__(self, positions: NDArray[np.float32]) -> None:
        self._positions = positions
        there = np.flatnonzero(np.isfinite(positions).all(axis=1))
        self._side = int(np.clip(np.sqrt(len(there) / POINTS_A_CELL), 1, MOST_CELLS))
        seen = positions[there].astype(np.float64)
        self._corner = seen.min(axis=0) if len(there) else np.zeros(2)
        span = (seen.max(axis=0) if len(there) else np.ones(2)) - self._corner
        self._cell = np.where(span > 0, span, 1.0) / self._side
        columns, rows = self._cells_of(seen).T
        cells = (rows * self._side + columns).astype(np.int32)
        order = np.argsort(cells, kind="stable")
        self._points = there[order]
        self._starts = np.searchsorted(cells[order], np.arange(self._side**2 + 1))

    def nearest(self, x: float, y: float, reach_x: float, reach_y: float) -> int | None:
        """The point that is nearest in the ellipse of this reach, the first of several; None without one."""
        near = self._near(x, y, reach_x, reach_y)
        offsets = (self._positions[near].astype(np.float64) - (x, y)) / (reach_x, reach_y)
        distances = (offsets**2).sum(axis=1)
        if not len(near) or distances.min() > 1.0:
            return None
        return int(near[distances == distances.min()].min())

    def _near(self, x: float, y: float, reach_x: float, reach_y: float) -> NDArray[np.int64]:
        """The points in all cells that are within reach."""
        ends = np.array([[x - reach_x, y - reach_y], [x + reach_x, y + reach_y]])
        (left, lower), (right, upper) = self._cells_of(ends).tolist()
        rows = np.arange(lower, upper + 1) * self._side
        pieces = [self._points[self._starts[row + left] : self._starts[row + right + 1]] for row in rows]
        return np.concatenate(pieces)

    def _cells_of(self, places: NDArray[np.float64]) -> NDArray[np.int64]:
        """Column and row of the cell of each place; beside the grid those of the nearest one."""
        cells = np.floor((places - self._corner) / self._cell)
        return np.clip(cells, 0, self._side - 1).astype(np.int64)
