"""Counting the rows of X: where words stand, and the words around these places, on several threads."""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gloveui.core.crew import Crew, Work

PIECE_IDS = 1 << 21  # scanned in about 10 ms
PIECE_CONTEXTS = 1 << 21  # counted in about 10 ms
CHUNK_CONTEXTS = 1 << 22  # rows that are handed to a thread together
FEWEST_CHUNKS = 16
MOST_LANES = 8  # parts of the text that are indexed at the same time; each has a number for every word
MOST_INT32 = 2**31 - 1


@dataclass(frozen=True, slots=True, eq=False)
class CountedText:
    """A text, and which pairs in it count how much.

    Attributes
    ----------
    ids
        int32, read-only: word by word, -1 at a sentence's end.
    words
        Words with an id below this are counted.
    keeps_place
        Whether the others take a place when distances are counted.
    left, right
        int64, shape (window,), or (0,) for a side that is not looked at: the weight by distance, from 1.
    unit
        In what part of 1 the weights are given.
    """

    ids: NDArray[np.int32]
    words: int
    keeps_place: bool
    left: NDArray[np.int64]
    right: NDArray[np.int64]
    unit: int

    @property
    def reach(self) -> int:
        """Words looked at around each."""
        return len(self.left) + len(self.right)

    @property
    def position_work(self) -> int:
        """How many times longer it takes to count around a word than to pass by it in a scan."""
        return 4 + self.reach

    @property
    def position_type(self) -> type[np.int32 | np.int64]:
        """What the index keeps positions in."""
        return np.int32 if len(self.ids) <= MOST_INT32 else np.int64


@dataclass(frozen=True, slots=True, eq=False)
class WordIndex:
    """Where words stand: the n-th one at ``positions[starts[n]:starts[n + 1]]``, ascending."""

    starts: NDArray[np.int64]
    positions: NDArray[Any]


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Rows of X that follow one another.

    Attributes
    ----------
    lengths
        int64, shape (rows,): the pairs of each.
    columns, values
        int32 and float32, shape (pairs,): context words, ascending in each row, and counts.
    """

    lengths: NDArray[np.int64]
    columns: NDArray[np.int32]
    values: NDArray[np.float32]


def index_words(text: CountedText, chosen: NDArray[np.int32], crew: Crew) -> Generator[None, None, WordIndex]:
    """Find where some words stand (the n-th of them in `chosen`), in two scans of the text."""
    from gloveui.core import cooccurrence_kernels as kernels  # compiled code: loaded when first needed

    slots = np.full(text.words, -1, np.int32)
    slots[chosen] = np.arange(len(chosen), dtype=np.int32)
    lanes = min(crew.threads, MOST_LANES)
    cuts = [len(text.ids) * lane // lanes for lane in range(lanes + 1)]
    counts = np.zeros((lanes, len(chosen)), np.int64)

    def count(lane: int) -> Work[None]:
        for piece in _pieces(cuts[lane], cuts[lane + 1]):
            kernels.count_words(text.ids[piece], slots, counts[lane])
            yield piece.stop - piece.start

    for _ in crew.results(map(count, range(lanes))):
        yield
    starts = np.concatenate([[0], np.cumsum(counts.sum(axis=0))])
    places = starts[:-1] + np.cumsum(counts, axis=0) - counts
    positions = np.empty(starts[-1], text.position_type)

    def place(lane: int) -> Work[None]:
        for piece in _pieces(cuts[lane], cuts[lane + 1]):
            kernels.place_words(text.ids[piece], piece.start, slots, places[lane], positions)
            yield piece.stop - piece.start

    for _ in crew.results(map(place, range(lanes))):
        yield
    return WordIndex(starts, positions)


def count_rows(text: CountedText, index: WordIndex, most_pairs: int, crew: Crew) -> Iterator[Rows | None]:
    """The rows of all words in an index, some at a time; None whenever a beat passes without any.

    Room is kept for at most `most_pairs` at a time, or for one row.
    """
    from gloveui.core import cooccurrence_kernels as kernels  # compiled code: loaded when first needed

    frequencies = np.diff(index.starts)
    limits = np.minimum(frequencies * text.reach, text.words)
    cuts = _chunks(frequencies * text.reach + limits, limits, most_pairs)
    size = -(-text.words // kernels.COLUMN_BLOCK) * kernels.COLUMN_BLOCK

    spare: deque[tuple[NDArray[np.int64], NDArray[np.uint8]]] = deque()  # all zeros

    def zeros() -> tuple[NDArray[np.int64], NDArray[np.uint8]]:
        with suppress(IndexError):
            return spare.pop()
        return np.zeros(size, np.int64), np.zeros(size // kernels.COLUMNS_A_MARK, np.uint8)

    def count_chunk(chunk: int) -> Work[Rows]:
        first, last = int(cuts[chunk]), int(cuts[chunk + 1])
        room = int(limits[first:last].sum()) + 1
        columns, values = np.empty(room, np.int32), np.empty(room, np.float32)
        row_ends = np.empty(last - first, np.int64)
        sums, marks = zeros()
        done = (first, int(index.starts[first]), 0)
        while done[0] < last:
            before = done[1]
            done = kernels.count_rows(
                text.ids,
                text.words,
                text.keeps_place,
                text.left,
                text.right,
                float(text.unit),
                index.starts,
                index.positions,
                first,
                last,
                done,
                max(1, PIECE_CONTEXTS // text.reach),
                sums,
                marks,
                columns,
                values,
                row_ends,
            )
            yield (done[1] - before) * text.position_work
        spare.append((sums, marks))
        return Rows(np.diff(row_ends, prepend=0), columns[: done[2]], values[: done[2]])

    return crew.results(map(count_chunk, range(len(cuts) - 1)))


def _pieces(first: int, last: int) -> Iterator[slice]:
    for start in range(first, last, PIECE_IDS):
        yield slice(start, min(start + PIECE_IDS, last))


def _chunks(work: NDArray[np.int64], limits: NDArray[np.int64], most_pairs: int) -> NDArray[np.int64]:
    """Row numbers that cut rows into chunks of about equal work, and not too large a result."""
    chunk_work = min(CHUNK_CONTEXTS, work.sum() / FEWEST_CHUNKS)
    shares = np.maximum(work / max(1, chunk_work), limits / most_pairs)
    chunks = np.floor(np.cumsum(shares)).astype(np.int64)
    return np.unique(np.concatenate([[0], np.flatnonzero(np.diff(chunks)) + 1, [len(work)]]))
