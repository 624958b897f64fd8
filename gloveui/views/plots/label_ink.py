"""Words written upon a crowd of dots, in letters with an outline, as on a printed map."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPainterPath, QPen

from gloveui.views.plots.cell_image import is_saved_as_lines

OUTLINE = 2.0  # pixels round each letter
MOST_KEPT = 1_500  # words as pictures, some 15 kB each


class LabelInk:
    """Writes words; how each looks is kept as a picture, for an outline takes longer than a frame allows."""

    def __init__(self) -> None:
        self._pictures: dict[tuple[str, str, int, int, float], QImage] = {}

    def forget(self) -> None:
        """Draw every word anew: the type has changed."""
        self._pictures.clear()

    def write(
        self, painter: QPainter, box: QRectF, text: str, font: QFont, ink: QColor, ground: QColor
    ) -> None:
        """Write a word into the middle of a box, in ink with an outline in the colour of the ground."""
        painter.setFont(font)
        if is_saved_as_lines(painter):
            _write(painter, box, text, ink, ground)
            return
        ratio = painter.device().devicePixelRatioF()
        whole = box.adjusted(-OUTLINE, -OUTLINE, OUTLINE, OUTLINE)
        key = (text, font.key(), ink.rgba(), ground.rgba(), ratio)
        picture = self._pictures.get(key)
        if picture is None:
            if len(self._pictures) >= MOST_KEPT:
                self.forget()
            picture = self._pictures[key] = _picture(key[0], font, ink, ground, whole, ratio)
        left, top = (round(side * ratio) / ratio for side in (whole.left(), whole.top()))
        painter.drawImage(QPointF(left, top), picture)


def _picture(text: str, font: QFont, ink: QColor, ground: QColor, whole: QRectF, ratio: float) -> QImage:
    width, height = (math.ceil(side * ratio) for side in (whole.width(), whole.height()))
    start = _start(QRectF(0, 0, whole.width(), whole.height()), text, font)

    def written(color: QColor) -> QImage:
        layer = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
        layer.setDevicePixelRatio(ratio)
        layer.fill(Qt.GlobalColor.transparent)
        painter = QPainter(layer)
        painter.setFont(font)
        painter.setPen(color)
        painter.drawText(start, text)
        painter.end()
        return layer

    return _outlined(written(ground), written(ink), ratio)


def _outlined(behind: QImage, letters: QImage, ratio: float) -> QImage:
    """The letters upon themselves moved every way: a tenth of the time that stroking their paths takes."""
    picture = QImage(letters.size(), letters.format())
    picture.fill(Qt.GlobalColor.transparent)
    reach = math.floor(OUTLINE * ratio)
    behind.setDevicePixelRatio(1.0)
    letters.setDevicePixelRatio(1.0)
    painter = QPainter(picture)
    for down in range(-reach, reach + 1):
        for right in range(-reach, reach + 1):
            if math.hypot(right, down) < reach + 0.5:
                painter.drawImage(right, down, behind)
    painter.drawImage(0, 0, letters)
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


def _start(box: QRectF, text: str, font: QFont) -> QPointF:
    """Where the line of a text begins that stands in the middle of a box."""
    metrics = QFontMetricsF(font)
    left = box.center().x() - metrics.horizontalAdvance(text) / 2
    return QPointF(left, round(box.center().y() + (metrics.ascent() - metrics.descent()) / 2))


def _write(painter: QPainter, box: QRectF, text: str, ink: QColor, ground: QColor) -> None:
    """For a drawing that can be enlarged: letters as paths, which fit their outline everywhere."""
    start = _start(box, text, painter.font())
    letters = QPainterPath()
    letters.addText(start, painter.font(), text)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(ground, 2 * OUTLINE, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    painter.strokePath(letters, pen)
    painter.fillPath(letters, ink)
