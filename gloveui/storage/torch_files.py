"""Vectors in files of PyTorch, pickles inside: another process reads them, and hands back plain numbers."""

from __future__ import annotations

import json
import os
import struct
import subprocess
import sys
import time
import zipfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

import numpy as np

from gloveui.core.embedding import Embedding
from gloveui.core.errors import SeveralTables, VectorFileError
from gloveui.core.progress import Progress, Task
from gloveui.core.scratch import ScratchFile, check_disk
from gloveui.core.text import printable
from gloveui.storage import torch_child
from gloveui.storage.vector_arrays import StoredTable, check_shape, read_table
from gloveui.storage.vector_errors import CodeInside
from gloveui.storage.vector_rows import VectorOptions, vector_file_error
from gloveui.storage.vector_table import check_room
from gloveui.storage.vector_words import words_for
from gloveui.storage.zip_members import open_archive

NAME = "PyTorch"
LEAST_MEMORY = 1 << 30  # of the other process, beyond what torch takes to start
MEMORY_PER_BYTE = 3  # of the file
LEAST_SECONDS = 90
BYTES_PER_SECOND = 10_000_000
WAIT_SECONDS = 0.05
LONGEST_ANSWER = 1 << 30

_BEFORE_ZIP = b"\x80\x02\x8a\nl\xfc\x9cF\xf9 j\xa8P\x19."  # a number, pickled, by which torch knows its own
_LENGTH = struct.Struct("<Q")
_PROGRAM_PART = "constants.pkl"  # only in archives of TorchScript
_CONTENT = "data.pkl"


def is_torch(sample: bytes, path: Path) -> bool:
    """Whether a file is what `torch.save` writes, now or in former years, or a program of TorchScript."""
    if sample.startswith(_BEFORE_ZIP):
        return True
    if not sample.startswith(b"PK\x03\x04"):
        return False
    with suppress(zipfile.BadZipFile, NotImplementedError, ValueError), zipfile.ZipFile(path) as archive:
        return bool({_CONTENT, _PROGRAM_PART} & {name.rpartition("/")[2] for name in archive.namelist()})
    return False


def read_torch(path: Path, options: VectorOptions | None = None) -> Task[Embedding]:
    """Read a tensor, or one in a state dict or other container; the last Progress carries `VectorFileNotes`.

    The words are those of a list or map of as many in the file, or in a file; see `words_for`.

    Raises
    ------
    CodeInside
        If anything but tensors and plain values is inside.
    VectorFileError
        If the file is not whole, or has no dense table of floats.
    SeveralTables, WordsWanted
        If the options have to say which table, or where the words are.
    VectorsTooLarge, NotEnoughDisk
        If the vectors do not fit in memory, or not on the disk on their way from the other process.
    """
    options = options or VectorOptions()
    _refuse_program(path)
    check_disk(2 * path.stat().st_size)
    with ScratchFile() as scratch:
        stream = scratch.stream()
        yield from _run_child(path, options.table, stream)
        answer, start = _answer(stream, path)
        table = _table(answer, stream, start, path)
        rows, dimension = table.shape
        check_room(path, min(rows, options.first or rows), dimension)
        words = words_for(path, rows, options, _words(answer, path))
        return (yield from read_table(path, table, words, options, NAME))


def _refuse_program(path: Path) -> None:
    """Refuse what needs no other process to be told."""
    with path.open("rb") as stream:
        if stream.read(len(_BEFORE_ZIP)) == _BEFORE_ZIP:
            return
        with open_archive(stream, path.stat().st_size, printable(path)) as archive:
            names = {name.rpartition("/")[2] for name in archive.namelist()}
    if _PROGRAM_PART in names:
        raise CodeInside(path=printable(path), place="constants.pkl, a program of TorchScript")


def _run_child(path: Path, table: str, output: IO[bytes]) -> Task[None]:
    """Let the other process write its answer; it is ended when this task is."""
    size = path.stat().st_size
    seconds = LEAST_SECONDS + size // BYTES_PER_SECOND
    limits = [str(LEAST_MEMORY + MEMORY_PER_BYTE * size), str(seconds)]
    environment = os.environ | {"OMP_NUM_THREADS": "1", "CUDA_VISIBLE_DEVICES": ""}
    child = subprocess.Popen(
        [sys.executable, "-P", torch_child.__file__, str(path.resolve()), table, *limits],
        stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.DEVNULL, env=environment,
    )  # fmt: skip
    deadline = time.monotonic() + seconds
    try:
        while child.poll() is None and time.monotonic() < deadline:
            yield Progress("reading", 0.0)
            with suppress(subprocess.TimeoutExpired):
                child.wait(WAIT_SECONDS)
    finally:
        child.kill()
        child.wait()
    if child.returncode != 0:
        found = "what ended the process that read them"
        raise vector_file_error(path, "byte 0", "tensors that can be read", found)


def _answer(stream: IO[bytes], path: Path) -> tuple[dict[str, Any], int]:
    """What the other process says, which nobody has to believe, and where its numbers begin."""
    stream.seek(0)
    length = stream.read(_LENGTH.size)
    size = _LENGTH.unpack(length)[0] if len(length) == _LENGTH.size else 0
    try:
        answer: Any = json.loads(stream.read(min(size, LONGEST_ANSWER)))
        if not isinstance(answer, dict):
            raise ValueError(answer)
    except (ValueError, RecursionError) as error:
        raise vector_file_error(path, "byte 0", "tensors that can be read", "something else") from error
    if "refused" in answer:
        raise _refusal(answer, path)
    if "tables" in answer:
        names = tuple(printable(str(name)) for name in answer["tables"])
        raise SeveralTables(path=printable(path), tables=names, expected=", ".join(names))
    return answer, _LENGTH.size + size


def _refusal(answer: dict[str, Any], path: Path) -> VectorFileError:
    if answer["refused"] == "code":
        return CodeInside(path=printable(path), place=_CONTENT)
    if answer["refused"] == "tensor":
        place = f"tensor {answer.get('name', '')}".strip()
        return vector_file_error(path, place, "a dense table of floats", answer.get("found", "none"))
    found = "one that takes too much memory" if answer["refused"] == "memory" else "a damaged one"
    return vector_file_error(path, "byte 0", "a whole file of PyTorch", found)


def _table(answer: dict[str, Any], stream: IO[bytes], start: int, path: Path) -> StoredTable:
    """The table that lies behind the answer; refused unless all of its numbers are there."""
    rows, dimension, name = answer.get("rows"), answer.get("dimension"), f"tensor {answer.get('table', '')}"
    if type(rows) is not int or type(dimension) is not int:
        raise vector_file_error(path, name, "a dense table of floats", "something else")
    shape = check_shape(path, name, (rows, dimension))
    size = stream.seek(0, os.SEEK_END) - start
    if size != 4 * rows * dimension:
        raise vector_file_error(path, name, f"{4 * rows * dimension} bytes", f"{size} bytes")
    array = np.memmap(stream, "<f4", "r", start, shape)
    return StoredTable(name, shape, str(answer.get("kind", "float32")), lambda part: np.asarray(array[part]))


def _words(answer: dict[str, Any], path: Path) -> Sequence[str] | None:
    words = answer.get("words")
    if words is None:
        return None
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise vector_file_error(path, "words", "a list of words", "something else")
    return [word.encode("utf-16", "surrogatepass").decode("utf-16", "replace") for word in words]
