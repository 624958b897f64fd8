"""Writes files so that a crash, a full disk or an error leaves the old one as it was."""

from __future__ import annotations

import os
import platform
import re
import secrets
import shutil
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO, TextIO

from gloveui.core.errors import WriteFailed
from gloveui.core.text import printable

# The machine and the process that write it, and digits that no other file has.
_UNFINISHED = re.compile(r"\.gloveui-([0-9a-f]{8})-([0-9]+)-[0-9a-f]{16}\.part")
_being_written: set[Path] = set()  # by this process


@contextmanager
def atomic_file(path: Path) -> Iterator[BinaryIO]:
    """A stream of bytes that becomes the file `path` at the end of the block, or nothing if the block fails.

    The bytes go to a new file in the same folder, are forced to the disk, and only then take the name. A
    link is followed; permissions of a file that is replaced are kept.

    Raises
    ------
    WriteFailed
        If the file cannot be made, written or renamed; what was there before is unchanged.
    """
    target = Path(os.path.realpath(path))
    unfinished = _unfinished_in(target.parent)
    _being_written.add(unfinished)
    try:
        with _made_file(unfinished) as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        if target.exists():
            shutil.copymode(target, unfinished)
        os.replace(unfinished, target)
    except OSError as error:
        raise WriteFailed(path=printable(path), reason=error.strerror or error) from error
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
        _being_written.discard(unfinished)
    _keep_name(target.parent)


@contextmanager
def atomic_text_file(path: Path) -> Iterator[TextIO]:
    r"""As `atomic_file`, for characters: UTF-8, lines end in ``"\\n"``."""
    with atomic_file(path) as stream:
        text = TextIOWrapper(stream, encoding="utf-8", newline="\n")
        yield text
        text.flush()
        text.detach()


def check_writable(folder: Path) -> None:
    """Make a folder, and a file in it that is removed again: that tells early what would fail late.

    Raises
    ------
    WriteFailed
        If one of them cannot be made.
    """
    made_folder(folder)
    trial = _unfinished_in(folder)
    try:
        _made_file(trial).close()
        trial.unlink()
    except OSError as error:
        raise WriteFailed(path=printable(folder), reason=error.strerror or error) from error


def made_folder(folder: Path) -> None:
    """Make a folder and those above it, where they are not there; raises `WriteFailed`."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise WriteFailed(path=printable(folder), reason="expected a folder, found a file") from error
    except OSError as error:
        raise WriteFailed(path=printable(folder), reason=error.strerror or error) from error
    _keep_name(folder.parent)


def sweep_unfinished(folder: Path) -> None:
    """Remove files in a folder that were being written when their process ended; those of others stay."""
    with suppress(OSError):
        for path in Path(os.path.realpath(folder)).iterdir():
            if path not in _being_written and _is_abandoned(path.name):
                path.unlink(missing_ok=True)


def _unfinished_in(folder: Path) -> Path:
    return folder / f".gloveui-{_machine()}-{os.getpid()}-{secrets.token_hex(8)}.part"


def _is_abandoned(name: str) -> bool:
    """Whether a name is that of a file which a process of this machine began and no longer writes."""
    found = _UNFINISHED.fullmatch(name)
    if found is None or found[1] != _machine():
        return False
    import psutil

    return int(found[2]) == os.getpid() or not psutil.pid_exists(int(found[2]))


def _machine() -> str:
    """8 hexadecimal digits of the machine's name: processes of others cannot be asked whether they live."""
    return f"{zlib.crc32(platform.node().encode()):08x}"


def _made_file(path: Path) -> BinaryIO:
    """A new file, open for writing, with the permissions that any new file of the person gets."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    return os.fdopen(os.open(path, flags, 0o666), "wb")


def _keep_name(folder: Path) -> None:
    """Force the new name to the disk; Windows and some network folders cannot, and need not."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
