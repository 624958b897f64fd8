"""Words in the order in which people look them up."""

from __future__ import annotations

import heapq
import unicodedata
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from gloveui.core.progress import Progress, Task

WORDS_AT_ONCE = 2_000  # sorted without letting another thread go on, some 2 ms


def alphabet_key(word: str) -> tuple[str, str, str]:
    """Sorts words as people do: first by letters, then by accents, then by case.

    Hangul taken apart into its letters has the same order as whole syllables.
    """
    folded = word.casefold()
    if folded.isascii():
        return folded, folded, word
    apart = unicodedata.normalize("NFKD", folded)
    letters = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return letters, folded, word


def alphabetical_order(words: Sequence[str], stage: str, end: float = 1.0) -> Task[NDArray[np.int64]]:
    """Places of the words from the first of the alphabet to the last, int64; equal ones stay in their order.

    Sorted in pieces, then merged: one call that sorts all would hold up every other thread. Each Progress
    carries a fraction up to `end`.
    """
    pieces = []
    for first in range(0, len(words), WORDS_AT_ONCE):
        piece = words[first : first + WORDS_AT_ONCE]
        pieces.append(sorted((alphabet_key(word), first + place) for place, word in enumerate(piece)))
        yield Progress(stage, 0.5 * end * first / len(words))
    places = np.empty(len(words), np.int64)
    for number, (_, place) in enumerate(heapq.merge(*pieces)):
        places[number] = place
        if number % WORDS_AT_ONCE == 0:
            yield Progress(stage, end * (0.5 + 0.5 * number / len(words)))
    return places
