"""The words of a text and their ids, most frequent first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from gloveui.core.errors import SettingError, UnknownWord
from gloveui.core.text import normalised


class Vocabulary:
    """A two-way map between words and ids.

    Parameters
    ----------
    words
        Distinct words; the position is the id.
    counts
        int64, shape (V,): how often each occurs; None where that is not known.
    """

    def __init__(self, words: Iterable[str], counts: NDArray[np.int64] | None = None) -> None:
        self._words = tuple(words)
        self._has_counts = counts is not None
        self._counts = (
            np.zeros(len(self._words), np.int64) if counts is None else np.asarray(counts, np.int64)
        )
        self._counts.setflags(write=False)
        if len(self._counts) != len(self._words):
            raise ValueError(f"expected {len(self._words)} counts, got {len(self._counts)}")

    @property
    def words(self) -> tuple[str, ...]:
        """All words in the order of their ids."""
        return self._words

    @property
    def counts(self) -> NDArray[np.int64]:
        """int64, shape (V,): occurrences in the text; zeros where they are not known."""
        return self._counts

    @property
    def has_counts(self) -> bool:
        """Whether the counts are known."""
        return self._has_counts

    @cached_property
    def _ids(self) -> dict[str, int]:
        return {word: index for index, word in enumerate(self._words)}

    def __len__(self) -> int:
        return len(self._words)

    def __iter__(self) -> Iterator[str]:
        return iter(self._words)

    def __contains__(self, word: object) -> bool:
        return word in self._ids

    def word(self, index: int) -> str:
        """The word with this id."""
        return self._words[index]

    def get(self, word: str) -> int | None:
        """The id of a word as typed, or as it is in lower case; None if it is unknown."""
        word = word.strip()
        exact = self._ids.get(normalised(word, lower=False))
        return exact if exact is not None else self._ids.get(normalised(word, lower=True))

    def id_of(self, word: str) -> int:
        """As `get`, but raises `UnknownWord`."""
        index = self.get(word)
        if index is None:
            raise UnknownWord(word=word.strip())
        return index

    def ids_of(self, words: Iterable[str]) -> NDArray[np.int64]:
        """int64, shape (n,): the id of each; raises `UnknownWord` for the first that is unknown."""
        if isinstance(words, str):  # else its letters would be taken for words
            raise SettingError(setting="words", expected="a list of words", received=words)
        return np.array([self.id_of(word) for word in words], np.int64)

    def most_frequent(self, size: int) -> Vocabulary:
        """The first `size` words, ids unchanged."""
        if size >= len(self):
            return self
        return Vocabulary(self._words[:size], self._counts[:size] if self._has_counts else None)
