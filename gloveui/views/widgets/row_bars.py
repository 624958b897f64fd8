"""P(·|i) of two words as sorted bars beside each other."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHeaderView, QWidget

from gloveui.views.color_maps import signed_lut
from gloveui.views.models.row_table import CONTEXT, FIRST, SECOND, ContextRow, RowTableModel
from gloveui.views.theme import Theme
from gloveui.views.widgets.bar_delegate import BarDelegate
from gloveui.views.widgets.whole_table import WholeTable

ROW_HEIGHT = 26
_COLORS = {FIRST: -1, SECOND: 0}  # entries of the signed scale: as ratios for i, and for j, are coloured


class RowBars(WholeTable):
    """A row a context word, two bars on one axis; a click on the word adds it, on a bar tells its pair."""

    context_chosen = Signal(str)
    number_chosen = Signal(str, str)  # the word and the context word of a count

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, ROW_HEIGHT, parent)
        self.rows = RowTableModel(self)
        self.bars = {column: _SideBar(theme, entry, self) for column, entry in _COLORS.items()}
        self.setModel(self.rows)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(CONTEXT, QHeaderView.ResizeMode.ResizeToContents)
        header.setMaximumSectionSize(theme.pixels(220))
        header.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        for column, bar in self.bars.items():
            self.setItemDelegateForColumn(column, bar)
        self.clicked.connect(self._choose)
        self.activated.connect(self._choose)

    def show_rows(self, words: tuple[str, str], rows: tuple[ContextRow, ...]) -> None:
        """Show other contexts; the longest bar reaches the end."""
        largest = max((max(row.probabilities) for row in rows), default=1.0)
        for bar in self.bars.values():
            bar.set_range(0.0, largest)
        self.rows.set_rows(words, rows)

    def _choose(self, index: QModelIndex) -> None:
        pair = self.rows.pair_at(index)
        if pair is not None:
            self.number_chosen.emit(*pair)
        else:
            self.context_chosen.emit(self.rows.rows[index.row()].context)


class _SideBar(BarDelegate):
    """A bar in one of the two colours of ratios."""

    def __init__(self, theme: Theme, entry: int, parent: QObject | None = None) -> None:
        super().__init__(theme, parent=parent)
        self._entry = entry
        self.widest_text = "0.0 × 10⁻⁴"

    def bar_color(self) -> QColor:
        red, green, blue = signed_lut(self._theme.palette)[self._entry]
        return QColor(int(red), int(green), int(blue))
