"""The ids of a text while they come: in memory, or in a file once they are many."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

from gloveui.core.parallel import map_in_order
from gloveui.core.progress import Progress
from gloveui.core.resources import MIB, Resources
from gloveui.core.scratch import ScratchFile
from gloveui.core.token_kernels import BREAK, renumber

ID_BYTES = 4


class IdStore:
    """Ids piece by piece, each in the numbering of the table that made it, and no two breaks in a row."""

    def __init__(self, resources: Resources) -> None:
        self._resources = resources
        self._parts: list[NDArray[np.int32]] = []
        self._sizes: list[int] = []
        self._tables: list[int] = []
        self._file: ScratchFile | None = None
        self._size = self._breaks = 0
        self._ends_with_break = True  # nothing yet: a break now would end no sentence

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is not None:
            self._file.__exit__(kind, error, trace)

    @property
    def tokens(self) -> int:
        """Words so far."""
        return self._size - self._breaks

    @property
    def sentences(self) -> int:
        """Sentences so far, the one that goes on included."""
        return self._breaks + (not self._ends_with_break)

    def append(self, ids: NDArray[np.int32], table: int) -> None:
        """Put the ids of a piece, made by the table of this number, behind what is there."""
        if len(ids) and self._ends_with_break and ids[0] == BREAK:
            ids = ids[1:]
        if not len(ids):
            return
        self._ends_with_break = bool(ids[-1] == BREAK)
        self._sizes.append(len(ids))
        self._tables.append(table)
        self._size += len(ids)
        self._breaks += int(np.count_nonzero(ids == BREAK))
        if self._file is not None:
            self._file.append(ids)
            return
        self._parts.append(ids)
        if self._size * ID_BYTES > self._resources.mapped_above_mib * MIB:
            self._move_to_file()

    def renumbered(self, ranks: Sequence[NDArray[np.int32]]) -> Generator[Progress, None, NDArray[np.int32]]:
        """All ids as they are to be, ``ranks[table][id]``, read-only; a break at the end is dropped."""
        ids = yield from (self._in_memory(ranks) if self._file is None else self._in_file(self._file, ranks))
        ids = ids[: self._size - self._ends_with_break]
        ids.setflags(write=False)
        return ids

    def _move_to_file(self) -> None:
        self._file = ScratchFile(self._resources.scratch_folder)
        for part in self._parts:
            self._file.append(part)
        self._parts.clear()

    def _in_memory(self, ranks: Sequence[NDArray[np.int32]]) -> Generator[Progress, None, NDArray[np.int32]]:
        ids = np.empty(self._size, np.int32)

        def write(number: int, start: int) -> int:
            part = self._parts[number]
            renumber(part, ranks[self._tables[number]], ids[start : start + len(part)])
            self._parts[number] = part[:0]  # what is written is not held twice
            return start + len(part)

        starts = np.cumsum([0, *self._sizes]).tolist()
        works = list(zip(range(len(self._parts)), starts, strict=False))
        for end in map_in_order(lambda work: write(*work), works, self._resources.thread_count):
            yield Progress("sorting", end / self._size)
        return ids

    def _in_file(
        self, file: ScratchFile, ranks: Sequence[NDArray[np.int32]]
    ) -> Generator[Progress, None, NDArray[np.int32]]:
        with ScratchFile(self._resources.scratch_folder) as renumbered:
            start = 0
            for size, table in zip(self._sizes, self._tables, strict=True):
                # A map of its own each time: the pages read so far do not stay in memory.
                part = np.array(file.mapped(np.int32)[start : start + size])
                renumber(part, ranks[table], part)
                renumbered.append(part)
                start += size
                yield Progress("sorting", start / self._size)
            return renumbered.mapped(np.int32).view(np.ndarray)
