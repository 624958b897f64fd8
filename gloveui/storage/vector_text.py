"""Vectors as text, a word and its numbers on a line: GloVe's format, and word2vec's with its header."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from gloveui.core.composition import composed
from gloveui.core.embedding import Embedding
from gloveui.core.errors import VectorFileError
from gloveui.core.parallel import map_a_few_ahead
from gloveui.core.progress import Progress, Task
from gloveui.core.resources import Resources
from gloveui.core.signatures import looks_like
from gloveui.storage.vector_bytes import VectorBytes, open_vector_bytes
from gloveui.storage.vector_lines import LINE_END, LineReader, numbers_at_end
from gloveui.storage.vector_rows import LARGEST_DIMENSION, VectorOptions, vector_file_error
from gloveui.storage.vector_table import VectorTable

CHUNK_BYTES = 4 << 20
LONGEST_LINE_BYTES = 4 << 20
SAMPLE_LINES = 8

_HEADER = re.compile(rb"([0-9]{1,18}) ([0-9]{1,18})")
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class TextLayout:
    """How a file of text is laid out.

    Attributes
    ----------
    start
        Where the first row begins, in bytes.
    dimension
        Numbers on a line.
    claimed_rows
        Rows according to a word2vec header, None where there is none.
    """

    start: int
    dimension: int
    claimed_rows: int | None = None

    @property
    def smallest_row(self) -> int:
        """The least bytes of a row: each number has a space before it."""
        return 2 * self.dimension + 1

    @property
    def name(self) -> str:
        """The format as notes and cards call it."""
        return "GloVe text" if self.claimed_rows is None else "word2vec text"


@dataclass(frozen=True, slots=True)
class _Lines:
    """Whole lines of a file, padded for kernels; their bytes; and the share of the file read with them."""

    content: bytes
    size: int
    fraction: float


@dataclass(frozen=True, slots=True, eq=False)
class _Rows:
    """What stands on some lines, and how many these are, up to one that is refused."""

    words: list[str]
    vectors: NDArray[np.float32]
    bad_rows: int
    lines: int
    fraction: float
    refused: bytes | None = None


def read_vector_text(path: Path, options: VectorOptions | None = None) -> Task[Embedding]:
    """Read GloVe or word2vec text; the last Progress carries `VectorFileNotes`.

    Raises
    ------
    VectorFileError
        With the line, if it does not hold a word and as many finite numbers as the others.
    VectorsTooLarge
        If the vectors do not fit in memory.
    """
    options = options or VectorOptions()
    with open_vector_bytes(path, options.table) as source:
        start = _start(source)
        layout = _layout(start, path)
        _refuse_impossible(layout, source.size, path)
        table = VectorTable(path, layout.dimension, options, _expected_rows(layout, start, source.size))
        reader = LineReader(path, layout.dimension, options.drops_bad_rows)
        pieces = map_a_few_ahead(
            lambda lines: _rows(lines, layout, reader),
            _pieces(source, start[layout.start :], path),
            Resources().thread_count,
        )
        line = 0 if layout.claimed_rows is None else 1
        with closing(pieces):
            for rows in pieces:
                line += rows.lines
                _take(rows, table)
                if rows.refused is not None and not table.is_full:
                    reader.read(rows.refused, line)
                yield Progress("reading", rows.fraction)
                if table.is_full:
                    break
    embedding = table.embedding(f"line {line}")
    yield Progress("reading", 1.0, table.notes(layout.name, layout.claimed_rows, embedding))
    return embedding


def is_vector_text(sample: bytes, path: Path) -> bool:
    """Whether the first lines hold a word and the same count of numbers each."""
    if looks_like(sample) is not None or sample.count(0):
        return False
    try:
        layout = _layout(sample, path)
        _refuse_impossible(layout, None, path)
        reader = LineReader(path, layout.dimension, drops_bad_rows=True)
        lines = sample[layout.start :].split(b"\n", SAMPLE_LINES)
        for line in lines[:-1] or lines:  # the last one may be cut
            if line.rstrip(LINE_END):
                reader.read(line, 1)
    except VectorFileError:
        return False
    return True


def _start(source: VectorBytes) -> bytes:
    """The beginning of a file, with its first two lines at least."""
    start = source.read(CHUNK_BYTES)
    while start.count(b"\n") < 2 and len(start) < 2 * LONGEST_LINE_BYTES:
        chunk = source.read(CHUNK_BYTES)
        if not chunk:
            break
        start += chunk
    return start


def _layout(start: bytes, path: Path) -> TextLayout:
    """Find the dimension from the first two lines, and where the first row begins."""
    begin = len(_BYTE_ORDER_MARK) if start.startswith(_BYTE_ORDER_MARK) else 0
    first, _, rest = start[begin:].partition(b"\n")
    row_start = begin + len(first) + 1
    first, second = first.rstrip(LINE_END), rest.partition(b"\n")[0].rstrip(LINE_END)
    if not first:
        raise vector_file_error(path, "line 1", "a word and its numbers", "nothing")
    header = _HEADER.fullmatch(first)
    # Two lines "5 3", "a 2" are vectors with one number; "5 3" alone, or before anything else, is a header.
    if header is not None and (len(second.split(b" ")) != 2 or int(header[2]) == 1):
        return TextLayout(row_start, int(header[2]), int(header[1]))
    return TextLayout(begin, numbers_at_end(first, path))


def _refuse_impossible(layout: TextLayout, size: int | None, path: Path) -> None:
    """Refuse what the header claims before memory is taken for it."""
    place = "line 1" if layout.claimed_rows is None else "header"
    if not 1 <= layout.dimension <= LARGEST_DIMENSION:
        expected = f"1 to {LARGEST_DIMENSION} numbers a word"
        raise vector_file_error(path, place, expected, layout.dimension)
    if layout.claimed_rows == 0:
        raise vector_file_error(path, place, "at least one word", "0 words")
    smallest = (layout.claimed_rows or 0) * layout.smallest_row
    if size is not None and smallest > size:
        expected = f"at least {smallest} bytes for {layout.claimed_rows} words of {layout.dimension} numbers"
        raise vector_file_error(path, place, expected, f"{size} bytes")


def _expected_rows(layout: TextLayout, start: bytes, size: int | None) -> int:
    """How many rows there are: as the header claims, or as many as lines like the first ones."""
    if size is None:
        return start.count(b"\n")
    if layout.claimed_rows is not None:
        return layout.claimed_rows
    return -(-size * (start.count(b"\n") + 1) // len(start))


def _pieces(source: VectorBytes, start: bytes, path: Path) -> Iterator[_Lines]:
    """Whole lines, some mebibytes at a time; each ends in a line feed, the last of the file too."""
    from gloveui.core.vector_text_kernels import PADDING  # compiled code: loaded when first needed

    padding, waiting, chunk = bytes(PADDING), b"", start
    while chunk:
        end = chunk.rfind(b"\n") + 1
        if end:
            content = b"".join([waiting, memoryview(chunk)[:end], padding])
            waiting = chunk[end:]
            yield _Lines(content, len(content) - PADDING, source.fraction)
        else:
            waiting += chunk
        if len(waiting) > LONGEST_LINE_BYTES:
            expected, place = f"lines of at most {LONGEST_LINE_BYTES} bytes", source.position - len(waiting)
            raise vector_file_error(path, f"byte {place}", expected, "a longer one")
        chunk = source.read(CHUNK_BYTES)
    if waiting:
        yield _Lines(waiting + b"\n" + padding, len(waiting) + 1, 1.0)


def _rows(lines: _Lines, layout: TextLayout, reader: LineReader) -> _Rows:
    """Read lines, fast where they are plain, with care where they are not."""
    from gloveui.core.vector_text_kernels import read_rows  # compiled code: loaded when first needed

    content, size = lines.content, lines.size
    text = np.frombuffer(content, np.uint8)
    vectors = np.empty((size // layout.smallest_row + 1, layout.dimension), np.float32)
    words = np.empty(size, np.uint8)
    place, row, word_bytes, line, bad_rows = 0, 0, 0, 0, 0
    refused = None
    while True:
        place, row, word_bytes, passed = read_rows(text, place, row, vectors, words, word_bytes, size)
        line += passed
        if place == size:
            break
        end = content.index(b"\n", place)
        line += 1
        try:
            found = reader.read(content[place:end], line)
        except VectorFileError:  # the number of the line is known only where the rows before are
            refused = content[place:end]
            break
        if found is None:
            bad_rows += 1
        else:
            word, vectors[row] = found
            words[word_bytes : word_bytes + len(word) + 1] = np.frombuffer(word + b"\n", np.uint8)
            row, word_bytes = row + 1, word_bytes + len(word) + 1
        place = end + 1
    # No word has a line feed in it, so all of them are decoded as one text.
    names = composed(words[:word_bytes].tobytes().decode("utf-8", "replace")).split("\n")[:-1]
    return _Rows(names, vectors[:row], bad_rows, line, lines.fraction, refused)


def _take(rows: _Rows, table: VectorTable) -> None:
    table.add(rows.words, rows.vectors)
    table.bad_rows += rows.bad_rows
    table.rows_met += rows.bad_rows
