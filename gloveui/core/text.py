"""Texts as pieces of whole characters in UTF-8, however they are stored and encoded."""

from __future__ import annotations

import codecs
import hashlib
import lzma
import re
import stat
from abc import ABC, abstractmethod
from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO, Protocol

from gloveui.core.composition import composed
from gloveui.core.encodings import check_encoding, detect_encoding
from gloveui.core.errors import (
    BinaryText,
    BrokenArchive,
    FileMissing,
    FileUnreadable,
    NotAFile,
    NotInThisEncoding,
)
from gloveui.core.signatures import looks_like
from gloveui.core.text_notes import TextNote

PIECE_BYTES = 256 * 1024  # one piece is decoded for about 1 ms, so the interface stays alive
SAMPLE_BYTES = 256 * 1024
LONGEST_TAIL = 1 << 20  # bytes without white space that are kept waiting for their end

# CR, NEL, line and paragraph separators, form feeds: all end a line, and with it a sentence.
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_ESCAPED_BYTES = re.compile("[\udc80-\udcff]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_REPLACEMENT = re.compile("\ufffd")
_WIDE_ENCODINGS = ("utf-16", "utf-32")
_ENCODINGS_WITHOUT_ESCAPE = (*_WIDE_ENCODINGS, "utf-7", "iso2022", "hz")


@dataclass(frozen=True, slots=True)
class TextPiece:
    r"""A stretch of text that ends with a line, inside a long one at white space where it can.

    Attributes
    ----------
    data
        Whole characters in UTF-8; NUL is dropped, broken bytes are U+FFFD.
    fraction
        Share of the source that has been read, 0 to 1.
    """

    data: bytes
    fraction: float

    @property
    def text(self) -> str:
        r"""The same in NFC; every line end is a ``"\n"``."""
        return cleaned(self.data.decode())


@dataclass(frozen=True, slots=True)
class TextSummary:
    """What was met while a text was read to its end.

    Attributes
    ----------
    name
        What people call the text: its file name, or the name it was given.
    encoding
        Python's name of the encoding that was used.
    sha256
        Hash of the bytes that were decoded, as hexadecimal digits.
    byte_count
        How many bytes these were.
    broken_bytes, first_broken
        Bytes that mean nothing in the encoding, and the offset of the first one (None without any).
    nul_count
        NUL characters that were dropped.
    notes
        What else was odd and passed over.
    """

    name: str
    encoding: str
    sha256: str
    byte_count: int
    broken_bytes: int = 0
    first_broken: int | None = None
    nul_count: int = 0
    notes: tuple[TextNote, ...] = ()


class TextSource(Protocol):
    """Something that holds a text and can be read again and again."""

    @property
    def name(self) -> str:
        """What people call it."""

    def pieces(self) -> Generator[TextPiece, None, TextSummary]:
        """Read from the start; the summary is the generator's result."""


@dataclass(frozen=True, slots=True)
class PastedText:
    """A text that is in memory already, typed or pasted by a person."""

    content: str
    name: str = "Pasted text"

    def pieces(self) -> Generator[TextPiece, None, TextSummary]:
        """Read from the start; see `TextSource`."""
        data = self.content.encode(errors="surrogatepass")  # lone surrogates are counted as broken bytes
        return (yield from _decoded_pieces(self.name, BytesIO(data), len(data), "utf-8"))


@dataclass(frozen=True, slots=True)
class FileText:
    """A plain text file, or one compressed with xz; bytes are decoded as they come.

    Parameters
    ----------
    path
        The file.
    encoding
        Python's name of its encoding, or None to detect it from the first 256 KiB.
    title
        A name to show instead of the file's own.
    """

    path: Path
    encoding: str | None = None
    title: str = ""

    @property
    def name(self) -> str:
        """The title, or the file's name with bytes that are no characters escaped."""
        return self.title or printable(self.path.name)

    def pieces(self) -> Generator[TextPiece, None, TextSummary]:
        """Read from the start; see `TextSource`.

        Raises
        ------
        TextError
            If there is no such file, it cannot be read, is not text, or the encoding is unknown.
        """
        if self.encoding is not None:
            check_encoding(printable(self.path), self.encoding)
        size = _plain_file_size(self.path)
        try:
            with closing(_open_bytes(self.path)) as stream:
                sample = stream.read(SAMPLE_BYTES)
                self._refuse_binary(sample)
                encoding = self.encoding or detect_encoding(sample)
                stream.seek(0)
                return (yield from _decoded_pieces(self.name, stream, size, encoding))
        except (EOFError, lzma.LZMAError) as error:
            raise BrokenArchive(path=printable(self.path), reason=error) from error
        except OSError as error:
            raise FileUnreadable(path=printable(self.path), reason=error.strerror) from error
        except UnicodeError as error:  # an encoding that cannot go on after a broken byte
            path = printable(self.path)
            raise NotInThisEncoding(path=path, encoding=self.encoding, reason=error) from error

    def _refuse_binary(self, sample: bytes) -> None:
        kind = looks_like(sample)
        is_wide = self.encoding is not None and codecs.lookup(self.encoding).name.startswith(_WIDE_ENCODINGS)
        if kind is not None and not is_wide:  # chosen UTF-16 without a mark is full of NUL
            raise BinaryText(path=printable(self.path), received=kind)


def printable(path: Path | str) -> str:
    r"""A path as it can be shown: bytes that are no characters become ``\\udcXX`` escapes."""
    return str(path).encode("utf-8", "backslashreplace").decode()


def normalised(text: str, lower: bool) -> str:
    """Text in NFC, in lower case where asked; words and queries go through this alike."""
    return composed(text.lower() if lower else text)


def cleaned(text: str) -> str:
    r"""Text as words are found in it: NFC, ``"\n"`` for every line end, no NUL, no lone surrogates."""
    text = text.replace("\0", "")
    if not text.isascii():
        text = composed(_SURROGATES.sub("\ufffd", text))
    return _LINE_ENDS.sub("\n", text)


def _plain_file_size(path: Path) -> int:
    """Size in bytes; refuses folders, pipes and devices, which never end or are no text."""
    try:
        status = path.stat()
    except FileNotFoundError as error:
        raise FileMissing(path=printable(path)) from error
    except OSError as error:
        raise FileUnreadable(path=printable(path), reason=error.strerror) from error
    if stat.S_ISDIR(status.st_mode):
        raise NotAFile(path=printable(path), received="a folder")
    if not stat.S_ISREG(status.st_mode):
        raise NotAFile(path=printable(path), received="a pipe or device")
    return status.st_size


def _open_bytes(path: Path) -> IO[bytes]:
    """The file's bytes, uncompressed when it is xz."""
    with path.open("rb") as stream:
        is_xz = stream.read(6) == b"\xfd7zXZ\x00"
    return lzma.open(path) if is_xz else path.open("rb")


def _decoded_pieces(
    name: str, stream: IO[bytes], size: int, encoding: str
) -> Generator[TextPiece, None, TextSummary]:
    """Decode a stream of bytes; `size` is that of the file behind it, for the fraction read."""
    decoding = _decoding(encoding)
    position = _position_in_file(stream)
    waiting = b""
    for characters in decoding.characters(stream):
        waiting += characters
        if cut := _end_of_piece(waiting):
            yield TextPiece(waiting[:cut], min(1.0, next(position) / max(1, size)))
            waiting = waiting[cut:]
    if waiting:
        yield TextPiece(waiting, 1.0)
    return decoding.summary(name)


def _end_of_piece(waiting: bytes) -> int:
    """Where the last whole line ends, in a long line the last word; 0 to wait for more."""
    cut = waiting.rfind(b"\n") + 1
    if cut == 0 and len(waiting) >= PIECE_BYTES:
        cut = waiting.rfind(b" ") + 1
    if cut == 0 and len(waiting) >= LONGEST_TAIL:
        cut = len(waiting)
    return cut


def _position_in_file(stream: IO[bytes]) -> Iterator[int]:
    """Bytes of the file that have been read, counted before decompression."""
    raw = getattr(stream, "_fp", stream)  # an LZMAFile's own position counts uncompressed bytes
    while True:
        yield raw.tell()


def _decoding(encoding: str) -> _Decoding:
    name = codecs.lookup(encoding).name
    return _Utf8(encoding) if name in ("utf-8", "utf-8-sig") else _OtherEncoding(encoding)


class _Decoding(ABC):
    """Makes UTF-8 of bytes read by read, and remembers what was wrong with them."""

    def __init__(self, encoding: str) -> None:
        self._encoding = encoding
        self._hash = hashlib.sha256()
        self._bytes = 0
        self._broken = 0
        self._first_broken: int | None = None
        self._nul = 0

    def characters(self, stream: IO[bytes]) -> Iterator[bytes]:
        """Whole characters in UTF-8, one stretch a read."""
        while data := stream.read(PIECE_BYTES):
            self._hash.update(data)
            self._bytes += len(data)
            yield self._in_utf8(data)
        yield self._in_utf8(b"", final=True)

    def summary(self, name: str) -> TextSummary:
        """What was met so far."""
        return TextSummary(
            name,
            self._encoding,
            self._hash.hexdigest(),
            self._bytes,
            self._broken,
            self._first_broken,
            self._nul,
        )

    @abstractmethod
    def _in_utf8(self, data: bytes, final: bool = False) -> bytes:
        """The whole characters so far that were not handed out before."""

    def _repaired(self, text: str) -> bytes:
        """Decoded text in UTF-8; NUL is counted and dropped, surrogates are replaced."""
        self._nul += text.count("\0")
        return _SURROGATES.sub("\ufffd", text.replace("\0", "")).encode()


class _Utf8(_Decoding):
    """Hands out bytes as they are, unless something is wrong with them."""

    def __init__(self, encoding: str) -> None:
        super().__init__(encoding)
        self._waiting = b""
        self._may_begin_with_mark = codecs.lookup(encoding).name == "utf-8-sig"

    def _in_utf8(self, data: bytes, final: bool = False) -> bytes:
        data = self._waiting + data
        size = len(data) if final else _end_of_characters(data)
        self._waiting = data[size:]
        data = data[:size]
        if self._may_begin_with_mark and data:
            self._may_begin_with_mark = False
            data = data.removeprefix(codecs.BOM_UTF8)
        if (data.isascii() or self._is_whole(data)) and b"\0" not in data:
            return data
        text = data.decode(errors="surrogateescape")
        self._broken += len(_ESCAPED_BYTES.findall(text))
        return self._repaired(text)

    def _is_whole(self, data: bytes) -> bool:
        """Whether every byte has a meaning; the first one without is noted."""
        try:
            data.decode()
        except UnicodeDecodeError as error:
            if self._first_broken is None:
                self._first_broken = self._bytes - len(self._waiting) - len(data) + error.start
            return False
        return True


def _end_of_characters(data: bytes) -> int:
    """Where a character begins that may go on behind the end, else the end."""
    for back in range(1, min(3, len(data)) + 1):
        byte = data[-back]
        if byte >= 0xC0:
            size = 2 if byte < 0xE0 else 3 if byte < 0xF0 else 4
            return len(data) - back if size > back else len(data)
        if byte < 0x80:
            break
    return len(data)


class _OtherEncoding(_Decoding):
    """Decodes with Python's own decoder."""

    def __init__(self, encoding: str) -> None:
        super().__init__(encoding)
        # surrogateescape keeps broken bytes countable; it has no form for ASCII bytes, which these can break.
        no_escape = codecs.lookup(encoding).name.startswith(_ENCODINGS_WITHOUT_ESCAPE)
        self._errors = "replace" if no_escape else "surrogateescape"
        self._broken_mark = _REPLACEMENT if no_escape else _ESCAPED_BYTES
        self._decoder = codecs.getincrementaldecoder(encoding)(self._errors)

    def _in_utf8(self, data: bytes, final: bool = False) -> bytes:
        state = self._decoder.getstate()
        text = self._decoder.decode(data, final)
        if not text.isascii():
            self._note_broken(text, state, data, final)
        return self._repaired(text)

    def _note_broken(self, text: str, state: tuple[bytes, int], data: bytes, final: bool) -> None:
        broken = len(self._broken_mark.findall(text))
        if broken and self._first_broken is None:
            self._first_broken = self._first_error(state, data, final)
        if self._first_broken is not None:  # else each U+FFFD was written as such
            self._broken += broken

    def _first_error(self, state: tuple[bytes, int], data: bytes, final: bool) -> int | None:
        """Offset of the first byte at which strict decoding fails from this state on, or None."""
        strict = codecs.getincrementaldecoder(self._encoding)("strict")
        strict.setstate(state)
        try:
            strict.decode(data, final)
        except UnicodeDecodeError as error:
            # The error's bytes begin with what an earlier read left, or after a byte order mark.
            return self._bytes - len(error.object) + error.start
        return None
