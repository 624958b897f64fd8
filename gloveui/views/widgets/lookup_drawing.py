"""A sentence on its way through the embedding layer: words, ids, rows of the table, and their block."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from gloveui.core.embedding_layer import IdBatch, rows_in_sight
from gloveui.core.lookup import LookupTable
from gloveui.views.languages import Translated
from gloveui.views.models.vector_rows import shortened
from gloveui.views.numbers import grouped
from gloveui.views.signed_colors import SignedColors
from gloveui.views.theme import Theme
from gloveui.views.widgets.number_grid import NumberGrid
from gloveui.views.widgets.plain_tooltip import plain_tooltip

ROW_HEIGHT, GAP, WIDEST_WORD, INSET = 26, 26, 96, 3  # pixels beside text of the usual size
NARROWEST_LINKS = 16
MOST_WIDENED = 2.0  # how many times as long again links may be where there is room
MOST_SHEETS, SHEET_STEP = 2, 4  # of other sentences, behind the block


@dataclass(frozen=True)
class _Columns:
    """Left edges and widths of the four parts."""

    word: tuple[float, float]
    index: tuple[float, float]
    label: tuple[float, float]
    table: float
    block: float


class LookupDrawing(Translated, QWidget):
    """Four columns with lines between them; what belongs to one word lights up under the pointer.

    A click or an arrow key chooses a word, which stays lit.
    """

    place_chosen = Signal(object)  # int: a place in the sentence

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.colors = SignedColors(theme, self)
        self._batch: IdBatch | None = None
        self._table: LookupTable | None = None
        self._sentence = 0
        self._shown_ids: tuple[int | None, ...] = ()
        self._gaps: list[int] = []
        self._ids: list[int] = []
        self._grid, self._block = NumberGrid(np.empty((0, 0))), NumberGrid(np.empty((0, 0)))
        self._chosen: int | None = None
        self._hovered: frozenset[int] = frozenset()
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._is_dense = False
        theme.changed.connect(self._fit)
        self.retranslate()

    @property
    def chosen(self) -> int | None:
        """The place in the sentence that stays lit."""
        return self._chosen

    @property
    def lit(self) -> frozenset[int]:
        """Places in the sentence that are lit."""
        return self._hovered or (frozenset() if self._chosen is None else frozenset({self._chosen}))

    @property
    def columns(self) -> int:
        """Numbers of a row that there is room for."""
        return self._block.columns

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("From words to ids, rows and a block of numbers"))
        self._headings = (self.tr("words"), self.tr("ids"), self.tr("table"), self.tr("block"))
        self.update()

    def show_sentence(self, table: LookupTable, batch: IdBatch, sentence: int) -> None:
        """Draw one sentence of a batch; the table's numbers are strongest at the limit of ``colors``."""
        self._table, self._batch, self._sentence = table, batch, sentence
        ids = batch.ids[sentence]
        self._ids = ids.tolist()
        self._shown_ids = rows_in_sight(ids, len(table))
        self._gaps = [row for row, index in enumerate(self._shown_ids) if index is None]
        values = table.vectors[[0 if index is None else index for index in self._shown_ids]]
        self._grid, self._block = NumberGrid(values, self._gaps), NumberGrid(table.rows(ids))
        self._hovered = frozenset()
        if self._chosen is not None and self._chosen >= len(ids):
            self._chosen = None
        self._fit()

    def choose(self, place: int | None) -> None:
        """Keep a word lit; None: none."""
        self._chosen = place
        self.update()

    def set_dense(self, is_dense: bool) -> None:
        """Draw rows as low as their text, where a panel has no room for more."""
        if is_dense != self._is_dense:
            self._is_dense = is_dense
            self._fit()

    def place_rect(self, place: int) -> QRectF:
        """Where a word of the sentence is."""
        return self._chip(self._columns.word, place)

    def table_row_rect(self, index: int) -> QRectF:
        """Where the row of an id is, with its label."""
        row = self._grid.row_rect(self._shown_ids.index(index))
        return row.adjusted(self._columns.label[0] - row.left(), 0, 0, 0)

    def sizeHint(self) -> QSize:
        rows = max(len(self._shown_ids), len(self._ids), 1)
        return QSize(420, round((rows + 1) * self._row_height) + SHEET_STEP * self._sheets + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        lit = self._places_at(event.position())
        if lit != self._hovered:
            self._hovered = lit
            self.update()
        self.setToolTip(self._told(event.position()))

    def leaveEvent(self, event: object) -> None:
        self._hovered = frozenset()
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        places = self._places_at(event.position())
        self._take(min(places) if places else None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1}
        step, length = steps.get(Qt.Key(event.key())), len(self._ids)
        if event.key() == Qt.Key.Key_Escape and self._chosen is not None:
            self._take(None)
        elif step is not None and length:
            place = (-1 if step > 0 else length) if self._chosen is None else self._chosen
            self._take(min(max(place + step, 0), length - 1))
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._batch is None or self._table is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        visible = QRectF(event.rect())
        self._paint_headings(painter)
        self._paint_links(painter)
        self._paint_table(painter, visible)
        self._paint_block(painter, visible)
        for place in range(len(self._ids)):
            if self._block.row_rect(place).bottom() > visible.top() and (
                self._block.row_rect(place).top() < visible.bottom()
            ):
                self._paint_word(painter, place)

    @property
    def _row_height(self) -> float:
        text = self.fontMetrics().height()
        return float(text + 2 if self._is_dense else max(self._theme.pixels(ROW_HEIGHT), text + 8))

    @property
    def _sheets(self) -> int:
        """How many other sentences are drawn behind the block."""
        return min(len(self._batch.ids) - 1, MOST_SHEETS) if self._batch is not None else 0

    def _take(self, place: int | None) -> None:
        self.choose(place)
        self.place_chosen.emit(place)

    def _fit(self) -> None:
        """Fit everything to the type and the theme."""
        self.setFixedHeight(self.sizeHint().height())
        self._arrange()

    def _arrange(self) -> None:
        if self._batch is None or self._table is None:
            return
        metrics = QFontMetricsF(self.font())
        for grid in (self._grid, self._block):
            grid.measure(metrics, self._row_height)
        word_width = self._widest(metrics, self._batch.words[self._sentence])
        ids = [str(index) for index in self._shown_ids if index is not None]
        id_width = self._widest(metrics, ids)
        labels = [self._table.vocabulary.word(index) for index in self._shown_ids if index is not None]
        label_width = id_width + self._widest(metrics, labels)
        gap = float(self._theme.pixels(GAP))
        sheets = SHEET_STEP * MOST_SHEETS + 2
        room = self.width() - word_width - id_width - label_width - 3.5 * gap - sheets
        if room / 2 < self._block.width_of(min(2, self._table.dimension)):
            gap = float(self._theme.pixels(NARROWEST_LINKS))
            label_width = id_width  # the words stand at the left already
            room = self.width() - word_width - 2 * id_width - 3.5 * gap - sheets
        columns = min(grid.columns_in(room / 2) for grid in (self._grid, self._block))
        for grid in (self._grid, self._block):
            grid.spread(columns, room / 2)
        used = self._grid.width_of(columns) + self._block.width_of(columns)
        gap += min(max(0.0, (room - used) / 4), MOST_WIDENED * gap)
        self._put(word_width, id_width, label_width, gap, columns)
        self.update()

    def _put(self, word: float, index: float, label: float, gap: float, columns: int) -> None:
        id_left = word + gap
        label_left = id_left + index + gap
        table_left = label_left + label
        block_left = table_left + self._grid.width_of(columns) + 1.5 * gap
        self._columns = _Columns((0.0, word), (id_left, index), (label_left, label), table_left, block_left)
        self._grid.place(QPointF(table_left, self._row_height), columns)
        self._block.place(QPointF(block_left, self._row_height), columns)

    def _widest(self, metrics: QFontMetricsF, texts: tuple[str, ...] | list[str]) -> float:
        widest = max((metrics.horizontalAdvance(shortened(text)) for text in texts), default=0.0)
        return min(widest, float(self._theme.pixels(WIDEST_WORD))) + 14

    def _chip(self, column: tuple[float, float], place: int) -> QRectF:
        left, width = column
        row = QRectF(left, (place + 1) * self._row_height, width, self._row_height)
        inset = 1 if self._is_dense else INSET
        return row.adjusted(1, inset, -1, -inset)

    def _places_at(self, position: QPointF) -> frozenset[int]:
        """Places of the sentence that what is under the pointer belongs to."""
        ids = self._ids
        if not ids:
            return frozenset()
        columns, place = self._columns, int(position.y() // self._row_height) - 1
        block_row = self._block.row_at(position)
        if block_row is not None:
            return frozenset({block_row})
        if position.x() < sum(columns.index) and 0 <= place < len(ids):
            return frozenset({place})
        row = self._table_row_at(position)
        return frozenset(where for where, index in enumerate(ids) if row is not None and index == row)

    def _table_row_at(self, position: QPointF) -> int | None:
        """The id whose row is under the pointer."""
        row = int(position.y() // self._row_height) - 1
        is_beside = self._columns.label[0] <= position.x() < self._grid.rect.right()
        return self._shown_ids[row] if is_beside and 0 <= row < len(self._shown_ids) else None

    def _told(self, position: QPointF) -> str:
        """The number under the pointer with all of its digits, or the whole of a word."""
        for grid in (self._grid, self._block):
            cell = grid.cell_at(position)
            if cell is not None and not (grid is self._grid and cell[0] in self._gaps):
                return plain_tooltip(f"[{cell[1]}]  {float(grid.values[cell]):.7g}")
        places = self._places_at(position)
        if self._batch is None or len(places) != 1:
            return ""
        return plain_tooltip(shortened(self._batch.words[self._sentence][min(places)]))

    def _paint_headings(self, painter: QPainter) -> None:
        assert self._table is not None
        columns, height = self._columns, self._row_height
        words, ids, table, block = self._headings
        rows, dimension = grouped(len(self._table)), self._table.dimension
        block_width = max(self.width() - columns.block, 1.0)
        texts = (
            (words, 0.0, columns.word[1]),
            (ids, columns.index[0], columns.label[0] - columns.index[0] - 4),
            (f"{table} {rows} × {dimension}", columns.label[0], columns.block - columns.label[0] - 8),
            (f"{block} {len(self._ids)} × {dimension}", columns.block, block_width),
        )
        painter.setPen(self._theme.color("muted"))
        for text, left, width in texts:
            shown = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(width))
            painter.drawText(QRectF(left, 0, width, height - 2), Qt.AlignmentFlag.AlignVCenter, shown)

    def _paint_links(self, painter: QPainter) -> None:
        """Lines from words to ids, to rows, to the block; the lit ones last, over the others."""
        lit = self.lit
        for place in sorted(range(len(self._ids)), key=lit.__contains__):
            token = self._token(place) if place in lit else ("border" if lit else "outline")
            painter.setPen(QPen(self._theme.color(token), 2.0 if place in lit else 1.2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            row = self.table_row_rect(self._ids[place])
            word, index = self._chip(self._columns.word, place), self._chip(self._columns.index, place)
            block = self._block.row_rect(place)
            for start, end in ((word, index), (index, row), (self._grid_row(place), block)):
                painter.drawPath(_link(start, end))

    def _grid_row(self, place: int) -> QRectF:
        return self._grid.row_rect(self._shown_ids.index(self._ids[place]))

    def _paint_table(self, painter: QPainter, visible: QRectF) -> None:
        ids, lit = set(self._ids), {self._ids[place]: self._token(place) for place in self.lit}
        unused = {row for row, index in enumerate(self._shown_ids) if index not in ids}
        painter.fillRect(self._grid.rect, self._theme.color("surface"))
        self._grid.paint(painter, self.colors, unused, visible)
        self._grid.paint_frame(painter, self._theme.color("border"), self._theme.color("muted"), visible)
        painter.setPen(self._theme.color("muted"))
        for row in self._gaps:
            painter.drawText(self._grid.row_rect(row), Qt.AlignmentFlag.AlignCenter, "⋮")
        for row, index in enumerate(self._shown_ids):
            if index is not None:
                self._paint_label(painter, row, index, index in ids, lit.get(index, ""))

    def _paint_label(self, painter: QPainter, row: int, index: int, is_used: bool, light: str) -> None:
        assert self._table is not None
        left, width = self._columns.label
        rect = self._grid.row_rect(row)
        label = QRectF(left, rect.top(), width - 6, rect.height())
        painter.setPen(self._theme.color(light or ("text" if is_used else "muted")))
        number = f"{index}"
        painter.drawText(label, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), number)
        words_left = self.fontMetrics().horizontalAdvance(number) + 8
        if width > self._columns.index[1] + 1:
            word = shortened(self._table.vocabulary.word(index))
            room = label.adjusted(words_left, 0, 0, 0)
            shown = self.fontMetrics().elidedText(word, Qt.TextElideMode.ElideRight, int(room.width()))
            painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), shown)
        if light:
            self._frame(painter, rect, light)

    def _paint_block(self, painter: QPainter, visible: QRectF) -> None:
        assert self._batch is not None
        for sheet in range(self._sheets, 0, -1):
            painter.setPen(QPen(self._theme.color("outline"), 1))
            painter.setBrush(self._theme.color("raised"))
            painter.drawRect(self._block.rect.translated(SHEET_STEP * sheet, SHEET_STEP * sheet))
        painter.fillRect(self._block.rect, self._theme.color("surface"))
        self._block.paint(painter, self.colors, within=visible)
        self._block.paint_frame(painter, self._theme.color("border"), self._theme.color("muted"), visible)
        for place in self.lit:
            self._frame(painter, self._block.row_rect(place), self._token(place))

    def _paint_word(self, painter: QPainter, place: int) -> None:
        assert self._batch is not None
        unknown = self._batch.is_unknown(self._sentence, place)
        padding = self._batch.is_padding(self._sentence, place)
        is_lit = place in self.lit
        texts = (shortened(self._batch.words[self._sentence][place]), str(self._ids[place]))
        for text, column in zip(texts, (self._columns.word, self._columns.index), strict=True):
            rect = self._chip(column, place)
            edge = self._token(place) if is_lit or unknown else "outline"
            painter.setPen(QPen(self._theme.color(edge), 2.0 if is_lit else 1.0))
            painter.setBrush(self._theme.color("warn_tint" if unknown else "soft" if is_lit else "raised"))
            painter.drawRoundedRect(rect, 6, 6)
            painter.setPen(self._theme.color("muted" if padding else "text"))
            shown = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(rect.width() - 8))
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, shown)

    def _token(self, place: int) -> str:
        """The colour in which a word is lit."""
        is_unknown = self._batch is not None and self._batch.is_unknown(self._sentence, place)
        return "warn" if is_unknown else "accent"

    def _frame(self, painter: QPainter, rect: QRectF, token: str) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._theme.color(token), 2.0))
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)


def _link(start: QRectF, end: QRectF) -> QPainterPath:
    """A curve from the right edge of one thing to the left edge of another."""
    first = QPointF(start.right() + 1, start.center().y())
    last = QPointF(end.left() - 1, end.center().y())
    bend = (last.x() - first.x()) / 2
    path = QPainterPath(first)
    path.cubicTo(first + QPointF(bend, 0), last - QPointF(bend, 0), last)
    return path
