"""A lock on a folder, so that two windows do not write into it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QLockFile

LOCK_NAME = ".window.lock"


class FolderLock:
    """Held by one window at a time; that of a program which has ended is taken over."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file = QLockFile(str(folder / LOCK_NAME))
        self._file.setStaleLockTime(0)  # never by age: a window may be open for days, or its clock set back

    @property
    def folder(self) -> Path:
        """The folder."""
        return self._folder

    @property
    def is_held(self) -> bool:
        """Whether this lock holds the folder."""
        return self._file.isLocked()

    @property
    def is_taken_by_another(self) -> bool:
        """Whether another window was in the way when this lock was to be taken."""
        return self._file.error() is QLockFile.LockError.LockFailedError

    def take(self) -> bool:
        """Take the lock; False if another window has it, or nothing can be written there."""
        return self._file.isLocked() or self._file.tryLock(0)

    def release(self) -> None:
        """Let go of the folder."""
        self._file.unlock()
