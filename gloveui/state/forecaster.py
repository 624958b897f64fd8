"""Keeps a forecast of what the next run will take, for the text and the settings that hold now."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from gloveui.core.errors import GloveError
from gloveui.core.forecast import Forecast, forecast
from gloveui.core.progress import Task
from gloveui.state.job_queue import JobQueue
from gloveui.state.session import Session
from gloveui.state.values import Stage, StageState

DELAY_MS = 250  # settings come in bursts, as when a preset is chosen or a number is typed


class Forecaster(QObject):
    """Reckons anew, beside all other work, after each change; while something computes it waits."""

    changed = Signal()

    def __init__(self, session: Session, jobs: JobQueue, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._jobs = jobs
        self._forecast: Forecast | None = None
        self._delay = QTimer(self, singleShot=True, interval=DELAY_MS)
        self._delay.timeout.connect(self._ask)
        session.states_changed.connect(self._delay.start)
        jobs.idle.connect(self._delay.start)

    @property
    def forecast(self) -> Forecast | None:
        """The newest forecast; None while there is none, or nothing could be counted or trained."""
        return self._forecast

    def _ask(self) -> None:
        session = self._session
        if session.tokens is None or session.state(Stage.TEXT) is not StageState.FRESH:
            self._show(None)  # of a text that is yet to be read in this way
            return
        if self._jobs.current is not None:
            return
        is_counted = session.state(Stage.COUNTS) is StageState.FRESH
        matrix = session.cooccurrence if is_counted else None
        task = forecast(session.tokens, matrix, session.count_options, session.wanted, session.resources)
        self._jobs.ask("forecast", _or_none(task)).succeeded.connect(self._show)

    def _show(self, result: Forecast | None) -> None:
        if result is not self._forecast:
            self._forecast = result
            self.changed.emit()


def _or_none(task: Task[Forecast]) -> Task[Forecast | None]:
    """None for settings with which nothing can be counted or trained; that is told when it is tried."""
    try:
        return (yield from task)
    except (GloveError, MemoryError):
        return None
