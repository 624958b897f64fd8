"""Texts in a field of JSON objects: one object a line, or an array of them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import chain
from typing import Any, BinaryIO

from gloveui.core.errors import ColumnMissing, ColumnWanted, TooDeep, TooManyBadLines
from gloveui.storage.json_array import DEEPEST, ArrayElements, depth_of
from gloveui.storage.text_streams import DecodedStream, LinePieces, Notes, Pieces, lines_of

MOST_BAD_LINES = 100
RECORDS_LOOKED_AT = 200
CHARACTERS_LOOKED_AT = 1 << 20
RECORDS_WITHOUT_FIELD = 1000  # after which a field is taken to be missing everywhere

_ARRAY = re.compile(r"\s*\[\s*(?:[{\"\]]|\Z)")
_MISSING = object()


def json_texts(stream: BinaryIO, path: str, encoding: str | None, column: str) -> Pieces:
    """The strings in one field, a line or more each; a record that is a string itself is its text.

    Parameters
    ----------
    column
        Name of the field, dotted where objects are inside objects; empty if there is only one.

    Raises
    ------
    ColumnWanted
        If no field is chosen and several hold text.
    ColumnMissing, LineTooLong, TooDeep, TooManyBadLines
        With the fields there are, or the line.
    """
    notes = Notes(path)
    records = _Records(stream, path, encoding, notes)
    field = _Field(column or records.only_field(), records, notes)
    pieces = LinePieces()
    for line, record in records.all():
        if text := field.text(line, record):
            pieces.add(text)
        yield from pieces.due(records.characters)
    field.refuse_if_missing()
    records.refuse_without_any()
    yield from pieces.all(1.0)
    return notes.values()


def json_fields(stream: BinaryIO, path: str, encoding: str | None) -> tuple[str, ...]:
    """Dotted names of the fields that hold strings in the first records, in the order in which they come."""
    return _Records(stream, path, encoding, Notes(path)).fields


class _Records:
    """Parsed JSON values, each with its line; those that cannot be parsed are noted."""

    def __init__(self, stream: BinaryIO, path: str, encoding: str | None, notes: Notes) -> None:
        self.characters = DecodedStream(stream, path, encoding, notes)
        self.path, self._notes = path, notes
        self._line = 0
        self._first_reason = ""
        self._count = 0
        chunks = self.characters.chunks()
        begin = next(chunks, "")
        chunks = chain([begin], chunks)
        values = ArrayElements(chunks, path) if _ARRAY.match(begin) else _lines_with_numbers(chunks, path)
        self._records = self._parsed(iter(values))
        self._first = list(self._first_records())
        self.fields = _fields_of([record for _, record in self._first])

    def all(self) -> Iterator[tuple[int, Any]]:
        """Every record, from the first; once."""
        return chain(self._first, self._records)

    def only_field(self) -> str:
        """The field to read where none was chosen; empty where records are strings themselves."""
        if len(self.fields) > 1:
            raise ColumnWanted(path=self.path, columns=self.fields, expected=", ".join(self.fields))
        return self.fields[0] if self.fields else ""

    def refuse_without_any(self) -> None:
        """Raise `TooManyBadLines` if nothing could be parsed."""
        if self._notes.count("bad_json") and not self._count:
            raise self._too_many_bad()

    def _first_records(self) -> Iterator[tuple[int, Any]]:
        size = 0
        while self._count < RECORDS_LOOKED_AT and size < CHARACTERS_LOOKED_AT:
            record = next(self._records, None)
            if record is None:
                return
            size += self._size
            yield record

    def _parsed(self, values: Iterator[tuple[int, str]]) -> Iterator[tuple[int, Any]]:
        for self._line, value in values:
            if depth_of(value) > DEEPEST:
                raise TooDeep(path=self.path, line=self._line, expected=DEEPEST)
            self._size = len(value)
            try:
                record = json.loads(value, object_pairs_hook=self._object)
            except (ValueError, RecursionError) as error:
                self._note_bad(error)
            else:
                self._count += 1
                yield self._line, record

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        members = dict(pairs)
        if len(members) < len(pairs):
            self._notes.add("duplicate_keys", self._line)
        return members

    def _note_bad(self, error: Exception) -> None:
        self._first_reason = self._first_reason or str(getattr(error, "msg", error))
        self._notes.add("bad_json", self._line)
        if self._notes.count("bad_json") > MOST_BAD_LINES:
            raise self._too_many_bad()

    def _too_many_bad(self) -> TooManyBadLines:
        count, first = self._notes.count("bad_json"), self._notes.first("bad_json")
        return TooManyBadLines(path=self.path, received=count, line=first, reason=self._first_reason)


class _Field:
    """The chosen field; what is no text there goes to the notes."""

    def __init__(self, column: str, records: _Records, notes: Notes) -> None:
        self._column, self._names = column, column.split(".")
        self._records, self._notes = records, notes
        self._found = self._looked_at = 0

    def text(self, line: int, record: object) -> str:
        """The text of a record, empty if it has none."""
        self._looked_at += 1
        value = self._value(record) if self._column else record
        if value is _MISSING:
            self._notes.add("field_missing", line)
            if self._looked_at >= RECORDS_WITHOUT_FIELD:
                self.refuse_if_missing()
            return ""
        self._found += 1
        if isinstance(value, str):
            return value
        self._notes.add("not_a_string", line)
        return ""

    def refuse_if_missing(self) -> None:
        """Raise `ColumnMissing` if no record so far had the field."""
        if self._looked_at and not self._found:
            fields = self._records.fields
            raise ColumnMissing(
                path=self._records.path, received=self._column, columns=fields, expected=", ".join(fields)
            )

    def _value(self, record: Any) -> object:
        """What stands in the field; a name with dots may be that of a member, too."""
        if isinstance(record, dict) and self._column in record:
            return record[self._column]
        for name in self._names:
            if not isinstance(record, dict) or name not in record:
                return _MISSING
            record = record[name]
        return record


def _lines_with_numbers(chunks: Iterator[str], path: str) -> Iterator[tuple[int, str]]:
    """Lines that hold anything, each with its number from 1."""
    for number, line in enumerate(lines_of(chunks, path), 1):
        if value := line.strip():
            yield number, value


def _fields_of(records: list[Any]) -> tuple[str, ...]:
    """Names of the fields that hold strings, or of all where none does."""
    leaves = [leaf for record in records for leaf in _leaves(record, "")]
    with_text = dict.fromkeys(name for name, value in leaves if isinstance(value, str))
    return tuple(with_text or dict.fromkeys(name for name, _ in leaves))


def _leaves(record: Any, prefix: str) -> Iterator[tuple[str, object]]:
    """Members of objects inside objects, each with its dotted name."""
    if isinstance(record, dict):
        for name, value in record.items():
            if isinstance(value, dict):
                yield from _leaves(value, f"{prefix}{name}.")
            else:
                yield f"{prefix}{name}", value
