"""How often words occur near each other: the co-occurrence matrix X."""

from __future__ import annotations

import math
from collections.abc import Generator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from gloveui.core.count_plan import (
    ESTIMATE_MARGIN,
    CountEstimate,
    CountPlan,
    draw_sample,
    estimate,
    full_work,
    plan,
    sample_work,
)
from gloveui.core.crew import Crew
from gloveui.core.errors import NoPairs, NoWordFrequentEnough
from gloveui.core.progress import Progress, Task
from gloveui.core.resources import Resources
from gloveui.core.row_counting import CountedText, count_rows, index_words
from gloveui.core.row_store import PAIR_BYTES, DiskRows, MemoryRows, RowStore
from gloveui.core.scratch import check_disk
from gloveui.core.setting_checks import choice, flag, put_checked, whole_number
from gloveui.core.tokens import TokenStream
from gloveui.core.vocabulary import Vocabulary

if TYPE_CHECKING:
    from scipy.sparse import coo_matrix

T = TypeVar("T")

DIRECTIONS = ("both", "left", "right")
WEIGHTINGS = ("inverse", "flat")
LARGEST_WINDOW = 1_000
LARGEST_EXACT_WINDOW = 22  # up to here sums of 1/d are exact, see `exact_weights`
FINEST_UNIT = 2**36


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

    Columns and values may lie in files and be read through memory maps.

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
        for array in self._arrays:
            array.setflags(write=False)

    @property
    def _arrays(self) -> tuple[NDArray[Any], ...]:
        return self.starts, self.columns, self.values

    @property
    def nonzeros(self) -> int:
        """How many pairs occur at all."""
        return len(self.values)

    @property
    def memory_bytes(self) -> int:
        """Memory of those of the three arrays that are not in a file."""
        return sum(array.nbytes for array in self._arrays if not _is_mapped(array))

    @property
    def disk_bytes(self) -> int:
        """Size of the arrays that lie in files."""
        return sum(array.nbytes for array in self._arrays if _is_mapped(array))

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
    """Count weighted word pairs inside sentences; each Progress after the first carries the fraction done.

    What does not fit in the memory of `resources` is counted in several passes over the text, and written to
    temporary files; the result is the same.

    Raises
    ------
    NoWordFrequentEnough
        If no word reaches the minimum count.
    NoPairs
        If no two words that are kept stand beside each other in a sentence.
    NotEnoughDisk
        If the result does not fit on the disk either.

    Notes
    -----
    Pennington, Socher & Manning (2014), section 4.2; X_ij += 1/d for every j within the window of i. The
    result does not depend on the number of threads.
    """
    yield Progress("preparing")
    vocabulary = kept_vocabulary(stream.vocabulary, options)
    text, frequencies = counted_text(stream, vocabulary, options), vocabulary.counts
    sample, budget = draw_sample(text, frequencies), resources.memory_bytes
    with Crew(resources.thread_count) as crew:
        sampling, work = sample_work(text, frequencies, sample), full_work(text, frequencies)
        share = sampling / (sampling + work)
        estimating = estimate(text, frequencies, sample, crew)
        expected = yield from _told(estimating, crew, "counting", sampling, 0.0, share)
        course = plan(text, frequencies, expected, crew.threads, budget)
        if course.is_on_disk:
            check_disk(expected.nonzeros * PAIR_BYTES, resources.scratch_folder)
        with _store(course, expected, resources) as store:
            counting = _count_passes(text, course, store, crew)
            work = full_work(text, frequencies, len(course.cuts) - 1)
            lengths = yield from _told(counting, crew, "counting", work, share, 1.0)
            starts = np.concatenate([[0], np.cumsum(lengths)])
            if starts[-1] == 0:
                raise NoPairs(path=stream.summary.name)
            return CooccurrenceMatrix(starts, *store.arrays(), vocabulary, options)


