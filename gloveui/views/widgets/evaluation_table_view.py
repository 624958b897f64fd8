"""The table of results, and that of wrong answers."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPalette, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from gloveui.views.models.evaluation_results import GROUP, PAIRS, TOTAL
from gloveui.views.models.evaluation_table import ASKED, IS_VALUE, NAME, ROW, EvaluationTableModel
from gloveui.views.models.missed_table import PLACE, MissedTableModel
from gloveui.views.theme import Theme
from gloveui.views.widgets.quiet_table import make_quiet

ROW_HEIGHT = 26
PADDING = 16
LEAST_NAME = 100  # pixels
MOST_NAME = 260
LEAST_HEIGHT = 110


class EvaluationTableView(QTableView):
    """A cell at a time is chosen; names of sections and of models share the width that numbers leave."""

    def __init__(self, theme: Theme, rows: EvaluationTableModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows = rows
        self.setModel(rows)
        self.setItemDelegate(_ResultCell(theme, self))
        make_quiet(self)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setMinimumHeight(LEAST_HEIGHT)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setTextElideMode(Qt.TextElideMode.ElideRight)
        rows.modelReset.connect(self._share_width)
        theme.changed.connect(self._share_width)
        self._share_width()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def scrollTo(
        self,
        index: QModelIndex | QPersistentModelIndex,
        hint: QTableView.ScrollHint = QTableView.ScrollHint.EnsureVisible,
    ) -> None:
        """Bring a cell into sight; the names of the rows, too, where there is room for both."""
        super().scrollTo(index, hint)
        column = index.column()
        end = self.columnViewportPosition(column) + self.horizontalOffset() + self.columnWidth(column)
        if end <= self.viewport().width():
            self.horizontalScrollBar().setValue(0)

    def _share_width(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self._theme.pixels(ROW_HEIGHT))
        columns = range(ASKED, self._rows.columnCount())
        titles = {column: self._title_width(column) for column in columns}
        models = [column for column in columns if self._rows.is_value(column)]
        least = dict(titles) | {column: min(titles[column], self._least_value()) for column in models}
        pixels = self._theme.pixels
        name = min(max(self.sizeHintForColumn(NAME) + pixels(PADDING), pixels(LEAST_NAME)), pixels(MOST_NAME))
        more = max(self.viewport().width() - name - sum(least.values()), 0) // max(len(models), 1)
        widths = least | {column: min(titles[column], least[column] + more) for column in models}
        for column, width in widths.items():
            self.setColumnWidth(column, width)
        self.setColumnWidth(NAME, max(self.viewport().width() - sum(widths.values()), pixels(LEAST_NAME)))
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def _title_width(self, column: int) -> int:
        least = QFontMetrics(self._theme.font(weight=QFont.Weight.DemiBold)).horizontalAdvance("100.0 %")
        return max(self.horizontalHeader().sectionSizeHint(column), least + self._theme.pixels(PADDING))

    def _least_value(self) -> int:
        """Pixels of a number, and of the beginning of a model's name."""
        header = self.horizontalHeader().fontMetrics()
        return header.horizontalAdvance("GloVe 1…") + self._theme.pixels(PADDING)


class _ResultCell(QStyledItemDelegate):
    """Totals in bold; what only tells the size of something is muted."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().initStyleOption(option, index)
        row = index.data(ROW)
        if row.kind in (TOTAL, PAIRS, GROUP):
            weight = QFont.Weight.Medium if row.kind == GROUP else QFont.Weight.DemiBold
            option.font = self._theme.font(weight=weight)
        is_quiet = index.column() != NAME and not index.data(IS_VALUE)
        for role in (QPalette.ColorRole.Text, QPalette.ColorRole.HighlightedText):
            option.palette.setColor(role, self._theme.color("muted" if is_quiet else "text"))
        option.textElideMode = Qt.TextElideMode.ElideRight


class MissedTableView(QTableView):
    """A row at a time; the question takes the width that the others leave."""

    def __init__(self, theme: Theme, rows: MissedTableModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setModel(rows)
        make_quiet(self)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setMinimumHeight(LEAST_HEIGHT)
        rows.modelReset.connect(self._share_width)
        theme.changed.connect(self._share_width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def _share_width(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self._theme.pixels(ROW_HEIGHT))
        metrics = self.horizontalHeader().fontMetrics()
        title = str(self.model().headerData(PLACE, Qt.Orientation.Horizontal) or "")
        widest = max(metrics.horizontalAdvance(text) for text in (title, "000,000"))
        last = widest + self._theme.pixels(PADDING)
        room = max(self.viewport().width() - last, 0)
        for column, share in enumerate((0.46, 0.27, 0.27)):
            self.setColumnWidth(column, int(room * share))
        self.setColumnWidth(PLACE, last)
