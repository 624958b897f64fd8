"""What was odd about a text that could be read all the same: sentences as values, like errors."""

from __future__ import annotations

from dataclasses import dataclass

TEMPLATES = {
    "size_changed": "{path} changed its size while it was read",
    "cut_off": "{path} is cut off: its text is whole up to byte {place}",
    "garbage_behind": "{path}: {count} bytes behind the end of what is compressed were left out",
    "broken_bytes": "{path}: {count} bytes are no characters, the first at byte {place}",
    "binary_skipped": "{count} files in {path} are no text and were left out: {place}",
    "unreadable_skipped": "{count} files in {path} could not be read and were left out: {place}",
    "no_files_skipped": "{count} pipes or devices in {path} were left out: {place}",
    "seen_again": "{count} links in {path} lead to what was read already: {place}",
    "nul_characters": "{path}: {count} NUL characters were left out",
    "ragged_rows": "{path}: {count} rows have more or fewer cells than the first, one in line {place}",
    "bad_json": "{path}: {count} lines are not JSON and were left out; the first is line {place}",
    "duplicate_keys": "{path}: {count} records name a field twice, one in line {place}; the last counts",
    "not_a_string": "{path}: {count} values are no text and were left out, the first in line {place}",
    "field_missing": "{path}: {count} records lack the field, the first in line {place}",
    "unknown_entities": "{path}: {count} entities are unknown and were left out, the first in line {place}",
    "scanned_pages": "{path}: {count} pages hold no text and may be scanned, the first is page {place}",
    "large_pages": "{path}: {count} pages are too large and were left out, the first is page {place}",
    "broken_pages": "{path}: {count} pages cannot be read and were left out, the first is page {place}",
    "pdf_oddities": "{path}: {count} places do not follow the PDF format: {place}",
    "missing_chapters": "{path}: {count} chapters are not in the book and were left out: {place}",
    "broken_in": "{count} files in {path} have bytes that are no characters: {place}",
    "more": "{count} more notes are not listed",
    "other": "{path}: {count} {place}",
}
"""English sentences by kind of note; their fields are those of `TextNote`."""


@dataclass(frozen=True, slots=True)
class TextNote:
    """Something that was met in a text and passed over.

    Attributes
    ----------
    kind
        A key of `TEMPLATES`.
    path
        The file.
    count
        How often.
    place
        Where first: a line, a byte, a name.
    """

    kind: str
    path: str = ""
    count: int = 0
    place: str = ""

    @property
    def template(self) -> str:
        """The sentence without its facts; a plain one for a kind that a newer version wrote."""
        return TEMPLATES.get(self.kind, TEMPLATES["other"])

    def __str__(self) -> str:
        return self.template.format(path=self.path, count=f"{self.count:,}", place=self.place)
