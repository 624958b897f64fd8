"""The bytes of a file of vectors, read forwards once; unpacked on the way where it is compressed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from gloveui.core.compressed import MAGIC_BYTES, ByteStream, Unpacked, compression_of
from gloveui.core.errors import SeveralTables
from gloveui.core.text import printable
from gloveui.storage.vector_rows import vector_file_error

_OFFICE_PART = "[Content_Types].xml"  # in Office documents, which are ZIP archives too


class VectorBytes:
    """A file of vectors that is open.

    Parameters
    ----------
    path
        The file that errors name.
    stream
        Its bytes, unpacked.
    size
        How many there are, None where that shows at the end only.
    file, packed_size
        The file on the disk and its size: what was read of it is the progress.
    """

    def __init__(
        self, path: Path, stream: IO[bytes] | ByteStream, size: int | None, file: IO[bytes], packed_size: int
    ) -> None:
        self._path = path
        self._stream = stream
        self.size = size
        self._file = file
        self._packed_size = max(1, packed_size)
        self.position = 0

    @property
    def fraction(self) -> float:
        """The share that was read, 0 to 1."""
        return min(1.0, self._file.tell() / self._packed_size)

    def read(self, size: int) -> bytes:
        """So many bytes, or fewer at the end.

        Raises
        ------
        VectorFileError
            If a compressed file is cut: the numbers before the cut may be, too.
        """
        data = self._stream.read(size)
        self.position += len(data)
        if not data and isinstance(self._stream, Unpacked):
            cut = [note for note in self._stream.notes("") if note.kind == "cut_off"]
            if cut:
                place = f"byte {self.position}, unpacked"
                raise vector_file_error(self._path, place, "more of the compressed file", "its end")
        return data


@contextmanager
def open_vector_bytes(path: Path, table: str = "") -> Iterator[VectorBytes]:
    """Open a file of vectors, plain or compressed with gzip, bzip2 or xz, or a file in a ZIP archive.

    Parameters
    ----------
    path
        The file.
    table
        Which file of an archive, where that has several.

    Raises
    ------
    OSError, SeveralTables, VectorFileError
    BrokenArchive, EncryptedArchive, UnknownCompression, DecompressionBomb
        Some of them while reading.
    """
    with path.open("rb") as file:
        size = path.stat().st_size
        head = file.read(MAGIC_BYTES)
        file.seek(0)
        if compression_of(head) is not None:
            with Unpacked(file, printable(path)) as stream:
                yield VectorBytes(path, stream, None, file, size)
        elif is_archive(head):
            with _member(path, file, size, table) as stream:
                yield VectorBytes(path, stream, None, file, size)
        else:
            yield VectorBytes(path, file, size, file, size)


def is_compressed(sample: bytes) -> bool:
    """Whether a file that begins so has to be unpacked."""
    return compression_of(sample) is not None or is_archive(sample)


def is_archive(sample: bytes) -> bool:
    """Whether a file that begins so is a ZIP archive."""
    from gloveui.storage.zip_members import ZIP_MARKS

    return sample.startswith(ZIP_MARKS)


@contextmanager
def _member(path: Path, file: IO[bytes], size: int, table: str) -> Iterator[ByteStream]:
    """The file in an archive that is meant."""
    from gloveui.storage.zip_members import member_name, members, open_archive, open_member

    with open_archive(file, size, printable(path)) as archive:
        found = {member_name(member): member for member in members(archive)}
        names = tuple(found)
        if not names or _OFFICE_PART in names:
            raise vector_file_error(path, "byte 0", "a file of vectors", "a ZIP archive or Office document")
        if not table and len(names) > 1:
            raise SeveralTables(path=printable(path), tables=names, expected=", ".join(names))
        name = table or names[0]
        if name not in found:
            raise vector_file_error(path, "archive", " / ".join(names), name)
        with open_member(archive, found[name], printable(path)) as stream:
            yield stream
