"""The parts of a document that is a ZIP archive inside: Word documents, electronic books."""

from __future__ import annotations

import codecs
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import IO, Self

from gloveui.core.byte_size import ByteSize
from gloveui.core.compressed import check_bomb
from gloveui.core.errors import DocumentBroken, DocumentProtected, DocumentTooLarge
from gloveui.storage.markup_parsers import XmlParser
from gloveui.storage.text_streams import Notes

LARGEST_INDEX = 16 << 20  # bytes of a part that says which parts there are

_ENCRYPTED = 1  # a bit of the flags of a part
_FAILURES = (
    zipfile.BadZipFile,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    zlib.error,
    lzma.LZMAError,
)


class ZippedDocument:
    """Parts by their names; each is read as it is unpacked.

    Parameters
    ----------
    stream
        The archive, which must be seekable.
    path
        What errors call it.

    Raises
    ------
    DocumentBroken, DocumentProtected, DocumentTooLarge, DecompressionBomb
        If it is no whole archive, or a part cannot or should not be read.
    """

    def __init__(self, stream: IO[bytes], path: str) -> None:
        self.path = path
        with _told(path):
            self._archive = zipfile.ZipFile(stream)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._archive.close()

    def __contains__(self, name: str) -> bool:
        return name in self._archive.NameToInfo

    def part(self, name: str) -> DocumentPart:
        """A part to be read."""
        info = self._archive.NameToInfo.get(name)
        if info is None:
            raise DocumentBroken(path=self.path, reason=f"{name} is missing")
        if info.flag_bits & _ENCRYPTED:
            raise DocumentProtected(path=self.path)
        with _told(self.path):
            return DocumentPart(self._archive.open(info), info, self.path)

    def elements(self, name: str) -> list[tuple[str, dict[str, str]]]:
        """Names and attributes of all elements of a small part in XML, in their order."""
        with self.part(name) as part:
            data = part.read(LARGEST_INDEX + 1)
        if len(data) > LARGEST_INDEX:
            raise DocumentTooLarge(path=self.path, expected=ByteSize(LARGEST_INDEX), received=name)
        target = _Elements()
        parser = XmlParser(target, self.path, Notes(self.path))
        is_wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        parser.feed(data.decode("utf-16" if is_wide else "utf-8-sig", "replace"))
        parser.close()
        return target.met


class DocumentPart:
    """The bytes of a part, unpacked as they are read."""

    def __init__(self, stream: IO[bytes], info: zipfile.ZipInfo, path: str) -> None:
        self._stream, self._info, self._path = stream, info, path
        self._unpacked = 0
        self.size = info.file_size

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stream.close()

    def read(self, size: int = -1, /) -> bytes:
        """So many bytes, fewer only where the part ends."""
        with _told(self._path):
            data = self._stream.read(size)
        self._unpacked += len(data)
        check_bomb(self._unpacked, self._info.compress_size, self._path)
        return data


class _Elements:
    """Keeps the elements it is told of."""

    def __init__(self) -> None:
        self.met: list[tuple[str, dict[str, str]]] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.met.append((name, attributes))

    def end(self, name: str) -> None:
        """Only beginnings are kept."""

    def data(self, text: str) -> None:
        """Only elements are kept."""

    def close(self) -> None:
        """Nothing is left to do."""


@contextmanager
def _told(path: str) -> Iterator[None]:
    """Make `DocumentBroken` of whatever the zipfile module says."""
    try:
        yield
    except _FAILURES as error:
        raise DocumentBroken(path=path, reason=error) from error
