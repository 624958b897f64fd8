"""Background work: one job, one thread, nothing shared but a queue of reports."""

from __future__ import annotations

import os
import sys
import threading
from collections import deque
from typing import Any

from PySide6.QtCore import QObject, QThread, QTimer, Signal

from gloveui.core.progress import Progress, Task

STACK_BYTES = 16 * 2**20  # threads get 512 KB on macOS, too little for compiled code
POLL_MS = 33
NICENESS = 10  # the window's thread goes first when all cores are busy


class _TaskThread(QThread):
    """Pulls a task to its end; everything it leaves behind is plain data."""

    def __init__(self, task: Task[Any], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setStackSize(STACK_BYTES)
        self._task = task
        self.reports: deque[Progress] = deque()
        self.may_run = threading.Event()
        self.may_run.set()
        self.stop_asked = threading.Event()
        self.result: object = None
        self.has_result = False
        self.error: Exception | None = None

    def run(self) -> None:
        _go_behind_the_window()
        try:
            self._pull()
        except StopIteration as stop:
            self.result, self.has_result = stop.value, True
        except Exception as error:  # whatever it is, the interface thread shows it
            self.error = error
        finally:
            self._task.close()

    def close_task(self) -> None:
        """Close the task of a thread that will never run."""
        self._task.close()

    def _pull(self) -> None:
        while True:
            self.may_run.wait()
            if self.stop_asked.is_set():
                return
            self.reports.append(next(self._task))


class Job(QObject):
    """A task running in its own thread, seen from the interface thread.

    Exactly one of `succeeded`, `failed` and `cancelled` is emitted, then `finished`.
    """

    progressed = Signal(object)  # list[Progress], oldest first, about 30 times a second
    paused_changed = Signal(bool)
    succeeded = Signal(object)
    failed = Signal(object)  # Exception
    cancelled = Signal()
    finished = Signal()

    def __init__(self, task: Task[Any], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread = _TaskThread(task, self)
        self._thread.finished.connect(self._conclude)
        self._is_started = False
        self._poll = QTimer(self, interval=POLL_MS)
        self._poll.timeout.connect(self._deliver_reports)

    @property
    def is_paused(self) -> bool:
        """Whether the task waits between two steps."""
        return not self._thread.may_run.is_set()

    def start(self) -> None:
        """Begin to pull the task."""
        self._is_started = True
        lowest = QThread.Priority.LowPriority  # where threads have priorities; Linux has niceness
        self._thread.start(QThread.Priority.InheritPriority if sys.platform == "linux" else lowest)
        self._poll.start()

    def pause(self) -> None:
        """Wait after the present step."""
        self._thread.may_run.clear()
        self.paused_changed.emit(True)

    def resume(self) -> None:
        """Go on after a pause."""
        self._thread.may_run.set()
        self.paused_changed.emit(False)

    def cancel(self) -> None:
        """Stop after the present step, and close the task; at once if it has not begun."""
        self._thread.stop_asked.set()
        self._thread.may_run.set()
        if not self._is_started:
            self._is_started = True
            self._thread.close_task()
            self._conclude()

    def shut_down(self, timeout_ms: int = 5000) -> bool:
        """Cancel and block until the thread has ended; for closing the window. False if it did not end."""
        self.cancel()
        return self._thread.wait(timeout_ms)

    def _deliver_reports(self) -> None:
        reports = self._thread.reports
        batch = [reports.popleft() for _ in range(len(reports))]
        if batch:
            self.progressed.emit(batch)

    def _conclude(self) -> None:
        self._thread.wait()
        self._poll.stop()
        self._deliver_reports()
        if self._thread.error is not None:
            self.failed.emit(self._thread.error)
        elif self._thread.has_result:
            self.succeeded.emit(self._thread.result)
        else:
            self.cancelled.emit()
        self.finished.emit()


def _go_behind_the_window() -> None:
    """Lower this thread's priority where that is done by niceness; threads it starts inherit it."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICENESS)
