"""The fields of an analogy: three words, and the one that is expected."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from gloveui.core.analogy_questions import AnalogyQuestion
from gloveui.state.session import Session
from gloveui.views.languages import Translated
from gloveui.views.models.vector_rows import shortened
from gloveui.views.theme import Theme
from gloveui.views.widgets.word_edit import WordEdit

NAMES = ("analogyA", "analogyB", "analogyC", "analogyExpected")


class AnalogyFields(Translated, QWidget):
    """a : b = c : expected; Enter asks, or goes to the first of the three that is empty."""

    asked = Signal()

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.all_edits = [WordEdit(session, theme, with_icon=False) for _ in NAMES]
        self.edits, self.expected_edit = self.all_edits[:3], self.all_edits[3]
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        for edit, name, sign in zip(self.all_edits, NAMES, (":", "=", ":", ""), strict=True):
            edit.setObjectName(name)
            edit.setMinimumWidth(56)
            edit.word_entered.connect(self._enter)
            line.addWidget(edit, 1)
            if sign:
                line.addWidget(_sign(sign))
        self.expected_edit.editingFinished.connect(self._take_back_expected)
        self._expected = ""
        self.retranslate()

    @property
    def question(self) -> AnalogyQuestion:
        """What stands in the fields."""
        return AnalogyQuestion(*(edit.text().strip() for edit in self.all_edits))

    def set_question(self, question: AnalogyQuestion) -> None:
        """Fill in other words."""
        for edit, word in zip(self.all_edits, (*question.given, question.expected), strict=True):
            edit.setText(word)
        self._expected = question.expected

    def mark_unknown(self, unknown: tuple[str, ...]) -> None:
        """Mark the fields whose words the vocabulary does not have."""
        for edit in self.all_edits:
            edit.mark_unknown(edit.text().strip() in unknown)

    def retranslate(self) -> None:
        names = (self.tr("first"), self.tr("second"), self.tr("third"), self.tr("expected"))
        for edit, name in zip(self.all_edits, names, strict=True):
            edit.setPlaceholderText(name)
            edit.setAccessibleName(name)
        self.expected_edit.setPlaceholderText("?")
        self.expected_edit.setToolTip(self.tr("The answer that you expect, if you like: its place is told"))

    def _enter(self) -> None:
        missing = [edit for edit in self.edits if not edit.text().strip()]
        if missing:
            missing[0].setFocus()
        self._expected = self.expected_edit.text().strip()
        self.asked.emit()

    def _take_back_expected(self) -> None:
        """Ask again when the expected word is taken out: an empty field enters nothing."""
        if self._expected and not self.expected_edit.text().strip():
            self._expected = ""
            self.asked.emit()


def named(words: tuple[str, ...]) -> str:
    """Words in a row, none longer than can be read."""
    return ", ".join(shortened(word) for word in words)


def _sign(text: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
