"""Arrays that lie in a temporary file, for what does not fit in memory."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import TracebackType
from typing import Any, BinaryIO, Self, cast

import numpy as np
from numpy.typing import NDArray

from gloveui.core.byte_size import ByteSize
from gloveui.core.errors import NotEnoughDisk, ScratchFolderUnusable

RESERVE_BYTES = 256 << 20  # left free on the disk for everybody else


class ScratchFile:
    """A file that grows by appending arrays, and is then read through a memory map.

    It has no name where the system allows that, so that nothing is left of it when the program ends, however
    that comes about. Appending writes, and does not map: a full disk is an error then, not a crash.

    Raises
    ------
    ScratchFolderUnusable
        If no file can be made in the folder.
    """

    def __init__(self, folder: str = "") -> None:
        self._folder = folder or tempfile.gettempdir()
        with _told_by_name(self._folder):
            self._file = tempfile.TemporaryFile(dir=self._folder, prefix="gloveui-")  # noqa: SIM115 - `with` closes it
        self.size = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file; maps that were made of it stay."""
        with suppress(OSError):  # on a full disk the rest of what was told cannot be written here either
            self._file.close()

    def append(self, array: NDArray[Any]) -> None:
        """Write an array behind what is there; raises `NotEnoughDisk`."""
        try:
            check_disk(array.nbytes, self._folder)
            self._file.write(np.ascontiguousarray(array).data)
            self._file.flush()  # what is kept back would meet the full disk later
        except OSError as error:
            free = ByteSize(free_disk(self._folder))
            raise NotEnoughDisk(path=self._folder, needed=ByteSize(array.nbytes), free=free) from error
        self.size += array.nbytes

    def stream(self) -> BinaryIO:
        """Everything that was appended, to be read from the first byte; valid until this is closed."""
        self._file.seek(0)
        return cast(BinaryIO, self._file)

    def mapped(self, dtype: Any) -> NDArray[Any]:
        """Everything that was appended, as a read-only array of one dimension."""
        if self.size == 0:
            return np.empty(0, dtype)
        return np.memmap(self._file, dtype, "r", shape=(self.size // np.dtype(dtype).itemsize,))


def free_disk(folder: str = "") -> int:
    """Bytes that are free where a folder is, or the system's folder for temporary files."""
    folder = folder or tempfile.gettempdir()
    with _told_by_name(folder):
        return shutil.disk_usage(folder).free


def check_disk(needed: int, folder: str = "") -> None:
    """Raise `NotEnoughDisk` unless so many bytes can be written and a reserve still remains."""
    free = free_disk(folder)
    if needed + RESERVE_BYTES > free:
        raise NotEnoughDisk(
            path=folder or tempfile.gettempdir(), needed=ByteSize(needed), free=ByteSize(free)
        )


@contextmanager
def _told_by_name(folder: str) -> Iterator[None]:
    """Make `ScratchFolderUnusable` of what the system says; a NUL in a name is a ValueError."""
    try:
        yield
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise ScratchFolderUnusable(path=folder, reason=reason) from error
