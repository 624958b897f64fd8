"""Vectors in NumPy's files: an array with its words in another file, or an archive that has both."""

from __future__ import annotations

import ast
import math
import re
import struct
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, cast

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from gloveui.core.compressed import ByteStream
from gloveui.core.embedding import Embedding
from gloveui.core.errors import WordsWanted
from gloveui.core.progress import Progress, Task
from gloveui.core.text import printable
from gloveui.storage.vector_arrays import StoredTable, check_shape, chosen_table, number_kind, read_table
from gloveui.storage.vector_errors import PickleInside
from gloveui.storage.vector_rows import VectorOptions, vector_file_error
from gloveui.storage.vector_table import check_room
from gloveui.storage.vector_words import words_for
from gloveui.storage.zip_members import MemberBytes, open_archive

NPY, NPZ = "NumPy array", "NumPy archive"
ENDING = ".npy"
LONGEST_HEADER = 1 << 16
WORDS_AT_ONCE = 10_000
MOST_TEXT_BYTES = 4 << 30  # of an array of words

_FLOATS = (2, 4, 8)  # bytes of the kinds that are read
_DAMAGE = (ValueError, TypeError, SyntaxError, KeyError, RecursionError, MemoryError)
_KIND = re.compile(r"[<>=|]?(?:[?bhilqBHILQefdgFDGSUVmMcaO]|[a-zA-Z][0-9]+)")  # of plain numbers and texts
_LONG = re.compile(rb"([0-9])L\b")  # as Python 2 wrote whole numbers
_HEADER_LENGTHS = {1: "<H", 2: "<I", 3: "<I"}  # by the first number of the version


class ByteReader(Protocol):
    """A stream of bytes."""

    def read(self, size: int, /) -> bytes:
        """So many bytes, or fewer at the end."""


@dataclass(frozen=True, slots=True, eq=False)
class ArrayHeader:
    """What stands before the numbers of an array.

    Attributes
    ----------
    shape, dtype
        Of the array.
    by_columns
        Whether columns follow one another, not rows.
    start
        Where the numbers begin, in bytes.
    """

    shape: tuple[int, ...]
    dtype: np.dtype[Any]
    by_columns: bool
    start: int

    @property
    def size(self) -> int:
        """Bytes of header and array, as it claims."""
        return self.start + math.prod(self.shape) * self.dtype.itemsize

    @property
    def is_text(self) -> bool:
        """Whether it holds texts in a row."""
        return self.dtype.kind in "US" and len(self.shape) == 1 and self.dtype.itemsize > 0


def is_npy(sample: bytes, path: Path) -> bool:
    """Whether a file that begins so is an array of NumPy."""
    return sample.startswith(npy.MAGIC_PREFIX)


def is_npz(sample: bytes, path: Path) -> bool:
    """Whether a file is a ZIP archive of NumPy's arrays and nothing else."""
    if not sample.startswith(b"PK\x03\x04"):
        return False
    with suppress(zipfile.BadZipFile, NotImplementedError, ValueError), zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        return bool(names) and all(name.endswith(ENDING) for name in names)
    return False


def read_npy(path: Path, options: VectorOptions | None = None) -> Task[Embedding]:
    """Read an array whose words are in another file; the last Progress carries `VectorFileNotes`.

    Raises
    ------
    VectorFileError
        If it is no table of floats, or not whole.
    WordsWanted
        If no words are found; see `words_for`.
    VectorsTooLarge
        If the vectors do not fit in memory.
    """
    return (yield from read_npy_of(path, path, options or VectorOptions(), NPY, WordsWanted))


def read_npy_of(
    path: Path, array: Path, options: VectorOptions, file_format: str, wanted: type[WordsWanted]
) -> Task[Embedding]:
    """As `read_npy`, for the `array` of a file `path`, which errors name."""
    with array.open("rb") as stream:
        header = _header(stream, array, "header")
    table = _mapped_table(array, header)
    yield Progress("reading", 0.0)
    words = words_for(path, table.shape[0], options, None, wanted)
    return (yield from read_table(path, table, words, options, file_format))


