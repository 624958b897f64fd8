"""An axis of a map, which has no numbers: what it means, or what its two ends mean."""

from __future__ import annotations

from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from gloveui.views.theme import Theme

AXIS_TYPE = 0.9  # size relative to the body text
MARGIN = 4  # pixels


class MapAxis(pg.AxisItem):
    """A line along an edge with texts at its beginning and its end; without any it takes no room."""

    def __init__(self, orientation: str, theme: Theme) -> None:
        super().__init__(orientation)
        self._theme = theme
        self.texts = ("", "")
        self.setStyle(showValues=False, tickLength=0)
        self.fit_type()

    def set_texts(self, beginning: str = "", end: str = "") -> None:
        """Write these, translated already; from the left to the right, or from below upwards."""
        self.texts = (beginning, end)
        self.fit_type()
        self.update()

    def fit_type(self) -> None:
        """Take the room of a line in the theme's type."""
        room = QFontMetricsF(self._theme.font(AXIS_TYPE)).height() + MARGIN if any(self.texts) else 0
        (self.setHeight if self._is_level() else self.setWidth)(round(room))
        self.picture = None

    def paint(self, painter: QPainter, *_: Any) -> None:
        beginning, end = self.texts
        if not beginning and not end:
            return
        rect = self.mapRectFromParent(self.geometry())
        painter.save()
        painter.setPen(self._theme.color("border"))
        corner = rect.topRight() if self._is_level() else rect.bottomRight()
        painter.drawLine(rect.topLeft() if self._is_level() else rect.topRight(), corner)
        painter.setFont(self._theme.font(AXIS_TYPE))
        painter.setPen(self._theme.color("muted"))
        if self._is_level():
            room = QRectF(rect.left() + MARGIN, rect.top(), rect.width() - 2 * MARGIN, rect.height())
        else:
            painter.translate(rect.left(), rect.bottom())
            painter.rotate(-90)
            room = QRectF(MARGIN, 0, rect.height() - 2 * MARGIN, rect.width())
        flag = Qt.AlignmentFlag
        metrics = QFontMetricsF(self._theme.font(AXIS_TYPE))
        share = room.width() / (2 if beginning and end else 1) - MARGIN
        for text, side in ((beginning, flag.AlignLeft), (end, flag.AlignRight)):
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, share)
            painter.drawText(room, side | flag.AlignVCenter, shown)
        painter.restore()

    def _is_level(self) -> bool:
        return self.orientation in ("bottom", "top")
