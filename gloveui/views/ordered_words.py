"""The words of a vocabulary in another order, looked up one by one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import overload

from gloveui.core.vocabulary import Vocabulary
from gloveui.core.word_order import WordOrder


class OrderedWords(Sequence[str]):
    """As a tuple of words would be, without making one of a hundred thousand."""

    def __init__(self, vocabulary: Vocabulary, order: WordOrder) -> None:
        self._vocabulary = vocabulary
        self._ids = order.ids

    def __len__(self) -> int:
        return len(self._ids)

    @overload
    def __getitem__(self, place: int) -> str: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[str, ...]: ...

    def __getitem__(self, place: int | slice) -> str | tuple[str, ...]:
        if isinstance(place, slice):
            return tuple(self._vocabulary.word(int(word)) for word in self._ids[place])
        return self._vocabulary.word(int(self._ids[place]))
