"""A session as a folder: a manifest, and objects that are called by their hash.

Objects come first, then the manifest, each written beside its place and renamed: however a save ends, the
state before it or the new one is there. The manifest before stays, with its objects, for the day on which a
file is damaged.
"""

from __future__ import annotations

from itertools import count
from pathlib import Path

from gloveui.core.errors import WriteFailed
from gloveui.core.progress import run_to_end
from gloveui.core.text import printable
from gloveui.storage.session_errors import SessionError, SessionNote
from gloveui.storage.session_manifest import (
    EARLIER_MANIFEST,
    ENDING,
    FORMAT_VERSION,
    MANIFEST,
    is_session,
    read_manifest,
)
from gloveui.storage.session_reading import read_session
from gloveui.storage.session_values import SavedCheckpoint, SavedModel, SavedSession
from gloveui.storage.session_writing import write_session

__all__ = [
    "ENDING",
    "FORMAT_VERSION",
    "SavedCheckpoint",
    "SavedModel",
    "SavedSession",
    "is_session",
    "load_session",
    "read_session",
    "save_session",
    "saved_when",
    "set_aside",
    "write_session",
]


def save_session(saved: SavedSession, folder: str | Path) -> tuple[SessionNote, ...]:
    """Save a session in a folder, which is made if need be; what was odd is returned.

    Raises
    ------
    WriteFailed
        If a file cannot be written; the session that was there is unchanged.
    SessionNewer
        If the folder has a session of a newer version.
    """
    return run_to_end(write_session(Path(folder), saved))


def load_session(folder: str | Path) -> SavedSession:
    """The session in a folder; its `warnings` tell of a text that has changed, or of damage.

    Raises
    ------
    NotASession, SessionNewer, SessionDamaged
    """
    return run_to_end(read_session(Path(folder)))


def saved_when(folder: Path) -> str:
    """When a session was saved last (ISO 8601, UTC), empty where that cannot be told."""
    for name in (MANIFEST, EARLIER_MANIFEST):
        try:
            return read_manifest(folder, name).saved
        except SessionError:
            continue
    return ""


def set_aside(folder: Path) -> Path:
    """Rename a session that is damaged, so that another can take its place; nothing in it is deleted.

    Raises
    ------
    WriteFailed
        If it cannot be renamed.
    """
    for number in count(1):
        target = folder.with_name(f"{folder.name}.damaged-{number}")
        if target.exists():
            continue
        try:
            return folder.rename(target)
        except OSError as error:
            raise WriteFailed(path=printable(folder), reason=error.strerror or error) from error
    raise AssertionError("numbers have no end")
