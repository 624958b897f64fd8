"""Slow, obvious twins of what maps are made of: float64, one pair at a time."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Float64 = NDArray[np.float64]


def units(vectors: NDArray[np.float32]) -> Float64:
    """The vectors at length 1; zeros stay zeros."""
    rows = vectors.astype(np.float64)
    lengths = np.sqrt((rows**2).sum(axis=1))
    return rows / np.where(lengths > 0, lengths, 1.0)[:, None]


def components(rows: Float64) -> tuple[Float64, Float64]:
    """Coordinates along the first two components, but for their signs, and the shares of the variance."""
    left, sizes, _ = np.linalg.svd(rows - rows.mean(axis=0), full_matrices=False)
    return left[:, :2] * sizes[:2], (sizes**2 / (sizes**2).sum())[:2]


def neighbours(vectors: NDArray[np.float32], k: int) -> tuple[NDArray[np.int64], Float64]:
    """The nearest of each by cosine to 12 digits, ties by place, and the distances of the unit vectors."""
    rows = units(vectors)
    found, distances = [], []
    for own, row in enumerate(rows):
        cosines = np.array([round(float(row @ other), 12) for other in rows])
        others = [place for place in np.lexsort((np.arange(len(rows)), -cosines)) if place != own][:k]
        found.append(others)
        distances.append([np.sqrt(max(0.0, 2 - 2 * cosines[place])) for place in others])
    return np.array(found), np.array(distances)


def joined(near: NDArray[np.integer], distances: NDArray[np.float32]) -> Float64:
    """How strongly words are joined in UMAP: McInnes, Healy & Melville (2018), algorithms 2 and 3."""
    table = np.zeros((len(near), len(near)))
    target = np.log2(near.shape[1] + 1)
    for own, row in enumerate(distances.astype(np.float64)):
        beyond = row - row[0]
        scales = np.geomspace(1e-4, 1e4, 40_001)  # the sum of strengths grows with the scale
        sums = sum(np.exp(-distance / scales) for distance in beyond)
        scale = np.interp(target, sums, scales)
        table[own, near[own]] = np.exp(-beyond / scale)
    return table + table.T - table * table.T


def preserved(near: NDArray[np.integer], positions: NDArray[np.float32]) -> float:
    """The share of the nearest words, [n, k], that are among the k nearest in the plane, too."""
    shares = []
    for own, others in enumerate(near):
        distances = np.linalg.norm(positions - positions[own], axis=1)
        distances[own] = np.inf
        shares.append(len(np.intersect1d(np.argsort(distances)[: len(others)], others)) / len(others))
    return float(np.mean(shares))


def spread_over_gap(positions: NDArray[np.float32], labels: NDArray[np.integer]) -> float:
    """The largest distance of a point to the middle of its group, in the smallest distance of two middles."""
    middles = np.array([positions[labels == group].mean(axis=0) for group in range(labels.max() + 1)])
    spread = np.linalg.norm(positions - middles[labels], axis=1).max()
    gaps = [np.linalg.norm(a - b) for number, a in enumerate(middles) for b in middles[:number]]
    return float(spread / min(gaps))
