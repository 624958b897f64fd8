"""A button that stands for an action: its text, sign, tooltip and state follow it."""

from __future__ import annotations

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QPushButton, QWidget


class ActionButton(QPushButton):
    """Triggers an action, or toggles it where it can be checked."""

    def __init__(self, action: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._action = action
        self.setCheckable(action.isCheckable())
        action.changed.connect(self._follow)
        self.clicked.connect(action.trigger)
        self._follow()

    @property
    def action_name(self) -> str:
        """The objectName of the action."""
        return self._action.objectName()

    def _follow(self) -> None:
        action = self._action
        self.setText(action.text())
        self.setIcon(action.icon())
        self.setToolTip(_with_keys(action))
        self.setEnabled(action.isEnabled())
        self.setChecked(action.isChecked())


def _with_keys(action: QAction) -> str:
    """The tooltip of an action, with its first shortcut as the system writes it."""
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    return f"{action.toolTip()} ({keys})" if keys else action.toolTip()
