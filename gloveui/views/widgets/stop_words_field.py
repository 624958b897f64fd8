"""A field for stop words: typed, taken from a list that comes with the program, or from a file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QMenu, QWidget

from gloveui.core.errors import GloveError
from gloveui.storage.stop_words import LANGUAGES, stop_words
from gloveui.views import dialogs
from gloveui.views.languages import Translated
from gloveui.views.theme import Theme
from gloveui.views.widgets.menu_action import menu_action


class StopWordsField(Translated, QLineEdit):
    """Words with spaces between them; the arrow at its end offers lists."""

    refused = Signal(object)  # GloveError: why a list cannot be read

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.menu = QMenu(self)
        self._english = menu_action(self.menu, "englishStopWords", self._take_list)
        self._korean = menu_action(self.menu, "koreanStopWords", self._take_list)
        for action, language in zip((self._english, self._korean), LANGUAGES, strict=True):
            action.setData(language)
        self._own = menu_action(self.menu, "ownStopWords", self._ask_for_list)
        self._none = menu_action(self.menu, "noStopWords", self._take_none)
        self._arrow = QAction(self)
        self._arrow.triggered.connect(self._open_menu)
        self.addAction(self._arrow, QLineEdit.ActionPosition.TrailingPosition)
        theme.changed.connect(self._draw)
        self._draw()
        self.retranslate()

    def value(self) -> tuple[str, ...]:
        """The words."""
        return tuple(self.text().split())

    def show_words(self, words: Sequence[str]) -> None:
        """Show these words from the first on."""
        self.setText(" ".join(words))
        self.setCursorPosition(0)

    def retranslate(self) -> None:
        self.setPlaceholderText(self.tr("none"))
        self._english.setText(self.tr("English list"))
        self._korean.setText(self.tr("Korean list"))
        self._own.setText(self.tr("List in a file…"))
        self._none.setText(self.tr("No stop words"))
        self._arrow.setText(self.tr("Choose a list"))

    def take(self, words: str | Path) -> None:
        """Use the words of a list or file."""
        try:
            self.show_words(stop_words(words))
        except GloveError as error:
            self.refused.emit(error)
        else:
            self.editingFinished.emit()

    def _take_list(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.take(action.data())

    def _ask_for_list(self) -> None:
        path = dialogs.ask_for_text_file(self.window(), self.tr("A list of stop words"), "")
        if path is not None:
            self.take(path)

    def _take_none(self) -> None:
        self.clear()
        self.editingFinished.emit()

    def _open_menu(self) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def _draw(self) -> None:
        self._arrow.setIcon(self._theme.icon("chevron-down", "muted"))
