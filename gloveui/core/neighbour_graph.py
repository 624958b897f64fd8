"""The nearest words of each word by cosine, of many words at once: what t-SNE and UMAP begin with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from gloveui.core.embedding import Embedding
from gloveui.core.progress import Progress, Task

MOST_EXACT = 80_000  # words; the time goes with their square
ROWS, COLUMNS = 512, 8_192  # words whose products are made at a time: 16 MB
SPARE = 16  # words kept beyond k: float32 may have them in another order
DIGITS = 12  # of a cosine that count when two are compared
ROUNDING = 2.0**-24  # of float32
REGIONS_PER_ROOT = 2  # as many regions as this times the root of the number of words
SEARCHED = 8_000  # words in the regions around a word that it is compared with first
ROUNDS, NEAR = 2, 30  # of trying the neighbours of neighbours, and of how many each
ROWS_AROUND = 256  # words for which these are tried at a time
UNSET = np.iinfo(np.int32).max

Float32: TypeAlias = NDArray[np.float32]
Float64: TypeAlias = NDArray[np.float64]
Places: TypeAlias = NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class NeighbourGraph:
    """For each of n words its k nearest among the others, or for the first m of them.

    Attributes
    ----------
    neighbours
        int32, shape (m, k), read-only: places in the list of words, nearest first, ties by place.
    distances
        float32, shape (m, k), read-only: Euclidean distance of the unit vectors, √(2 − 2 cos). A vector of
        zeros has a cosine of 0 with every other.
    is_approximate
        Whether some true neighbours may be missing.
    """

    neighbours: Places
    distances: Float32
    is_approximate: bool

    def __post_init__(self) -> None:
        self.neighbours.setflags(write=False)
        self.distances.setflags(write=False)


def neighbour_graph(
    embedding: Embedding, ids: NDArray[np.int64], k: int, most_exact: int = MOST_EXACT, asked: int = 0
) -> Task[NeighbourGraph]:
    """The `k` nearest of each word, at most n − 1; exact up to `most_exact` words.

    Products are made in float32, and more words kept than are wanted; those are compared in float64. Where
    rounding could have kept out a true neighbour, that row is done again in float64. More words than
    `most_exact` are compared with those of the regions around them, and then with the neighbours of their
    neighbours (Dong, Moses & Li 2011). With `asked`, only the first so many words are asked about; exact.
    """
    search = _Search(embedding, np.asarray(ids, np.int64), k, asked)
    is_approximate = len(search) > most_exact and not asked
    if search.k > 0 and is_approximate:
        yield from search.keep(search.regions(), 0.4)
        for number in range(ROUNDS):
            yield from search.look_around(0.4 + 0.5 * number / ROUNDS, 0.5 / ROUNDS)
    elif search.k > 0:
        yield from search.keep(search.everything(), 0.9)
    neighbours, cosines = yield from search.nearest_first(is_approximate)
    distances = np.sqrt(np.maximum(0.0, 2.0 - 2.0 * cosines)).astype(np.float32)
    return NeighbourGraph(neighbours, distances, is_approximate)


class _Search:
    """Words, and what has been found so far: a heap of products in float32 for each."""

    def __init__(self, embedding: Embedding, ids: NDArray[np.int64], k: int, asked: int = 0) -> None:
        self._vectors = embedding.vectors[ids]
        norms = embedding.norms[ids]
        self._norms = np.where(norms > 0, norms, 1.0)
        self._units = np.empty_like(self._vectors)
        np.divide(self._vectors, self._norms[:, None], out=self._units, casting="same_kind")
        self.k = max(0, min(k, len(ids) - 1))
        self.asked = min(asked or len(ids), len(ids))
        kept = min(self.k + SPARE, max(0, len(ids) - 1))
        self._kept = np.full((self.asked, kept), UNSET, np.int32)
        self._scores = np.full((self.asked, kept), -np.inf, np.float32)

    def __len__(self) -> int:
        return len(self._vectors)

    def everything(self) -> Iterator[tuple[Places, Places]]:
        """Each word that is asked about, some at a time, and all words."""
        everyone = np.arange(len(self), dtype=np.int32)
        for first in range(0, self.asked, ROWS):
            yield everyone[first : min(first + ROWS, self.asked)], everyone

    def regions(self) -> Iterator[tuple[Places, Places]]:
        """The words nearest to one of some centres, and the words of that and of the regions next to it."""
        count = int(REGIONS_PER_ROOT * len(self) ** 0.5)
        centres = self._units[np.sort(np.random.default_rng(0).choice(len(self), count, replace=False))]
        blocks = range(0, len(self), COLUMNS)
        own = np.concatenate([(self._units[b : b + COLUMNS] @ centres.T).argmax(axis=1) for b in blocks])
        order = np.argsort(own, kind="stable").astype(np.int32)
        ends = np.searchsorted(own[order], np.arange(count + 1))
        for region in range(count):
            near = np.argsort(-(centres @ centres[region]), kind="stable")
            enough = np.searchsorted(np.cumsum(np.diff(ends)[near]), SEARCHED) + 1
            around = np.sort(
                np.concatenate([order[ends[other] : ends[other + 1]] for other in near[:enough]])
            )
            for first in range(ends[region], ends[region + 1], ROWS):
                yield order[first : min(first + ROWS, ends[region + 1])], around

    def keep(self, pieces: Iterator[tuple[Places, Places]], share: float) -> Task[None]:
        """Compare words with others, piece by piece; `share` is the part of the whole work that this is."""
        from gloveui.core import neighbour_kernels as kernels  # compiled code: loaded when first needed

        done = 0
        for rows, columns in pieces:
            kept, scores = self._kept[rows], self._scores[rows]
            for first in range(0, len(columns), COLUMNS):
                others = columns[first : first + COLUMNS]
                products = self._units[rows] @ self._units[others].T
                kernels.keep_largest(products, others, rows, scores, kept)
                yield Progress("nearest", share * done / self.asked)
            self._kept[rows], self._scores[rows] = kept, scores
            done += len(rows)

    def look_around(self, before: float, share: float) -> Task[None]:
        """Compare each word with the nearest words of its nearest words, as they were before this."""
        from gloveui.core import neighbour_kernels as kernels  # compiled code: loaded when first needed

        near = self._nearest_kept()
        seen = np.full(len(self), -1, np.int64)
        for first in range(0, len(self), ROWS_AROUND):
            block = slice(first, first + ROWS_AROUND)
            kernels.look_around(self._units, near, first, self._scores[block], self._kept[block], seen)
            yield Progress("nearest", before + share * first / len(self))

    def nearest_first(self, is_approximate: bool) -> Task[tuple[Places, Float64]]:
        """The `k` nearest of what is kept, compared in float64, and their cosines: both [n, k]."""
        from gloveui.core import neighbour_kernels as kernels  # compiled code: loaded when first needed

        neighbours, cosines = np.empty((self.asked, self.k), np.int32), np.empty((self.asked, self.k))
        margin = 2 * (self._units.shape[1] + 4) * ROUNDING  # how far rounding can move two products
        for first in range(0, self.asked, ROWS):
            rows = np.arange(first, min(first + ROWS, self.asked), dtype=np.int32)
            kept, found = self._kept[rows], np.empty((len(rows), self._kept.shape[1]))
            kernels.exact_cosines(self._vectors, self._norms, rows, kept, found)
            neighbours[rows], cosines[rows] = _first(kept, found.round(DIGITS), self.k)
            if self.k and self._kept.shape[1] < len(self) - 1 and not is_approximate:
                unsure = cosines[rows, -1] <= self._scores[rows].min(axis=1) + margin
                again = self._compared_exactly(rows[unsure])
                neighbours[rows[unsure]], cosines[rows[unsure]] = yield from again
            yield Progress("nearest", 0.9 + 0.1 * first / self.asked)
        return neighbours, cosines

    def _compared_exactly(self, rows: Places) -> Task[tuple[Places, Float64]]:
        """The nearest of all words to some, every product made in float64."""
        from gloveui.core import neighbour_kernels as kernels  # compiled code: loaded when first needed

        kept, cosines = np.full((len(rows), self.k), UNSET, np.int32), np.full((len(rows), self.k), -np.inf)
        for first in range(0, len(self) if len(rows) else 0, COLUMNS):
            others = np.arange(first, min(first + COLUMNS, len(self)), dtype=np.int32)
            found = np.empty((len(rows), len(others)))
            columns = np.broadcast_to(others, found.shape)
            kernels.exact_cosines(self._vectors, self._norms, rows, np.ascontiguousarray(columns), found)
            kernels.keep_largest(found.round(DIGITS), others, rows, cosines, kept)
            yield Progress("nearest", 0.9)
        return _first(kept, cosines, self.k)

    def _nearest_kept(self) -> Places:
        """int32 [n, m]: the nearest of what is kept for each word, by the products in float32."""
        count = min(NEAR, self._kept.shape[1])
        near = np.empty((len(self), count), np.int32)
        for first in range(0, len(self), ROWS):
            block = slice(first, first + ROWS)
            order = np.argsort(-self._scores[block], axis=1, kind="stable")[:, :count]
            near[block] = np.take_along_axis(self._kept[block], order, 1)
        return near


def _first(kept: Places, cosines: Float64, k: int) -> tuple[Places, Float64]:
    """The `k` largest cosines of each row and their words, ties by place."""
    order = np.lexsort((kept, -cosines))[:, :k]
    return np.take_along_axis(kept, order, 1), np.take_along_axis(cosines, order, 1)
