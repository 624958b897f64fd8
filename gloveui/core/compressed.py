"""The bytes of a file, unpacked as they are read where it is compressed with gzip, bzip2 or xz."""

from __future__ import annotations

import bz2
import io
import lzma
import os
import stat
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import IO, Protocol

from gloveui.core.byte_size import ByteSize
from gloveui.core.errors import BrokenArchive, DecompressionBomb, FileMissing, FileUnreadable, NotAFile
from gloveui.core.text_notes import TextNote

BOMB_RATIO = 200  # more than this and more than `BOMB_BYTES` is made to fill a machine
BOMB_BYTES = 10**9
CHUNK_BYTES = 16 * 1024
MAGIC_BYTES = 6
WHOLE_GZIP = 16 + zlib.MAX_WBITS  # zlib reads the header and checks size and CRC


class Decoder(Protocol):
    """What `bz2` and `lzma` call a decompressor: it unpacks one stream."""

    @property
    def eof(self) -> bool:
        """Whether the stream has ended."""

    @property
    def needs_input(self) -> bool:
        """Whether more can be had only for more input."""

    @property
    def unused_data(self) -> bytes:
        """What lay behind the end of the stream."""

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        """Unpack at most so many bytes."""


class GzipDecoder:
    """One member of a gzip file, with the interface that bzip2 and xz have."""

    def __init__(self) -> None:
        self._object = zlib.decompressobj(WHOLE_GZIP)
        self.needs_input = True

    @property
    def eof(self) -> bool:
        """Whether the member has ended, and its size and CRC were right."""
        return self._object.eof

    @property
    def unused_data(self) -> bytes:
        """What lay behind the end of the member."""
        return self._object.unused_data

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        """Unpack at most so many bytes; raises `zlib.error`."""
        unpacked = self._object.decompress(self._object.unconsumed_tail + data, max(0, max_length))
        self.needs_input = not self._object.unconsumed_tail and len(unpacked) != max_length
        return unpacked


_METHODS: dict[bytes, tuple[str, Callable[[], Decoder]]] = {
    b"\x1f\x8b": ("gzip", GzipDecoder),
    b"BZh": ("bzip2", bz2.BZ2Decompressor),
    b"\xfd7zXZ\x00": ("xz", lzma.LZMADecompressor),
}


def compression_of(head: bytes) -> str | None:
    """``"gzip"``, ``"bzip2"`` or ``"xz"`` by the first 6 bytes of a file, or None."""
    return next((name for magic, (name, _) in _METHODS.items() if head.startswith(magic)), None)


