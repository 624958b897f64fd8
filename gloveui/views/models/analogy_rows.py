"""Several analogies, one a row, with what a model answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt

from gloveui.core.analogy_questions import AnalogyAnswer, AnalogyQuestion
from gloveui.storage.export import Cell
from gloveui.views.models.table_cells import AT_LEFT, AT_RIGHT, FlatTable
from gloveui.views.models.vector_rows import shortened
from gloveui.views.numbers import grouped
from gloveui.views.widgets.plain_tooltip import plain_tooltip

QUESTION, ANSWER, EXPECTED, RANK, SCORE = range(5)
VERDICT = Qt.ItemDataRole.UserRole + 1  # True: right, False: wrong, None: neither
SIGNS = {True: "✓ ", False: "✗ ", None: ""}
NOTHING = "–"


class AnalogyRowsModel(FlatTable):
    """Questions in their order; answers come one after another."""

    COLUMNS = SCORE + 1
    NUMBERS = (RANK, SCORE)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._questions: tuple[AnalogyQuestion, ...] = ()
        self._answers: list[AnalogyAnswer] = []

    @property
    def questions(self) -> tuple[AnalogyQuestion, ...]:
        """What is asked."""
        return self._questions

    @property
    def answers(self) -> Sequence[AnalogyAnswer]:
        """What has been answered, in the order of the questions."""
        return self._answers

    def set_questions(self, questions: Sequence[AnalogyQuestion]) -> None:
        """Ask other things; nothing is answered yet."""
        self.beginResetModel()
        self._questions, self._answers = tuple(questions), []
        self.endResetModel()

    def add_answers(self, answers: Sequence[AnalogyAnswer]) -> None:
        """Take in answers to the questions that come next."""
        first = len(self._answers)
        self._answers.extend(answers)
        if answers:
            self.dataChanged.emit(self.index(first, 0), self.index(len(self._answers) - 1, SCORE))

    def forget_answers(self) -> None:
        """Ask the same things anew."""
        self._answers = []
        if self._questions:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._questions) - 1, SCORE))

    def question_at(self, row: int) -> AnalogyQuestion:
        """The question of a row."""
        return self._questions[row]

    def rows(self) -> Iterator[list[Cell]]:
        """Everything, headings first."""
        headings = [self.tr("a"), self.tr("b"), self.tr("c"), self.tr("expected"), self.tr("answer")]
        yield [*headings, self.tr("right"), self.tr("place"), self.tr("score")]
        for question, answer in zip(self._questions, self._answers, strict=False):
            best = answer.best
            found: list[Cell] = ["", ""] if best is None else [best.word, best.score]
            right = "" if answer.is_right is None else int(answer.is_right)
            yield [*question.given, question.expected, found[0], right, answer.expected_rank or "", found[1]]

    def row_total(self) -> int:
        return len(self._questions)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return AT_RIGHT if column in (RANK, SCORE) else AT_LEFT
        answer = self._answers[row] if row < len(self._answers) else None
        if role == VERDICT:
            return answer.is_right if answer is not None and column == ANSWER else None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(self._questions[row], answer, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(self._tooltip(self._questions[row], answer, column))
        return None

    def heading(self, column: int) -> str:
        names = (self.tr("a : b = c"), self.tr("answer"), self.tr("expected"))
        return (*names, self.tr("place"), self.tr("score"))[column]

    def heading_tip(self, column: int) -> str:
        return self.tr("Place of the expected word among the answers") if column == RANK else ""

    def _text(self, question: AnalogyQuestion, answer: AnalogyAnswer | None, column: int) -> str:
        if column == QUESTION:
            a, b, c = (shortened(word) for word in question.given)
            return f"{a} : {b} = {c}"
        if column == EXPECTED:
            return shortened(question.expected)
        if answer is None:
            return "…" if column == ANSWER else ""
        if column == RANK:
            return grouped(answer.expected_rank) if answer.expected_rank else NOTHING
        if answer.best is None:
            return self.tr("unknown word") if column == ANSWER and answer.unknown else NOTHING
        if column == SCORE:
            return f"{answer.best.score:.3f}"
        return SIGNS[answer.is_right] + shortened(answer.best.word)

    def _tooltip(self, question: AnalogyQuestion, answer: AnalogyAnswer | None, column: int) -> str:
        if answer is not None and answer.unknown:
            words = ", ".join(shortened(word) for word in answer.unknown)
            return self.tr("Not in the vocabulary: {words}").format(words=words)
        if column != ANSWER or answer is None or answer.is_right is None:
            return self._text(question, None, QUESTION)
        return self.tr("right") if answer.is_right else self.tr("wrong")
