"""An analogy as a parallelogram, in the plane that fits its words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QMouseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QToolTip, QWidget

from gloveui.core.analogy_plane import AnalogyPlane
from gloveui.views.languages import Translated
from gloveui.views.plots.label_places import label_places
from gloveui.views.plots.themed_plot import ThemedPlot
from gloveui.views.theme import Theme
from gloveui.views.widgets.plain_tooltip import plain_tooltip

LONGEST_WORD, LONGEST_TARGET = 22, 30
A, B, C, D, EXPECTED = range(5)
POINT, BEST_POINT, TARGET_POINT = 9, 13, 15  # pixels
HEAD = 13  # pixels of an arrow's head
ROOMY = 270  # pixels of width: the target is named by its words
SHORT = 30  # pixels: an arrow that is shorter goes from point to point and has a small head
REACH = 13  # pixels
MARGIN = 10  # pixels around what is drawn
LABEL_SHARE = 0.3  # of the area that the labels at its sides may take
TURN = 1.15  # times as large as upright, a turned picture is worth it
WORD_TYPE, TARGET_TYPE = 1.15, 0.95


@dataclass(frozen=True, eq=False)
class AnalogyDrawing:
    """a, b, c, the best answer, and the expected word if that is another one, with their plane."""

    words: tuple[str, ...]
    plane: AnalogyPlane


class AnalogyPlot(Translated, ThemedPlot):
    """Arrows a → b and c → answer, the place b − a + c, and the words by name.

    One unit is as long to the right as it is upwards: angles and lengths in the plane are true.
    """

    word_clicked = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._drawing: AnalogyDrawing | None = None
        self._pixels = np.empty((0, 2))  # of the words and of the target
        self._shown_area = (0.0, 0.0)
        self._is_outdated = False
        self._boxes = np.empty((0, 4))  # of their labels: left, top, right, bottom
        for side in ("left", "bottom"):
            self.plotItem.hideAxis(side)
        self.plotItem.vb.invertY(True)  # pixels of the view, downwards
        self.setMouseEnabled(x=False, y=False)
        self.disableAutoRange()
        self.viewport().setMouseTracking(True)
        self.arrows = [_Arrow(self) for _ in range(3)]  # a → b, c → d, and the wished-for c → target
        self.sides = [pg.PlotCurveItem(antialias=True) for _ in range(2)]  # a – c and b – target
        self.points = pg.ScatterPlotItem(pxMode=True, useCache=False, antialias=True)  # an SVG gets no cache
        for item in (*self.sides, self.points):
            self.addItem(item)
        self.points.setZValue(10)
        self.labels: list[pg.TextItem] = []
        self.retranslate()

    @property
    def drawing(self) -> AnalogyDrawing | None:
        """What is drawn."""
        return self._drawing

    def show_drawing(self, drawing: AnalogyDrawing | None) -> None:
        """Draw another analogy, or none."""
        self._drawing = drawing
        self.recolor()

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("The analogy in the plane of its words"))

    def recolor(self) -> None:
        """Draw anew, as soon as it is seen."""
        self._is_outdated = not self.isVisible()
        if not self._is_outdated:
            self._name_points()
            self._draw()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_outdated:
            self.recolor()

    def label_texts(self) -> list[str]:
        """What the labels say, the target's last."""
        if self._drawing is None:
            return []
        words = [_short(word, LONGEST_WORD) for word in self._drawing.words]
        a, b, c = words[:3]
        named = f"{b} − {a} + {c}"
        fits = len(named) <= LONGEST_TARGET and self.width() >= self.theme.pixels(ROOMY)
        return [*words, named if fits else "b − a + c"]

    def label_boxes(self) -> NDArray[np.float64]:
        """float64, shape (n, 4): left, top, right and bottom of each label, in pixels of the plot."""
        return self._boxes

    def point_at(self, position: QPointF) -> int | None:
        """The number of the point under a place of the viewport, by its dot or its label; None for none."""
        if self._drawing is None or not len(self._pixels):
            return None
        seen = self.plotItem.vb.mapSceneToView(self.mapToScene(position.toPoint()))
        place = np.array([seen.x(), seen.y()])
        distances = np.linalg.norm(self._pixels - place, axis=1)
        if distances.min() <= REACH:
            return int(distances.argmin())
        inside = (self._boxes[:, :2] <= place).all(axis=1) & (self._boxes[:, 2:] >= place).all(axis=1)
        return int(inside.argmax()) if inside.any() else None

    def point_text(self, number: int) -> str:
        """What is known of a point."""
        assert self._drawing is not None
        words, plane = self._drawing.words, self._drawing.plane
        if number == len(words):
            a, b, c = (_short(word, LONGEST_WORD) for word in words[:3])
            text = self.tr("The place {b} − {a} + {c}, {distance} away from the plane").format(
                a=a, b=b, c=c, distance=f"{plane.target_distance:.2f}"
            )
            return text + "\n" + self.tr("A word there would make the arrows alike.")
        text = self.tr("“{word}”, {distance} away from the plane; a word's arrow has length 1").format(
            word=_short(words[number], LONGEST_WORD), distance=f"{plane.distances[number]:.2f}"
        )
        return text + "\n" + self.tr("Click to put it in focus.")

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        number = self.point_at(event.position())
        is_word = number is not None and self._drawing is not None and number < len(self._drawing.words)
        self.setCursor(Qt.CursorShape.PointingHandCursor if is_word else Qt.CursorShape.ArrowCursor)
        if number is None:
            QToolTip.hideText()
        else:
            place = event.globalPosition().toPoint()
            QToolTip.showText(place, plain_tooltip(self.point_text(number)), self)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        number = self.point_at(event.position())
        if event.button() != Qt.MouseButton.LeftButton or number is None or self._drawing is None:
            return
        if number < len(self._drawing.words):
            self.word_clicked.emit(self._drawing.words[number])

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()  # nothing of pyqtgraph's follows from a click here

    def leaveEvent(self, event: QEvent) -> None:
        QToolTip.hideText()
        super().leaveEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # pyqtgraph resizes the plot while it is made, and once more when it has closed it.
        if hasattr(self, "labels") and not self.closed:
            self.recolor()

    def _name_points(self) -> None:
        """One label for each point, in its colour and type."""
        texts, colors = self.label_texts(), self._colors()
        while len(self.labels) < len(texts):
            label = pg.TextItem()
            label.setZValue(20)
            self.addItem(label)
            self.labels.append(label)
        for number, label in enumerate(self.labels):
            label.setVisible(number < len(texts))
            if number < len(texts):
                is_target = number == len(texts) - 1
                weight = QFont.Weight.DemiBold if number == D else QFont.Weight.Normal
                label.setFont(self.theme.font(TARGET_TYPE if is_target else WORD_TYPE, weight))
                label.setText(texts[number], color=colors[number])

    def _colors(self) -> list[QColor]:
        """Of each point, the target's last."""
        if self._drawing is None:
            return []
        tokens = ["text", "text", "text", "accent", "warn"][: len(self._drawing.words)]
        return [self.theme.color(token) for token in (*tokens, "muted")]

    def _draw(self) -> None:
        is_there = self._drawing is not None
        for item in (*self.sides, self.points, *(part for arrow in self.arrows for part in arrow.parts)):
            item.setVisible(is_there)
        if not is_there:
            self._pixels, self._boxes = np.empty((0, 2)), np.empty((0, 4))
            return
        width, height = self._area()
        if (width, height) != self._shown_area:
            self._shown_area = width, height
            self.setRange(xRange=(0.0, width), yRange=(0.0, height), padding=0)
        sizes = np.array([_size(label) for label in self.labels[: len(self._colors())]])
        self._pixels = self._placed(sizes, (width, height))
        self._draw_lines()
        self._draw_points()
        corners = label_places(self._pixels, sizes, self._lines(), (width, height))
        self._boxes = np.hstack([corners, corners + sizes])
        for label, corner in zip(self.labels, corners, strict=False):
            label.setPos(*corner)

    def _area(self) -> tuple[float, float]:
        box = self.plotItem.vb
        return max(float(box.width()), 1.0), max(float(box.height()), 1.0)

    def _placed(self, sizes: NDArray[np.float64], area: tuple[float, float]) -> NDArray[np.float64]:
        """float64, shape (n, 2): pixels of the points, as large as labels leave room for."""
        assert self._drawing is not None
        plane = self._drawing.plane
        points = np.vstack([plane.positions, plane.target])
        whole = np.array(area)
        margins = np.minimum(sizes[:-1].max(axis=0) * np.array([0.5, 1.0]) + MARGIN, LABEL_SHARE * whole)
        room = whole - 2 * margins
        scales = [float(np.min(room / np.maximum(_extent(one), 1e-9))) for one in (points, points[:, ::-1])]
        is_turned = scales[1] > TURN * scales[0]
        if is_turned:  # seen from behind and turned: a → b goes up, and c is to the right of a
            points = points[:, ::-1]
        middle = points.min(axis=0) + _extent(points) / 2
        return (points - middle) * scales[is_turned] * np.array([1.0, -1.0]) + whole / 2

    def _lines(self) -> list[tuple[NDArray[np.float64], NDArray[np.float64]]]:
        a, b, c, d = self._pixels[:4]
        target = self._pixels[-1]
        return [(a, b), (c, d), (c, target), (a, c), (b, target)]

    def _draw_lines(self) -> None:
        lines, accent, muted = self._lines(), self.theme.color("accent"), self.theme.color("muted")
        dash = Qt.PenStyle.DashLine
        self.arrows[0].draw(*lines[0], pg.mkPen(accent, width=2.5), accent)
        self.arrows[1].draw(*lines[1], pg.mkPen(accent, width=2.5), accent)
        self.arrows[2].draw(*lines[2], pg.mkPen(muted, width=1.5, style=dash), muted)
        for side, ends in zip(self.sides, lines[3:], strict=True):
            xs, ys = np.array(ends).T
            side.setData(xs, ys)
            side.setPen(pg.mkPen(self.theme.color("handle"), width=1.2, style=Qt.PenStyle.DotLine))

    def _draw_points(self) -> None:
        colors = self._colors()
        last = len(colors) - 1
        spots = []
        for number, (place, color) in enumerate(zip(self._pixels, colors, strict=True)):
            is_hollow = number in (EXPECTED, last)
            size = BEST_POINT if number == D else TARGET_POINT if is_hollow else POINT
            dashed = Qt.PenStyle.DashLine if number == last else Qt.PenStyle.SolidLine
            fill = self.theme.color("surface") if is_hollow and number != last else color
            brush = pg.mkBrush(None) if number == last else pg.mkBrush(fill)
            pen = pg.mkPen(color if is_hollow else self.theme.color("surface"), width=1.6, style=dashed)
            size = self.theme.pixels(size)
            spots.append({"pos": tuple(place), "size": size, "brush": brush, "pen": pen, "symbol": "o"})
        self.points.setData(spots)


