"""How a table of text is written: its separator, its quotation marks, the names of its columns."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from gloveui.storage.text_streams import LONGEST_FIELD, lines_of

SEPARATORS = (",", ";", "\t", "|")
NO_SEPARATOR = "\x1f"  # of a table with a single column
ROWS_LOOKED_AT = 200
LONGEST_NAME = 64
MOST_WORDS_OF_A_NAME = 4

_NUMBER = re.compile(r"[+-]?[\d.,]+(?:[eE][+-]?\d+)?%?")
_SENTENCE_ENDS = (".", "!", "?", "。", "…")


@dataclass(frozen=True, slots=True)
class TableForm:
    """How the cells of a table are told apart.

    Attributes
    ----------
    separator
        The character between cells; `NO_SEPARATOR` if there is one column.
    quotes
        Whether ``"`` around a cell is no part of it.
    columns
        The names of the columns, or their numbers from 1 where the first row is none of names.
    has_header
        Whether the first row names the columns.
    """

    separator: str
    quotes: bool
    columns: tuple[str, ...]
    has_header: bool


def sniff_form(sample: str, kind: str) -> TableForm:
    """Form of the table that begins with these characters; `kind` is ``"csv"`` or ``"tsv"``."""
    lines = list(lines_of([sample], ""))
    separator = _separator(lines, kind)
    quotes = separator != "\t" or _has_whole_quotations(lines)
    first = next((row for row in _rows(lines, separator, quotes) if row), [])
    has_header = _is_header(first)
    numbers = tuple(str(number) for number in range(1, len(first) + 1))
    names = tuple(name.strip() or number for name, number in zip(first, numbers, strict=True))
    return TableForm(separator, quotes, names if has_header else numbers, has_header)


def _separator(lines: Sequence[str], kind: str) -> str:
    """The one that divides most rows into as many cells as the first; a tab first in a ``.tsv``."""
    candidates = sorted(SEPARATORS, key=lambda separator: separator != "\t") if kind == "tsv" else SEPARATORS
    shares = {separator: _share_like_the_first(lines, separator) for separator in candidates}
    if kind == "tsv" and shares["\t"] > 0:
        return "\t"
    best = max(shares, key=lambda separator: shares[separator])
    return best if shares[best] > 0 else NO_SEPARATOR


def _share_like_the_first(lines: Sequence[str], separator: str) -> float:
    """Share of the rows that have as many cells as the first one; 0 if that has a single cell."""
    sizes = [len(row) for row in _rows(lines, separator, quotes=True) if row]
    if not sizes or sizes[0] < 2:
        return 0.0
    return sizes.count(sizes[0]) / len(sizes)


def _rows(lines: Sequence[str], separator: str, quotes: bool) -> list[list[str]]:
    """The first rows; the last one may be cut where the sample ends."""
    return list(islice(cell_reader(lines, separator, quotes), ROWS_LOOKED_AT))


def cell_reader(lines: Iterable[str], separator: str, quotes: bool) -> Iterator[list[str]]:
    """Rows of cells of up to 16 Mi characters each."""
    csv.field_size_limit(max(csv.field_size_limit(), LONGEST_FIELD))  # that of the process: it grows only
    if quotes:
        return csv.reader(lines, delimiter=separator)
    return csv.reader(lines, delimiter=separator, quoting=csv.QUOTE_NONE)


def _has_whole_quotations(lines: Sequence[str]) -> bool:
    """Whether quotation marks around cells are always closed; beside tabs they often are text."""
    if not any(line.startswith('"') or '\t"' in line for line in lines):
        return False
    whole = lines if lines[-1].endswith(("\n", "\r")) else lines[:-1]
    reader = csv.reader(whole, delimiter="\t", strict=True)
    try:
        for _ in islice(reader, ROWS_LOOKED_AT):
            pass
    except csv.Error:
        return False
    return True


def _is_header(row: Sequence[str]) -> bool:
    """Whether the cells read like names of columns: short, all different, no numbers, no sentences."""
    cells = [cell.strip() for cell in row]
    return bool(cells) and len(set(cells)) == len(cells) and all(map(_is_name, cells[1:] or cells))


def _is_name(cell: str) -> bool:
    is_short = 0 < len(cell) <= LONGEST_NAME and len(cell.split()) <= MOST_WORDS_OF_A_NAME
    return is_short and not cell.endswith(_SENTENCE_ENDS) and _NUMBER.fullmatch(cell) is None
