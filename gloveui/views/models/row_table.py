"""The contexts of two words, the most probable ones of one of them first."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt

from gloveui.views.models.table_cells import AT_LEFT, AT_RIGHT, FlatTable
from gloveui.views.models.vector_rows import shortened
from gloveui.views.probability_texts import count_text, probability_text
from gloveui.views.widgets.plain_tooltip import plain_tooltip

CONTEXT, FIRST, SECOND = range(3)


@dataclass(frozen=True, slots=True)
class ContextRow:
    """A context word k with X_ik, X_jk and P(k|i), P(k|j)."""

    context: str
    counts: tuple[float, float]
    probabilities: tuple[float, float]


class RowTableModel(FlatTable):
    """P(k|i) and P(k|j) by context word; ``Qt.UserRole`` is the probability itself."""

    COLUMNS = SECOND + 1

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = ("i", "j")
        self._rows: tuple[ContextRow, ...] = ()

    @property
    def rows(self) -> tuple[ContextRow, ...]:
        """What is shown, from the top."""
        return self._rows

    def set_rows(self, words: tuple[str, str], rows: tuple[ContextRow, ...]) -> None:
        """Show other contexts."""
        self.beginResetModel()
        self._words, self._rows = words, rows
        self.endResetModel()

    def pair_at(self, index: QModelIndex) -> tuple[str, str] | None:
        """The word and the context word whose count a cell shows; None where it shows none."""
        if index.column() == CONTEXT:
            return None
        return self._words[index.column() - FIRST], self._rows[index.row()].context

    def row_total(self) -> int:
        return len(self._rows)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], index.column()
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return AT_LEFT if column == CONTEXT else AT_RIGHT
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(self._tooltip(row, column))
        if column == CONTEXT:
            return shortened(row.context) if role == Qt.ItemDataRole.DisplayRole else None
        probability = row.probabilities[column - FIRST]
        if role == Qt.ItemDataRole.DisplayRole:
            return probability_text(probability)
        return probability if role == Qt.ItemDataRole.UserRole else None

    def heading(self, column: int) -> str:
        if column == CONTEXT:
            return self.tr("context k")
        return f"P(k|{shortened(self._words[column - FIRST])})"

    def _tooltip(self, row: ContextRow, column: int) -> str:
        if column == CONTEXT:
            return row.context + "\n" + self.tr("Click or press Enter to make it a probe word.")
        number = self.tr("X of “{word}” and “{context}”: {count}").format(
            word=self._words[column - FIRST],
            context=row.context,
            count=count_text(row.counts[column - FIRST]),
        )
        return number + "\n" + self.tr("Click or press Enter to see the sentences.")
