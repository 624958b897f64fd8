"""Vectors as exact numbers: word2vec's binary form, NumPy, PyTorch and safetensors."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, BinaryIO

import numpy as np
from numpy.lib import format as npy

from gloveui.core.embedding import Embedding
from gloveui.core.model_cards import Card
from gloveui.core.progress import Progress, Task
from gloveui.storage.atomic import atomic_file
from gloveui.storage.export_options import ExportOptions
from gloveui.storage.export_rows import ExportRows, check_words, refused
from gloveui.storage.tensor_files import tensor_pieces
from gloveui.storage.vector_tensors import tensors_and_texts
from gloveui.storage.word2vec_binary import is_word2vec_binary

MOST_WORD_BYTES = 1 << 30  # of an array of words, in which each takes as much as the longest
_LONGEST_WORD_BYTES = 1_000  # more in word2vec's binary form is a word without end
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # equal values give equal bytes


def write_word2vec_binary(rows: ExportRows, path: Path, options: ExportOptions) -> Task[None]:
    """Write a line ``V D``, then each word, a space and its float32, little-endian.

    Raises
    ------
    WriteFailed
        If a word holds a space or line feed or is over 1,000 bytes, or the file cannot be written.
    """
    names = check_words(rows.words, path, " \n", "word2vec's binary form")
    longest = max(names, key=len)
    if len(longest) > _LONGEST_WORD_BYTES:
        found = f"a word of {len(longest)} bytes; word2vec's binary form holds {_LONGEST_WORD_BYTES}"
        raise refused(path, found)
    pieces = _binary_pieces(rows, names)
    start, fraction = next(pieces)
    if not is_word2vec_binary(start, path):
        raise refused(path, "these numbers would be taken for text when the file is opened")
    with atomic_file(path) as stream:
        stream.write(start)
        yield Progress("writing", fraction)
        for data, fraction in pieces:
            stream.write(data)
            yield Progress("writing", fraction)


def _binary_pieces(rows: ExportRows, names: list[bytes]) -> Iterator[tuple[bytes, float]]:
    header, first = f"{len(rows)} {rows.dimension}\n".encode(), 0
    for words, vectors, fraction in rows.pieces():
        piece = names[first : first + len(words)]
        first += len(words)
        numbers = np.ascontiguousarray(vectors, "<f4")
        lines = (b"%b %b\n" % (name, row.tobytes()) for name, row in zip(piece, numbers, strict=True))
        yield header + b"".join(lines), fraction
        header = b""


def write_npz(rows: ExportRows, path: Path, options: ExportOptions) -> Task[None]:
    """Write an archive of two arrays: ``vectors``, float32, and ``words``, texts.

    Raises
    ------
    WriteFailed
        If a word is too long for an array of all, or ends in a NUL, or the file cannot be written.
    """
    check_words(rows.words, path, "", "an array of words")
    longest = max(map(len, rows.words))
    if 4 * longest * len(rows) > MOST_WORD_BYTES:
        raise refused(
            path, f"an array of words takes as much for each as for the longest, {longest} characters"
        )
    if any(word.endswith("\0") for word in rows.words):
        raise refused(path, "a word ends in a NUL, which is lost in an array of words")
    with atomic_file(path) as stream, zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        with _member(archive, "words.npy") as member:
            words = np.array(rows.words, f"<U{longest}")
            _write_npy_header(member, words.shape, words.dtype)
            for first in range(0, len(words), _ROWS):
                member.write(words[first : first + _ROWS].tobytes())
                yield Progress("writing", 0.0)
        with _member(archive, "vectors.npy") as member:
            yield from _write_npy(member, rows)


def write_npy(rows: ExportRows, path: Path, options: ExportOptions) -> Task[None]:
    """Write an array, float32, and beside it the words as a list in JSON.

    Raises
    ------
    WriteFailed
        If a word cannot be written in UTF-8, or a file cannot be written.
    """
    with _with_words(rows, path, options) as stream:
        yield from _write_npy(stream, rows)


def write_torch(rows: ExportRows, path: Path, options: ExportOptions) -> Task[None]:
    """Write the state of an `nn.Embedding`, with its ``weight``, and beside it the words as a list in JSON.

    Raises
    ------
    WriteFailed
        If a word cannot be written in UTF-8, or a file cannot be written.
    """
    with _with_words(rows, path, options) as stream:
        yield Progress("writing", 0.0)
        import torch  # words that are refused need none of it

        torch.save({"weight": torch.from_numpy(np.array(rows.vectors, np.float32))}, stream)
        yield Progress("writing", 1.0)


def write_tensors_of(embedding: Embedding, path: Path, card: Card | None) -> Task[None]:
    """Write safetensors with vectors, what is known of the model behind them, words, counts and the card."""
    tensors, texts = tensors_and_texts(embedding, card)
    size, done = sum(array.nbytes for array in tensors.values()), 0
    with atomic_file(path) as stream:
        for piece in tensor_pieces(tensors, texts):
            stream.write(piece)
            done += len(piece)
            yield Progress("writing", min(1.0, done / max(1, size)))


_ROWS = 10_000


@contextmanager
def _with_words(rows: ExportRows, path: Path, options: ExportOptions) -> Iterator[BinaryIO]:
    """The file of the vectors; that of the words gets its name after it."""
    check_words(rows.words, path, "", "JSON")
    words = json.dumps(list(rows.words), ensure_ascii=False, indent=0).encode()
    with ExitStack() as files:
        beside = files.enter_context(atomic_file(options.file_format.files(path)[1]))
        beside.write(words)
        beside.flush()  # a full disk is met before one of the two has its name
        yield files.enter_context(atomic_file(path))


def _write_npy(stream: IO[bytes], rows: ExportRows) -> Task[None]:
    _write_npy_header(stream, rows.vectors.shape, np.dtype("<f4"))
    for _, vectors, fraction in rows.pieces():
        stream.write(np.ascontiguousarray(vectors, "<f4").tobytes())
        yield Progress("writing", fraction)


def _write_npy_header(stream: IO[bytes], shape: tuple[int, ...], dtype: np.dtype[np.generic]) -> None:
    values = {"descr": npy.dtype_to_descr(dtype), "fortran_order": False, "shape": shape}
    npy.write_array_header_1_0(stream, values)


def _member(archive: zipfile.ZipFile, name: str) -> IO[bytes]:
    return archive.open(zipfile.ZipInfo(name, _FIRST_DAY), "w", force_zip64=True)
