"""Cells of the table of probabilities: a number with a smaller line below, and a ratio as a bar from 1."""

from __future__ import annotations

import math

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPolygonF
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from gloveui.core.probability import MUCH
from gloveui.views.color_maps import signed_index, signed_lut
from gloveui.views.models.probe_table import IS_WARNING, PREDICTED_RATIO, SECOND_LINE, SIGN
from gloveui.views.theme import Theme

SMALL_TYPE = 0.85
STRONGEST = 4.0  # a ratio from here on has the full colour
SHORTEST_AXIS = 4.0  # the bar's track goes to this ratio at least
LONGEST_AXIS = 1000.0
WIDEST_SIGN = "≫ 1"
CHANCE_OPACITY = 0.4  # of a bar that few counts stand behind
_MARGIN = 8
_BAR_HEIGHT = 12
_SHORTEST_TRACK = 36


class TwoLineDelegate(QStyledItemDelegate):
    """The display text, and under it `SECOND_LINE` smaller and quieter."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        self.initStyleOption(option, index)
        text, option.text = option.text, ""
        paint_background(self, painter, option)
        below = str(index.data(SECOND_LINE) or "")
        area = option.rect.adjusted(_MARGIN, 0, -_MARGIN, 0)
        small = self._theme.font(SMALL_TYPE)
        heights = option.fontMetrics.height(), QFontMetrics(small).height() if below else 0
        top = area.top() + (area.height() - sum(heights)) // 2
        painter.save()
        painter.setFont(option.font)
        painter.setPen(self._theme.color("text"))
        line = QRect(area.left(), top, area.width(), heights[0])
        draw_elided(painter, line, option.displayAlignment, text)
        painter.setFont(small)
        painter.setPen(self._theme.color("warn" if index.data(IS_WARNING) else "muted"))
        draw_elided(painter, line.translated(0, heights[0]), option.displayAlignment, below)
        painter.restore()


class RatioDelegate(QStyledItemDelegate):
    """A ratio as a bar on a logarithmic axis, to the right above 1 and to the left below, with its number.

    A diamond stands where the model predicts the ratio to be.
    """

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._limit = math.log(SHORTEST_AXIS)
        self._widest_number = "0.00"

    def set_scale(self, ratios: list[float], numbers: list[str]) -> None:
        """Let the track hold these ratios, as far as they are numbers, and the column these texts."""
        sizes = [abs(math.log(ratio)) for ratio in ratios if math.isfinite(ratio) and ratio > 0]
        self._limit = min(max([math.log(SHORTEST_AXIS), *sizes]), math.log(LONGEST_AXIS))
        self._widest_number = max(["0.00", *numbers], key=len)

    def least_width(self, metrics: QFontMetrics) -> int:
        """Pixels for the number, the sign and the shortest bar."""
        texts = metrics.horizontalAdvance(self._widest_number) + metrics.horizontalAdvance(WIDEST_SIGN)
        return texts + _SHORTEST_TRACK + 4 * _MARGIN

    def place_of(self, ratio: float) -> float | None:
        """Where a ratio stands on the track, 0 to 1, with 1 in its middle; None for what is not a number."""
        if math.isnan(ratio):
            return None
        logarithm = -math.inf if ratio <= 0 else math.log(ratio)
        return 0.5 + 0.5 * min(max(logarithm / self._limit, -1.0), 1.0)

    def color_of(self, ratio: float) -> QColor:
        """Orange above 1 and blue below, the stronger the further off."""
        logarithm = -math.inf if ratio <= 0 else math.log(ratio)
        red, green, blue = signed_lut(self._theme.palette)[signed_index(logarithm, math.log(STRONGEST))]
        return QColor(int(red), int(green), int(blue))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        self.initStyleOption(option, index)
        text, option.text = option.text, ""
        paint_background(self, painter, option)
        area = option.rect.adjusted(_MARGIN, 0, -_MARGIN, 0)
        metrics = option.fontMetrics
        number, sign = metrics.horizontalAdvance(self._widest_number), metrics.horizontalAdvance(WIDEST_SIGN)
        track = area.adjusted(0, 0, -number - sign - 2 * _MARGIN, 0)
        painter.save()
        if track.width() >= _SHORTEST_TRACK:
            self._paint_track(painter, track, index)
        painter.setFont(option.font)
        painter.setPen(self._theme.color("text"))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(area.adjusted(0, 0, -sign - _MARGIN, 0), int(right), text)
        painter.drawText(area, int(right), str(index.data(SIGN) or ""))
        painter.restore()

    def _paint_track(
        self, painter: QPainter, room: QRect, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        track = QRectF(room.left(), room.center().y() - _BAR_HEIGHT / 2 + 1, room.width(), _BAR_HEIGHT)
        painter.fillRect(track, self._theme.color("track"))
        painter.setOpacity(CHANCE_OPACITY if index.data(IS_WARNING) else 1.0)
        self._paint_bar(painter, track, as_number(index.data(Qt.ItemDataRole.UserRole)))
        painter.setOpacity(1.0)
        for ratio, token in ((1 / MUCH, "outline"), (MUCH, "outline"), (1.0, "muted")):
            self._paint_line(painter, track, ratio, token)
        predicted = self.place_of(as_number(index.data(PREDICTED_RATIO)))
        if predicted is not None:
            self._paint_diamond(
                painter, QPointF(track.left() + predicted * track.width(), track.center().y())
            )

    def _paint_bar(self, painter: QPainter, track: QRectF, ratio: float) -> None:
        place = self.place_of(ratio)
        if place is not None:
            left, right = sorted((0.5, place))
            width = track.width()
            bar = QRectF(track.left() + left * width, track.top(), (right - left) * width, track.height())
            painter.fillRect(bar, self.color_of(ratio))

    def _paint_line(self, painter: QPainter, track: QRectF, ratio: float, token: str) -> None:
        x = track.left() + (self.place_of(ratio) or 0.0) * track.width()
        painter.setPen(self._theme.color(token))
        painter.drawLine(QPointF(x, track.top() - 2), QPointF(x, track.bottom() + 2))

    def _paint_diamond(self, painter: QPainter, center: QPointF) -> None:
        size = _BAR_HEIGHT / 2 - 1
        corners = [QPointF(0, -size), QPointF(size, 0), QPointF(0, size), QPointF(-size, 0)]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._theme.color("surface"))
        painter.setBrush(self._theme.color("text"))
        painter.drawPolygon(QPolygonF([center + corner for corner in corners]))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def paint_background(delegate: QStyledItemDelegate, painter: QPainter, option: QStyleOptionViewItem) -> None:
    """Paint a cell as the style does, without its text."""
    widget = option.widget
    if widget is not None:
        widget.style().drawControl(widget.style().ControlElement.CE_ItemViewItem, option, painter, widget)


def draw_elided(painter: QPainter, area: QRect, alignment: Qt.AlignmentFlag, text: str) -> None:
    """Write one line, shortened to the area."""
    metrics = painter.fontMetrics()
    # Qt measures fractions of pixels when it shortens, and whole ones when it is asked for a width.
    fits = metrics.horizontalAdvance(text) <= area.width()
    shown = text if fits else metrics.elidedText(text, Qt.TextElideMode.ElideRight, area.width())
    painter.drawText(area, int(alignment), shown)


def as_number(value: object) -> float:
    """The number, or NaN: nothing may be raised while painting."""
    return float(value) if isinstance(value, int | float) else math.nan
