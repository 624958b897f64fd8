"""Vectors as lines of text: GloVe, word2vec, fastText, the Embedding Projector, and CSV."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

from gloveui.core.progress import Progress, Task
from gloveui.storage.atomic import atomic_file
from gloveui.storage.export import inert
from gloveui.storage.export_options import ExportOptions
from gloveui.storage.export_rows import ExportRows, check_words, refused
from gloveui.storage.vector_text import is_vector_text

_LINE = " \n\0"  # what separates words and numbers, and what no text has
_PROJECTOR = "\t\n\r\0"
_TO_QUOTE = re.compile(r"[\",\r\n]")
_MARK = "\ufeff"  # before CSV, spreadsheets know UTF-8 by it; before other text it is lost on reading


def write_lines(rows: ExportRows, path: Path, options: ExportOptions) -> Task[None]:
    """Write ``word v1 v2 …`` on lines, after a line ``V D`` where the options ask for a header.

    Raises
    ------
    WriteFailed
        If a word cannot be told from what stands around it, or the file cannot be written.
    """
    names = check_words(rows.words, path, _LINE, "a text of vectors")
    header = f"{len(rows)} {rows.dimension}\n".encode() if options.has_header else b""
    if rows.words[0].startswith(_MARK) and not header:
        raise refused(
            path, "the first word begins with a byte order mark, which is lost at the start of a text"
        )
    # With one number a line, "5 3" would read as a header: a point tells them apart.
    one = b" %#." if rows.dimension == 1 else b" %."
    line = b"%b" + (one + b"%dg" % options.precision) * rows.dimension + b"\n"
    lines = _lines(rows, names, line)
    first, fraction = next(lines)
    if not is_vector_text(header + first, path):
        raise refused(path, "with these words the file would not be known as vectors when it is opened")
    with atomic_file(path) as stream:
        stream.write(header + first)
        yield Progress("writing", fraction)
        for text, fraction in lines:
            stream.write(text)
            yield Progress("writing", fraction)


def _lines(rows: ExportRows, names: Sequence[bytes], line: bytes) -> Iterator[tuple[bytes, float]]:
    first = 0
    for words, vectors, fraction in rows.pieces():
        piece = names[first : first + len(words)]
        first += len(words)
        text = b"".join(line % (name, *row) for name, row in zip(piece, vectors.tolist(), strict=True))
        yield text, fraction


def write_projector(rows: ExportRows, path: Path, options: ExportOptions) -> Task[None]:
    """Write the two files of the Embedding Projector: numbers between tabs, and a word a line.

    The words have no heading: the Projector takes the first line of a single column for a word, too.
    https://www.tensorflow.org/tensorboard/tensorboard_projector_plugin

    Raises
    ------
    WriteFailed
        If a word holds a tab or the end of a line, or a file cannot be written.
    """
    check_words(rows.words, path, _PROJECTOR, "the words of the Projector")
    number = f"%.{options.precision}g"
    line = "\t".join([number] * rows.dimension) + "\n"
    _, metadata = options.file_format.files(path)
    with ExitStack() as files:
        names = files.enter_context(atomic_file(metadata))
        numbers = files.enter_context(atomic_file(path))
        for words, vectors, fraction in rows.pieces():
            numbers.write("".join(line % tuple(row) for row in vectors.tolist()).encode())
            names.write("".join(f"{word}\n" for word in words).encode())
            yield Progress("writing", fraction)
        names.flush()  # a full disk is met before one of the two has its name


def write_spreadsheet(rows: ExportRows, path: Path, options: ExportOptions) -> Task[None]:
    """Write CSV with a word and its numbers a row, inert: a word like a formula gets an apostrophe.

    Raises
    ------
    WriteFailed
        If a word cannot be written in UTF-8, or the file cannot be written.
    """
    check_words(rows.words, path, "\0", "CSV")
    line = "%s" + f",%.{options.precision}g" * rows.dimension + "\r\n"
    with atomic_file(path) as stream:
        stream.write(_MARK.encode())
        if options.has_header:
            heading = ["word", *(f"d{place}" for place in range(1, rows.dimension + 1))]
            stream.write((",".join(heading) + "\r\n").encode())
        for words, vectors, fraction in rows.pieces():
            cells = map(_cell, words)
            text = "".join(line % (cell, *row) for cell, row in zip(cells, vectors.tolist(), strict=True))
            stream.write(text.encode())
            yield Progress("writing", fraction)


def _cell(word: str) -> str:
    """An inert cell of CSV (RFC 4180)."""
    word = inert(word)
    if not _TO_QUOTE.search(word):
        return word
    doubled = word.replace('"', '""')
    return f'"{doubled}"'
