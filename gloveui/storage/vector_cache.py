"""Vectors that were read once, kept as they lie in memory, so that opening their file again takes no time.

An entry is a file of its own: a mark, the length and the SHA-256 of a header in JSON, the header, then arrays
that are mapped into memory. The program makes it anew whenever anything about it is not as it should be.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import struct
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from gloveui import __version__
from gloveui.core.embedding import Embedding
from gloveui.core.errors import FileMissing, GloveError, WriteFailed
from gloveui.core.lookup import SPECIAL_WORDS
from gloveui.core.nearest import SmallVectors, prepare_nearest, prepared, put_prepared
from gloveui.core.progress import Progress, Task
from gloveui.core.text import printable
from gloveui.core.vocabulary import Vocabulary
from gloveui.storage.atomic import atomic_file
from gloveui.storage.embedding_files import read_vectors, vectors_file
from gloveui.storage.pickle_files import arrays_beside
from gloveui.storage.vector_rows import VectorFileNotes, VectorOptions
from gloveui.storage.vector_words import files_beside

MARK = b"gloveui vectors 2\n"
ENDING = ".vectors"
LEAST_FILE_BYTES = 20_000_000  # smaller files are read as fast as a person can see
MOST_BYTES = 4_000_000_000
WRITTEN_AT_ONCE = 16 << 20
ALIGNMENT = 64
SMALL = ("numbers", "steps", "lengths", "errors")  # the arrays of `SmallVectors`

_LENGTHS = struct.Struct("<Q32s")
_UNUSABLE = (OSError, ValueError, KeyError, TypeError, struct.error, RecursionError)


@dataclass(frozen=True)
class VectorCache:
    """A folder of vectors as they lie in memory.

    Attributes
    ----------
    folder
        Where the entries are; it is made when the first is kept.
    least_file_bytes
        Files smaller than this are not kept.
    most_bytes
        Of all entries together: the oldest are removed.
    """

    folder: Path
    least_file_bytes: int = LEAST_FILE_BYTES
    most_bytes: int = MOST_BYTES

    def entry(self, path: Path, options: VectorOptions | None = None) -> CacheEntry:
        """The place for the vectors of a file as it is now.

        Raises
        ------
        FileMissing, VectorFileError
            If the file is not there, or is a folder without vectors.
        """
        path, options = vectors_file(path), options or VectorOptions()
        status = _status(path)
        words = [_status(options.words)] if options.words is not None else _statuses_beside(path)
        facts: dict[str, object] = {
            "path": printable(path.resolve()),
            "size": status.st_size,
            "time": status.st_mtime_ns,
            "options": {name: str(value) for name, value in asdict(options).items()},
            "words": [[one.st_size, one.st_mtime_ns] for one in words],
            "program": __version__,
            "byte_order": sys.byteorder,
        }
        return CacheEntry(self, path, options, facts)

    def make_room(self, size: int) -> bool:
        """Remove the oldest entries until one of so many bytes fits; whether it does, on the disk too."""
        entries = sorted(self.folder.glob(f"*{ENDING}"), key=lambda entry: entry.stat().st_mtime_ns)
        total = sum(entry.stat().st_size for entry in entries)
        for entry in entries:
            if total + size <= self.most_bytes:
                break
            total -= entry.stat().st_size
            entry.unlink()
        return total + size <= self.most_bytes and 2 * size < shutil.disk_usage(self.folder).free


@dataclass(frozen=True)
class CacheEntry:
    """The place of a file's vectors in a cache; made before they are read, so that later changes show."""

    cache: VectorCache
    path: Path
    options: VectorOptions
    facts: Mapping[str, object]

    @property
    def file(self) -> Path:
        """Where the entry is, if it is there."""
        return self.cache.folder / (hashlib.sha256(json.dumps(self.facts).encode()).hexdigest()[:40] + ENDING)

    def open_vectors(self) -> Task[Embedding]:
        """The vectors from the cache, else by `read_vectors`; the last Progress carries `VectorFileNotes`."""
        found = self._found()
        if found is None:
            return (yield from read_vectors(self.path, self.options))
        embedding, notes = found
        yield Progress("reading", 1.0, notes)
        return embedding

    def digest(self) -> str:
        """SHA-256 of the whole file, as it was told when its vectors were kept; else empty."""
        try:
            with self.file.open("rb") as stream:
                return str(self._values(stream)[0]["sha256"])
        except _UNUSABLE:
            return ""

    def keep(self, embedding: Embedding, notes: VectorFileNotes, sha256: str = "") -> Task[None]:
        """Keep what was read, if the file is large, still the same and no more than words and vectors.

        The hash of the whole file can be kept with it, for `digest`. A full disk or a folder that cannot be
        written is no error: the file will be read again.
        """
        if not self._is_worth_keeping(embedding):
            return
        yield from prepare_nearest(embedding)
        rows = {"vectors": embedding.vectors} if embedding.table is None else {"table": embedding.table}
        arrays: dict[str, NDArray[Any]] = {**rows, "norms": embedding.norms}
        small = prepared(embedding)
        if small is not None:
            arrays |= {name: getattr(small, name) for name in SMALL}
        with suppress(OSError, WriteFailed):
            self.cache.folder.mkdir(parents=True, exist_ok=True)
            header = self._header(embedding, {"notes": asdict(notes), "sha256": sha256}, arrays)
            if self.cache.make_room(len(header) + sum(map(_padded_size, arrays.values()))):
                yield from self._write(header, arrays)

    def _is_worth_keeping(self, embedding: Embedding) -> bool:
        with suppress(OSError, GloveError):
            is_large = self.path.stat().st_size >= self.cache.least_file_bytes
            is_same = self.cache.entry(self.path, self.options).facts == self.facts
            is_plain = embedding.parameters is None and not embedding.vocabulary.has_counts
            return is_large and is_same and is_plain and not self.file.exists()
        return False

    def _header(
        self, embedding: Embedding, told: Mapping[str, object], arrays: Mapping[str, NDArray[Any]]
    ) -> bytes:
        """All before the arrays."""
        places, offset = {}, 0  # counted from the first aligned byte behind the header
        for name, array in arrays.items():
            places[name] = [array.dtype.str, array.shape, offset]
            offset += _padded_size(array)
        values = {"facts": self.facts, **told, "arrays": places, "size": offset}
        text = json.dumps(values | {"words": embedding.vocabulary.words}).encode()
        header = MARK + _LENGTHS.pack(len(text), hashlib.sha256(text).digest()) + text
        return header + bytes(-len(header) % ALIGNMENT)

    def _write(self, header: bytes, arrays: Mapping[str, NDArray[Any]]) -> Task[None]:
        done, size = 0, sum(map(_padded_size, arrays.values()))
        with atomic_file(self.file) as stream:
            stream.write(header)
            for array in arrays.values():
                data = np.ascontiguousarray(array).reshape(-1).view(np.uint8)
                for first in range(0, len(data), WRITTEN_AT_ONCE):
                    piece = data[first : first + WRITTEN_AT_ONCE]
                    stream.write(piece.data)
                    done += len(piece)
                    yield Progress("writing", done / size)
                stream.write(bytes(_padded_size(array) - len(data)))

    def _found(self) -> tuple[Embedding, VectorFileNotes] | None:
        """What is kept; None if it is not there, or anything about it is not as it was written."""
        try:
            found = self._read()
            os.utime(self.file)  # the oldest are those that were not used
            return found
        except _UNUSABLE:
            return None

    def _values(self, stream: BinaryIO) -> tuple[dict[str, Any], int]:
        """The header, and where the arrays begin; raises one of `_UNUSABLE` if anything is amiss."""
        size = os.fstat(stream.fileno()).st_size
        if stream.read(len(MARK)) != MARK:
            raise ValueError("another mark")
        length, digest = _LENGTHS.unpack(stream.read(_LENGTHS.size))
        header = stream.read(min(length, size))
        start = -(-stream.tell() // ALIGNMENT) * ALIGNMENT
        if hashlib.sha256(header).digest() != digest:
            raise ValueError("another header")
        values: dict[str, Any] = json.loads(header)
        if values["facts"] != self.facts or start + values["size"] != size:
            raise ValueError("of another file, or cut")
        return values, start

    def _read(self) -> tuple[Embedding, VectorFileNotes]:
        with self.file.open("rb") as stream:
            values, start = self._values(stream)
            mapped = np.memmap(stream, np.uint8, "r")
        arrays = {name: _array(mapped, start, *place) for name, place in values["arrays"].items()}
        vocabulary = Vocabulary(values["words"])
        table = arrays.get("table")
        vectors = arrays["vectors"] if table is None else table[len(SPECIAL_WORDS) :]
        embedding = Embedding.with_norms(vocabulary, vectors, arrays["norms"], table)
        if "numbers" in arrays:
            put_prepared(embedding, SmallVectors(*(arrays[name] for name in SMALL)))
        return embedding, VectorFileNotes(**values["notes"])


def user_cache() -> VectorCache:
    """The cache of the person who runs the program."""
    from platformdirs import user_cache_path

    return VectorCache(user_cache_path("gloveui", appauthor=False) / "vectors")


def _status(path: Path) -> os.stat_result:
    try:
        return path.stat()
    except OSError as error:
        raise FileMissing(path=printable(path)) from error


def _statuses_beside(path: Path) -> list[os.stat_result]:
    """Of the files that the words, or an array, may have come from."""
    files = [*files_beside(path), *arrays_beside(path)]
    return [file.stat() for file in files if file.is_file()]


def _padded_size(array: NDArray[Any]) -> int:
    """Bytes of an array in an entry."""
    return -(-array.nbytes // ALIGNMENT) * ALIGNMENT


def _array(
    mapped: NDArray[np.uint8], start: int, dtype: str, shape: tuple[int, ...], offset: int
) -> NDArray[Any]:
    """An array out of mapped bytes, read-only."""
    size = int(np.prod(shape)) * np.dtype(dtype).itemsize
    array = np.asarray(mapped[start + offset : start + offset + size]).view(dtype).reshape(shape)
    array.setflags(write=False)
    return array
