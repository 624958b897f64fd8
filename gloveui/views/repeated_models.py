"""Tells how a model that was run again compares with the first."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from gloveui.state.job_queue import JobQueue
from gloveui.state.run_again import Repetition, RunAgain
from gloveui.state.session import Session
from gloveui.views.languages import Translated
from gloveui.views.widgets.notice_bar import NoticeBar


class RepeatedModels(Translated, QWidget):
    """Runs models again for the window, and says whether the bytes are the same; it is never seen."""

    def __init__(self, session: Session, jobs: JobQueue, notices: NoticeBar, parent: QWidget) -> None:
        super().__init__(parent)
        self.hide()
        self.again = RunAgain(session, jobs, self)
        self._notices = notices
        self.again.repeated.connect(self._tell)

    def retranslate(self) -> None:
        """It shows nothing of its own; a notice stays in the language it was told in."""

    def _tell(self, repetition: Repetition) -> None:
        names = {"new": repetition.new.name, "old": repetition.old.name}
        if repetition.is_same:
            sentence = self.tr("{new} has the same vectors as {old}, to the bit")
            self._notices.show_notice("info", sentence.format(**names))
            return
        self._notices.show_notice(
            "warning",
            self.tr("{new} has other vectors than {old}").format(**names),
            self.tr(
                "More than one worker, a graphics card, another processor or other versions can be the cause."
            ),
        )
