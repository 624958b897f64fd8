"""Fields that stay in one line, wherever that goes."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget


def together(*parts: QWidget, spacing: int = 8) -> QWidget:
    """Parts that stay in one line."""
    group = QWidget()
    row = QHBoxLayout(group)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(spacing)
    for part in parts:
        row.addWidget(part)
    return group


def labelled(label: QLabel, field: QWidget) -> QWidget:
    """A field behind its name."""
    label.setProperty("muted", True)
    label.setBuddy(field)
    return together(label, field, spacing=6)
