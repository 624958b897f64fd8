"""Arrays with a header of words about them, in one safetensors file: nothing in it can run."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol, cast

import numpy as np
from numpy.typing import NDArray

from gloveui.storage.atomic import atomic_file
from gloveui.storage.vector_rows import vector_file_error

LENGTH_BYTES = 8  # of the number before the header: how long that is
ALIGNMENT = 8
BYTES_AT_ONCE = 16 << 20
_TYPE_NAMES = {"<f4": "F32", "<f8": "F64", "<i4": "I32", "<i8": "I64", "|u1": "U8"}


class TensorSlice(Protocol):
    """A tensor of a file that is read when it is sliced."""

    def get_shape(self) -> list[int]:
        """Its shape."""

    def get_dtype(self) -> str:
        """Its type as safetensors calls it, for example ``"F32"``."""

    def __getitem__(self, rows: slice) -> NDArray[Any]:
        """Some of its rows."""


class OpenTensors(Protocol):
    """A safetensors file that is open; the package itself has no type hints."""

    def keys(self) -> list[str]:
        """Names of the tensors."""

    def metadata(self) -> dict[str, str] | None:
        """The texts in the header."""

    def get_slice(self, name: str) -> TensorSlice:
        """A tensor to read in parts."""

    def get_tensor(self, name: str) -> NDArray[Any]:
        """A tensor as a whole."""


def write_tensors(path: Path, tensors: Mapping[str, NDArray[Any]], metadata: Mapping[str, str]) -> None:
    """Write float and integer arrays with texts about them; equal values give equal bytes.

    The safetensors package writes the texts in a random order and needs a second copy of all arrays, so the
    format (https://huggingface.co/docs/safetensors) is written here.
    """
    with atomic_file(path) as stream:
        for piece in tensor_pieces(tensors, metadata):
            stream.write(piece)


def tensor_pieces(
    tensors: Mapping[str, NDArray[Any]], metadata: Mapping[str, str]
) -> Iterator[bytes | memoryview]:
    """The bytes of such a file, in stretches of at most 16 MiB after the header."""
    little_endian = {name: np.ascontiguousarray(_little_endian(array)) for name, array in tensors.items()}
    yield _header(little_endian, metadata)
    for array in little_endian.values():
        data = array.reshape(-1).view(np.uint8).data
        for first in range(0, len(data), BYTES_AT_ONCE):
            yield data[first : first + BYTES_AT_ONCE]


@contextmanager
def open_tensors(path: Path) -> Iterator[OpenTensors]:
    """The file's tensors and texts, checked to be whole, and mapped into memory rather than read.

    Raises
    ------
    VectorFileError
        If the header is malformed, or claims other bytes than the file has.
    """
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(path, framework="numpy") as tensors:
            yield cast(OpenTensors, tensors)
    except SafetensorError as error:
        raise vector_file_error(path, "header", "a whole safetensors file", error) from error
    except OSError as error:
        raise vector_file_error(path, "byte 0", "a readable file", error.strerror or error) from error


def whole_tensor(tensors: OpenTensors, name: str) -> NDArray[Any]:
    """A tensor in memory, copied 16 MiB at a time: no other thread could run during a copy of all of it."""
    source = tensors.get_slice(name)
    shape = source.get_shape()
    if not shape or 0 in shape:
        return tensors.get_tensor(name)
    first = source[0:1]
    array = np.empty(shape, first.dtype)
    rows = max(1, BYTES_AT_ONCE // first.nbytes)
    for start in range(0, shape[0], rows):
        piece = array[start : start + rows]  # a slice of a file may not go beyond its end
        piece[:] = source[start : start + len(piece)]
    return array


def tensor_start(path: Path, name: str) -> int:
    """Where the numbers of a tensor begin in a file that `open_tensors` has found whole."""
    with path.open("rb") as stream:
        (length,) = struct.unpack("<Q", stream.read(LENGTH_BYTES))
        first, _ = json.loads(stream.read(length))[name]["data_offsets"]
    return LENGTH_BYTES + int(length) + int(first)


def is_tensor_file(first_bytes: bytes) -> bool:
    """Whether a file that begins so is safetensors: a length, then JSON. Text never has such a length."""
    if len(first_bytes) <= LENGTH_BYTES:
        return False
    (length,) = struct.unpack_from("<Q", first_bytes)
    return length < 2**40 and first_bytes[LENGTH_BYTES : LENGTH_BYTES + 1] == b"{"


def json_of(metadata: Mapping[str, str], key: str, path: Path) -> Any:
    """The value of a text of the header that is JSON, None where the header does not have it."""
    if key not in metadata:
        return None
    try:
        return json.loads(metadata[key])
    except (ValueError, RecursionError) as error:
        raise vector_file_error(path, "header", f"JSON in “{key}”", error) from error


def _little_endian(array: NDArray[Any]) -> NDArray[Any]:
    return array.astype(array.dtype.newbyteorder("<"), copy=False)


def _header(tensors: Mapping[str, NDArray[Any]], metadata: Mapping[str, str]) -> bytes:
    entries: dict[str, object] = {"__metadata__": dict(metadata)} if metadata else {}
    offset = 0
    for name, array in tensors.items():
        entries[name] = {
            "dtype": _TYPE_NAMES[array.dtype.newbyteorder("<").str],
            "shape": array.shape,
            "data_offsets": (offset, offset + array.nbytes),
        }
        offset += array.nbytes
    header = json.dumps(entries, separators=(",", ":")).encode()
    header += b" " * (-len(header) % ALIGNMENT)
    return struct.pack("<Q", len(header)) + header
