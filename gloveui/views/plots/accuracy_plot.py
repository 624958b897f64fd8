"""Bars that compare models: one group a section, one bar a model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QWidget

from gloveui.views.palette import Palette
from gloveui.views.plots.map_colors import category_colors
from gloveui.views.plots.themed_plot import TICK_TYPE, ThemedPlot
from gloveui.views.theme import Theme

GROUP = 0.78  # share of a group's height that its bars fill
CEILING = 1.12  # times the longest bar: room for its number
FEWEST_GROUPS = 6  # for which there is room: a few bars do not fill the plot
LEAST_BAR = 11  # pixels of a bar that has room for its number
WIDEST_NAME = 0.42  # share of the plot's width


@dataclass(frozen=True, slots=True)
class Bars:
    """The values of one model by group; None where it has none."""

    name: str
    values: tuple[float | None, ...]


def series_colors(palette: Palette, count: int) -> list[str]:
    """Colours of models in their order; the first one has the accent."""
    others = category_colors(palette)[1:]
    return [palette.accent, *(others[place % len(others)] for place in range(count - 1))][:count]


class AccuracyPlot(ThemedPlot):
    """Lying bars, the first group at the top, with their numbers where there is room."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._groups: tuple[str, ...] = ()
        self._bars: tuple[Bars, ...] = ()
        self._decimals = 1
        self._slots = FEWEST_GROUPS
        self.items_shown: list[pg.BarGraphItem] = []
        self._numbers: list[pg.TextItem] = []
        self.setMouseEnabled(x=False, y=False)
        self.disableAutoRange()
        self.plotItem.showGrid(x=True, y=False, alpha=1.0)
        self.plotItem.getAxis("bottom").setZValue(-1000)
        self.plotItem.getAxis("left").setStyle(tickLength=0)
        self.recolor()

    @property
    def bars(self) -> tuple[Bars, ...]:
        """What is drawn."""
        return self._bars

    def show_bars(self, groups: Sequence[str], bars: Sequence[Bars], axis: str, decimals: int) -> None:
        """Draw groups from the top down; the axis is named in the language in use."""
        self._groups, self._bars, self._decimals = tuple(groups), tuple(bars), decimals
        values = [value for one in bars for value in one.values if value is not None]
        self.setXRange(min([0.0, *(CEILING * value for value in values)]), self._ceiling(values), padding=0)
        self._slots = max(len(groups), FEWEST_GROUPS)
        self.setYRange(-self._slots + 0.4, 0.6, padding=0)
        self.set_label("bottom", axis)
        self._draw()

    def recolor(self) -> None:
        self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if hasattr(self, "_bars"):  # pyqtgraph resizes the plot while it is made
            self._draw()

    def _ceiling(self, values: Sequence[float]) -> float:
        return CEILING * max([*values, 10.0**-self._decimals]) if values else 1.0

    def _draw(self) -> None:
        for item in (*self.items_shown, *self._numbers):
            self.removeItem(item)
        self.items_shown, self._numbers = [], []
        thickness = GROUP / max(len(self._bars), 1)
        colors = series_colors(self.theme.palette, len(self._bars))
        for number, (one, color) in enumerate(zip(self._bars, colors, strict=True)):
            places = -np.arange(len(one.values)) + GROUP / 2 - (number + 0.5) * thickness
            self._draw_bars(one, places, thickness * 0.9, color)
        self._name_groups()

    def _draw_bars(self, one: Bars, places: np.ndarray, thickness: float, color: str) -> None:
        values = [value or 0.0 for value in one.values]
        bars = pg.BarGraphItem(x0=0, y=places, width=values, height=thickness, brush=color, pen=None)
        self.addItem(bars)
        self.items_shown.append(bars)
        pixels = self.plotItem.vb.height() * thickness / self._slots
        if pixels < self.theme.pixels(LEAST_BAR):
            return
        for value, place in zip(one.values, places.tolist(), strict=True):
            text = "–" if value is None else f"{value:.{self._decimals}f}".replace("-", "−")
            number = pg.TextItem(text, color=self.theme.color("muted"), anchor=(0, 0.5))
            number.setFont(self.theme.font(TICK_TYPE))
            number.setPos(max(value or 0.0, 0.0), place)
            self.addItem(number, ignoreBounds=True)
            self._numbers.append(number)

    def _name_groups(self) -> None:
        """Names that are too long end in …; where lines would touch, every second or third is written."""
        metrics = QFontMetricsF(self.theme.font(TICK_TYPE))
        room = self.plotItem.vb.height() / self._slots
        step = max(1, int(np.ceil(metrics.height() / max(room, 1.0))))
        widest = WIDEST_NAME * max(self.width(), 1)
        names = [metrics.elidedText(name, Qt.TextElideMode.ElideRight, widest) for name in self._groups]
        ticks = [(float(-place), name) for place, name in enumerate(names) if place % step == 0]
        axis = self.plotItem.getAxis("left")
        axis.setTicks([ticks, []])
        longest = max((metrics.horizontalAdvance(name) for _, name in ticks), default=0.0)
        axis.setWidth(longest + 12)
