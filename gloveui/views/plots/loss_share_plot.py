"""Which counts the loss comes from: shares of the pairs and of the loss, by count."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF
from PySide6.QtGui import QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QWidget

from gloveui.core.fit import CountGroup
from gloveui.views.languages import Translated
from gloveui.views.plots.themed_plot import TICK_TYPE
from gloveui.views.plots.told_plot import ToldPlot
from gloveui.views.theme import Theme

BAR = 0.38  # width; two of them and a gap make a group
CEILING = 1.08  # times the highest bar
APART = 6  # pixels between two numbers


class LossSharePlot(Translated, ToldPlot):
    """Two bars for each group of counts: its share of the pairs, and its share of the loss."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._groups: Sequence[CountGroup] = ()
        self.pair_bars = pg.BarGraphItem(x=[], height=[], width=BAR)
        self.loss_bars = pg.BarGraphItem(x=[], height=[], width=BAR)
        self.addItem(self.pair_bars)
        self.addItem(self.loss_bars)
        self.setMouseEnabled(x=False, y=False)
        self.disableAutoRange()
        self.viewport().setMouseTracking(True)
        self.recolor()
        self.retranslate()

    def show_groups(self, groups: Sequence[CountGroup]) -> None:
        """Draw groups of pairs, rarest first."""
        self._groups = groups
        places = np.arange(len(groups), dtype=np.float64)
        pairs, losses = self.shares()
        self.pair_bars.setOpts(x=places - BAR / 2, height=pairs)
        self.loss_bars.setOpts(x=places + BAR / 2, height=losses)
        self.setXRange(-0.6, max(len(groups), 1) - 0.4, padding=0)
        self.setYRange(0.0, CEILING * max([*pairs, *losses, 1.0]), padding=0)
        self._name_groups()

    def shares(self) -> tuple[list[float], list[float]]:
        """Percent of the pairs, and of the loss, of each group."""
        pairs = max(sum(group.pairs for group in self._groups), 1)
        loss = sum(group.loss for group in self._groups) or 1.0
        return (
            [100 * group.pairs / pairs for group in self._groups],
            [100 * group.loss / loss for group in self._groups],
        )

    def retranslate(self) -> None:
        self.set_label("bottom", self.tr("pairs counted X times or more"))
        self.setAccessibleName(self.tr("Share of the loss by count"))

    def recolor(self) -> None:
        self.pair_bars.setOpts(brush=self.theme.color("handle"), pen=None)
        self.loss_bars.setOpts(brush=self.theme.color("accent"), pen=None)

    def text_at(self, position: QPointF) -> str:
        """What is known of the group at a place of the viewport."""
        place = round(self.plotItem.vb.mapSceneToView(self.mapToScene(position.toPoint())).x())
        return self.group_text(place) if 0 <= place < len(self._groups) else ""

    def group_text(self, place: int) -> str:
        """What is known of a group."""
        group, (pairs, losses) = self._groups[place], self.shares()
        return self.tr(
            "Pairs counted {low} to {high} times\n"
            "Pairs: {pairs}, {pair_share} % of all\n"
            "{loss_share} % of the loss\n"
            "mean of log X̂ − log X: {error}\n"
            "mean distance |log X̂ − log X|: {distance}"
        ).format(
            low=f"{group.smallest:.3g}", high=f"{group.end:.3g}", pairs=f"{group.pairs:,}",
            pair_share=f"{pairs[place]:.3g}", loss_share=f"{losses[place]:.3g}",
            error=f"{group.mean_error:+.3f}", distance=f"{group.mean_distance:.3f}",
        )  # fmt: skip

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if hasattr(self, "_groups"):  # pyqtgraph resizes the plot while it is made
            self._name_groups()

    def _name_groups(self) -> None:
        """The smallest count of each group under it, or of every second or third where they would touch."""
        names = [f"{group.smallest:.2g}" for group in self._groups]
        metrics = QFontMetricsF(self.theme.font(TICK_TYPE))
        longest = max((metrics.horizontalAdvance(name) for name in names), default=0.0) + APART
        room = max(self.plotItem.vb.width(), 1.0) / max(len(names), 1)
        step = max(1, int(np.ceil(longest / room)))
        ticks = [(float(place), name) for place, name in enumerate(names) if place % step == 0]
        self.plotItem.getAxis("bottom").setTicks([ticks, []])
