"""What a person can tell the window to do, with its keys; shown in the top bar and its menus."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence

from gloveui.views.languages import LANGUAGES

SCHEMES = ("system", "light", "dark")


class Actions(QObject):
    """All actions of the window; the window connects them, the bar shows them."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.open_file = self._action(QKeySequence.StandardKey.Open)
        self.open_folder = self._action()
        self.paste_text = self._action("Ctrl+Shift+V")
        self.train = self._action("Ctrl+T")
        self.pause = self._action("Ctrl+P")
        self.stop = self._action("Ctrl+.")
        self.present = self._action("F11", checkable=True)
        self.larger = self._action(QKeySequence.StandardKey.ZoomIn, "Ctrl+=")
        self.smaller = self._action(QKeySequence.StandardKey.ZoomOut)
        self.usual_size = self._action("Ctrl+0")
        self.reset_layout = self._action()
        self.about = self._action()
        self.about.setMenuRole(QAction.MenuRole.AboutRole)
        self.quit = self._action(QKeySequence.StandardKey.Quit)
        self.quit.setMenuRole(QAction.MenuRole.QuitRole)
        self.schemes = self._choices(SCHEMES)
        self.languages = self._choices(tuple(LANGUAGES))
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text; called by the window when the language changes."""
        self.open_file.setText(self.tr("Open texts…"))
        self.open_file.setToolTip(self.tr("One or several files, tables, documents or archives as one text"))
        self.open_folder.setText(self.tr("Open a folder…"))
        self.paste_text.setText(self.tr("Paste a text…"))
        self.train.setText(self.tr("Train"))
        self.train.setToolTip(self.tr("Train from the start with the settings at the left"))
        self.stop.setText(self.tr("Stop"))
        self.stop.setToolTip(self.tr("Stop; what has been learned is kept"))
        self.present.setText(self.tr("Present"))
        self.present.setToolTip(self.tr("Large type, without the column at the left"))
        self.larger.setText(self.tr("Larger text"))
        self.smaller.setText(self.tr("Smaller text"))
        self.usual_size.setText(self.tr("Usual text size"))
        self.reset_layout.setText(self.tr("Put panels back"))
        self.about.setText(self.tr("About gloveui"))
        self.quit.setText(self.tr("Quit"))
        scheme_texts = (self.tr("As the system"), self.tr("Light"), self.tr("Dark"))
        for action, text in zip(self.schemes.actions(), scheme_texts, strict=True):
            action.setText(text)
        for action, text in zip(self.languages.actions(), LANGUAGES.values(), strict=True):
            action.setText(text)
        self.show_paused(False)

    def with_keys(self) -> list[QAction]:
        """Those with a shortcut, which works wherever they are shown once the window has them."""
        return [action for action in self.findChildren(QAction) if action.shortcuts()]

    def show_paused(self, is_paused: bool) -> None:
        """Make the pause button say what it does now."""
        self.pause.setText(self.tr("Resume") if is_paused else self.tr("Pause"))

    def _action(self, *keys: str | QKeySequence.StandardKey, checkable: bool = False) -> QAction:
        action = QAction(self)
        action.setMenuRole(QAction.MenuRole.NoRole)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.setCheckable(checkable)
        return action

    def _choices(self, values: tuple[str, ...]) -> QActionGroup:
        """Actions of which one is checked; the value is the action's data."""
        group = QActionGroup(self)
        for value in values:
            action = self._action(checkable=True)
            action.setData(value)
            group.addAction(action)
        return group
