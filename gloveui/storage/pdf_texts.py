"""Texts in PDF documents, page by page."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

from gloveui.core.errors import DocumentBroken, DocumentProtected, ScannedDocument
from gloveui.storage.text_streams import LinePieces, Notes, Pieces

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

LARGEST_PAGE = 8 << 20  # bytes of drawing instructions; the time they take grows with them
FULL_LINE = 0.6  # share of the usual length from which on a line goes on in the next

_FAILURES = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
_HYPHENATED = re.compile(r"(?<=[^\W\d_])[-\u00ad\u2010]\Z")
_SENTENCE_END = re.compile(r"[.!?:;。！？…][\"'”’)\]]*\Z")


def pdf_texts(stream: IO[bytes], path: str) -> Pieces:
    """Paragraphs as lines; each piece comes with the share of the pages read.

    Pages that cannot be read, are too large or hold no text are noted.

    Raises
    ------
    DocumentBroken, DocumentProtected
        If it is no PDF document, or needs a password.
    ScannedDocument
        If no page holds text.
    """
    notes = Notes(path)
    pieces = LinePieces()
    reader = _opened(stream, path, notes)
    with _quiet(notes):
        count = _page_count(reader, path)
    for number in range(1, count + 1):
        with _quiet(notes):
            text = _page_text(reader, number, notes)
        for line in joined_lines(text.splitlines()):
            pieces.add(line)
        yield from pieces.all(number / count)
    if count and notes.count("scanned_pages") == count:
        raise ScannedDocument(path=path, received=count)
    return notes.values()


def joined_lines(lines: list[str]) -> Iterator[str]:
    """Paragraphs of a page: words divided at line ends and lines that go on are put together."""
    stripped = [line.strip() for line in lines]
    lengths = sorted(map(len, filter(None, stripped)))
    usual = lengths[len(lengths) * 3 // 4] if lengths else 0
    paragraph = ""
    for line in stripped:
        paragraph = _with_line(paragraph, line)
        is_full = len(line) >= FULL_LINE * usual and not _SENTENCE_END.search(line)
        if paragraph and not is_full:
            yield paragraph
            paragraph = ""
    if paragraph:
        yield paragraph


def _with_line(paragraph: str, line: str) -> str:
    """The paragraph with a further line; a hyphen goes where a small letter follows it."""
    if _HYPHENATED.search(paragraph) and line[:1].islower():
        return paragraph[:-1] + line
    return f"{paragraph} {line}" if paragraph else line


def _opened(stream: IO[bytes], path: str, notes: Notes) -> PdfReader:
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, PyPdfError

    try:
        with _quiet(notes):
            reader = PdfReader(stream, strict=False)
            # Many restrict what may be done with them, and need no password to be read.
            is_closed = reader.is_encrypted and not reader.decrypt("")
    except (DependencyError, NotImplementedError) as error:
        raise DocumentProtected(path=path) from error
    except (PyPdfError, *_FAILURES) as error:
        raise DocumentBroken(path=path, reason=error) from error
    if is_closed:
        raise DocumentProtected(path=path)
    return reader


def _page_count(reader: PdfReader, path: str) -> int:
    try:
        return len(reader.pages)
    except Exception as error:  # a broken file shows as anything at all
        raise DocumentBroken(path=path, reason=error) from error


def _page_text(reader: PdfReader, number: int, notes: Notes) -> str:
    """Text of a page, empty if there is none or it cannot be read."""
    try:
        page = reader.pages[number - 1]
        if _is_too_large(page):
            notes.add("large_pages", number)
            return ""
        text = page.extract_text()
    except Exception:  # a broken page shows as anything at all
        notes.add("broken_pages", number)
        return ""
    if not text.strip():
        notes.add("scanned_pages", number)
    return text


def _is_too_large(page: PageObject) -> bool:
    contents = page.get_contents()
    return contents is not None and len(contents.get_data()) > LARGEST_PAGE


class _Oddities(logging.Handler):
    """Makes notes of what pypdf logs."""

    def __init__(self, notes: Notes) -> None:
        super().__init__(logging.WARNING)
        self._notes = notes

    def emit(self, record: logging.LogRecord) -> None:
        self._notes.add("pdf_oddities", record.getMessage())


@contextmanager
def _quiet(notes: Notes) -> Iterator[None]:
    """Keep what pypdf logs from everybody else."""
    logger = logging.getLogger("pypdf")
    handler, propagates = _Oddities(notes), logger.propagate
    logger.addHandler(handler)
    logger.propagate = False
    try:
        yield
    finally:
        logger.propagate = propagates
        logger.removeHandler(handler)
