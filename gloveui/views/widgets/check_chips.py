"""Choices side by side, any number of which hold."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QToolButton, QWidget

from gloveui.views.widgets.flow_layout import FlowLayout
from gloveui.views.widgets.plain_tooltip import plain_tooltip


class CheckChips(QWidget):
    """Buttons that stay pressed; they go on in the next line where the width ends."""

    changed = Signal()  # by a person

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons: dict[object, QToolButton] = {}
        self._flow = FlowLayout(self, spacing=4)
        self._end: QWidget | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def keys(self) -> tuple[object, ...]:
        """All that can be chosen."""
        return tuple(self._buttons)

    @property
    def chosen(self) -> tuple[object, ...]:
        """What is chosen, in order."""
        return tuple(key for key, button in self._buttons.items() if button.isChecked())

    def button(self, key: object) -> QToolButton:
        """The button of a choice."""
        return self._buttons[key]

    def offer(self, keys: Sequence[object], chosen: Sequence[object]) -> None:
        """Offer these; new ones hold if they are among the chosen, those that were there stay as they are."""
        for key in [key for key in self._buttons if key not in keys]:
            button = self._buttons.pop(key)
            self._flow.removeWidget(button)
            button.deleteLater()
        for key in keys:
            if key not in self._buttons:
                self._add(key, key in chosen)
        self.updateGeometry()

    def choose(self, keys: Sequence[object]) -> None:
        """Choose these and no others, without telling."""
        for key, button in self._buttons.items():
            button.setChecked(key in keys)

    def set_text(self, key: object, text: str, tip: str = "") -> None:
        """What stands on a button; translated already."""
        self._buttons[key].setText(text.replace("&", "&&"))
        self._buttons[key].setToolTip(plain_tooltip(tip))

    def end_with(self, widget: QWidget) -> None:
        """Put something after the last choice, wherever that stands."""
        self._end = widget
        self._flow.addWidget(widget)

    def _add(self, key: object, is_chosen: bool) -> None:
        button = QToolButton()
        button.setCheckable(True)
        button.setChecked(is_chosen)
        button.setProperty("segment", True)
        button.clicked.connect(self.changed)
        self._buttons[key] = button
        self._flow.addWidget(button)
        if self._end is not None:
            self._flow.removeWidget(self._end)
            self._flow.addWidget(self._end)
        button.show()
