"""Buttons beside one another of which one is pressed: what a panel shows."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QToolButton, QWidget


class ViewSwitch(QWidget):
    """One button a view; the first is pressed to begin with."""

    chosen = Signal(object)  # int: the place of the view

    def __init__(self, names: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        for place, name in enumerate(names):
            button = QToolButton()
            button.setObjectName(name)
            button.setCheckable(True)
            button.setChecked(place == 0)
            self._group.addButton(button, place)
            layout.addWidget(button)
        self._group.buttonClicked.connect(self._tell)

    def set_texts(self, texts: Sequence[str]) -> None:
        """Name the buttons; translated already."""
        for place, text in enumerate(texts):
            self._group.button(place).setText(text)

    def choose(self, place: int) -> None:
        """Press a button, as a person would."""
        self._group.button(place).click()

    def _tell(self, button: QAbstractButton) -> None:
        self.chosen.emit(self._group.id(button))
