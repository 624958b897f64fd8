"""Correlations, as values are and by rank."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Float64: TypeAlias = NDArray[np.float64]


def ranks(values: Float64) -> Float64:
    """float64, shape (n,): the rank of each value, 1 for the smallest; equal ones share the mean."""
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    middles: Float64 = last - (counts - 1) / 2
    return middles[inverse]


def correlation(one: Float64, other: Float64) -> float:
    """Pearson's correlation, -1 to 1, of ranks Spearman's; NaN where one does not vary, and of nothing."""
    if not len(one):
        return float("nan")
    first, second = one - one.mean(), other - other.mean()
    size = float(np.linalg.norm(first) * np.linalg.norm(second))
    return float(np.clip(first @ second / size, -1.0, 1.0)) if size > 0 else float("nan")
