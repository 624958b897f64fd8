"""A table of what makes two words alike, with a bar for what each part adds."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from gloveui.views.models.alike_table import FIRST, NAME, NOTE, SECOND, SHARE, AlikeRow, AlikeTableModel
from gloveui.views.theme import Theme
from gloveui.views.widgets.bar_delegate import BarDelegate
from gloveui.views.widgets.quiet_table import make_quiet
from gloveui.views.widgets.whole_table import HEADING_ROOM

ROW_HEIGHT = 26


class AlikeTableView(QTableView):
    """A click on a number, or Enter, tells which of the two words it belongs to, and its row."""

    number_chosen = Signal(object, str)  # int: 0 for the first word, 1 for the second; the name of the row

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._are_numbers_links = False
        self.rows = AlikeTableModel(theme, self)
        self.bars = BarDelegate(theme, parent=self)
        self.setModel(self.rows)
        self.setItemDelegateForColumn(SHARE, self.bars)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        make_quiet(self)
        self.setMouseTracking(True)
        header = self.horizontalHeader()
        header.setMinimumSectionSize(32)
        for column in (NAME, FIRST, SECOND):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        header.setMaximumSectionSize(theme.pixels(240))
        header.setSectionResizeMode(NOTE, QHeaderView.ResizeMode.Stretch)
        self.clicked.connect(self._choose)
        self.activated.connect(self._choose)
        self.entered.connect(self._show_hand)
        theme.changed.connect(self._fit_rows)
        self._fit_rows()

    def show_rows(self, rows: Sequence[AlikeRow], are_counts: bool, cell_tip: str) -> None:
        """Show other parts; a bar begins at zero, and the longest reaches the end."""
        shares = [row.share for row in rows]
        self.bars.set_range(min([0.0, *shares]), max([1e-9, *shares]))
        self._are_numbers_links = bool(cell_tip)
        self.rows.show_rows(rows, are_counts, cell_tip)
        self.bars.widest_text = max(map(self.rows.share_text, [-0.5, *shares]), key=len)
        has_notes = any(row.note for row in rows)
        self.setColumnHidden(NOTE, not has_notes)
        mode = QHeaderView.ResizeMode.ResizeToContents if has_notes else QHeaderView.ResizeMode.Stretch
        self.horizontalHeader().setSectionResizeMode(SHARE, mode)
        self.scrollToTop()

    def _choose(self, index: QModelIndex) -> None:
        if self._is_link(index):
            self.number_chosen.emit(index.column() - FIRST, self.rows.rows[index.row()].name)

    def _show_hand(self, index: QModelIndex) -> None:
        shape = Qt.CursorShape.PointingHandCursor if self._is_link(index) else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)

    def _is_link(self, index: QModelIndex) -> bool:
        return self._are_numbers_links and index.column() in (FIRST, SECOND)

    def _fit_rows(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self._theme.pixels(ROW_HEIGHT))
        header = self.horizontalHeader()
        # Its own hint stays that of the type before (seen in Qt 6.11).
        header.setMinimumHeight(header.fontMetrics().height() + HEADING_ROOM)
