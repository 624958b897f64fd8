"""A line drawn round words, or a rectangle, and which words are inside."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPolygonF

SHAPES = ("lasso", "rectangle")
CLOSEST = 2.0  # pixels between two corners of a lasso


class Lasso:
    """Grows with the pointer; places are pixels of the map."""

    def __init__(self, shape: str, start: QPointF) -> None:
        self._shape = shape
        self._corners = [start]

    def extend(self, place: QPointF) -> None:
        """Take in where the pointer is now."""
        if self._shape == "rectangle":
            self._corners = [self._corners[0], place]
        elif (place - self._corners[-1]).manhattanLength() >= CLOSEST:
            self._corners.append(place)

    def path(self) -> QPainterPath:
        """The closed outline."""
        path = QPainterPath()
        if self._shape == "rectangle":
            path.addRect(QRectF(self._corners[0], self._corners[-1]).normalized())
        else:
            path.addPolygon(QPolygonF(self._corners))
            path.closeSubpath()
        return path

    def inside(self, pixels: NDArray[np.float64], size: QSize) -> NDArray[np.int64]:
        """int64: numbers of the points, float64 [n, 2], whose pixel is inside, in a map of this size.

        The outline is painted and each point looks at its pixel: long outlines are as quick as short ones.
        """
        width, height = max(size.width(), 1), max(size.height(), 1)
        image = QImage(width, height, QImage.Format.Format_Grayscale8)
        image.fill(0)
        painter = QPainter(image)
        painter.fillPath(self.path(), Qt.GlobalColor.white)
        painter.end()
        lines = np.frombuffer(image.constBits(), np.uint8).reshape(height, image.bytesPerLine())
        in_sight = np.flatnonzero(
            (pixels[:, 0] >= 0) & (pixels[:, 0] < width) & (pixels[:, 1] >= 0) & (pixels[:, 1] < height)
        )
        columns, rows = pixels[in_sight].astype(np.int64).T
        return in_sight[lines[rows, columns] > 127]
