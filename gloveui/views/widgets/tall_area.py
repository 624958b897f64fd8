"""A scroll area for contents whose height follows from the width they are given."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


class TallArea(QScrollArea):
    """Scrolls downwards only.

    A resizable QScrollArea asks its contents for a height at their least width: rows of buttons that go on in
    the next line would need several times the room that they take.
    """

    def __init__(self, contents: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(contents)
        contents.installEventFilter(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_contents()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fit the contents again when a part of them asks for another size."""
        if watched is self.widget() and event.type() == QEvent.Type.LayoutRequest:
            self._fit_contents()
        return super().eventFilter(watched, event)

    def _fit_contents(self) -> None:
        contents, width = self.widget(), self.viewport().width()
        layout = contents.layout() if contents is not None else None
        if contents is not None and layout is not None:
            height = layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else -1
            contents.resize(width, height if height > 0 else layout.totalSizeHint().height())
