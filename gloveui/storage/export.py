"""Tables and pictures of the window as files for other programs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from gloveui.storage.atomic import atomic_file, atomic_text_file

Cell = str | float
"""What stands in a table; texts are made inert, numbers are written with seven significant digits."""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def inert(text: str) -> str:
    """A text that no spreadsheet takes for a formula: an apostrophe is put before one that looks like it.

    Notes
    -----
    OWASP, "CSV Injection". White space before the sign is looked through: some programs strip it.
    """
    return f"'{text}" if text.startswith(FORMULA_STARTS) or text.lstrip().startswith(FORMULA_STARTS) else text


def csv_text(rows: Iterable[Sequence[Cell]]) -> str:
    """The rows as CSV (RFC 4180), inert."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerows([_written(cell) for cell in row] for row in rows)
    return text.getvalue()


def tab_separated_text(rows: Iterable[Sequence[Cell]]) -> str:
    """The rows as lines of cells between tabs, inert, as spreadsheets take from the clipboard."""
    return "\n".join("\t".join(" ".join(_written(cell).split()) for cell in row) for row in rows)


def write_csv(path: Path, rows: Iterable[Sequence[Cell]]) -> None:
    """Write the rows as CSV in UTF-8, with the mark by which spreadsheets know it.

    Raises
    ------
    WriteFailed
        If the file cannot be written; what was there before is unchanged.
    """
    with atomic_text_file(path) as stream:
        stream.write("\ufeff" + csv_text(rows))


def write_bytes(path: Path, content: bytes) -> None:
    """Write a finished file, such as a picture.

    Raises
    ------
    WriteFailed
        If the file cannot be written; what was there before is unchanged.
    """
    with atomic_file(path) as stream:
        stream.write(content)


def _written(cell: Cell) -> str:
    return inert(cell) if isinstance(cell, str) else f"{cell:.7g}"
