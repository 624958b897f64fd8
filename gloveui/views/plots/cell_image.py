"""An image of cells that ends where the cells in sight end, in files of lines and text, too."""

from __future__ import annotations

import math

import pyqtgraph as pg
from PySide6.QtGui import QImage, QPaintEngine, QPainter

SHARPER = 2  # pixels of a saved image for one on the screen


class CellImage(pg.ImageItem):
    """SVG as Qt writes it knows no clipping: what is out of sight would lie on the words and the legend."""

    def __init__(self) -> None:
        super().__init__(axisOrder="row-major")

    def paint(self, painter: QPainter, *options: object) -> None:
        if is_saved_as_lines(painter):
            self._paint_part(painter)
        else:
            super().paint(painter, *options)

    def _paint_part(self, painter: QPainter) -> None:
        part = self.viewRect().intersected(self.boundingRect())
        if part.isEmpty():
            return
        pixels = painter.transform().mapRect(part).size() * SHARPER
        image = QImage(math.ceil(pixels.width()), math.ceil(pixels.height()), QImage.Format.Format_RGB32)
        inner = QPainter(image)
        inner.scale(image.width() / part.width(), image.height() / part.height())
        inner.translate(-part.topLeft())
        super().paint(inner)
        inner.end()
        painter.drawImage(part, image)


def is_saved_as_lines(painter: QPainter) -> bool:
    """Whether this is painted into an SVG file."""
    return painter.paintEngine().type() == QPaintEngine.Type.SVG
