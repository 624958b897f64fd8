"""What a person can tell the window to do with files of vectors, with its keys."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from gloveui.views.widgets.recent_menu import RecentMenu

# Endings under which files of vectors are usually kept; what they hold is told by their content.
VECTOR_KINDS = "*.txt *.vec *.bin *.safetensors *.npz *.npy *.pt *.pth *.model *.kv *.gz *.bz2 *.xz *.zip"


class VectorActions(QObject):
    """All actions around files of vectors; `VectorOpening` and `VectorSaving` connect them."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.open = self._action("openVectors", "Ctrl+Shift+E")
        self.open_with_options = self._action("openVectorsWithOptions")
        self.try_again = self._action("tryVectorsAgain")
        self.save = self._action("saveVectors", "Ctrl+E")
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text; called when the language changes."""
        self.open.setText(self.tr("Open vectors…"))
        self.open.setToolTip(self.tr("Word vectors of GloVe, word2vec, fastText, gensim, NumPy, PyTorch …"))
        self.open_with_options.setText(self.tr("Open vectors with options…"))
        self.open_with_options.setToolTip(
            self.tr("Only the first words, without bad rows, or with words from another file")
        )
        self.try_again.setText(self.tr("Open with options…"))
        self.save.setText(self.tr("Save vectors…"))
        self.save.setToolTip(self.tr("The vectors of the model that is shown, for other programs"))

    def with_keys(self) -> list[QAction]:
        """Those with a shortcut, which works once the window has them."""
        return [action for action in self.findChildren(QAction) if action.shortcuts()]

    def fill(self, menu: QMenu, recent: RecentMenu) -> None:
        """Put what opens vectors behind what a menu has."""
        menu.setToolTipsVisible(True)
        menu.addSeparator()
        menu.addActions([self.open, self.open_with_options])
        menu.addMenu(recent)

    def _action(self, name: str, *keys: str) -> QAction:
        action = QAction(self)
        action.setObjectName(name)
        action.setMenuRole(QAction.MenuRole.NoRole)
        action.setShortcuts([QKeySequence(key) for key in keys])
        return action
