"""Work beside what computes: what it does, how far it is, and a button that stops it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QToolButton, QWidget

from gloveui.core.progress import Progress
from gloveui.state.jobs import Job
from gloveui.views.languages import Translated
from gloveui.views.theme import Theme
from gloveui.views.widgets.elided_label import ElidedLabel

STEPS = 1000
BAR_WIDTH, MOST_TEXT_WIDTH = 96, 340


class SideWork(Translated, QWidget):
    """A place in the status bar; hidden while there is nothing to tell."""

    stop_asked = Signal()
    told = Signal(object)  # Progress, the newest of the job that is followed

    def __init__(self, name: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._theme = theme
        self.message = ElidedLabel()
        self.bar = QProgressBar()
        self.bar.setObjectName(f"{name}Progress")
        self.bar.setTextVisible(False)
        self.stop_button = QToolButton()
        self.stop_button.setObjectName(f"{name}Stop")
        self.stop_button.setProperty("quiet", True)
        self.stop_button.clicked.connect(self.stop_asked)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 8, 0)
        layout.setSpacing(8)
        for part in (self.message, self.bar, self.stop_button):
            layout.addWidget(part)
        theme.changed.connect(self._follow_theme)
        self._follow_theme()
        self.retranslate()
        self.hide()

    def follow(self, job: Job) -> None:
        """Show how far a job is until it ends."""
        self.bar.setRange(0, 0)
        job.progressed.connect(self._take)
        job.finished.connect(self.hide)
        self.show()

    def say(self, text: str) -> None:
        """What is done now, in the language in use."""
        self.message.setText(text)
        self.bar.setAccessibleDescription(text)

    def retranslate(self) -> None:
        self.bar.setAccessibleName(self.tr("Progress of the work"))
        self.stop_button.setToolTip(self.tr("Stop this work"))
        self.stop_button.setAccessibleName(self.tr("Stop this work"))

    def _take(self, batch: list[Progress]) -> None:
        fraction = batch[-1].fraction or 0.0
        self.bar.setRange(0, STEPS if fraction > 0 else 0)
        self.bar.setValue(round(fraction * STEPS))
        self.told.emit(batch[-1])

    def _follow_theme(self) -> None:
        self.bar.setFixedWidth(self._theme.pixels(BAR_WIDTH))
        self.message.setMaximumWidth(self._theme.pixels(MOST_TEXT_WIDTH))
        self.stop_button.setIcon(self._theme.icon("close"))
