"""Answers that are there at once where that is quick, and otherwise come from beside the window's thread."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from gloveui.core.progress import Task, run_to_end
from gloveui.state.job_queue import JobQueue
from gloveui.state.jobs import Job

SLOW_MS = 200  # a person waits without a word for as long


class AnswerSource(QObject):
    """The newest question wins; an answer to an older one is never told."""

    answered = Signal(object)
    delayed = Signal()  # an answer takes so long that this is worth a word

    def __init__(self, jobs: JobQueue, about: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs, self._about = jobs, about
        self._job: Job | None = None
        self._patience = QTimer(self, singleShot=True, interval=SLOW_MS)
        self._patience.timeout.connect(self.delayed)

    @property
    def is_waiting(self) -> bool:
        """Whether an answer is to come."""
        return self._job is not None

    def ask(self, task: Task[Any], is_quick: bool) -> None:
        """Have a task done: before this returns if it is quick."""
        self.forget()
        if is_quick:
            self.answered.emit(run_to_end(task))
            return
        self._job = self._jobs.ask(self._about, task)
        self._job.succeeded.connect(self._take)
        self._job.finished.connect(self._end)
        self._patience.start()

    def forget(self) -> None:
        """Wait for nothing any more."""
        self._patience.stop()
        job, self._job = self._job, None
        if job is not None:
            job.cancel()

    def _take(self, result: object) -> None:
        if self.sender() is self._job:
            self._job = None
            self._patience.stop()
            self.answered.emit(result)

    def _end(self) -> None:
        """One that failed or was cancelled from elsewhere is not waited for."""
        if self.sender() is self._job:
            self._job = None
            self._patience.stop()
