"""All background work of the window: computing one job at a time, questions beside it."""

from __future__ import annotations

from collections import deque
from typing import Any

from PySide6.QtCore import QObject, Signal

from gloveui.core.progress import Task
from gloveui.state.jobs import Job


class JobQueue(QObject):
    """Runs jobs and owns each until it has finished.

    What computes (`submit`) runs one after another. A question (`ask`) is answered meanwhile; a newer one
    about the same thing takes its place.
    """

    started = Signal(object)  # Job that computes
    failed = Signal(object)  # Exception, of any job
    idle = Signal()  # nothing computes

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: deque[Job] = deque()
        self._current: Job | None = None
        self._questions: dict[str, list[Job]] = {}  # the one that runs, and the newest that waits for it
        self._is_shut_down = False

    @property
    def current(self) -> Job | None:
        """The job that computes now."""
        return self._current

    @property
    def is_answering(self) -> bool:
        """Whether a question is being answered."""
        return any(self._questions.values())

    def submit(self, task: Task[Any]) -> Job:
        """Run a task as soon as those before it have finished; never, if the queue has been shut down."""
        job = self._make(task)
        job.finished.connect(self._go_on)
        self._waiting.append(job)
        if self._current is None:
            self._start_next()
        return job

    def ask(self, about: str, task: Task[Any]) -> Job:
        """Run a task beside those that compute; older ones about the same thing are cancelled."""
        job = self._make(task)
        job.finished.connect(self._answer_next)
        asked = self._questions.setdefault(about, [])
        for older in tuple(asked):
            older.cancel()
        asked.append(job)
        if asked == [job] and not self._is_shut_down:
            job.start()
        return job

    def shut_down(self) -> bool:
        """Stop everything for good, and block until no thread runs; False if one did not stop in time."""
        self._is_shut_down = True
        running = [asked[0] for asked in self._questions.values() if asked]
        running += [self._current] if self._current is not None else []
        for job in running:
            job.cancel()
        ended = [job.shut_down() for job in running]
        return all(ended)

    def _make(self, task: Task[Any]) -> Job:
        job = Job(task, self)
        job.failed.connect(self.failed)
        return job

    def _start_next(self) -> None:
        if self._is_shut_down or not self._waiting:
            self.idle.emit()
            return
        self._current = self._waiting.popleft()
        self._current.start()
        self.started.emit(self._current)

    def _go_on(self) -> None:
        done = self.sender()
        if not isinstance(done, Job):
            return
        done.deleteLater()
        if done is self._current:
            self._current = None
            self._start_next()
        elif done in self._waiting:  # cancelled before its turn
            self._waiting.remove(done)

    def _answer_next(self) -> None:
        done = self.sender()
        for asked in self._questions.values():
            if isinstance(done, Job) and done in asked:
                was_running = asked[0] is done
                asked.remove(done)
                done.deleteLater()
                if was_running and asked and not self._is_shut_down:
                    asked[0].start()
