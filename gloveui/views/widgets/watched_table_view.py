"""The nearest words of watched words, side by side."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QHeaderView,
    QSizePolicy,
    QStyle,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from gloveui.views.models.watched_table import IS_NEW, SCORE, WORD, WatchedTableModel
from gloveui.views.theme import Theme
from gloveui.views.watched_words import WatchedWord
from gloveui.views.widgets.painted_cell import PaintedCell
from gloveui.views.widgets.quiet_table import make_quiet

ROW_HEIGHT, HEADING_ROOM = 24, 8
NARROWEST = 92  # pixels of a column
PADDING = 8
WORTH_A_SCORE = 110  # pixels of a column that has room for cosines, too
SCORE_TYPE = 0.9
FEWEST_ROWS = 2  # in sight


class WatchedTableView(QTableView):
    """As many rows as asked for, and one for those that left; a double click or Enter chooses a word."""

    word_chosen = Signal(str)

    def __init__(self, theme: Theme, rows: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.rows = WatchedTableModel(rows, self)
        self.setModel(self.rows)
        self.setItemDelegate(_WatchedCell(theme, self))
        make_quiet(self)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.activated.connect(self._choose)
        theme.changed.connect(self._fit_rows)
        self._fit_rows()

    def show_watched(self, watched: Sequence[WatchedWord]) -> None:
        """Show other words, or other neighbours."""
        self.rows.set_watched(watched)

    def sizeHint(self) -> QSize:
        return QSize(300, self._height(self.rows.rowCount()))

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self._height(FEWEST_ROWS))

    def _height(self, rows: int) -> int:
        return self._heading() + rows * self._theme.pixels(ROW_HEIGHT) + 2 * self.frameWidth()

    def _heading(self) -> int:
        return self.fontMetrics().height() + HEADING_ROOM

    def _fit_rows(self) -> None:
        self.verticalHeader().setMinimumSectionSize(1)  # Qt's own is higher than these rows
        self.verticalHeader().setDefaultSectionSize(self._theme.pixels(ROW_HEIGHT))
        self.horizontalHeader().setFixedHeight(self._heading())
        self.horizontalHeader().setMinimumSectionSize(self._theme.pixels(NARROWEST))
        self.setMaximumHeight(self._height(self.rows.rowCount()))
        self.updateGeometry()

    def _choose(self, index: QModelIndex) -> None:
        word = index.data(WORD)
        if word:
            self.word_chosen.emit(word)


class _WatchedCell(PaintedCell):
    """The word at the left, in bold where it has come; its cosine at the right, where there is room."""

    SMALL_TYPE = SCORE_TYPE

    def paint_cell(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, self._theme.color("soft"))
        rect = option.rect.adjusted(PADDING, 0, -PADDING, 0)
        is_new, score = bool(index.data(IS_NEW)), index.data(SCORE)
        if score and option.rect.width() >= self._theme.pixels(WORTH_A_SCORE):
            rect = self._paint_score(painter, rect, score)
        painter.setFont(self._bold if is_new else self._usual)
        is_word = score is not None
        painter.setPen(self._theme.color("accent" if is_new else "text" if is_word else "muted"))
        text = str(index.data() or "")
        elided = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, elided)

    def _paint_score(self, painter: QPainter, rect: QRect, score: str) -> QRect:
        """What is left of the rectangle for the word."""
        painter.setFont(self._small)
        painter.setPen(self._theme.color("muted"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, score)
        return rect.adjusted(0, 0, -painter.fontMetrics().horizontalAdvance(score) - PADDING, 0)
