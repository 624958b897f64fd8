"""Has kernels compiled before they are needed, for the settings that hold now."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from gloveui.core.warm_up import warm_up
from gloveui.state.job_queue import JobQueue
from gloveui.state.session import Session

DELAY_MS = 300  # settings come in bursts, as when a preset is chosen or a number is typed


class KernelKeeper(QObject):
    """Goes through a training in small when nothing else computes and the settings want other kernels."""

    def __init__(self, session: Session, jobs: JobQueue, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._jobs = jobs
        self._ready_for: tuple[object, ...] = ()
        self._delay = QTimer(self, singleShot=True, interval=DELAY_MS)
        self._delay.timeout.connect(self._warm_up)
        session.settings_changed.connect(self._delay.start)
        jobs.idle.connect(self._delay.start)

    def _warm_up(self) -> None:
        if self._jobs.current is not None:
            return  # it compiles what it needs itself, and goes first
        options, config = self._session.count_options, self._session.config
        wanted = (options.direction, config.dimension, config.mode)
        if wanted != self._ready_for:
            self._ready_for = wanted
            self._jobs.ask("kernels", warm_up(options, config))
