"""The neighbours of a word in several models: a column for each model, the nearest at the top."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt

from gloveui.core.comparison import ComparedNeighbour, ComparedNeighbours
from gloveui.views.models.table_cells import ROOT, FlatTable
from gloveui.views.models.vector_rows import shortened
from gloveui.views.widgets.plain_tooltip import plain_tooltip

WORD, MARK, SCORE, IS_LIT = (int(Qt.ItemDataRole.UserRole) + number for number in range(4))
ALL, SOME, ALONE, UNKNOWN = MARKS = ("all", "some", "alone", "unknown")


def mark_of(one: ComparedNeighbour, asked: int) -> str:
    """How many of the models that were asked share a neighbour, as one of `MARKS`."""
    if one.models == asked:
        return ALL
    if one.models > 1:
        return SOME
    return UNKNOWN if one.missing == asked - 1 else ALONE


class ComparedTableModel(FlatTable):
    """One word may be lit: it is set off wherever it stands."""

    COLUMNS = 0  # as many as there are models

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._names: tuple[str, ...] = ()
        self._compared = ComparedNeighbours("", ())
        self._lit = ""
        self._k = 0

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the models."""
        return self._names

    def show(self, names: Sequence[str], compared: ComparedNeighbours, k: int) -> None:
        """Show other lists of at most `k` words."""
        self.beginResetModel()
        self._names, self._compared, self._k, self._lit = tuple(names), compared, k, ""
        self.endResetModel()

    def light(self, word: str) -> None:
        """Set off a word in all columns; empty for none."""
        if word != self._lit:
            self._lit = word
            corner = self.index(self.rowCount() - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), corner, [IS_LIT])

    def row_total(self) -> int:
        longest = max((len(column) for column in self._compared.columns if column is not None), default=0)
        return max(1, longest) if self._names else 0

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = ROOT) -> int:
        return 0 if parent.isValid() else len(self._names)

    def heading(self, column: int) -> str:
        return self._names[column].replace("&", "&&")

    def heading_tip(self, column: int) -> str:
        return self._names[column]

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if not index.isValid():
            return None
        column = self._compared.columns[index.column()]
        if column is None:
            is_first = index.row() == 0 and role == Qt.ItemDataRole.DisplayRole
            return self.tr("does not have this word") if is_first else None
        return self._about(column[index.row()], role) if index.row() < len(column) else None

    def _about(self, one: ComparedNeighbour, role: int) -> object:
        if role == Qt.ItemDataRole.DisplayRole:
            return shortened(one.neighbour.word)
        if role == WORD:
            return one.neighbour.word
        if role == MARK:
            return mark_of(one, self._compared.asked)
        if role == SCORE:
            return f"{one.neighbour.score:.3f}"
        if role == IS_LIT:
            return one.neighbour.word == self._lit
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            text = self._told(one)
            return plain_tooltip(text) if role == Qt.ItemDataRole.ToolTipRole else text
        return None

    def _told(self, one: ComparedNeighbour) -> str:
        lines = [f"{shortened(one.neighbour.word)}  {one.neighbour.score:.3f}"]
        if self._compared.asked > 1:
            shared = self.tr("Among the {k} nearest in {count} of {models} models")
            lines.append(shared.format(k=self._k, count=one.models, models=self._compared.asked))
        if one.missing:
            lines.append(self.tr("Models that do not have this word: {count}").format(count=one.missing))
        return "\n".join(lines)
