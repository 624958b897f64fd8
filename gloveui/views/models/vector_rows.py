"""Rows of a look-up table for a table view: word, index, count, norm, and the numbers of the vector."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from gloveui.core.lookup import SPECIAL_WORDS, LookupTable
from gloveui.views.models.table_cells import ROOT
from gloveui.views.numbers import grouped
from gloveui.views.widgets.plain_tooltip import plain_tooltip

WORD, INDEX, COUNT, NORM, FIRST_VALUE = range(5)
LONGEST_SHOWN = 200  # letters of a word that are laid out; a view has room for fewer

_DISPLAY, _VALUE = int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.UserRole)
_TOOLTIP, _ALIGNMENT = int(Qt.ItemDataRole.ToolTipRole), int(Qt.ItemDataRole.TextAlignmentRole)
_SERVED = frozenset((_DISPLAY, _VALUE, _TOOLTIP, _ALIGNMENT))
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_SAMPLED_ROWS = 2_000
_STRONG_SHARE = 0.98
_UNKNOWN = "–"


class VectorRowsModel(QAbstractTableModel):
    """Shows the rows with the ids of an int64 array, in the order of the array.

    The display text of a number is signed with three decimals; ``Qt.UserRole`` is the number itself.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._table: LookupTable | None = None
        self._ids: NDArray[np.int64] = np.empty(0, np.int64)

    @property
    def ids(self) -> NDArray[np.int64]:
        """int64, shape (rows,): the id that each row shows."""
        return self._ids

    @property
    def has_counts(self) -> bool:
        """Whether it is known how often each word occurs."""
        return self._table is not None and self._table.vocabulary.has_counts

    def largest(self) -> tuple[int, int]:
        """The largest index and count of the whole table, shown or not."""
        if self._table is None or not len(self._table):
            return 0, 0
        return len(self._table) - 1, int(self._table.vocabulary.counts.max())

    def word_at(self, row: int) -> str:
        """The word of a row."""
        return self._table.vocabulary.word(int(self._ids[row])) if self._table is not None else ""

    def values(self, rows: slice, places: slice) -> NDArray[np.float32]:
        """float32, shape (rows, places): the numbers of neighbouring rows, from one place to another."""
        if self._table is None:
            return np.empty((0, 0), np.float32)
        return self._table.vectors[self._ids[rows], places]

    def norm(self, row: int) -> float:
        """The length of a row's vector."""
        vector = self._table.vectors[self._ids[row]] if self._table is not None else np.empty(0, np.float32)
        return float(np.linalg.norm(vector.astype(np.float64)))

    def count(self, row: int) -> int | None:
        """How often the word of a row occurs; None where nobody knows, as for ``<pad>``."""
        if self._table is None or not self.has_counts or self.word_at(row) in SPECIAL_WORDS:
            return None
        return int(self._table.vocabulary.counts[self._ids[row]])

    def share(self, row: int, column: int) -> float:
        """How long the bar of a count or norm is, from 0 to 1; 0 where none is to be compared."""
        return 0.0

    def as_text(self, rows: Sequence[int]) -> str:
        """The rows as lines of word, index, count, norm and numbers, with tabs between; numbers are exact."""
        return "\n".join("\t".join(map(str, row)) for row in self.as_rows(rows))

    def as_rows(self, rows: Sequence[int]) -> list[list[str | float]]:
        """What stands in some rows; a count only where there are any, and numbers as float32 has them."""
        if self._table is None:
            return []
        numbers = self._table.vectors[self._ids[list(rows)]]
        return [[*self._head(row), *values] for row, values in zip(rows, numbers, strict=True)]

    def headings(self) -> list[str]:
        """What stands over the columns of `as_rows`, in the language in use."""
        known = [section for section in range(self.columnCount()) if section != COUNT or self.has_counts]
        return [self._heading(section) for section in known]

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = ROOT) -> int:
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = ROOT) -> int:
        return 0 if parent.isValid() or self._table is None else FIRST_VALUE + self._table.dimension

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = _DISPLAY) -> object:
        if role not in _SERVED or not index.isValid():
            return None
        row, column = index.row(), index.column()
        if role == _ALIGNMENT:
            return _LEFT if column == WORD else _RIGHT
        if role == _VALUE:
            return self._value(row, column)
        if role == _TOOLTIP:
            return plain_tooltip(shortened(self.word_at(row))) if column == WORD else None
        return self.text(row, column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> object:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == _ALIGNMENT:
            return _LEFT if section == WORD else _RIGHT
        return self._heading(section) if role == _DISPLAY else None

    def retranslate(self) -> None:
        """Let views read the headings again, in the language in use."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, WORD, NORM)

    def word_text(self, row: int) -> str:
        """The word of a row as it is written in its cell."""
        return shortened(self.word_at(row))

    def _head(self, row: int) -> list[str | float]:
        count = self.count(row)
        counted: list[str | float] = ["" if count is None else count] if self.has_counts else []
        return [self.word_at(row), int(self._ids[row]), *counted, float(f"{self.norm(row):.7g}")]

    def _heading(self, section: int) -> str:
        names = (self.tr("word"), self.tr("index"), self.tr("count"), self.tr("norm"))
        return names[section] if section < FIRST_VALUE else str(section - FIRST_VALUE)

    def _value(self, row: int, column: int) -> float | None:
        if self._table is None or column in (WORD, INDEX):
            return None
        if column == COUNT:
            return self.count(row)
        if column == NORM:
            return self.norm(row)
        return float(self._table.vectors[self._ids[row], column - FIRST_VALUE])

    def text(self, row: int, column: int) -> str:
        """What stands in a cell."""
        if column == WORD:
            return self.word_text(row)
        if column == INDEX:
            return grouped(int(self._ids[row]))
        value = self._value(row, column)
        if value is None:
            return _UNKNOWN
        return (
            grouped(int(value)) if column == COUNT else f"{value:.2f}" if column == NORM else f"{value:+.3f}"
        )


def shortened(word: str) -> str:
    """The word, or its beginning when it is longer than any view is wide."""
    return word if len(word) <= LONGEST_SHOWN else word[:LONGEST_SHOWN] + "…"


def strong_value(vectors: NDArray[np.float32]) -> float:
    """The absolute value that 98 % of the numbers stay below, from a sample of rows; 1 where all are zero.

    A colour scale that ended at the largest number would leave all others pale.
    """
    sample = np.abs(vectors[:: max(1, len(vectors) // _SAMPLED_ROWS)])
    strong = float(np.quantile(sample, _STRONG_SHARE)) if sample.size else 0.0
    return strong if strong > 0 else 1.0
