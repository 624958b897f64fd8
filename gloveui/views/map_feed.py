"""Has maps laid out beside other work, and keeps what was made."""

from __future__ import annotations

import time
from collections.abc import Generator

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from gloveui.core.errors import GloveError
from gloveui.core.progress import Progress
from gloveui.core.projection import Projection
from gloveui.state.job_queue import JobQueue
from gloveui.state.jobs import Job
from gloveui.views.map_layouts import KeptLayouts, MapQuestion, answered

MOMENT = 0.5  # seconds


class MapFeed(QObject):
    """Quick layouts by `ask`, where the newest question wins; long ones by `start`, one at a time."""

    laid_out = Signal(object, object)  # MapQuestion, Projection
    moved = Signal(object, object)  # MapQuestion, float32 [n, 2]: where the words of a long one are by now
    refused = Signal(object, object)  # MapQuestion, GloveError
    waited = Signal(float)  # share of a quick one that is done, should it take longer than a moment
    progressed = Signal(str, object)  # method of the long one; the share that is done, None if not known
    ended = Signal()  # the long one: it is done, was cancelled, or failed

    def __init__(self, jobs: JobQueue, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._kept = KeptLayouts()
        self._asked: MapQuestion | None = None
        self._quick: Job | None = None
        self._asked_at = 0.0
        self._started: MapQuestion | None = None
        self._long: Job | None = None

    @property
    def started(self) -> MapQuestion | None:
        """The long one that runs."""
        return self._started

    def known(self, question: MapQuestion) -> Projection | None:
        """The answer, if it was found before."""
        return self._kept.get(question.embedding, question.words, question.layout)

    def ask(self, question: MapQuestion) -> None:
        """Lay out words at once; one that is asked already is not asked again."""
        if question.is_same(self._asked):
            return
        self._asked = question
        self._quick = self._jobs.ask("map", _answer(question))
        self._quick.progressed.connect(self._wait)
        self._quick.succeeded.connect(self._take)
        self._asked_at = time.monotonic()
        self._quick.finished.connect(self._forget_asked)

    def start(self, question: MapQuestion) -> None:
        """Lay out words by a method that takes its time; what ran before is given up."""
        self._started = question
        self._long = self._jobs.ask("map layout", _answer(question))
        self._long.progressed.connect(self._follow)
        self._long.succeeded.connect(self._take)
        self._long.finished.connect(self._end)
        self.progressed.emit(question.layout.method, None)

    def cancel(self) -> None:
        """Give the long one up."""
        if self._long is not None:
            self._long.cancel()

    def _take(self, result: tuple[MapQuestion, Projection | GloveError]) -> None:
        question, found = result
        if isinstance(found, GloveError):
            self.refused.emit(question, found)
        else:
            self._kept.keep(question.embedding, question.words, question.layout, found)
            self.laid_out.emit(question, found)

    def _follow(self, reports: list[Progress]) -> None:
        if self.sender() is not self._long:
            return
        places = [report.detail for report in reports if isinstance(report.detail, np.ndarray)]
        if places and self._started is not None:
            positions: NDArray[np.float32] = places[-1]
            self.moved.emit(self._started, positions)
        if self._started is not None:
            self.progressed.emit(self._started.layout.method, reports[-1].fraction)

    def _wait(self, reports: list[Progress]) -> None:
        fraction = reports[-1].fraction
        is_long = time.monotonic() - self._asked_at > MOMENT
        if self.sender() is self._quick and fraction is not None and is_long:
            self.waited.emit(fraction)

    def _forget_asked(self) -> None:
        if self.sender() is self._quick:
            self._quick = self._asked = None

    def _end(self) -> None:
        if self.sender() is self._long:
            self._long = self._started = None
            self.ended.emit()


def _answer(
    question: MapQuestion,
) -> Generator[Progress, None, tuple[MapQuestion, Projection | GloveError]]:
    """The layout or what is wrong with the question, with what was asked."""
    found = yield from answered(question.layout.task(question.embedding, question.words.ids))
    return question, found
