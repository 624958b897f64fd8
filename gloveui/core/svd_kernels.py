"""Compiled: products of a sparse matrix, and of its transpose, with a few columns of numbers."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from gloveui.core.kernels import kernel

WIDTH = 8  # columns at a time: float64 of one row fill a cache line

Int64s = NDArray[np.int64]
Int32s = NDArray[np.int32]
Float32s = NDArray[np.float32]
Float64s = NDArray[np.float64]


@kernel
def multiply(
    starts: Int64s, columns: Int32s, values: Float32s, first: int, last: int, right: Float64s, out: Float64s
) -> None:
    """Put rows `first` to `last` of A · right into `out`; both float64, shape (n, 8)."""
    for row in range(first, last):
        for place in range(WIDTH):
            out[row, place] = 0.0
        for entry in range(starts[row], starts[row + 1]):
            column = np.uint64(columns[entry])
            value = np.float64(values[entry])
            for place in range(WIDTH):
                out[row, place] += value * right[column, place]


@kernel
def multiply_transposed(
    starts: Int64s, columns: Int32s, values: Float32s, first: int, last: int, right: Float64s, out: Float64s
) -> None:
    """Add to `out` what rows `first` to `last` of A give to Aᵀ · right; both float64, shape (n, 8)."""
    for row in range(first, last):
        for entry in range(starts[row], starts[row + 1]):
            column = np.uint64(columns[entry])
            value = np.float64(values[entry])
            for place in range(WIDTH):
                out[column, place] += value * right[row, place]
