"""A label for sentences that go on in the next line."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel


def wrapped_label(look: str) -> QLabel:
    """A label of plain text in a look of the style sheet, such as ``"muted"`` or ``"title"``."""
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty(look, True)
    return label
