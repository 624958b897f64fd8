"""Compiled code of UMAP: how strongly words are joined, and how that moves them in the plane.

The formulas are those of McInnes, Healy & Melville (2018) and of its authors' program umap-learn.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from gloveui.core.kernels import kernel

Floats = NDArray[np.float32]
Places = NDArray[np.int32]

HALVINGS = 64
TOLERANCE = 1e-5  # of the sum of strengths
LEAST_SCALE = 1e-3  # of the mean distance
LONGEST_STEP = 4.0
NEGATIVES = 5  # words that a word is moved away from, for each that it is moved to
NEAREST = 0.001  # keeps the force between two words in one place finite


@kernel
def join(distances: Floats, mean_distance: float, strengths: Floats) -> None:
    """Fill in how strongly each word is joined to its neighbours, both [b, k]; the nearest with 1.

    The strengths of a word fall with the distance such that they add up to log₂(k + 1). `mean_distance` is
    that of all words.
    """
    neighbours = distances.shape[1]
    target = np.log2(neighbours + 1.0)
    for row in range(len(distances)):
        nearest, total = 0.0, 0.0
        for distance in distances[row]:
            if nearest == 0.0:
                nearest = distance
            total += distance
        scale = _scale(distances[row], nearest, target)
        mean = total / (neighbours + 1) if nearest > 0.0 else mean_distance
        scale = max(scale, LEAST_SCALE * mean)
        for column in range(neighbours):
            beyond = distances[row, column] - nearest
            strengths[row, column] = 1.0 if beyond <= 0.0 or scale == 0.0 else np.exp(-beyond / scale)


@kernel
def _scale(distances: Floats, nearest: float, target: float) -> float:
    low, high, scale = 0.0, np.inf, 1.0
    for _ in range(HALVINGS):
        total = 0.0
        for distance in distances:
            beyond = distance - nearest
            total += np.exp(-beyond / scale) if beyond > 0.0 else 1.0
        if abs(total - target) < TOLERANCE:
            break
        if total > target:
            high = scale
            scale = (low + high) / 2.0
        else:
            low = scale
            scale = scale * 2.0 if high == np.inf else (low + high) / 2.0
    return scale


@kernel
def move(
    positions: Floats,
    edges: tuple[Places, Places, Floats],
    turns: tuple[NDArray[np.float64], NDArray[np.float64]],
    span: tuple[int, int],
    curve: tuple[float, float],
    epoch: int,
    rate: float,
    state: NDArray[np.uint64],
) -> None:
    """Move the words of the edges whose turn it is, and away from random other words.

    Parameters
    ----------
    positions
        [n, 2], changed.
    edges
        From, to, and epochs from one turn to the next; each [m].
    turns
        The epoch of the next turn, and of the next moves away, of each edge; changed.
    span
        The first and past the last of the edges to look at.
    curve
        a and b of 1 / (1 + a d^2b).
    state
        [1]: of the random numbers, changed.
    """
    heads, tails, periods = edges
    next_turn, next_away = turns
    a, b = curve
    for edge in range(span[0], span[1]):
        if next_turn[edge] > epoch:
            continue
        head, tail = heads[edge], tails[edge]
        _attract(positions, head, tail, a, b, rate)
        next_turn[edge] += periods[edge]
        period = periods[edge] / NEGATIVES
        count = int((epoch - next_away[edge]) / period)
        for _ in range(count):
            other = _random_place(state, len(positions))
            if other != head:
                _repel(positions, head, other, a, b, rate)
        next_away[edge] += count * period


@kernel
def _attract(positions: Floats, head: int, tail: int, a: float, b: float, rate: float) -> None:
    x, y = positions[head, 0] - positions[tail, 0], positions[head, 1] - positions[tail, 1]
    squared = np.float64(x) * x + np.float64(y) * y
    if squared == 0.0:
        return
    power = squared**b
    force = -2.0 * a * b * power / squared / (a * power + 1.0)
    right, up = _clipped(force * x) * rate, _clipped(force * y) * rate
    positions[head, 0] += right
    positions[head, 1] += up
    positions[tail, 0] -= right
    positions[tail, 1] -= up


@kernel
def _repel(positions: Floats, head: int, other: int, a: float, b: float, rate: float) -> None:
    x, y = positions[head, 0] - positions[other, 0], positions[head, 1] - positions[other, 1]
    squared = np.float64(x) * x + np.float64(y) * y
    if squared == 0.0:
        return
    force = 2.0 * b / ((NEAREST + squared) * (a * squared**b + 1.0))
    positions[head, 0] += _clipped(force * x) * rate
    positions[head, 1] += _clipped(force * y) * rate


@kernel
def _clipped(step: float) -> float:
    return min(LONGEST_STEP, max(-LONGEST_STEP, step))


@kernel
def _random_place(state: NDArray[np.uint64], size: int) -> int:
    """A number below `size` by the next one of SplitMix64 (Steele, Lea & Flood 2014)."""
    state[0] += np.uint64(0x9E3779B97F4A7C15)
    mixed = state[0]
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return int((mixed ^ (mixed >> np.uint64(31))) % np.uint64(size))
