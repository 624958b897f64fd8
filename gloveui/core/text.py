"""Texts as pieces of whole characters in UTF-8, however they are stored and encoded."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO, Protocol

from gloveui.core.composition import composed
from gloveui.core.compressed import ByteStream, open_bytes
from gloveui.core.decoding import WIDE_ENCODINGS, Tally, decoder
from gloveui.core.encodings import check_encoding, detect_encoding
from gloveui.core.errors import BinaryText, NotInThisEncoding
from gloveui.core.signatures import looks_like
from gloveui.core.text_notes import TextNote

PIECE_BYTES = 256 * 1024  # one piece is decoded for about 1 ms, so the interface stays alive
SAMPLE_BYTES = 256 * 1024
LONGEST_TAIL = 1 << 20  # bytes without white space that are kept waiting for their end

# CR, NEL, line and paragraph separators, form feeds: all end a line, and with it a sentence.
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_SURROGATES = re.compile("[\ud800-\udfff]")


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
        stream, tally = BytesIO(data), Tally()
        chunks = decoded_chunks(stream, "utf-8", tally, self.name)
        yield from pieces_of(chunks, lambda: stream.tell() / max(1, len(data)))
        return summary_of(tally, self.name, "utf-8")


@dataclass(frozen=True, slots=True)
class FileText:
    """A plain text file, or one compressed with gzip, bzip2 or xz; bytes are decoded as they come.

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
            If there is no such file, it cannot be read, is not text or damaged, or the encoding is unknown.
        """
        shown = printable(self.path)
        if self.encoding is not None:
            check_encoding(shown, self.encoding)
        with open_bytes(self.path, shown) as stream:
            sample = stream.read(SAMPLE_BYTES)
        refuse_binary(sample, shown, self.encoding)
        encoding = self.encoding or detect_encoding(sample)
        tally = Tally()
        with open_bytes(self.path, shown) as stream:
            chunks = decoded_chunks(stream, encoding, tally, shown)
            yield from pieces_of(chunks, lambda: stream.position / max(1, stream.size))
            notes = stream.notes(self.name)
        return summary_of(tally, self.name, encoding, notes)


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


def refuse_binary(sample: bytes, shown: str, encoding: str | None) -> None:
    """Raise `BinaryText` for a file that begins like no text; `encoding` is the one that was chosen."""
    kind = looks_like(sample)
    is_wide = encoding is not None and codecs.lookup(encoding).name.startswith(WIDE_ENCODINGS)
    if kind is not None and not is_wide:  # chosen UTF-16 without a mark is full of NUL
        raise BinaryText(path=shown, received=kind)


def decoded_chunks(
    stream: IO[bytes] | ByteStream, encoding: str, tally: Tally, shown: str
) -> Iterator[bytes]:
    """Stretches of whole characters in UTF-8.

    Raises
    ------
    NotInThisEncoding
        If the encoding cannot go on after a broken byte.
    """
    try:
        yield from filter(
            None, decoder(encoding, tally).characters(iter(lambda: stream.read(PIECE_BYTES), b""))
        )
    except UnicodeError as error:
        raise NotInThisEncoding(path=shown, encoding=encoding, reason=error) from error


def pieces_of(chunks: Iterable[bytes], share: Callable[[], float]) -> Iterator[TextPiece]:
    """Put whole characters together to pieces; `share` says how much of the source has been read.

    An empty chunk is an empty piece: a chance to stop.
    """
    waiting = b""
    for characters in chunks:
        waiting += characters
        if not characters:
            yield TextPiece(b"", min(1.0, share()))
        elif cut := _end_of_piece(waiting):
            yield TextPiece(waiting[:cut], min(1.0, share()))
            waiting = waiting[cut:]
    if waiting:
        yield TextPiece(waiting, 1.0)


def summary_of(tally: Tally, name: str, encoding: str, notes: Iterable[TextNote] = ()) -> TextSummary:
    """What was met in a text that has been read to its end."""
    counted = (tally.sha256, tally.byte_count, tally.broken_bytes, tally.first_broken, tally.nul_count)
    return TextSummary(name, encoding, *counted, tuple(notes))


def _end_of_piece(waiting: bytes) -> int:
    """Where the last whole line ends, in a long line the last word; 0 to wait for more."""
    cut = waiting.rfind(b"\n") + 1
    if cut == 0 and len(waiting) >= PIECE_BYTES:
        cut = waiting.rfind(b" ") + 1
    if cut == 0 and len(waiting) >= LONGEST_TAIL:
        cut = len(waiting)
    return cut
