"""The words that a person keeps at hand: pinned ones, and the list that was made last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from gloveui.core.analogy_questions import AnalogyQuestion


@dataclass(frozen=True, slots=True)
class WordList:
    """Words that were chosen together, most frequent first, and how they were chosen, as a person is told."""

    words: tuple[str, ...]
    origin: str = ""


class WordChoice(QObject):
    """Pinned words, which are watched while a training runs, and a list of words that panels can work on."""

    pinned_changed = Signal()
    listed_changed = Signal()
    analogy_asked = Signal(object)  # AnalogyQuestion

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pinned: tuple[str, ...] = ()
        self._listed: WordList | None = None

    @property
    def pinned(self) -> tuple[str, ...]:
        """Words that are watched, in the order in which they were pinned."""
        return self._pinned

    @property
    def listed(self) -> WordList | None:
        """The list that was made last; None if there is none."""
        return self._listed

    def pin(self, word: str) -> None:
        """Watch a word as well."""
        if word and word not in self._pinned:
            self.set_pinned((*self._pinned, word))

    def unpin(self, word: str) -> None:
        """Watch a word no longer."""
        self.set_pinned([other for other in self._pinned if other != word])

    def set_pinned(self, words: Sequence[str]) -> None:
        """Watch these words and no others."""
        if tuple(words) != self._pinned:
            self._pinned = tuple(words)
            self.pinned_changed.emit()

    def set_listed(self, words: WordList | None) -> None:
        """Let panels work on another list, or on none."""
        if words != self._listed:
            self._listed = words
            self.listed_changed.emit()

    def ask_analogy(self, question: AnalogyQuestion) -> None:
        """Let an analogy be asked and shown with everything that is known of its answer."""
        self.analogy_asked.emit(question)
