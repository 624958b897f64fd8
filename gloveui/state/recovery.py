"""Where the work of windows is kept that nobody has saved: a folder for each window that had any."""

from __future__ import annotations

import json
import secrets
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from gloveui.core.progress import Progress, Task
from gloveui.state.folder_lock import FolderLock
from gloveui.state.start_marker import StartMarker
from gloveui.storage.atomic import atomic_text_file, check_writable
from gloveui.storage.session_folder import is_session

SESSION, ABOUT = "work.gloveui", "about.json"


@dataclass(frozen=True, slots=True)
class KeptWork:
    """What a person is told of work before they take it back.

    Attributes
    ----------
    text
        Name of the text; empty without one.
    models
        Names of the models, oldest first.
    folder
        Where the session was saved before; empty if it never was.
    saved
        When this was kept, by the clock of the wall, as ISO 8601; empty where that is not known.
    """

    text: str = ""
    models: tuple[str, ...] = ()
    folder: str = ""
    saved: str = ""


class Shelf:
    """A window's place in the folder of all unsaved work; nobody else uses it while the window is there."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = FolderLock(path)
        self._opening = StartMarker(path)

    @property
    def session(self) -> Path:
        """The folder of the session on it."""
        return self.path / SESSION

    @property
    def has_work(self) -> bool:
        """Whether a session is on it."""
        return is_session(self.session)

    @property
    def failed_openings(self) -> int:
        """How often the program ended while it opened this."""
        return self._opening.failed

    def take(self) -> bool:
        """Have it for this window; False if another window has it."""
        return self._lock.take()

    def make(self) -> None:
        """Make its folder, and have it for this window; raises `WriteFailed`."""
        check_writable(self.path)
        self._lock.take()

    def release(self) -> None:
        """Leave it to any window; an empty one goes, one with work that was set aside stays."""
        if not self.has_work:
            self._remove_remains()
        self._lock.release()
        with suppress(OSError):
            self.path.rmdir()

    def begin_opening(self) -> None:
        """Note that its session is being opened, until `end_opening`."""
        self._opening.begin()

    def end_opening(self) -> None:
        """Note that opening its session came to an end."""
        self._opening.clear()

    def about(self) -> KeptWork:
        """What is on it, as far as that can be read."""
        try:
            found = json.loads((self.path / ABOUT).read_text(encoding="utf-8"))
            models = tuple(str(name) for name in found["models"])
            return KeptWork(str(found["text"]), models, str(found["folder"]), str(found["saved"]))
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return KeptWork()

    def describe(self, work: KeptWork) -> None:
        """Write down what is on it; raises `WriteFailed`."""
        with atomic_text_file(self.path / ABOUT) as stream:
            json.dump(asdict(work), stream, ensure_ascii=False, indent=1)

    def clear(self) -> Task[None]:
        """Take the session off it; the window keeps its place."""
        yield Progress("saving")
        self._remove_remains()

    def discarded(self) -> Task[None]:
        """Take the session off it, and leave it."""
        yield from self.clear()
        self.release()

    def _remove_remains(self) -> None:
        with suppress(OSError):
            (self.path / ABOUT).unlink(missing_ok=True)
        shutil.rmtree(self.session, ignore_errors=True)


class RecoveryFolder:
    """The folder of all unsaved work."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def new_shelf(self) -> Shelf:
        """A place for this window, yet to be made."""
        return Shelf(self.path / f"window-{secrets.token_hex(6)}")

    def left(self) -> tuple[Shelf, ...]:
        """Work of windows that are no more, newest first; none of it is taken."""
        found = [shelf for shelf in self._shelves() if shelf.has_work and _is_free(shelf)]
        return tuple(sorted(found, key=lambda shelf: shelf.about().saved, reverse=True))

    def _shelves(self) -> Iterator[Shelf]:
        with suppress(OSError):
            for path in sorted(self.path.iterdir()):
                if path.is_dir():
                    yield Shelf(path)


def kept_now(text: str, models: tuple[str, ...], folder: Path | None) -> KeptWork:
    """What is told of work that is kept at this moment."""
    moment = datetime.now().astimezone().isoformat(timespec="seconds")
    return KeptWork(text, models, "" if folder is None else str(folder), moment)


def _is_free(shelf: Shelf) -> bool:
    is_free = shelf.take()
    if is_free:
        shelf.release()
    return is_free
