"""One-hot rows times the table, drawn with the numbers: each 1 picks a row."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gloveui.core.embedding_layer import OneHotProduct
from gloveui.views.languages import Translated
from gloveui.views.models.vector_rows import shortened
from gloveui.views.numbers import grouped
from gloveui.views.signed_colors import SignedColors
from gloveui.views.theme import Theme
from gloveui.views.widgets.number_grid import NumberGrid

ROW_HEIGHT, WIDEST_WORD, SIGN_WIDTH = 24, 84, 26  # pixels beside text of the usual size
BOTTOM = 4

Cell = tuple[int, int]


class ProductDrawing(Translated, QWidget):
    """Side by side where there is room; else the table stands over the block that it makes.

    A click or an arrow key chooses a number of the block: its row, its column and itself are framed.
    """

    cell_chosen = Signal(object)  # (row, dimension)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.colors = SignedColors(theme, self)
        self._product: OneHotProduct | None = None
        self._words: tuple[str, ...] = ()
        self._names: list[str] = []
        self._size = 0
        self._cell: Cell = (0, 0)
        self._one_hot = self._table = self._block = NumberGrid(np.empty((0, 0)))
        self._is_stacked = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._fit)
        self.retranslate()

    @property
    def cell(self) -> Cell:
        """The number of the block that is chosen: its row and its dimension."""
        return self._cell

    @property
    def is_stacked(self) -> bool:
        """Whether the table stands over the block."""
        return self._is_stacked

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("One-hot rows times the table"))
        self._headings = (self.tr("one-hot"), self.tr("table"), self.tr("block"))
        self.update()

    def show_product(
        self, product: OneHotProduct, words: tuple[str, ...], names: list[str], size: int
    ) -> None:
        """Draw a product: the sentence's words stand before its rows, `names` before those of the table.

        `size` is the number of words of the vocabulary, with a column or without.
        """
        self._product, self._words, self._names, self._size = product, words, names, size
        self._one_hot = NumberGrid(product.one_hot, decimals=0)
        self._table, self._block = NumberGrid(product.rows), NumberGrid(product.block)
        row, dimension = self._cell
        self._cell = (min(row, len(words) - 1), min(dimension, product.rows.shape[1] - 1))
        self._fit()

    def cell_rect(self, row: int, dimension: int) -> QRectF:
        """Where a number of the block is."""
        return self._block.cell_rect(row, dimension)

    def sizeHint(self) -> QSize:
        return QSize(420, round(self._height()))

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place, (row, dimension) = event.position(), self._cell
        in_block, in_one_hot = self._block.cell_at(place), self._one_hot.row_at(place)
        in_table = self._table.cell_at(place)
        if in_block is not None:
            self._choose(in_block)
        elif in_one_hot is not None:
            self._choose((in_one_hot, dimension))
        elif in_table is not None:
            self._choose((row, in_table[1]))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key
        steps = {key.Key_Down: (1, 0), key.Key_Up: (-1, 0), key.Key_Right: (0, 1), key.Key_Left: (0, -1)}
        step = steps.get(Qt.Key(event.key()))
        if step is None or self._product is None:
            super().keyPressEvent(event)
        else:
            row = min(max(self._cell[0] + step[0], 0), len(self._words) - 1)
            dimension = min(max(self._cell[1] + step[1], 0), self._block.columns - 1)
            self._choose((row, dimension))

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._product is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_headings(painter)
        self._paint_one_hot(painter)
        picked = set(self._product.one_hot.argmax(axis=1).tolist())
        unused = {row for row in range(len(self._names)) if row not in picked}
        for grid, faded in ((self._table, unused), (self._block, ())):
            grid.paint(painter, self.colors, faded)
            grid.paint_frame(painter, self._theme.color("border"), self._theme.color("muted"))
        self._paint_labels(painter)
        self._paint_signs(painter)
        self._paint_choice(painter)

    @property
    def _row_height(self) -> float:
        return float(max(self._theme.pixels(ROW_HEIGHT), self.fontMetrics().height() + 6))

    def _height(self) -> float:
        """A line for what each is, one for the ids of the columns, and the rows."""
        over, rows = len(self._names), len(self._words)
        lines = over + rows + 3 if self._is_stacked else max(over, rows) + 2
        return lines * self._row_height + BOTTOM

    def _choose(self, cell: Cell) -> None:
        self._cell = cell
        self.update()
        self.cell_chosen.emit(cell)

    def _fit(self) -> None:
        if self._product is None:
            return
        metrics = QFontMetricsF(self.font())
        for grid in (self._one_hot, self._table, self._block):
            grid.measure(metrics, self._row_height)
        ids = [str(index) for index in self._product.columns]
        self._one_hot.widen(max(metrics.horizontalAdvance(text) for text in ids) + 8)
        self._word_width = self._widest(metrics, self._words)
        self._name_width = self._widest(metrics, [f"{i} {n}" for i, n in zip(ids, self._names, strict=True)])
        self._arrange()
        self.setFixedHeight(round(self._height()))
        self.update()

    def _arrange(self) -> None:
        sign, dimension = float(self._theme.pixels(SIGN_WIDTH)), self._block.values.shape[1]
        one_hot = self._one_hot.width_of(self._one_hot.values.shape[1])
        fixed = self._word_width + one_hot + self._name_width + 2 * sign + 4
        room = (self.width() - fixed) / 2
        grids = (self._table, self._block)
        least = max(grid.width_of(min(3, dimension)) for grid in grids)
        self._is_stacked = room < least
        if self._is_stacked:
            room = self.width() - self._word_width - one_hot - max(self._name_width, sign) - 4
        columns = min(grid.columns_in(room) for grid in grids)
        for grid in grids:
            grid.spread(columns, room)
        top = (1 if self._is_stacked else 2) * self._row_height
        right = self._word_width + one_hot + (max(self._name_width, sign) if self._is_stacked else sign)
        below = top + (len(self._names) + 2) * self._row_height if self._is_stacked else top
        self._one_hot.place(QPointF(self._word_width, below), self._one_hot.values.shape[1])
        self._table.place(QPointF(right + (0 if self._is_stacked else self._name_width), top), columns)
        block_left = right if self._is_stacked else self._table.rect.right() + sign
        self._block.place(QPointF(block_left, below), columns)

    def _widest(self, metrics: QFontMetricsF, texts: list[str] | tuple[str, ...]) -> float:
        widest = max((metrics.horizontalAdvance(shortened(text)) for text in texts), default=0.0)
        return min(widest, float(self._theme.pixels(WIDEST_WORD))) + 8

    def _paint_headings(self, painter: QPainter) -> None:
        assert self._product is not None
        rows, dimension = len(self._words), self._product.rows.shape[1]
        shapes = ((rows, grouped(self._size)), (grouped(self._size), dimension), (rows, dimension))
        grids = (self._one_hot, self._table, self._block)
        painter.setPen(self._theme.color("muted"))
        for grid, name, (height, width) in zip(grids, self._headings, shapes, strict=True):
            is_over_ids = grid is self._one_hot
            bottom = grid.rect.top() - (self._row_height if is_over_ids else 0)
            left = grid.rect.left() if not is_over_ids else 0.0
            line = QRectF(left, bottom - self._row_height, self.width() - left, self._row_height)
            text = f"{name} {height} × {width}"
            painter.drawText(line, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), text)

    def _paint_one_hot(self, painter: QPainter) -> None:
        assert self._product is not None
        for row in range(len(self._words)):
            for column in range(self._product.one_hot.shape[1]):
                rect, is_one = self._one_hot.cell_rect(row, column), bool(self._product.one_hot[row, column])
                painter.fillRect(rect, self._theme.color("accent" if is_one else "surface"))
                painter.setPen(self._theme.color("on_accent" if is_one else "muted"))
                painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, "1" if is_one else "0")
        border, muted = self._theme.color("border"), self._theme.color("muted")
        self._one_hot.paint_frame(painter, border, muted)
        painter.setPen(muted)
        for column, index in enumerate(self._product.columns.tolist()):
            rect = self._one_hot.cell_rect(0, column).translated(0, -self._row_height)
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, str(index))

    def _paint_labels(self, painter: QPainter) -> None:
        assert self._product is not None
        picked = int(self._product.one_hot[self._cell[0]].argmax())
        for row, word in enumerate(self._words):
            rect = QRectF(0, self._one_hot.row_rect(row).top(), self._word_width - 6, self._row_height)
            self._write(painter, rect, shortened(word), row == self._cell[0])
        for row, name in enumerate(self._names):
            whole = self._table.row_rect(row)
            rect = QRectF(whole.left() - self._name_width, whole.top(), self._name_width - 6, whole.height())
            text = f"{self._product.columns[row]} {shortened(name)}"
            self._write(painter, rect, text, row == picked)

    def _write(self, painter: QPainter, rect: QRectF, text: str, is_lit: bool) -> None:
        painter.setPen(self._theme.color("accent" if is_lit else "text"))
        shown = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(rect.width()))
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), shown)

    def _paint_signs(self, painter: QPainter) -> None:
        """× and = between the three, where they stand side by side."""
        if self._is_stacked:
            return
        sign, height = float(self._theme.pixels(SIGN_WIDTH)), self._block.rect.height()
        painter.setPen(self._theme.color("text"))
        painter.setFont(self._theme.font(1.35))
        for left, text in ((self._one_hot.rect.right(), "×"), (self._table.rect.right(), "=")):
            rect = QRectF(left, self._block.rect.top(), sign, height)
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)
        painter.setFont(self.font())

    def _paint_choice(self, painter: QPainter) -> None:
        """Frames around the row and the column whose product is the number that is chosen."""
        row, dimension = self._cell
        if dimension >= self._block.columns:
            return
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._theme.color("accent"), 2.0))
        for rect in (
            self._one_hot.row_rect(row), self._table.column_rect(dimension), self.cell_rect(row, dimension),
        ):  # fmt: skip
            painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
