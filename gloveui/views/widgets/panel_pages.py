"""The two pages of a panel: what to do while there is nothing to show, and the panel's contents."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from gloveui.views.widgets.empty_state import EmptyState

MARGIN, SPACING = 12, 8


class PanelPages(QStackedLayout):
    """Fills a panel; put what it shows into ``contents``, one under another."""

    def __init__(self, panel: QWidget, empty: EmptyState) -> None:
        super().__init__(panel)
        page = QWidget()
        self.contents = QVBoxLayout(page)
        self.contents.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        self.contents.setSpacing(SPACING)
        self.addWidget(empty)
        self.addWidget(page)

    def show_contents(self, shown: bool) -> None:
        """Show the contents, or else what to do to get any."""
        self.setCurrentIndex(1 if shown else 0)
