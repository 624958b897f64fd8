"""Hands what a training reports to the session."""

from __future__ import annotations

from typing import TypeAlias

from PySide6.QtCore import QObject, QTimer

from gloveui.core.progress import Progress
from gloveui.core.snapshots import SnapshotSeries
from gloveui.core.training import TrainingReport
from gloveui.state.baseline_making import BaselineTraining
from gloveui.state.jobs import Job
from gloveui.state.model_making import Training
from gloveui.state.session import Session
from gloveui.state.values import LiveModel

REPORTS_MS = 100  # between two looks at the loss; drawing it more often takes a core from training

AnyTraining: TypeAlias = Training | BaselineTraining


class TrainingNews(QObject):
    """Follows one training at a time, as long as its text is the open one."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._training: AnyTraining | None = None
        self._reports: list[TrainingReport] = []
        self._pause = QTimer(self, singleShot=True, interval=REPORTS_MS)
        self._pause.timeout.connect(self._show_reports)
        session.live_wanted_changed.connect(self._watch)

    def follow(self, training: AnyTraining, job: Job) -> None:
        """Hand over what the job of a training reports, until it ends."""
        self._training = training
        self._watch(self._session.is_live_wanted)
        job.progressed.connect(self._take)
        job.finished.connect(self._end)

    def _take(self, batch: list[Progress]) -> None:
        self._reports += [one.detail for one in batch if isinstance(one.detail, TrainingReport)]
        if not self._pause.isActive():
            self._show_reports()
        training = self._training
        if not isinstance(training, Training) or not self._is_of_the_open_text(training):
            return
        live = [one.detail for one in batch if isinstance(one.detail, LiveModel)]
        if live:
            self._session.set_live(live[-1])
        series = [one.detail for one in batch if isinstance(one.detail, SnapshotSeries)]
        if series:
            self._session.epochs.show(training.number, series[-1])

    def _watch(self, is_wanted: bool) -> None:
        """Let the training make copies of its model to be looked at, or none."""
        if isinstance(self._training, Training):
            (self._training.is_watched.set if is_wanted else self._training.is_watched.clear)()

    def _show_reports(self) -> None:
        """Hand over what was reported since the last time: each time curves are drawn anew."""
        training, reports = self._training, tuple(self._reports)
        self._reports = []
        if training is None or not self._is_of_the_open_text(training):
            return
        if isinstance(training, Training) and training.trainer is not None:
            self._session.set_device(training.trainer.device)
        if reports:
            self._session.add_reports(reports)
            self._pause.start()

    def _end(self) -> None:
        self._show_reports()
        self._session.end_losses()
        self._training = None

    def _is_of_the_open_text(self, training: AnyTraining) -> bool:
        return training.text is self._session.text
