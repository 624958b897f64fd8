"""What a person can tell the window to do with sessions, with its keys."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from gloveui.views.widgets.recent_menu import RecentMenu


class SessionActions(QObject):
    """All actions around sessions; `SessionFiles` and `RecoveryOffer` connect them."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.open = self._action("openSession", "Ctrl+Shift+O")
        self.save = self._action("saveSession", QKeySequence.StandardKey.Save)
        self.save_as = self._action("saveSessionAs", "Ctrl+Shift+S")
        self.notes = self._action("sessionNotes")
        self.copy_code = self._action("copySessionCode")
        self.resume_training = self._action("resumeTraining")
        self.restore = self._action("restoreWork")
        self.not_now = self._action("notNow")
        self.discard = self._action("discardWork")
        self.choose_place = self._action("chooseOtherFolder")
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text; called when the language changes."""
        self.open.setText(self.tr("Open a session…"))
        self.save.setText(self.tr("Save"))
        self.save_as.setText(self.tr("Save as…"))
        self.notes.setText(self.tr("Notes…"))
        self.notes.setToolTip(self.tr("What you want to remember about this session; saved with it"))
        self.copy_code.setText(self.tr("Copy the session as code"))
        self.copy_code.setToolTip(self.tr("The Python lines that make all its models again"))
        self.resume_training.setText(self.tr("Resume training"))
        self.resume_training.setToolTip(self.tr("Go on from where the training was when this was saved"))
        self.restore.setText(self.tr("Restore"))
        self.not_now.setText(self.tr("Not now"))
        self.not_now.setToolTip(self.tr("Keep it; it is offered again at the next start"))
        self.discard.setText(self.tr("Discard"))
        self.discard.setToolTip(self.tr("Delete it for good"))
        self.choose_place.setText(self.tr("Choose another folder…"))

    def with_keys(self) -> list[QAction]:
        """Those with a shortcut, which works once the window has them."""
        return [action for action in self.findChildren(QAction) if action.shortcuts()]

    def fill(self, menu: QMenu, recent: RecentMenu, unsaved: QMenu) -> None:
        """Put the actions into a menu, with those of recent sessions and of unsaved work."""
        menu.setToolTipsVisible(True)
        menu.addAction(self.open)
        menu.addMenu(recent)
        menu.addMenu(unsaved)
        menu.addSeparator()
        menu.addActions([self.save, self.save_as])
        menu.addSeparator()
        menu.addActions([self.resume_training, self.notes, self.copy_code])

    def _action(self, name: str, *keys: str | QKeySequence.StandardKey) -> QAction:
        action = QAction(self)
        action.setObjectName(name)
        action.setMenuRole(QAction.MenuRole.NoRole)
        action.setShortcuts([QKeySequence(key) for key in keys])
        return action
