"""Texts in electronic books (EPUB): their chapters in reading order."""

from __future__ import annotations

import posixpath
from typing import IO
from urllib.parse import unquote

from gloveui.core.errors import DocumentBroken, DocumentProtected
from gloveui.storage.markup_lines import ElementText
from gloveui.storage.markup_parsers import HtmlParser
from gloveui.storage.markup_texts import DECLARED_ENCODING
from gloveui.storage.text_streams import DecodedStream, LinePieces, Notes, Pieces
from gloveui.storage.zipped_documents import ZippedDocument

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_CHAPTER_TYPES = ("application/xhtml+xml", "text/html", "application/x-dtbook+xml", "")


def book_texts(stream: IO[bytes], path: str) -> Pieces:
    """The chapters as lines; each piece comes with the share of the chapters read.

    Raises
    ------
    DocumentProtected
        If a chapter is encrypted.
    TextError
        If the book cannot be read.
    """
    notes = Notes(path)
    pieces = LinePieces()
    with ZippedDocument(stream, path) as book:
        chapters = _chapters(book)
        _refuse_encrypted(book, chapters)
        for number, chapter in enumerate(chapters, 1):
            if chapter in book:
                for line in _lines_of_chapter(book, chapter, notes):
                    pieces.add(line)
            else:
                notes.add("missing_chapters", chapter)
            yield from pieces.all(number / len(chapters))
    return notes.values()


def _lines_of_chapter(book: ZippedDocument, chapter: str, notes: Notes) -> list[str]:
    """Lines of one part in XHTML, which is read as forgivingly as HTML."""
    target = ElementText("", is_html=True)
    parser = HtmlParser(target)
    with book.part(chapter) as part:
        for chunk in DecodedStream(part, book.path, None, notes, DECLARED_ENCODING).chunks():
            parser.feed(chunk)
    parser.close()
    return target.take()


def _chapters(book: ZippedDocument) -> list[str]:
    """Names of the parts with chapters, in reading order."""
    package = _package(book)
    folder = posixpath.dirname(package)
    items, order = {}, []
    for name, attributes in book.elements(package):
        if name == "item" and attributes.get("media-type", "") in _CHAPTER_TYPES:
            items[attributes.get("id", "")] = attributes.get("href", "")
        elif name == "itemref":
            order.append(attributes.get("idref", ""))
    chapters = [_part_name(folder, items[item]) for item in order if item in items]
    if not chapters:
        raise DocumentBroken(path=book.path, reason="it names no chapters")
    return chapters


def _package(book: ZippedDocument) -> str:
    """Name of the part that lists the others."""
    for name, attributes in book.elements(_CONTAINER):
        if name == "rootfile" and attributes.get("full-path"):
            return attributes["full-path"]
    raise DocumentBroken(path=book.path, reason=f"{_CONTAINER} names no package")


def _part_name(folder: str, reference: str) -> str:
    return posixpath.normpath(posixpath.join(folder, unquote(reference.partition("#")[0])))


def _refuse_encrypted(book: ZippedDocument, chapters: list[str]) -> None:
    """Raise `DocumentProtected` if a chapter is encrypted; fonts often are, and do not matter."""
    if _ENCRYPTION not in book:
        return
    references = book.elements(_ENCRYPTION)
    encrypted = {_part_name("", attributes.get("URI", "")) for _, attributes in references}
    if not encrypted.isdisjoint(chapters):
        raise DocumentProtected(path=book.path)
