"""Words with scores and counts, narrowed and put in order as a person likes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt

from gloveui.core.text import normalised
from gloveui.views.models.table_cells import AT_LEFT, AT_RIGHT, ROOT, FlatTable
from gloveui.views.models.vector_rows import shortened
from gloveui.views.numbers import grouped
from gloveui.views.widgets.plain_tooltip import plain_tooltip

ORDERS = ("least", "most", "frequent")
WORD, FIRST_SCORE = 0, 1


@dataclass(frozen=True, eq=False)
class ScoreColumn:
    """A heading with what it means, and a number for each word in so many decimals; counts have None."""

    name: str
    tip: str
    values: NDArray[np.float64] | NDArray[np.int64] | NDArray[np.int32]
    decimals: int | None = None

    def text(self, place: int) -> str:
        """The number of a word as it is written."""
        value = self.values[place]
        return grouped(int(value)) if self.decimals is None else f"{value:.{self.decimals}f}"


class ScoredWordsModel(FlatTable):
    """``Qt.UserRole`` of a number is the number itself; the first score decides the order."""

    COLUMNS = 1

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words: Sequence[str] = ()
        self._columns: tuple[ScoreColumn, ...] = ()
        self._counts: NDArray[np.int64] | None = None
        self._rows = np.empty(0, np.int64)
        self._wanted = ("", 0, ORDERS[0])

    @property
    def places(self) -> NDArray[np.int64]:
        """int64, shape (rows,): the number of the word in each row."""
        return self._rows

    @property
    def columns(self) -> tuple[ScoreColumn, ...]:
        """What stands beside the words."""
        return self._columns

    def show(
        self, words: Sequence[str], columns: Sequence[ScoreColumn], counts: NDArray[np.int64] | None
    ) -> None:
        """Show other words, most frequent first; they are narrowed and in order as those before."""
        self.beginResetModel()
        self._words, self._columns, self._counts = words, tuple(columns), counts
        self._arrange()
        self.endResetModel()

    def narrow(self, text: str, least_count: int, order: str) -> None:
        """Show words that contain a text and occur so often, in one of the `ORDERS`."""
        if (text, least_count, order) != self._wanted:
            self.beginResetModel()
            self._wanted = text, least_count, order
            self._arrange()
            self.endResetModel()

    def word_at(self, row: int) -> str:
        """The word of a row."""
        return self._words[int(self._rows[row])]

    def row_total(self) -> int:
        return len(self._rows)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = ROOT) -> int:
        return 0 if parent.isValid() else FIRST_SCORE + len(self._columns)

    def heading(self, column: int) -> str:
        return self.tr("word") if column == WORD else self._columns[column - FIRST_SCORE].name

    def heading_tip(self, column: int) -> str:
        return "" if column == WORD else self._columns[column - FIRST_SCORE].tip

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if role == Qt.ItemDataRole.TextAlignmentRole and orientation == Qt.Orientation.Horizontal:
            return AT_LEFT if section <= FIRST_SCORE else AT_RIGHT
        return super().headerData(section, orientation, role)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if not index.isValid():
            return None
        column, place = index.column(), int(self._rows[index.row()])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return AT_LEFT if column == WORD else AT_RIGHT
        if column == WORD:
            word = shortened(self._words[place])
            if role == Qt.ItemDataRole.ToolTipRole:
                return plain_tooltip(word)
            return word if role == Qt.ItemDataRole.DisplayRole else None
        score = self._columns[column - FIRST_SCORE]
        if role == Qt.ItemDataRole.DisplayRole:
            return score.text(place)
        return float(score.values[place]) if role == Qt.ItemDataRole.UserRole else None

    def _arrange(self) -> None:
        text, least_count, order = self._wanted
        rows = np.arange(len(self._words))
        if text:
            asked = normalised(text, lower=True)
            rows = np.array([row for row in rows.tolist() if asked in self._words[row].lower()], np.int64)
        if self._counts is not None and least_count:
            rows = rows[self._counts[rows] >= least_count]
        if order != "frequent" and self._columns:
            scores = self._columns[0].values[rows].astype(np.float64).round(12)
            rows = rows[np.argsort(scores if order == "least" else -scores, kind="stable")]
        self._rows = rows
