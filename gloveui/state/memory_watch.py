"""How much memory the program takes, as it is now."""

from __future__ import annotations

import os

from PySide6.QtCore import QObject, QTimer, Signal

from gloveui.state.job_queue import JobQueue

WATCH_MS = 2_000


class MemoryWatch(QObject):
    """Looks when work begins and ends, and now and then while it runs."""

    changed = Signal()

    def __init__(self, jobs: JobQueue, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._used_bytes = 0
        self._timer = QTimer(self, interval=WATCH_MS)
        self._timer.timeout.connect(self._look)
        jobs.started.connect(self._begin)
        jobs.idle.connect(self._end)

    @property
    def used_bytes(self) -> int:
        """Memory that the program took when it was last looked at; 0 before."""
        return self._used_bytes

    def _begin(self) -> None:
        self._timer.start()
        self._look()

    def _end(self) -> None:
        self._timer.stop()
        self._look()

    def _look(self) -> None:
        self._used_bytes = resident_memory()
        self.changed.emit()


def resident_memory() -> int:
    """Bytes of memory that this process occupies, mapped files in memory included."""
    import psutil  # takes time: not before the window is painted

    return int(psutil.Process(os.getpid()).memory_info().rss)
