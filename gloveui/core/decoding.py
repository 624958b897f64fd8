"""Makes UTF-8 of bytes in any encoding, read by read, and remembers what was wrong with them."""

from __future__ import annotations

import codecs
import hashlib
import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator

_ESCAPED_BYTES = re.compile("[\udc80-\udcff]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_REPLACEMENT = re.compile("\ufffd")
WIDE_ENCODINGS = ("utf-16", "utf-32")
_ENCODINGS_WITHOUT_ESCAPE = (*WIDE_ENCODINGS, "utf-7", "iso2022", "hz")


class Tally:
    """What was met in the bytes that were decoded, of one file or of several in their order.

    Attributes
    ----------
    byte_count
        How many bytes these were.
    broken_bytes, first_broken
        Bytes that mean nothing in their encoding, and the offset of the first one (None without any).
    nul_count
        NUL characters that were dropped.
    """

    def __init__(self) -> None:
        self._hash = hashlib.sha256()
        self.byte_count = 0
        self.broken_bytes = 0
        self.first_broken: int | None = None
        self.nul_count = 0

    @property
    def sha256(self) -> str:
        """Hash of the bytes so far, as hexadecimal digits."""
        return self._hash.hexdigest()

    def add(self, data: bytes) -> None:
        """Count bytes that are about to be decoded."""
        self._hash.update(data)
        self.byte_count += len(data)

    def note_broken(self, offset: int | None) -> None:
        """Remember where a broken byte is, unless one was met before."""
        if self.first_broken is None:
            self.first_broken = offset


def decoder(encoding: str, tally: Tally) -> Decoder:
    """What decodes one file in this encoding."""
    name = codecs.lookup(encoding).name
    kind = _Utf8 if name in ("utf-8", "utf-8-sig") else _OtherEncoding
    return kind(encoding, tally)


class Decoder(ABC):
    """Makes UTF-8 of the bytes of one file."""

    def __init__(self, encoding: str, tally: Tally) -> None:
        self._encoding = encoding
        self._tally = tally

    def characters(self, reads: Iterable[bytes]) -> Iterator[bytes]:
        """Whole characters in UTF-8, one stretch a read."""
        for data in reads:
            self._tally.add(data)
            yield self._in_utf8(data)
        yield self._in_utf8(b"", final=True)

    @abstractmethod
    def _in_utf8(self, data: bytes, final: bool = False) -> bytes:
        """The whole characters so far that were not handed out before."""

    def _repaired(self, text: str) -> bytes:
        """Decoded text in UTF-8; NUL is counted and dropped, surrogates are replaced."""
        self._tally.nul_count += text.count("\0")
        return _SURROGATES.sub("\ufffd", text.replace("\0", "")).encode()


class _Utf8(Decoder):
    """Hands out bytes as they are, unless something is wrong with them."""

    def __init__(self, encoding: str, tally: Tally) -> None:
        super().__init__(encoding, tally)
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
        self._tally.broken_bytes += len(_ESCAPED_BYTES.findall(text))
        return self._repaired(text)

    def _is_whole(self, data: bytes) -> bool:
        """Whether every byte has a meaning; the first one without is noted."""
        try:
            data.decode()
        except UnicodeDecodeError as error:
            self._tally.note_broken(self._tally.byte_count - len(self._waiting) - len(data) + error.start)
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


class _OtherEncoding(Decoder):
    """Decodes with Python's own decoder."""

    def __init__(self, encoding: str, tally: Tally) -> None:
        super().__init__(encoding, tally)
        # surrogateescape keeps broken bytes countable; it has no form for ASCII bytes, which these can break.
        no_escape = codecs.lookup(encoding).name.startswith(_ENCODINGS_WITHOUT_ESCAPE)
        self._errors = "replace" if no_escape else "surrogateescape"
        self._broken_mark = _REPLACEMENT if no_escape else _ESCAPED_BYTES
        self._decoder = codecs.getincrementaldecoder(encoding)(self._errors)
        self._first_broken: int | None = None

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
            self._tally.note_broken(self._first_broken)
        if self._first_broken is not None:  # else each U+FFFD was written as such
            self._tally.broken_bytes += broken

    def _first_error(self, state: tuple[bytes, int], data: bytes, final: bool) -> int | None:
        """Offset of the first byte at which strict decoding fails from this state on, or None."""
        strict = codecs.getincrementaldecoder(self._encoding)("strict")
        strict.setstate(state)
        try:
            strict.decode(data, final)
        except UnicodeDecodeError as error:
            # The error's bytes begin with what an earlier read left, or after a byte order mark.
            return self._tally.byte_count - len(error.object) + error.start
        return None
