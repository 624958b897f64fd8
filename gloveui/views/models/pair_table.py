"""Two words compared by every metric: their score, and the rank of each for the other."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt

from gloveui.core.queries import METRICS
from gloveui.views.models.similarity_question import PairFact
from gloveui.views.models.table_cells import AT_LEFT, AT_RIGHT, FlatTable
from gloveui.views.models.vector_rows import shortened
from gloveui.views.numbers import grouped
from gloveui.views.probability_texts import NONE
from gloveui.views.widgets.plain_tooltip import plain_tooltip

METRIC, SCORE, FIRST_RANK, SECOND_RANK = range(4)
LONGEST_WORD = 14


class PairTableModel(FlatTable):
    """A row a metric; ``Qt.UserRole`` of a cosine is the number itself."""

    COLUMNS = SECOND_RANK + 1
    NUMBERS = (SCORE, FIRST_RANK, SECOND_RANK)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = ("", "")
        self._facts: tuple[PairFact, ...] = ()

    @property
    def facts(self) -> tuple[PairFact, ...]:
        """What is shown, from the top."""
        return self._facts

    def show_facts(self, words: tuple[str, str], facts: tuple[PairFact, ...]) -> None:
        """Show another pair."""
        self.beginResetModel()
        self._words, self._facts = words, facts
        self.endResetModel()

    def row_total(self) -> int:
        return len(self._facts)

    def metric_name(self, metric: str) -> str:
        """The name of a metric in the language in use."""
        names = (self.tr("Cosine"), self.tr("Dot product"), self.tr("Distance"))
        return names[METRICS.index(metric)]

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if not index.isValid():
            return None
        fact, column = self._facts[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(fact, column)
        if role == Qt.ItemDataRole.UserRole:
            return fact.score if column == SCORE and fact.metric == "cosine" else None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return AT_LEFT if column == METRIC else AT_RIGHT
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(self._tip(fact, column))
        return None

    def heading(self, column: int) -> str:
        first, second = (_short(word) for word in self._words)
        rank = self.tr("rank of {word}")
        return ("", self.tr("value"), rank.format(word=second), rank.format(word=first))[column]

    def _text(self, fact: PairFact, column: int) -> str:
        if column == METRIC:
            return self.metric_name(fact.metric)
        if column == SCORE:
            return f"{fact.score:.3f}"
        rank = fact.ranks[column - FIRST_RANK]
        return grouped(rank) if rank else NONE

    def _tip(self, fact: PairFact, column: int) -> str:
        if column not in (FIRST_RANK, SECOND_RANK):
            return ""
        of, word = self._words if column == FIRST_RANK else reversed(self._words)
        if not fact.ranks[column - FIRST_RANK]:
            return self.tr("Only one of the words that are compared has a rank")
        text = self.tr("“{word}” is number {rank} among the words nearest to “{of}”")
        rank = grouped(fact.ranks[column - FIRST_RANK])
        return text.format(word=shortened(word), of=shortened(of), rank=rank)


def _short(word: str) -> str:
    return word if len(word) <= LONGEST_WORD else word[: LONGEST_WORD - 1] + "…"
