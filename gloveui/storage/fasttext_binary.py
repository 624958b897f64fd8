"""Vectors in fastText's binary form, a whole model: the vector of a word is the mean of rows of its parts."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from gloveui.core.composition import composed
from gloveui.core.compressed import MAGIC_BYTES
from gloveui.core.embedding import Embedding
from gloveui.core.progress import Progress, Task
from gloveui.core.scratch import ScratchFile
from gloveui.storage.vector_arrays import add_finite
from gloveui.storage.vector_bytes import is_compressed, open_vector_bytes
from gloveui.storage.vector_rows import LARGEST_DIMENSION, VectorOptions, vector_file_error
from gloveui.storage.vector_table import VectorTable

NAME = "fastText binary"
MAGIC = 793_712_314
VERSIONS = (11, 12)
LONGEST_PART = 100
WORDS_AT_ONCE = 2_000
UNPACKED_AT_ONCE = 4 << 20
LINE_END_WORD = b"</s>"  # has a row of its own, and no parts

_SUPERVISED = 3  # the kind of models that tell labels
_OPENING = struct.Struct("<2i")  # mark and version; of the first files, dimension and window
_SETTINGS = struct.Struct("<12id")
_SETTINGS_BEFORE = struct.Struct("<10id")
_SIZES = struct.Struct("<3iq")  # entries, words, labels; tokens of the text
_PRUNED = struct.Struct("<q")
_MATRIX = struct.Struct("<2q")


@dataclass(frozen=True, slots=True)
class FastTextHeader:
    """What stands at the beginning of a model.

    Attributes
    ----------
    dimension
        D, numbers of a row.
    buckets
        Rows of parts.
    least, most
        Characters of a part; 0 for none.
    entries, words
        Of the dictionary: all, and those that are no labels.
    start
        Where the dictionary begins, in bytes.
    has_mark
        Whether it is of a version with a mark; the first had none.
    """

    dimension: int
    buckets: int
    least: int
    most: int
    entries: int
    words: int
    start: int
    has_mark: bool

    @property
    def has_parts(self) -> bool:
        """Whether the parts of words have rows."""
        return self.buckets > 0 and self.most > 0


def is_fasttext_binary(sample: bytes, path: Path) -> bool:
    """Whether a file begins as a model of fastText does; those of its first version had no mark."""
    if len(sample) < _OPENING.size:
        return False
    if _OPENING.unpack_from(sample)[0] == MAGIC:
        return True
    return _old_header(sample) is not None


def read_fasttext_binary(path: Path, options: VectorOptions | None = None) -> Task[Embedding]:
    """Read the vectors of a model's words; the last Progress carries `VectorFileNotes`.

    Raises
    ------
    VectorFileError
        If it is quantized, of an unknown version, or not whole.
    VectorsTooLarge
        If the vectors do not fit in memory.
    """
    options = options or VectorOptions()
    with ScratchFile() as scratch:
        data = yield from _bytes_of(path, options.table, scratch)
        return (yield from _read(data, path, options))


def _bytes_of(path: Path, table: str, scratch: ScratchFile) -> Task[NDArray[np.uint8]]:
    """uint8, read-only: the file itself, or unpacked into a temporary one where it is compressed."""
    with path.open("rb") as stream:
        if not is_compressed(stream.read(MAGIC_BYTES)):
            return np.memmap(path, np.uint8, "r")
    with open_vector_bytes(path, table) as source:
        while piece := source.read(UNPACKED_AT_ONCE):
            scratch.append(np.frombuffer(piece, np.uint8))
            yield Progress("reading", source.fraction)
    data: NDArray[np.uint8] = scratch.mapped(np.uint8)
    return data


def _read(data: NDArray[np.uint8], path: Path, options: VectorOptions) -> Task[Embedding]:
    header = _header(data, path)
    yield Progress("reading", 0.0)
    words, place = _dictionary(data, header, path)
    matrix = _matrix(data, place, header, path)
    table = VectorTable(path, header.dimension, options, header.words)
    for first in range(0, header.words, WORDS_AT_ONCE):
        piece = words[first : first + WORDS_AT_ONCE]
        names = [bytes(data[begin:end]).decode("utf-8", "replace") for begin, end, _ in piece.tolist()]
        vectors = _vectors(data, piece, first, matrix, header)
        add_finite(table, [composed(name) for name in names], vectors, first, path, options.drops_bad_rows)
        yield Progress("reading", (first + len(piece)) / header.words)
        if table.is_full:
            break
    embedding = table.embedding(f"byte {header.start}")
    yield Progress("reading", 1.0, table.notes(NAME, header.words, embedding))
    return embedding


def _header(data: NDArray[np.uint8], path: Path) -> FastTextHeader:
    start = bytes(data[: _OPENING.size + _SETTINGS.size + _SIZES.size + _PRUNED.size])
    mark, version = _OPENING.unpack_from(start)
    if mark != MAGIC:
        header = _old_header(start)
    elif version not in VERSIONS:
        raise vector_file_error(path, "header", f"version {' or '.join(map(str, VERSIONS))}", version)
    else:
        header = _new_header(start, version, path)
    if header is None:
        raise vector_file_error(path, "header", "the settings of a model of fastText", "something else")
    _refuse_impossible(header, len(data), path)
    return header


def _new_header(start: bytes, version: int, path: Path) -> FastTextHeader | None:
    try:
        dimension, *_, model, buckets, least, most, _, _ = _SETTINGS.unpack_from(start, _OPENING.size)
        place = _OPENING.size + _SETTINGS.size
        entries, words, labels, _ = _SIZES.unpack_from(start, place)
        (pruned,) = _PRUNED.unpack_from(start, place + _SIZES.size)
    except struct.error:
        return None
    if pruned > 0:
        raise vector_file_error(path, "header", "vectors as plain numbers", "a quantized model")
    if entries != words + labels:
        return None
    if version == VERSIONS[0] and model == _SUPERVISED:
        most = 0
    place += _SIZES.size + _PRUNED.size
    return FastTextHeader(dimension, buckets, least, most, entries, words, place, has_mark=True)


def _old_header(start: bytes) -> FastTextHeader | None:
    """The header of the first version, None if the numbers cannot be settings."""
    try:
        dimension, window = _OPENING.unpack_from(start)
        settings = _SETTINGS_BEFORE.unpack_from(start, _OPENING.size)
        place = _OPENING.size + _SETTINGS_BEFORE.size
        entries, words, labels, tokens = _SIZES.unpack_from(start, place)
    except struct.error:
        return None
    epochs, _, _, _, loss, model, buckets, least, most, _, sampling = settings
    fine = loss in (1, 2, 3) and model in (1, 2, 3) and 0 <= sampling <= 1 and tokens >= words > 0
    fine = fine and 1 <= dimension <= LARGEST_DIMENSION and window > 0 and epochs > 0 and buckets >= 0
    if not fine or not 0 <= least <= most <= LONGEST_PART or entries != words + labels:
        return None
    return FastTextHeader(
        dimension, buckets, least, most, entries, words, place + _SIZES.size, has_mark=False
    )


def _refuse_impossible(header: FastTextHeader, size: int, path: Path) -> None:
    """Refuse what the file cannot hold, before memory is taken for it."""
    if not 1 <= header.dimension <= LARGEST_DIMENSION:
        raise vector_file_error(path, "header", f"1 to {LARGEST_DIMENSION} numbers a word", header.dimension)
    if header.words < 1 or header.entries < header.words or header.buckets < 0:
        raise vector_file_error(path, "header", "at least one word", f"{header.words} words")
    if header.has_parts and not (0 <= header.least <= header.most <= LONGEST_PART):
        found = f"{header.least} to {header.most}"
        raise vector_file_error(path, "header", f"parts of up to {LONGEST_PART} characters", found)
    rows = header.words + (header.buckets if header.has_parts else 0)
    smallest = header.start + 10 * header.entries + 4 * rows * header.dimension
    if smallest > size:
        expected = f"at least {smallest} bytes for {rows} rows of {header.dimension} numbers"
        raise vector_file_error(path, "header", expected, f"{size} bytes")


def _dictionary(data: NDArray[np.uint8], header: FastTextHeader, path: Path) -> tuple[NDArray[np.int64], int]:
    """int64, shape (V, 3): where each word begins and ends, and whether it has parts; where that ends."""
    from gloveui.core.fasttext_kernels import find_entries  # compiled code: loaded when first needed

    begins, ends = np.empty((2, header.entries), np.int64)
    found, place = find_entries(data, header.start, begins, ends)
    if found < header.entries:
        raise vector_file_error(path, f"byte {place}", "a word and its count", "the end of the file")
    words = np.stack([begins, ends, np.full(header.entries, header.has_parts)], axis=1)[: header.words]
    if not header.has_mark:  # the first version took parts of it as of any word
        return words, place
    short = np.flatnonzero(words[:, 1] - words[:, 0] == len(LINE_END_WORD))
    for word in short.tolist():
        if bytes(data[words[word, 0] : words[word, 1]]) == LINE_END_WORD:
            words[word, 2] = 0
    return words, place


def _matrix(data: NDArray[np.uint8], place: int, header: FastTextHeader, path: Path) -> int:
    """Where the rows begin; refused unless they are plain numbers, and all there."""
    if header.has_mark:
        if bytes(data[place : place + 1]) == b"\1":
            raise vector_file_error(path, f"byte {place}", "vectors as plain numbers", "a quantized model")
        place += 1
    start = bytes(data[place : place + _MATRIX.size])
    if len(start) < _MATRIX.size:
        raise vector_file_error(path, f"byte {place}", "rows of numbers", "the end of the file")
    rows, dimension = _MATRIX.unpack(start)
    least = header.words + (header.buckets if header.has_parts else 0)
    if rows < least or dimension != header.dimension:
        expected = f"{least} rows of {header.dimension} numbers"
        raise vector_file_error(path, f"byte {place}", expected, f"{rows} of {dimension}")
    place += _MATRIX.size
    if place + 4 * rows * dimension > len(data):
        expected = f"{4 * rows * dimension} bytes of numbers"
        raise vector_file_error(path, f"byte {place}", expected, f"{len(data) - place} bytes")
    return place


def _vectors(
    data: NDArray[np.uint8], words: NDArray[np.int64], first: int, matrix: int, header: FastTextHeader
) -> NDArray[np.float32]:
    from gloveui.core.fasttext_kernels import mean_rows  # compiled code: loaded when first needed

    vectors = np.empty((len(words), header.dimension), np.float32)
    lengths = np.array([header.least, header.most, header.buckets], np.int64)
    mean_rows(data, words, first, matrix, header.words, lengths, vectors)
    return vectors
