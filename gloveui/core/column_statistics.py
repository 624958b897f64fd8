"""What a column of numbers is like as a whole."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class ColumnStatistics:
    """Mean, spread and ends of a column.

    Attributes
    ----------
    spread
        Standard deviation of all the numbers, not an estimate from a sample of them.
    lowest_row, highest_row
        Where the smallest and the largest number stand; the first of equal ones.
    """

    mean: float
    spread: float
    lowest: float
    highest: float
    lowest_row: int
    highest_row: int


def column_statistics(values: NDArray[np.floating] | NDArray[np.int64]) -> ColumnStatistics:
    """Statistics of numbers, shape (n,) with n at least 1, which may lie apart in memory; sums in float64."""
    column = np.ascontiguousarray(values)
    low, high = int(column.argmin()), int(column.argmax())
    mean, spread = float(column.mean(dtype=np.float64)), float(column.std(dtype=np.float64))
    return ColumnStatistics(mean, spread, float(column[low]), float(column[high]), low, high)
