"""Which of many points is nearest to a place: found through a grid."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from gloveui.core.map_picture import sorted_into_cells

MOST_CELLS = 512  # on a side
POINTS_A_CELL = 4


class PointIndex:
    """Points, float32 [n, 2], sorted into the cells of a grid; those that are no numbers are left out."""

    def __init__(self, positions: NDArray[np.float32]) -> None:
        self._positions = positions
        finite = np.isfinite(positions)
        seen = positions if finite.all() else positions[finite.all(axis=1)]
        self._side = int(np.clip(np.sqrt(len(seen) / POINTS_A_CELL), 1, MOST_CELLS))
        ends = [(float(axis.min()), float(axis.max())) if len(seen) else (0.0, 1.0) for axis in seen.T]
        (left, right), (bottom, top) = ends
        self._corner = np.array([left, bottom])
        self._cell = np.array([(right - left) or 1.0, (top - bottom) or 1.0]) / self._side
        cell = float(self._cell[0]), float(self._cell[1])
        self._starts, self._points = sorted_into_cells(positions, (left, bottom), cell, self._side)

    def nearest(self, x: float, y: float, reach_x: float, reach_y: float) -> int | None:
        """The point that is nearest in the ellipse of this reach, the first of several; None without one."""
        near = self._near(x, y, reach_x, reach_y)
        offsets = (self._positions[near].astype(np.float64) - (x, y)) / (reach_x, reach_y)
        distances = (offsets**2).sum(axis=1)
        if not len(near) or distances.min() > 1.0:
            return None
        return int(near[distances == distances.min()].min())

    def _near(self, x: float, y: float, reach_x: float, reach_y: float) -> NDArray[np.int32]:
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
