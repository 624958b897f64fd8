"""What a model predicts against what was counted: every pair of a small text, the density of many."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QToolTip, QWidget

from gloveui.core.fit import FittedPairs, ModelFit
from gloveui.core.glove import weight
from gloveui.views.color_maps import weights_lut
from gloveui.views.languages import Translated
from gloveui.views.plots.themed_plot import NumberAxis, ThemedPlot
from gloveui.views.theme import Theme
from gloveui.views.widgets.plain_tooltip import plain_tooltip

FAINTEST = 0.25  # strength of a bin with one pair
POINT_SIZE = 8
REACH = 10.0  # pixels from a point within which the pointer is on it
ROOM = 0.04  # of the width, beside the smallest and the largest count
LONGEST_WORD = 40

TellPair = Callable[[FittedPairs, int], str]


class FitPlot(Translated, ThemedPlot):
    """log X to the right, the model's prediction upwards; on the diagonal they agree.

    Colour is f(X), strength is the number of pairs. Points of small texts can be clicked.
    """

    pair_chosen = Signal(object)  # ids of a word and of a context word

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent, {"bottom": NumberAxis("bottom"), "left": NumberAxis("left")})
        self._fit: ModelFit | None = None
        self._weighting = (1.0, 1.0)
        self._words: Callable[[int], str] = str
        self.image = pg.ImageItem(axisOrder="row-major")
        self.points = pg.ScatterPlotItem(size=POINT_SIZE, pen=None, pxMode=True)
        self.diagonal = pg.PlotDataItem(antialias=True)
        for item in (self.image, self.points, self.diagonal):
            self.addItem(item)
        self.setMouseEnabled(x=False, y=False)
        self.disableAutoRange()
        self.viewport().setMouseTracking(True)
        self.recolor()
        self.retranslate()

    def show_fit(
        self, fit: ModelFit | None, weighting: tuple[float, float], word: Callable[[int], str]
    ) -> None:
        """Draw a fit, weighed with x_max and α; `word` gives the word of an id."""
        self._fit, self._weighting, self._words = fit, weighting, word
        self._draw()

    def retranslate(self) -> None:
        self.set_label("bottom", self.tr("log X, as counted"))
        self.set_label("left", self.tr("log X, as predicted"))
        self.setAccessibleName(self.tr("Prediction of each pair against its count"))

    def recolor(self) -> None:
        self.diagonal.setPen(pg.mkPen(self.theme.color("text"), width=1, style=Qt.PenStyle.DashLine))
        self._draw()

    def text_at(self, position: QPointF) -> str:
        """What is known of the pair or the pairs at a place of the viewport."""
        if self._fit is None:
            return ""
        if self._fit.points is not None:
            return self._points_text(self._fit.points, self.points_at(position))
        return self._bin_text(self._fit, self._in_data(position))

    def points_at(self, position: QPointF) -> NDArray[np.int64]:
        """Numbers of the points within reach of a place of the viewport, the nearest first."""
        fit = self._fit
        if fit is None or fit.points is None:
            return np.empty(0, np.int64)
        centre, corner = self._in_data(position), self._in_data(position + QPointF(REACH, REACH))
        across = (np.log(fit.points.counts) - centre.x()) / (corner.x() - centre.x())
        up = (fit.points.predictions - centre.y()) / (corner.y() - centre.y())
        distances = np.hypot(across, up)
        near = np.flatnonzero(distances <= 1.0)  # of what is no number, none
        return near[np.argsort(distances[near], kind="stable")]

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        text = self.text_at(event.position())
        has_point = self._fit is not None and self._fit.points is not None and bool(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor if has_point else Qt.CursorShape.ArrowCursor)
        self._tell(event.globalPosition().toPoint(), text)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        near = self.points_at(event.position())
        pairs = self._fit.points if self._fit is not None else None
        if event.button() == Qt.MouseButton.LeftButton and len(near) and pairs is not None:
            self.pair_chosen.emit((int(pairs.words[near[0]]), int(pairs.contexts[near[0]])))

    def leaveEvent(self, event: QEvent) -> None:
        QToolTip.hideText()
        super().leaveEvent(event)

    def _tell(self, place: QPoint, text: str) -> None:
        if text:
            QToolTip.showText(place, plain_tooltip(text), self)
        else:
            QToolTip.hideText()

    def _in_data(self, position: QPointF) -> QPointF:
        return self.plotItem.vb.mapSceneToView(self.mapToScene(position.toPoint()))

    def _draw(self) -> None:
        fit = self._fit
        self.image.setVisible(fit is not None and fit.points is None)
        self.points.setVisible(fit is not None and fit.points is not None)
        self.diagonal.setVisible(fit is not None)
        if fit is None:
            return
        self._set_ranges(fit)
        if fit.points is None:
            self._draw_density(fit)
        else:
            self._draw_points(fit.points)

    def _set_ranges(self, fit: ModelFit) -> None:
        (left, right), (bottom, top) = fit.log_range, fit.prediction_range
        room = max(ROOM * (right - left), 0.05)
        if fit.points is not None:  # few pairs need no room for others
            predictions = fit.points.predictions[np.isfinite(fit.points.predictions)]
            seen = np.concatenate([np.clip(predictions, bottom, top), [left, right]])
            bottom, top = float(seen.min()) - room, float(seen.max()) + room
        self.setXRange(left - room, right + room, padding=0)
        self.setYRange(bottom, top, padding=0)
        ends = np.array([left - room, right + room])
        self.diagonal.setData(ends, ends)

    def _draw_density(self, fit: ModelFit) -> None:
        (left, right), (bottom, top) = fit.log_range, fit.prediction_range
        bins = fit.density.shape[1]
        logs = left + (np.arange(bins) + 0.5) * (right - left) / bins
        colors = np.empty((*fit.density.shape, 4), np.uint8)
        colors[..., :3] = self._colors(np.exp(logs))
        colors[..., 3] = np.rint(255 * strengths(fit.density))
        self.image.setImage(colors, autoLevels=False, levels=None)
        self.image.setRect(QRectF(left, bottom, right - left, top - bottom))

    def _draw_points(self, pairs: FittedPairs) -> None:
        shown = np.isfinite(pairs.predictions)
        colors = self._colors(pairs.counts[shown].astype(np.float64))
        brushes = {color: pg.mkBrush(*color, 170) for color in set(map(tuple, colors.tolist()))}
        self.points.setData(
            x=np.log(pairs.counts[shown].astype(np.float64)),
            y=pairs.predictions[shown],
            brush=[brushes[color] for color in map(tuple, colors.tolist())],
            size=self.theme.pixels(POINT_SIZE),
        )

    def _colors(self, counts: NDArray[np.float64]) -> NDArray[np.uint8]:
        """uint8, shape (n, 3): the colour of f(X)."""
        entries = np.rint(255 * weight(counts, *self._weighting)).astype(np.int64)
        return weights_lut(self.theme.palette)[entries]

    def _points_text(self, pairs: FittedPairs, near: NDArray[np.int64]) -> str:
        if not len(near):
            return ""
        lines = [pair_text(pairs, int(near[0]), self._words)]
        if len(near) > 1:
            lines.append(self.tr("and more pairs beside it: {count}").format(count=len(near) - 1))
        return "\n".join([*lines, self.tr("Click to see the sentences.")])

    def _bin_text(self, fit: ModelFit, place: QPointF) -> str:
        (left, right), (bottom, top) = fit.log_range, fit.prediction_range
        rows, columns = fit.density.shape
        width, height = (right - left) / columns, (top - bottom) / rows
        column, row = int((place.x() - left) // width), int((place.y() - bottom) // height)
        if not (0 <= row < rows and 0 <= column < columns) or not fit.density[row, column]:
            return ""
        counts = np.exp(left + width * np.array([column, column + 1]))
        predictions = np.exp(bottom + height * np.array([row, row + 1]))
        return self.tr(
            "Pairs: {pairs}\ncounted X = {x0} to {x1}\npredicted X̂ = {y0} to {y1}\nweight f(X) ≈ {f}"
        ).format(
            pairs=f"{fit.density[row, column]:,}",
            x0=f"{counts[0]:.3g}", x1=f"{counts[1]:.3g}",
            y0=f"{predictions[0]:.3g}", y1=f"{predictions[1]:.3g}",
            f=f"{float(weight(counts, *self._weighting).mean()):.2g}",
        )  # fmt: skip


def pair_text(pairs: FittedPairs, place: int, word: Callable[[int], str]) -> str:
    """A pair, its count and what the model says of it."""
    first, second = (short(word(int(ids[place]))) for ids in (pairs.words, pairs.contexts))
    return (
        f"{first} × {second}\nX = {pairs.counts[place]:.4g}\nX̂ = {pairs.predicted_counts[place]:.4g}\n"
        f"log X̂ − log X = {pairs.errors[place]:+.3f}\nf(X) = {pairs.weights[place]:.3g}"
    )


def short(word: str) -> str:
    """A word, not longer than a line has room for."""
    return word if len(word) <= LONGEST_WORD else word[: LONGEST_WORD - 1] + "…"


def strengths(density: NDArray[np.int64]) -> NDArray[np.float64]:
    """How strongly each bin is drawn, 0 to 1: by the logarithm of its pairs; an empty one not at all."""
    most = max(int(density.max(initial=0)), 1)
    shares = np.log1p(density) / np.log1p(most)
    return np.where(density > 0, FAINTEST + (1 - FAINTEST) * shares, 0.0)
