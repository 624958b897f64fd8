"""Parsers of XML and HTML that are fed piece by piece, follow no reference and expand no entity."""

from __future__ import annotations

import re
from html.entities import html5
from typing import Protocol
from xml.parsers import expat

from gloveui.core.errors import EntityRefused, MarkupBroken, TooDeep
from gloveui.storage.markup_lines import local_name
from gloveui.storage.text_streams import Notes

DEEPEST = 100

# In XHTML these may be empty; read as HTML, what follows would be their content.
_EMPTY_RAW_ELEMENTS = re.compile(r"<(script|style|title|textarea|iframe|noscript)\b([^<>]*)/>", re.IGNORECASE)
_LONGEST_TAG = 4096


class MarkupTarget(Protocol):
    """Takes the events of markup; names come without namespaces."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def data(self, text: str) -> None:
        """Text of the innermost element."""

    def close(self) -> None:
        """The text ends."""


class MarkupParser(Protocol):
    """Something that turns markup into events."""

    def feed(self, text: str) -> None:
        """The next characters."""

    def close(self) -> None:
        """There are no more characters."""


class XmlParser:
    """Strict XML; the parser is expat, which opens nothing by itself.

    Raises
    ------
    EntityRefused
        At the declaration of an entity, be it inside or outside the file: it may be a bomb.
    MarkupBroken
        If this is not well-formed, with line and column from 1.
    TooDeep
        If more than 100 elements are inside one another.
    """

    def __init__(self, target: MarkupTarget, path: str, notes: Notes) -> None:
        self._target, self._path, self._notes = target, path, notes
        self._depth = 0
        self._parser = expat.ParserCreate("utf-8")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = target.data
        self._parser.EntityDeclHandler = self._refuse_entity
        self._parser.SkippedEntityHandler = self._skipped_entity

    def feed(self, text: str) -> None:
        """The next characters."""
        self._parse(text.encode(errors="replace"), is_final=False)

    def close(self) -> None:
        """There are no more characters."""
        self._parse(b"", is_final=True)
        self._target.close()

    def _parse(self, data: bytes, is_final: bool) -> None:
        try:
            self._parser.Parse(data, is_final)
        except expat.ExpatError as error:
            reason = expat.ErrorString(error.code)
            line, column = error.lineno, error.offset + 1
            raise MarkupBroken(path=self._path, line=line, column=column, reason=reason) from error

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise TooDeep(path=self._path, line=self._parser.CurrentLineNumber, expected=DEEPEST)
        self._target.start(local_name(name), attributes)

    def _end(self, name: str) -> None:
        self._depth -= 1
        self._target.end(local_name(name))

    def _refuse_entity(self, name: str, *declaration: object) -> None:
        raise EntityRefused(path=self._path, line=self._parser.CurrentLineNumber, received=name)

    def _skipped_entity(self, name: str, is_parameter: bool) -> None:
        """One that a document type elsewhere may declare: those of HTML are known without it."""
        if text := html5.get(f"{name};"):
            self._target.data(text)
        elif not is_parameter:
            self._notes.add("unknown_entities", self._parser.CurrentLineNumber)


class HtmlParser:
    """Forgiving HTML by lxml; the standard library's parser takes the square of the length on broken tags."""

    def __init__(self, target: MarkupTarget) -> None:
        from lxml import etree

        self._parser = etree.HTMLParser(target=_HtmlTarget(target), encoding="utf-8", no_network=True)
        self._parser.feed(b"<!DOCTYPE html>")  # without any content it would fail at the end
        self._target = target
        self._waiting = ""

    def feed(self, text: str) -> None:
        """The next characters."""
        text = self._waiting + text
        tag = text.rfind("<")
        is_cut = tag >= 0 and ">" not in text[tag:] and len(text) - tag < _LONGEST_TAG
        self._waiting = text[tag:] if is_cut else ""
        self._feed(text[:tag] if is_cut else text)

    def close(self) -> None:
        """There are no more characters."""
        self._feed(self._waiting)
        self._parser.close()
        self._target.close()

    def _feed(self, text: str) -> None:
        self._parser.feed(_EMPTY_RAW_ELEMENTS.sub(r"<\1\2></\1>", text).encode(errors="replace"))


class _HtmlTarget:
    """What lxml calls; instructions and comments are nothing to read."""

    def __init__(self, target: MarkupTarget) -> None:
        self._target = target
        self.data = target.data

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._target.start(local_name(name), attributes)

    def end(self, name: str) -> None:
        self._target.end(local_name(name))

    def comment(self, text: str) -> None:
        """Nothing to read."""

    def close(self) -> None:
        """The real target is closed by the parser's owner."""