def estimate_counting(
    stream: TokenStream, options: CountOptions, resources: Resources
) -> Task[CountEstimate]:
    """What `count_cooccurrences` will take, exactly for small texts, else from a sample of rows.

    Raises
    ------
    NoWordFrequentEnough
        If no word reaches the minimum count.
    """
    vocabulary = kept_vocabulary(stream.vocabulary, options)
    text, frequencies = counted_text(stream, vocabulary, options), vocabulary.counts
    sample = draw_sample(text, frequencies)
    yield Progress("estimating", 0.0)
    with Crew(resources.thread_count) as crew:
        estimating = estimate(text, frequencies, sample, crew)
        work = sample_work(text, frequencies, sample)
        return (yield from _told(estimating, crew, "estimating", work, 0.0, 1.0))


def kept_vocabulary(vocabulary: Vocabulary, options: CountOptions) -> Vocabulary:
    """The words frequent enough; they are the first ones, so ids stay as they are."""
    size = int(np.searchsorted(-vocabulary.counts, -options.min_count, side="right"))
    if size == 0:
        raise NoWordFrequentEnough(min_count=options.min_count, received=int(vocabulary.counts[0]))
    return vocabulary.most_frequent(min(size, options.max_vocabulary or size))


def counted_text(stream: TokenStream, vocabulary: Vocabulary, options: CountOptions) -> CountedText:
    """The ids of a text with the words that are kept, and the weights of its pairs."""
    weights, unit = exact_weights(options.window, options.weighting, int(vocabulary.counts[0]))
    ids = np.asarray(stream.ids).view()
    ids.setflags(write=False)  # kernels are compiled for arrays of this kind
    return CountedText(
        ids,
        len(vocabulary),
        options.keep_positions,
        weights if options.direction != "right" else weights[:0],
        weights if options.direction != "left" else weights[:0],
        unit,
    )


def exact_weights(window: int, weighting: str, most_frequent: int = 1) -> tuple[NDArray[np.int64], int]:
    """Weights by distance as whole multiples of a unit (int64), and how many units are 1.

    Sums of 1/d are rounded differently in each order; sums of whole numbers are not. With the unit one over
    the least common multiple of 1 … window, counts are exact and the matrix is symmetric to the last bit. For
    windows above 22 that would be too fine; there the unit is 2⁻³⁶, to which 1/d is rounded. It is larger
    where a word that occurs `most_frequent` times beside itself could outgrow 64 bits.
    """
    distances = np.arange(1, window + 1)
    if weighting == "flat":
        return np.ones(window, np.int64), 1
    unit = math.lcm(*range(1, window + 1)) if window <= LARGEST_EXACT_WINDOW else FINEST_UNIT
    largest = math.ceil(2 * most_frequent * float((1 / distances).sum() + window / unit))
    if unit * largest >= 2**63:
        unit = 2 ** (62 - largest.bit_length())
    return np.rint(unit / distances).astype(np.int64), unit


def _told(
    steps: Generator[None, None, T], crew: Crew, stage: str, work: int, begin: float, end: float
) -> Task[T]:
    """The result of some steps; after each, the fraction between `begin` and `end` that a crew has done."""
    done_before = crew.done
    while True:
        try:
            next(steps)
        except StopIteration as stop:
            result: T = stop.value
            return result
        share = min(1.0, (crew.done - done_before) / work)
        yield Progress(stage, begin * (1 - share) + end * share)


def _store(course: CountPlan, expected: CountEstimate, resources: Resources) -> RowStore:
    if course.is_on_disk:
        return DiskRows(resources.scratch_folder)
    return MemoryRows(int(expected.nonzeros * ESTIMATE_MARGIN))


def _count_passes(
    text: CountedText, course: CountPlan, store: RowStore, crew: Crew
) -> Generator[None, None, NDArray[np.int64]]:
    """Count the words of each pass into a store; returns the pairs of each row."""
    lengths = []
    for first, last in pairwise(course.cuts):
        index = yield from index_words(text, np.arange(first, last, dtype=np.int32), crew)
        for rows in count_rows(text, index, course.most_pairs, crew):
            if rows is not None:
                store.append(rows.columns, rows.values)
                lengths.append(rows.lengths)
            yield
    return np.concatenate(lengths)


def _is_mapped(array: NDArray[Any]) -> bool:
    owner: object = array
    while isinstance(owner, np.ndarray) and not isinstance(owner, np.memmap):
        owner = owner.base
    return isinstance(owner, np.memmap)
