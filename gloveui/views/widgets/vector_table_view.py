"""A table of vectors: word and index stay in sight while the numbers scroll."""

from __future__ import annotations

from itertools import chain, islice

from PySide6.QtCore import (
    QAbstractItemModel,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QTableView, QWidget

from gloveui.views.models.vector_rows import COUNT, FIRST_VALUE, INDEX, NORM, WORD, VectorRowsModel
from gloveui.views.numbers import grouped
from gloveui.views.theme import Theme
from gloveui.views.widgets.vector_cells import VectorCells

MOST_COPIED_ROWS = 500  # 100 numbers each take 50 ms
ROW_HEIGHT = 28
_WORD_LETTERS = 13
_WIDEST_WORDS = 3  # times their usual width, where there is room
_ORDER_WIDTH = 12  # pixels of the sign that shows the order
_PADDING = 18


class VectorTableView(QTableView):
    """Shows a `VectorRowsModel`, its cells coloured by their values.

    The first two columns are painted by a second view that lies over this one and shares its selection.
    """

    rows_copied = Signal(object, object)  # how many rows were copied, of how many selected

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table_above: VectorTableView | None = None
        self._theme = theme
        self._cells = VectorCells(theme, self)
        self._fitted: tuple[int, ...] = ()  # what the columns have been given their widths for
        self._is_widened = False  # words have more than their usual room
        self._most_rows: int | None = None
        self._is_following = False  # scrolled by the table whose columns it shares
        self._frozen = _FrozenColumns(self._cells, self)
        for view in (self, self._frozen):
            _prepare(view)
        self._frozen.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # before the proxy, which takes it over else
        self._frozen.setFocusProxy(self)
        self._frozen.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._frozen.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._frozen.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        self.verticalScrollBar().valueChanged.connect(self._frozen.verticalScrollBar().setValue)
        self._frozen.horizontalHeader().sectionResized.connect(self._take_width)
        theme.changed.connect(self._fit_columns)

    def setModel(self, model: QAbstractItemModel | None) -> None:
        """Show a model; the columns are fitted again whenever it is reset."""
        super().setModel(model)
        self._frozen.setModel(model)
        self._frozen.setSelectionModel(self.selectionModel())
        if model is not None:
            model.modelReset.connect(self._fit_new_columns)
            for view in (self, self._frozen):
                # With the table's own, a heading asks every row whether it is selected: 2 s for 75,000 rows.
                view.horizontalHeader().setSelectionModel(QItemSelectionModel(model, self))
        self._fitted = ()
        self._fit_new_columns()

    def allow_sorting(self) -> None:
        """Sort by the column whose heading is clicked; a third click takes the order away."""
        header, frozen_header = self.horizontalHeader(), self._frozen.horizontalHeader()
        for each in (header, frozen_header):
            each.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
            each.setSortIndicatorClearable(True)
            each.setSortIndicatorShown(True)
            each.setSectionsClickable(True)
        header.sortIndicatorChanged.connect(self._show_order)
        frozen_header.sortIndicatorChanged.connect(self._show_order)
        self.setSortingEnabled(True)

    def share_columns_with(self, table: VectorTableView) -> None:
        """Stand below another table of the same columns, under its headings, and scroll sideways with it."""
        for view in (self, self._frozen):
            view.horizontalHeader().hide()
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.horizontalScrollBar().valueChanged.connect(self._follow_sideways)
        table.horizontalHeader().sectionResized.connect(self._follow_width)
        self._table_above = table
        self.horizontalScrollBar().valueChanged.connect(self._tell_sideways)

    def set_most_rows_in_sight(self, rows: int) -> None:
        """Grow no higher than these rows need."""
        self._most_rows = rows
        self._limit_height()

    def selectAll(self) -> None:
        """Select all rows as one range; Qt would look at every cell."""
        model = self.model()
        if model is not None and model.rowCount():
            last = model.index(model.rowCount() - 1, model.columnCount() - 1)
            every_row = QItemSelection(model.index(0, WORD), last)
            self.selectionModel().select(every_row, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def selected_rows(self) -> list[int]:
        """Selected rows from the top."""
        return list(chain.from_iterable(self._selected_spans()))

    def copy_rows(self) -> None:
        """Put the first 500 selected rows on the clipboard, as text with tabs."""
        model = self.model()
        spans = self._selected_spans()
        rows = list(islice(chain.from_iterable(spans), MOST_COPIED_ROWS))
        if isinstance(model, VectorRowsModel) and rows:
            QGuiApplication.clipboard().setText(model.as_text(rows))
            self.rows_copied.emit(len(rows), sum(map(len, spans)))

    def set_strong_value(self, limit: float) -> None:
        """The absolute value with the strongest colour."""
        self._cells.colors.set_limit(limit)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        seen = event.rect()
        seen.setLeft(max(seen.left(), self._frozen.width()))
        self._cells.paint(self, seen, range(COUNT, self.columnCount()))

    def columnCount(self) -> int:
        """Columns of the model."""
        model = self.model()
        return model.columnCount() if model is not None else 0

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_rows()
            event.accept()
        else:
            super().keyPressEvent(event)

    def scrollTo(
        self,
        index: QModelIndex | QPersistentModelIndex,
        hint: QTableView.ScrollHint = QTableView.ScrollHint.EnsureVisible,
    ) -> None:
        """Bring a cell into sight, beside the columns that stay there."""
        bar = self.horizontalScrollBar()
        before = bar.value()
        super().scrollTo(index, hint)
        if index.column() < FIRST_VALUE:
            bar.setValue(before)
        else:
            hidden = self._frozen.width() - self.visualRect(index).left()
            bar.setValue(bar.value() - max(0, hidden))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the current row in sight when the table shrinks."""
        current = self.currentIndex()
        was_in_sight = 0 <= self.rowViewportPosition(current.row()) < event.oldSize().height()
        super().resizeEvent(event)
        self._widen_words()
        if current.isValid() and was_in_sight:
            self.scrollTo(current.siblingAtColumn(WORD))

    def updateGeometries(self) -> None:
        super().updateGeometries()
        self._place_frozen()

    def _selected_spans(self) -> list[range]:
        """Selected rows from the top, as spans of neighbouring ones."""
        selected = self.selectionModel().selection()
        parts = (selected.at(place) for place in range(selected.count()))
        spans = {(part.top(), part.bottom() + 1) for part in parts}
        return [range(top, end) for top, end in sorted(spans)]

    def _show_order(self, column: int, order: Qt.SortOrder) -> None:
        """Both headings show the same order; this view's own sorts by it."""
        for view in (self, self._frozen):
            view.horizontalHeader().setSortIndicator(column, order)

    def _fit_columns(self) -> None:
        """Widths for the type in use, and in the view on top only the first columns."""
        metrics = self.fontMetrics()
        for view in (self, self._frozen):
            view.verticalHeader().setDefaultSectionSize(self._theme.pixels(ROW_HEIGHT))
            view.horizontalHeader().setDefaultSectionSize(metrics.horizontalAdvance("+0.000") + _PADDING)
        for column in range(COUNT, self.columnCount()):
            self._frozen.setColumnHidden(column, True)
        for column, widest in self._widest_texts().items():
            heading = metrics.horizontalAdvance(self._heading(column)) + self._theme.pixels(_ORDER_WIDTH)
            width = max(metrics.horizontalAdvance(widest), heading) + _PADDING
            self.setColumnWidth(column, width)
            self._frozen.setColumnWidth(column, width)
        self._widen_words()
        self._limit_height()
        self._place_frozen()

    def _widen_words(self) -> None:
        """Give words the room that a table of few numbers leaves; none is elided beside an empty half."""
        others = self.horizontalHeader().length() - self.columnWidth(WORD)
        usual = self.fontMetrics().horizontalAdvance("n" * _WORD_LETTERS) + _PADDING
        room = min(self.viewport().width() - others, _WIDEST_WORDS * usual)
        if self.columnCount() and (room > usual or self._is_widened):
            self._is_widened = room > usual
            self._frozen.setColumnWidth(WORD, max(usual, room))

    def _widest_texts(self) -> dict[int, str]:
        model = self.model()
        if not isinstance(model, VectorRowsModel) or not model.columnCount():
            return {}
        index, count = (grouped(largest) for largest in model.largest())
        return {WORD: "n" * _WORD_LETTERS, INDEX: index, COUNT: count, NORM: "00.00"}

    def _heading(self, column: int) -> str:
        return str(self.model().headerData(column, Qt.Orientation.Horizontal))

    def _fit_new_columns(self) -> None:
        """After a reset: widths that a person has set are kept as long as the columns are the same."""
        model = self.model()
        if isinstance(model, VectorRowsModel):
            kind = model.columnCount(), model.has_counts, *model.largest()
            if kind != self._fitted:
                self._fitted = kind
                self.setColumnHidden(COUNT, not model.has_counts)
                self._fit_columns()
        self._place_frozen()

    def _limit_height(self) -> None:
        if self._most_rows is not None:
            rows = self._most_rows * self.verticalHeader().defaultSectionSize()
            bar, header = self.horizontalScrollBar(), self.horizontalHeader()
            has_bar = self.horizontalScrollBarPolicy() != Qt.ScrollBarPolicy.ScrollBarAlwaysOff
            edges = has_bar * bar.sizeHint().height() + (not header.isHidden()) * header.sizeHint().height()
            self.setMaximumHeight(rows + edges + 2 * self.frameWidth())

    def _follow_sideways(self, value: int) -> None:
        self._is_following = True
        self.horizontalScrollBar().setValue(value)
        self._is_following = False

    def _tell_sideways(self, value: int) -> None:
        # What is followed may be scrolled further than this table, whose own bar takes a part of its width.
        if self._table_above is not None and not self._is_following:
            self._table_above.horizontalScrollBar().setValue(value)

    def _follow_width(self, column: int, _old: int, width: int) -> None:
        for view in (self, self._frozen):
            view.setColumnWidth(column, width)

    def _take_width(self, column: int, _old: int, width: int) -> None:
        if column < FIRST_VALUE and width:
            self.setColumnWidth(column, width)
            self._place_frozen()

    def _place_frozen(self) -> None:
        width = self.columnWidth(WORD) + self.columnWidth(INDEX)
        header = self.horizontalHeader()
        height = self.viewport().height() + (0 if header.isHidden() else header.height())
        self._frozen.setGeometry(self.frameWidth(), self.frameWidth(), width, height)
        self._frozen.setVisible(width > 0)


class _FrozenColumns(QTableView):
    """Word and index, which stay where they are."""

    def __init__(self, cells: VectorCells, parent: QWidget) -> None:
        super().__init__(parent)
        self._cells = cells

    def paintEvent(self, event: QPaintEvent) -> None:
        self._cells.paint(self, event.rect(), range(WORD, COUNT))


def _prepare(view: QTableView) -> None:
    view.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
    view.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
    view.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
    view.setWordWrap(False)
    view.setTabKeyNavigation(False)  # Tab leaves the table; arrow keys move in it
    view.setCornerButtonEnabled(False)
    view.verticalHeader().hide()
    header = view.horizontalHeader()
    header.setResizeContentsPrecision(0)
    header.setHighlightSections(False)
    header.setSectionsClickable(False)
