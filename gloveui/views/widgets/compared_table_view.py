"""The neighbours of a word in several models, side by side; a sign says which of them share a word."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QHeaderView,
    QSizePolicy,
    QStyle,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from gloveui.core.comparison import ComparedNeighbours
from gloveui.views.languages import Translated
from gloveui.views.models.compared_table import (
    ALL,
    ALONE,
    IS_LIT,
    MARK,
    MARKS,
    SCORE,
    SOME,
    UNKNOWN,
    WORD,
    ComparedTableModel,
)
from gloveui.views.theme import Theme
from gloveui.views.widgets.painted_cell import PaintedCell
from gloveui.views.widgets.quiet_table import make_quiet

ROW_HEIGHT, HEADING_ROOM = 30, 12
NARROWEST = 120  # pixels of a column
PADDING, SIGN, RANK_WIDTH = 8, 10, 20
WORTH_A_SCORE = 150  # pixels of a column that has room for cosines, too
NUMBER_TYPE = 0.85


class ComparedTableView(QTableView):
    """A click or Enter chooses a word; under the pointer it is lit in every column."""

    word_chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.rows = ComparedTableModel(self)
        self.setModel(self.rows)
        self.setItemDelegate(_ComparedCell(theme, self))
        make_quiet(self)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setMouseTracking(True)
        self.horizontalHeader().setTextElideMode(Qt.TextElideMode.ElideRight)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.clicked.connect(self._choose)
        self.activated.connect(self._choose)
        self.entered.connect(self._light)
        self.selectionModel().currentChanged.connect(self._light)
        theme.changed.connect(self._fit_rows)
        self._fit_rows()

    def show_compared(self, names: Sequence[str], compared: ComparedNeighbours, k: int) -> None:
        """Show the lists of models with these names."""
        self.rows.show(names, compared, k)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Its first click has chosen a word, and other words are under the pointer now."""
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        self._light(self.currentIndex())
        super().leaveEvent(event)

    def _light(self, index: QModelIndex) -> None:
        self.rows.light(str(index.data(WORD) or ""))
        is_word = bool(index.data(WORD)) and self.underMouse()
        self.viewport().setCursor(
            Qt.CursorShape.PointingHandCursor if is_word else Qt.CursorShape.ArrowCursor
        )

    def _choose(self, index: QModelIndex) -> None:
        word = index.data(WORD)
        if word:
            self.word_chosen.emit(word)

    def _fit_rows(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self._theme.pixels(ROW_HEIGHT))
        self.horizontalHeader().setFixedHeight(self.fontMetrics().height() + HEADING_ROOM)
        self.horizontalHeader().setMinimumSectionSize(self._theme.pixels(NARROWEST))


class MarkLegend(Translated, QWidget):
    """What the signs mean."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._texts: dict[str, str] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)
        self.retranslate()

    def retranslate(self) -> None:
        names = self.tr("in all"), self.tr("in some"), self.tr("only here"), self.tr("only this model has it")
        self._texts = dict(zip(MARKS, names, strict=True))
        self.setAccessibleName(", ".join(names))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, self.fontMetrics().height() + 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, x = QPainter(self), 0.0
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._theme.font(NUMBER_TYPE))
        side = self._theme.pixels(SIGN)
        for mark, text in self._texts.items():
            paint_mark(painter, QRectF(x, (self.height() - side) / 2, side, side), mark, self._theme)
            x += side + 5
            painter.setPen(self._theme.color("muted"))
            width = painter.fontMetrics().horizontalAdvance(text)
            painter.drawText(QRectF(x, 0, width + 2, self.height()), Qt.AlignmentFlag.AlignVCenter, text)
            x += width + 18


def paint_mark(painter: QPainter, rect: QRectF, mark: str, theme: Theme) -> None:
    """A disc for all models, half of one for some, a ring for one, a stroke where others lack the word."""
    accent, muted = theme.color("accent"), theme.color("muted")
    rect = rect.adjusted(1, 1, -1, -1)
    if mark == UNKNOWN:
        painter.setPen(QPen(muted, 1.5))
        painter.drawLine(QPointF(rect.left(), rect.center().y()), QPointF(rect.right(), rect.center().y()))
        return
    painter.setPen(QPen(muted if mark == ALONE else accent, 1.4))
    painter.setBrush(accent if mark == ALL else QColor(0, 0, 0, 0))
    painter.drawEllipse(rect)
    if mark == SOME:
        painter.setBrush(accent)
        painter.drawChord(rect, 90 * 16, 180 * 16)


class _ComparedCell(PaintedCell):
    """Rank, sign and word at the left, the cosine at the right where there is room."""

    SMALL_TYPE = NUMBER_TYPE

    def paint_cell(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        mark = index.data(MARK)
        if mark is None:
            self._paint_note(painter, option.rect, str(index.data() or ""))
        else:
            self._paint(painter, option, index, str(mark))

    def _paint_note(self, painter: QPainter, rect: QRect, text: str) -> None:
        painter.setFont(self._usual)
        painter.setPen(self._theme.color("muted"))
        _write(painter, rect.adjusted(PADDING, 0, -PADDING, 0), text)

    def _paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
        mark: str,
    ) -> None:
        theme, color = self._theme, self._theme.color
        box = QRectF(option.rect).adjusted(2, 2, -2, -2)
        has_focus = bool(option.state & QStyle.StateFlag.State_HasFocus)
        if index.data(IS_LIT) or has_focus or mark == ALL:
            painter.setPen(
                QPen(color("accent"), 1.4) if index.data(IS_LIT) or has_focus else Qt.PenStyle.NoPen
            )
            painter.setBrush(color("soft"))
            painter.drawRoundedRect(box, 5, 5)
        rect = option.rect.adjusted(PADDING, 0, -PADDING, 0)
        painter.setFont(self._small)
        painter.setPen(color("muted"))
        width = theme.pixels(RANK_WIDTH)
        painter.drawText(
            QRect(rect.left(), rect.top(), width, rect.height()),
            Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
            str(index.row() + 1),
        )
        rect.setLeft(rect.left() + width + PADDING)
        if option.rect.width() >= theme.pixels(WORTH_A_SCORE):
            score = str(index.data(SCORE))
            painter.drawText(rect, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, score)
            rect.setRight(rect.right() - painter.fontMetrics().horizontalAdvance(score) - PADDING)
        side = theme.pixels(SIGN)
        paint_mark(painter, QRectF(rect.left(), rect.center().y() - side / 2 + 1, side, side), mark, theme)
        rect.setLeft(rect.left() + side + 6)
        painter.setFont(self._bold if mark == ALL else self._usual)
        painter.setPen(color("text"))
        _write(painter, rect, str(index.data()))


def _write(painter: QPainter, rect: QRect, text: str) -> None:
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
