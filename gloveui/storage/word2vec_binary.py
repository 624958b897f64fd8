"""Vectors in word2vec's binary form: a line "rows dimension", then words, each with float32 behind it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from gloveui.core.composition import composed
from gloveui.core.embedding import Embedding
from gloveui.core.errors import VectorFileError
from gloveui.core.progress import Progress, Task
from gloveui.storage.vector_bytes import open_vector_bytes
from gloveui.storage.vector_rows import LARGEST_DIMENSION, VectorOptions, vector_file_error
from gloveui.storage.vector_table import VectorTable
from gloveui.storage.vector_text import is_vector_text

CHUNK_BYTES = 4 << 20
NUMBER_BYTES = 4

_HEADER = re.compile(rb"([0-9]{1,18}) ([0-9]{1,18})[ \r]*\n")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f]")  # what the bytes of numbers have, and text has not


@dataclass(frozen=True, slots=True)
class BinaryLayout:
    """What the header says.

    Attributes
    ----------
    start
        Where the first row begins, in bytes.
    rows, dimension
        How many there are, and their numbers.
    """

    start: int
    rows: int
    dimension: int

    @property
    def row_bytes(self) -> int:
        """Of the numbers of a row."""
        return NUMBER_BYTES * self.dimension

    @property
    def smallest_row(self) -> int:
        """The least bytes of a row, whose word is behind nothing and before a space."""
        return self.row_bytes + 1


def is_word2vec_binary(sample: bytes, path: Path) -> bool:
    """Whether a header stands before what is no text."""
    header = _HEADER.match(sample)
    if header is None:
        return False
    if _CONTROL.search(sample, header.end()) is None and not _is_just_rows(sample, header):
        return False
    return not is_vector_text(sample, path)


def _is_just_rows(sample: bytes, header: re.Match[bytes]) -> bool:
    """Whether the header's rows and nothing else follow it: few numbers may be without a control byte."""
    rows, dimension = int(header[1]), int(header[2])
    place = header.end()
    for _ in range(rows):
        space = sample.find(b" ", place)
        place = space + 1 + NUMBER_BYTES * dimension
        if space < 0 or place > len(sample):
            return False
        place += sample.startswith(b"\n", place)
    return place == len(sample)


def read_word2vec_binary(path: Path, options: VectorOptions | None = None) -> Task[Embedding]:
    """Read word2vec's binary form, with or without line feeds; the last Progress carries `VectorFileNotes`.

    Raises
    ------
    VectorFileError
        With the byte, if the file is cut in a row, has a word without end, or other numbers than finite ones;
        and if its header claims what the file is too small for.
    VectorsTooLarge
        If the vectors do not fit in memory.
    """
    options = options or VectorOptions()
    with open_vector_bytes(path, options.table) as source:
        waiting = source.read(CHUNK_BYTES)
        layout = _layout(waiting, source.size, path)
        expected = layout.rows if source.size is not None else len(waiting) // layout.smallest_row
        table = VectorTable(path, layout.dimension, options, expected)
        rows = _BinaryRows(path, layout, table, options.drops_bad_rows)
        waiting = waiting[layout.start :]
        while not table.is_full:
            waiting = rows.take(waiting)
            yield Progress("reading", source.fraction)
            chunk = b"" if table.is_full else source.read(CHUNK_BYTES)
            if not chunk:
                break
            waiting += chunk
    if not table.is_full:
        rows.refuse_rest(waiting)
    embedding = table.embedding(f"byte {layout.start}")
    yield Progress("reading", 1.0, table.notes("word2vec binary", layout.rows, embedding))
    return embedding


def _layout(start: bytes, size: int | None, path: Path) -> BinaryLayout:
    """What the header says; refused where the file cannot hold it, before memory is taken for it."""
    header = _HEADER.match(start)
    if header is None:
        raise vector_file_error(path, "header", "two whole numbers", "something else")
    layout = BinaryLayout(header.end(), int(header[1]), int(header[2]))
    if not 1 <= layout.dimension <= LARGEST_DIMENSION:
        expected = f"1 to {LARGEST_DIMENSION} numbers a word"
        raise vector_file_error(path, "header", expected, layout.dimension)
    if layout.rows == 0:
        raise vector_file_error(path, "header", "at least one word", "0 words")
    smallest = layout.start + (layout.rows - 1) * layout.smallest_row  # the last row may be cut
    if size is not None and smallest > size:
        expected = f"at least {smallest} bytes for {layout.rows} words of {layout.dimension} numbers"
        raise vector_file_error(path, "header", expected, f"{size} bytes")
    return layout


class _BinaryRows:
    """Takes bytes and puts their rows into a table."""

    def __init__(self, path: Path, layout: BinaryLayout, table: VectorTable, drops_bad_rows: bool) -> None:
        self._path = path
        self._layout = layout
        self._table = table
        self._drops_bad_rows = drops_bad_rows
        self._offset = layout.start  # of the next row

    def take(self, data: bytes) -> bytes:
        """Take the whole rows; what is left is the beginning of the next one.

        Raises
        ------
        VectorFileError
            If a word does not end, or numbers are not finite.
        """
        from gloveui.core.word2vec_kernels import find_rows  # compiled code: loaded when first needed

        room = len(data) // self._layout.smallest_row
        numbers = np.empty((room, self._layout.row_bytes), np.uint8)
        words = np.empty(len(data), np.uint8)
        rows, end, word_bytes = find_rows(
            np.frombuffer(data, np.uint8), self._layout.row_bytes, numbers, words
        )
        # No word has a space in it, so all of them are decoded as one text.
        names = words[:word_bytes].tobytes().decode("utf-8", "replace").split(" ")[:-1]
        vectors = numbers[:rows].view("<f4").astype(np.float32, copy=False)
        self._add([composed(name) for name in names], vectors)
        self._offset += end
        self._refuse_endless_word(data, end)
        return data[end:]

    def refuse_rest(self, data: bytes) -> None:
        """Refuse a file that ends within a row."""
        if data.strip(b"\n"):
            expected = f"a word and {self._layout.row_bytes} bytes of numbers"
            raise self._error(self._offset, expected, f"the end of the file after {len(data)} bytes")

    def _add(self, words: list[str], vectors: NDArray[np.float32]) -> None:
        finite = np.isfinite(vectors).all(axis=1)
        if not finite.all():
            bad = int(np.argmin(finite))
            if not self._drops_bad_rows:
                self._table.add(words[:bad], vectors[:bad])
                if self._table.is_full:
                    return
                row = f"row {self._table.rows_met + 1}"
                raise vector_file_error(self._path, row, "finite numbers", "NaN or infinity")
            words = [words[row] for row in np.flatnonzero(finite)]
            dropped = len(vectors) - len(words)
            vectors = vectors[finite]
            self._table.bad_rows += dropped
            self._table.rows_met += dropped
        self._table.add(words, vectors)

    def _refuse_endless_word(self, data: bytes, place: int) -> None:
        from gloveui.core.word2vec_kernels import LONGEST_WORD_BYTES  # compiled code

        while place < len(data) and data[place] == ord("\n"):
            place += 1
        longest = data[place : place + LONGEST_WORD_BYTES + 1]
        if len(longest) > LONGEST_WORD_BYTES and b" " not in longest:
            begin = self._offset
            raise self._error(begin, f"a space within {LONGEST_WORD_BYTES} bytes", "a word without end")

    def _error(self, offset: int, expected: str, received: str) -> VectorFileError:
        return vector_file_error(self._path, f"byte {offset}", expected, received)
