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
PARTED = " · "  # between the parts of a note
NARROW = 420  # pixels
APART = 10.0  # pixels between two numbers


class ColorLegend(QWidget):
    """A bar of the scale with numbers under it, and under these the unit, and a note if one is to come."""

    def __init__(self, theme: Theme, parent: QWidget | None = None, has_note: bool = False) -> None:
        super().__init__(parent)
        self._theme = theme
        self._lut = np.zeros((0, 3), np.uint8)
        self._ticks: Sequence[tuple[float, str]] = ()
        self._unit = ""
        self._note = ""
        self._has_note = has_note
        self._margins = (0, 0)
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

    def set_margins(self, left: int, right: int) -> None:
        """Pixels beside the bar; the texts have these, too."""
        self._margins = left, right
        self.update()

    def set_note(self, note: str) -> None:
        """What else is to be known of the colours, under the unit; translated already."""
        if note != self._note:
            self._note = note
            self.update()

    @property
    def note(self) -> str:
        """What else is to be known of the colours."""
        return self._note

    @property
    def unit(self) -> str:
        """What the numbers count."""
        return self._unit

    def sizeHint(self) -> QSize:
        return QSize(200, self.height_at(2 * NARROW))

    def height_at(self, width: int) -> int:
        """The height at a width: in a narrow legend the unit has two lines, and each part of a note one."""
        is_narrow = width < NARROW
        lines = 2 + is_narrow + (1 + is_narrow if self._has_note else 0)
        return round(BAR_HEIGHT + GAP + lines * self._metrics().height())

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
        bar = QRectF(self._margins[0] + 0.5, 0.5, self._length() - 1, BAR_HEIGHT - 1)
        if len(self._lut):
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
        metrics = self._metrics()
        for line, text in enumerate(self._texts(), start=1):
            room = self._room(BAR_HEIGHT + GAP + line * height, height, metrics.horizontalAdvance(text))
            elided = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, Qt.AlignmentFlag.AlignHCenter, elided)

    def _texts(self) -> list[str]:
        """The unit and the note by lines."""
        if self.width() >= NARROW or self.height() < self.height_at(self.width()):
            return [self._unit, self._note]
        return [*self._parted(self._unit), *self._note.split(PARTED, 1)]

    def _parted(self, text: str) -> list[str]:
        """A text on two lines, if one is not enough."""
        metrics, words = self._metrics(), text.split(" ")
        if metrics.horizontalAdvance(text) <= self.width() or len(words) == 1:
            return [text]
        starts = [" ".join(words[:count]) for count in range(1, len(words))]
        fitting = [start for start in starts if metrics.horizontalAdvance(start) <= self.width()]
        first = fitting[-1] if fitting else starts[0]
        return [first, text[len(first) + 1 :]]

    def _room(self, top: float, height: float, width: float) -> QRectF:
        """Under the bar's middle, or wherever a wide text has room."""
        middle = self._margins[0] + self._length() / 2
        left = min(max(middle - width / 2, 0.0), max(self.width() - width, 0.0))
        return QRectF(left, top, min(width + 1, self.width()), height)

    def _box(self, share: float, width: float) -> tuple[float, float]:
        """Left and right edge of a text under its share of the bar, inside the legend."""
        length = self._length()
        left = self._margins[0] + min(max(share * length - width / 2, 0.0), length - width)
        return left, left + width

    def _length(self) -> float:
        """Pixels of the bar."""
        return float(max(1, self.width() - sum(self._margins)))

    def _image(self) -> QImage:
        entries = len(self._lut)
        return QImage(self._lut.tobytes(), entries, 1, 3 * entries, QImage.Format.Format_RGB888).copy()

    def _metrics(self) -> QFontMetricsF:
        return QFontMetricsF(self._theme.font(LEGEND_TYPE))
