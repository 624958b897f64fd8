"""Offers work that was not saved when a window ended, and says when no such work can be kept."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QDateTime, QObject, QSettings, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from gloveui.core.errors import GloveError
from gloveui.state.autosave import Autosaver
from gloveui.state.recovery import Shelf
from gloveui.state.start_marker import FAILED_STARTS
from gloveui.views import dialogs
from gloveui.views.languages import Translated, translate_error
from gloveui.views.numbers import grouped
from gloveui.views.session_actions import SessionActions
from gloveui.views.widgets.notice_bar import NoticeBar

PLACE_SETTING = "unsaved_work_folder"


class UnsavedMenu(Translated, QMenu):
    """Work that nobody has saved, of windows that are no more."""

    chosen = Signal(object)  # Shelf

    def __init__(self, saver: Autosaver, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("unsavedMenu")
        self._saver = saver
        self._shelves: tuple[Shelf, ...] = ()
        self.entries: list[QAction] = []
        self.retranslate()

    def retranslate(self) -> None:
        self.setTitle(self.tr("Unsaved work"))

    def look(self) -> None:
        """List what there is now; for the menu that this one is in, before it is shown."""
        for entry in self.entries:
            self.removeAction(entry)
            entry.deleteLater()
        self._shelves = self._saver.left()
        self.entries = [self._entry(shelf) for shelf in self._shelves]
        self.addActions(self.entries)
        self.menuAction().setEnabled(bool(self.entries))

    def _entry(self, shelf: Shelf) -> QAction:
        entry = QAction(described(self, shelf).replace("&", "&&"), self)
        entry.setMenuRole(QAction.MenuRole.NoRole)
        entry.triggered.connect(self._choose)
        return entry

    def _choose(self) -> None:
        action = self.sender()
        if isinstance(action, QAction) and action in self.entries:
            self.chosen.emit(self._shelves[self.entries.index(action)])


class RecoveryOffer(QObject):
    """Shows notices with what can be done about them; one piece of work after another, the newest first."""

    wanted = Signal(object)  # Shelf whose work is to be opened

    def __init__(
        self,
        saver: Autosaver,
        actions: SessionActions,
        notices: NoticeBar,
        settings: QSettings,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._saver = saver
        self._actions = actions
        self._notices = notices
        self._settings = settings
        self._window = window
        self._offered: list[Shelf] = []
        self.menu = UnsavedMenu(saver, window)
        self.menu.chosen.connect(self.wanted)
        actions.restore.triggered.connect(self._restore)
        actions.not_now.triggered.connect(self._go_on)
        actions.discard.triggered.connect(self._discard)
        actions.choose_place.triggered.connect(self._choose_place)
        saver.failed.connect(self._tell_failure)
        saver.recovered.connect(notices.clear)
        saver.unreadable.connect(self._offer_the_one_before)

    def begin(self, advice: str = "") -> None:
        """Offer what there is, perhaps with other advice than usual, and see whether anything can be kept.

        A warning that is being read is not taken away for that: what there is remains in the menu.
        """
        self._offered = list(self._saver.left())
        if not (self._notices.text and self._notices.level in ("warning", "error")):
            self._show(advice)
        self._saver.check_place()

    def _show(self, advice: str = "") -> None:
        if not self._offered:
            return
        shelf = self._offered[0]
        sentence = self.tr("Work that was not saved is still there: {work}").format(
            work=described(self._window, shelf)
        )
        advice = advice or self.tr("It was kept when the window closed or the program ended.")
        if shelf.failed_openings >= FAILED_STARTS:
            advice = self.tr("The program ended when this was opened before.")
        self._notices.show_notice("info", sentence, advice, actions=self._choices())

    def _choices(self) -> tuple[QAction, ...]:
        return (self._actions.restore, self._actions.not_now, self._actions.discard)

    def _offer_the_one_before(self, error: object) -> None:
        """Work could not be opened: say so, and offer what was kept before it."""
        if not isinstance(error, GloveError):
            return  # told with its details by whoever tells of failures
        sentence, advice = translate_error(error)
        self._offered = list(self._saver.left())
        if self._offered:
            advice = self.tr("Other work that was not saved is there: {work}").format(
                work=described(self._window, self._offered[0])
            )
        self._notices.show_notice(
            "warning", sentence, advice, actions=self._choices() if self._offered else ()
        )

    def _restore(self) -> None:
        if self._offered:
            self.wanted.emit(self._offered.pop(0))
            self._offered = []  # the rest is in the menu: a window shows one session

    def _discard(self) -> None:
        if self._offered:
            self._saver.discard(self._offered[0])
        self._go_on()

    def _go_on(self) -> None:
        """Offer the next one, if there is one."""
        self._notices.clear()
        self._offered = self._offered[1:]
        self._show()

    def _tell_failure(self, error: GloveError) -> None:
        sentence, _ = translate_error(error)
        advice = self.tr("Unsaved work is not kept for a crash. What runs goes on; save your work yourself.")
        self._notices.show_notice("warning", sentence, advice, actions=(self._actions.choose_place,))

    def _choose_place(self) -> None:
        folder = dialogs.ask_for_folder(self._window, self.tr("Folder for unsaved work"))
        if folder is not None:
            self._notices.clear()
            self._settings.setValue(PLACE_SETTING, str(folder))
            self._saver.move_to(folder)


def kept_place(settings: QSettings, usual: Path) -> Path:
    """Where unsaved work is kept: the folder a person chose, while it is there, or the usual one."""
    chosen = settings.value(PLACE_SETTING)
    if isinstance(chosen, str) and chosen and Path(chosen).is_dir():
        return Path(chosen)
    return usual


def described(widget: QWidget, shelf: Shelf) -> str:
    """Work on a shelf as a person knows it: its text, its models, and when it was kept."""
    about = shelf.about()
    saved = QDateTime.fromString(about.saved, Qt.DateFormat.ISODate).toLocalTime()
    when = saved.toString("yyyy-MM-dd HH:mm") if saved.isValid() else ""
    models = widget.tr("{count} models").format(count=grouped(len(about.models)))
    name = Path(about.folder).stem if about.folder else ""
    parts = (name, about.text, models if len(about.models) > 1 else "".join(about.models), when)
    return " · ".join(part for part in parts if part)
