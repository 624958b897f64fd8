"""The order in which the places of a concordance are listed."""

from __future__ import annotations

from collections.abc import Sequence
from heapq import merge

import numpy as np
from numpy.typing import NDArray

from gloveui.core.concordance import Places
from gloveui.core.progress import Progress, Task
from gloveui.core.tokens import TokenStream

ORDERS = ("text", "distance", "left", "right")
LEVELS = 5  # words looked at on a side, the nearest first
WORDS_AT_ONCE = 20_000  # sorted in about 10 ms, during which nothing else runs


def ordered(stream: TokenStream, places: Places, order: str) -> Task[NDArray[np.int64]]:
    """Numbers of the places in one of `ORDERS`, int64; equal ones stay in the order of the text.

    ``"left"`` and ``"right"`` go by the alphabet of the words before or after the centre word, the nearest
    first; an end of the sentence comes before all words.
    """
    yield Progress("sorting", 0.0)
    if order == "text":
        return np.arange(len(places), dtype=np.int64)
    if order == "distance":
        return np.argsort(places.distances.astype(np.int16), kind="stable")
    return (yield from _by_words(stream, places.centres, -1 if order == "left" else 1))


def _by_words(stream: TokenStream, centres: NDArray[np.int64], step: int) -> Task[NDArray[np.int64]]:
    from gloveui.core.concordance_kernels import words_outward  # compiled code: loaded when first needed

    ids = np.asarray(stream.ids).view()
    ids.setflags(write=False)
    centres = np.asarray(centres).view()
    centres.setflags(write=False)
    result = np.arange(len(centres), dtype=np.int64)
    for level in range(LEVELS, 0, -1):
        words = words_outward(ids, centres, step, level)
        used, places = np.unique(words, return_inverse=True)
        yield Progress("sorting", (LEVELS - level + 0.5) / LEVELS)
        ranks = yield from _alphabetical_ranks(stream.vocabulary.words, used)
        result = result[np.argsort(ranks[places][result], kind="stable")]
        yield Progress("sorting", (LEVELS - level + 1) / LEVELS)
    return result


def _alphabetical_ranks(words: Sequence[str], used: NDArray[np.int32]) -> Task[NDArray[np.int32]]:
    """int32, shape (n,): the place in the alphabet of each id, without regard to case.

    -1, the end of a sentence, comes first.
    """
    names = ["" if index < 0 else words[index].casefold() for index in used.tolist()]
    runs = []
    for start in range(0, len(names), WORDS_AT_ONCE):
        runs.append(sorted(range(start, min(start + WORDS_AT_ONCE, len(names))), key=names.__getitem__))
        yield Progress("sorting")
    ranks = np.empty(len(names), np.int32)
    rank, before = -1, None
    for number in merge(*runs, key=names.__getitem__):
        rank += names[number] != before
        ranks[number], before = rank, names[number]
    return ranks
