"""The rows of a file of vectors, gathered in the order in which they are read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from gloveui.core.byte_size import ByteSize
from gloveui.core.embedding import Embedding
from gloveui.core.errors import VectorsTooLarge
from gloveui.core.resources import free_memory
from gloveui.core.text import printable
from gloveui.core.vocabulary import Vocabulary
from gloveui.storage.vector_rows import DistinctWords, VectorFileNotes, VectorOptions, vector_file_error

NUMBER_BYTES = 4  # of a float32
USABLE_SHARE = 0.9  # of the memory that is free
GROWTH = 1.5


class VectorTable:
    """Words and their vectors; a table that grows in place where the system can do that.

    Parameters
    ----------
    path, options
        The file, and how it is read.
    dimension
        D, the numbers of a row.
    expected
        How many rows there will be, about.

    Raises
    ------
    VectorsTooLarge
        If so many do not fit in memory.
    """

    def __init__(self, path: Path, dimension: int, options: VectorOptions, expected: int) -> None:
        self._path = path
        self._first = options.first or None
        rows = max(1, expected if self._first is None else min(expected, self._first))
        check_room(path, rows, dimension)
        self._table = np.empty((rows, dimension), np.float32)
        self._words = DistinctWords()
        self.rows_met = 0
        self.bad_rows = 0

    @property
    def is_full(self) -> bool:
        """Whether as many words are there as the options ask for."""
        return len(self._words) == self._first

    def add(self, words: Sequence[str], vectors: NDArray[np.float32]) -> None:
        """Take words in NFC with their vectors, shape (n, D); those whose word was there are left out."""
        self.rows_met += len(words)
        begin = len(self._words)
        kept = self._words.take_all(words, self._first)
        end = begin + len(kept)
        if end > len(self._table):
            self._grow(end)
        self._table[begin:end] = vectors[: len(words)] if len(kept) == len(words) else vectors[kept]

    def embedding(self, place: str) -> Embedding:
        """All rows; `place` is named where there are none."""
        if not len(self._words):
            raise vector_file_error(self._path, place, "a word and its numbers", "no rows")
        self._table.resize((len(self._words), self._table.shape[1]), refcheck=False)
        return Embedding(Vocabulary(self._words.words), self._table)

    def notes(self, file_format: str, claimed_rows: int | None, embedding: Embedding) -> VectorFileNotes:
        """What was left out, how many rows are zeros, and whether a header is right about the rows."""
        is_right = self.is_full or claimed_rows == self.rows_met
        notes = self._words.notes(file_format, None if is_right else claimed_rows)
        return replace(notes, bad_rows=self.bad_rows, zero_rows=zero_rows(embedding))

    def _grow(self, rows: int) -> None:
        dimension = self._table.shape[1]
        check_room(self._path, rows, dimension)
        wanted = max(rows, int(len(self._table) * GROWTH))
        self._table.resize((wanted, dimension), refcheck=False)


def check_room(path: Path, rows: int, dimension: int) -> None:
    """Raise `VectorsTooLarge` unless so many rows fit in memory."""
    row_bytes, free = NUMBER_BYTES * dimension, int(free_memory() * USABLE_SHARE)
    if rows * row_bytes > free:
        raise VectorsTooLarge(
            path=printable(path),
            rows=rows,
            dimension=dimension,
            needed=ByteSize(rows * row_bytes),
            free=ByteSize(free),
            fitting=free // row_bytes,
        )


def zero_rows(embedding: Embedding) -> int:
    """How many vectors are zeros."""
    return int(np.count_nonzero(embedding.norms == 0))
