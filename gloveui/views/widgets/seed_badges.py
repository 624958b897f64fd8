"""How many of some trainings agree, as dots and as a number."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from gloveui.views.theme import Theme

MOST_DOTS = 10  # of more trainings the number alone is shown
DOT, GAP, PADDING = 7, 3, 8  # pixels


class SeedBadges(QStyledItemDelegate):
    """Paints ``Qt.UserRole``, how many agree and how many there are, beside the display text."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def width(self, seeds: int, text_width: int) -> int:
        """Pixels that a cell takes for so many trainings and a text."""
        dots = self._dots_width(seeds) + PADDING if seeds <= MOST_DOTS else 0
        return dots + text_width + 2 * PADDING

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().paint(painter, option, index)
        told = index.data(Qt.ItemDataRole.UserRole)
        if not isinstance(told, tuple) or told[1] > MOST_DOTS:
            return
        room = option.fontMetrics.horizontalAdvance(f"{told[1]}/{told[1]}") + 2 * PADDING
        if self._dots_width(told[1]) + room + PADDING <= option.rect.width():
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_dots(painter, option.rect.adjusted(0, 0, -room, 0), *told)
            painter.restore()

    def _dots_width(self, seeds: int) -> int:
        return self._theme.pixels(seeds * (DOT + GAP) - GAP)

    def _paint_dots(self, painter: QPainter, rect: QRect, agreeing: int, seeds: int) -> None:
        side, step = self._theme.pixels(DOT), self._theme.pixels(DOT + GAP)
        x = rect.right() - self._dots_width(seeds) + side / 2
        for number in range(seeds):
            is_full = number < agreeing
            painter.setPen(QPen(self._theme.color("accent" if is_full else "handle"), 1))
            painter.setBrush(self._theme.color("accent") if is_full else QColor(0, 0, 0, 0))
            centre = QPointF(x + number * step, rect.center().y() + 1)
            painter.drawEllipse(centre, (side - 1) / 2, (side - 1) / 2)
