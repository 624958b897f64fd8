"""Vectors as text, a word and its numbers on a line: GloVe's format, and word2vec's with its header."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from gloveui.core.embedding import Embedding
from gloveui.core.errors import VectorFileError, WriteFailed
from gloveui.core.progress import Progress, Task
from gloveui.core.signatures import looks_like
from gloveui.core.text import printable
from gloveui.core.vocabulary import Vocabulary
from gloveui.storage.atomic import atomic_file
from gloveui.storage.vector_rows import (
    LARGEST_DIMENSION,
    DistinctWords,
    VectorFileNotes,
    VectorOptions,
    vector_file_error,
)

CHUNK_BYTES = 1 << 20
LONGEST_LINE_BYTES = 4 << 20
ROWS_PER_WRITE = 2_000
SAMPLE_LINES = 8

# float() alone would take 1_000, nan, infinity and the digits of other scripts.
_NUMBER = re.compile(rb"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_NUMBER_BYTES = b"0123456789+-.eE "
_HEADER = re.compile(rb"([0-9]{1,18}) ([0-9]{1,18})")
_LINE_END = b" \r\n"  # word2vec writes a space after the last number
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class TextLayout:
    """How a file of text is laid out.

    Attributes
    ----------
    dimension
        Numbers on a line.
    claimed_rows
        Rows according to a word2vec header, None where there is none.
    """

    dimension: int
    claimed_rows: int | None = None


def write_vector_text(embedding: Embedding, path: Path) -> Task[None]:
    """Write ``word v1 v2 …`` lines with nine digits, which give back the same float32.

    Raises
    ------
    WriteFailed
        If a word cannot stand in this format, or the file cannot be written.
    """
    words = [_writable(word, path) for word in embedding.vocabulary]
    # With one number a line, "5 3" would read as a header: a point tells them apart.
    line = b"%b" + (b" %#.9g" if embedding.dimension == 1 else b" %.9g" * embedding.dimension) + b"\n"
    with atomic_file(path) as stream:
        for first in range(0, len(words), ROWS_PER_WRITE):
            rows = embedding.vectors[first : first + ROWS_PER_WRITE].tolist()
            names = words[first : first + ROWS_PER_WRITE]
            stream.write(b"".join(line % (name, *row) for name, row in zip(names, rows, strict=True)))
            yield Progress("writing", min(1.0, (first + ROWS_PER_WRITE) / len(words)))


def read_vector_text(path: Path, options: VectorOptions | None = None) -> Task[Embedding]:
    """Read GloVe or word2vec text; the last Progress carries `VectorFileNotes`.

    Raises
    ------
    VectorFileError
        With the line, if it does not hold a word and as many finite numbers as the others.
    """
    with path.open("rb") as stream:
        size = os.fstat(stream.fileno()).st_size
        layout = _layout(stream, path)
        _refuse_impossible(layout, size, path)
        rows = _Rows(path, layout)
        for lines in _line_blocks(stream, path):
            rows.add(lines)
            yield Progress("reading", min(1.0, stream.tell() / max(1, size)))
    embedding = rows.embedding()
    yield Progress("reading", 1.0, rows.notes())
    return embedding


def is_vector_text(sample: bytes, path: Path) -> bool:
    """Whether the first lines hold a word and the same count of numbers each."""
    if looks_like(sample) is not None or sample.count(0):
        return False
    try:
        with path.open("rb") as stream:
            layout = _layout(stream, path)
            _refuse_impossible(layout, os.fstat(stream.fileno()).st_size, path)
            rows = _Rows(path, layout)
            lines = [stream.readline(LONGEST_LINE_BYTES) for _ in range(SAMPLE_LINES)]
            rows.add([line.rstrip(b"\n") for line in lines])
    except VectorFileError:
        return False
    return True


def _writable(word: str, path: Path) -> bytes:
    """The word's bytes, if it can be told from the numbers behind it."""
    reason = None
    if not word:
        reason = "a word without characters cannot stand in a text file of vectors"
    elif " " in word or "\n" in word:
        reason = f"the word {word!r} has a space or line end, which separate words and numbers there"
    try:
        data = word.encode()
    except UnicodeEncodeError:
        reason = f"the word {word!r} has half a character, which UTF-8 cannot hold"
    if reason is not None:
        raise WriteFailed(path=printable(path), reason=reason)
    return data


def _layout(stream: BinaryIO, path: Path) -> TextLayout:
    """Find the dimension from the first two lines, and move the stream to the first row."""
    first = stream.readline(LONGEST_LINE_BYTES)
    if first.startswith(_BYTE_ORDER_MARK):
        first = first[len(_BYTE_ORDER_MARK) :]
        start = len(_BYTE_ORDER_MARK)
    else:
        start = 0
    row_start = stream.tell()
    first, second = first.rstrip(_LINE_END), stream.readline(LONGEST_LINE_BYTES).rstrip(_LINE_END)
    if not first:
        raise vector_file_error(path, "line 1", "a word and its numbers", "nothing")
    header = _HEADER.fullmatch(first)
    # Two lines "5 3", "a 2" are vectors with one number; "5 3" alone, or before anything else, is a header.
    if header is not None and (len(second.split(b" ")) != 2 or int(header[2]) == 1):
        stream.seek(row_start)
        return TextLayout(int(header[2]), int(header[1]))
    stream.seek(start)
    return TextLayout(_numbers_at_end(first, path))


