"""Vectors of the model that is shown, saved for other programs."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMainWindow

from gloveui.core.errors import WriteFailed
from gloveui.core.text import printable
from gloveui.state.job_queue import JobQueue
from gloveui.state.jobs import Job
from gloveui.state.session import Session
from gloveui.state.values import Model
from gloveui.state.vector_reading import short_name
from gloveui.storage.export_options import ExportOptions
from gloveui.storage.vector_export import write_vectors
from gloveui.views import dialogs
from gloveui.views.languages import translate_error
from gloveui.views.theme import Theme
from gloveui.views.vector_actions import VectorActions
from gloveui.views.widgets.notice_bar import NoticeBar
from gloveui.views.widgets.save_vectors_dialog import SaveVectorsDialog
from gloveui.views.widgets.side_work import SideWork

QUESTION = "save vectors"
LONGEST_NAME = 60  # letters of a suggested file name
NOT_IN_NAMES = '/\\:*?"<>|\0'


class VectorSaving(QObject):
    """Asks how and where, and writes beside other work, one file at a time."""

    def __init__(
        self, session: Session, jobs: JobQueue, theme: Theme, actions: VectorActions, notices: NoticeBar,
        window: QMainWindow,
    ) -> None:  # fmt: skip
        super().__init__(window)
        self._session, self._jobs, self._notices, self._window = session, jobs, notices, window
        self._actions = actions
        self._model: Model | None = None  # whose vectors are asked about
        self._dialog: SaveVectorsDialog | None = None
        self._job: Job | None = None
        self._path = Path()
        self.status = SideWork("savingStatus", theme)
        actions.save.triggered.connect(self.ask)
        self.status.stop_asked.connect(self._stop)
        session.model_changed.connect(self._offer)
        self._offer()

    def retranslate(self) -> None:
        """Set every text; called by the window when the language changes."""
        self.status.say(self.tr("Saving {name}").format(name=short_name(self._path)))

    def ask(self) -> None:
        """Let the format and its options be chosen for the model that is shown."""
        self._model = self._session.model
        if self._model is None:
            return
        self._dialog = SaveVectorsDialog(self._model, self._window)
        self._dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._dialog.chosen.connect(self._ask_where)
        self._dialog.open()

    def _ask_where(self, options: ExportOptions) -> None:
        chosen, model, dialog = options.file_format, self._model, self._dialog
        if model is None or dialog is None:
            return
        kind = f"{chosen.name} (*{chosen.ending})"
        suggestion = f"{_file_name(model.name)}{chosen.ending}"
        path = dialogs.ask_where_to_save(self._window, self.tr("Save vectors"), suggestion, kind)
        if path is not None:
            dialog.accept()
            self._save(model, path, options)

    def _save(self, model: Model, path: Path, options: ExportOptions) -> None:
        """Write the files; a second one that nobody was asked about is not replaced."""
        _, *beside = options.file_format.files(path)
        if beside and beside[0].exists() and not path.exists():
            reason = self.tr("it is there already, and would be replaced; choose another name")
            self._notices.show_notice(
                "error", *translate_error(WriteFailed(path=printable(beside[0]), reason=reason))
            )
            return
        self._path = path
        self.retranslate()
        self._job = self._jobs.ask(QUESTION, write_vectors(model.embedding, path, options, model.card))
        self._job.succeeded.connect(self._tell_saved)
        self._job.finished.connect(self._end)
        self.status.follow(self._job)
        self._offer()

    def _tell_saved(self) -> None:
        sentence = self.tr("The vectors are saved in {path}").format(path=printable(self._path))
        self._notices.show_notice("good", sentence)

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _end(self) -> None:
        self._job = None
        self._offer()

    def _offer(self) -> None:
        self._actions.save.setEnabled(self._session.model is not None and self._job is None)


def _file_name(name: str) -> str:
    """The name of a model as that of a file, without what stands behind its first part."""
    kept = "".join(" " if sign in NOT_IN_NAMES else sign for sign in name.replace(" · ", " "))
    return Path(kept[:LONGEST_NAME].strip(" .")).name or "vectors"
