"""All background work of the window, one job at a time."""

from __future__ import annotations

from collections import deque
from typing import Any

from PySide6.QtCore import QObject, Signal

from gloveui.core.progress import Task
from gloveui.state.jobs import Job


class JobQueue(QObject):
    """Runs jobs one after another, and owns each until it has finished."""

    started = Signal(object)  # Job
    failed = Signal(object)  # Exception
    idle = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: deque[Job] = deque()
        self._current: Job | None = None

    @property
    def current(self) -> Job | None:
        """The job that runs now."""
        return self._current

    def submit(self, task: Task[Any]) -> Job:
        """Run a task as soon as those before it have finished."""
        job = Job(task, self)
        job.failed.connect(self.failed)
        job.finished.connect(self._go_on)
        self._waiting.append(job)
        if self._current is None:
            self._start_next()
        return job

    def cancel_all(self) -> None:
        """Stop the present job, and drop those that wait."""
        while self._waiting:
            self._waiting.popleft().deleteLater()
        if self._current is not None:
            self._current.cancel()

    def shut_down(self) -> bool:
        """Stop everything and block until no thread runs; False if one did not stop in time."""
        self.cancel_all()
        return self._current is None or self._current.shut_down()

    def _start_next(self) -> None:
        if not self._waiting:
            self.idle.emit()
            return
        self._current = self._waiting.popleft()
        self._current.start()
        self.started.emit(self._current)

    def _go_on(self) -> None:
        done, self._current = self._current, None
        if done is not None:
            done.deleteLater()
        self._start_next()
