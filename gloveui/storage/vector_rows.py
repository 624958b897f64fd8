"""What every format of vectors shares: which rows are kept, and what is said about the others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from gloveui.core.errors import VectorFileError
from gloveui.core.setting_checks import whole_number
from gloveui.core.text import normalised, printable

LARGEST_DIMENSION = 10_000


@dataclass(frozen=True, slots=True)
class VectorOptions:
    """How vectors are read from a file; each format takes what it knows.

    Attributes
    ----------
    first
        Rows to read, the first ones; 0 for all.
    table
        Which of several tables, or which file of an archive; empty where there is one.
    words
        A file with a word a line for vectors that have none.
    drops_bad_rows
        Whether rows with NaN or infinite numbers are left out and counted, in place of being refused.

    Raises
    ------
    SettingError
        If `first` is below 0.
    """

    first: int = 0
    table: str = ""
    words: Path | None = None
    drops_bad_rows: bool = False

    def __post_init__(self) -> None:
        whole_number("first", self.first, 0)


@dataclass(frozen=True, slots=True)
class VectorFileNotes:
    """What was met in a file of vectors; the detail of the last Progress of reading it.

    Attributes
    ----------
    format
        What the file is: ``"safetensors"``, ``"GloVe text"``, ``"word2vec binary"`` …
    duplicates, unnamed
        Rows left out because their word came before, or because they have none.
    claimed_rows
        What the header says, where that is not the number of rows in the file; else None.
    bad_rows
        Rows left out because of NaN or infinite numbers, where the options say so.
    zero_rows
        Rows of zeros, which have no direction and so no cosine.
    converted
        What the numbers were before they were made float32, for example ``"float64"``; else empty.
    """

    format: str
    duplicates: int = 0
    unnamed: int = 0
    claimed_rows: int | None = None
    bad_rows: int = 0
    zero_rows: int = 0
    converted: str = ""


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

    def take_all(self, words: Sequence[str], most: int | None = None) -> NDArray[np.int64]:
        """As `kept` for words in NFC, but ends when `most` words are there."""
        room = len(words) if most is None else most - len(self._words)
        distinct = dict.fromkeys(words)
        are_new = len(distinct) == len(words) and self._words.keys().isdisjoint(distinct)
        if are_new and "" not in distinct and len(words) <= room:
            self._words.update(distinct)
            return np.arange(len(words))
        kept: list[int] = []
        for place, word in enumerate(words):
            if len(kept) == room:
                break
            if self.take(word):
                kept.append(place)
        return np.array(kept, np.int64)

    def __len__(self) -> int:
        return len(self._words)

    def kept(self, words: Iterable[str]) -> NDArray[np.int64]:
        """int64: the places of the words that were new."""
        return np.array([place for place, word in enumerate(words) if self.take(word)], np.int64)

    def notes(self, file_format: str, claimed_rows: int | None = None) -> VectorFileNotes:
        """What was left out."""
        return VectorFileNotes(file_format, self.duplicates, self.unnamed, claimed_rows)


def vector_file_error(path: Path, place: str, expected: object, received: object) -> VectorFileError:
    """The error that names the place in a file of vectors where something else was expected."""
    return VectorFileError(path=printable(path), place=place, expected=expected, received=received)
