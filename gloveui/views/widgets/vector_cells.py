"""Paints the cells of a table of vectors, a whole screen of them in less than a frame."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRect, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QTableView

from gloveui.views.models.vector_rows import COUNT, FIRST_VALUE, WORD, VectorRowsModel
from gloveui.views.signed_colors import SignedColors
from gloveui.views.theme import Theme

MARGIN = 8
_BAR_HEIGHT, _BAR_OPACITY = 3, 0.45


class VectorCells(QObject):
    """Numbers are coloured by their values, counts and norms have a quiet bar.

    Asked cell by cell through a delegate, a screen of 950 cells takes 60 ms; this way 10.
    """

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.colors = SignedColors(theme, self)

    def paint(self, view: QTableView, seen: QRect, columns: range) -> None:
        """Paint what can be seen of some columns in a part of a view of a `VectorRowsModel`."""
        model = view.model()
        if not isinstance(model, VectorRowsModel) or seen.isEmpty():
            return
        rows, chosen = _rows_in(view, seen), view.selectionModel()
        selected = [row for row in rows if chosen.isSelected(model.index(row, WORD))]
        painter = QPainter(view.viewport())
        try:  # a painter that goes on after an error brings the program down
            painter.setClipRect(seen)
            painter.setFont(view.font())
            for column in range(columns.start, min(columns.stop, FIRST_VALUE)):
                if not view.isColumnHidden(column):
                    self._paint_ground(painter, view, rows, column, selected)
                    self._paint_texts(painter, view, model, rows, column)
            if columns.stop > FIRST_VALUE:
                self._paint_numbers(painter, view, model, rows, _columns_in(view, seen))
            self._underline(painter, view, selected, seen)
        finally:
            painter.end()

    def _underline(self, painter: QPainter, view: QTableView, selected: list[int], seen: QRect) -> None:
        accent = self._theme.color("accent")
        for row in selected:
            bottom = view.rowViewportPosition(row) + view.rowHeight(row)
            painter.fillRect(seen.left(), bottom - 2, seen.width(), 2, accent)

    def _paint_ground(
        self, painter: QPainter, view: QTableView, rows: range, column: int, selected: list[int]
    ) -> None:
        soft, line = self._theme.color("soft"), self._theme.color("track")
        left, width = view.columnViewportPosition(column), view.columnWidth(column)
        for row in rows:
            top, height = view.rowViewportPosition(row), view.rowHeight(row)
            if row in selected:
                painter.fillRect(left, top, width, height, soft)
            painter.fillRect(left, top + height - 1, width, 1, line)

    def _paint_texts(
        self, painter: QPainter, view: QTableView, model: VectorRowsModel, rows: range, column: int
    ) -> None:
        metrics, ink = QFontMetrics(view.font()), self._theme.color("text" if column == WORD else "muted")
        bar = self._theme.color("accent")
        bar.setAlphaF(_BAR_OPACITY)
        left, width = view.columnViewportPosition(column), view.columnWidth(column)
        room = width - 2 * MARGIN
        for row in rows:
            top, height = view.rowViewportPosition(row), view.rowHeight(row)
            if column == WORD:
                ground = model.data(model.index(row, column), Qt.ItemDataRole.BackgroundRole)
                if isinstance(ground, QBrush):
                    painter.fillRect(left, top, width, height - 1, ground)
            elif column >= COUNT:
                length = round(model.share(row, column) * room)
                bar_left = left + width - MARGIN - length
                painter.fillRect(bar_left, top + height - _BAR_HEIGHT - 2, length, _BAR_HEIGHT, bar)
            text = metrics.elidedText(model.text(row, column), Qt.TextElideMode.ElideRight, room)
            indent = 0 if column == WORD else room - metrics.horizontalAdvance(text)
            painter.setPen(ink)
            painter.drawText(left + MARGIN + indent, _base(metrics, top, height), text)

    def _paint_numbers(
        self, painter: QPainter, view: QTableView, model: VectorRowsModel, rows: range, columns: range
    ) -> None:
        places = slice(columns.start - FIRST_VALUE, columns.stop - FIRST_VALUE)
        values = model.values(slice(rows.start, rows.stop), places)
        entries = self.colors.entries(values).tolist()
        metrics = QFontMetrics(view.font())
        widths: dict[tuple[str, int], int] = {}
        cells, inks = self.colors.cells, self.colors.inks
        edges = [(view.columnViewportPosition(column), view.columnWidth(column)) for column in columns]
        pen: QColor | None = None
        for row, numbers, colors in zip(rows, values.tolist(), entries, strict=True):
            top, height = view.rowViewportPosition(row), view.rowHeight(row)
            base = _base(metrics, top, height)
            for (left, width), number, entry in zip(edges, numbers, colors, strict=True):
                painter.fillRect(left, top, width - 1, height - 1, cells[entry])
                if inks[entry] is not pen:
                    pen = inks[entry]
                    painter.setPen(pen)
                text = f"{number:+.3f}"
                kind = text[0], len(text)  # figures are all of one width
                if kind not in widths:
                    widths[kind] = metrics.horizontalAdvance(text)
                start = left + width - MARGIN - widths[kind]
                if start < left:  # cut off at the left a number would be another number
                    text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width - MARGIN)
                    start = left + MARGIN // 2
                painter.drawText(start, base, text)


def _base(metrics: QFontMetrics, top: int, height: int) -> int:
    """Where the letters of a row stand."""
    return top + (height + metrics.ascent() - metrics.descent()) // 2


def _rows_in(view: QTableView, seen: QRect) -> range:
    first, last = view.rowAt(max(0, seen.top())), view.rowAt(seen.bottom())
    return range(max(0, first), (last if last >= 0 else view.model().rowCount() - 1) + 1)


def _columns_in(view: QTableView, seen: QRect) -> range:
    first, last = view.columnAt(seen.left()), view.columnAt(seen.right())
    end = (last if last >= 0 else view.model().columnCount() - 1) + 1
    return range(max(FIRST_VALUE, first), max(FIRST_VALUE, end))
