"""What makes two words alike, one part a row: what it is, what it adds, and its number for each word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, log10

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt

from gloveui.views.models.table_cells import AT_LEFT, AT_RIGHT, FlatTable
from gloveui.views.models.vector_rows import shortened
from gloveui.views.probability_texts import count_text
from gloveui.views.theme import Theme
from gloveui.views.widgets.plain_tooltip import plain_tooltip

NAME, SHARE, FIRST, SECOND, NOTE = range(5)
FEWEST_DECIMALS, MOST_DECIMALS = 3, 6


@dataclass(frozen=True, slots=True)
class AlikeRow:
    """A part of a cosine.

    Attributes
    ----------
    name
        The context word or the dimension.
    share
        What it adds to the cosine.
    values
        Its number for the first and for the second word: counts, values or products.
    note
        What else there is to know of it.
    """

    name: str
    share: float
    values: tuple[float, float]
    note: str = ""


class AlikeTableModel(FlatTable):
    """Parts of a cosine; ``Qt.UserRole`` of the share is the number itself."""

    COLUMNS = NOTE + 1
    NUMBERS = (FIRST, SECOND)

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows: tuple[AlikeRow, ...] = ()
        self._headings = ("",) * self.COLUMNS
        self._tips = ("",) * self.COLUMNS
        self._are_counts = False
        self._decimals = FEWEST_DECIMALS
        self._cell_tip = ""

    @property
    def rows(self) -> tuple[AlikeRow, ...]:
        """What is shown, from the top."""
        return self._rows

    def show_rows(self, rows: Sequence[AlikeRow], are_counts: bool, cell_tip: str) -> None:
        """Show other parts; ``cell_tip`` says what a click on a number does, empty: nothing."""
        self.beginResetModel()
        self._rows, self._are_counts, self._cell_tip = tuple(rows), are_counts, cell_tip
        self._decimals = decimals_for([row.share for row in rows])
        self.endResetModel()

    def share_text(self, share: float) -> str:
        """A share with as many decimals as all others in sight."""
        return f"{share:.{self._decimals}f}"

    def set_headings(self, headings: Sequence[str], tips: Sequence[str]) -> None:
        """What stands over the columns and what it means, translated already."""
        self._headings, self._tips = tuple(headings), tuple(tips)
        self.refresh_headings()

    def row_total(self) -> int:
        return len(self._rows)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, column)
        if role == Qt.ItemDataRole.UserRole:
            return row.share if column == SHARE else None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return AT_RIGHT if column in (SHARE, FIRST, SECOND) else AT_LEFT
        if role == Qt.ItemDataRole.ForegroundRole and self._cell_tip and column in (FIRST, SECOND):
            return self._theme.color("accent")
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(self._tip(row, column))
        return None

    def heading(self, column: int) -> str:
        return self._headings[column]

    def heading_tip(self, column: int) -> str:
        return self._tips[column]

    def _text(self, row: AlikeRow, column: int) -> str:
        if column in (FIRST, SECOND):
            value = row.values[column - FIRST]
            return count_text(value) if self._are_counts else f"{value:+.3f}"
        return {NAME: shortened(row.name), SHARE: self.share_text(row.share), NOTE: row.note}[column]

    def _tip(self, row: AlikeRow, column: int) -> str:
        texts = {NAME: row.name, NOTE: row.note, FIRST: self._cell_tip, SECOND: self._cell_tip}
        return texts.get(column, "")


def decimals_for(shares: Sequence[float]) -> int:
    """So many that the largest share has two figures."""
    largest = max(map(abs, shares), default=0.0)
    if largest == 0:
        return FEWEST_DECIMALS
    return min(max(FEWEST_DECIMALS, 1 - floor(log10(largest))), MOST_DECIMALS)
