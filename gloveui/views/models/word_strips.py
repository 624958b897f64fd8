"""Vectors of a few words as strips of colour: the order of their numbers, a difference, and a lens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from gloveui.core.embedding import Embedding

ORDERS = ("own", "first", "difference")
_NEIGHBOURS = (0.5, 0.25)  # of the lens, on each side, in widths of the magnified cell


@dataclass(frozen=True, eq=False)
class WordStrips:
    """The vectors of some words.

    Attributes
    ----------
    words
        One a strip.
    vectors
        float32, shape (n, D).
    pair
        Places of two words whose difference is a strip of its own, or None.
    order
        How the numbers of all strips are ordered, one of `ORDERS`: as they are, or from the largest to the
        smallest of the first word, or of the difference.
    """

    words: tuple[str, ...]
    vectors: NDArray[np.float32]
    pair: tuple[int, int] | None = None
    order: str = "own"

    @property
    def dimension(self) -> int:
        """D, the numbers of a strip."""
        return int(self.vectors.shape[1])

    @property
    def pair_words(self) -> tuple[str, str] | None:
        """The two words whose difference is shown."""
        return None if self.pair is None else (self.words[self.pair[0]], self.words[self.pair[1]])

    @cached_property
    def norms(self) -> NDArray[np.float64]:
        """float64, shape (n,): the length of each vector."""
        return np.linalg.norm(self.vectors.astype(np.float64), axis=1)

    @cached_property
    def difference(self) -> NDArray[np.float32] | None:
        """float32, shape (D,): the first vector of the pair minus the second."""
        return None if self.pair is None else self.vectors[self.pair[0]] - self.vectors[self.pair[1]]

    @cached_property
    def cosine(self) -> float:
        """Of the pair; NaN where there is none, or one of its vectors is zero."""
        if self.pair is None or not self.norms[list(self.pair)].all():
            return float("nan")
        first, second = (self.vectors[place].astype(np.float64) for place in self.pair)
        return float(first @ second / self.norms[list(self.pair)].prod())

    @cached_property
    def distance(self) -> float:
        """Length of the difference; NaN where there is none."""
        difference = self.difference
        return float("nan") if difference is None else float(np.linalg.norm(difference.astype(np.float64)))

    @cached_property
    def columns(self) -> NDArray[np.int64]:
        """int64, shape (D,): the dimension that stands at each place from the left."""
        keys = self.difference if self.order == "difference" else None
        if self.order == "first" and self.words:
            keys = self.vectors[0]
        return np.arange(self.dimension) if keys is None else np.argsort(-keys, kind="stable")


def strips_of(
    embedding: Embedding, words: Sequence[str], pair: tuple[str, str] | None = None, order: str = "own"
) -> WordStrips:
    """Strips of those words that the vocabulary has, each once."""
    ids = [index for index in map(embedding.vocabulary.get, words) if index is not None]
    ids = list(dict.fromkeys(ids))
    names = tuple(embedding.vocabulary.word(index) for index in ids)
    places = None
    if pair is not None and pair[0] in names and pair[1] in names:
        places = names.index(pair[0]), names.index(pair[1])
    return WordStrips(names, embedding.vectors[np.array(ids, np.int64)], places, order)


def cell_edges(count: int, width: float, lens: int | None, magnified: float) -> NDArray[np.float64]:
    """float64, shape (count + 1,): where cells begin in a strip, of which one and its neighbours are widened.

    The widened cell is wherever the pointer is that it was found by, within its own width: cells left and
    right of it are narrowed alike.
    """
    widths = np.full(count, width / max(count, 1))
    if lens is not None and magnified > widths[lens]:
        wide = {lens: magnified}
        for step, share in enumerate(_NEIGHBOURS, start=1):
            wide |= {place: share * magnified for place in (lens - step, lens + step) if 0 <= place < count}
        wide = {place: size for place, size in wide.items() if size > widths[place]}
        rest = (width - sum(wide.values())) / max(count - len(wide), 1)
        if rest > 0:
            widths[:] = rest
            widths[list(wide)] = list(wide.values())
    return np.concatenate([[0.0], np.cumsum(widths)])


def strip_pixels(values: NDArray[np.float32], edges: NDArray[np.float64], pixels: int) -> NDArray[np.float32]:
    """float32, shape (n, pixels): the number in each pixel of strips whose cells have these edges.

    Where several cells fall into one pixel it has the one that is farthest from zero: none is lost.
    """
    places = np.arange(pixels) * (edges[-1] / pixels)
    first = np.clip(np.searchsorted(edges, places, side="right") - 1, 0, values.shape[1] - 1)
    if (np.diff(first, append=values.shape[1]) <= 1).all():
        return values[:, first]
    highest = np.maximum.reduceat(values, first, axis=1)
    lowest = np.minimum.reduceat(values, first, axis=1)
    return np.where(highest >= -lowest, highest, lowest)
