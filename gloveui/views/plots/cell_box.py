"""Turns the wheel and dragging into wishes of where to look."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt, Signal

STEP = 1.02  # times what is in sight, for an eighth of a degree of the wheel times the scale below


class CellBox(pg.ViewBox):
    """A box of a plot that moves nothing by itself: cells stay square and inside their limits elsewhere."""

    zoomed = Signal(float, QPointF)  # times what is in sight, and the place that the pointer is on
    dragged = Signal(QPointF)  # by so many pixels

    def __init__(self) -> None:
        super().__init__(enableMenu=False)

    def wheelEvent(self, event: object, axis: int | None = None) -> None:
        delta, place = event.delta(), event.pos()  # type: ignore[attr-defined]
        event.accept()  # type: ignore[attr-defined]
        self.zoomed.emit(STEP ** (delta * self.state["wheelScaleFactor"]), self.mapToView(place))

    def mouseDragEvent(self, event: object, axis: int | None = None) -> None:
        if event.button() not in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):  # type: ignore[attr-defined]
            event.ignore()  # type: ignore[attr-defined]
            return
        event.accept()  # type: ignore[attr-defined]
        moved = event.screenPos() - event.lastScreenPos()  # type: ignore[attr-defined]
        self.dragged.emit(QPointF(moved.x(), moved.y()))
