"""Which words of a matrix are shown, and in which order."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gloveui.core.alphabet import alphabetical_order
from gloveui.core.cooccurrence import CooccurrenceMatrix
from gloveui.core.progress import Progress, Task
from gloveui.core.resources import Resources
from gloveui.core.tokens import TokenStream

ORDERS = ("frequency", "alphabet", "first_seen", "similarity")
TOKENS_AT_ONCE = 4_000_000

Words = NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class WordOrder:
    """The words that are shown, each at its place; read-only.

    Attributes
    ----------
    ids
        int32, shape (n,): the word at each place.
    places
        int32, shape (V,): the place of each word, −1 where it is not shown.
    """

    ids: Words
    places: Words

    def __post_init__(self) -> None:
        self.ids.setflags(write=False)
        self.places.setflags(write=False)

    def __len__(self) -> int:
        return len(self.ids)

    @staticmethod
    def of(ids: NDArray[np.integer], vocabulary_size: int) -> WordOrder:
        """The order with these words at their places."""
        places = np.full(vocabulary_size, -1, np.int32)
        places[ids] = np.arange(len(ids))
        return WordOrder(ids.astype(np.int32), places)


def word_order(
    matrix: CooccurrenceMatrix,
    kind: str,
    top: int,
    tokens: TokenStream | None = None,
    extra: int | None = None,
    resources: Resources | None = None,
) -> Task[WordOrder]:
    """The most frequent words of a matrix, arranged.

    Parameters
    ----------
    kind
        ``"frequency"``; ``"alphabet"``: letter case and accents set aside; ``"first_seen"`` in the text;
        ``"similarity"``: words with like contexts beside each other.
    top
        How many words; 0 for all.
    tokens
        The text, for ``"first_seen"``.
    extra
        A word that is shown even if it is not among them.
    resources
        Threads for ``"similarity"``; they change nothing in the result.

    Raises
    ------
    ValueError
        If the kind is unknown, or the first words in the text are asked for without it.
    """
    if kind not in ORDERS:
        raise ValueError(f"expected one of {ORDERS}, got {kind!r}")
    size = len(matrix.vocabulary)
    ids = np.arange(min(top or size, size), dtype=np.int32)
    if extra is not None and extra >= len(ids):
        ids = np.append(ids, np.int32(extra))
    if kind == "alphabet":
        words = [matrix.vocabulary.word(int(word)) for word in ids]
        ids = ids[(yield from alphabetical_order(words, "preparing"))]
    elif kind == "first_seen":
        if tokens is None:
            raise ValueError("the order of the text needs the text")
        ids = yield from _by_first_place(tokens, ids, size)
    elif kind == "similarity":
        from gloveui.core.similarity_order import by_similarity

        ids = yield from by_similarity(matrix, ids, resources or Resources())
    return WordOrder.of(ids, size)


def _by_first_place(tokens: TokenStream, ids: Words, size: int) -> Task[Words]:
    from gloveui.core.quantity_kernels import find_first  # compiled code: loaded when first needed

    text = np.asarray(tokens.ids).view()
    text.setflags(write=False)
    firsts = np.full(size, len(text), np.int64)
    missing = size
    for first in range(0, len(text), TOKENS_AT_ONCE):
        missing = find_first(text[first : first + TOKENS_AT_ONCE], first, firsts, missing)
        yield Progress("preparing", first / len(text))
        if missing == 0:
            break
    return ids[np.argsort(firsts[ids], kind="stable")]