def _numbers_at_end(line: bytes, path: Path) -> int:
    fields = line.split(b" ")
    numbers = 0
    while numbers < len(fields) - 1 and _NUMBER.fullmatch(fields[-1 - numbers]):
        numbers += 1
    if numbers == 0:
        received = "a word alone" if len(fields) == 1 else f"“{_shown(fields[-1])}”"
        raise vector_file_error(path, "line 1", "a word and its numbers", received)
    return numbers


def _refuse_impossible(layout: TextLayout, size: int, path: Path) -> None:
    """Refuse what the header claims before memory is taken for it."""
    place = "line 1" if layout.claimed_rows is None else "header"
    if not 1 <= layout.dimension <= LARGEST_DIMENSION:
        expected = f"1 to {LARGEST_DIMENSION} numbers a word"
        raise vector_file_error(path, place, expected, layout.dimension)
    if layout.claimed_rows == 0:
        raise vector_file_error(path, place, "at least one word", "0 words")
    smallest = (layout.claimed_rows or 0) * (2 * layout.dimension + 1)  # each number has a space before it
    if smallest > size:
        expected = f"at least {smallest} bytes for {layout.claimed_rows} words of {layout.dimension} numbers"
        raise vector_file_error(path, place, expected, f"{size} bytes")


def _line_blocks(stream: BinaryIO, path: Path) -> Iterator[list[bytes]]:
    """Whole lines, about a mebibyte at a time, without their ends."""
    waiting = b""
    while chunk := stream.read(CHUNK_BYTES):
        *lines, waiting = (waiting + chunk).split(b"\n")
        if len(waiting) > LONGEST_LINE_BYTES:
            expected = f"lines of at most {LONGEST_LINE_BYTES} bytes"
            raise vector_file_error(path, f"byte {stream.tell() - len(waiting)}", expected, "a longer one")
        yield lines
    yield [waiting]


class _Rows:
    """Takes lines and makes rows of them; nothing is rounded, guessed or made up."""

    def __init__(self, path: Path, layout: TextLayout) -> None:
        self._path = path
        self._layout = layout
        self._line = 0 if layout.claimed_rows is None else 1
        self._rows_met = 0
        self._words = DistinctWords()
        self._blocks: list[NDArray[np.float32]] = []

    def add(self, lines: list[bytes]) -> None:
        """Read some lines; empty ones are passed over."""
        values: list[float] = []
        numbers_of_lines: list[int] = []
        for line in lines:
            self._line += 1
            line = line.rstrip(_LINE_END)
            if line:
                self._rows_met += 1
                self._read(line, values, numbers_of_lines)
        self._blocks.append(self._block(values, numbers_of_lines))

    def embedding(self) -> Embedding:
        """All rows, in their order."""
        if not self._words.words:
            raise vector_file_error(self._path, f"line {self._line}", "a word and its numbers", "no rows")
        return Embedding(Vocabulary(self._words.words), np.concatenate(self._blocks))

    def notes(self) -> VectorFileNotes:
        """What was left out, and whether the header is right."""
        claimed = self._layout.claimed_rows
        name = "GloVe text" if claimed is None else "word2vec text"
        return self._words.notes(name, claimed if claimed != self._rows_met else None)

    def _read(self, line: bytes, values: list[float], numbers_of_lines: list[int]) -> None:
        word, *fields = line.rsplit(b" ", self._layout.dimension)
        numbers = line[len(word) :]
        if len(fields) != self._layout.dimension or b" " in word:
            self._refuse_other_dimension(line)
        if numbers.translate(None, _NUMBER_BYTES):
            raise self._not_a_number(fields)
        try:
            row = list(map(float, fields))
        except ValueError:
            raise self._not_a_number(fields) from None
        if self._words.take(word.decode("utf-8", "replace")):
            values.extend(row)
            numbers_of_lines.append(self._line)

    def _block(self, values: list[float], numbers_of_lines: list[int]) -> NDArray[np.float32]:
        with np.errstate(over="ignore"):
            block = np.array(values, np.float32).reshape(-1, self._layout.dimension)
        finite = np.isfinite(block).all(axis=1)
        if not finite.all():
            line = numbers_of_lines[int(np.argmin(finite))]
            raise vector_file_error(
                self._path, f"line {line}", "numbers that float32 can hold", "a larger one"
            )
        return block

    def _refuse_other_dimension(self, line: bytes) -> None:
        """Refuse too few or too many numbers; a word may have spaces in it, but not end in a number."""
        _, *fields = line.split(b" ")
        numbers = 0
        while numbers < len(fields) and _NUMBER.fullmatch(fields[-1 - numbers]):
            numbers += 1
        too_few = len(fields) < self._layout.dimension
        if too_few or numbers > self._layout.dimension:
            received = f"{len(fields) if too_few else numbers}"
            raise vector_file_error(
                self._path, f"line {self._line}", f"{self._layout.dimension} numbers", received
            )

    def _not_a_number(self, fields: list[bytes]) -> VectorFileError:
        wrong = next(field for field in fields if not _NUMBER.fullmatch(field))
        return vector_file_error(self._path, f"line {self._line}", "a number", f"“{_shown(wrong)}”")


def _shown(field: bytes) -> str:
    """A field as it can be shown in an error: at most 40 characters."""
    text = field.decode("utf-8", "replace")
    return text if len(text) <= 40 else f"{text[:40]}…"
