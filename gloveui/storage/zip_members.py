"""The files in a ZIP archive as streams, one after the other; nothing is unpacked to the disk."""

from __future__ import annotations

import lzma
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import IO

from gloveui.core.compressed import MAGIC_BYTES, ByteStream, Unpacked, check_bomb, compression_of
from gloveui.core.errors import BrokenArchive, EncryptedArchive, GloveError, UnknownCompression
from gloveui.core.text import printable

ZIP_MARKS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")  # the second is that of an empty archive
_ENCRYPTED = 0x1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)


class MemberBytes(ByteStream):
    """The bytes of one file in an archive.

    Raises
    ------
    BrokenArchive
        While reading, if they are damaged, or their size or CRC is not what the archive says.
    """

    def __init__(self, archive: zipfile.ZipFile, member: zipfile.ZipInfo, shown: str) -> None:
        self._shown = shown
        self._size = member.file_size
        self._read = 0
        try:
            self._stream = archive.open(member)
        except _DAMAGE as error:
            raise BrokenArchive(path=shown, reason=error) from error

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        try:
            data = self._stream.read(len(buffer))
        except _DAMAGE as error:
            raise BrokenArchive(path=self._shown, reason=error) from error
        buffer[: len(data)] = data
        self._read += len(data)
        if not data and self._read != self._size:
            reason = f"expected {self._size} bytes, found {self._read}"
            raise BrokenArchive(path=self._shown, reason=reason)
        return len(data)

    def close(self) -> None:
        """Close the stream of the archive; a damaged one has none."""
        if hasattr(self, "_stream"):
            self._stream.close()
        super().close()


def open_archive(stream: IO[bytes], size: int, shown: str) -> zipfile.ZipFile:
    """The archive in a seekable stream of so many bytes.

    Raises
    ------
    BrokenArchive, EncryptedArchive, UnknownCompression, DecompressionBomb
    """
    try:
        archive = zipfile.ZipFile(stream)
    except _DAMAGE as error:
        raise BrokenArchive(path=shown, reason=error) from error
    try:
        _check(archive, size, shown)
    except GloveError:
        archive.close()
        raise
    return archive


def members(archive: zipfile.ZipFile) -> Iterator[zipfile.ZipInfo]:
    """The files in an archive in its order; folders and hidden files are left out."""
    for member in archive.infolist():
        if not member.is_dir() and not _is_hidden(member.filename):
            yield member


def open_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, shown: str) -> ByteStream:
    """The bytes of a file in an archive, unpacked once more where it is a compressed file itself."""
    stream = MemberBytes(archive, member, shown)
    method = compression_of(stream.read(MAGIC_BYTES))
    stream.close()
    stream = MemberBytes(archive, member, shown)
    return stream if method is None else Unpacked(stream, shown)  # type: ignore[arg-type]  # it reads like one


def member_name(member: zipfile.ZipInfo) -> str:
    """Its path in the archive, as it can be shown."""
    return printable(member.filename)


def _check(archive: zipfile.ZipFile, size: int, shown: str) -> None:
    inside = archive.infolist()
    for member in inside:
        if member.flag_bits & _ENCRYPTED:
            raise EncryptedArchive(path=shown)
        if member.compress_type not in _METHODS:
            raise UnknownCompression(path=f"{shown}/{member_name(member)}", received=member.compress_type)
        check_bomb(member.file_size, member.compress_size, shown)
    check_bomb(sum(member.file_size for member in inside), size, shown)


def _is_hidden(name: str) -> bool:
    """Whether a file, or a folder it is in, is hidden; macOS keeps its own notes in ``__MACOSX``."""
    parts = PurePosixPath(name).parts
    return any(part == "__MACOSX" or (part.startswith(".") and part != "..") for part in parts)
