"""What every format of vectors shares: which rows are kept, and what is said about the others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from gloveui.core.errors import VectorFileError
from gloveui.core.text import normalised, printable

LARGEST_DIMENSION = 10_000


@dataclass(frozen=True, slots=True)
class VectorFileNotes:
    """What was met in a file of vectors; the detail of the last Progress of reading it.

    Attributes
    ----------
    format
        ``"safetensors"``, ``"GloVe text"`` or ``"word2vec text"``.
    duplicates, unnamed
        Rows left out because their word came before, or because they have none.
    claimed_rows
        What the header says, where that is not the number of rows in the file; else None.
    """

    format: str
    duplicates: int = 0
    unnamed: int = 0
    claimed_rows: int | None = None


class DistinctWords:
    """Takes words in, in NFC, and tells which are new."""

    def __init__(self) -> None:
        self._words: dict[str, None] = {}
        self.duplicates = 0
        self.unnamed = 0

    @property
    def words(self) -> tuple[str, ...]:
        """The words taken, in order."""
        return tuple(self._words)

    def take(self, word: str) -> bool:
        """Whether the word is there for the first time, and is one."""
        word = normalised(word, lower=False)
        if not word:
            self.unnamed += 1
            return False
        if word in self._words:
            self.duplicates += 1
            return False
        self._words[word] = None
        return True

    def kept(self, words: Iterable[str]) -> NDArray[np.int64]:
        """int64: the places of the words that were new."""
        return np.array([place for place, word in enumerate(words) if self.take(word)], np.int64)

    def notes(self, file_format: str, claimed_rows: int | None = None) -> VectorFileNotes:
        """What was left out."""
        return VectorFileNotes(file_format, self.duplicates, self.unnamed, claimed_rows)


def vector_file_error(path: Path, place: str, expected: object, received: object) -> VectorFileError:
    """The error that names the place in a file of vectors where something else was expected."""
    return VectorFileError(path=printable(path), place=place, expected=expected, received=received)
