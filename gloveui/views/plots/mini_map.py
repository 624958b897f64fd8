"""A small picture of a whole heatmap, with a frame around what is in sight."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from gloveui.views.theme import Theme

SMALLEST_FRAME = 5.0  # pixels


class MiniMap(QWidget):
    """A click or a drag in it moves what is in sight; places are shares (0 to 1) of the whole."""

    moved = Signal(object)  # QPointF: where the middle of what is in sight is to be

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._image = QImage()
        self._sight = QRectF(0, 0, 1, 1)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the heatmap's own keys do the same
        self.setCursor(Qt.CursorShape.CrossCursor)
        theme.changed.connect(self.update)

    @property
    def sight(self) -> QRectF:
        """What is framed."""
        return self._sight

    def set_picture(self, entries: NDArray[np.uint8], lut: NDArray[np.uint8]) -> None:
        """The whole, as entries, uint8 [h, w], of a colour map, uint8 [256, 3]."""
        pixels = np.ascontiguousarray(lut[entries])
        height, width = entries.shape
        self._image = QImage(pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()
        self.update()

    def set_sight(self, sight: QRectF) -> None:
        """Frame a part."""
        if sight != self._sight:
            self._sight = sight
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._move(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._move(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        room = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.fillRect(room, self._theme.color("surface"))
        if not self._image.isNull():
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(room, self._image)
        painter.setPen(self._theme.color("outline"))
        painter.drawRect(room)
        for color, width in (("surface", 3.5), ("warn", 1.5)):
            painter.setPen(QPen(self._theme.color(color), width))
            painter.drawRect(self._frame(room))

    def _frame(self, room: QRectF) -> QRectF:
        """Where the part in sight is, never too small to be seen."""
        width = max(self._sight.width() * room.width(), SMALLEST_FRAME)
        height = max(self._sight.height() * room.height(), SMALLEST_FRAME)
        left = room.left() + self._sight.left() * room.width()
        top = room.top() + self._sight.top() * room.height()
        return QRectF(min(left, room.right() - width), min(top, room.bottom() - height), width, height)

    def _move(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            place = event.position()
            shares = (place.x() / max(1, self.width()), place.y() / max(1, self.height()))
            self.moved.emit(QPointF(*(min(max(share, 0.0), 1.0) for share in shares)))
