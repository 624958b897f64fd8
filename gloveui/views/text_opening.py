"""How texts come into the window: files, folders and archives, dropped, pasted, or opened before."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QSettings, Qt, Signal
from PySide6.QtWidgets import QWidget

from gloveui.core.errors import ColumnWanted, ElementWanted
from gloveui.core.progress import Progress, Task
from gloveui.core.text import FileText, PastedText, TextSource
from gloveui.state.job_queue import JobQueue
from gloveui.state.recent_files import RecentFiles
from gloveui.state.session import Session
from gloveui.storage.files_text import FilesText
from gloveui.storage.session_folder import is_session
from gloveui.storage.text_opening import open_text
from gloveui.storage.text_preview import TextPreview, preview_text
from gloveui.views import dialogs
from gloveui.views.theme import Theme
from gloveui.views.widgets.text_preview_dialog import TextPreviewDialog

QUESTION = "opening a text"
UNICODE = ("ascii", "utf-8", "utf-8-sig", "utf-16", "utf-32")


class TextOpening(QObject):
    """Looks at what a person wants to open; asks what has to be chosen first, with its beginning in sight."""

    chosen = Signal(object)  # TextSource to open
    session_chosen = Signal(object)  # Path: a folder that is a session, and no text
    reread = Signal(object)  # TextSource: the open text, to be read in another way

    def __init__(
        self, session: Session, jobs: JobQueue, settings: QSettings, theme: Theme, window: QWidget
    ) -> None:
        super().__init__(window)
        self._session, self._jobs, self._theme, self._window = session, jobs, theme, window
        self._dialog: TextPreviewDialog | None = None
        self._last: TextSource | None = None  # what is being read, or was
        self.recent = RecentFiles(settings, "texts", self)
        jobs.failed.connect(self._ask_what_is_wanted)
        session.tokens_changed.connect(self._remember)

    def ask_for_files(self) -> None:
        """Let files be chosen, one or several."""
        kinds = "*.txt *.text *.md *.csv *.tsv *.jsonl *.json *.xml *.html *.htm *.docx *.pdf *.epub"
        file_types = self.tr("Texts ({kinds});;All files (*)").format(kinds=f"{kinds} *.gz *.bz2 *.xz *.zip")
        self.open_paths(dialogs.ask_for_text_files(self._window, self.tr("Open texts"), file_types))

    def ask_for_folder(self) -> None:
        """Let a folder be chosen, all of whose texts are one."""
        folder = dialogs.ask_for_folder(self._window, self.tr("Open all texts in a folder"))
        self.open_paths([] if folder is None else [folder])

    def ask_for_pasted_text(self) -> None:
        """Let a text be typed or pasted."""
        dialog = dialogs.PasteDialog(self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.text_given.connect(self._open_pasted)
        dialog.open()

    def open_path(self, path: Path) -> None:
        """Open one file, folder or archive."""
        self.open_paths([path])

    def open_paths(self, paths: Sequence[Path]) -> None:
        """Open files, folders and archives as one text; none are nothing to do, and a session is no text."""
        if len(paths) == 1 and is_session(paths[0]):
            self.session_chosen.emit(paths[0])
        elif paths:
            self._jobs.ask(QUESTION, _look(tuple(paths))).succeeded.connect(self._take)

    def follow(self, source: TextSource) -> None:
        """Note that a text begins to be read: it is asked about if that needs a choice."""
        self._last = source

    def preview(self) -> None:
        """Show how the open text is read."""
        if self._session.text is not None:
            self._ask(self._session.text, None, is_open=True)

    def _take(self, found: tuple[TextSource, TextPreview]) -> None:
        source, preview = found
        if _needs_choice(source, preview):
            self._ask(source, preview, is_open=False)
        else:
            self.chosen.emit(source)

    def _ask_what_is_wanted(self, error: object) -> None:
        """Ask for the column or element of a file that came late in a text: no preview had seen it."""
        source = self._last
        if source is not None and isinstance(error, ColumnWanted | ElementWanted):
            self._ask(source, None, source is self._session.text, error)

    def _ask(
        self,
        source: TextSource,
        preview: TextPreview | None,
        is_open: bool,
        wanted: ColumnWanted | ElementWanted | None = None,
    ) -> None:
        if self._dialog is None:
            self._dialog = TextPreviewDialog(self._session, self._jobs, self._theme, self._window)
            self._dialog.chosen.connect(self.chosen)
            self._dialog.reread.connect(self.reread)
        self._dialog.show_text(source, preview, is_open, wanted)
        self._dialog.show()
        self._dialog.raise_()

    def _remember(self) -> None:
        """What has been read can be opened again by a click; texts with titles are not a person's files."""
        source = self._session.text
        if self._session.tokens is None or source is not self._last:
            return
        if isinstance(source, FileText) and not source.title:
            self.recent.add(source.path)
        elif isinstance(source, FilesText) and len(source.paths) == 1 and not source.title:
            self.recent.add(source.paths[0])

    def _open_pasted(self, content: str) -> None:
        self.chosen.emit(PastedText(content, self.tr("Pasted text")))


def _look(paths: tuple[Path, ...]) -> Task[tuple[TextSource, TextPreview]]:
    yield Progress("reading")
    source = open_text(paths)
    return source, (yield from preview_text(source))


def _needs_choice(source: TextSource, preview: TextPreview) -> bool:
    """Whether a person should look before it is opened: there is a choice, or something had to be guessed."""
    if isinstance(source, FilesText):
        return True
    return bool(preview.encoding) and preview.encoding.lower() not in UNICODE
