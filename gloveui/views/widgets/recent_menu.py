"""A menu of what was opened lately; what is gone is grey and can be taken out."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from gloveui.core.text import printable
from gloveui.state.job_queue import JobQueue
from gloveui.state.recent_files import RecentFiles, missing
from gloveui.views.languages import Translated
from gloveui.views.widgets.menu_action import menu_action
from gloveui.views.widgets.plain_tooltip import plain_tooltip


class RecentMenu(Translated, QMenu):
    """Follows a list of recent files; tells which of them a person chooses."""

    chosen = Signal(object)  # Path

    def __init__(self, recent: RecentFiles, jobs: JobQueue, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setToolTipsVisible(True)
        self._recent = recent
        self._jobs = jobs
        self._missing: tuple[Path, ...] = ()
        self.entries: list[QAction] = []
        self.remove_missing = menu_action(self, f"{name}RemoveMissing", self._remove_missing)
        self.forget = menu_action(self, f"{name}Clear", recent.clear)
        self.aboutToShow.connect(self._look)
        recent.changed.connect(self._fill)
        self._fill()
        self.retranslate()

    def retranslate(self) -> None:
        self.setTitle(self.tr("Recent"))
        self.remove_missing.setText(self.tr("Remove those that are gone"))
        self.forget.setText(self.tr("Clear this list"))
        for entry in self.entries:
            self._show_whether_there(entry)

    def _fill(self) -> None:
        for entry in self.entries:
            self.removeAction(entry)
            entry.deleteLater()
        paths = self._recent.paths
        self.entries = [self._entry(path) for path in paths]
        self.insertActions(self.remove_missing, self.entries)
        self.menuAction().setEnabled(bool(paths))
        self._show_missing(tuple(path for path in self._missing if path in paths))

    def _entry(self, path: Path) -> QAction:
        entry = QAction(printable(path.name).replace("&", "&&"), self)
        entry.setMenuRole(QAction.MenuRole.NoRole)
        entry.setData(str(path))
        entry.triggered.connect(self._choose)
        return entry

    def _look(self) -> None:
        """See which files are there, beside the window's work: a network drive may sleep."""
        asking = self._jobs.ask(self.objectName(), missing(self._recent.paths))
        asking.succeeded.connect(self._show_missing)

    def _show_missing(self, gone: tuple[Path, ...]) -> None:
        self._missing = gone
        self.remove_missing.setVisible(bool(gone))
        for entry in self.entries:
            entry.setEnabled(Path(entry.data()) not in gone)
            self._show_whether_there(entry)

    def _show_whether_there(self, entry: QAction) -> None:
        path = printable(Path(entry.data()))
        text = path if entry.isEnabled() else self.tr("{path} is gone").format(path=path)
        entry.setToolTip(plain_tooltip(text))

    def _remove_missing(self) -> None:
        self._recent.remove(self._missing)

    def _choose(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.chosen.emit(Path(action.data()))
