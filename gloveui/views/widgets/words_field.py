"""A list of words, typed by hand or taken over from another view."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from gloveui.state.session import Session
from gloveui.views.languages import Translated
from gloveui.views.models.similarity_question import known_words
from gloveui.views.models.spelling import nearest_spellings
from gloveui.views.models.vector_rows import shortened
from gloveui.views.numbers import grouped
from gloveui.views.theme import Theme
from gloveui.views.widgets.chips import Chips
from gloveui.views.widgets.elided_label import ElidedLabel
from gloveui.views.widgets.plain_tooltip import plain_tooltip
from gloveui.views.widgets.word_list_edit import WordListEdit

MOST_CHIPS = 16
FIRST_WORDS = 6  # of a list too long for buttons


class WordsField(Translated, QWidget):
    """Each word a button that takes it away; of a long list, its first words and one that takes away all."""

    changed = Signal()

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._theme = session, theme
        self._words: tuple[str, ...] = ()
        self._unknown: tuple[str, ...] = ()
        self._is_own = False
        self.edit = WordListEdit(session, theme)
        self.list_button, self.clear_button = QToolButton(), QToolButton()
        self.list_button.setProperty("quiet", True)
        self.clear_button.setProperty("quiet", True)
        self.summary, self.problem = ElidedLabel(), ElidedLabel()
        self.problem.setProperty("problem", True)
        self.spellings = Chips()
        self._arrange()
        self._connect()
        self._draw_icon()
        self.retranslate()

    @property
    def words(self) -> tuple[str, ...]:
        """The list, in the order in which it was made."""
        return self._words

    @property
    def is_own(self) -> bool:
        """Whether a person has typed any of it."""
        return self._is_own

    def set_words(self, words: Sequence[str]) -> None:
        """Show another list without telling."""
        self._words, self._unknown, self._is_own = tuple(words), (), False
        self.retranslate()

    def retranslate(self) -> None:
        self.edit.edit.setPlaceholderText(self.tr("Add words, with commas or spaces between them"))
        self.edit.edit.setAccessibleName(self.tr("List of words"))
        self.edit.chips.setToolTip(self.tr("A click takes a word away"))
        self.edit.chips.set_action(self.tr("Take away {text}"))
        self.clear_button.setToolTip(self.tr("Take away all words"))
        self.clear_button.setAccessibleName(self.tr("Take away all words"))
        self._show_words()
        self._offer_list()

    def _arrange(self) -> None:
        top, long = QHBoxLayout(), QHBoxLayout()
        for row, widgets in ((top, (self.edit, self.list_button)), (long, (self.summary, self.clear_button))):
            row.setSpacing(8)
            row.addWidget(widgets[0], 1)
            row.addWidget(widgets[1])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(top)
        column.addLayout(long)
        column.addWidget(self.problem)
        column.addWidget(self.spellings)

    def _connect(self) -> None:
        self.edit.words_entered.connect(self._add)
        self.edit.word_removed.connect(self._remove)
        self.spellings.chosen.connect(self._add_one)
        self.list_button.clicked.connect(self._take_list)
        self.clear_button.clicked.connect(self._clear)
        self._session.words.listed_changed.connect(self._offer_list)
        self._theme.changed.connect(self._draw_icon)

    def _show_words(self) -> None:
        is_long = len(self._words) > MOST_CHIPS
        self.edit.set_words(() if is_long else self._words)
        self.summary.setVisible(is_long)
        self.clear_button.setVisible(is_long)
        first = ", ".join(shortened(word) for word in self._words[:FIRST_WORDS])
        text = self.tr("{count} words: {words} …").format(count=grouped(len(self._words)), words=first)
        self.summary.setText(text)
        unknown = ", ".join(shortened(word) for word in self._unknown)
        self.problem.setText(self.tr("Not in the vocabulary: {words}").format(words=unknown))
        self.problem.setVisible(bool(self._unknown))
        vocabulary = self._session.vocabulary
        near: Sequence[str] = ()
        if vocabulary is not None and self._unknown:
            near = nearest_spellings(vocabulary, self._unknown[-1])
        self.spellings.set_texts(near)

    def _offer_list(self) -> None:
        """A list that was made elsewhere is one click away, unless it is the one in sight."""
        listed = self._session.words.listed
        is_other = listed is not None and bool(listed.words) and listed.words != self._words
        self.list_button.setVisible(is_other)
        if listed is not None:
            text = self.tr("Take the list ({count})").format(count=grouped(len(listed.words)))
            self.list_button.setText(text)
            first = ", ".join(shortened(word) for word in listed.words[:FIRST_WORDS])
            self.list_button.setToolTip(plain_tooltip(f"{listed.origin}\n{first} …".strip()))

    def _take_list(self) -> None:
        listed = self._session.words.listed
        if listed is not None:
            self._change(listed.words, is_own=False)

    def _add_one(self, word: str) -> None:
        self._add([word])

    def _add(self, typed: list[str]) -> None:
        vocabulary = self._session.vocabulary
        if vocabulary is not None:
            known, unknown = known_words(vocabulary, tuple(typed))
            self._change(tuple(dict.fromkeys([*self._words, *known])), unknown)

    def _remove(self, word: str) -> None:
        self._change(tuple(other for other in self._words if other != word))

    def _clear(self) -> None:
        self._change((), is_own=False)

    def _change(self, words: tuple[str, ...], unknown: tuple[str, ...] = (), is_own: bool = True) -> None:
        is_new = words != self._words
        self._words, self._unknown, self._is_own = words, unknown, is_own
        self._show_words()
        self._offer_list()
        if is_new:
            self.changed.emit()

    def _draw_icon(self) -> None:
        self.clear_button.setIcon(self._theme.icon("close"))
