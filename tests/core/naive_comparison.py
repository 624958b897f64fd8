"""Slow, obvious twins of comparing models: lists and sets, one depth at a time."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Float64 = NDArray[np.float64]


def jaccard(one: Sequence[int], other: Sequence[int]) -> float:
    """Words in both lists, in those of either."""
    return len(set(one) & set(other)) / len(set(one) | set(other))


def rank_biased_overlap(one: Sequence[int], other: Sequence[int], p: float) -> float:
    """RBO_ext of Webber, Moffat & Zobel (2010), equation 32, of two lists of one length."""
    agreements = [len(set(one[:d]) & set(other[:d])) / d for d in range(1, len(one) + 1)]
    head = (1 - p) / p * sum(share * p**d for d, share in enumerate(agreements, 1))
    return agreements[-1] * p ** len(one) + head


def ranks(values: Sequence[float]) -> list[float]:
    """Ranks from 1; equal values share the mean of theirs."""
    ordered = sorted(values)
    return [np.mean([place for place, other in enumerate(ordered, 1) if other == value]) for value in values]


def seeds_that_agree(neighbour: int, lists: Sequence[Sequence[int]]) -> int:
    """How many lists have a word."""
    return sum(neighbour in one for one in lists)


def turned(points: Float64, reference: Float64) -> Float64:
    """Points [n, 2] turned about zero, or mirrored and turned, by the best of 20,000 angles."""
    best, nearest = points, np.inf
    for angle in np.linspace(0, 2 * np.pi, 10_000, endpoint=False):
        rotation = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
        for mirror in (np.eye(2), np.diag([1.0, -1.0])):
            moved = points @ mirror @ rotation
            distance = np.linalg.norm(moved - reference)
            if distance < nearest:
                best, nearest = moved, distance
    return best
