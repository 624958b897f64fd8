"""The way back through what was asked, and forward again, with a menu of all of it."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from gloveui.views.languages import Translated
from gloveui.views.theme import Theme

MOST_LISTED = 20
LONGEST_TEXT = 60


class BackAndForward(Translated, QWidget):
    """Two buttons; the keys work in all of the panel they stand in."""

    gone = Signal(object)  # int: the place of what is to be shown again

    def __init__(self, theme: Theme, panel: QWidget) -> None:
        super().__init__(panel)
        self._theme = theme
        self._texts: tuple[str, ...] = ()
        self._place = -1
        self.back_button, self.forward_button = QToolButton(), QToolButton()
        self.menu = QMenu(self.back_button)
        self.back_button.setMenu(self.menu)
        self.back_button.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.back_button)
        row.addWidget(self.forward_button)
        self._connect(panel)
        self._draw_icons()
        self.show_places((), -1)
        self.retranslate()

    def show_places(self, texts: Sequence[str], place: int) -> None:
        """Offer these, oldest first; the one at `place` is in sight."""
        self._texts, self._place = tuple(texts), place
        self.back_button.setEnabled(place > 0)
        self.forward_button.setEnabled(place < len(texts) - 1)

    def retranslate(self) -> None:
        keys = [shortcut.key().toString(QKeySequence.SequenceFormat.NativeText) for shortcut in self._keys]
        back, forward = self.tr("Back to what was asked before"), self.tr("Forward again")
        for button, text, key in zip(
            (self.back_button, self.forward_button), (back, forward), keys, strict=True
        ):
            button.setToolTip(f"{text} ({key})")
            button.setAccessibleName(text)

    def _connect(self, panel: QWidget) -> None:
        # On a Mac, Option with an arrow moves the cursor by a word.
        sequences = ("Ctrl+[", "Ctrl+]") if sys.platform == "darwin" else ("Alt+Left", "Alt+Right")
        self._keys = [QShortcut(QKeySequence(keys), panel) for keys in sequences]
        for shortcut, button in zip(self._keys, (self.back_button, self.forward_button), strict=True):
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(button.click)
        self.back_button.clicked.connect(self._go_back)
        self.forward_button.clicked.connect(self._go_forward)
        self.menu.aboutToShow.connect(self._fill_menu)
        self.menu.triggered.connect(self._go_to)
        self._theme.changed.connect(self._draw_icons)

    def _fill_menu(self) -> None:
        """The newest stands at the top."""
        self.menu.clear()
        first = max(0, len(self._texts) - MOST_LISTED)
        for place in reversed(range(first, len(self._texts))):
            text = self._texts[place]
            text = text if len(text) <= LONGEST_TEXT else text[:LONGEST_TEXT] + "…"
            action = QAction(text.replace("&", "&&"), self.menu)
            action.setMenuRole(QAction.MenuRole.NoRole)
            action.setData(place)
            action.setCheckable(place == self._place)
            action.setChecked(place == self._place)
            self.menu.addAction(action)

    def _go_to(self, action: QAction) -> None:
        self.gone.emit(int(action.data()))

    def _go_back(self) -> None:
        self.gone.emit(self._place - 1)

    def _go_forward(self) -> None:
        self.gone.emit(self._place + 1)

    def _draw_icons(self) -> None:
        self.back_button.setIcon(self._theme.icon("back"))
        self.forward_button.setIcon(self._theme.icon("forward"))
