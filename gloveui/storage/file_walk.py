"""Finds the files of a text in what a person chose: files, and folders with all that is in them."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from gloveui.core.compressed import plain_file_size
from gloveui.core.errors import FileUnreadable
from gloveui.core.text import printable
from gloveui.storage.note_list import NoteList
from gloveui.storage.session_manifest import is_session

Identity: TypeAlias = tuple[int, int] | str


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A plain file.

    Attributes
    ----------
    path
        Where it is.
    name
        What people call it: its path from the folder that was chosen on.
    size
        In bytes.
    is_chosen
        Whether it was chosen itself, and not a folder that it is in.
    """

    path: Path
    name: str
    size: int
    is_chosen: bool


def found_files(paths: Sequence[Path], notes: NoteList) -> Iterator[FoundFile]:
    """The files in their order, each real file once; in a folder sorted by name, hidden ones left out.

    Links are followed. What leads to a file or folder that was met before, cannot be read, or is a session,
    a pipe or a device goes to the notes.

    Raises
    ------
    FileMissing, FileUnreadable, NotAFile
        If that is so of one that was chosen itself.
    """
    seen: set[Identity] = set()
    for path in paths:
        if path.is_dir():
            yield from _files_in(path, seen, notes)
        else:
            size = plain_file_size(path, printable(path))
            if _is_new(path, path.stat(), printable(path.name), seen, notes):
                yield FoundFile(path, printable(path.name), size, is_chosen=True)


def folder_name(path: Path) -> str:
    """The name of a folder, of ``.`` too."""
    return printable(path.name or path.resolve().name or path)


def _files_in(folder: Path, seen: set[Identity], notes: NoteList) -> Iterator[FoundFile]:
    waiting = [(folder, folder_name(folder))]
    while waiting:
        path, name = waiting.pop()
        try:
            status = path.stat()
            if not _is_new(path, status, name, seen, notes):
                continue
            if stat.S_ISDIR(status.st_mode):
                if is_session(path):
                    notes.leave_out("sessions_skipped", name)
                    continue
                inside = _names_in(path)
                waiting += [(path / entry, f"{name}/{printable(entry)}") for entry in reversed(inside)]
                continue
        except OSError as error:
            if path == folder:
                raise FileUnreadable(path=printable(path), reason=error.strerror) from error
            notes.leave_out("unreadable_skipped", name)
            continue
        if stat.S_ISREG(status.st_mode):
            yield FoundFile(path, name, status.st_size, is_chosen=False)
        else:
            notes.leave_out("no_files_skipped", name)


def _names_in(folder: Path) -> list[str]:
    with os.scandir(folder) as entries:
        return sorted(entry.name for entry in entries if not entry.name.startswith("."))


def _is_new(path: Path, status: os.stat_result, name: str, seen: set[Identity], notes: NoteList) -> bool:
    # Some file systems number nothing.
    identity: Identity = (status.st_dev, status.st_ino) if status.st_ino else os.path.realpath(path)
    if identity in seen:
        notes.leave_out("seen_again", name)
        return False
    seen.add(identity)
    return True
