"""The answer to a question: words, each with its score, its count and its rank by frequency."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont

from gloveui.core.queries import Neighbour
from gloveui.views.models.table_cells import AT_LEFT, AT_RIGHT, FlatTable
from gloveui.views.models.vector_rows import shortened
from gloveui.views.numbers import grouped
from gloveui.views.widgets.plain_tooltip import plain_tooltip

WORD, SCORE, COUNT, RANK, SEEDS = range(5)
DECIMALS = 3  # of cosines
FIGURES = 4  # of other scores, at least


class NeighbourTableModel(FlatTable):
    """Words, best first; ``Qt.UserRole`` of the score is the number itself."""

    COLUMNS = SEEDS + 1
    NUMBERS = (COUNT, RANK, SEEDS)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._neighbours: tuple[Neighbour, ...] = ()
        self._score_name, self._score_tip = "", ""
        self._decimals = DECIMALS
        self._first_font: QFont | None = None
        self._seeds, self._agreeing = 0, tuple[int | None, ...]()

    @property
    def seeds(self) -> int:
        """Of how many other trainings it is known whether they have these words, too."""
        return self._seeds

    @property
    def neighbours(self) -> tuple[Neighbour, ...]:
        """What is shown, best first."""
        return self._neighbours

    def set_neighbours(self, neighbours: Sequence[Neighbour]) -> None:
        """Show another answer."""
        self.beginResetModel()
        self._neighbours = tuple(neighbours)
        self._seeds, self._agreeing = 0, ()
        self._decimals = decimals_for([neighbour.score for neighbour in neighbours])
        self.endResetModel()

    def set_seeds(self, seeds: int, agreeing: Sequence[int | None]) -> None:
        """Tell of each word how many of so many other trainings have it, too; None where nobody asked."""
        self._seeds, self._agreeing = seeds, tuple(agreeing)
        if self._neighbours:
            self.dataChanged.emit(self.index(0, SEEDS), self.index(len(self._neighbours) - 1, SEEDS))

    def set_score_name(self, name: str, tip: str = "") -> None:
        """The heading of the scores and what it means, translated already; the others are read again, too."""
        self._score_name, self._score_tip = name, tip
        self.refresh_headings()

    def set_first_off(self, font: QFont | None) -> None:
        """Write the first word in another font: it is the one that was looked for; None for no such word."""
        self._first_font = font

    def word_at(self, row: int) -> str:
        """The word of a row."""
        return self._neighbours[row].word

    def score_text(self, score: float) -> str:
        """A score as this answer shows it, with as many decimals as all the others."""
        return f"{score:.{self._decimals}f}"

    def row_of(self, word: str) -> int | None:
        """The row of a word; None if it is no answer."""
        rows = (row for row, neighbour in enumerate(self._neighbours) if neighbour.word == word)
        return next(rows, None)

    def row_total(self) -> int:
        return len(self._neighbours)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if not index.isValid():
            return None
        neighbour, column = self._neighbours[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._agreement_text(index.row()) if column == SEEDS else self._text(neighbour, column)
        if role == Qt.ItemDataRole.UserRole:
            return self._agreement(index.row()) if column == SEEDS else self._score(neighbour, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(shortened(neighbour.word)) if column == WORD else None
        if role == Qt.ItemDataRole.FontRole:
            return self._first_font if index.row() == 0 and column == WORD else None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return AT_LEFT if column == WORD else AT_RIGHT
        return None

    def heading(self, column: int) -> str:
        names = self.tr("word"), self._score_name, self.tr("count"), self.tr("rank"), self.tr("seeds")
        return names[column]

    def heading_tip(self, column: int) -> str:
        rank = self.tr("By frequency: 1 is the most frequent word")
        seeds = self.tr(
            "How many of {count} trainings with other random seeds have the word among theirs, too"
        )
        return {SCORE: self._score_tip, RANK: rank, SEEDS: seeds.format(count=self._seeds)}.get(column, "")

    def _score(self, neighbour: Neighbour, column: int) -> float | None:
        return neighbour.score if column == SCORE else None

    def _agreement(self, row: int) -> tuple[int, int] | None:
        """How many trainings have the word of a row, and how many there are."""
        agreeing = self._agreeing[row] if row < len(self._agreeing) else None
        return None if agreeing is None else (agreeing, self._seeds)

    def _agreement_text(self, row: int) -> str:
        agreement = self._agreement(row)
        return "–" if agreement is None else f"{agreement[0]}/{agreement[1]}"

    def _text(self, neighbour: Neighbour, column: int) -> str:
        if column == WORD:
            return shortened(neighbour.word)
        if column == SCORE:
            return self.score_text(neighbour.score)
        return grouped(neighbour.count if column == COUNT else neighbour.index + 1)


def decimals_for(scores: Sequence[float]) -> int:
    """Decimals for a column of scores: three for cosines, fewer where the largest has many figures."""
    largest = max(map(abs, scores), default=0.0)
    return max(0, min(DECIMALS, FIGURES - len(str(int(largest)))))
