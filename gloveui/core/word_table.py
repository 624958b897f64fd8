"""A growing hash table from words to ids; it holds the words' bytes, so that none is taken for another."""

from __future__ import annotations

import hashlib

import numpy as np
from numpy.typing import NDArray

from gloveui.core import token_kernels as kernels
from gloveui.core.token_kernels import FIELDS, LONGEST_TOKEN_BYTES
from gloveui.core.utf8_kernels import PADDING

FIRST_SLOTS = 1 << 15
GROWTH = 2
CACHE_LINE_BYTES = 64
WORDS_AT_ONCE = 1 << 16
LAST_PIECE = (1 << 31) - 1  # comes after every piece of a text


class WordTable:
    """Ids of words in the order in which this table first meets them.

    Parameters
    ----------
    kinds
        What each character is; see `unicode_classes.kinds`.
    """

    def __init__(self, kinds: NDArray[np.uint8]) -> None:
        self._kinds = kinds
        self._entries = _empty_entries(FIRST_SLOTS)
        self._arena = np.empty(0, np.uint8)
        self._ends = np.zeros(FIRST_SLOTS // 2 + 1, np.int64)
        self._firsts = np.empty(FIRST_SLOTS // 2, np.int64)
        self._size = 0
        self._long_words: set[bytes] = set()
        self._token_room = np.empty((2, 0), np.int32)  # kept: new memory for each piece would cost more

    def __len__(self) -> int:
        return self._size

    @property
    def cut_tokens(self) -> int:
        """Distinct words over 1,000 bytes, which are known by their beginning."""
        return len(self._long_words)

    @property
    def counts(self) -> NDArray[np.int64]:
        """int64, by id: how often each word was met."""
        counts = np.empty(self._size, np.int64)
        kernels.counts_by_word(self._entries, counts)
        return counts

    @property
    def firsts(self) -> NDArray[np.int64]:
        """int64, by id: numbers that rise from where each word was first met in the text to the next."""
        return self._firsts[: self._size]

    def words(self, ids: NDArray[np.int64]) -> list[str]:
        """The words with these ids."""
        data = np.empty(int((self._ends[ids + 1] - self._ends[ids]).sum()), np.uint8)
        kernels.gather_words(self._arena, self._ends, ids, data)
        return data.tobytes().decode().split("\n")[:-1]

    def ids_of(self, text: NDArray[np.uint8], piece: int) -> NDArray[np.int32]:
        """int32: the id of each word of a prepared text, -1 where a sentence ends, no two of these in a row.

        `piece` is its number; it rises from call to call.
        """
        return self._ids(text, *self._tokens(text), piece)

    def absorb(self, other: WordTable) -> NDArray[np.int32]:
        """Take in the words of another table of the same text; returns their ids in this one."""
        ids = np.empty(len(other), np.int32)
        for first in range(0, len(other), WORDS_AT_ONCE):
            last = min(first + WORDS_AT_ONCE, len(other))
            bounds = other._ends[first : last + 1]
            starts = (bounds[:-1] - bounds[0]).astype(np.int32)
            sizes = (np.diff(bounds) - 1).astype(np.int32)
            ids[first:last] = self._ids(other._arena[bounds[0] :], starts, sizes, LAST_PIECE)
        counts = np.zeros(len(self), np.int64)
        counts[ids] = other.counts - 1  # taking a word in has counted it once
        kernels.add_counts(self._entries, counts)
        self.firsts[ids] = np.minimum(self.firsts[ids], other.firsts)
        self._long_words |= other._long_words
        return ids

    def _ids(
        self, text: NDArray[np.uint8], starts: NDArray[np.int32], sizes: NDArray[np.int32], piece: int
    ) -> NDArray[np.int32]:
        ids = np.empty(len(sizes), np.int32)
        self._make_room(int(sizes.sum()) + len(sizes))
        done = 0
        while True:
            done, self._size = kernels.write_ids(
                text,
                starts,
                sizes,
                piece,
                done,
                self._entries,
                self._arena,
                self._ends,
                self._firsts,
                self._size,
                ids,
            )
            if done == len(sizes):
                return ids
            self._grow()

    def _tokens(self, text: NDArray[np.uint8]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Where each token starts, and its bytes, at most 1,000; 0 at a sentence's end."""
        size = len(text) - PADDING
        if size + 1 > self._token_room.shape[1]:
            self._token_room = np.empty((2, size + 1), np.int32)
        starts, sizes = self._token_room
        found = kernels.find_tokens(text, size, self._kinds, starts, sizes)
        starts, sizes = starts[:found], sizes[:found]
        if sizes.max(initial=0) > LONGEST_TOKEN_BYTES:
            self._cut_long_tokens(text, starts, sizes)
        return starts, sizes

    def _cut_long_tokens(
        self, text: NDArray[np.uint8], starts: NDArray[np.int32], sizes: NDArray[np.int32]
    ) -> None:
        long_tokens = np.empty((len(text) // LONGEST_TOKEN_BYTES, 2), np.int32)
        cut = kernels.cut_long_tokens(text, starts, sizes, long_tokens)
        for start, end in long_tokens[:cut].tolist():
            self._long_words.add(hashlib.sha256(text[start:end].tobytes()).digest())

    def _make_room(self, size: int) -> None:
        """Room for so many bytes of new words."""
        used = int(self._ends[self._size])
        needed = used + size + PADDING
        if needed > len(self._arena):
            arena = np.empty(max(needed, 2 * len(self._arena)), np.uint8)
            arena[:used] = self._arena[:used]
            self._arena = arena

    def _grow(self) -> None:
        """Room for more distinct words."""
        slots = len(self._entries) // FIELDS * GROWTH
        entries = _empty_entries(slots)
        kernels.rehash(self._entries, entries)
        self._entries = entries
        self._ends = _longer(self._ends, slots // 2 + 1)
        self._firsts = _longer(self._firsts, slots // 2)


def _empty_entries(slots: int) -> NDArray[np.uint64]:
    """Zeros that begin with a line of the cache, so that none of the entries lies in two."""
    entries = np.zeros(slots * FIELDS + CACHE_LINE_BYTES // 8, np.uint64)
    skipped = -entries.ctypes.data % CACHE_LINE_BYTES // 8
    return entries[skipped : skipped + slots * FIELDS]


def _longer(array: NDArray[np.int64], size: int) -> NDArray[np.int64]:
    longer = np.empty(size, np.int64)
    longer[: len(array)] = array
    return longer
