"""Vectors of some words one under another as strips of colour, with a lens under the pointer."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from gloveui.views.models.vector_rows import shortened
from gloveui.views.models.word_strips import WordStrips, cell_edges, strip_pixels
from gloveui.views.signed_colors import SignedColors
from gloveui.views.theme import Theme
from gloveui.views.widgets.plain_tooltip import plain_tooltip

ROW, GAP, HEAD = 26, 3, 22  # pixels beside text of the usual size
MARGIN = 8
WIDEST_LABEL = 150
SMALL = 0.85  # type of the numbers, relative to the body text
TICK_APART = 36  # pixels
REMOVE = "×"

Cell = tuple[int, float, int]
"""A place in a strip, the number there, and its entry in the scale of colours."""


class StripPlot(QAbstractScrollArea):
    """A strip a word, and one for the difference of two; all numbers under the pointer are written.

    With the keyboard: Left and Right move the lens, Up and Down choose a strip, Enter puts its word in focus
    and Delete takes it away.
    """

    word_chosen = Signal(str)
    word_removed = Signal(str)
    column_pointed = Signal(object)  # the dimension, or None

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.colors = SignedColors(theme, self)
        self._strips = WordStrips((), np.empty((0, 0), np.float32))
        self._focus_word = ""
        self._difference_name = ""
        self._norm_name = ""
        self._lens: int | None = None  # place from the left
        self._row: int | None = None
        self._label_width = self._norm_width = self._magnified = 0.0
        self._fonts: dict[str, QFont] = {}
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.colors.changed.connect(self._look_again)

    @property
    def strips(self) -> WordStrips:
        """What is shown."""
        return self._strips

    @property
    def pointed_dimension(self) -> int | None:
        """The dimension under the lens."""
        return None if self._lens is None else int(self._strips.columns[self._lens])

    def set_strips(self, strips: WordStrips, focus_word: str) -> None:
        """Show other words; the one in focus stands out."""
        self._strips, self._focus_word = strips, focus_word
        if self._lens is not None and self._lens >= strips.dimension:
            self._point_at(None)
        self._row = None if self._row is None or self._row >= len(strips.words) else self._row
        self._look_again()

    def set_names(self, difference: str, norm: str) -> None:
        """Name the strip of the difference, and what stands at the right; translated already."""
        self._difference_name, self._norm_name = difference, norm
        self._look_again()

    def sizeHint(self) -> QSize:
        return QSize(400, 200)

    def cell_rect(self, row: int, place: int) -> QRectF:
        """Where the number at a place of a strip is painted now, in the viewport."""
        area, edges = self._strip_rect(row), self._edges()
        return QRectF(area.left() + edges[place], area.top(), edges[place + 1] - edges[place], area.height())

    def label_rect(self, row: int) -> QRectF:
        """Where the word of a strip is written, in the viewport."""
        return QRectF(0, self._top(row), self._label_width, self._row_height())

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._strips.dimension:
            return
        painter = QPainter(self.viewport())
        try:  # a painter that goes on after an error brings the program down
            self._paint(painter)
        finally:
            painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_bar()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position()
        row = self._row_at(place)
        self._set_row(row)
        self._point_at(self._place_at(place) if row is not None else None)
        is_word = row is not None and row < len(self._strips.words)
        shape = Qt.CursorShape.PointingHandCursor if is_word else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()
        row = self._row_at(event.position())
        if event.button() != Qt.MouseButton.LeftButton or row is None or row >= len(self._strips.words):
            return
        is_removed = self._can_remove(row) and self._remove_rect(row).contains(event.position())
        (self.word_removed if is_removed else self.word_chosen).emit(self._strips.words[row])

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()  # what the press did is all there is to it

    def keyPressEvent(self, event: QKeyEvent) -> None:
        last = len(self._strips.words) - 1
        key, row = event.key(), self._row
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and self._strips.dimension:
            step = 1 if key == Qt.Key.Key_Right else -1
            place = 0 if self._lens is None else self._lens + step
            self._point_at(min(max(place, 0), self._strips.dimension - 1))
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and last >= 0:
            step = 1 if key == Qt.Key.Key_Down else -1
            self._set_row(0 if row is None else min(max(row + step, 0), last))
        elif key == Qt.Key.Key_Escape and self._lens is not None:
            self._point_at(None)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and row is not None and row <= last:
            self.word_chosen.emit(self._strips.words[row])
        elif key == Qt.Key.Key_Delete and row is not None and self._can_remove(row):
            self.word_removed.emit(self._strips.words[row])
        else:
            super().keyPressEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._set_row(None)
            self._point_at(None)
        elif isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            self._tell_word(event.pos(), event.globalPos())
            return True
        return super().viewportEvent(event)

    def _paint(self, painter: QPainter) -> None:
        edges, strips = self._edges(), self._strips
        words = range(len(strips.words))
        painter.save()
        painter.setClipRect(QRectF(0, self._head(), self.viewport().width(), self._rows_end() - self._head()))
        self._paint_strips(painter, words, strips.vectors, edges)
        painter.restore()
        if strips.difference is not None:
            self._paint_strips(painter, range(words.stop, words.stop + 1), strips.difference[None], edges)
        self._paint_head(painter, edges)

    def _paint_strips(
        self, painter: QPainter, rows: range, vectors: NDArray[np.float32], edges: NDArray[np.float64]
    ) -> None:
        if not len(vectors):
            return
        ordered = vectors[:, self._strips.columns]
        width = max(1, round(edges[-1] * self.devicePixelRatioF()))
        colors = self.colors.pixels[self.colors.entries(strip_pixels(ordered, edges, width))]
        places = np.flatnonzero(np.diff(edges) >= self._magnified - 2 * MARGIN + 4)  # with room for a number
        readable = ordered[:, places]
        inks = self.colors.entries(readable).tolist()
        for row, line, values, ink in zip(rows, colors, readable.tolist(), inks, strict=True):
            area = self._strip_rect(row)
            if area.bottom() < self._head() or area.top() > self.viewport().height():
                continue
            image = QImage(line.tobytes(), width, 1, 4 * width, QImage.Format.Format_RGB32)
            painter.drawImage(area, image)
            painter.setPen(self._theme.color("border"))
            painter.drawRect(area.adjusted(0, 0, -1, -1))
            self._write_numbers(painter, area, zip(places.tolist(), values, ink, strict=True), edges)
            self._write_ends(painter, row, area)

    def _write_numbers(
        self,
        painter: QPainter,
        area: QRectF,
        cells: Iterable[tuple[int, float, int]],
        edges: NDArray[np.float64],
    ) -> None:
        """Numbers in the cells that have room for them: those under the lens, or all of a short vector."""
        painter.setFont(self._fonts["small"])
        for place, value, entry in cells:
            left, right = area.left() + edges[place], area.left() + edges[place + 1]
            cell = QRectF(left, area.top(), right - left, area.height())
            if place == self._lens:
                painter.setPen(self._theme.color("text"))
                painter.drawRect(cell.adjusted(0, 0, -1, -1))
            painter.setPen(self.colors.inks[entry])
            painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, f"{value:+.3f}")

    def _write_ends(self, painter: QPainter, row: int, area: QRectF) -> None:
        """The word at the left, and the norm at the right."""
        strips, is_word = self._strips, row < len(self._strips.words)
        word = strips.words[row] if is_word else self._difference_name
        is_focus = is_word and word == self._focus_word
        painter.setFont(self._fonts["strong" if is_focus else "plain"])
        painter.setPen(self._theme.color("accent" if is_focus else "text" if is_word else "muted"))
        label = self.label_rect(row)
        room = label.adjusted(0, 0, -MARGIN, 0)
        if row == self._row and self._can_remove(row):
            room.setRight(self._remove_rect(row).left())
        metrics = QFontMetricsF(painter.font())
        text = metrics.elidedText(shortened(word), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        painter.setFont(self._fonts["small"])
        painter.setPen(self._theme.color("muted"))
        if row == self._row and self._can_remove(row):
            painter.drawText(self._remove_rect(row), Qt.AlignmentFlag.AlignCenter, REMOVE)
        norm = float(strips.norms[row]) if is_word else strips.distance
        end = QRectF(area.right() + 1, area.top(), self._norm_width, area.height())
        painter.drawText(end, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"{norm:.2f}")

    def _paint_head(self, painter: QPainter, edges: NDArray[np.float64]) -> None:
        """Numbers of dimensions: that of the lens, or some at equal steps."""
        painter.setFont(self._fonts["small"])
        painter.setPen(self._theme.color("muted"))
        left, height = self._label_width, self._head()
        right = QRectF(0, 0, self.viewport().width(), height)
        painter.drawText(right, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._norm_name)
        if self._lens is not None:
            painter.setPen(self._theme.color("text"))
            painter.setFont(self._fonts["small strong"])
        for place in self._ticks(edges):
            middle = left + (edges[place] + edges[place + 1]) / 2
            room = QRectF(middle - TICK_APART, 0, 2 * TICK_APART, height)
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, str(self._strips.columns[place]))

    def _ticks(self, edges: NDArray[np.float64]) -> list[int]:
        if self._lens is not None:
            return [self._lens]
        if self._strips.order != "own":
            return []
        width = edges[-1] / self._strips.dimension
        steps = (1, 2, 5, 10, 20, 25, 50, 100, 200, 500)
        step = next((step for step in steps if step * width >= TICK_APART), steps[-1])
        return list(range(0, self._strips.dimension, step))

    def _edges(self) -> NDArray[np.float64]:
        return cell_edges(self._strips.dimension, self._strip_width(), self._lens, self._magnified)

    def _place_at(self, place: QPointF) -> int | None:
        """The number under a point, as if nothing were magnified: the lens stays while the pointer does."""
        share = (place.x() - self._label_width) / max(self._strip_width(), 1.0)
        return int(share * self._strips.dimension) if 0 <= share < 1 else None

    def _row_at(self, place: QPointF) -> int | None:
        rows = len(self._strips.words) + (self._strips.difference is not None)
        rects = ((row, self._top(row)) for row in reversed(range(rows)))
        inside = (row for row, top in rects if top <= place.y() < top + self._row_height())
        return next(inside, None) if place.y() >= self._head() else None

    def _top(self, row: int) -> float:
        step = self._row_height() + self._theme.pixels(GAP)
        top = self._head() + row * step - self.verticalScrollBar().value()
        if row < len(self._strips.words):
            return float(top)
        # The difference stays in sight, under words that are scrolled.
        return float(min(top + 2 * GAP, self.viewport().height() - self._row_height()))

    def _rows_end(self) -> float:
        if self._strips.difference is None:
            return float(self.viewport().height())
        return self._top(len(self._strips.words)) - GAP

    def _strip_rect(self, row: int) -> QRectF:
        return QRectF(self._label_width, self._top(row), self._strip_width(), self._row_height())

    def _remove_rect(self, row: int) -> QRectF:
        side = self._row_height()
        return QRectF(self._label_width - side, self._top(row), side, side)

    def _can_remove(self, row: int) -> bool:
        """Whether a strip can be taken away: that of the word in focus stays."""
        words = self._strips.words
        return row < len(words) and words[row] != self._focus_word

    def _row_height(self) -> int:
        return self._theme.pixels(ROW)

    def _head(self) -> int:
        return self._theme.pixels(HEAD)

    def _fitting_label_width(self) -> float:
        metrics = QFontMetricsF(self._fonts["strong"])
        names = [*(shortened(word) for word in self._strips.words), self._difference_name]
        widest = max((metrics.horizontalAdvance(name) for name in names), default=0.0) + self._row_height()
        # Whole pixels: else the last cell ends under the strip's edge.
        return float(int(min(widest, self._theme.pixels(WIDEST_LABEL), self.viewport().width() / 3)))

    def _strip_width(self) -> float:
        return max(1.0, self.viewport().width() - self._label_width - self._norm_width)

    def _set_row(self, row: int | None) -> None:
        if row != self._row:
            self._row = row
            self.viewport().update()

    def _point_at(self, place: int | None) -> None:
        if place != self._lens:
            self._lens = place
            self.viewport().update()
            self.column_pointed.emit(self.pointed_dimension)

    def _tell_word(self, place: QPoint, where: QPoint) -> None:
        row = self._row_at(QPointF(place))
        if row is None:
            QToolTip.hideText()
            return
        word = self._strips.words[row] if row < len(self._strips.words) else self._difference_name
        QToolTip.showText(where, plain_tooltip(shortened(word)), self.viewport())

    def _look_again(self) -> None:
        self._fit_bar()
        self.viewport().update()

    def _measure(self) -> None:
        """What depends on type and words: made once, and not for every strip that is painted."""
        strong = QFont.Weight.DemiBold
        self._fonts = {
            "plain": self._theme.font(), "strong": self._theme.font(weight=strong),
            "small": self._theme.font(SMALL), "small strong": self._theme.font(SMALL, strong),
        }  # fmt: skip
        metrics = QFontMetricsF(self._fonts["small"])
        self._magnified = metrics.horizontalAdvance("+0.000") + 2 * MARGIN
        widest = max(map(metrics.horizontalAdvance, ("00.00", self._norm_name)))
        self._norm_width = float(int(widest) + MARGIN)
        self._label_width = self._fitting_label_width()

    def _fit_bar(self) -> None:
        self._measure()
        rows = len(self._strips.words) + (self._strips.difference is not None)
        needed = self._head() + rows * (self._row_height() + self._theme.pixels(GAP)) + 2 * GAP
        self.verticalScrollBar().setRange(0, max(0, needed - self.viewport().height()))
        self.verticalScrollBar().setPageStep(self.viewport().height())
        self.verticalScrollBar().setSingleStep(self._row_height())
