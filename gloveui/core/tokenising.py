"""The pieces of a text become ids on several threads, each with a table of its own."""

from __future__ import annotations

import itertools
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing

import numpy as np
from numpy.typing import NDArray

from gloveui.core.id_store import IdStore
from gloveui.core.progress import Progress, Task
from gloveui.core.reading_counts import ReadingCounts
from gloveui.core.text import TextPiece, TextSource, TextSummary
from gloveui.core.word_filter import WordFilter
from gloveui.core.word_table import WordTable

PIECES_AHEAD = 2  # a thread has so many waiting, and memory holds no more
WORDS_AT_ONCE = 1 << 16

# A vocabulary's words and counts, the ranks by id of each table, and how many words were cut.
Frequencies = tuple[list[str], NDArray[np.int64], list[NDArray[np.int32]], int]


class Tokenising:
    """Finds the words of a text.

    Parameters
    ----------
    prepare
        Makes of a piece what the kernels read.
    kinds
        What each character is; see `unicode_classes.kinds`.
    is_dropped
        Which words are left out of the text; None for none.
    """

    def __init__(
        self,
        prepare: Callable[[TextPiece], NDArray[np.uint8]],
        kinds: NDArray[np.uint8],
        is_dropped: Callable[[str], bool] | None = None,
    ) -> None:
        self._prepare = prepare
        self._kinds = kinds
        self._is_dropped = is_dropped
        self._tables: list[WordTable] = []
        self._own = threading.local()
        self._lock = threading.Lock()

    def run(self, source: TextSource, store: IdStore, threads: int) -> Task[TextSummary]:
        """Read a text to its end and put its ids into the store, in their order."""
        waiting: deque[tuple[float, Future[tuple[NDArray[np.int32], int]]]] = deque()

        def take_first() -> Progress:
            fraction, work = waiting.popleft()
            store.append(*work.result())
            types = max(map(len, self._tables))
            return Progress("reading", fraction, ReadingCounts(store.sentences, store.tokens, types))

        pool = ThreadPoolExecutor(threads, thread_name_prefix="gloveui-words")
        try:
            with closing(source.pieces()) as pieces:
                for number in itertools.count():
                    try:
                        piece = next(pieces)
                    except StopIteration as stop:
                        summary: TextSummary = stop.value
                        break
                    waiting.append((piece.fraction, pool.submit(self._ids, piece, number)))
                    if len(waiting) > threads * PIECES_AHEAD:
                        yield take_first()
            while waiting:
                yield take_first()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
        return summary

    def by_frequency(self) -> Task[Frequencies]:
        """All words, most frequent first (ties: first seen), and what their ids in each table become."""
        merged = self._tables[0] if self._tables else WordTable(self._kinds)
        numbers = [np.arange(len(merged), dtype=np.int32)]
        for table in self._tables[1:]:
            numbers.append(merged.absorb(table))
            yield Progress("sorting")
        counts = merged.counts
        order = _by_count(counts, merged.firsts)
        yield Progress("sorting")
        words: list[str] = []
        stays = np.ones(len(order), np.bool_)
        for first in range(0, len(order), WORDS_AT_ONCE):
            found = merged.words(order[first : first + WORDS_AT_ONCE])
            if self._is_dropped is not None:
                stays[first : first + len(found)] = [not self._is_dropped(word) for word in found]
                found = [word for word in found if not self._is_dropped(word)]
            words += found
            yield Progress("sorting")
        order = order[stays]
        rank = np.zeros(len(counts), np.int32)  # words that are left out have no place in the text
        rank[order] = np.arange(len(order), dtype=np.int32)
        return words, counts[order], [rank[ids] for ids in numbers], merged.cut_tokens

    def _ids(self, piece: TextPiece, number: int) -> tuple[NDArray[np.int32], int]:
        """The ids of a piece in the numbering of this thread's table, and that table's number.

        A thread gets its pieces in their order, so what its table meets first is first in the text.
        """
        if not hasattr(self._own, "table"):
            with self._lock:
                self._own.number = len(self._tables)
                self._own.table = WordTable(self._kinds)
                self._own.filter = WordFilter(self._own.table, self._is_dropped)
                self._tables.append(self._own.table)
        ids = self._own.table.ids_of(self._prepare(piece), number)
        return self._own.filter.kept(ids), self._own.number


def _by_count(counts: NDArray[np.int64], firsts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Ids, highest count first, ties in the order of `firsts`."""
    order = np.argsort(firsts)
    return order[np.argsort(-counts[order], kind="stable")]
