"""The words that two embeddings share, however different their vocabularies are."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from gloveui.core.embedding import Embedding
from gloveui.core.errors import TooFewCommonWords

Ids: TypeAlias = NDArray[np.int64]

FEWEST = 2  # with one word alone there is nothing to be near to


@dataclass(frozen=True, eq=False)
class CommonWords:
    """Words that two embeddings have, in the order of the first.

    Attributes
    ----------
    ids_a, ids_b
        int64, shape (n,), read-only: their ids in each.
    words
        The words; their numbers here are called places.
    """

    ids_a: Ids
    ids_b: Ids
    words: tuple[str, ...]

    def __post_init__(self) -> None:
        self.ids_a.setflags(write=False)
        self.ids_b.setflags(write=False)

    def __len__(self) -> int:
        return len(self.words)

    def place(self, word: str) -> int | None:
        """The place of a word, spelt as it is here; None for a word that is not common."""
        return self._places.get(word)

    @cached_property
    def _places(self) -> dict[str, int]:
        return {word: place for place, word in enumerate(self.words)}

    def chosen(self, places: Ids) -> CommonWords:
        """Only the words at some places, in this order."""
        words = tuple(self.words[place] for place in places.tolist())
        return CommonWords(self.ids_a[places], self.ids_b[places], words)


def common_words(a: Embedding, b: Embedding) -> CommonWords:
    """The words that both have, spelt alike to the letter, in the order of `a`: most frequent first."""
    ids_of_b = {word: index for index, word in enumerate(b.vocabulary.words)}
    found = [
        (index, other, word)
        for index, word in enumerate(a.vocabulary.words)
        if (other := ids_of_b.get(word)) is not None
    ]
    ids_a = np.array([index for index, _, _ in found], np.int64)
    ids_b = np.array([other for _, other, _ in found], np.int64)
    return CommonWords(ids_a, ids_b, tuple(word for _, _, word in found))


def comparable_words(a: Embedding, b: Embedding, among: int = 0, least_count: int = 0) -> CommonWords:
    """The common words that have a direction in both, and are frequent enough.

    Parameters
    ----------
    among
        Only so many of these, the most frequent in `a`; 0 for all.
    least_count
        How often a word occurs at least, in each embedding that knows counts.

    Raises
    ------
    TooFewCommonWords
        If fewer than two are left.
    """
    common = common_words(a, b)
    kept = (a.norms[common.ids_a] > 0) & (b.norms[common.ids_b] > 0)
    for embedding, ids in ((a, common.ids_a), (b, common.ids_b)):
        if embedding.vocabulary.has_counts:
            kept &= embedding.vocabulary.counts[ids] >= least_count
    places = np.flatnonzero(kept)
    places = places[:among] if among else places
    if len(places) < FEWEST:
        raise TooFewCommonWords(expected=FEWEST, received=len(places))
    return common.chosen(places)


def counts_of(a: Embedding, b: Embedding, common: CommonWords) -> NDArray[np.int64] | None:
    """int64, shape (n,): how often words occur, by the first that knows; None where neither does."""
    for embedding, ids in ((a, common.ids_a), (b, common.ids_b)):
        if embedding.vocabulary.has_counts:
            return embedding.vocabulary.counts[ids]
    return None
