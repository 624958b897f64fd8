"""Cells of a table that are painted by hand, in the theme's own type."""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar

from PySide6.QtCore import QModelIndex, QPersistentModelIndex
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from gloveui.views.theme import Theme


class PaintedCell(QStyledItemDelegate):
    """A subclass paints; its painter is given back whatever happens, and the fonts are made once."""

    SMALL_TYPE: ClassVar[float]  # of numbers beside words, times the usual size

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        theme.changed.connect(self._make_fonts)
        self._make_fonts()

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        painter.save()
        try:
            self.paint_cell(painter, option, index)
        finally:  # a painter that is left as it is takes the program down with it
            painter.restore()

    @abstractmethod
    def paint_cell(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint a cell."""

    def _make_fonts(self) -> None:
        """Once, not for each cell of each picture."""
        self._usual, self._bold = self._theme.font(), self._theme.font(weight=QFont.Weight.DemiBold)
        self._small = self._theme.font(self.SMALL_TYPE)
