"""Icons drawn as SVG in one stroke style, tinted when they are made."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from gloveui.storage.bundled import bundled_path

_SIDES = (16, 20, 24, 32, 48)
_APPLICATION_SIDES = (16, 24, 32, 48, 64, 128, 256)
_PIXEL_RATIOS = (1.0, 2.0, 3.0)


def icon(name: str, color: QColor, disabled: QColor | None = None) -> QIcon:
    """The icon ``resources/icons/<name>.svg`` in one colour, sharp at one to three pixels per point.

    ``disabled`` is the colour of an icon that cannot be used; left out, a paler ``color``.
    """
    result = QIcon()
    tints = ((QIcon.Mode.Normal, color), (QIcon.Mode.Disabled, disabled or _paler(color)))
    for mode, tint in tints:
        renderer = _renderer(_source(name).replace("currentColor", tint.name(QColor.NameFormat.HexRgb)))
        for side in _SIDES:
            for ratio in _PIXEL_RATIOS:
                result.addPixmap(_rendered(renderer, side, ratio, tint.alphaF()), mode)
    return result


def icon_pixmap(name: str, color: QColor, side: int, pixel_ratio: float) -> QPixmap:
    """One icon as a picture ``side`` points wide, for labels."""
    renderer = _renderer(_source(name).replace("currentColor", color.name(QColor.NameFormat.HexRgb)))
    return _rendered(renderer, side, pixel_ratio, color.alphaF())


def application_icon() -> QIcon:
    """The program's own coloured icon."""
    result = QIcon()
    renderer = _renderer(_source("gloveui"))
    for side in _APPLICATION_SIDES:
        result.addPixmap(_rendered(renderer, side, 1.0, 1.0))
    return result


@cache
def _source(name: str) -> str:
    return bundled_path(f"icons/{name}.svg").read_text(encoding="utf-8")


def _renderer(source: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(source.encode("utf-8")))


def _rendered(renderer: QSvgRenderer, side: int, ratio: float, opacity: float) -> QPixmap:
    pixels = round(side * ratio)
    pixmap = QPixmap(pixels, pixels)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setOpacity(opacity)
    renderer.render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def _paler(color: QColor) -> QColor:
    paler = QColor(color)
    paler.setAlphaF(0.45)
    return paler
