"""Table cells coloured by their signed value."""

from __future__ import annotations

import math

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from gloveui.views.color_maps import readable_text_on, signed_index, signed_lut
from gloveui.views.theme import Theme

_MARGIN = 8


class CellColorDelegate(QStyledItemDelegate):
    """Colours a cell by ``Qt.UserRole``, a float strongest at ``limit``, and writes its display text."""

    def __init__(self, theme: Theme, limit: float = 1.0, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._limit = limit
        self._cells: list[QColor] = []
        self._inks: list[QColor] = []
        theme.changed.connect(self._mix_colors)
        self._mix_colors()

    def set_limit(self, limit: float) -> None:
        """The absolute value with the strongest colour."""
        self._limit = limit

    def colors_of(self, value: object) -> tuple[QColor, QColor] | None:
        """Colour of the cell and of the text on it; None for what is not a number."""
        if not isinstance(value, int | float) or not math.isfinite(value) or not self._limit > 0:
            return None
        entry = signed_index(value, self._limit)
        return self._cells[entry], self._inks[entry]

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        colors = self.colors_of(index.data(Qt.ItemDataRole.UserRole))
        if colors is None:
            super().paint(painter, option, index)
            return
        self.initStyleOption(option, index)
        painter.save()
        painter.fillRect(option.rect, colors[0])
        painter.setPen(colors[1])
        painter.setFont(option.font)
        area = option.rect.adjusted(_MARGIN, 0, -_MARGIN, 0)
        # Cut off at the left a number would lose its sign and be another number.
        text = option.fontMetrics.elidedText(option.text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), text)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(colors[1])
            painter.drawRect(option.rect.adjusted(0, 0, -1, -1))
        painter.restore()

    def _mix_colors(self) -> None:
        palette = self._theme.palette
        self._cells = [QColor(*(int(channel) for channel in color)) for color in signed_lut(palette)]
        self._inks = [QColor(readable_text_on(cell.name())) for cell in self._cells]
