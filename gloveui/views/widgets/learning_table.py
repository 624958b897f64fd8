"""The rows of an embedding layer while it learns: those that a step moves are lit."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gloveui.core.layer_training import LayerStep
from gloveui.core.vocabulary import Vocabulary
from gloveui.views.languages import Translated
from gloveui.views.models.vector_rows import shortened
from gloveui.views.signed_colors import SignedColors
from gloveui.views.theme import Theme
from gloveui.views.widgets.number_grid import NumberGrid

ROW_HEIGHT, WIDEST_WORD, LEAST_BAR = 22, 96, 40  # pixels beside text of the usual size
GAP = 8.0


class LearningTable(Translated, QWidget):
    """A row a word: its id and name, its numbers, and the length of its gradient as a bar."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.colors = SignedColors(theme, self)
        self._vocabulary: Vocabulary | None = None
        self._step: LayerStep | None = None
        self._strongest = 1.0
        self._grid = NumberGrid(np.empty((0, 0)))
        self._label_width = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._fit)
        self.retranslate()

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Rows of the table while it learns"))
        self._headings = (self.tr("row"), self.tr("numbers"), self.tr("gradient"))
        self.update()

    def prepare(self, vocabulary: Vocabulary, limit: float, strongest: float) -> None:
        """Take the words; numbers are strongest at `limit`, and the longest bar is for `strongest`."""
        self._vocabulary, self._strongest = vocabulary, max(strongest, 1e-12)
        self.colors.set_limit(limit)

    def show_step(self, step: LayerStep) -> None:
        """Draw the layer after a step."""
        self._step = step
        self._grid = NumberGrid(step.table, decimals=2)
        self._fit()

    @property
    def lit(self) -> tuple[int, ...]:
        """Ids of the rows that the step moved."""
        return () if self._step is None else tuple(np.flatnonzero(self._step.gradient).tolist())

    def row_rect(self, row: int) -> QRectF:
        """Where a row is, with its name and its bar."""
        cells = self._grid.row_rect(row)
        return QRectF(0, cells.top(), self.width(), cells.height())

    def sizeHint(self) -> QSize:
        rows = 0 if self._vocabulary is None else len(self._vocabulary)
        return QSize(300, round((rows + 1) * self._row_height) + 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._step is None or self._vocabulary is None:
            return
        painter = QPainter(self)
        visible = QRectF(event.rect())
        lit = set(self.lit)
        self._paint_headings(painter)
        for row in lit:
            painter.fillRect(self.row_rect(row), self._theme.color("soft"))
        self._grid.paint(painter, self.colors, within=visible)
        self._grid.paint_frame(painter, self._theme.color("border"), self._theme.color("muted"))
        for row, word in enumerate(self._vocabulary):
            if self.row_rect(row).intersects(visible):
                self._paint_name(painter, row, word, row in lit)
                self._paint_bar(painter, row)
        self._paint_frames(painter, lit)

    @property
    def _row_height(self) -> float:
        return float(max(self._theme.pixels(ROW_HEIGHT), self.fontMetrics().height() + 4))

    def _fit(self) -> None:
        if self._step is None or self._vocabulary is None:
            return
        metrics = QFontMetricsF(self.font())
        self._grid.measure(metrics, self._row_height)
        self._grid.widen(metrics.horizontalAdvance("-0.00") + GAP)  # the cells stand still while numbers grow
        names = [f"{row}  {shortened(word)}" for row, word in enumerate(self._vocabulary)]
        widest = max(metrics.horizontalAdvance(name) for name in names)
        self._label_width = min(widest, float(self._theme.pixels(WIDEST_WORD))) + GAP + 6
        room = self.width() - self._label_width - self._theme.pixels(LEAST_BAR) - 2 * GAP
        columns = self._grid.columns_in(room)
        self._grid.spread(columns, room / 2)
        self._grid.place(QPointF(self._label_width, self._row_height), columns)
        if self.height() != self.sizeHint().height():
            self.setFixedHeight(self.sizeHint().height())
        self.update()

    def _paint_headings(self, painter: QPainter) -> None:
        painter.setPen(self._theme.color("muted"))
        lefts = (0.0, self._grid.rect.left(), self._grid.rect.right() + GAP)
        ends = (*lefts[1:], float(self.width()))
        for text, left, end in zip(self._headings, lefts, ends, strict=True):
            shown = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(end - left - 2))
            painter.drawText(
                QRectF(left, 0, end - left, self._row_height), Qt.AlignmentFlag.AlignVCenter, shown
            )

    def _paint_name(self, painter: QPainter, row: int, word: str, is_lit: bool) -> None:
        rect = QRectF(2, self._grid.row_rect(row).top(), self._label_width - GAP, self._row_height)
        painter.setPen(self._theme.color("accent" if is_lit else "text"))
        text = f"{row}  {shortened(word)}"
        shown = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(rect.width()))
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)

    def _paint_bar(self, painter: QPainter, row: int) -> None:
        assert self._step is not None
        left = self._grid.rect.right() + GAP
        room = self.width() - left - GAP
        share = min(float(self._step.gradient[row]) / self._strongest, 1.0)
        if share > 0 and room > 0:
            bar = self._grid.row_rect(row).adjusted(0, 6, 0, -6)
            bar.setLeft(left)
            bar.setWidth(max(2.0, share * room))
            painter.fillRect(bar, self._theme.color("accent"))

    def _paint_frames(self, painter: QPainter, lit: set[int]) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._theme.color("accent"), 2.0))
        for row in lit:
            painter.drawRect(self._grid.row_rect(row).adjusted(0.5, 0.5, -0.5, -0.5))
