"""What is painted on a map of words: dots or density, lines, labels, and what is being chosen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPainterPath, QPen

from gloveui.core.map_picture import (
    Sight,
    density_picture,
    dots_picture,
    number_inside,
    weighed_colors,
)
from gloveui.views.color_maps import counts_lut
from gloveui.views.palette import channels
from gloveui.views.plots.cell_image import is_saved_as_lines
from gloveui.views.plots.label_ink import LabelInk
from gloveui.views.plots.map_colors import FADED_ALPHA, point_colors
from gloveui.views.plots.word_labels import Label, WordLabels
from gloveui.views.theme import Theme

DENSE = 20_000  # points in sight, above which their density is drawn
CROWDED = 120_000  # points in sight; of fewer, each is seen better on four pixels than on one
RINGED = 2.5  # pixels: larger dots are set off from one another
LABEL_TYPE = 0.9  # size relative to the body text
PILL = 4.0  # pixels of the round corners behind a marked word
MARK = 1.5  # pixels by which a marked dot is larger
DENSE_RADIUS = 1.75  # pixels of the dot beside a label where the density is drawn
SVG_RATIO = 2.0  # pixels of the picture for each of the screen's

Line = tuple[int, int]


class MapCanvas(pg.GraphicsObject):
    """Fills a view box, whose pixels are its coordinates; pictures are kept until something moves."""

    def __init__(self, box: pg.ViewBox, theme: Theme) -> None:
        super().__init__()
        self._box, self._theme = box, theme
        self._labels, self._letters = WordLabels(), LabelInk()
        self._words: Sequence[str] = ()
        self._positions = np.zeros((0, 2), np.float32)
        self._values: NDArray[np.float32] | None = None
        self._kind = "sequential"
        self._faded: NDArray[np.bool_] | None = None
        self.marked: tuple[int, ...] = ()
        self.lines: tuple[Line, ...] = ()
        self.hovered: int | None = None
        self._has_cross = False
        self._outline: QPainterPath | None = None
        self._kept: dict[str, tuple[Sight, Any]] = {}
        self.setParentItem(box)
        self.setZValue(10)
        box.sigResized.connect(self._follow_box)
        box.sigRangeChanged.connect(self._follow_box)
        self.recolor()

    @property
    def words(self) -> Sequence[str]:
        """The words of the points."""
        return self._words

    @property
    def positions(self) -> NDArray[np.float32]:
        """float32 [n, 2]: where the words are."""
        return self._positions

    def set_words(self, words: Sequence[str]) -> None:
        """Take other words, of which nothing is known yet."""
        self._words = words
        self._labels.set_words(words)
        self._values = self._faded = self.hovered = None
        self.marked, self.lines = (), ()
        self._recolor_points()

    def take_same_words(self, words: Sequence[str]) -> None:
        """Go on with what another model calls the same."""
        self._words = words

    def set_positions(self, positions: NDArray[np.float32]) -> None:
        """Move the words."""
        self._positions = np.ascontiguousarray(positions, np.float32)
        self._redraw()

    def set_values(self, values: NDArray[np.float32] | None, kind: str) -> None:
        """Colour the dots by these."""
        self._values, self._kind = values, kind
        self._recolor_points()

    def set_faded(self, mask: NDArray[np.bool_] | None) -> None:
        """Let some words stand back."""
        self._faded = mask
        self._recolor_points()

    def set_marks(self, marked: Sequence[int], lines: Sequence[Line]) -> None:
        """Set off words, and connect words; raises IndexError for a number that no word has."""
        numbers = [*marked, *(index for line in lines for index in line)]
        if numbers and not 0 <= min(numbers) <= max(numbers) < len(self._positions):
            raise IndexError(f"expected numbers of {len(self._positions)} words, got {numbers}")
        self.marked, self.lines = tuple(marked), tuple(lines)
        self._kept.pop("labels", None)
        self.update()

    def hover(self, index: int | None) -> None:
        """Show which word the pointer is on."""
        if index != self.hovered:
            self.hovered = index
            self.update()

    def set_outline(self, outline: QPainterPath | None) -> None:
        """Show what is being drawn round words."""
        self._outline = outline
        self.update()

    def set_cross(self, is_shown: bool) -> None:
        """Draw lines where x and y are 0, or none."""
        self._has_cross = is_shown
        self.update()

    def recolor(self) -> None:
        """Draw in the colours and the type of the theme."""
        self._labels.set_fonts(self._font(), self._font(QFont.Weight.DemiBold))
        self._letters.forget()
        self._recolor_points()

    def place_labels_anew(self) -> None:
        """Choose what is written without regard to what is."""
        self._labels.forget()
        self._kept.pop("labels", None)
        self.update()

    def sight(self, ratio: float = 1.0) -> Sight:
        """What is in sight, in pixels of the window or finer ones."""
        (left, right), (bottom, top) = self._box.viewRange()
        width, height = (max(1, round(side * ratio)) for side in (self._box.width(), self._box.height()))
        return Sight(left, bottom, right, top, width, height)

    def number_in_sight(self) -> int:
        """How many points are in sight."""
        sight = self.sight()
        return self._kept_for(
            "number",
            sight,
            lambda: number_inside(self._positions, sight.left, sight.bottom, sight.right, sight.top),
        )

    def is_dense(self) -> bool:
        """Whether the density is drawn in place of dots."""
        return self.number_in_sight() > DENSE

    def labels(self) -> list[Label]:
        """What is written now."""
        sight = self.sight()
        radius = DENSE_RADIUS if self.is_dense() else self._radius()
        return self._kept_for(
            "labels",
            sight,
            lambda: self._labels.placed(
                self._positions, sight, radius, self.marked, [end for _, end in self.lines], self._faded
            ),
        )

    def boundingRect(self) -> QRectF:
        return QRectF(0, 0, self._box.width(), self._box.height())

    def paint(self, painter: QPainter, *_: Any) -> None:
        rect = self.boundingRect()
        if not len(self._positions) or rect.isEmpty():
            return
        painter.save()
        try:
            self._paint(painter, rect)
        finally:  # a painter that is left as it is takes the program down with it
            painter.restore()

    def _paint(self, painter: QPainter, rect: QRectF) -> None:
        painter.setClipRect(rect)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        sight = self.sight(_pixel_ratio(painter))
        if self._has_cross:
            self._paint_cross(painter, rect)
        painter.drawImage(rect, self._kept_for("picture", sight, lambda: self._image(sight)))
        self._paint_lines(painter)
        self._paint_labels(painter)
        self._paint_hovered(painter)
        if self._outline is not None:
            painter.setPen(QPen(self._theme.color("accent"), 1.5, Qt.PenStyle.DashLine))
            painter.setBrush(_with_alpha(self._theme.color("accent"), 28))
            painter.drawPath(self._outline)

    def size(self) -> QSize:
        """Pixels of the window that the map takes."""
        return self.boundingRect().size().toSize()

    def place_of(self, index: int) -> QPointF:
        """Where a word is, in pixels."""
        return QPointF(*self.sight().pixels(self._positions[index : index + 1])[0].tolist())

    def _kept_for(self, name: str, sight: Sight, make: Any) -> Any:
        """What was made for a sight before, or what is made now."""
        kept = self._kept.get(name)
        if kept is None or kept[0] != sight:
            kept = (sight, make())
            self._kept[name] = kept
        return kept[1]

    def _image(self, sight: Sight) -> QImage:
        ratio = sight.width / max(self._box.width(), 1.0)
        palette = self._theme.palette
        if self.is_dense():
            is_plain = self._values is None and self._faded is None
            scale = counts_lut(palette) if is_plain else None
            side = 2 if self.number_in_sight() < CROWDED else 1
            pixels = density_picture(self._positions, self._weighed, sight, scale, side)
            written = [label.index for label in self.labels()]
            dots, radius = self._positions[written], DENSE_RADIUS * ratio
            colors = np.array([[*channels(palette.text), 255]], np.uint8)
            dots_picture(dots, colors, sight, radius, (*channels(palette.surface), 255), pixels)
        else:
            radius = self._radius() * ratio
            ring = (*channels(palette.surface), 255 if self._radius() >= RINGED else 0)
            pixels = dots_picture(self._positions, self._colors, sight, radius, ring)
        image = QImage(
            pixels.data, sight.width, sight.height, 4 * sight.width, QImage.Format.Format_ARGB32_Premultiplied
        )
        return image.copy()

    def _radius(self) -> float:
        """Of a dot, in pixels: the fewer are in sight, the larger; in steps, so that it rests in a drag."""
        radius = float(np.clip(8.0 * max(self.number_in_sight(), 1) ** -0.16, 1.5, 6.0))
        return round(4 * radius * self._theme.text_scale) / 4

    def _paint_cross(self, painter: QPainter, rect: QRectF) -> None:
        left, top, across, down = self.sight().frame
        painter.setPen(self._theme.color("border"))
        painter.drawLine(QPointF(-left * across, rect.top()), QPointF(-left * across, rect.bottom()))
        painter.drawLine(QPointF(rect.left(), top * down), QPointF(rect.right(), top * down))

    def _paint_lines(self, painter: QPainter) -> None:
        painter.setPen(QPen(_with_alpha(self._theme.color("accent"), 150), 1.25))
        sight = self.sight()
        for pair in self.lines:
            start, end = (QPointF(*place) for place in sight.pixels(self._positions[list(pair)]).tolist())
            painter.drawLine(QLineF(start, end))

    def _paint_labels(self, painter: QPainter) -> None:
        marked, color = set(self.marked), self._theme.color
        usual, bold = self._font(), self._font(QFont.Weight.DemiBold)
        for index in self.marked:
            self._paint_marked(painter, index)
        for label in reversed(self.labels()):
            if label.index in marked:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(color("soft"))
                painter.drawRoundedRect(label.box, PILL, PILL)
                self._letters.write(painter, label.box, label.text, bold, color("accent"), color("soft"))
            else:
                self._letters.write(painter, label.box, label.text, usual, color("text"), color("surface"))

    def _paint_marked(self, painter: QPainter, index: int) -> None:
        radius = max(self._radius(), RINGED) + MARK
        painter.setPen(QPen(self._theme.color("surface"), 1.5))
        painter.setBrush(self._theme.color("accent"))
        painter.drawEllipse(self.place_of(index), radius, radius)

    def _paint_hovered(self, painter: QPainter) -> None:
        """The word under the pointer, over all others."""
        if self.hovered is None:
            return
        place, radius = self.place_of(self.hovered), max(self._radius(), RINGED) + MARK
        painter.setPen(QPen(self._theme.color("text"), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(place, radius, radius)
        painter.setFont(self._font(QFont.Weight.DemiBold))
        text = self._labels.text(self.hovered)
        metrics = painter.fontMetrics()
        box = QRectF(0, 0, metrics.horizontalAdvance(text) + 12, metrics.height() + 4)
        box.moveCenter(QPointF(place.x() + radius + 4 + box.width() / 2, place.y()))
        if box.right() > self._box.width():
            box.moveRight(place.x() - radius - 4)
        painter.setPen(self._theme.color("outline"))
        painter.setBrush(self._theme.color("raised"))
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(self._theme.color("text"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def _font(self, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        return self._theme.font(LABEL_TYPE, weight)

    def _recolor_points(self) -> None:
        self._colors = point_colors(self._values, self._kind, self._faded, self._theme.palette)
        self._weighed = weighed_colors(self._colors)
        if self._faded is not None:  # a faded point counts as much as another, but in its own faint colour
            self._weighed[self._colors[:, 3] == FADED_ALPHA] *= 0.5
        self._redraw()

    def _redraw(self) -> None:
        self._kept.clear()
        self.update()

    def _follow_box(self) -> None:
        self.prepareGeometryChange()
        self.update()


def _pixel_ratio(painter: QPainter) -> float:
    """Pixels for each of the window's on what is painted on; a drawing that can be enlarged gets more."""
    return SVG_RATIO if is_saved_as_lines(painter) else painter.device().devicePixelRatioF()


def _with_alpha(color: QColor, alpha: int) -> QColor:
    result = QColor(color)
    result.setAlpha(alpha)
    return result