class _Arrow:
    """A line with a head at its end."""

    def __init__(self, plot: ThemedPlot) -> None:
        self.line = pg.PlotCurveItem(antialias=True)
        self.head = pg.ArrowItem(pxMode=True, headLen=HEAD, tipAngle=32, baseAngle=12, tailLen=None, pen=None)
        self.parts = (self.line, self.head)
        for part in self.parts:
            plot.addItem(part)

    def draw(self, start: NDArray[np.float64], end: NDArray[np.float64], pen: object, color: QColor) -> None:
        """Draw it from a point to a point, in pixels; it stops before the dot."""
        way = end - start
        length = float(np.linalg.norm(way))
        direction = way / length if length > 0 else np.array([1.0, 0.0])
        tip = end - direction * (BEST_POINT / 2 + 1 if length > SHORT else 0.0)
        neck = tip - direction * (HEAD - 2 if length > SHORT else 0.0)
        self.line.setData(*np.array([start, neck]).T)
        self.line.setPen(pen)
        self.head.setStyle(
            angle=float(np.degrees(np.arctan2(-direction[1], -direction[0]))), brush=pg.mkBrush(color)
        )
        self.head.setPos(*tip)
        self.head.setVisible(length > SHORT)


def _size(label: pg.TextItem) -> tuple[float, float]:
    """Width and height of a label, in pixels."""
    box = label.textItem.boundingRect()
    return box.width(), box.height()


def _extent(points: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(np.ptp(points, axis=0))


def _short(word: str, longest: int) -> str:
    return word if len(word) <= longest else word[: longest - 1] + "…"
