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
        self._is_shut_down = False

    @property
    def current(self) -> Job | None:
        """The job that runs now."""
        return self._current

    def submit(self, task: Task[Any]) -> Job:
        """Run a task as soon as those before it have finished; never, if the queue has been shut down."""
        job = Job(task, self)
        job.failed.connect(self.failed)
        job.finished.connect(self._go_on)
        self._waiting.append(job)
        if self._current is None:
            self._start_next()
        return job

    def shut_down(self) -> bool:
        """Stop everything for good, and block until no thread runs; False if one did not stop in time."""
        self._is_shut_down = True
        return self._current is None or self._current.shut_down()

    def _start_next(self) -> None:
        if self._is_shut_down or not self._waiting:
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
