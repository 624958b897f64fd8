"""The bar at the bottom: the sizes of what is open at the left, the work that runs at the right."""

from __future__ import annotations

import time

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QProgressBar, QStatusBar, QToolButton, QWidget

from gloveui.core.progress import Progress
from gloveui.core.training import TrainingReport
from gloveui.state.job_queue import JobQueue
from gloveui.state.jobs import Job
from gloveui.state.session import Session
from gloveui.views.device_names import device_text, threads_text
from gloveui.views.languages import Translated
from gloveui.views.numbers import duration, grouped
from gloveui.views.theme import Theme

STEPS = 1000
SEPARATOR = "   ·   "


class JobStatus(Translated, QStatusBar):
    """Follows the session and the job that runs."""

    stop_asked = Signal()

    def __init__(self, session: Session, jobs: JobQueue, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._theme = theme
        self._started = 0.0
        self._last: Progress | None = None
        self._device = ""
        self.sizes = QLabel()
        self.message = QLabel()
        self.bar = QProgressBar()
        self.bar.setObjectName("jobProgress")
        self.bar.setRange(0, STEPS)
        self.bar.setFixedWidth(180)
        self.cancel_button = QToolButton()
        self.cancel_button.setObjectName("cancelButton")
        self.cancel_button.setProperty("quiet", True)
        self.cancel_button.clicked.connect(self.stop_asked)
        self._arrange()
        jobs.started.connect(self._follow)
        jobs.idle.connect(self._rest)
        for signal in (session.tokens_changed, session.cooccurrence_changed, session.model_changed):
            signal.connect(self._show_sizes)
        session.settings_changed.connect(self._show_sizes)
        session.losses_changed.connect(self._show_device)
        theme.changed.connect(self._draw_icon)
        self._draw_icon()
        self._rest()
        self.retranslate()

    def retranslate(self) -> None:
        self.bar.setAccessibleName(self.tr("Progress of the work"))
        self.cancel_button.setToolTip(self.tr("Stop this work"))
        self.cancel_button.setAccessibleName(self.tr("Stop this work"))
        self._show_sizes()
        self._show_progress()

    def _arrange(self) -> None:
        self.setSizeGripEnabled(False)
        self.setContentsMargins(12, 0, 12, 0)
        self.addWidget(self.sizes)
        for widget in (self.message, self.bar, self.cancel_button):
            self.addPermanentWidget(widget)

    def _follow(self, job: Job) -> None:
        self._last = None
        self._started = time.monotonic()
        job.progressed.connect(self._take)
        self.bar.setRange(0, STEPS)
        self.bar.setValue(0)
        self.bar.show()
        self.cancel_button.show()

    def _rest(self) -> None:
        self._last = None
        self.bar.hide()
        self.cancel_button.hide()
        self._show_progress()

    def _take(self, batch: list[Progress]) -> None:
        self._last = batch[-1]
        self._show_progress()

    def _show_progress(self) -> None:
        progress = self._last
        if progress is None:
            self.message.setText("")
            return
        left = self._seconds_left(progress)
        text = self._stage_text(progress.stage)
        self.message.setText(text if left is None else f"{text}{SEPARATOR}{duration(left)}")
        self.bar.setRange(0, STEPS if progress.fraction is not None else 0)
        self.bar.setValue(round((progress.fraction or 0.0) * STEPS))

    def _seconds_left(self, progress: Progress) -> float | None:
        if isinstance(progress.detail, TrainingReport):
            return progress.detail.seconds_left
        elapsed = time.monotonic() - self._started
        if progress.fraction is None or progress.fraction < 0.1 or elapsed < 1.0:
            return None
        return elapsed * (1 - progress.fraction) / progress.fraction

    def _stage_text(self, stage: str) -> str:
        texts = {
            "reading": self.tr("Reading the text"),
            "sorting": self.tr("Sorting the words"),
            "counting": self.tr("Counting pairs"),
            "preparing": self.tr("Preparing to train"),
            "training": self.tr("Training"),
            "finishing": self.tr("Making the table"),
        }
        return texts.get(stage, stage)

    def _show_sizes(self) -> None:
        session, parts = self._session, []
        if session.tokens is not None:
            parts.append(self.tr("{count} tokens").format(count=grouped(session.tokens.token_count)))
        if session.cooccurrence is not None:
            matrix = session.cooccurrence
            parts.append(self.tr("{count} words").format(count=grouped(len(matrix.vocabulary))))
            parts.append(self.tr("{count} nonzeros").format(count=grouped(matrix.nonzeros)))
        threads = threads_text(session.resources.thread_count)
        parts.append(device_text(session.losses.device) if session.losses.device else threads)
        self.sizes.setText(SEPARATOR.join(parts))

    def _show_device(self) -> None:
        if self._session.losses.device != self._device:
            self._device = self._session.losses.device
            self._show_sizes()

    def _draw_icon(self) -> None:
        self.cancel_button.setIcon(self._theme.icon("close"))
