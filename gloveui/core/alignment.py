"""One embedding turned onto another, so that the places of a word in both can be compared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from gloveui.core.common_words import CommonWords, comparable_words
from gloveui.core.embedding import Embedding
from gloveui.core.pca import strongest
from gloveui.core.progress import Progress, Task
from gloveui.core.setting_checks import whole_number

BLOCK_NUMBERS = 1 << 17  # float64 at a time: 1 MB, a few milliseconds

Float64: TypeAlias = NDArray[np.float64]
Ids: TypeAlias = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Alignment:
    """The rotation that brings the words of one embedding nearest to the same words of another.

    Attributes
    ----------
    common
        The n words by which they are aligned.
    rotation
        float64, shape (D, D), orthogonal: a row of the second embedding times this lies in the space of the
        first. D is the larger of both dimensions; shorter rows have zeros at the end.
    distances
        float64, shape (n,): 1 − the cosine of each word's two vectors after that, from 0 to 2.
    """

    common: CommonWords
    rotation: Float64
    distances: Float64

    def __post_init__(self) -> None:
        self.rotation.setflags(write=False)
        self.distances.setflags(write=False)


@dataclass(frozen=True, eq=False)
class AlignedMaps:
    """Some common words of two aligned embeddings in one plane.

    Attributes
    ----------
    places
        int64, shape (m,): which of the alignment's words.
    positions_a, positions_b
        float32, shape (m, 2): where each word is in the first and in the second embedding.
    explained
        Share of the variance of both, of the words that made the plane, that is in it.
    """

    places: Ids
    positions_a: NDArray[np.float32]
    positions_b: NDArray[np.float32]
    explained: float


def align(a: Embedding, b: Embedding, among: int = 0, least_count: int = 0) -> Task[Alignment]:
    """Turn `b` onto `a` by their common words at length 1.

    `among` and `least_count` choose the words, see `comparable_words`, which also says what is raised.

    Notes
    -----
    Orthogonal Procrustes: Schönemann (1966). The distance of a word to itself after that is what Hamilton,
    Leskovec & Jurafsky (2016) take for the change of its meaning between two texts.
    """
    common = comparable_words(
        a, b, whole_number("among", among, 0), whole_number("least_count", least_count, 0)
    )
    dimension = max(a.dimension, b.dimension)
    products = np.zeros((dimension, dimension))
    for rows_a, rows_b, share in _blocks(a, b, common, np.arange(len(common))):
        products += rows_b.T @ rows_a
        yield Progress("aligning", share / 2)
    left, _, right = np.linalg.svd(products)
    rotation, distances, done = left @ right, np.empty(len(common)), 0
    for rows_a, rows_b, share in _blocks(a, b, common, np.arange(len(common))):
        cosines = np.einsum("ij,ij->i", rows_a, rows_b @ rotation)
        distances[done : done + len(cosines)] = 1.0 - np.clip(cosines, -1.0, 1.0)
        done += len(cosines)
        yield Progress("aligning", 0.5 + share / 2)
    return Alignment(common, rotation, distances)


def aligned_maps(
    a: Embedding, b: Embedding, alignment: Alignment, places: Sequence[int], fitted: int | None = None
) -> AlignedMaps:
    """Some words of both in the plane of the two strongest components of both together.

    Only the first ``fitted`` words make the plane, and the others are seen in it.
    """
    chosen = np.array(places, np.int64)
    blocks = list(_blocks(a, b, alignment.common, chosen))
    rows_a = np.concatenate([rows for rows, _, _ in blocks])
    rows_b = np.concatenate([rows for _, rows, _ in blocks]) @ alignment.rotation
    seen = np.concatenate([rows_a[:fitted], rows_b[:fitted]])
    mean = seen.mean(axis=0)
    axes, shares = strongest((seen - mean).T @ (seen - mean))
    positions = ((np.concatenate([rows_a, rows_b]) - mean) @ axes).astype(np.float32)
    return AlignedMaps(chosen, positions[: len(chosen)], positions[len(chosen) :], sum(shares))


def _blocks(
    a: Embedding, b: Embedding, common: CommonWords, places: Ids
) -> Iterator[tuple[Float64, Float64, float]]:
    """Both vectors of words at length 1, as long as the longer ones, some at a time; and the share done."""
    dimension = max(a.dimension, b.dimension)
    at_once = max(1, BLOCK_NUMBERS // dimension)
    for first in range(0, len(places), at_once):
        part = places[first : first + at_once]
        rows_a, rows_b = a.unit_rows(common.ids_a[part]), b.unit_rows(common.ids_b[part])
        share = min(1.0, (first + at_once) / len(places))
        yield _padded(rows_a, dimension), _padded(rows_b, dimension), share


def _padded(rows: Float64, dimension: int) -> Float64:
    return np.pad(rows, ((0, 0), (0, dimension - rows.shape[1])))
