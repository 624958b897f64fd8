"""A whole look-up table as rows that can be filtered and sorted at once."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Qt

from gloveui.core.lookup import LookupTable
from gloveui.core.text import normalised
from gloveui.views.models.vector_rows import FIRST_VALUE, INDEX, WORD, VectorRowsModel

UNSORTED = -1


class EmbeddingTableModel(VectorRowsModel):
    """All rows of a table, or those whose word holds a text; an array of ids stands for proxies.

    While no column is sorted, rows are in the order of their ids; under a filter the word itself comes first,
    then words that begin with the text.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._filter = ""
        self._column, self._order = UNSORTED, Qt.SortOrder.AscendingOrder
        self._words: _FoldedWords | None = None

    @property
    def filter_text(self) -> str:
        """What the shown words must hold, in lower case."""
        return self._filter

    def set_table(self, table: LookupTable | None) -> None:
        """Show another table, under the present filter and order."""
        self.beginResetModel()
        self._table = table
        self._words = _FoldedWords(table.vocabulary.words) if table is not None else None
        if table is None or self._column >= FIRST_VALUE + table.dimension:
            self._column = UNSORTED
        self._ids = self._arranged()
        self.endResetModel()

    def set_filter(self, text: str) -> None:
        """Show only words that hold a text, whatever its case and form."""
        text = normalised(text.strip(), lower=True)
        if text != self._filter:
            self._filter = text
            self._rearrange()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order the rows by a column, equal ones by id; a column below 0 takes the order away."""
        if (column, order) != (self._column, self._order):
            self._column, self._order = column, order
            self._rearrange()

    def row_of(self, word: str) -> int | None:
        """The row that shows a word; None if there is none."""
        index = self._table.vocabulary.get(word) if self._table is not None else None
        if index is None:
            return None
        places = np.flatnonzero(self._ids == index)
        return int(places[0]) if len(places) else None

    def hides(self, word: str) -> bool:
        """Whether the table has a word and the filter leaves it out."""
        is_there = self._table is not None and self._table.vocabulary.get(word) is not None
        return is_there and self.row_of(word) is None

    def _rearrange(self) -> None:
        self.beginResetModel()
        self._ids = self._arranged()
        self.endResetModel()

    def _arranged(self) -> NDArray[np.int64]:
        """int64: the ids to show, in order."""
        if self._table is None or self._words is None:
            return np.empty(0, np.int64)
        ids = self._words.that_hold(self._filter) if self._filter else np.arange(len(self._table))
        if self._column == UNSORTED:
            return ids
        ids = np.sort(ids)
        keys = self._keys(self._table, self._words, ids)
        is_falling = self._order == Qt.SortOrder.DescendingOrder
        return np.asarray(ids[np.argsort(-keys if is_falling else keys, kind="stable")], np.int64)

    def _keys(
        self, table: LookupTable, words: _FoldedWords, ids: NDArray[np.int64]
    ) -> NDArray[np.int64] | NDArray[np.float32]:
        """What rows are ordered by: numbers, one for each id."""
        if self._column == WORD:
            return words.ranks[ids]
        return ids if self._column == INDEX else table.vectors[ids, self._column - FIRST_VALUE]


class _FoldedWords:
    """Words without regard to case, for searching and for the alphabet; made when first needed."""

    def __init__(self, words: tuple[str, ...]) -> None:
        self._own = words

    @cached_property
    def _folded(self) -> list[str]:
        return [normalised(word, lower=True) for word in self._own]

    @cached_property
    def ranks(self) -> NDArray[np.int64]:
        """int64, shape (V,): the place of each word in the alphabet."""
        order = sorted(range(len(self._folded)), key=self._folded.__getitem__)
        ranks = np.empty(len(order), np.int64)
        ranks[order] = np.arange(len(order))
        return ranks

    def that_hold(self, text: str) -> NDArray[np.int64]:
        """int64: ids of the words that hold a text: itself, those that begin with it, the others."""
        found = [index for index, word in enumerate(self._folded) if text in word]
        distances = [self._distance(self._folded[index], text) for index in found]
        return (
            np.array(found, np.int64)[np.argsort(distances, kind="stable")]
            if found
            else np.empty(0, np.int64)
        )

    @staticmethod
    def _distance(word: str, text: str) -> int:
        return 0 if word == text else 1 if word.startswith(text) else 2
