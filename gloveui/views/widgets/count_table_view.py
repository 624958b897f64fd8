"""A table of counts in which a pair and its mirror image are lit together."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QGuiApplication, QKeyEvent, QKeySequence, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from gloveui.storage import export
from gloveui.views.models.count_table import CountTableModel
from gloveui.views.plots.cell_marks import Cell
from gloveui.views.theme import Theme

ROW_HEIGHT, PADDING = 28, 22
WIDEST_LETTERS = 14


class CountTableView(QTableView):
    """Arrow keys move the chosen cell, a click or Enter opens it; Ctrl+C copies what is selected."""

    cell_chosen = Signal(object)  # (row, column)
    cell_opened = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("countsTableView")
        self._theme = theme
        self.rows = CountTableModel(theme, self)
        self.setModel(self.rows)
        self._delegate = _TintedCells(theme, self)
        self.setItemDelegate(self._delegate)
        self._widths: list[int] = []  # pixels that each column needs
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)  # Tab leaves the table; arrow keys move in it
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setHighlightSections(True)
            header.setTextElideMode(Qt.TextElideMode.ElideRight)
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.selectionModel().currentChanged.connect(self._choose)
        self.clicked.connect(self._open)
        self.rows.modelReset.connect(self.fit_columns)
        theme.changed.connect(self.fit_columns)

    def light(self, cells: tuple[Cell, ...]) -> None:
        """Light up cells, and no others."""
        self._delegate.lit = frozenset(cells)
        self.viewport().update()

    def choose(self, cell: Cell | None) -> None:
        """Light a cell and its mirror image, and bring it into sight; tells nobody."""
        self._delegate.chosen = cell
        if cell is not None:
            index = self.rows.index(*cell)
            if index.isValid():
                self.selectionModel().blockSignals(True)
                self.setCurrentIndex(index)
                self.selectionModel().blockSignals(False)
                self.scrollTo(index)
        self.viewport().update()

    def fit_columns(self) -> None:
        """Columns in which every word and number has room."""
        metrics, size = self.fontMetrics(), self.rows.rowCount()
        longest = metrics.horizontalAdvance("n") * WIDEST_LETTERS
        self._widths = []
        for column, word in enumerate(self.rows.words):
            texts = {word, *(self.rows.text((row, column)) for row in range(size))}
            self._widths.append(min(max(map(metrics.horizontalAdvance, texts)), longest) + PADDING)
        self.verticalHeader().setDefaultSectionSize(self._theme.pixels(ROW_HEIGHT))
        words = max(map(metrics.horizontalAdvance, self.rows.words), default=0)
        self.verticalHeader().setFixedWidth(min(words, longest) + PADDING)
        self._share_width()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def copy(self) -> None:
        """Put the selected rows and columns on the clipboard, as a table with tabs."""
        chosen = self.selectedIndexes()
        rows = sorted({index.row() for index in chosen})
        columns = sorted({index.column() for index in chosen})
        if chosen:
            table = self.rows.part_for_export(rows, columns)
            QGuiApplication.clipboard().setText(export.tab_separated_text(table))

    def sizeHint(self) -> QSize:
        return QSize(440, 320)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _share_width(self) -> None:
        """Columns of one width; each of its own where all are in sight then and else are not."""
        size, room = len(self._widths), self.viewport().width()
        widest = max([*self._widths, 2 * ROW_HEIGHT])
        spare = (room - sum(self._widths)) // max(1, size)
        is_close = widest * size > room and spare >= 0
        self.horizontalHeader().setDefaultSectionSize(widest)
        for column, width in enumerate(self._widths):
            self.setColumnWidth(column, width + spare if is_close else widest)

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            cell = index.row(), index.column()
            self._delegate.chosen = cell
            self.viewport().update()
            self.cell_chosen.emit(cell)

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.cell_opened.emit((index.row(), index.column()))


class _TintedCells(QStyledItemDelegate):
    """Paints the model's colours, which a style sheet for cells leaves out, and frames what is lit."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.chosen: Cell | None = None
        self.lit: frozenset[Cell] = frozenset()

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        self.initStyleOption(option, index)
        cell = index.row(), index.column()
        painter.save()
        tint, ink = index.data(Qt.ItemDataRole.BackgroundRole), index.data(Qt.ItemDataRole.ForegroundRole)
        if isinstance(tint, QBrush):
            painter.fillRect(option.rect, tint)
        if cell in self.lit:
            self._frame(painter, option.rect, self._theme.color("warn"), 3)
        if isinstance(ink, QBrush):
            painter.setPen(ink.color())
        painter.setFont(option.font)
        painter.drawText(option.rect, int(Qt.AlignmentFlag.AlignCenter), option.text)
        if cell == self.chosen or self._mirrors_the_chosen(index):
            self._frame(painter, option.rect, self._theme.color("accent"), 2 + (cell == self.chosen))
        elif option.state & QStyle.StateFlag.State_Selected:
            self._frame(painter, option.rect, self._theme.color("muted"), 1)
        painter.restore()

    def _mirrors_the_chosen(self, index: QModelIndex | QPersistentModelIndex) -> bool:
        """Whether a cell is the chosen one's other half; of counts on one side it may say something else."""
        if self.chosen != (index.column(), index.row()):
            return False
        return bool(index.data() == index.model().index(*self.chosen).data())

    def _frame(self, painter: QPainter, room: QRect, color: QColor, width: int) -> None:
        """A frame with a line of the surface in it, so that it stands out from any tint."""
        for inset in range(width + 1):
            painter.setPen(color if inset < width else self._theme.color("surface"))
            painter.drawRect(room.adjusted(inset, inset, -inset - 1, -inset - 1))
