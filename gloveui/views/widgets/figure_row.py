"""A row of figures, each under a quiet caption."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from gloveui.views.widgets.flow_layout import FlowLayout

APART = 24


class FigureRow(QWidget):
    """Captions with values below them, side by side as far as the width goes.

    A figure never gets narrower than it was: those behind it do not jump about while it changes.
    """

    def __init__(self, names: Iterable[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._captions: dict[str, QLabel] = {}
        self._values: dict[str, QLabel] = {}
        layout = FlowLayout(self, APART)
        for name in names:
            layout.addWidget(self._figure(name))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_caption(self, name: str, caption: str) -> None:
        """What a figure means; translated already."""
        self._captions[name].setText(caption)
        self._values[name].setAccessibleName(caption)

    def set_value(self, name: str, value: str) -> None:
        """What a figure is now."""
        label = self._values[name]
        label.setText(value)
        label.setMinimumWidth(max(label.minimumWidth(), label.sizeHint().width()))

    def value(self, name: str) -> str:
        """What a figure is now."""
        return self._values[name].text()

    def changeEvent(self, event: QEvent) -> None:
        """Other type makes figures narrower, too."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            for label in self._values.values():
                label.setMinimumWidth(0)

    def _figure(self, name: str) -> QWidget:
        figure = QWidget()
        column = QVBoxLayout(figure)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._captions[name], self._values[name] = _label("muted", "small"), _label("title")
        column.addWidget(self._captions[name])
        column.addWidget(self._values[name])
        return figure


def _label(*properties: str) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    for name in properties:
        label.setProperty(name, True)
    return label
