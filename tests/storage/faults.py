"""A disk that fails at the nth thing asked of it, for n = 1, 2, … until nothing is left to fail."""

from __future__ import annotations

import errno
import io
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

CALLS = ("open", "fsync", "replace", "unlink", "mkdir", "rename")
CODES = (errno.EIO, errno.ENOSPC)


class FaultyDisk:
    """Counts what is asked of the disk; the call with the number `failing` fails, and none after it."""

    def __init__(self, failing: int, code: int) -> None:
        self._failing = failing
        self._code = code
        self.calls: list[str] = []

    @property
    def has_failed(self) -> bool:
        return len(self.calls) >= self._failing

    def ask(self, name: str) -> None:
        self.calls.append(name)
        if len(self.calls) == self._failing:
            raise OSError(self._code, os.strerror(self._code))

    def asking(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def asked(*args: Any, **kwargs: Any) -> Any:
            self.ask(name)
            return call(*args, **kwargs)

        return asked

    @contextmanager
    def in_place(self) -> Iterator[None]:
        """Let everything that Python asks of the disk go this way; a write that fails writes a half."""
        with pytest.MonkeyPatch.context() as patch:
            for name in CALLS:
                patch.setattr(os, name, self.asking(name, getattr(os, name)))
            patch.setattr(shutil, "copymode", self.asking("copymode", shutil.copymode))
            patch.setattr(os, "fdopen", self._opened)
            yield

    def _opened(self, descriptor: int, mode: str) -> io.BufferedWriter:
        return FaultyFile(io.FileIO(descriptor, mode), self)


class FaultyFile(io.BufferedWriter):
    """A file whose writes are asked of a `FaultyDisk`."""

    def __init__(self, raw: io.FileIO, disk: FaultyDisk) -> None:
        super().__init__(raw)
        self._disk = disk

    def write(self, data: Any) -> int:
        try:
            self._disk.ask("write")
        except OSError:
            super().write(memoryview(data)[: len(data) // 2])
            raise
        return super().write(data)


def each_fault() -> Iterator[tuple[FaultyDisk, str]]:
    """Disks that fail at the first call, the second, … until one has nothing to fail, for each code.

    The pair's second part says which, for the message of a test.
    """
    for code in CODES:
        for failing in range(1, 10_000):
            disk = FaultyDisk(failing, code)
            yield disk, f"call {failing}, {errno.errorcode[code]}"
            if not disk.has_failed:
                break
