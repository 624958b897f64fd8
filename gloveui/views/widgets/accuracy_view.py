"""The bars of several models with the names of these, as one picture."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from gloveui.views.plots.accuracy_plot import AccuracyPlot, Bars, series_colors
from gloveui.views.theme import Theme
from gloveui.views.widgets.elided_label import ElidedLabel
from gloveui.views.widgets.field_row import together
from gloveui.views.widgets.flow_layout import FlowLayout
from gloveui.views.widgets.wrapped_label import wrapped_label

SWATCH = 10


class AccuracyView(QWidget):
    """A title, a legend where there are several models, and the plot; or why there is none."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.title_label = ElidedLabel()
        self.plot = AccuracyPlot(theme)
        self.reason_label = wrapped_label("muted")
        self.reason_label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.reason_label.hide()
        self.legend = QWidget()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.legend.setSizePolicy(policy)
        self._flow = FlowLayout(self.legend, spacing=12)
        self._entries: list[QWidget] = []
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(4)
        outer.addWidget(self.title_label)
        outer.addWidget(self.legend)
        outer.addWidget(self.plot, 1)
        outer.addWidget(self.reason_label, 1)
        theme.changed.connect(self._draw_legend)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 120)

    def show_bars(
        self, title: str, groups: Sequence[str], bars: Sequence[Bars], axis: str, decimals: int = 1
    ) -> None:
        """Draw other bars; texts are translated already."""
        self._show_plot(title, True)
        self.plot.show_bars(groups, bars, axis, decimals)
        self._draw_legend()

    def show_reason(self, title: str, reason: str) -> None:
        """Say why there are no bars; translated already."""
        self.reason_label.setText(reason)
        self.plot.show_bars((), (), "", 1)
        self._draw_legend()
        self._show_plot(title, False)

    def _show_plot(self, title: str, is_shown: bool) -> None:
        self.title_label.setText(title)
        self.plot.setVisible(is_shown)
        self.reason_label.setVisible(not is_shown)

    def _draw_legend(self) -> None:
        for entry in self._entries:
            self._flow.removeWidget(entry)
            entry.hide()
            entry.deleteLater()
        bars = self.plot.bars
        colors = series_colors(self._theme.palette, len(bars))
        self._entries = [self._entry(one.name, color) for one, color in zip(bars, colors, strict=True)]
        for entry in self._entries:
            self._flow.addWidget(entry)
            entry.show()
        self.legend.setVisible(len(bars) > 1)
        self.legend.updateGeometry()

    def _entry(self, name: str, color: str) -> QWidget:
        side = self._theme.pixels(SWATCH)
        picture = QPixmap(side, side)
        picture.fill(color)
        swatch = QLabel()
        swatch.setPixmap(picture)
        return together(swatch, ElidedLabel(name), spacing=6)
