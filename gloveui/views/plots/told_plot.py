"""A plot that tells in a tooltip what the mouse points at."""

from __future__ import annotations

from abc import abstractmethod

from PySide6.QtCore import QEvent, QPointF
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QToolTip

from gloveui.views.plots.themed_plot import ThemedPlot
from gloveui.views.widgets.plain_tooltip import plain_tooltip


class ToldPlot(ThemedPlot):
    """Follows the mouse; its viewport tracks that."""

    @abstractmethod
    def text_at(self, position: QPointF) -> str:
        """What is at a place of the viewport; empty where there is nothing to tell."""

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        text = self.text_at(event.position())
        if text:
            QToolTip.showText(event.globalPosition().toPoint(), plain_tooltip(text), self)
        else:
            QToolTip.hideText()

    def leaveEvent(self, event: QEvent) -> None:
        QToolTip.hideText()
        super().leaveEvent(event)
