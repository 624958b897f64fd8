"""Table cells with a bar beside the number."""

from __future__ import annotations

import math

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from gloveui.views.theme import Theme

_MARGIN = 8
_BAR_HEIGHT = 12
_ROW_HEIGHT = 28
_SHORTEST_TRACK = 48


class BarDelegate(QStyledItemDelegate):
    """Paints ``Qt.UserRole``, a float from ``low`` to ``high``, as a bar, and the display text after it."""

    def __init__(
        self, theme: Theme, low: float = 0.0, high: float = 1.0, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._low, self._high = low, high
        self.widest_text = "+0.000"

    def set_range(self, low: float, high: float) -> None:
        """The values at the two ends of the bar's track; the bar starts at zero where that lies between."""
        self._low, self._high = low, high

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        hint = super().sizeHint(option, index)
        number = option.fontMetrics.horizontalAdvance(self.widest_text)
        return QSize(number + _SHORTEST_TRACK + 3 * _MARGIN, max(hint.height(), _ROW_HEIGHT))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        self.initStyleOption(option, index)
        text, option.text = option.text, ""
        style = option.widget.style() if option.widget is not None else None
        if style is not None:
            style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        value = _as_float(index.data(Qt.ItemDataRole.UserRole))
        room = option.fontMetrics.horizontalAdvance(max(text, self.widest_text, key=len))
        area = option.rect.adjusted(_MARGIN, 0, -_MARGIN, 0)
        painter.save()
        self._paint_bar(painter, area.adjusted(0, 0, -room - _MARGIN, 0), value)
        self._paint_number(painter, option, area, text)
        painter.restore()

    def bar_span(self, value: float) -> tuple[float, float]:
        """Where the bar starts and ends, as shares (0 to 1) of the track; empty for what is not a number."""
        if not math.isfinite(value) or not self._high > self._low:
            return 0.0, 0.0
        start, end = sorted((self._share(min(max(0.0, self._low), self._high)), self._share(value)))
        return start, end

    def bar_color(self) -> QColor:
        """What the bar is painted with."""
        return self._theme.color("accent")

    def _share(self, value: float) -> float:
        return min(max((value - self._low) / (self._high - self._low), 0.0), 1.0)

    def _paint_bar(self, painter: QPainter, room: QRect, value: float) -> None:
        if room.width() < _BAR_HEIGHT:
            return
        track = QRectF(room.left(), room.center().y() - _BAR_HEIGHT / 2 + 1, room.width(), _BAR_HEIGHT)
        start, end = self.bar_span(value)
        bar = QRectF(track)
        bar.setLeft(track.left() + start * track.width())
        bar.setRight(track.left() + end * track.width())
        painter.fillRect(track, self._theme.color("track"))
        painter.fillRect(bar, self.bar_color())

    def _paint_number(self, painter: QPainter, option: QStyleOptionViewItem, area: QRect, text: str) -> None:
        enabled = bool(option.state & QStyle.StateFlag.State_Enabled)
        painter.setPen(QColor(self._theme.color("text" if enabled else "disabled")))
        painter.setFont(option.font)
        text = option.fontMetrics.elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), text)


def _as_float(value: object) -> float:
    """The number, or NaN: a model's mistake must not raise hundreds of times a second while painting."""
    return float(value) if isinstance(value, int | float) else math.nan
