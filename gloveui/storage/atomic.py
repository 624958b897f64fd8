"""Writes files so that a crash, a full disk or an error leaves the old one as it was."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO, TextIO

from gloveui.core.errors import WriteFailed
from gloveui.core.text import printable

UNFINISHED_PREFIX, UNFINISHED_SUFFIX = ".gloveui-", ".part"


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
    unfinished = target.with_name(f"{UNFINISHED_PREFIX}{secrets.token_hex(8)}{UNFINISHED_SUFFIX}")
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
    try:
        folder.mkdir(parents=True, exist_ok=True)
        trial = folder / f"{UNFINISHED_PREFIX}{secrets.token_hex(8)}{UNFINISHED_SUFFIX}"
        _made_file(trial).close()
        trial.unlink()
    except FileExistsError as error:
        raise WriteFailed(path=printable(folder), reason="expected a folder, found a file") from error
    except OSError as error:
        raise WriteFailed(path=printable(folder), reason=error.strerror or error) from error


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
