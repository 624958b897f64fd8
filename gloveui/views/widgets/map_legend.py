"""What the colours of a map mean: a scale, or groups by their names."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from gloveui.views.plots.color_legend import ColorLegend
from gloveui.views.plots.map_colors import category_colors, points_lut
from gloveui.views.theme import Theme
from gloveui.views.widgets.elided_label import ElidedLabel
from gloveui.views.widgets.flow_layout import FlowLayout

DOT = 10  # pixels
MOST_NAMES = 12
WIDEST_SCALE = 360  # pixels


class MapLegend(QWidget):
    """Takes no room while all dots are alike."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown: tuple[str, Sequence[tuple[float, str]], str] | None = None
        self._names: Sequence[str] = ()
        self.scale = ColorLegend(theme)
        self.scale.setMaximumWidth(theme.pixels(WIDEST_SCALE))
        self.groups = QWidget()
        self._flow = FlowLayout(self.groups, spacing=12)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.groups.setSizePolicy(policy)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.scale, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.groups)
        theme.changed.connect(self._recolor)
        self.clear()

    @property
    def names(self) -> Sequence[str]:
        """The groups that are named."""
        return self._names

    def clear(self) -> None:
        """Say nothing."""
        self._shown, self._names = None, ()
        self.hide()

    def show_scale(self, kind: str, ticks: Sequence[tuple[float, str]], unit: str) -> None:
        """Colours of a kind with numbers under them, and what these count."""
        self._shown, self._names = (kind, ticks, unit), ()
        self.groups.hide()
        self.scale.set_scale(points_lut(kind, self._theme.palette), ticks)
        self.scale.set_unit(unit)
        self.scale.setFixedHeight(self.scale.sizeHint().height())
        self.scale.show()
        self.show()

    def show_groups(self, names: Sequence[str], more: str = "") -> None:
        """Groups in the order of their colours; `more` is said in place of those beyond the first few."""
        self._shown, self._names = None, tuple(names)
        self.scale.hide()
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            assert widget is not None
            widget.hide()
            widget.deleteLater()
        colors = category_colors(self._theme.palette)
        for place, name in enumerate(names[:MOST_NAMES]):
            self._flow.addWidget(self._named_dot(colors[place % len(colors)], name))
        if len(names) > MOST_NAMES:
            self._flow.addWidget(QLabel(more))
        self.groups.show()
        self.show()
        self.updateGeometry()

    def _named_dot(self, color: str, name: str) -> QWidget:
        whole = QWidget(self.groups)
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        dot = QLabel()
        dot.setPixmap(_dot(QColor(color), self._theme.pixels(DOT), self.devicePixelRatioF()))
        row.addWidget(dot)
        label = ElidedLabel(name)
        label.setProperty("small", True)
        row.addWidget(label)
        return whole

    def _recolor(self) -> None:
        if self._shown is not None:
            self.show_scale(*self._shown)
        elif self._names:
            self.show_groups(self._names)


def _dot(color: QColor, side: int, ratio: float) -> QPixmap:
    pixels = round(side * ratio)
    pixmap = QPixmap(pixels, pixels)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawEllipse(pixmap.rect())
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap
