"""Words that are spelled like one that is not there."""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import normalize

import numpy as np
from numpy.typing import NDArray

from gloveui.core.text import normalised
from gloveui.core.vocabulary import Vocabulary

MOST_SEARCHED = 40_000  # the most frequent words; rarer ones are seldom meant
LONGEST_WORD = 40
_FURTHEST = 3  # letters that may differ
_LENGTH_DIFFERENCE = 2
_EACH = 8_192  # words compared at a time: their rows stay in the cache, and other threads get a turn


def nearest_spellings(vocabulary: Vocabulary, word: str, limit: int = 4) -> list[str]:
    """At most `limit` words of the vocabulary that are spelled like `word`: nearest first, then by frequency.

    Compared is the number of letters left out, added, changed, or exchanged with their neighbour; of Hangul,
    those a syllable is made of. About one letter in three may differ.
    """
    word = normalised(word.strip(), lower=True)
    if not word or len(word) > LONGEST_WORD:
        return []
    typed = _letters(word)
    furthest = min(_FURTHEST, max(1, len(typed) // 3))
    found: list[tuple[int, int]] = []
    for candidates in _candidates(vocabulary, word):
        distances = edit_distances(typed, [_letters(vocabulary.word(index)) for index in candidates])
        near = np.flatnonzero(distances <= furthest)
        found += [(int(distances[place]), candidates[place]) for place in near]
    return [vocabulary.word(index) for _, index in sorted(found)[:limit]]


def edit_distances(typed: str, words: list[str]) -> NDArray[np.int8]:
    """int8, shape (n,): letters to leave out, add, change or exchange to get from `typed` to each word.

    Notes
    -----
    The optimal string alignment distance, row by row for all words at once.
    """
    longest = max(map(len, words), default=0)
    if not longest:
        return np.full(len(words), len(typed), np.int8)
    codes = np.array(words, f"<U{longest}").view(np.uint32).reshape(len(words), longest).T
    lengths = np.array([len(word) for word in words])
    steps = np.arange(longest + 1, dtype=np.int8)[:, None]
    row = np.repeat(steps, len(words), axis=1)
    before = row
    for place, letter in enumerate(map(ord, typed), start=1):
        differs = codes != letter
        new = np.empty_like(row)
        new[0] = place
        new[1:] = np.minimum(row[1:] + 1, row[:-1] + differs)
        if place > 1:
            is_exchanged = (codes[:-1] == letter) & (codes[1:] == ord(typed[place - 2]))
            new[2:] = np.where(is_exchanged, np.minimum(new[2:], before[:-2] + 1), new[2:])
        # Letters added in a row: the least of what stands to the left, each step away costing one.
        new = np.minimum.accumulate(new - steps, axis=0) + steps
        before, row = row, new
    return np.asarray(row[lengths, np.arange(len(words))])


def _candidates(vocabulary: Vocabulary, word: str) -> Iterator[list[int]]:
    """Ids of frequent words of about the same length, some at a time."""
    shortest, longest = len(word) - _LENGTH_DIFFERENCE, len(word) + _LENGTH_DIFFERENCE
    words = vocabulary.words[:MOST_SEARCHED]
    for first in range(0, len(words), _EACH):
        some = words[first : first + _EACH]
        yield [first + place for place, other in enumerate(some) if shortest <= len(other) <= longest]


def _letters(word: str) -> str:
    """The word itself, and of Hangul the letters of its syllables."""
    return word if word.isascii() else normalize("NFD", word)
