"""The pinned words: a field to pin one more, and a button for each to take it out again."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from gloveui.state.session import Session
from gloveui.views.example_words import example_words
from gloveui.views.languages import Translated
from gloveui.views.theme import Theme
from gloveui.views.widgets.chips import Chips
from gloveui.views.widgets.word_edit import WordEdit

FIELD_WIDTH = 150
OFFERED = 4  # words, which have room in one line
FIELDS_BESIDE = 2  # times the field's width, under which the buttons stand below it


class PinnedWords(Translated, QWidget):
    """While no word is pinned, a few are offered."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._theme = session, theme
        self.edit = WordEdit(session, theme)
        self.pinned = Chips(sign="×")
        self.offered = Chips(sign="+")
        chips = QVBoxLayout()
        chips.setSpacing(0)
        chips.addStretch(1)
        chips.addWidget(self.pinned)
        chips.addWidget(self.offered)
        chips.addStretch(1)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self._row.addWidget(self.edit)
        self._row.addLayout(chips, 1)
        self.edit.word_entered.connect(self._pin)
        self.pinned.chosen.connect(session.words.unpin)
        self.offered.chosen.connect(session.words.pin)
        session.words.pinned_changed.connect(self._show_words)
        session.model_changed.connect(self._show_words)
        session.cooccurrence_changed.connect(self._show_words)
        theme.changed.connect(self._fit_width)
        self._fit_width()
        self.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = self.width() < FIELDS_BESIDE * self.edit.width()
        beside, below = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._row.setDirection(below if is_narrow else beside)

    def retranslate(self) -> None:
        self.edit.setPlaceholderText(self.tr("Pin a word"))
        self.edit.setAccessibleName(self.tr("Pin a word"))
        self.edit.setToolTip(self.tr("Watch the nearest words of one more word"))
        self.pinned.set_action(self.tr("Unpin “{text}”"))
        self.offered.set_action(self.tr("Pin “{text}”"))
        self._show_words()

    def _show_words(self) -> None:
        vocabulary, pinned = self._session.vocabulary, self._session.words.pinned
        self.pinned.set_texts(pinned)
        is_offering = vocabulary is not None and not pinned
        offered = example_words(vocabulary)[:OFFERED] if is_offering and vocabulary is not None else ()
        self.offered.set_texts(offered)

    def _pin(self, typed: str) -> None:
        """Pin a word as the vocabulary spells it; of an unknown one say so."""
        vocabulary = self._session.vocabulary
        index = vocabulary.get(typed) if vocabulary is not None else None
        if vocabulary is None or index is None:
            self.edit.mark_unknown(True)
            return
        self.edit.clear()
        self._session.words.pin(vocabulary.word(index))

    def _fit_width(self) -> None:
        self.edit.setFixedWidth(self._theme.pixels(FIELD_WIDTH))
