"""How vectors come into the window: files chosen, dropped or opened before, and what they ask."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QSettings, Qt, Signal
from PySide6.QtWidgets import QMainWindow, QMenu

from gloveui.core.errors import GloveError, SeveralTables, VectorFileError, VectorsTooLarge, WordsWanted
from gloveui.core.progress import Progress, Task
from gloveui.state.job_queue import JobQueue
from gloveui.state.jobs import Job
from gloveui.state.recent_files import RecentFiles
from gloveui.state.session import Session
from gloveui.state.vector_reading import (
    BytesRead,
    ReadVectors,
    UnreadVectors,
    VectorReading,
    VectorsFile,
    short_name,
)
from gloveui.storage.embedding_files import holds_vectors
from gloveui.views import dialogs
from gloveui.views.languages import translate_error
from gloveui.views.numbers import byte_size
from gloveui.views.theme import Theme
from gloveui.views.vector_actions import VECTOR_KINDS, VectorActions
from gloveui.views.vector_notes import vector_warning
from gloveui.views.widgets.notice_bar import NoticeBar
from gloveui.views.widgets.recent_menu import RecentMenu
from gloveui.views.widgets.side_work import SideWork
from gloveui.views.widgets.vector_options_dialog import VectorOptionsDialog

QUESTION = "which files are vectors"
LONGEST_NAME = 24  # letters of a file's name beside how much of it was read


class RecentVectors(RecentMenu):
    """Files of vectors that were opened lately, in a menu that has recent texts, too."""

    def retranslate(self) -> None:
        super().retranslate()
        self.setTitle(self.tr("Recent vectors"))


class VectorOpening(QObject):
    """Opens files of vectors beside other work; asks what a file leaves open, and tells what was odd."""

    others = Signal(object)  # list[Path]: dropped files that hold no vectors

    def __init__(
        self, session: Session, jobs: JobQueue, settings: QSettings, theme: Theme, actions: VectorActions,
        notices: NoticeBar, window: QMainWindow,
    ) -> None:  # fmt: skip
        super().__init__(window)
        self._jobs, self._notices, self._window = jobs, notices, window
        self._actions = actions
        self._refused: UnreadVectors | None = None  # can be tried again with other options
        self._told = ""  # the last error
        self._read: BytesRead | None = None
        self.reading = VectorReading(session, jobs, parent=self)
        self.recent = RecentFiles(settings, "vectors", self)
        self.recent_menu = RecentVectors(self.recent, jobs, "recentVectors", window)
        self.status = SideWork("vectorsStatus", theme)
        actions.open.triggered.connect(self.ask_for_files)
        actions.open_with_options.triggered.connect(self._ask_for_file_and_options)
        actions.try_again.triggered.connect(self._try_again)
        self.recent_menu.chosen.connect(self.open_path)
        self.status.stop_asked.connect(self.reading.cancel)
        self.status.told.connect(self._show_progress)
        self.reading.started.connect(self._follow)
        self.reading.opened.connect(self._tell_opened)
        self.reading.refused.connect(self._answer)

    def fill(self, menu: QMenu) -> None:
        """Put what opens vectors into a menu."""
        self._actions.fill(menu, self.recent_menu)

    def retranslate(self) -> None:
        """Set every text; called by the window when the language changes."""
        self._say()

    def ask_for_files(self) -> None:
        """Let files be chosen; each becomes a model of its own."""
        title = self.tr("Open vectors")
        self.open_paths(dialogs.ask_for_text_files(self._window, title, self._file_types()))

    def open_path(self, path: Path) -> None:
        """Open one file, or the folder that a training wrote."""
        self.open_paths([path])

    def open_paths(self, paths: Sequence[Path]) -> None:
        """Open files one after another; none are nothing to do."""
        for path in paths:
            self.reading.read(VectorsFile(path))

    def take_dropped(self, paths: Sequence[Path]) -> None:
        """Open those that hold vectors, and hand out the others."""
        self._jobs.ask(QUESTION, _sorted(tuple(paths))).succeeded.connect(self._take_sorted)

    def _file_types(self) -> str:
        return self.tr("Word vectors ({kinds});;All files (*)").format(kinds=VECTOR_KINDS)

    def _take_sorted(self, found: tuple[list[Path], list[Path]]) -> None:
        vectors, others = found
        self.open_paths(vectors)
        if others:
            self.others.emit(others)

    def _ask_for_file_and_options(self) -> None:
        title = self.tr("Open vectors with options")
        path = dialogs.ask_for_text_file(self._window, title, self._file_types())
        if path is not None:
            self._ask(VectorsFile(path))

    def _try_again(self) -> None:
        if self._refused is not None:
            self._notices.clear()
            self._ask(self._refused.file, self._refused.error)

    def _answer(self, unread: UnreadVectors) -> None:
        """Ask what has to be chosen; tell every other error."""
        error = unread.error
        if isinstance(error, SeveralTables | WordsWanted | VectorsTooLarge):
            self._ask(unread.file, error)
            return
        self._refused = unread
        can_help = type(error) is VectorFileError  # a file that could run code is opened in no way
        actions = (self._actions.try_again,) if can_help else ()
        self._notices.show_notice("error", *translate_error(error), actions=actions)
        self._told = self._notices.text

    def _ask(self, file: VectorsFile, error: GloveError | None = None) -> None:
        fields = {} if error is None else error.fields
        tables = fields.get("tables", ())
        dialog = VectorOptionsDialog(
            file, tables if isinstance(tables, tuple) else (), isinstance(error, WordsWanted), self._window
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if error is not None:
            dialog.explain(". ".join(translate_error(error)))
        if isinstance(error, VectorsTooLarge):
            dialog.suggest_first(int(str(error.fields["fitting"])))
        dialog.chosen.connect(self.reading.read)
        dialog.open()

    def _tell_opened(self, read: ReadVectors) -> None:
        self.recent.add(read.file.path)
        warning = vector_warning(read)
        if warning is not None:
            self._notices.show_notice("warning", warning.sentence, warning.advice, warning.details)
        elif self._told and self._notices.text == self._told:  # what others say stays
            self._notices.clear()

    def _follow(self, job: Job) -> None:
        self._read = None
        self._say()
        self.status.follow(job)

    def _show_progress(self, progress: Progress) -> None:
        self._read = progress.detail if isinstance(progress.detail, BytesRead) else None
        self._say()

    def _say(self) -> None:
        file, read = self.reading.current, self._read
        if file is None:
            return
        text = self.tr("Opening {name}").format(name=short_name(file.path, LONGEST_NAME))
        if read is not None and read.total:
            amount = self.tr("{done} of {total}").format(
                done=byte_size(read.done), total=byte_size(read.total)
            )
            text = f"{text} · {amount}"
        self.status.say(text)


def _sorted(paths: tuple[Path, ...]) -> Task[tuple[list[Path], list[Path]]]:
    """Those that hold vectors, and the others."""
    vectors: list[Path] = []
    for number, path in enumerate(paths):
        yield Progress("reading", number / len(paths))
        if holds_vectors(path):
            vectors.append(path)
    return vectors, [path for path in paths if path not in vectors]
