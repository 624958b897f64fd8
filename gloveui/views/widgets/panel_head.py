"""The first line of a panel: what it shows at the left, its options and exports at the right."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from gloveui.views.languages import Translated
from gloveui.views.theme import Theme


class OptionsButton(Translated, QToolButton):
    """Pressed while the options of a panel are in sight; its owner shows them."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setCheckable(True)
        theme.changed.connect(self._draw_icon)
        self._draw_icon()
        self.retranslate()

    def retranslate(self) -> None:
        self.setText(self.tr("Options"))
        self.setAccessibleName(self.tr("Options"))
        self.setToolTip(self.tr("Options"))

    def explain(self, what: str) -> None:
        """Say what the options are about; translated already."""
        self.setToolTip(f"{self.text()}: {what}")

    def _draw_icon(self) -> None:
        self.setIcon(self._theme.icon("options"))


def panel_head(wide: QWidget, *buttons: QWidget) -> QHBoxLayout:
    """A line of a wide part, which may go on below itself, and buttons that stay at its top."""
    line = QHBoxLayout()
    line.setSpacing(8)
    line.addWidget(wide, 1)
    for button in buttons:
        line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
    return line
