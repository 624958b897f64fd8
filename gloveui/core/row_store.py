"""Where rows of counts are kept as they come: in memory, or in files."""

from __future__ import annotations

from contextlib import ExitStack
from types import TracebackType
from typing import Protocol, Self

import numpy as np
from numpy.typing import NDArray

from gloveui.core.scratch import ScratchFile

PAIR_BYTES = 8
GROWTH = 8  # where more pairs come than expected, room is made for an eighth more


class RowStore(Protocol):
    """Takes columns and values one after another, and gives them back as two arrays."""

    def append(self, columns: NDArray[np.int32], values: NDArray[np.float32]) -> None: ...

    def arrays(self) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """Everything that was appended; nothing can be appended any more."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class MemoryRows:
    """Rows in memory that is asked for once; the system gives it when it is written to."""

    def __init__(self, expected: int) -> None:
        self._columns, self._values = np.empty(expected, np.int32), np.empty(expected, np.float32)
        self._size = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave the arrays to whoever has them."""

    def append(self, columns: NDArray[np.int32], values: NDArray[np.float32]) -> None:
        """Take pairs in; there may be more than was expected."""
        end = self._size + len(columns)
        if end > len(self._columns):
            self._resize(max(end, len(self._columns) * (GROWTH + 1) // GROWTH))
        self._columns[self._size : end] = columns
        self._values[self._size : end] = values
        self._size = end

    def arrays(self) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """All pairs; what was asked for and not needed goes back."""
        self._resize(self._size)
        return self._columns, self._values

    def _resize(self, size: int) -> None:
        # In place where the system can; nobody else has seen these arrays.
        self._columns.resize(size, refcheck=False)
        self._values.resize(size, refcheck=False)


class DiskRows:
    """Rows in two files without a name, read through a memory map in the end."""

    def __init__(self, folder: str) -> None:
        self._files = ExitStack()
        self._columns = self._files.enter_context(ScratchFile(folder))
        self._values = self._files.enter_context(ScratchFile(folder))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the files; maps that were made of them stay."""
        self._files.close()

    def append(self, columns: NDArray[np.int32], values: NDArray[np.float32]) -> None:
        """Write pairs; raises `NotEnoughDisk`."""
        self._columns.append(columns)
        self._values.append(values)

    def arrays(self) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """All pairs, mapped."""
        return np.asarray(self._columns.mapped(np.int32)), np.asarray(self._values.mapped(np.float32))