def table_shape(array: Path) -> tuple[int, int]:
    """V and D of a table of floats in a file; raises `VectorFileError` if there is none."""
    with array.open("rb") as stream:
        return _mapped_table(array, _header(stream, array, "header")).shape


def read_npz(path: Path, options: VectorOptions | None = None) -> Task[Embedding]:
    """Read an archive with a table of floats, and its words in an array or another file.

    The last Progress carries `VectorFileNotes`.

    Raises
    ------
    PickleInside
        If any array holds objects.
    VectorFileError
        If there is no table of floats, or it is not whole.
    SeveralTables, WordsWanted
        If the options have to say which table, or where the words are.
    VectorsTooLarge
        If the vectors do not fit in memory.
    """
    options = options or VectorOptions()
    with path.open("rb") as stream, open_archive(stream, path.stat().st_size, printable(path)) as archive:
        names = [name.removesuffix(ENDING) for name in archive.namelist() if name.endswith(ENDING)]
        headers = {name: _member_header(archive, name, path) for name in names}
        yield Progress("reading", 0.0)
        name = _table_name(headers, options.table, path)
        rows, dimension = check_shape(path, f"array {name}", headers[name].shape)
        inside = None if options.words else (yield from _words_inside(archive, headers, rows, path))
        words = words_for(path, rows, options, inside)
        check_room(path, min(rows, options.first or rows), dimension)
        with _opened(archive, name, path) as member:
            table = _streamed_table(member, headers[name], name, path)
            return (yield from read_table(path, table, words, options, NPZ))


def _header(stream: ByteReader, path: Path, place: str) -> ArrayHeader:
    """The header of an array; nothing in it is run.

    NumPy's own reading of it tells of old versions by warnings, which are for programmers.
    https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
    """
    prefix = stream.read(len(npy.MAGIC_PREFIX) + 2)
    kind = _HEADER_LENGTHS.get(prefix[-2]) if len(prefix) == len(npy.MAGIC_PREFIX) + 2 else None
    if kind is None or not prefix.startswith(npy.MAGIC_PREFIX):
        raise vector_file_error(path, place, "an array of NumPy", "something else")
    size = stream.read(struct.calcsize(kind))
    length = struct.unpack(kind, size)[0] if len(size) == struct.calcsize(kind) else 0
    text = stream.read(length) if length <= LONGEST_HEADER else b""
    try:
        shape, dtype, by_columns = _read_header(text)
    except _DAMAGE as error:
        raise vector_file_error(path, place, "the header of an array", "something else") from error
    if len(text) != length:
        raise vector_file_error(path, place, f"a header of {length} bytes", "something else")
    if dtype.hasobject:
        raise PickleInside(path=printable(path), place=place)
    return ArrayHeader(shape, dtype, by_columns, len(prefix) + len(size) + length)


def _read_header(text: bytes) -> tuple[tuple[int, ...], np.dtype[Any], bool]:
    """Shape, kind of numbers, and whether columns follow one another; any of `_DAMAGE` if it is no header."""
    values = ast.literal_eval(_LONG.sub(rb"\1", text).decode("latin-1").strip(" \n"))
    shape, kind, by_columns = values["shape"], values["descr"], values["fortran_order"]
    is_shape = isinstance(shape, tuple) and all(type(one) is int and one >= 0 for one in shape)
    if len(values) != 3 or not is_shape or not isinstance(by_columns, bool) or not _KIND.fullmatch(kind):
        raise ValueError(kind)
    return shape, np.dtype(kind), by_columns


def _mapped_table(path: Path, header: ArrayHeader) -> StoredTable:
    _refuse_other_numbers(header, "array", path)
    shape, size = check_shape(path, "array", header.shape), path.stat().st_size
    if header.size > size:
        raise vector_file_error(path, f"byte {size}", f"{header.size} bytes", f"{size} bytes")
    order = cast(Any, "F" if header.by_columns else "C")
    array = np.memmap(path, header.dtype, "r", header.start, shape, order)
    return StoredTable("array", shape, number_kind(header.dtype), lambda rows: np.asarray(array[rows]))


