"""The answer to a question: words, each with its score and its count."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt

from gloveui.core.queries import Neighbour
from gloveui.views.models.table_cells import AT_LEFT, AT_RIGHT, FlatTable
from gloveui.views.models.vector_rows import shortened
from gloveui.views.numbers import grouped
from gloveui.views.widgets.plain_tooltip import plain_tooltip

WORD, SCORE, COUNT = range(3)


class NeighbourTableModel(FlatTable):
    """Words, best first; ``Qt.UserRole`` of the score is the number itself."""

    COLUMNS = COUNT + 1

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._neighbours: tuple[Neighbour, ...] = ()
        self._score_name = ""

    @property
    def neighbours(self) -> tuple[Neighbour, ...]:
        """What is shown, best first."""
        return self._neighbours

    def set_neighbours(self, neighbours: Sequence[Neighbour]) -> None:
        """Show another answer."""
        self.beginResetModel()
        self._neighbours = tuple(neighbours)
        self.endResetModel()

    def set_score_name(self, name: str) -> None:
        """The heading of the scores, translated already; the other headings are read again, too."""
        self._score_name = name
        self.refresh_headings()

    def word_at(self, row: int) -> str:
        """The word of a row."""
        return self._neighbours[row].word

    def row_total(self) -> int:
        return len(self._neighbours)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if not index.isValid():
            return None
        neighbour, column = self._neighbours[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return (shortened(neighbour.word), f"{neighbour.score:.3f}", grouped(neighbour.count))[column]
        if role == Qt.ItemDataRole.UserRole:
            return neighbour.score if column == SCORE else None
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(shortened(neighbour.word)) if column == WORD else None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return AT_LEFT if column == WORD else AT_RIGHT
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return AT_LEFT if section != COUNT else AT_RIGHT
        if role == Qt.ItemDataRole.DisplayRole:
            return (self.tr("word"), self._score_name, self.tr("count"))[section]
        return None
