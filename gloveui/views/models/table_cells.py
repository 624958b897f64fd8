"""What all tables share: how cells are aligned, and that there is nothing below a cell."""

from __future__ import annotations

from collections.abc import Container
from typing import ClassVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from gloveui.views.widgets.plain_tooltip import plain_tooltip

AT_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
AT_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
ROOT = QModelIndex()


class FlatTable(QAbstractTableModel):
    """A table of so many columns; a subclass knows its rows and the headings of its columns.

    Headings of ``NUMBERS`` stand at the right, over their numbers.
    """

    COLUMNS: ClassVar[int]
    NUMBERS: ClassVar[Container[int]] = ()

    def row_total(self) -> int:
        """How many rows there are."""
        raise NotImplementedError

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = ROOT) -> int:
        return 0 if parent.isValid() else self.row_total()

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = ROOT) -> int:
        return 0 if parent.isValid() else self.COLUMNS

    def heading(self, column: int) -> str:
        """What stands over a column."""
        raise NotImplementedError

    def heading_tip(self, column: int) -> str:
        """What a heading means, where it does not say that itself."""
        return ""

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return AT_RIGHT if section in self.NUMBERS else AT_LEFT
        if role == Qt.ItemDataRole.DisplayRole:
            return self.heading(section)
        return plain_tooltip(self.heading_tip(section)) if role == Qt.ItemDataRole.ToolTipRole else None

    def refresh_headings(self) -> None:
        """Let the headings be read again, in the language in use."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.COLUMNS - 1)
