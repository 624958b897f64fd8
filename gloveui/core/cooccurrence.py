"""How often words occur near each other: the co-occurrence matrix X."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from gloveui.core.errors import NoPairs, NoWordFrequentEnough
from gloveui.core.parallel import map_in_order
from gloveui.core.progress import Progress, Task
from gloveui.core.resources import Resources
from gloveui.core.setting_checks import choice, flag, put_checked, whole_number
from gloveui.core.tokens import TokenStream
from gloveui.core.vocabulary import Vocabulary

if TYPE_CHECKING:
    from scipy.sparse import coo_matrix

DIRECTIONS = ("both", "left", "right")
WEIGHTINGS = ("inverse", "flat")
LARGEST_WINDOW = 1_000
PASSED_OVER = -2
CHUNKS = 64  # of rows, of equal work; also how often progress is reported
LARGEST_EXACT_WINDOW = 22  # up to here sums of 1/d are exact, see `exact_weights`


@dataclass(frozen=True, slots=True)
class CountOptions:
    """Which pairs count, and how much.

    Attributes
    ----------
    window
        Words looked at on a side.
    direction
        Sides looked at: ``"both"``, ``"left"`` or ``"right"`` of the centre word.
    weighting
        A context word d words away counts ``"inverse"``: 1/d, or ``"flat"``: 1.
    min_count
        Words that occur less often are left out.
    max_vocabulary
        Only this many of the most frequent words are kept; 0 for all.
    keep_positions
        Whether words left out still take their place when distances are counted (else they are dropped
        before).

    Raises
    ------
    SettingError
        If a value is out of its bounds or of another type.
    """

    window: int = 10
    direction: str = "both"
    weighting: str = "inverse"
    min_count: int = 5
    max_vocabulary: int = 0
    keep_positions: bool = False

    def __post_init__(self) -> None:
        put_checked(
            self,
            window=whole_number("window", self.window, 1, LARGEST_WINDOW),
            direction=choice("direction", self.direction, DIRECTIONS),
            weighting=choice("weighting", self.weighting, WEIGHTINGS),
            min_count=whole_number("min_count", self.min_count, 1),
            max_vocabulary=whole_number("max_vocabulary", self.max_vocabulary, 0),
            keep_positions=flag("keep_positions", self.keep_positions),
        )


@dataclass(frozen=True, eq=False)
class CooccurrenceMatrix:
    """The counts X, sparse by rows, with the words and the options that made it.

    Attributes
    ----------
    starts
        int64, shape (V + 1,): row i is the entries ``starts[i]`` to ``starts[i + 1]``.
    columns
        int32, shape (nonzeros,): context words, ascending in each row.
    values
        float32, shape (nonzeros,): counts, all above zero and finite.
    vocabulary, options
        Words of rows and columns, and how they were counted.
    """

    starts: NDArray[np.int64]
    columns: NDArray[np.int32]
    values: NDArray[np.float32]
    vocabulary: Vocabulary
    options: CountOptions

    def __post_init__(self) -> None:
        for array in (self.starts, self.columns, self.values):
            array.setflags(write=False)

    @property
    def nonzeros(self) -> int:
        """How many pairs occur at all."""
        return len(self.values)

    @property
    def memory_bytes(self) -> int:
        """Memory of the three arrays."""
        return self.starts.nbytes + self.columns.nbytes + self.values.nbytes

    def row(self, word: int) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """Context words and counts of one word: int32 and float32, shape (n,)."""
        entries = slice(self.starts[word], self.starts[word + 1])
        return self.columns[entries], self.values[entries]

    def row_sum(self, word: int) -> float:
        """Σ_k X_ik, the denominator of P(k|i)."""
        return float(self.row(word)[1].sum(dtype=np.float64))

    def count(self, word: int, context: int) -> float:
        """X_ij; 0 for a pair that never occurs."""
        columns, values = self.row(word)
        place = int(np.searchsorted(columns, context))
        return float(values[place]) if place < len(columns) and columns[place] == context else 0.0

    def to_scipy(self) -> coo_matrix:
        """A scipy COO matrix, float32, shape (V, V)."""
        from scipy.sparse import coo_matrix

        size = len(self.vocabulary)
        rows = np.repeat(np.arange(size, dtype=np.int32), np.diff(self.starts))
        return coo_matrix((self.values, (rows, self.columns)), shape=(size, size))


def count_cooccurrences(
    stream: TokenStream, options: CountOptions, resources: Resources
) -> Task[CooccurrenceMatrix]:
    """Count weighted word pairs inside sentences; each Progress carries the fraction of rows done.

    Raises
    ------
    NoWordFrequentEnough
        If no word reaches the minimum count.
    NoPairs
        If no two words that are kept stand beside each other in a sentence.

    Notes
    -----
    Pennington, Socher & Manning (2014), section 4.2; X_ij += 1/d for every j within the window of i. The
    result does not depend on the number of threads.
    """
    vocabulary = kept_vocabulary(stream.vocabulary, options)
    yield Progress("counting", 0.0)
    from gloveui.core import cooccurrence_kernels as kernels  # compiled code: loaded when first needed

    ids = kept_ids(stream.ids, len(vocabulary), options.keep_positions)
    starts, positions = kernels.positions_by_word(ids, len(vocabulary))
    # The opposite side is counted, and the result transposed: that sorts the columns of each row on the way.
    weights, unit = exact_weights(options.window, options.weighting)
    nothing = weights[:0]
    left = weights if options.direction != "left" else nothing
    right = weights if options.direction != "right" else nothing
    limits = np.minimum(np.diff(starts) * (len(left) + len(right)), len(vocabulary))
    cuts = _equal_work(np.diff(starts), limits)

    def count_chunk(chunk: int) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.float32]]:
        first, last = int(cuts[chunk]), int(cuts[chunk + 1])
        room = int(limits[first:last].sum())
        contexts, values = np.empty(room, np.int32), np.empty(room, np.float64)
        row_ends = np.empty(last - first, np.int64)
        used = kernels.count_rows(
            ids, starts, positions, first, last, left, right, contexts, values, row_ends
        )
        return row_ends, contexts[:used].copy(), (values[:used] / unit).astype(np.float32)

    parts = []
    for part in map_in_order(count_chunk, range(len(cuts) - 1), resources.thread_count):
        parts.append(part)
        yield Progress("counting", len(parts) / (len(cuts) - 1))
    lengths = np.concatenate([np.diff(part[0], prepend=0) for part in parts])
    row_starts = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    if row_starts[-1] == 0:
        raise NoPairs(path=stream.summary.name)
    columns, values = np.concatenate([part[1] for part in parts]), np.concatenate([part[2] for part in parts])
    parts.clear()
    return CooccurrenceMatrix(*kernels.transpose(row_starts, columns, values), vocabulary, options)


def kept_vocabulary(vocabulary: Vocabulary, options: CountOptions) -> Vocabulary:
    """The words frequent enough; they are the first ones, so ids stay as they are."""
    size = int(np.searchsorted(-vocabulary.counts, -options.min_count, side="right"))
    if size == 0:
        raise NoWordFrequentEnough(min_count=options.min_count, received=int(vocabulary.counts[0]))
    return vocabulary.most_frequent(min(size, options.max_vocabulary or size))


def kept_ids(ids: NDArray[np.int32], words: int, keep_positions: bool) -> NDArray[np.int32]:
    """Ids without the words beyond `words`, which are dropped or, to keep their place, become -2."""
    if keep_positions:
        return np.where(ids < words, ids, np.int32(PASSED_OVER))
    return ids[ids < words]


def exact_weights(window: int, weighting: str) -> tuple[NDArray[np.float64], float]:
    """Weights by distance as whole multiples of a unit, and how many units are 1.

    Sums of 1/d are rounded differently in each order; sums of whole numbers are not. With the unit one over
    the least common multiple of 1 … window, counts are exact and the matrix is symmetric to the last bit. For
    windows above 22 the multiple outgrows float64; there the unit is 2⁻³⁶, to which 1/d is rounded.
    """
    distances = np.arange(1, window + 1)
    if weighting == "flat":
        return np.ones(window), 1.0
    unit = math.lcm(*range(1, window + 1)) if window <= LARGEST_EXACT_WINDOW else 2**36
    return np.rint(unit / distances), float(unit)


def _equal_work(frequencies: NDArray[np.int64], limits: NDArray[np.int64]) -> NDArray[np.int64]:
    """Row numbers that cut the rows into chunks of about equal work."""
    work = np.concatenate([[0], np.cumsum(frequencies + limits)])
    cuts = np.searchsorted(work, np.linspace(0, work[-1], CHUNKS + 1)[1:-1])
    return np.unique(np.concatenate([[0], cuts, [len(frequencies)]]))
