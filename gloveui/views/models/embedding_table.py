"""A whole look-up table as rows that can be filtered and sorted at once."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Qt, Signal

from gloveui.core.column_statistics import ColumnStatistics, column_statistics
from gloveui.core.lookup import SPECIAL_WORDS, LookupTable
from gloveui.state.job_queue import JobQueue
from gloveui.views.models.row_arranger import UNSORTED, RowArranger, TableFacts, Wish
from gloveui.views.models.vector_rows import COUNT, FIRST_VALUE, NORM, VectorRowsModel, shortened
from gloveui.views.numbers import grouped
from gloveui.views.widgets.plain_tooltip import plain_tooltip

MOST_STATISTICS = 1_000  # columns whose statistics are kept


class EmbeddingTableModel(VectorRowsModel):
    """All rows of a table, or those with certain words; an array of ids stands for proxies.

    While no column is sorted, rows are in the order of their ids; under a filter the word itself comes first,
    then words that begin with the text. With a queue of jobs, what takes long is done beside the window: the
    rows stay until then.
    """

    pattern_refused = Signal(object)  # GloveError
    pattern_accepted = Signal()
    busy_changed = Signal(bool)

    def __init__(self, parent: QObject | None = None, jobs: JobQueue | None = None) -> None:
        super().__init__(parent)
        self._statistics: dict[int, ColumnStatistics] = {}
        self._arranger = RowArranger(jobs, self)
        self._arranger.arranged.connect(self._show)
        self._arranger.refused.connect(self.pattern_refused)
        self._arranger.busy_changed.connect(self.busy_changed)

    @property
    def table(self) -> LookupTable | None:
        """The table whose rows are shown."""
        return self._table

    @property
    def wish(self) -> Wish:
        """Which rows are wanted, and in which order."""
        return self._arranger.wish

    @property
    def facts(self) -> TableFacts | None:
        """What is known of all rows; None until it has been gathered."""
        return self._arranger.facts

    @property
    def is_narrowed(self) -> bool:
        """Whether some words are left out."""
        return bool(self.wish.text) or self.wish.listed is not None

    def set_table(self, table: LookupTable | None) -> None:
        """Show another table, under the present filter and order."""
        self._statistics.clear()
        if table is None:
            self.beginResetModel()
            self._table, self._ids = None, np.empty(0, np.int64)
            self.endResetModel()
            self._arranger.set_table(None)
            return
        self.beginResetModel()
        self._table, self._ids = table, np.arange(len(table))
        self.endResetModel()
        self._arranger.set_table(table)

    def set_filter(self, text: str, mode: str = "contains") -> None:
        """Show only words that hold a text, begin with it or match it, whatever its case and form."""
        self._want(replace(self.wish, text=text.strip(), mode=mode))

    def set_listed(self, words: Sequence[str] | None) -> None:
        """Show only words of a list; None shows all."""
        self._want(replace(self.wish, listed=None if words is None else tuple(words)))

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order the rows by a column, equal ones by id; a column below 0 takes the order away."""
        is_falling = order == Qt.SortOrder.DescendingOrder and column >= 0
        self._want(replace(self.wish, column=max(column, UNSORTED), is_falling=is_falling))

    def row_of(self, word: str) -> int | None:
        """The row that shows a word; None if there is none, or its words are being read."""
        if self._table is None or self.facts is None:
            return None
        index = self._table.vocabulary.get(word)
        return None if index is None else self.row_of_id(index)

    def row_of_id(self, index: int) -> int | None:
        """The row that shows an index of the table; None if there is none."""
        places = np.flatnonzero(self._ids == index)
        return int(places[0]) if len(places) else None

    def hides(self, word: str) -> bool:
        """Whether the table has a word and the filter leaves it out."""
        if self._table is None or self.facts is None or not self.is_narrowed:
            return False
        return self._table.vocabulary.get(word) is not None and self.row_of(word) is None

    def norm(self, row: int) -> float:
        return float(self.facts.norms[self._ids[row]]) if self.facts is not None else super().norm(row)

    def share(self, row: int, column: int) -> float:
        if self.facts is None or column not in (COUNT, NORM):
            return 0.0
        if column == NORM:
            return float(self.facts.norms[self._ids[row]] / (self.facts.largest_norm or 1.0))
        most = max(math.log1p(max(self.facts.largest_count, 0)), 1.0)  # counts differ a lot
        return math.log1p(max(self.count(row) or 0, 0)) / most

    def statistics(self, column: int) -> ColumnStatistics | None:
        """What a column is like over all words but the special rows; None where it has no numbers."""
        values = self._column(column)
        if values is None or not len(values):
            return None
        if column not in self._statistics:
            if len(self._statistics) >= MOST_STATISTICS:
                self._statistics.clear()
            self._statistics[column] = column_statistics(values)
        return self._statistics[column]

    def ends_of(self, column: int) -> tuple[str, str]:
        """The words with the smallest and the largest number of a column; empty where there are none."""
        found = self.statistics(column)
        if found is None or self._table is None:
            return "", ""
        word, before = self._table.vocabulary.word, len(SPECIAL_WORDS)
        return word(before + found.lowest_row), word(before + found.highest_row)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> object:
        if role == int(Qt.ItemDataRole.ToolTipRole) and orientation == Qt.Orientation.Horizontal:
            return plain_tooltip(self._told_statistics(section))
        return super().headerData(section, orientation, role)

    def _want(self, wish: Wish) -> None:
        if wish != self.wish:
            self._arranger.want(wish)

    def _show(self, ids: NDArray[np.int64]) -> None:
        self.beginResetModel()
        self._ids = ids
        self.endResetModel()
        if self.facts is not None:
            self.pattern_accepted.emit()

    def _column(self, column: int) -> NDArray[np.floating] | NDArray[np.int64] | None:
        """The numbers of a column, without the special rows."""
        if self._table is None or not COUNT <= column < self.columnCount():
            return None
        words = slice(len(SPECIAL_WORDS), None)
        if column == COUNT:
            return self._table.vocabulary.counts[words] if self.has_counts else None
        if column == NORM:
            return self.facts.norms[words] if self.facts is not None else None
        return self._table.vectors[words, column - FIRST_VALUE]

    def _told_statistics(self, column: int) -> str:
        found = self.statistics(column)
        if found is None or self._table is None:
            return ""
        name = self.tr("dimension {n}").format(n=column - FIRST_VALUE)
        number = _counted if column == COUNT else _measured
        low, high = (shortened(word) for word in self.ends_of(column))
        lines = (
            f"{name if column >= FIRST_VALUE else self._heading(column)} · "
            + self.tr("{n} words").format(n=grouped(len(self._table) - len(SPECIAL_WORDS))),
            self.tr("mean {mean}, spread {spread}").format(
                mean=number(found.mean), spread=number(found.spread)
            ),
            self.tr("lowest {value}: {word}").format(value=number(found.lowest), word=low),
            self.tr("highest {value}: {word}").format(value=number(found.highest), word=high),
        )
        return "\n".join(lines)


def _measured(value: float) -> str:
    return f"{value:.3g}"


def _counted(value: float) -> str:
    return f"{value:,.1f}" if value % 1 else grouped(int(value))
