"""A button that pins a word, and takes the pin out again."""

from __future__ import annotations

from PySide6.QtWidgets import QToolButton, QWidget

from gloveui.state.session import Session
from gloveui.views.languages import Translated
from gloveui.views.models.vector_rows import shortened
from gloveui.views.theme import Theme
from gloveui.views.widgets.plain_tooltip import plain_tooltip


class PinButton(Translated, QToolButton):
    """Pressed while its word is pinned; without a word there is nothing to press."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words, self._theme = session.words, theme
        self._word = ""
        self.setCheckable(True)
        self.clicked.connect(self._pin)
        self._words.pinned_changed.connect(self.retranslate)
        theme.changed.connect(self._draw_icon)
        self._draw_icon()
        self.retranslate()

    def set_word(self, word: str) -> None:
        """Pin this word when pressed; an empty one: nothing can be pinned."""
        self._word = word
        self.retranslate()

    def retranslate(self) -> None:
        is_pinned = self._word in self._words.pinned
        text = self.tr("Unpin “{word}”") if is_pinned else self.tr("Pin “{word}”: watch it in other views")
        if not self._word:
            text = self.tr("A single word can be pinned")
        self.setChecked(is_pinned)
        self.setEnabled(bool(self._word))
        text = text.format(word=shortened(self._word))
        self.setToolTip(plain_tooltip(text))
        self.setAccessibleName(text)

    def _pin(self) -> None:
        (self._words.pin if self.isChecked() else self._words.unpin)(self._word)

    def _draw_icon(self) -> None:
        self.setIcon(self._theme.icon("pin"))
