"""The bar at the bottom: what is open and what it takes at the left, the work that runs at the right."""

from __future__ import annotations

import time

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QProgressBar, QStatusBar, QToolButton, QWidget

from gloveui.core.progress import Progress
from gloveui.core.reading_counts import ReadingCounts
from gloveui.core.training import TrainingReport
from gloveui.state.job_queue import JobQueue
from gloveui.state.jobs import Job
from gloveui.state.memory_watch import MemoryWatch
from gloveui.state.session import Session
from gloveui.views.device_names import device_text, threads_text
from gloveui.views.languages import Translated
from gloveui.views.numbers import byte_size, duration, grouped
from gloveui.views.theme import Theme
from gloveui.views.widgets.elided_label import ElidedLabel

STEPS = 1000
LEAST_SHARE = 0.1  # of a stage that must be done before its end can be told
LEAST_SECONDS = 1.0  # of a stage that must have gone by for that; fewer seconds that are left are not told
SEPARATOR = "   ·   "


class JobStatus(Translated, QStatusBar):
    """Follows the session and the job that runs."""

    stop_asked = Signal()

    def __init__(self, session: Session, jobs: JobQueue, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._theme = theme
        self._job: Job | None = None
        self._begun = (0.0, 0.0)  # when the present stage was first heard of, and how far it was then
        self._last: Progress | None = None
        self._memory = MemoryWatch(jobs, self)
        self._device = ""
        self.sizes = ElidedLabel()  # makes room for what runs
        self.message = QLabel()
        self.bar = QProgressBar()
        self.bar.setObjectName("jobProgress")
        self.bar.setRange(0, STEPS)
        self.bar.setFixedWidth(180)
        self.cancel_button = QToolButton()
        self.cancel_button.setObjectName("cancelButton")
        self.cancel_button.setProperty("quiet", True)
        self.cancel_button.clicked.connect(self._stop)
        self._arrange()
        jobs.started.connect(self._follow)
        jobs.idle.connect(self._rest)
        for signal in (session.tokens_changed, session.cooccurrence_changed, session.model_changed):
            signal.connect(self._show_sizes)
        session.settings_changed.connect(self._show_sizes)
        self._memory.changed.connect(self._show_sizes)
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
        self._job, self._last = job, None
        job.progressed.connect(self._take)
        job.paused_changed.connect(self._show_progress)
        self._show_progress()
        self.bar.show()
        self.cancel_button.show()

    def _stop(self) -> None:
        """End what was planned, and then what runs, whoever began it: else the one would follow the other."""
        self.stop_asked.emit()
        if self._job is not None:
            self._job.cancel()

    def _rest(self) -> None:
        self._job = self._last = None
        self.bar.hide()
        self.cancel_button.hide()
        self._show_progress()

    def _take(self, batch: list[Progress]) -> None:
        for progress in batch:
            if self._last is None or self._last.stage != progress.stage:
                self._begun = (time.monotonic(), progress.fraction or 0.0)
            self._last = progress
        self._show_progress()

    def _show_progress(self) -> None:
        """What is done, and how long it will take; the bar is busy as long as nothing is done that counts."""
        progress = self._last
        fraction = progress.fraction or 0.0 if progress is not None else 0.0
        self.bar.setRange(0, STEPS if fraction > 0 else 0)
        self.bar.setValue(round(fraction * STEPS))
        self.message.setText(self._sentence(progress))

    def _sentence(self, progress: Progress | None) -> str:
        if progress is None:
            return ""
        text = self._stage_text(progress.stage)
        if isinstance(progress.detail, ReadingCounts):
            text = f"{text}{SEPARATOR}{self._counts_text(progress.detail)}"
        if self._job is not None and self._job.is_paused:
            return f"{text}{SEPARATOR}{self.tr('paused')}"
        left = self._seconds_left(progress)
        if left is None or left < LEAST_SECONDS:
            return text
        return f"{text}{SEPARATOR}{self.tr('{time} left').format(time=duration(left))}"

    def _counts_text(self, counts: ReadingCounts) -> str:
        return self.tr("{lines} lines, {tokens} tokens, {types} types").format(
            lines=grouped(counts.sentences), tokens=grouped(counts.tokens), types=grouped(counts.types)
        )

    def _seconds_left(self, progress: Progress) -> float | None:
        start, fraction = self._begun
        elapsed = time.monotonic() - start
        if elapsed < LEAST_SECONDS:
            return None
        if isinstance(progress.detail, TrainingReport):
            return progress.detail.seconds_left
        if progress.fraction is None or progress.fraction - fraction < LEAST_SHARE:
            return None
        return elapsed * (1 - progress.fraction) / (progress.fraction - fraction)

    def _stage_text(self, stage: str) -> str:
        texts = {
            "reading": self.tr("Reading the text"),
            "sorting": self.tr("Sorting the words"),
            "counting": self.tr("Counting pairs"),
            "preparing": self.tr("Preparing"),
            "training": self.tr("Training"),
            "decomposing": self.tr("Finding the main directions"),
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
        if self._memory.used_bytes:
            parts.append(self.tr("{size} in use").format(size=byte_size(self._memory.used_bytes)))
        threads = threads_text(session.resources.thread_count)
        parts.append(device_text(session.losses.device) if session.losses.device else threads)
        self.sizes.setText(SEPARATOR.join(parts))

    def _show_device(self) -> None:
        if self._session.losses.device != self._device:
            self._device = self._session.losses.device
            self._show_sizes()

    def _draw_icon(self) -> None:
        self.cancel_button.setIcon(self._theme.icon("close"))
