"""How the counts of pairs are spread: a fine histogram, ranks, and the share above a count."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gloveui.core.cooccurrence import CooccurrenceMatrix
from gloveui.core.parallel import map_in_order
from gloveui.core.progress import Progress, Task
from gloveui.core.resources import Resources

PIECE = 1 << 22  # counts that are looked at in some milliseconds
HALF = 1 << 16  # numbers that 16 bits can hold


@dataclass(frozen=True, eq=False)
class CountHistogram:
    """How many pairs have which count.

    Attributes
    ----------
    edges
        float64, shape (n + 1,), ascending: bin b holds counts from ``edges[b]`` up to, but not including,
        ``edges[b + 1]``. There are 128 bins from a count to its double.
    pairs
        int64, shape (n,). The first and the last are above 0.
    smallest, largest
        Of the counts themselves.
    """

    edges: NDArray[np.float64]
    pairs: NDArray[np.int64]
    smallest: float
    largest: float

    def __post_init__(self) -> None:
        above = np.concatenate([np.cumsum(self.pairs[::-1])[::-1], [0]])
        object.__setattr__(self, "_from_edge", above)
        for array in (self.edges, self.pairs, above):
            array.setflags(write=False)

    @property
    def total(self) -> int:
        """All pairs."""
        return int(self.pairs.sum())

    def share_from(self, count: float) -> float:
        """Share of the pairs with this count or a larger one, exact at an edge and even within a bin."""
        from_edge: NDArray[np.int64] = vars(self)["_from_edge"]
        if count <= self.smallest:
            return 1.0
        return float(np.interp(count, self.edges, from_edge)) / self.total

    def grouped(self, edges: NDArray[np.float64]) -> NDArray[np.float64]:
        """Pairs between wider edges: float64, shape (len(edges) - 1,); a bin that is cut counts in part."""
        from_edge: NDArray[np.int64] = vars(self)["_from_edge"]
        return -np.diff(np.interp(edges, self.edges, from_edge))


def count_histogram(matrix: CooccurrenceMatrix, resources: Resources) -> Task[CountHistogram]:
    """Sort all counts into bins, by the upper half of their bits: one pass over the values."""
    upper = yield from _upper_halves(matrix, resources)
    there = np.flatnonzero(upper)
    bins = np.arange(there[0], there[-1] + 2)
    smallest, largest = yield from _at_ranks(matrix, upper, [0, matrix.nonzeros - 1], resources)
    pairs = upper[there[0] : there[-1] + 1].copy()
    return CountHistogram(_float(bins << 16).astype(np.float64), pairs, float(smallest), float(largest))


def counts_at_ranks(
    matrix: CooccurrenceMatrix, ranks: Sequence[int], resources: Resources
) -> Task[NDArray[np.float32]]:
    """The counts that stand at these places (from 0) when all are sorted, smallest first; exact.

    Positive floats are in the order of their bits: two passes, over the upper and the lower half of these.
    """
    upper = yield from _upper_halves(matrix, resources)
    return (yield from _at_ranks(matrix, upper, ranks, resources))


def pairs_from(matrix: CooccurrenceMatrix, count: float) -> Task[int]:
    """How many pairs have this count (as float32) or a larger one."""
    pairs, limit = 0, np.float32(count)
    for piece in _pieces(matrix):
        pairs += int(np.count_nonzero(matrix.values[piece] >= limit))
        yield Progress("weighing", piece.stop / matrix.nonzeros)
    return pairs


def _upper_halves(matrix: CooccurrenceMatrix, resources: Resources) -> Task[NDArray[np.int64]]:
    from gloveui.core.fit_kernels import add_upper_bits  # compiled code: loaded when first needed

    def count(piece: slice) -> NDArray[np.int64]:
        pairs = np.zeros(HALF, np.int64)
        add_upper_bits(np.asarray(matrix.values), piece.start, piece.stop, pairs)
        return pairs

    return (yield from _added(count, matrix, resources, np.zeros(HALF, np.int64)))


def _at_ranks(
    matrix: CooccurrenceMatrix, upper: NDArray[np.int64], ranks: Sequence[int], resources: Resources
) -> Task[NDArray[np.float32]]:
    from gloveui.core.fit_kernels import add_lower_bits  # compiled code: loaded when first needed

    ends = np.cumsum(upper)
    halves = np.searchsorted(ends, ranks, side="right")  # of the bits, that each wanted count begins with
    wanted = np.unique(halves)
    slots = np.full(HALF, -1, np.int8)
    slots[wanted] = np.arange(len(wanted))

    def count(piece: slice) -> NDArray[np.int64]:
        pairs = np.zeros((len(wanted), HALF), np.int64)
        add_lower_bits(np.asarray(matrix.values), piece.start, piece.stop, slots, pairs)
        return pairs

    lower = yield from _added(count, matrix, resources, np.zeros((len(wanted), HALF), np.int64))
    found = []
    for rank, half in zip(ranks, halves, strict=True):
        within = rank - (ends[half] - upper[half])
        low = int(np.searchsorted(np.cumsum(lower[slots[half]]), within, side="right"))
        found.append((int(half) << 16) | low)
    return _float(np.array(found, np.int64))


def _added(
    count: Callable[[slice], NDArray[np.int64]],
    matrix: CooccurrenceMatrix,
    resources: Resources,
    total: NDArray[np.int64],
) -> Task[NDArray[np.int64]]:
    pieces = list(_pieces(matrix))
    for done, pairs in enumerate(map_in_order(count, pieces, resources.thread_count), start=1):
        total += pairs
        yield Progress("weighing", done / len(pieces))
    return total


def _pieces(matrix: CooccurrenceMatrix) -> Iterator[slice]:
    for first in range(0, matrix.nonzeros, PIECE):
        yield slice(first, min(first + PIECE, matrix.nonzeros))


def _float(bits: NDArray[Any]) -> NDArray[np.float32]:
    return bits.astype(np.uint32).view(np.float32)
