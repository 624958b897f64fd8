"""Texts in a column of a table: comma-, semicolon-, tab- or bar-separated."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import accumulate, chain
from typing import BinaryIO

from gloveui.core.errors import ColumnMissing, ColumnWanted, FieldTooLong, QuoteNotClosed
from gloveui.storage.table_form import TableForm, cell_reader, sniff_form
from gloveui.storage.text_streams import (
    LONGEST_FIELD,
    LONGEST_LINE,
    DecodedStream,
    LinePieces,
    Notes,
    Pieces,
    lines_of,
)


def table_texts(kind: str, stream: BinaryIO, path: str, encoding: str | None, column: str) -> Pieces:
    """The cells of one column, a line or more each.

    Parameters
    ----------
    kind
        ``"csv"`` or ``"tsv"``.
    column
        Its name or its number from 1; empty if there is only one.

    Raises
    ------
    ColumnWanted
        If no column is chosen and there are several.
    ColumnMissing, FieldTooLong, LineTooLong, QuoteNotClosed
        With the columns there are, or the line.
    """
    notes = Notes(path)
    table = _Table(kind, stream, path, encoding, notes)
    index = _index_of(column, table.form.columns, path)
    width = len(table.form.columns)
    pieces = LinePieces()
    for line, row in table.rows():
        if len(row) != width:
            notes.add("ragged_rows", line)
        if index < len(row) and row[index]:
            pieces.add(row[index])
        yield from pieces.due(table.characters)
    yield from pieces.all(1.0)
    return notes.values()


def table_columns(kind: str, stream: BinaryIO, path: str, encoding: str | None) -> tuple[str, ...]:
    """Names of the columns of a table, or their numbers where it does not name them."""
    return _Table(kind, stream, path, encoding, Notes(path)).form.columns


def _index_of(column: str, columns: tuple[str, ...], path: str) -> int:
    """Where in a row the chosen column is; a name goes before a number."""
    if not column and len(columns) > 1:
        raise ColumnWanted(path=path, columns=columns, expected=", ".join(columns))
    if not column:
        return 0
    if column in columns:
        return columns.index(column)
    if column.isascii() and column.isdigit() and 1 <= int(column) <= len(columns):
        return int(column) - 1
    raise ColumnMissing(path=path, received=column, columns=columns, expected=", ".join(columns))


class _Table:
    """A table that is read once, from its start."""

    def __init__(self, kind: str, stream: BinaryIO, path: str, encoding: str | None, notes: Notes) -> None:
        self.characters = DecodedStream(stream, path, encoding, notes)
        self._path = path
        chunks = self.characters.chunks()
        head = next(chunks, "")
        self.form = sniff_form(head, kind)
        self._chunks = chain([head], chunks)

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Rows below the header that hold anything, each with its line from 1."""
        lines = _Lines(lines_of(self._chunks, self._path), self._path, self.form)
        reader = cell_reader(lines, self.form.separator, self.form.quotes)
        is_header = self.form.has_header
        for row in _told_by_line(reader, lines, self._path):
            if row and not is_header:
                yield lines.first_of_row, row
            is_header = is_header and not row


class _Lines:
    """Lines for the csv reader, which asks for a second one only inside quotation marks."""

    def __init__(self, lines: Iterator[str], path: str, form: TableForm) -> None:
        self._lines, self._path, self._separator = lines, path, form.separator
        self._row: list[str] = []
        self._size = 0
        self.first_of_row = 1

    def begin_row(self) -> None:
        """Forget the lines of the row before."""
        self.first_of_row += len(self._row)
        self._row, self._size = [], 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines, None)
        if line is None:
            if self._row:
                raise QuoteNotClosed(path=self._path, line=self.opening_line())
            raise StopIteration
        self._row.append(line)
        self._size += len(line)
        if self._size > LONGEST_LINE:
            raise self.too_long()
        return line

    def too_long(self) -> FieldTooLong:
        """The error for a cell that does not end in time."""
        return FieldTooLong(path=self._path, line=self.opening_line(), expected=LONGEST_FIELD)

    def opening_line(self) -> int:
        """Line of the quotation mark that is not closed in the row so far, or the row's first line."""
        row, place = "".join(self._row), 0
        while row[place : place + 1] == '"' or (place := self._next_quoted(row, place)) >= 0:
            end = _closing_mark(row, place + 1)
            if end < 0:
                return self._line_of(place)
            place = end + 1
        return self.first_of_row

    def _line_of(self, place: int) -> int:
        """Line of a character of the row."""
        ends = accumulate(map(len, self._row))
        return self.first_of_row + sum(1 for end in ends if end <= place)

    def _next_quoted(self, row: str, place: int) -> int:
        """Where the next cell begins that is in quotation marks, or -1."""
        opening = row.find(self._separator + '"', place)
        return opening + 1 if opening >= 0 else -1


def _closing_mark(row: str, place: int) -> int:
    """Where the quotation ends that a cell began before `place`, or -1; two marks stand for one."""
    while (end := row.find('"', place)) >= 0 and row[end + 1 : end + 2] == '"':
        place = end + 2
    return end


def _told_by_line(reader: Iterator[list[str]], lines: _Lines, path: str) -> Iterator[list[str]]:
    """The reader's rows; what it refuses becomes an error with the line."""
    while True:
        lines.begin_row()
        try:
            row = next(reader, None)
        except csv.Error as error:
            raise lines.too_long() from error
        if row is None:
            return
        yield row
