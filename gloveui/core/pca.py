"""Principal components of word vectors: the directions in which they differ most, exact."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from gloveui.core.embedding import Embedding
from gloveui.core.progress import Progress, Task

BLOCK_NUMBERS = 1 << 19  # float64 at a time: 4 MB
NO_VARIANCE = 1e-24  # of the squares: what rounding leaves where all vectors are the same

Float64: TypeAlias = NDArray[np.float64]
Ids: TypeAlias = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Components:
    """Words in the plane of their strongest components.

    Attributes
    ----------
    positions
        float64, shape (n, 2): coordinates from the mean of the words.
    shares
        Share of the variance along each of the two; zeros where nothing varies.
    """

    positions: Float64
    shares: tuple[float, float]


def principal_components(embedding: Embedding, ids: Ids, *, unit: bool = True) -> Task[Components]:
    """The first two components of some words; `unit`: of their directions, else of the vectors as they are.

    The eigenvectors of the covariance, summed up in float64 after the mean is taken off. Their signs are such
    that the largest weight of each is positive. A vector of zeros stays zero.
    """
    size, dimension = len(ids), embedding.dimension
    sums, products = np.zeros(dimension), np.zeros((dimension, dimension))
    for rows, fraction in _blocks(embedding, ids, unit):
        sums += rows.sum(axis=0)
        yield Progress("projecting", fraction / 3)
    mean = sums / max(1, size)
    for rows, fraction in _blocks(embedding, ids, unit):
        rows -= mean
        products += rows.T @ rows
        yield Progress("projecting", (1 + fraction) / 3)
    if np.trace(products) <= NO_VARIANCE * size * (mean @ mean):
        products[:] = 0.0
    axes, shares = strongest(products)
    positions = np.empty((size, 2))
    done = 0
    for rows, fraction in _blocks(embedding, ids, unit):
        positions[done : done + len(rows)] = (rows - mean) @ axes
        done += len(rows)
        yield Progress("projecting", (2 + fraction) / 3)
    return Components(positions, shares)


def strongest(products: Float64) -> tuple[Float64, tuple[float, float]]:
    """The two eigenvectors with the largest eigenvalues, float64 [D, 2], and the shares of these in all.

    With one dimension there is no second one: its weights are zeros.
    """
    values, vectors = np.linalg.eigh(products)
    count = min(2, len(values))
    axes = np.zeros((len(values), 2))
    axes[:, :count] = vectors[:, ::-1][:, :count]
    largest = np.abs(axes).argmax(axis=0)
    axes *= np.where(axes[largest, [0, 1]] < 0, -1.0, 1.0)
    total = max(0.0, float(values.sum()))
    parts = [max(0.0, float(value)) / total if total > 0 else 0.0 for value in values[::-1][:count]]
    return axes, (parts[0], parts[1] if count > 1 else 0.0)


def _blocks(embedding: Embedding, ids: Ids, unit: bool) -> Iterator[tuple[Float64, float]]:
    """The vectors of the words in float64, some at a time, with the share of the words that are done then."""
    at_once = max(1, BLOCK_NUMBERS // embedding.dimension)
    for first in range(0, len(ids), at_once):
        chosen = ids[first : first + at_once]
        rows = embedding.unit_rows(chosen) if unit else embedding.vectors[chosen].astype(np.float64)
        yield rows, min(1.0, (first + at_once) / len(ids))
