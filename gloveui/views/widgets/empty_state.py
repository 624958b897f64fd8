"""What an empty panel shows: what belongs there and what to do next."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from gloveui.views.icons import icon_pixmap
from gloveui.views.theme import Theme

ICON_SIDE = 40


class EmptyState(QWidget):
    """An icon, a title, one line of advice, and a button where one click helps."""

    activated = Signal()

    def __init__(self, theme: Theme, icon_name: str = "info", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon_name = icon_name
        self.picture = QLabel()
        self.title_label = QLabel()
        self.title_label.setProperty("large", True)
        self.hint_label = QLabel()
        self.hint_label.setProperty("muted", True)
        self.button = QPushButton()
        self.button.setProperty("primary", True)
        self.button.clicked.connect(self.activated)
        self._arrange()
        theme.changed.connect(self._draw_picture)
        self._draw_picture()

    def set_texts(self, title: str, hint: str, button: str = "") -> None:
        """Title, what to do next, and the button's text (none: no button); translated already."""
        self.title_label.setText(title)
        self.hint_label.setText(hint)
        self.button.setText(button)
        self.button.setVisible(bool(button))
        self.setAccessibleName(title)
        self.setAccessibleDescription(hint)

    def _arrange(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 24, 24, 24)
        outer.setSpacing(8)
        outer.addStretch(1)
        for label in (self.picture, self.title_label, self.hint_label):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            outer.addWidget(label)
        for label in (self.title_label, self.hint_label):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        outer.addSpacing(4)
        outer.addWidget(self.button, alignment=Qt.AlignmentFlag.AlignCenter)
        outer.addStretch(1)
        self.button.hide()

    def _draw_picture(self) -> None:
        color = self._theme.color("handle")
        side = self._theme.pixels(ICON_SIDE)
        self.picture.setPixmap(icon_pixmap(self._icon_name, color, side, self.devicePixelRatioF()))
