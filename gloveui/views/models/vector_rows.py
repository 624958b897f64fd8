"""Rows of a look-up table for a table view: a word, its index, and the numbers of its vector."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from gloveui.core.lookup import LookupTable
from gloveui.views.models.table_cells import ROOT
from gloveui.views.numbers import grouped
from gloveui.views.widgets.plain_tooltip import plain_tooltip

WORD, INDEX, FIRST_VALUE = range(3)
LONGEST_SHOWN = 200  # letters of a word that are laid out; a view has room for fewer

_DISPLAY, _VALUE = int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.UserRole)
_TOOLTIP, _ALIGNMENT = int(Qt.ItemDataRole.ToolTipRole), int(Qt.ItemDataRole.TextAlignmentRole)
_SERVED = frozenset((_DISPLAY, _VALUE, _TOOLTIP, _ALIGNMENT))
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_SAMPLED_ROWS = 2_000
_STRONG_SHARE = 0.98


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

    def word_at(self, row: int) -> str:
        """The word of a row."""
        return self._table.vocabulary.word(int(self._ids[row])) if self._table is not None else ""

    def as_text(self, rows: Sequence[int]) -> str:
        """The rows as lines of word, index and numbers, with tabs between; numbers are exact."""
        if self._table is None:
            return ""
        ids = self._ids[list(rows)]
        numbers = self._table.rows(ids).astype(str)
        lines = zip(rows, ids, numbers, strict=True)
        return "\n".join("\t".join((self.word_at(row), str(index), *values)) for row, index, values in lines)

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
        if column >= FIRST_VALUE:
            return self._number(row, column - FIRST_VALUE, role)
        if role == _VALUE:
            return None
        if column == INDEX:
            return grouped(int(self._ids[row])) if role == _DISPLAY else None
        return self._word_text(row) if role == _DISPLAY else plain_tooltip(shortened(self.word_at(row)))

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> object:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == _ALIGNMENT:
            return _LEFT if section == WORD else _RIGHT
        if role != _DISPLAY:
            return None
        names = (self.tr("word"), self.tr("index"))
        return names[section] if section < FIRST_VALUE else str(section - FIRST_VALUE)

    def retranslate(self) -> None:
        """Let views read the headings again, in the language in use."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, WORD, INDEX)

    def _word_text(self, row: int) -> str:
        return shortened(self.word_at(row))

    def _number(self, row: int, place: int, role: int) -> object:
        if self._table is None or role == _TOOLTIP:
            return None
        value = float(self._table.vectors[self._ids[row], place])
        return value if role == _VALUE else f"{value:+.3f}"


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
