"""What was odd about a text that could be read all the same: sentences as values, like errors."""

from __future__ import annotations

from dataclasses import dataclass

TEMPLATES = {
    "size_changed": "{path} changed its size while it was read",
    "cut_off": "{path} is cut off: its text is whole up to byte {place}",
    "garbage_behind": "{path}: bytes behind the end of what is compressed, left out: {count}",
    "broken_bytes": "{path}: bytes that are no characters: {count}, the first at byte {place}",
    "binary_skipped": "{path}: files that are no text and were left out: {count} ({place})",
    "unreadable_skipped": "{path}: files that could not be read and were left out: {count} ({place})",
    "sessions_skipped": "{path}: sessions of this program that were left out: {count} ({place})",
    "no_files_skipped": "{path}: pipes and devices that were left out: {count} ({place})",
    "seen_again": "{path}: links to what was read already: {count} ({place})",
    "nul_characters": "{path}: NUL characters that were left out: {count}",
    "ragged_rows": "{path}: rows with more or fewer cells than the first: {count}, one in line {place}",
    "bad_json": "{path}: lines that are not JSON and were left out: {count}, the first is line {place}",
    "duplicate_keys": "{path}: records with a field twice: {count}, one in line {place}; the last counts",
    "not_a_string": "{path}: values that are no text and were left out: {count}, the first in line {place}",
    "field_missing": "{path}: records without the field: {count}, the first in line {place}",
    "unknown_entities": "{path}: unknown entities that were left out: {count}, the first in line {place}",
    "scanned_pages": "{path}: pages without text, perhaps scanned: {count}, the first is page {place}",
    "large_pages": "{path}: pages that are too large and were left out: {count}, the first is page {place}",
    "broken_pages": "{path}: pages that cannot be read and were left out: {count}, the first is page {place}",
    "pdf_oddities": "{path}: places that do not follow the PDF format: {count} ({place})",
    "missing_chapters": "{path}: chapters that are not in the book and were left out: {count} ({place})",
    "broken_in": "{path}: files with bytes that are no characters: {count} ({place})",
    "more": "Notes that are not listed: {count}",
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
