"""Keeps unsaved work in the program's own folder, so that a crash costs a minute at most."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from gloveui.core.errors import GloveError, WriteFailed
from gloveui.core.progress import Progress, Task, run_to_end, timed
from gloveui.core.text import printable
from gloveui.state.job_queue import JobQueue
from gloveui.state.jobs import Job
from gloveui.state.recovery import KeptWork, RecoveryFolder, Shelf, kept_now
from gloveui.state.session import Session
from gloveui.state.session_keeper import SessionKeeper
from gloveui.storage.atomic import check_writable
from gloveui.storage.session_errors import SessionDamaged, SessionInUse
from gloveui.storage.session_folder import set_aside

LEAST_SECONDS = 60.0  # between two
LARGEST_SHARE = 0.1  # of the time that keeping may take


class Autosaver(QObject):
    """Keeps what was done since the last save, now and then, beside all other work.

    It is counted in time that passes, not by a clock that can be set back.
    """

    kept = Signal()  # what is unsaved is on the disk now
    failed = Signal(object)  # GloveError: nothing could be kept; told once, until something could be again
    recovered = Signal()  # work of another day is in the window
    unreadable = Signal(object)  # Exception: such work could not be opened; damaged work is set aside

    def __init__(
        self,
        session: Session,
        keeper: SessionKeeper,
        jobs: JobQueue,
        folder: RecoveryFolder,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._keeper = keeper
        self._jobs = jobs
        self._folder = folder
        self._shelf = folder.new_shelf()
        self._job: Job | None = None
        self._revisions = (-1, -1)  # of the work that was kept last, and that is being kept
        self._has_told = False
        self._is_closed = False
        self._coming: Shelf | None = None  # whose work is being opened
        self.timer = QTimer(self, singleShot=True, interval=round(1000 * LEAST_SECONDS))
        self.timer.timeout.connect(self.keep)
        keeper.touched.connect(self._wait)
        keeper.saved.connect(self._clear)
        keeper.opened.connect(self._take_over)

    @property
    def folder(self) -> RecoveryFolder:
        """Where unsaved work is kept."""
        return self._folder

    def left(self) -> tuple[Shelf, ...]:
        """Work of windows that are no more, newest first; what has failed to open comes last."""
        return tuple(sorted(self._folder.left(), key=lambda shelf: shelf.failed_openings))

    def move_to(self, folder: Path) -> None:
        """Keep unsaved work in another folder, and at once."""
        self._shelf.release()
        self._folder = RecoveryFolder(folder)
        self._shelf = self._folder.new_shelf()
        self._revisions, self._has_told = (-1, -1), False
        self.keep()

    def check_place(self) -> None:
        """See whether anything could be kept, long before it has to be."""
        self._jobs.ask("place", _or_error(_checked(self._folder))).succeeded.connect(self._tell)

    def keep(self) -> None:
        """Keep what was done since the last time, in the background."""
        if self._job is not None or not self._is_due():
            return
        if self._keeper.is_saving:
            self._wait()
            return
        self._revisions = (self._revisions[0], self._keeper.revision)
        self._job = self._jobs.ask("autosave", timed(_or_error(self._writing())))
        self._job.succeeded.connect(self._take)
        self._job.finished.connect(self._end)

    def recover(self, shelf: Shelf) -> None:
        """Open the work on a shelf; it stays there until there is newer work, or that was saved."""
        if not shelf.take():
            self.unreadable.emit(SessionInUse(path=printable(shelf.path)))
            return
        shelf.begin_opening()
        self._coming = shelf
        folder = shelf.about().folder
        reading = self._keeper.recover(shelf.session, Path(folder) if folder else None)
        reading.failed.connect(self._set_aside)

    def discard(self, shelf: Shelf) -> None:
        """Delete the work on a shelf."""
        if shelf.take():
            self._jobs.ask(f"discard {shelf.path.name}", shelf.discarded())

    def finish(self) -> None:
        """Keep what is unsaved here and now, as the window closes, else nothing; raises `WriteFailed`."""
        self.timer.stop()
        if self._job is not None:
            self._job.shut_down()
        if self._is_due():
            run_to_end(self._writing())
        elif not self._keeper.is_unsaved:
            run_to_end(self._shelf.clear())

    def close(self) -> None:
        """Keep nothing any more, and leave what is kept to other windows."""
        self._is_closed = True
        self.timer.stop()
        self._shelf.release()

    def _is_due(self) -> bool:
        return self._keeper.is_unsaved and self._keeper.revision != self._revisions[0]

    def _wait(self) -> None:
        if not self._is_closed and self._job is None and not self.timer.isActive():
            self.timer.start()

    def _writing(self) -> Task[None]:
        names = tuple(model.name for model in self._session.models)
        text = self._session.text
        about = kept_now("" if text is None else text.name, names, self._keeper.folder)
        return _kept(self._shelf, about, self._keeper.writing(self._shelf.session))

    def _take(self, result: tuple[GloveError | None, float]) -> None:
        error, seconds = result
        self.timer.setInterval(round(1000 * max(LEAST_SECONDS, seconds / LARGEST_SHARE)))
        if error is None:
            self._revisions, self._has_told = (self._revisions[1], -1), False
            self.kept.emit()
        else:
            self._tell(error)

    def _tell(self, error: GloveError | None) -> None:
        if error is not None and not self._has_told:
            self._has_told = True
            self.failed.emit(error)

    def _end(self) -> None:
        self._job = None
        if self._is_due():
            self._wait()

    def _clear(self) -> None:
        """Take away what is older than what a person has saved."""
        if self._revisions[0] <= self._keeper.saved_revision and self._job is None:
            self._jobs.ask("autosave", self._shelf.clear())

    def _take_over(self) -> None:
        """Go on with the shelf of the work that is in the window now, which is not deleted for that."""
        shelf, self._coming = self._coming, None
        if shelf is None:
            return
        self._shelf.release()
        self._shelf = shelf
        self._revisions = (self._keeper.revision, -1)
        shelf.end_opening()
        self.recovered.emit()

    def _set_aside(self, error: object) -> None:
        """Put work that cannot be read aside, so that it is not offered again; it is not deleted."""
        shelf, self._coming = self._coming, None
        if shelf is None:
            return
        if isinstance(error, SessionDamaged):
            with suppress(WriteFailed):  # it stays where it is, then
                set_aside(shelf.session)
        shelf.end_opening()
        shelf.release()
        self.unreadable.emit(error)


def _checked(folder: RecoveryFolder) -> Task[None]:
    yield Progress("saving")
    check_writable(folder.path)


def _kept(shelf: Shelf, about: KeptWork, writing: Task[object]) -> Task[None]:
    shelf.make()
    yield from writing
    shelf.describe(about)


def _or_error(task: Task[None]) -> Task[GloveError | None]:
    """What went wrong as the result: it is told in another way than that of work a person asked for."""
    try:
        yield from task
    except GloveError as error:
        return error
    return None
