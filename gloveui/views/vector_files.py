"""Files of vectors in the window: opened and saved."""

from __future__ import annotations

from PySide6.QtCore import QObject, QSettings
from PySide6.QtWidgets import QMainWindow, QMenu, QStatusBar

from gloveui.state.job_queue import JobQueue
from gloveui.state.session import Session
from gloveui.views.theme import Theme
from gloveui.views.vector_actions import VectorActions
from gloveui.views.vector_opening import VectorOpening
from gloveui.views.vector_saving import VectorSaving
from gloveui.views.widgets.notice_bar import NoticeBar

FIRST_PERMANENT = 1  # place in the status bar; the sizes stand before it


class VectorFiles(QObject):
    """Brings the actions into menus, and what they do into the status bar."""

    def __init__(
        self, session: Session, jobs: JobQueue, notices: NoticeBar, settings: QSettings, theme: Theme,
        window: QMainWindow,
    ) -> None:  # fmt: skip
        super().__init__(window)
        self.actions = VectorActions(self)
        self.opening = VectorOpening(session, jobs, settings, theme, self.actions, notices, window)
        self.saving = VectorSaving(session, jobs, theme, self.actions, notices, window)
        window.addActions(self.actions.with_keys())

    def fill(self, opening: QMenu, saving: QMenu, of_the_model: QMenu) -> None:
        """Put the actions into the menus that open, that save, and that of the model that is shown."""
        self.opening.fill(opening)
        saving.addSeparator()
        saving.addAction(self.actions.save)
        of_the_model.insertAction(of_the_model.actions()[-1], self.actions.save)

    def show_work(self, bar: QStatusBar) -> None:
        """Show in the status bar, before what is there, how far the work is."""
        for status in (self.saving.status, self.opening.status):
            bar.insertPermanentWidget(FIRST_PERMANENT, status)
            status.hide()

    def retranslate(self) -> None:
        """Set every text; called by the window when the language changes."""
        self.actions.retranslate()
        self.opening.retranslate()
        self.saving.retranslate()
