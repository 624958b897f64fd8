"""Analogies to click: examples that the vocabulary can answer, those that the model answers right first."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from gloveui.core.analogy_questions import AnalogyAnswer, AnalogyQuestion
from gloveui.views.languages import Translated
from gloveui.views.models.vector_rows import shortened
from gloveui.views.widgets.chips import Chips

MARGINS = 30  # pixels of a chip beside its text, and to the next one
RIGHT = "✓ "


class AnalogyChips(Translated, QWidget):
    """As many examples as there is room for; a button brings others."""

    chosen = Signal(object)  # AnalogyQuestion

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._examples: tuple[AnalogyQuestion, ...] = ()
        self._right: frozenset[AnalogyQuestion] = frozenset()
        self._first = 0
        self._shown = 0
        self._lines = 1
        self.chips = Chips()
        self.more_button = QPushButton()
        self.more_button.setObjectName("analogyMoreExamples")
        self.more_button.setProperty("flat", True)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        line.addWidget(self.chips, 1)
        line.addWidget(self.more_button, 0, Qt.AlignmentFlag.AlignTop)
        self.chips.chosen.connect(self._choose)
        self.more_button.clicked.connect(self._show_others)
        self.retranslate()

    @property
    def examples(self) -> tuple[AnalogyQuestion, ...]:
        """All examples, in the order in which they are offered."""
        return self._examples

    def set_examples(self, examples: Sequence[AnalogyQuestion]) -> None:
        """Offer other examples; of none it is known yet whether it comes out right."""
        self._examples, self._right, self._first = tuple(examples), frozenset(), 0
        self._show()

    def mark_right(self, answers: Sequence[AnalogyAnswer]) -> None:
        """Put the examples first that were answered right, those that were answered otherwise last."""
        verdicts = {answer.question: answer.is_right for answer in answers}
        self._right = frozenset(question for question, is_right in verdicts.items() if is_right)
        groups: tuple[list[AnalogyQuestion], ...] = ([], [], [])
        for example in self._examples:
            verdict = verdicts.get(example)
            groups[0 if verdict else 1 if verdict is None else 2].append(example)
        self._examples = tuple(example for group in groups for example in group)
        self._first = 0
        self._show()

    def set_lines(self, lines: int) -> None:
        """Offer at most so many lines of examples."""
        if lines != self._lines:
            self._lines = lines
            self._show()

    def retranslate(self) -> None:
        self.more_button.setText("…")
        self.more_button.setToolTip(self.tr("Other examples"))
        self.more_button.setAccessibleName(self.tr("Other examples"))
        self.chips.set_action(self.tr("Ask {text}"))
        self.chips.setToolTip(
            self.tr("Examples whose words are all known; ✓: this model gives the usual answer")
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fitting() != self._shown:
            self._show()

    def _show(self) -> None:
        self._shown = self._fitting()
        shown = self._examples[self._first : self._first + self._shown]
        self.chips.set_texts([self._text(one) for one in shown])
        self.more_button.setVisible(len(self._examples) > self._shown)
        self.setVisible(bool(self._examples))

    def _fitting(self) -> int:
        """How many examples fit into the lines, at least one in each."""
        whole = self.width() - self.more_button.sizeHint().width() - MARGINS
        metrics, count, lines, room = self.fontMetrics(), 0, 1, whole
        for example in self._examples[self._first :]:
            needed = metrics.horizontalAdvance(self._text(example)) + MARGINS
            if needed > room and room < whole:
                lines, room = lines + 1, whole
            if lines > self._lines:
                break
            room -= needed
            count += 1
        return count

    def _text(self, example: AnalogyQuestion) -> str:
        a, b, c = (shortened(word) for word in example.given)
        return f"{RIGHT if example in self._right else ''}{a} : {b} = {c}"

    def _show_others(self) -> None:
        self._first += self._shown
        if self._first >= len(self._examples):
            self._first = 0
        self._show()

    def _choose(self, text: str) -> None:
        found = [example for example in self._examples if self._text(example) == text]
        if found:
            self.chosen.emit(found[0])
