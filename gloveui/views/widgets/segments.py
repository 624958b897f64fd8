"""A few choices side by side, of which one holds."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QToolButton, QWidget

from gloveui.views.widgets.flow_layout import FlowLayout


class Segments(QWidget):
    """Buttons by key, the chosen one lit; they go on in the next line where the width ends."""

    chosen = Signal(str)  # the key, when a person chooses another one

    def __init__(self, keys: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons: dict[str, QToolButton] = {}
        self._group = QButtonGroup(self)
        flow = FlowLayout(self, spacing=2)
        for key in keys:
            button = QToolButton()
            button.setCheckable(True)
            button.setProperty("quiet", True)
            button.setProperty("segment", True)
            self._buttons[key] = button
            self._group.addButton(button)
            flow.addWidget(button)
        self._buttons[keys[0]].setChecked(True)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._group.buttonClicked.connect(self._tell)

    @property
    def key(self) -> str:
        """What is chosen."""
        return next(key for key, button in self._buttons.items() if button.isChecked())

    def choose(self, key: str) -> None:
        """Choose one without telling."""
        self._buttons[key].setChecked(True)

    def button(self, key: str) -> QToolButton:
        """The button of a choice."""
        return self._buttons[key]

    def set_texts(self, texts: Mapping[str, str]) -> None:
        """What stands on the buttons; translated already."""
        for key, text in texts.items():
            self._buttons[key].setText(text)

    def _tell(self, button: QAbstractButton) -> None:
        self.chosen.emit(next(key for key, other in self._buttons.items() if other is button))
