"""Characters out of streams of bytes, pieces out of lines: both ends of reading a structured text."""

from __future__ import annotations

import codecs
import os
import re
from collections.abc import Generator, Iterable, Iterator
from io import BytesIO, FileIO
from typing import Protocol, TypeAlias

from gloveui.core.encodings import check_encoding, detect_encoding
from gloveui.core.errors import LineTooLong, NotInThisEncoding
from gloveui.core.text_notes import TextNote

PIECE_BYTES = 256 * 1024
LONGEST_FIELD = 16 << 20  # characters
LONGEST_LINE = 2 * LONGEST_FIELD
LONGEST_DECLARATION = 4096

Pieces: TypeAlias = Generator[tuple[bytes, float | None], None, tuple[TextNote, ...]]
"""Pieces of whole lines in UTF-8, each with the share of the stream that was read, then the notes.

A piece may be empty: a chance to stop while much is read that holds no text.
"""

_LINES = re.compile(r"[^\r\n]*(?:\r\n?|\n)")
_SURROGATES = re.compile("[\ud800-\udfff]")


class ByteReader(Protocol):
    """Bytes that are read from their beginning."""

    def read(self, size: int = -1, /) -> bytes:
        """So many bytes, fewer only where they end."""


class Notes:
    """What was odd about a text so far: each kind with how often, and where first."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._met: dict[str, tuple[int, str]] = {}

    def add(self, kind: str, place: object = "", count: int = 1) -> None:
        """Count something; the first place is kept."""
        before, first = self._met.get(kind, (0, str(place)))
        self._met[kind] = (before + count, first)

    def count(self, kind: str) -> int:
        """How often something was met."""
        return self._met.get(kind, (0, ""))[0]

    def first(self, kind: str) -> str:
        """Where something was met first."""
        return self._met.get(kind, (0, ""))[1]

    def values(self) -> tuple[TextNote, ...]:
        """All of them, in the order in which they were met."""
        return tuple(TextNote(kind, self._path, count, place) for kind, (count, place) in self._met.items())


class DecodedStream:
    """The characters of a stream of bytes; what was wrong with them goes to the notes.

    Parameters
    ----------
    stream
        Anything with ``read``; it need not be seekable.
    path
        What to call it in errors.
    encoding
        Python's name of its encoding, or None to detect it from the first 256 KiB.
    declared
        Where a text may name its encoding itself; a byte order mark goes before.
    notes
        Gets the bytes without a meaning, which become U+FFFD, and the NUL characters, which are dropped.

    size
        How many bytes there are, where the stream itself does not say.

    Raises
    ------
    UnknownEncoding, NotInThisEncoding
        If Python cannot decode with this encoding, or not go on with it.
    """

    def __init__(
        self,
        stream: ByteReader,
        path: str,
        encoding: str | None,
        notes: Notes,
        declared: re.Pattern[bytes] | None = None,
        size: int | None = None,
    ) -> None:
        self._stream, self._path, self._notes = stream, path, notes
        self._size = file_size(stream) if size is None else size
        self._bytes = 0
        self.reads = 0
        self.sample = stream.read(PIECE_BYTES)
        if encoding is not None:
            check_encoding(path, encoding)
        self.encoding = encoding or self._declared(declared) or detect_encoding(self.sample)
        self._decoder = codecs.getincrementaldecoder(self.encoding)("strict")
        self._is_strict = True

    @property
    def fraction(self) -> float | None:
        """Share of the stream that was read, or None if nobody knows how long it is."""
        return None if self._size is None else min(1.0, self._bytes / max(1, self._size))

    def _declared(self, pattern: re.Pattern[bytes] | None) -> str | None:
        """The encoding that the text names, if it is right about that."""
        match = pattern.search(self.sample[:LONGEST_DECLARATION]) if pattern else None
        if match is None:
            return None
        encoding = match[1].decode("ascii").lower()
        try:
            codecs.getincrementaldecoder(encoding)("strict").decode(self.sample)
        except (LookupError, ValueError):
            return None
        return None if encoding.startswith(("utf-16", "utf-32", "utf-8")) else encoding

    def chunks(self) -> Iterator[str]:
        """All characters, a stretch for each read."""
        data, mark = self.sample, "\ufeff"
        while data:
            text = self._decoded(data, final=False).removeprefix(mark)
            mark = mark if not text else ""
            yield text
            data = self._stream.read(PIECE_BYTES)
        if rest := self._decoded(b"", final=True):
            yield rest

    def _decoded(self, data: bytes, final: bool) -> str:
        state = self._decoder.getstate()
        try:
            text = self._decoder.decode(data, final)
        except UnicodeDecodeError as error:
            place = self._bytes + len(data) - len(error.object) + error.start
            text = self._leniently(state, data, final, place)
        except UnicodeError as error:  # an encoding that cannot go on after a broken byte
            raise NotInThisEncoding(path=self._path, encoding=self.encoding, reason=error) from error
        else:
            if not self._is_strict and (broken := text.count("\ufffd")):
                self._notes.add("broken_bytes", count=broken)
        self._bytes += len(data)
        self.reads += 1
        if nul := text.count("\0"):
            self._notes.add("nul_characters", count=nul)
            text = text.replace("\0", "")
        return text

    def _leniently(self, state: tuple[bytes, int], data: bytes, final: bool, place: int) -> str:
        """The same bytes with U+FFFD for broken ones; from here on all are read so."""
        self._decoder = codecs.getincrementaldecoder(self.encoding)("replace")
        self._decoder.setstate(state)
        self._is_strict = False
        text = self._decoder.decode(data, final)
        self._notes.add("broken_bytes", place, max(1, text.count("\ufffd")))
        return text


class LinePieces:
    """Gathers texts as lines and hands them out in pieces of at most 256 KiB."""

    def __init__(self) -> None:
        self._waiting = bytearray()
        self._reads = 0

    def add(self, text: str) -> None:
        """A text that begins and ends with a line; line ends inside it stay, NUL goes."""
        text = text.replace("\0", "")
        try:
            self._waiting += text.encode()
        except UnicodeEncodeError:  # half a character, as JSON can write it
            self._waiting += _SURROGATES.sub("\ufffd", text).encode()
        if not text.endswith("\n"):
            self._waiting += b"\n"

    def due(self, stream: DecodedStream) -> Iterator[tuple[bytes, float | None]]:
        """What waits, if it is enough for a piece or more was read since the last time."""
        if stream.reads != self._reads or len(self._waiting) >= PIECE_BYTES:
            self._reads = stream.reads
            yield from self.all(stream.fraction)

    def all(self, fraction: float | None) -> Iterator[tuple[bytes, float | None]]:
        """Whatever waits; one empty piece if nothing does."""
        while len(self._waiting) > PIECE_BYTES:
            size = self._end_of_piece()
            yield bytes(self._waiting[:size]), fraction
            del self._waiting[:size]
        yield bytes(self._waiting), fraction
        self._waiting.clear()

    def _end_of_piece(self) -> int:
        """Where the last line ends, in a long line the last word, else the last character."""
        for separator in (b"\n", b" "):
            if end := self._waiting.rfind(separator, 0, PIECE_BYTES) + 1:
                return end
        end = PIECE_BYTES
        while self._waiting[end] & 0xC0 == 0x80:
            end -= 1
        return end


def file_size(stream: ByteReader) -> int | None:
    """Bytes of the file or buffer behind a stream, or None where they cannot be told beforehand."""
    if isinstance(stream, BytesIO):
        return len(stream.getbuffer())
    raw = getattr(stream, "raw", stream)
    return os.fstat(raw.fileno()).st_size if isinstance(raw, FileIO) else None


def lines_of(chunks: Iterable[str], path: str) -> Iterator[str]:
    r"""Lines with their ends, which are ``"\n"``, ``"\r\n"`` or ``"\r"``.

    Raises
    ------
    LineTooLong
        If a line has more than 32 Mi characters.
    """
    waiting, number = "", 1
    for chunk in chunks:
        may_end = waiting.endswith("\r") or "\n" in chunk or "\r" in chunk
        waiting += chunk
        # A "\r" at the very end may be half a line end.
        if may_end and (end := max(waiting.rfind("\n"), waiting.rfind("\r", 0, -1)) + 1):
            lines = _LINES.findall(waiting, 0, end)
            waiting = waiting[end:]
            number += len(lines)
            yield from lines
        if len(waiting) > LONGEST_LINE:
            raise LineTooLong(path=path, line=number, expected=LONGEST_LINE)
    if waiting:
        yield waiting
