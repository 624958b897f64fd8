"""Finds words by what they hold, begin with or match, and puts them in the order of the alphabet."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
import regex
from numpy.typing import NDArray

from gloveui.core.errors import PatternError, PatternTooSlow
from gloveui.core.progress import Progress, Task
from gloveui.core.text import normalised

FOLDED_AT_ONCE, MATCHED_AT_ONCE = 20_000, 2_000  # words a step: some milliseconds
LONGEST_PATTERN = 200  # characters
WORD_LIMIT_S, PATTERN_LIMIT_S = 0.1, 5.0  # for one word, and for all
_KEY_BYTES = 16
_WHOLE_BYTES = 3  # looked for in all letters at once; after that few places are left to look at
_END = ord("\n")  # no word of a text has one


@dataclass(frozen=True, eq=False)
class FoldedWords:
    """Words in lower case and NFC, one after another, so that all are searched at once.

    Attributes
    ----------
    letters
        uint8, shape (n,): the words in UTF-8, each with a line end after it.
    starts
        int64, shape (V + 1,): where each word begins; its last entry is the end of them all.
    owners
        int32, shape (n,): the word that each letter belongs to.
    """

    letters: NDArray[np.uint8]
    starts: NDArray[np.int64]
    owners: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.starts) - 1

    def holding(self, text: str) -> NDArray[np.int64]:
        """int64: ids of the words that hold a text; first itself, then those that begin with it, by id."""
        wanted = _folded(text)
        if not wanted:
            return np.arange(len(self))
        end = len(self.letters) - len(wanted)
        if end < 0:
            return np.empty(0, np.int64)
        is_there = self.letters[:end] == wanted[0]
        for offset, byte in enumerate(wanted[1:_WHOLE_BYTES], start=1):
            is_there &= self.letters[offset : end + offset] == byte
        places = np.flatnonzero(is_there)
        for offset, byte in enumerate(wanted[_WHOLE_BYTES:], start=_WHOLE_BYTES):
            places = places[self.letters[places + offset] == byte]
        found = np.zeros(len(self), bool)
        found[self.owners[places]] = True
        first = self.beginning_with(text)
        found[first] = False
        return np.concatenate([first, np.flatnonzero(found)])

    def beginning_with(self, text: str) -> NDArray[np.int64]:
        """int64: ids of the words that begin with a text; first itself, then the others, by id."""
        wanted = _folded(text)
        if not wanted:
            return np.arange(len(self))
        ids = np.flatnonzero(self._heads == wanted[0])
        for offset, byte in enumerate(wanted[1:], start=1):  # a word that has ended has a line end there
            ids = ids[self.letters[self.starts[ids] + offset] == byte]
        is_whole = self._lengths[ids] == len(wanted)
        return np.concatenate([ids[is_whole], ids[~is_whole]])

    def ranks(self) -> NDArray[np.int64]:
        """int64, shape (V,): the place of each word in the alphabet, the same for equal ones.

        Notes
        -----
        Bytes of UTF-8 are in the order of their characters. Whole columns are sorted by the first bytes, and
        only words that have all of these in common one by one.
        """
        keys = self._keys()
        order = np.lexsort((keys[:, 1], keys[:, 0]))
        is_new = np.ones(len(self), bool)
        is_new[1:] = (keys[order[1:]] != keys[order[:-1]]).any(axis=1)
        edges = np.append(np.flatnonzero(is_new), len(self))
        for run in np.flatnonzero(np.diff(edges) > 1).tolist():
            begin, end = int(edges[run]), int(edges[run + 1])
            if int(self._lengths[order[begin:end]].max()) > _KEY_BYTES:
                tied = sorted(order[begin:end].tolist(), key=self._word)
                order[begin:end] = tied
                changes = [self._word(a) != self._word(b) for a, b in pairwise(tied)]
                is_new[begin + 1 : end] = changes
        ranks = np.empty(len(self), np.int64)
        ranks[order] = np.cumsum(is_new) - 1
        return ranks

    @cached_property
    def _heads(self) -> NDArray[np.uint8]:
        """uint8, shape (V,): what each word begins with."""
        return self.letters[self.starts[:-1]]

    @cached_property
    def _lengths(self) -> NDArray[np.int64]:
        return np.diff(self.starts) - 1

    def _keys(self) -> NDArray[np.uint64]:
        """uint64, shape (V, 2): the first bytes of each word as numbers in the same order."""
        keys = np.zeros((len(self), _KEY_BYTES), np.uint8)
        for place in range(_KEY_BYTES):
            ids = np.flatnonzero(self._lengths > place)
            keys[ids, place] = self.letters[self.starts[ids] + place]
        return keys.view(">u8").astype(np.uint64)

    def _word(self, index: int) -> bytes:
        return self.letters[self.starts[index] : self.starts[index + 1] - 1].tobytes()


def fold_words(words: Sequence[str]) -> Task[FoldedWords]:
    """Prepare words for being searched."""
    parts = []
    for begin in range(0, len(words), FOLDED_AT_ONCE):
        part = words[begin : begin + FOLDED_AT_ONCE]
        joined = "\n".join(part)
        if joined.count("\n") != len(part) - 1:
            joined = "\n".join(word.replace("\n", " ") for word in part)
        parts.append(normalised(joined, lower=True).encode("utf-8", "replace") + b"\n")
        yield Progress("searching", begin / len(words))
    letters = np.frombuffer(b"".join(parts), np.uint8)
    starts = np.concatenate([[0], np.flatnonzero(letters == _END) + 1])
    owners = np.repeat(np.arange(len(words), dtype=np.int32), np.diff(starts))
    return FoldedWords(letters, starts, owners)


def words_matching(words: Sequence[str], pattern: str) -> Task[NDArray[np.int64]]:
    """Ids (int64) of the words that a regular expression is found in, whatever their case.

    Raises
    ------
    PatternError
        If it is none.
    PatternTooSlow
        If it takes more than a tenth of a second for a word, or five seconds of the processor for all.
    """
    compiled = _compiled(pattern)
    found: list[int] = []
    begun = time.thread_time()
    for begin in range(0, len(words), MATCHED_AT_ONCE):
        part = enumerate(words[begin : begin + MATCHED_AT_ONCE], begin)
        try:
            found += [index for index, word in part if compiled.search(word, timeout=WORD_LIMIT_S)]
        except TimeoutError:
            raise PatternTooSlow(received=pattern) from None
        if time.thread_time() - begun > PATTERN_LIMIT_S:
            raise PatternTooSlow(received=pattern)
        yield Progress("searching", begin / len(words))
    return np.array(found, np.int64)


def _compiled(pattern: str) -> regex.Pattern[str]:
    if len(pattern) > LONGEST_PATTERN:
        reason = f"more than {LONGEST_PATTERN} characters"
        raise PatternError(received=pattern[:20] + "…", reason=reason, position=LONGEST_PATTERN + 1)
    try:
        return regex.compile(normalised(pattern, lower=False), regex.IGNORECASE)
    except regex.error as error:
        place = getattr(error, "pos", None)  # the published types know neither of the two
        reason = getattr(error, "msg", str(error))
        raise PatternError(received=pattern, reason=reason, position=(place or 0) + 1) from error


def _folded(text: str) -> bytes:
    return normalised(text.replace("\n", " "), lower=True).encode("utf-8", "replace")
