"""A panel shows either its contents or what to do to get any."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QWidget

from gloveui.views.theme import Theme
from gloveui.views.widgets.empty_state import EmptyState
from gloveui.views.widgets.panel_pages import PanelPages


def test_contents_and_advice_take_each_others_place(qtbot, theme: Theme) -> None:
    panel = QWidget()
    qtbot.addWidget(panel)
    empty, label = EmptyState(theme), QLabel("here")
    pages = PanelPages(panel, empty)
    pages.contents.addWidget(label)
    panel.show()
    assert (empty.isVisible(), label.isVisible()) == (True, False)

    pages.show_contents(True)
    assert (empty.isVisible(), label.isVisible()) == (False, True)

    pages.show_contents(False)
    assert (empty.isVisible(), label.isVisible()) == (True, False)
