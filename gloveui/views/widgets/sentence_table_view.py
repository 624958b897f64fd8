"""The list of a concordance: sentences, or the keyword in the middle of its context."""

from __future__ import annotations

from itertools import chain, islice

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from gloveui.storage.export import tab_separated_text
from gloveui.views.models.sentence_rows import (
    DISTANCE,
    KEYWORD,
    LEFT,
    NUMBER,
    RIGHT,
    SENTENCE,
    SHARE,
    Kind,
    SentenceRows,
)
from gloveui.views.theme import Theme
from gloveui.views.widgets.quiet_table import make_quiet
from gloveui.views.widgets.runs_delegate import RunsDelegate

ROW_HEIGHT = 26
MOST_COPIED = 1_000  # rows; more would let the window wait
_ORDERS = {NUMBER: "text", SENTENCE: "text", LEFT: "left", RIGHT: "right", DISTANCE: "distance"}
_FIGURES = {NUMBER: "0,000", DISTANCE: "000", SHARE: "1/00"}
_PADDING, _INDICATOR = 16, 20
_ALIGNMENTS = {
    SENTENCE: Qt.AlignmentFlag.AlignLeft,
    LEFT: Qt.AlignmentFlag.AlignRight,
    KEYWORD: Qt.AlignmentFlag.AlignHCenter,
    RIGHT: Qt.AlignmentFlag.AlignLeft,
}
_LONGEST_KEYWORD = 14  # letters


class SentenceTableView(QTableView):
    """Never scrolls sideways: the sentence gives way. A click on a heading asks for an order."""

    order_asked = Signal(str)  # one of concordance_order.ORDERS
    row_chosen = Signal(object)  # the row that is current now

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._in_context = False
        self.rows = SentenceRows(self)
        self.setModel(self.rows)
        for column, alignment in _ALIGNMENTS.items():
            self.setItemDelegateForColumn(column, RunsDelegate(theme, alignment, self))
        self._prepare()
        self.rows.modelReset.connect(self._fit_columns)
        self.horizontalHeader().sectionClicked.connect(self._ask_for_order)
        theme.changed.connect(self._fit_columns)
        self._fit_columns()

    def show_in_context(self, in_context: bool) -> None:
        """Show the keyword in the middle of its context, or else whole sentences."""
        self._in_context = in_context
        self._fit_columns()

    def show_order(self, order: str) -> None:
        """Mark the heading of an order."""
        columns = {"text": NUMBER, "left": LEFT, "right": RIGHT, "distance": DISTANCE}
        self.horizontalHeader().setSortIndicator(columns[order], Qt.SortOrder.AscendingOrder)

    def selected_rows(self) -> list[int]:
        """Numbers of the selected rows from above, at most `MOST_COPIED`."""
        selection = self.selectionModel().selection()
        ranges = sorted((one.top(), one.bottom()) for one in map(selection.at, range(selection.size())))
        rows = chain.from_iterable(range(top, bottom + 1) for top, bottom in ranges)
        return list(dict.fromkeys(islice(rows, MOST_COPIED)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        else:
            super().keyPressEvent(event)

    def currentChanged(
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().currentChanged(current, previous)
        if current.isValid() and current.row() != previous.row():
            self.row_chosen.emit(current.row())

    def selectAll(self) -> None:
        """Select every row as one range: Qt would go through them one by one."""
        model = self.rows
        if model.rowCount():
            last = model.index(model.rowCount() - 1, SHARE)
            selection = QItemSelection(model.index(0, NUMBER), last)
            self.selectionModel().select(selection, self.selectionModel().SelectionFlag.ClearAndSelect)

    def _prepare(self) -> None:
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.ExtendedSelection)
        make_quiet(self)
        header = self.horizontalHeader()
        header.setSectionsClickable(True)
        # A header asks at each painting whether every row of a column is selected (seen in Qt 6.11).
        header.setSelectionModel(QItemSelectionModel(self.rows, self))
        header.setSortIndicatorShown(True)
        header.setMinimumSectionSize(24)
        header.setResizeContentsPrecision(0)
        for column in (SENTENCE, LEFT, RIGHT):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)

    def _fit_columns(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self._theme.pixels(ROW_HEIGHT))
        kind, metrics = self.rows.kind, self.fontMetrics()
        in_context = self._in_context and kind is not Kind.SENTENCES
        for column in (LEFT, KEYWORD, RIGHT):
            self.setColumnHidden(column, not in_context)
        self.setColumnHidden(SENTENCE, in_context)
        for column in (DISTANCE, SHARE):
            self.setColumnHidden(column, kind is not Kind.PAIR)
        for column, widest in _FIGURES.items():
            heading = str(self.rows.headerData(column, Qt.Orientation.Horizontal))
            width = max(metrics.horizontalAdvance(widest), metrics.horizontalAdvance(heading) + _INDICATOR)
            self.setColumnWidth(column, width + _PADDING)
        self.setColumnWidth(KEYWORD, self._keyword_width())

    def _keyword_width(self) -> int:
        keyword = self.rows.index(0, KEYWORD).data() if self.rows.rowCount() else ""
        text = str(keyword)[:_LONGEST_KEYWORD]
        return max(self.fontMetrics().horizontalAdvance(text), 32) * 11 // 10 + 2 * _PADDING

    def _ask_for_order(self, column: int) -> None:
        if column in _ORDERS and self.rows.kind is not Kind.SENTENCES:
            self.order_asked.emit(_ORDERS[column])

    def _copy(self) -> None:
        lines = (next(self.rows.cells(range(row, row + 1))) for row in self.selected_rows())
        QGuiApplication.clipboard().setText(tab_separated_text(lines))
