"""Entries of the menus of buttons."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu


def menu_action(menu: QMenu, name: str, slot: Callable[[], None]) -> QAction:
    """An entry at the end of a menu, which it belongs to; on a Mac it stays there whatever it is called."""
    action = QAction(menu)
    action.setObjectName(name)
    action.setMenuRole(QAction.MenuRole.NoRole)
    action.triggered.connect(slot)
    menu.addAction(action)
    return action
