"""A field for several words: each becomes a small button that takes it away again."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gloveui.state.session import Session
from gloveui.views.theme import Theme
from gloveui.views.widgets.chips import Chips
from gloveui.views.widgets.word_edit import WordEdit, completions

_BREAKS = re.compile(r"[\s,;，、]+")


class WordListEdit(QWidget):
    """Words typed with commas or spaces between them; Backspace in the empty field takes the last away."""

    words_entered = Signal(list)  # what was typed, cut into words
    word_removed = Signal(str)

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.edit = WordEdit(session, theme, with_icon=False)
        self.chips = Chips(sign="×")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.edit)
        layout.addWidget(self.chips)
        self.chips.chosen.connect(self.word_removed)
        self.edit.word_entered.connect(self._enter)
        self.edit.textEdited.connect(self._cut)
        self.edit.installEventFilter(self)

    def set_words(self, words: Sequence[str]) -> None:
        """Show these words as buttons."""
        self.chips.set_texts(words)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Backspace in the empty field take away the word before it."""
        is_back = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Backspace
        if is_back and event.type() == QEvent.Type.KeyPress and not self.edit.text() and self.chips.texts:
            self.word_removed.emit(self.chips.texts[-1])
            return True
        return super().eventFilter(watched, event)

    def _cut(self, typed: str) -> None:
        """Take in the words that a comma or a space has ended; one that may go on with it is left."""
        vocabulary = self._session.vocabulary
        begins_a_word = vocabulary is not None and bool(completions(vocabulary, typed))
        *ended, rest = _BREAKS.split(typed.lstrip())
        if any(ended) and not (begins_a_word and " " in typed.strip()):
            self.edit.setText(rest)
            self.words_entered.emit([word for word in ended if word])

    def _enter(self, typed: str) -> None:
        vocabulary = self._session.vocabulary
        is_one = vocabulary is not None and vocabulary.get(typed) is not None
        words = [typed] if is_one else [word for word in _BREAKS.split(typed) if word]
        self.edit.clear()
        self.words_entered.emit(words)
