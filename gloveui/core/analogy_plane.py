"""The plane in which the four words of an analogy are drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gloveui.core.embedding import Embedding

_TINY = 1e-9  # a length, or a share of one, that is none

Points = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class AnalogyPlane:
    """Unit vectors of words, seen in the plane that fits four of them best.

    Attributes
    ----------
    positions
        float64, shape (n, 2): a, b, c, d, then the other words. a → b and c → d point to the right, taken
        together, and c lies above a; lengths are those of unit vectors.
    distances
        float64, shape (n,): how far each word is from the plane.
    target
        float64, shape (2,): b − a + c, seen in the plane.
    target_distance
        How far that is from the plane.
    held
        Share of the variance of the four words that the plane holds, 0 to 1; NaN if they do not differ.
    parallel
        Cosine of b − a and d − c with all dimensions: 1 where the arrows are parallel; NaN without length.
    """

    positions: Points
    distances: Points
    target: Points
    target_distance: float
    held: float
    parallel: float


def analogy_plane(
    embedding: Embedding, four: tuple[str, str, str, str], others: Sequence[str] = ()
) -> AnalogyPlane:
    """The plane through the mean of four words' unit vectors along their two principal axes.

    ``others`` are seen in the same plane and do not move it. Raises `UnknownWord`.
    """
    units = embedding.unit_rows(embedding.vocabulary.ids_of((*four, *others)))
    a, b, c, d = units[:4]
    centre = units[:4].mean(axis=0)
    _, lengths, axes = np.linalg.svd(units[:4] - centre, full_matrices=False)
    axes = _completed(axes[lengths > _TINY][:2], embedding.dimension)
    points = np.vstack([units, b - a + c]) - centre
    seen = points @ axes.T
    distances = np.linalg.norm(points - seen @ axes, axis=1)
    seen = _turned(seen)
    squares = lengths**2
    return AnalogyPlane(
        positions=_frozen(seen[:-1]),
        distances=_frozen(distances[:-1]),
        target=_frozen(seen[-1]),
        target_distance=float(distances[-1]),
        held=float(squares[:2].sum() / squares.sum()) if squares.sum() > _TINY else float("nan"),
        parallel=_cosine(b - a, d - c),
    )


def _completed(axes: Points, dimension: int) -> Points:
    """float64, shape (2, D): the axes, and rows of zeros where words differ in fewer directions than two."""
    result = np.zeros((2, dimension))
    result[: len(axes)] = axes
    return result


def _turned(seen: Points) -> Points:
    """The picture turned so that a → b and c → d point to the right, and mirrored so that c is above a."""
    a, b, c, d = seen[:4]
    right = (b - a) + (d - c)
    length = np.linalg.norm(right)
    if length < _TINY:
        right, length = b - a, np.linalg.norm(b - a)
    if length > _TINY:
        cosine, sine = right / length
        seen = seen @ np.array([[cosine, -sine], [sine, cosine]])
    a, b, c, d = seen[:4]
    is_below = (c - a + d - b)[1] < 0
    return seen * np.array([1.0, -1.0]) if is_below else seen


def _cosine(first: Points, second: Points) -> float:
    lengths = float(np.linalg.norm(first) * np.linalg.norm(second))
    return float(first @ second) / lengths if lengths > _TINY else float("nan")


def _frozen(values: Points) -> Points:
    values = np.ascontiguousarray(values)
    values.setflags(write=False)
    return values
