"""Texts in Word documents (.docx), read as they are unpacked: the whole tree may not fit in memory."""

from __future__ import annotations

from typing import IO

from gloveui.storage.markup_parsers import XmlParser
from gloveui.storage.markup_texts import DECLARED_ENCODING
from gloveui.storage.text_streams import DecodedStream, LinePieces, Notes, Pieces
from gloveui.storage.zipped_documents import ZippedDocument

_MAIN_PART = "word/document.xml"
_RELATIONS = "_rels/.rels"
_SIGNS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}


def word_texts(stream: IO[bytes], path: str) -> Pieces:
    """Paragraphs and cells of tables in their order, a line or more each.

    Text that is marked as deleted is left out, and so are headers, footers and footnotes.
    """
    notes = Notes(path)
    pieces = LinePieces()
    target = _Paragraphs()
    with ZippedDocument(stream, path) as document, document.part(_main_part(document)) as part:
        characters = DecodedStream(part, path, None, notes, DECLARED_ENCODING, part.size)
        parser = XmlParser(target, path, notes)
        for chunk in characters.chunks():
            parser.feed(chunk)
            for line in target.take():
                pieces.add(line)
            yield from pieces.due(characters)
        parser.close()
    for line in target.take():
        pieces.add(line)
    yield from pieces.all(1.0)
    return notes.values()


def _main_part(document: ZippedDocument) -> str:
    """Name of the part with the text, as the document says."""
    if _RELATIONS in document:
        for name, attributes in document.elements(_RELATIONS):
            if name == "Relationship" and attributes.get("Type", "").endswith("/officeDocument"):
                return attributes.get("Target", _MAIN_PART).removeprefix("/")
    return _MAIN_PART


class _Paragraphs:
    """Takes the text of runs; a text box comes twice, and is read once."""

    def __init__(self) -> None:
        self._in_text = False
        self._unread = 0  # levels inside what older programs are to show instead
        self._parts: list[str] = []
        self._lines: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self._unread or name == "Fallback":
            self._unread += 1
        elif name == "p":
            self._end_paragraph()  # of the one around a text box
        elif name == "t":
            self._in_text = True
        elif name in _SIGNS and (name != "tab" or not attributes):  # with attributes it is a place for tabs
            self._parts.append(_SIGNS[name])

    def end(self, name: str) -> None:
        if self._unread:
            self._unread -= 1
        elif name == "t":
            self._in_text = False
        elif name == "p":
            self._end_paragraph()

    def data(self, text: str) -> None:
        if self._in_text and not self._unread:
            self._parts.append(text)

    def close(self) -> None:
        self._end_paragraph()

    def take(self) -> list[str]:
        lines, self._lines = self._lines, []
        return lines

    def _end_paragraph(self) -> None:
        lines = "".join(self._parts).split("\n")
        self._parts.clear()
        self._lines.extend(line.strip() for line in lines if line.strip())
