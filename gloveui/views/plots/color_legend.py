"""What the colours of a heatmap mean."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gloveui.views.theme import Theme
from gloveui.views.widgets.plain_tooltip import plain_tooltip

BAR_HEIGHT, GAP = 10, 4
LEGEND_TYPE = 0.85  # size relative to the body text
APART = 10.0  # pixels between two numbers


class ColorLegend(QWidget):
    """A bar of the scale with numbers under it and the unit behind them."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._lut = np.zeros((256, 3), np.uint8)
        self._ticks: Sequence[tuple[float, str]] = ()
        self._unit = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_scale(self, lut: NDArray[np.uint8], ticks: Sequence[tuple[float, str]]) -> None:
        """Colours, uint8 [n, 3], and what stands under them: shares of the bar (0 to 1) and texts.

        The first and the last text are always written, those between them where there is room.
        """
        self._lut, self._ticks = np.ascontiguousarray(lut), ticks
        self.update()

    def set_unit(self, unit: str) -> None:
        """What the numbers count; translated already."""
        self._unit = unit
        self.setAccessibleName(unit)
        self.setToolTip(plain_tooltip(unit))
        self.update()

    @property
    def unit(self) -> str:
        """What the numbers count."""
        return self._unit

    def sizeHint(self) -> QSize:
        return QSize(200, round(BAR_HEIGHT + GAP + 2 * self._metrics().height()))

    def written_ticks(self) -> list[tuple[float, str]]:
        """The numbers that have room, each with the left edge of its text in pixels."""
        metrics = self._metrics()
        if not self._ticks:
            return []
        boxes = [self._box(share, metrics.horizontalAdvance(text)) for share, text in self._ticks]
        taken = [0, len(boxes) - 1] if len(boxes) > 1 else [0]
        for place in range(1, len(boxes) - 1):
            left, right = boxes[place]
            if all(right + APART < boxes[other][0] or left > boxes[other][1] + APART for other in taken):
                taken.append(place)
        return [(boxes[place][0], self._ticks[place][1]) for place in sorted(taken)]

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self._theme.font(LEGEND_TYPE))
        bar = QRectF(0.5, 0.5, self.width() - 1, BAR_HEIGHT - 1)
        painter.drawImage(bar, self._image())
        painter.setPen(self._theme.color("border"))
        painter.drawRect(bar)
        painter.setPen(self._theme.color("muted"))
        height = self._metrics().height()
        for left, text in self.written_ticks():
            room = QRectF(left, BAR_HEIGHT + GAP, self.width(), height)
            painter.drawText(room, Qt.AlignmentFlag.AlignLeft, text)
        self._write_unit(painter, height)

    def _write_unit(self, painter: QPainter, height: float) -> None:
        room = QRectF(0, BAR_HEIGHT + GAP + height, self.width(), height)
        unit = self._metrics().elidedText(self._unit, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignHCenter, unit)

    def _box(self, share: float, width: float) -> tuple[float, float]:
        """Left and right edge of a text under its share of the bar, inside the legend."""
        left = min(max(share * self.width() - width / 2, 0.0), self.width() - width)
        return left, left + width

    def _image(self) -> QImage:
        entries = len(self._lut)
        return QImage(self._lut.tobytes(), entries, 1, 3 * entries, QImage.Format.Format_RGB888).copy()

    def _metrics(self) -> QFontMetricsF:
        return QFontMetricsF(self._theme.font(LEGEND_TYPE))
