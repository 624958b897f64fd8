"""Texts in the elements of XML and HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, islice
from typing import BinaryIO

from gloveui.core.errors import ElementMissing, ElementWanted
from gloveui.storage.markup_lines import ElementText, TextElements, local_name
from gloveui.storage.markup_parsers import HtmlParser, MarkupParser, MarkupTarget, XmlParser
from gloveui.storage.text_streams import DecodedStream, LinePieces, Notes, Pieces

CHUNKS_LOOKED_AT = 4  # of 256 KiB

DECLARED_ENCODING = re.compile(
    rb"<(?:\?xml|meta)\b[^<>]*?(?:encoding|charset)\s*=\s*[\"']?([A-Za-z0-9._-]+)", re.IGNORECASE
)


def markup_texts(kind: str, stream: BinaryIO, path: str, encoding: str | None, element: str) -> Pieces:
    """The text of each element of one name, as lines.

    Parameters
    ----------
    kind
        ``"xml"`` or ``"html"``.
    element
        The name without a namespace; if empty, the only one with text, in HTML everything to be read.

    Raises
    ------
    ElementWanted
        If no element of XML is chosen and several hold text.
    ElementMissing, EntityRefused, MarkupBroken, TooDeep
        With the elements there are, or the place.
    """
    notes = Notes(path)
    markup = _Markup(kind, stream, path, encoding, notes)
    name = local_name(element.lower() if kind == "html" else element)
    target = ElementText(name or markup.only_element(), kind == "html")
    parser = markup.parser(target)
    pieces = LinePieces()
    for chunk in markup.chunks():
        parser.feed(chunk)
        for line in target.take():
            pieces.add(line)
        yield from pieces.due(markup.characters)
    parser.close()
    for line in target.take():
        pieces.add(line)
    if not target.found:
        markup.refuse_missing(element)
    yield from pieces.all(1.0)
    return notes.values()


def text_elements(kind: str, stream: BinaryIO, path: str, encoding: str | None) -> tuple[str, ...]:
    """Names of the elements with text at the beginning of a stream, the one with most text first."""
    return _Markup(kind, stream, path, encoding, Notes(path)).elements.names


class _Markup:
    """Markup that is read once, after a look at its beginning."""

    def __init__(self, kind: str, stream: BinaryIO, path: str, encoding: str | None, notes: Notes) -> None:
        self._kind, self._path, self._notes = kind, path, notes
        self.characters = DecodedStream(stream, path, encoding, notes, DECLARED_ENCODING)
        self._chunks = self.characters.chunks()
        self._head = list(islice(self._chunks, CHUNKS_LOOKED_AT))
        self.elements = TextElements(kind == "html")
        parser = self.parser(self.elements, Notes(path))
        for chunk in self._head:
            parser.feed(chunk)
        if kind == "html":  # lxml keeps the last elements back; only XML could be cut at a wrong place
            parser.close()

    def chunks(self) -> Iterator[str]:
        """All characters, once."""
        return chain(self._head, self._chunks)

    def parser(self, target: MarkupTarget, notes: Notes | None = None) -> MarkupParser:
        """A parser for this kind of markup."""
        if self._kind == "html":
            return HtmlParser(target)
        return XmlParser(target, self._path, notes or self._notes)

    def only_element(self) -> str:
        """The element to read where none was chosen; empty for all there is to read."""
        names = self.elements.with_own_text
        if self._kind == "html" or not names:
            return ""
        if len(names) > 1:
            elements = self.elements.names
            raise ElementWanted(path=self._path, elements=elements, expected=", ".join(elements))
        return names[0]

    def refuse_missing(self, element: str) -> None:
        """Raise `ElementMissing`."""
        names = self.elements.names
        raise ElementMissing(path=self._path, received=element, elements=names, expected=", ".join(names))
