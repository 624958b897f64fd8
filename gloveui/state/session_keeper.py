"""Saves and opens sessions for the window, and knows what has not been saved."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from gloveui.core.errors import WriteFailed
from gloveui.core.progress import Task, run_to_end
from gloveui.core.resources import MIB
from gloveui.core.text import PastedText, printable
from gloveui.state.folder_lock import FolderLock
from gloveui.state.job_queue import JobQueue
from gloveui.state.jobs import Job
from gloveui.state.model_making import Training
from gloveui.state.pipeline import Pipeline
from gloveui.state.saved_work import (
    OpenedSession,
    opened,
    recovered,
    show,
    trained_settings,
    work_of,
    written,
)
from gloveui.state.session import Session
from gloveui.state.values import Stage, StageState
from gloveui.storage.session_errors import SessionInUse, SessionNote
from gloveui.storage.session_folder import ENDING
from gloveui.storage.session_values import SavedCheckpoint

LARGEST_FINISHED = 256 * MIB  # of a training that came to its end; its vectors are kept in any case


@dataclass(frozen=True, eq=False)
class _Saving:
    """A save that is under way: the folder it goes to, and the revision of the work."""

    lock: FolderLock
    revision: int


class SessionKeeper(QObject):
    """Which folder the session of a window is kept in, and what in it is newer than there.

    The word in focus, the model that is shown and the layout are kept as well, but to look at something is
    not to change it.
    """

    changed = Signal()  # the folder, whether anything is unsaved, or whether the folder is for reading only
    touched = Signal()  # something that is kept has changed, perhaps once more
    gathering = Signal()  # work is about to be kept: what only the window knows is to be given now
    saved = Signal(object)  # Path, where a person wanted it
    opened = Signal(object)  # OpenedSession, which is shown now
    refused = Signal(object)  # GloveError: why something was not begun
    warned = Signal(object)  # GloveError: what was odd about a session that was saved all the same

    def __init__(
        self, session: Session, jobs: JobQueue, pipeline: Pipeline, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._jobs = jobs
        self._pipeline = pipeline
        self._lock: FolderLock | None = None
        self._is_read_only = False
        self._notes, self._layout = "", b""
        self._has_text_inside = False
        self._revision, self._saved_revision = 0, 0
        self._was_unsaved = False
        self._saving: _Saving | None = None
        self._next: Path | None = None  # where to save after that
        self._job: Job | None = None
        self._checkpoint: SavedCheckpoint | None = None
        self._recounts = False  # what was opened is being counted again
        self._settings = self._kept_settings()
        words = session.words
        signals = (session.text_changed, session.models_changed, words.pinned_changed, words.listed_changed)
        for signal in (*signals, pipeline.methods.changed):
            signal.connect(self._touch)
        session.settings_changed.connect(self._compare_settings)
        session.losses_changed.connect(self._follow_training)
        session.text_changed.connect(self._forget_checkpoint)
        session.cooccurrence_changed.connect(self._take_counts)
        pipeline.changed.connect(self.changed)

    @property
    def folder(self) -> Path | None:
        """Where the session was opened or saved; None for one that is only in the window."""
        return None if self._lock is None else self._lock.folder

    @property
    def name(self) -> str:
        """What people call the session; empty without a folder."""
        return "" if self.folder is None else printable(self.folder.name.removesuffix(ENDING))

    @property
    def is_read_only(self) -> bool:
        """Whether another window saves to the folder, or nothing can be written there."""
        return self._is_read_only

    @property
    def is_open_elsewhere(self) -> bool:
        """Whether another window saves to the folder."""
        return self._is_read_only and self._lock is not None and self._lock.is_taken_by_another

    @property
    def is_saving(self) -> bool:
        """Whether the session is being saved where a person wanted it."""
        return self._saving is not None

    @property
    def revision(self) -> int:
        """Counts what was done: another number, other work."""
        return self._revision

    @property
    def saved_revision(self) -> int:
        """The number of the work that was saved last, or opened."""
        return self._saved_revision

    @property
    def has_work(self) -> bool:
        """Whether there is anything that a person would miss: a text that is open can be opened again."""
        session, words = self._session, self._session.words
        is_typed = isinstance(session.text, PastedText)
        is_made = bool(session.models or words.pinned or words.listed or self._notes)
        return is_made or is_typed or self.folder is not None or self.training_under_way is not None

    @property
    def is_unsaved(self) -> bool:
        """Whether something is newer than what was saved, and would be missed."""
        return self._revision != self._saved_revision and self.has_work

    @property
    def notes(self) -> str:
        """What a person wrote about the session."""
        return self._notes

    @property
    def has_text_inside(self) -> bool:
        """Whether a copy of the text is to be saved, and not only where it is."""
        return self._has_text_inside

    @property
    def checkpoint(self) -> SavedCheckpoint | None:
        """A training that was under way when what was opened was saved, and can go on."""
        can_go_on = self._pipeline.stage is not Stage.TRAINING and self._session.tokens is not None
        saved = self._checkpoint
        return saved if can_go_on and saved is not None and not saved.is_done else None

    @property
    def training_under_way(self) -> Training | None:
        """The training of the open text that has not come to its end: it runs, is paused or was stopped."""
        training = self._last_training()
        return training if training is not None and not training.is_done else None

    def _last_training(self) -> Training | None:
        """The last training of the open text, if it has learned anything since what was opened was saved."""
        training = self._pipeline.training
        if training is None or training.trainer is None or training.text is not self._session.text:
            return None
        return training if training.has_learned else None

    def _training_to_keep(self) -> Training | None:
        """What can go on another day: of trainings that came to their end only those that are small."""
        training = self._last_training()
        if training is None or (training.is_done and training.state_bytes > LARGEST_FINISHED):
            return None
        return training

    def set_notes(self, notes: str) -> None:
        """Keep what a person writes about the session."""
        if notes != self._notes:
            self._notes = notes
            self._touch()

    def set_layout(self, layout: bytes) -> None:
        """Keep where the parts of the window are."""
        self._layout = layout

    def save(self) -> None:
        """Save to the session's folder; refused without one, or if it is for reading only."""
        if self.folder is not None:
            self.save_as(self.folder, self._has_text_inside)

    def save_as(self, folder: Path, has_text_inside: bool) -> None:
        """Save to a folder, from now on the session's, as soon as what is being saved is written."""
        self._has_text_inside = has_text_inside
        if self._saving is not None:
            self._next = folder
            return
        lock = self._lock_for(folder)
        if lock is None:
            self.refused.emit(SessionInUse(path=printable(folder)))
            return
        self._saving = _Saving(lock, self._revision)
        self._job = self._jobs.ask("save", self.writing(folder))
        self._job.succeeded.connect(self._take_saved)
        self._job.finished.connect(self._end_saving)

    def writing(self, folder: Path) -> Task[tuple[SessionNote, ...]]:
        """A task that writes what there is now, with the state of a training that is under way."""
        self.gathering.emit()
        kept = replace(
            work_of(self._session, self._pipeline.methods),
            text_content_inside=self._has_text_inside,
            notes=self._notes,
            layout=self._layout,
            checkpoint=self._checkpoint,
        )
        return written(folder, kept, self._training_to_keep())

    def finish_saving(self) -> None:
        """End a save that is under way here and now, as the window closes; raises `WriteFailed`."""
        if self._saving is None or self._job is None:
            return
        lock, self._next = self._saving.lock, None
        if not self._job.shut_down():  # it is broken off, which leaves the state before it
            raise WriteFailed(path=printable(lock.folder), reason="the disk does not answer")
        self._saving = _Saving(lock, self._revision)
        self._take_saved(run_to_end(self.writing(lock.folder)))

    def open(self, folder: Path) -> None:
        """Open a session in the place of this one, once it has been read; it asks nothing."""
        self._jobs.ask("open", opened(folder)).succeeded.connect(self._take_opened)

    def recover(self, kept: Path, folder: Path | None) -> Job:
        """Open work that was kept but not saved; `folder` is that of its session, if it had one."""
        reading = self._jobs.ask("open", recovered(kept, folder))
        reading.succeeded.connect(self._take_opened)
        return reading

    def resume_training(self) -> None:
        """Go on with the training that was under way, from where it was."""
        checkpoint, self._checkpoint = self.checkpoint, None
        if checkpoint is not None:
            self._pipeline.resume_training(checkpoint)
        self.changed.emit()

    def release(self) -> None:
        """Let another window write to the folder."""
        if self._lock is not None:
            self._lock.release()

    def _lock_for(self, folder: Path) -> FolderLock | None:
        """A lock on a folder, taken if that is there; None if another window has it."""
        is_own = self._lock is not None and self._lock.folder == folder
        lock = self._lock if is_own and self._lock is not None else FolderLock(folder)
        return None if not lock.take() and lock.is_taken_by_another else lock

    def _take_saved(self, notes: tuple[SessionNote, ...]) -> None:
        if self._saving is None:
            return  # written once more meanwhile, as the window closes
        lock, self._saved_revision = self._saving.lock, self._saving.revision
        self._saving = None
        self._move_to(lock)
        self._tell()
        self.saved.emit(lock.folder)
        for note in notes:
            self.warned.emit(note)

    def _end_saving(self) -> None:
        """Let go of a folder that could not be written; save again if that was asked for meanwhile."""
        if self._saving is not None and self._saving.lock is not self._lock:
            self._saving.lock.release()
        self._saving, following = None, self._next
        self._next = None
        if following is not None:
            self.save_as(following, self._has_text_inside)

    def _move_to(self, lock: FolderLock | None) -> None:
        """Save to this folder from now on, and leave the one before to other windows."""
        if self._lock is not None and self._lock is not lock:
            self._lock.release()
        self._lock = lock
        self._is_read_only = lock is not None and not lock.take()

    def _take_opened(self, work: OpenedSession) -> None:
        self._pipeline.leave()
        show(work, self._session, self._pipeline.methods)
        self._move_to(None if work.folder is None else FolderLock(work.folder))
        self._notes, self._layout = work.saved.notes, work.saved.layout
        self._has_text_inside = work.saved.text_content_inside
        self._checkpoint = work.saved.checkpoint
        self._revision += 1
        self._saved_revision = self._revision if work.is_saved else -1
        self._tell()
        self.opened.emit(work)
        if self._session.state(Stage.TEXT) is not StageState.STALE:  # the words that are shown stay
            self._recounts = True
            self._pipeline.count()

    def _take_counts(self) -> None:
        """See, once what was opened has been counted again, which of its models were made of that."""
        matrix = self._session.cooccurrence
        if not self._recounts or matrix is None:
            return
        self._recounts = False
        for settings in trained_settings(self._session):
            self._session.set_trained(matrix, settings)
        saved = self._checkpoint
        if saved is not None and saved.is_done and saved.count_options == matrix.options:
            self._pipeline.take_up(saved)

    def _compare_settings(self) -> None:
        before, self._settings = self._settings, self._kept_settings()
        if self._settings != before:
            self._touch()

    def _kept_settings(self) -> tuple[object, ...]:
        session = self._session
        return (session.token_options, session.count_options, session.config)

    def _follow_training(self) -> None:
        if self._session.losses.is_running:
            self._touch()

    def _forget_checkpoint(self) -> None:
        """It belongs to the text before."""
        self._checkpoint, self._recounts = None, False

    def _touch(self) -> None:
        self._revision += 1
        self.touched.emit()
        if self.is_unsaved != self._was_unsaved:
            self._tell()

    def _tell(self) -> None:
        self._was_unsaved = self.is_unsaved
        self.changed.emit()