def _refuse_other_numbers(header: ArrayHeader, place: str, path: Path) -> None:
    if header.dtype.kind != "f" or header.dtype.itemsize not in _FLOATS:
        raise vector_file_error(path, place, "float16, float32 or float64", header.dtype.name)


def _table_name(headers: dict[str, ArrayHeader], asked: str, path: Path) -> str:
    tables = {name: header for name, header in headers.items() if len(header.shape) == 2}
    floats = {name: header for name, header in tables.items() if header.dtype.kind == "f"}
    name = chosen_table(path, floats or tables, asked)
    _refuse_other_numbers(tables[name], f"array {name}", path)
    return name


def _member_header(archive: zipfile.ZipFile, name: str, path: Path) -> ArrayHeader:
    place = f"array {name}"
    with _opened(archive, name, path) as member:
        header = _header(member, path, place)
    size = archive.getinfo(name + ENDING).file_size
    if header.size != size:
        raise vector_file_error(path, place, f"{header.size} bytes", f"{size} bytes")
    return header


@contextmanager
def _opened(archive: zipfile.ZipFile, name: str, path: Path) -> Iterator[ByteStream]:
    stream = MemberBytes(archive, archive.getinfo(name + ENDING), printable(path))
    try:
        yield stream
    finally:
        stream.close()


def _words_inside(
    archive: zipfile.ZipFile, headers: dict[str, ArrayHeader], rows: int, path: Path
) -> Task[Sequence[str] | None]:
    """The texts of the array of words, or of the only array of texts; None if there is none."""
    texts = [name for name, header in headers.items() if header.is_text]
    if "words" in texts:
        texts = ["words"]
    if len(texts) != 1:
        return None
    name, header = texts[0], headers[texts[0]]
    if header.size > MOST_TEXT_BYTES:
        expected = f"at most {MOST_TEXT_BYTES} bytes"
        raise vector_file_error(path, f"array {name}", expected, f"{header.size} bytes")
    words: list[str] = []
    with _opened(archive, name, path) as member:
        _exactly(member, header.start, path)
        for first in range(0, header.shape[0], WORDS_AT_ONCE):
            number = min(WORDS_AT_ONCE, header.shape[0] - first)
            data = _exactly(member, number * header.dtype.itemsize, path)
            words += _texts(np.frombuffer(data, header.dtype), path, name)
            yield Progress("reading", 0.0)
    return words


def _texts(array: NDArray[Any], path: Path, name: str) -> list[str]:
    try:
        values = array.tolist()
    except ValueError as error:  # no characters of Unicode
        raise vector_file_error(path, f"array {name}", "texts", "other characters") from error
    return [word.decode("utf-8", "replace") if isinstance(word, bytes) else _whole(word) for word in values]


def _whole(word: str) -> str:
    """The word; half characters, which no file can hold, become U+FFFD."""
    return word.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _streamed_table(member: ByteStream, header: ArrayHeader, name: str, path: Path) -> StoredTable:
    """A table that is read forwards, as `read_table` does."""
    rows, dimension = header.shape
    _exactly(member, header.start, path)
    kind = number_kind(header.dtype)
    if header.by_columns:
        data = _exactly(member, header.size - header.start, path)
        whole = np.frombuffer(data, header.dtype).reshape((rows, dimension), order="F")
        return StoredTable(f"array {name}", (rows, dimension), kind, lambda part: whole[part])

    def read(part: slice) -> NDArray[Any]:
        data = _exactly(member, (part.stop - part.start) * dimension * header.dtype.itemsize, path)
        return np.frombuffer(data, header.dtype).reshape(-1, dimension)

    return StoredTable(f"array {name}", (rows, dimension), kind, read)


def _exactly(member: ByteStream, size: int, path: Path) -> bytes:
    pieces = []
    while size:
        data = member.read(min(size, 1 << 20))
        if not data:
            raise vector_file_error(path, "array", f"{size} bytes more", "the end of the file")
        pieces.append(data)
        size -= len(data)
    return b"".join(pieces)
