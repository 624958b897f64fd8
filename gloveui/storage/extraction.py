"""Texts out of files with a structure: tables, JSON lines, markup, documents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO

from gloveui.storage.text_streams import Pieces
from gloveui.storage.text_structure import structure_of

__all__ = ["KINDS", "Extraction", "choices", "extracted", "structure_of"]

KINDS = ("csv", "tsv", "json lines", "xml", "html", "docx", "pdf", "epub")


@dataclass(frozen=True, slots=True)
class Extraction:
    """What to read of a structured text.

    Attributes
    ----------
    encoding
        Python's name of the encoding, or None to detect it; documents and binary formats say their own.
    column
        Of a table its name or number from 1, of JSON lines the dotted name of a field; empty if there is one.
    element
        Name of the element of XML or HTML whose text is meant, without a namespace.
    """

    encoding: str | None = None
    column: str = ""
    element: str = ""


def extracted(kind: str, stream: BinaryIO, path: str, extraction: Extraction) -> Pieces:
    """The text in a stream of one of the `KINDS`.

    Parameters
    ----------
    stream
        The file's bytes, from their beginning; it need not be seekable. It is not closed.
    path
        What to call it in errors and notes.

    Yields
    ------
    Pieces of whole lines in UTF-8, at most 256 KiB each and perhaps empty, with the share read or None.

    Returns
    -------
    What was odd about it.

    Raises
    ------
    ColumnWanted, ElementWanted
        If a choice has to be made first; the choices are in their fields.
    TextError
        If it cannot be read; it names the place.
    """
    if kind in ("csv", "tsv"):
        from gloveui.storage.table_texts import table_texts

        return (yield from table_texts(kind, stream, path, extraction.encoding, extraction.column))
    if kind == "json lines":
        from gloveui.storage.json_texts import json_texts

        return (yield from json_texts(stream, path, extraction.encoding, extraction.column))
    if kind in ("xml", "html"):
        from gloveui.storage.markup_texts import markup_texts

        return (yield from markup_texts(kind, stream, path, extraction.encoding, extraction.element))
    from gloveui.storage.document_texts import document_texts

    return (yield from document_texts(kind, stream, path))


def choices(kind: str, stream: BinaryIO, path: str, encoding: str | None = None) -> tuple[str, ...]:
    """What can be chosen in a stream of this kind; empty for documents.

    Columns of a table in their order, fields of JSON lines in the order in which they come, elements of XML
    and HTML that hold text, the one with most text first. Only the beginning of the stream is read.
    """
    if kind in ("csv", "tsv"):
        from gloveui.storage.table_texts import table_columns

        return table_columns(kind, stream, path, encoding)
    if kind == "json lines":
        from gloveui.storage.json_texts import json_fields

        return json_fields(stream, path, encoding)
    if kind in ("xml", "html"):
        from gloveui.storage.markup_texts import text_elements

        return text_elements(kind, stream, path, encoding)
    return ()
