"""A plot in the colours and type of the theme."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF
from PySide6.QtWidgets import QFrame, QWidget

from gloveui.views.quantity_texts import compact
from gloveui.views.theme import Theme

TICK_TYPE, LABEL_TYPE = 0.85, 0.9  # sizes relative to the body text
TICK_LINES = 1.4  # lines of text that numbers beside each other stand apart at least
FEW_DECADES = 1.0  # an axis shorter than this has room for every digit


class WholeNumberAxis(pg.AxisItem):
    """An axis of things that are counted: no ticks between whole numbers, and none too close to read."""

    def tickSpacing(self, minVal: float, maxVal: float, size: float) -> list[tuple[float, float]]:
        spacings = super().tickSpacing(minVal, maxVal, size)
        whole = [(spacing, offset) for spacing, offset in spacings if spacing >= 1 and spacing % 1 == 0]
        closest = TICK_LINES * self.line_height() * (maxVal - minVal) / max(size, 1.0)
        return [(spacing, offset) for spacing, offset in whole if spacing >= closest] or whole or [(1.0, 0.0)]

    def line_height(self) -> float:
        """Pixels of a line of numbers."""
        return QFontMetricsF(self.style["tickFont"] or QFont()).height()


class NumberAxis(pg.AxisItem):
    """An axis of values, all written alike: 0.1, 1, 10, 1k.

    On a logarithmic one only 1, 2 and 5 are written where more would not fit.
    """

    def logTickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        texts = [compact(10.0**value * scale) for value in values]
        if abs(self.range[1] - self.range[0]) < FEW_DECADES:
            return texts
        return [
            text if _leading_digit(value) in (1, 2, 5) else ""
            for value, text in zip(values, texts, strict=True)
        ]


def _leading_digit(exponent: float) -> int:
    return round(10 ** (exponent - np.floor(exponent + 1e-9)))


class ThemedPlot(pg.PlotWidget):
    """A plot on the surface's colour with quiet axes, redrawn when the theme changes.

    Subclasses colour what they draw in `recolor`, which they call once when their items are there.
    """

    def __init__(
        self,
        theme: Theme,
        parent: QWidget | None = None,
        axis_items: dict[str, pg.AxisItem] | None = None,
        box: pg.ViewBox | None = None,
    ) -> None:
        surface = theme.color("surface")
        super().__init__(parent, background=surface, axisItems=axis_items, viewBox=box, enableMenu=False)
        self.theme = theme
        self._labels: dict[str, str] = {}
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # there is nothing to press in it
        self.plotItem.hideButtons()
        # The menu is made although it is off, and would outlive the plot as a window of its own.
        menu = self.plotItem.ctrlMenu
        menu.setParent(self, menu.windowFlags())
        for side in ("left", "bottom"):
            self.plotItem.getAxis(side).enableAutoSIPrefix(False)
            self.plotItem.getAxis(side).setTickDensity(0.7)
        self.plotItem.showGrid(x=False, y=True, alpha=1.0)
        self.plotItem.getAxis("left").setZValue(-1000)  # its grid stays behind the curves
        self._color_axes()
        theme.changed.connect(self._follow_theme)

    def set_label(self, side: str, text: str) -> None:
        """Name an axis (``"left"`` or ``"bottom"``); the text is translated already."""
        self._labels[side] = text
        self._color_label(side)

    def sizeHint(self) -> QSize:
        return QSize(320, 220)  # else that of everything ever drawn

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 90)

    def recolor(self) -> None:
        """Draw what is in the plot in the theme's colours."""

    def _follow_theme(self) -> None:
        self.setBackground(self.theme.color("surface"))
        self._color_axes()
        self.recolor()

    def _color_axes(self) -> None:
        for side in ("left", "bottom", "top", "right"):
            axis: Any = self.plotItem.getAxis(side)
            axis.setPen(self.theme.color("border"))
            axis.setTickPen(self.theme.color("border"))
            axis.setTextPen(self.theme.color("muted"))
            axis.setTickFont(self.theme.font(TICK_TYPE))
        for side in self._labels:
            self._color_label(side)

    def _color_label(self, side: str) -> None:
        axis: Any = self.plotItem.getAxis(side)
        axis.label.setFont(self.theme.font(LABEL_TYPE))
        axis.setLabel(self._labels[side], color=self.theme.palette.muted)
