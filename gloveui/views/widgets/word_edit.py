"""A field for one word, completed from the words of the session."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QObject, QStringListModel, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QCompleter, QLineEdit, QStyledItemDelegate, QWidget

from gloveui.core.lookup import PrefixIndex
from gloveui.core.text import normalised
from gloveui.core.vocabulary import Vocabulary
from gloveui.state.session import Session
from gloveui.views.theme import Theme

MOST_COMPLETIONS = 12


class WordEdit(QLineEdit):
    """Offers the most frequent words that begin with what is typed.

    Nothing happens while an input method composes a syllable: the list follows what has been committed.
    """

    word_entered = Signal(str)  # by Enter, or by choosing a completion; never empty

    def __init__(
        self, session: Session, theme: Theme, parent: QWidget | None = None, with_icon: bool = True
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._theme = theme
        self._search = self.addAction(theme.icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self._search.setVisible(with_icon)
        self._completions = QStringListModel(self)
        self._completer = self._made_completer()
        self.setCompleter(self._completer)
        self.textEdited.connect(self._offer_completions)
        self.returnPressed.connect(self._enter_typed_word)
        self._completer.activated.connect(self._enter)
        theme.changed.connect(self._draw_icon)

    def completions(self) -> list[str]:
        """The words that are offered for what was typed last."""
        return self._completions.stringList()

    def mark_unknown(self, is_unknown: bool) -> None:
        """Give the field the border of what cannot be answered, until it is edited."""
        if bool(self.property("invalid")) != is_unknown:
            self.setProperty("invalid", is_unknown)
            self.style().unpolish(self)
            self.style().polish(self)

    def _made_completer(self) -> WordCompleter:
        """What offers the completions; a field of another kind has its own."""
        return WordCompleter(self._completions, self)

    def _offer_completions(self, typed: str) -> None:
        self.mark_unknown(False)
        vocabulary = self._session.vocabulary
        self._completions.setStringList(completions(vocabulary, typed) if vocabulary is not None else [])

    def _enter_typed_word(self) -> None:
        if not self._completer.has_choice():  # else `activated` follows
            self._completer.list_view.hide()
            self._enter(self.text())

    def _enter(self, word: str) -> None:
        word = word.strip()
        if word:
            self.setText(word)
            self.word_entered.emit(word)

    def _draw_icon(self) -> None:
        self._search.setIcon(self._theme.icon("search", "muted"))


class WordCompleter(QCompleter):
    """Shows the words of a list that has been narrowed already, in its own order."""

    def __init__(self, words: QStringListModel, parent: QObject | None = None) -> None:
        super().__init__(words, parent)
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setMaxVisibleItems(MOST_COMPLETIONS)
        self.list_view.setObjectName("completionList")
        # The completer's own delegate ignores the style sheet.
        self.list_view.setItemDelegate(QStyledItemDelegate(self.list_view))

    @property
    def list_view(self) -> QAbstractItemView:
        """What pops up under the field."""
        popup = self.popup()
        assert popup is not None  # Qt makes one when it is first asked for
        return popup

    def has_choice(self) -> bool:
        """Whether one of the words in sight is chosen."""
        return self.list_view.isVisible() and self.list_view.currentIndex().isValid()

    def splitPath(self, path: str) -> list[str]:
        return [normalised(path.strip(), lower=False)]


def completions(vocabulary: Vocabulary, typed: str) -> list[str]:
    """Words that begin with what is typed, as it is or in lower case; none for nothing."""
    typed = typed.strip()
    if not typed:
        return []
    index = _prefix_index(vocabulary)
    return index.words(typed, MOST_COMPLETIONS) or index.words(typed.lower(), MOST_COMPLETIONS)


@lru_cache(maxsize=1)
def _prefix_index(vocabulary: Vocabulary) -> PrefixIndex:
    """One index for all fields; a vocabulary never changes."""
    return PrefixIndex(vocabulary)
