"""The order in which the places of a concordance are listed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from gloveui.core.alphabet import alphabetical_order
from gloveui.core.concordance import Places
from gloveui.core.progress import Progress, Task
from gloveui.core.tokens import TokenStream

ORDERS = ("text", "distance", "left", "right")
LEVELS = 5  # words looked at on a side, the nearest first


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

    ids, centres = np.asarray(stream.ids).view(), np.asarray(centres).view()
    for array in (ids, centres):
        array.setflags(write=False)  # kernels are compiled for arrays of this kind
    is_met = np.zeros(len(stream.vocabulary) + 1, np.bool_)  # the last: the end of a sentence, -1
    for level in range(1, LEVELS + 1):
        is_met[words_outward(ids, centres, step, level)] = True
        yield Progress("sorting", 0.0)
    ranks = yield from _alphabetical_ranks(stream.vocabulary.words, is_met)
    result = np.arange(len(centres), dtype=np.int64)
    for level in range(LEVELS, 0, -1):
        at_level = ranks[words_outward(ids, centres, step, level)]
        result = result[np.argsort(at_level[result], kind="stable")]
        yield Progress("sorting", 1 - 0.5 * (level - 1) / LEVELS)
    return result


def _alphabetical_ranks(words: Sequence[str], is_met: NDArray[np.bool_]) -> Task[NDArray[np.unsignedinteger]]:
    """Unsigned, shape (V + 1,): the place in the alphabet of each word that is met, without regard to case.

    The last, for an end of a sentence, is 0 and before all words.
    """
    used = np.flatnonzero(is_met[:-1])
    names = [words[index] for index in used.tolist()]
    order = yield from alphabetical_order(names, "sorting", 0.5)
    ranks = np.zeros(len(is_met), np.int32)
    rank, before = 0, None
    for place in order.tolist():
        name = names[place].casefold()
        rank += name != before
        ranks[used[place]], before = rank, name
    return ranks.astype(np.min_scalar_type(rank))  # numbers of 16 bits are sorted several times faster