def check_bomb(unpacked: int, packed: int, shown: str) -> None:
    """Raise `DecompressionBomb` for over 1 GB that is over 200 times what it was made of."""
    if unpacked > BOMB_BYTES and unpacked > BOMB_RATIO * packed:
        raise DecompressionBomb(path=shown, ratio=unpacked // max(1, packed), size=ByteSize(unpacked))


class ByteStream(io.RawIOBase):
    """Bytes to be read from their beginning; a read is short at the end only."""

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        """So many bytes, or all; fewer only where they end."""
        if size < 0:
            return self.readall()
        parts = []
        while size and (data := super().read(size)):
            parts.append(data)
            size -= len(data)
        return b"".join(parts)


class Unpacked(ByteStream):
    """What is inside a compressed stream; several streams behind one another are one.

    A stream that is cut off ends where it is cut, and what lies behind the last one is left out: `notes`
    tells of both.

    Parameters
    ----------
    stream
        The compressed bytes, from their beginning; it need not be seekable, and is closed with this.
    shown
        What errors call the file.

    Raises
    ------
    BrokenArchive
        While reading, if the data, its size or its CRC is wrong, or nothing can be had of a stream.
    DecompressionBomb
        While reading.
    """

    def __init__(self, stream: IO[bytes], shown: str) -> None:
        self._stream = stream
        self._shown = shown
        self._waiting = stream.read(MAGIC_BYTES)
        self._packed = len(self._waiting)
        self._unpacked = 0
        self._cut_at: int | None = None
        self._garbage = 0
        self._ended = False
        self.method = compression_of(self._waiting) or ""
        self._decoder = self._new_decoder()

    def notes(self, name: str) -> tuple[TextNote, ...]:
        """What was odd so far about the stream that people call `name`."""
        found = []
        if self._cut_at is not None:
            found.append(TextNote("cut_off", name, place=f"{self._cut_at:,}"))
        if self._garbage:
            found.append(TextNote("garbage_behind", name, self._garbage))
        return tuple(found)

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        size = len(buffer)
        while size and not self._ended:
            if data := self._next(size):
                buffer[: len(data)] = data
                self._unpacked += len(data)
                check_bomb(self._unpacked, self._packed, self._shown)
                return len(data)
        return 0

    def close(self) -> None:
        """Close the stream behind this one, too."""
        self._stream.close()
        super().close()

    def _next(self, size: int) -> bytes:
        """Up to `size` bytes; none does not mean the end."""
        if self._decoder.eof:
            self._begin_next_stream()
            return b""
        if self._decoder.needs_input and not self._waiting and not self._fill():
            self._end_early()
            return b""
        data, self._waiting = (self._waiting, b"") if self._decoder.needs_input else (b"", self._waiting)
        try:
            return self._decoder.decompress(data, size)
        except (zlib.error, lzma.LZMAError, OSError, EOFError, ValueError) as error:
            raise BrokenArchive(path=self._shown, reason=error) from error

    def _fill(self) -> bool:
        chunk = self._stream.read(CHUNK_BYTES)
        self._packed += len(chunk)
        self._waiting += chunk
        return bool(chunk)

    def _end_early(self) -> None:
        if self._unpacked == 0:
            raise BrokenArchive(path=self._shown, reason="it ends too early")
        self._cut_at = self._unpacked
        self._ended = True

    def _begin_next_stream(self) -> None:
        """Go on behind a stream: zeros pad, another stream of the method belongs to it, the rest does not."""
        self._waiting = (self._decoder.unused_data + self._waiting).lstrip(b"\0")
        while len(self._waiting) < MAGIC_BYTES and self._fill():
            self._waiting = self._waiting.lstrip(b"\0")
        if self._waiting and compression_of(self._waiting) == self.method:
            self._decoder = self._new_decoder()
            return
        self._garbage = len(self._waiting)
        while chunk := self._stream.read(CHUNK_BYTES):
            self._garbage += len(chunk)
        self._ended = True

    def _new_decoder(self) -> Decoder:
        return next(make() for name, make in _METHODS.values() if name == self.method)


class FileBytes(ByteStream):
    """The bytes of a plain file from its beginning, unpacked where it is compressed.

    Attributes
    ----------
    size
        Of the file as it was when it was opened, compressed as it is.
    compression
        ``"gzip"``, ``"bzip2"``, ``"xz"``, or None.

    Raises
    ------
    FileUnreadable
        While reading, if the system cannot go on; for what is compressed also what `Unpacked` raises.
    """

    def __init__(self, file: IO[bytes], shown: str) -> None:
        self._file = file
        self._shown = shown
        self.size = os.fstat(file.fileno()).st_size
        self.compression = compression_of(file.read(MAGIC_BYTES))
        file.seek(0)
        self._unpacked = None if self.compression is None else Unpacked(file, shown)

    @property
    def position(self) -> int:
        """Bytes of the file that have been read, counted as they are in it."""
        return self._file.tell()

    def notes(self, name: str) -> tuple[TextNote, ...]:
        """What was odd about the file that people call `name`; to be asked when its end was read."""
        is_same = os.fstat(self._file.fileno()).st_size == self.size
        changed = () if is_same else (TextNote("size_changed", name),)
        return changed + (() if self._unpacked is None else self._unpacked.notes(name))

    def seekable(self) -> bool:
        """Only what is not compressed can be read from any place."""
        return self._unpacked is None

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go to a place of a file that is not compressed."""
        if self._unpacked is not None:
            raise io.UnsupportedOperation("a compressed file is read from its beginning to its end")
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        """The place in a file that is not compressed."""
        return self.seek(0, os.SEEK_CUR)

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        stream = self._file if self._unpacked is None else self._unpacked
        try:
            return stream.readinto(buffer) or 0  # type: ignore[union-attr]  # both have it; IO does not say so
        except OSError as error:
            raise _unreadable(error, self._shown) from error

    def close(self) -> None:
        """Close the file."""
        self._file.close()
        super().close()


def open_bytes(path: Path, shown: str) -> FileBytes:
    """Open a plain or compressed file; `shown` is what errors call it.

    Raises
    ------
    FileMissing, FileUnreadable
    NotAFile
        For a folder, and for pipes and devices, which never end: they are not even opened.
    BrokenArchive
        If it is compressed and already its beginning is damaged.
    """
    plain_file_size(path, shown)
    try:
        file = path.open("rb")
    except OSError as error:
        raise _unreadable(error, shown) from error
    try:
        return FileBytes(file, shown)
    except BaseException as error:
        file.close()
        if isinstance(error, OSError):
            raise _unreadable(error, shown) from error
        raise


def plain_file_size(path: Path, shown: str) -> int:
    """Size in bytes; raises what `open_bytes` raises."""
    try:
        status = path.stat()
    except OSError as error:
        raise _unreadable(error, shown) from error
    if stat.S_ISDIR(status.st_mode):
        raise NotAFile(path=shown, received="a folder")
    if not stat.S_ISREG(status.st_mode):
        raise NotAFile(path=shown, received="a pipe or device")
    return status.st_size


def _unreadable(error: OSError, shown: str) -> FileMissing | FileUnreadable:
    if isinstance(error, FileNotFoundError):
        return FileMissing(path=shown)
    return FileUnreadable(path=shown, reason=error.strerror or error)
