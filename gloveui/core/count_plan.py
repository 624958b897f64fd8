"""What counting will need, found by counting a few rows, and how to keep within a budget."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from gloveui.core.crew import WORKS_A_THREAD, Crew
from gloveui.core.resources import busy_cores
from gloveui.core.row_counting import MOST_LANES, CountedText, WordIndex, count_rows, index_words
from gloveui.core.row_store import PAIR_BYTES

SAMPLED_ROWS = 1_000
SMALL_TEXT = 1 << 21  # context words; so few are all counted
USUAL_PAIRS = 1 << 19  # room for the rows that one thread counts at a time
FEWEST_PAIRS = 1 << 12
MOST_PASSES = 32  # a text is not scanned more often, however small the budget
ESTIMATE_MARGIN = 1.1  # a result that is expected to be larger than this part of the budget goes to the disk
SCAN_SHARE = 2.5  # an index of all words takes longer than one of the sampled words, by this (measured)
KEPT_BYTES_A_SECOND = 1.5e9  # so fast a result is put together in memory that is fresh (measured)
PAIR_CONTEXTS = 10  # a pair takes as long to write down as so many context words to count (measured)


@dataclass(frozen=True, slots=True)
class CountEstimate:
    """What counting a text takes.

    Attributes
    ----------
    nonzeros
        Pairs of words that occur; exact for small texts.
    result_bytes
        Size of the matrix.
    working_bytes
        Memory on top of that while it is counted in memory.
    seconds
        Duration on this machine while it does nothing else.
    """

    nonzeros: int
    result_bytes: int
    working_bytes: int
    seconds: float

    def goes_to_disk(self, memory_bytes: int) -> bool:
        """Whether counting keeps the matrix in files, with so much memory to use."""
        return int(self.result_bytes * ESTIMATE_MARGIN) + self.working_bytes > memory_bytes


@dataclass(frozen=True, slots=True)
class CountPlan:
    """How a text is counted.

    Attributes
    ----------
    cuts
        Each pass counts the words from one of these to the next.
    most_pairs
        Room for the rows that one thread counts at a time.
    is_on_disk
        Whether the result is written to files.
    """

    cuts: tuple[int, ...]
    most_pairs: int
    is_on_disk: bool


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """Words whose rows are counted to learn how many pairs all rows have.

    Attributes
    ----------
    words
        int32, ascending: ids.
    pairs_for_one
        float64, of the same shape: for how many pairs of X each pair of the sample stands.
    is_all
        Whether these are all words.
    """

    words: NDArray[np.int32]
    pairs_for_one: NDArray[np.float64]
    is_all: bool


def draw_sample(text: CountedText, frequencies: NDArray[np.int64]) -> Sample:
    """All words of a small text; else rows drawn at even steps, larger ones as often as they are larger.

    A row is counted as far as its own column only: pairs of two frequent words are few, and take long.
    """
    if frequencies.sum() * text.reach <= SMALL_TEXT:
        return Sample(np.arange(text.words, dtype=np.int32), np.ones(text.words), True)
    window = max(len(text.left), len(text.right))
    limits = np.minimum(frequencies * 2 * window, np.arange(1, text.words + 1))
    masses = np.cumsum(limits)
    step = masses[-1] / SAMPLED_ROWS
    drawn = np.searchsorted(masses, (np.arange(SAMPLED_ROWS) + 0.5) * step)
    words, times = np.unique(drawn, return_counts=True)
    return Sample(words.astype(np.int32), times * step / limits[words], False)


def sample_work(text: CountedText, frequencies: NDArray[np.int64], sample: Sample) -> int:
    """The work of `estimate`, as a crew counts it."""
    positions = int(frequencies[sample.words].sum())
    return 2 * len(text.ids) + sum(positions * part.position_work for part, _, _ in _parts(text, sample))


def full_work(text: CountedText, frequencies: NDArray[np.int64], passes: int = 1) -> int:
    """The work of counting all rows, as a crew counts it."""
    return 2 * len(text.ids) * passes + int(frequencies.sum()) * text.position_work


def estimate(
    text: CountedText, frequencies: NDArray[np.int64], sample: Sample, crew: Crew
) -> Generator[None, None, CountEstimate]:
    """Count a sample of rows, and conclude from them; `frequencies` says how often each word occurs."""
    yield from _load_kernels(text, crew)
    begin = crew.busy_seconds
    index = yield from index_words(text, sample.words, crew)
    indexed = crew.busy_seconds
    pairs, written = 0.0, 0
    for part, below, same in _parts(text, sample):
        part_pairs, part_written = yield from _pairs(part, index, sample, below, same, crew)
        pairs, written = pairs + part_pairs, written + part_written
    rows_seconds = crew.busy_seconds - indexed
    nonzeros = round(pairs)
    positions = int(frequencies.sum())
    result_bytes = nonzeros * PAIR_BYTES + (text.words + 1) * 8
    working_bytes = (
        _fixed_bytes(text, crew.threads)
        + positions * np.dtype(text.position_type).itemsize
        + min(result_bytes, crew.threads * WORKS_A_THREAD * USUAL_PAIRS * PAIR_BYTES)
    )
    rows_work = positions * text.reach + nonzeros * PAIR_CONTEXTS
    sampled_work = int(index.starts[-1]) * text.reach + written * PAIR_CONTEXTS
    busy_seconds = (
        crew.busy_seconds
        + (indexed - begin) * SCAN_SHARE
        + rows_seconds * rows_work / max(1, sampled_work)
        + result_bytes / KEPT_BYTES_A_SECOND
    )
    return CountEstimate(nonzeros, result_bytes, working_bytes, busy_seconds / busy_cores(crew.threads))


def plan(
    text: CountedText, frequencies: NDArray[np.int64], expected: CountEstimate, threads: int, budget: int
) -> CountPlan:
    """All at once where that fits in the budget; else row by row to the disk, in as few passes as fit."""
    if not expected.goes_to_disk(budget):
        return CountPlan((0, text.words), USUAL_PAIRS, False)
    spare = max(0, budget - _fixed_bytes(text, threads)) // 2
    pairs = spare // (PAIR_BYTES * WORKS_A_THREAD * threads)
    positions = np.concatenate([[0], np.cumsum(frequencies)])
    a_pass = max(spare // np.dtype(text.position_type).itemsize, -(-int(positions[-1]) // MOST_PASSES), 1)
    targets = np.arange(a_pass, positions[-1], a_pass)
    cuts = np.unique([0, *np.searchsorted(positions, targets), text.words])
    return CountPlan(tuple(cuts.tolist()), min(max(pairs, FEWEST_PAIRS), USUAL_PAIRS), True)


def _parts(text: CountedText, sample: Sample) -> list[tuple[CountedText, int, int]]:
    """What to count in the rows of a sample, and how often pairs below and on the diagonal count."""
    if sample.is_all:
        return [(text, 1, 1)]
    if len(text.left) == len(text.right):  # symmetric: what is below the diagonal is above it, too
        return [(text, 2, 1)]
    # Above the diagonal stands what the other side has below it.
    weights, nothing = (text.left, text.right) if len(text.left) else (text.right, text.left)
    one, other = replace(text, left=weights, right=nothing), replace(text, left=nothing, right=weights)
    return [(one, 1, 1), (other, 1, 0)]


def _pairs(
    text: CountedText, index: WordIndex, sample: Sample, below: int, same: int, crew: Crew
) -> Generator[None, None, tuple[float, int]]:
    """How many pairs of X the rows of a sample stand for, and how many were counted."""
    pairs, written, row = 0.0, 0, 0
    for rows in count_rows(text, index, USUAL_PAIRS, crew):
        if rows is not None:
            chosen = slice(row, row + len(rows.lengths))
            row = chosen.stop
            written += len(rows.columns)
            words = np.repeat(sample.words[chosen], rows.lengths)
            weights = np.repeat(sample.pairs_for_one[chosen], rows.lengths)
            if sample.is_all:
                pairs += len(words)
            else:
                times = below * (rows.columns < words) + same * (rows.columns == words)
                pairs += float(times @ weights)
        yield
    return pairs, written


def _load_kernels(text: CountedText, crew: Crew) -> Generator[None, None, None]:
    """Count nothing, so that what follows can be timed."""
    nothing = replace(text, ids=text.ids[:0])
    index = yield from index_words(nothing, np.zeros(1, np.int32), crew)
    for _ in count_rows(nothing, index, 1, crew):
        yield


def _fixed_bytes(text: CountedText, threads: int) -> int:
    """Memory that grows with the vocabulary: tables of the index, and one row of sums on each thread."""
    tables = 5 * 8 + 2 * 8 * min(threads, MOST_LANES)
    return text.words * (tables + 9 * threads)
