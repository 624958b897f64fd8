"""Word vectors by truncated SVD: of the counts (LSA), and of pointwise mutual information (PPMI)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from gloveui.core.baseline_settings import LsaSettings, PpmiSettings
from gloveui.core.cooccurrence import CooccurrenceMatrix
from gloveui.core.embedding import Embedding
from gloveui.core.errors import NothingToDecompose, TooFewDirections
from gloveui.core.progress import Progress, Task
from gloveui.core.resources import Resources
from gloveui.core.sparse_products import ENTRIES_AT_ONCE, SparseRows
from gloveui.core.truncated_svd import truncated_svd

NO_VARIANCE = 1e-10  # of the largest singular value: what is below is rounding

Float64s: TypeAlias = NDArray[np.float64]
Float32s: TypeAlias = NDArray[np.float32]
Int32s: TypeAlias = NDArray[np.int32]
Transform: TypeAlias = Callable[[Int32s, Int32s, Float64s], Float64s]  # of rows, columns and counts


@dataclass(frozen=True, eq=False)
class Margins:
    """Sums of the counts.

    Attributes
    ----------
    rows, columns
        float64, shape (V,): of each word, and of each context word.
    words_beside
        int64, shape (V,): how many words each context word occurs beside.
    """

    rows: Float64s
    columns: Float64s
    words_beside: NDArray[np.int64]

    @property
    def directions(self) -> int:
        """In how many directions the counts can vary at most."""
        return int(min(np.count_nonzero(self.rows), np.count_nonzero(self.columns)))


def lsa(matrix: CooccurrenceMatrix, settings: LsaSettings, resources: Resources) -> Task[Embedding]:
    """Latent semantic analysis of words by their context words: U·Sᵖ of the transformed counts.

    Raises
    ------
    TooFewDirections, NothingToDecompose

    Notes
    -----
    Deerwester, Dumais, Furnas, Landauer & Harshman (1990), with context words in the place of documents.
    See `LsaSettings` for what is decomposed.
    """
    margins = yield from _margins(matrix, settings.dimension)
    rows = yield from _transformed(matrix, _lsa_transform(settings.transform, margins))
    return (yield from _embedding(matrix, rows, settings, resources))


def ppmi(matrix: CooccurrenceMatrix, settings: PpmiSettings, resources: Resources) -> Task[Embedding]:
    """U·Sᵖ of shifted positive pointwise mutual information.

    Raises
    ------
    TooFewDirections, NothingToDecompose

    Notes
    -----
    Levy, Goldberg & Dagan (2015), sections 2.1 and 3: max(0, ln P(i, j) / (P(i) P(j)) − ln k), where P(j)
    goes with the sum of the context's counts to the power of the smoothing.
    """
    margins = yield from _margins(matrix, settings.dimension)
    rows = yield from _transformed(matrix, _ppmi_transform(settings, margins))
    return (yield from _embedding(matrix, rows, settings, resources))


def _margins(matrix: CooccurrenceMatrix, dimension: int) -> Task[Margins]:
    """The sums of rows and columns; vectors of more numbers than the counts can fill are refused."""
    size = len(matrix.vocabulary)
    if dimension > size:
        raise TooFewDirections(most=size, received=dimension)
    margins = Margins(np.zeros(size), np.zeros(size), np.zeros(size, np.int64))
    for rows, columns, counts, fraction in _pieces(matrix):
        margins.rows[:] += np.bincount(rows, counts, size)
        margins.columns[:] += np.bincount(columns, counts, size)
        margins.words_beside[:] += np.bincount(columns, minlength=size)
        yield Progress("preparing", fraction / 2)
    if dimension > margins.directions:
        raise TooFewDirections(most=margins.directions, received=dimension)
    return margins


def _pieces(matrix: CooccurrenceMatrix) -> Iterator[tuple[Int32s, Int32s, Float64s, float]]:
    """Rows, columns and counts of pairs in order, some rows at a time, with the share that is done then."""
    starts, size = matrix.starts, len(matrix.vocabulary)
    begin = 0
    while begin < size:
        end = int(np.searchsorted(starts, starts[begin] + ENTRIES_AT_ONCE, side="right")) - 1
        end = max(begin + 1, end)
        lengths = np.diff(starts[begin : end + 1])
        rows = np.repeat(np.arange(begin, end, dtype=np.int32), lengths)
        entries = slice(starts[begin], starts[end])
        counts = matrix.values[entries].astype(np.float64)
        yield rows, matrix.columns[entries], counts, float(starts[end] / max(1, starts[-1]))
        begin = end


def _lsa_transform(name: str, margins: Margins) -> Transform:
    """A function from pairs to the values that are decomposed."""
    if name == "counts":
        return lambda rows, columns, counts: counts
    if name == "log":
        return lambda rows, columns, counts: np.log1p(counts)
    rarity = np.log(len(margins.rows) / np.maximum(margins.words_beside, 1))
    return lambda rows, columns, counts: np.log1p(counts) * rarity[columns]


def _ppmi_transform(settings: PpmiSettings, margins: Margins) -> Transform:
    """A function from pairs to shifted positive PMI."""
    occurs = margins.columns > 0
    smoothed = np.where(occurs, margins.columns, 1.0) ** settings.smoothing
    contexts = np.log(smoothed / smoothed[occurs].sum()) + np.log(settings.shift)
    words = np.log(np.where(margins.rows > 0, margins.rows, 1.0))
    return lambda rows, columns, counts: np.maximum(0.0, np.log(counts) - words[rows] - contexts[columns])


def _transformed(matrix: CooccurrenceMatrix, transform: Transform) -> Task[SparseRows]:
    """The values that are decomposed; zeros among them are left out."""
    columns = np.empty(matrix.nonzeros, np.int32)  # memory that is not written to is not taken
    values = np.empty(matrix.nonzeros, np.float32)
    lengths = np.zeros(len(matrix.vocabulary) + 1, np.int64)
    done = 0
    for rows, contexts, counts, fraction in _pieces(matrix):
        found = transform(rows, contexts, counts).astype(np.float32)
        kept = found != 0
        end = done + int(np.count_nonzero(kept))
        columns[done:end], values[done:end] = contexts[kept], found[kept]
        lengths[1:] += np.bincount(rows[kept], minlength=len(matrix.vocabulary))
        done = end
        yield Progress("preparing", (1 + fraction) / 2)
    if done == 0:
        raise NothingToDecompose()
    return SparseRows(np.cumsum(lengths), columns[:done], values[:done])


def _embedding(
    matrix: CooccurrenceMatrix,
    rows: SparseRows,
    settings: LsaSettings | PpmiSettings,
    resources: Resources,
) -> Task[Embedding]:
    """U·Sᵖ as vectors; refuses what are fewer directions than numbers in a vector."""
    dimension = settings.dimension
    found = yield from truncated_svd(rows, dimension, settings.seed, resources)
    directions = int(np.count_nonzero(found.values > NO_VARIANCE * found.values[0]))
    if directions < dimension:
        raise TooFewDirections(most=directions, received=dimension)
    vectors = np.asarray(found.left * found.values**settings.exponent, np.float32)
    return Embedding(matrix.vocabulary, vectors)
