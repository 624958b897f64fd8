"""One heatmap, or two side by side that show the same part of the matrix."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gloveui.views.plots.cell_marks import Cell
from gloveui.views.plots.cooccurrence_heatmap import CooccurrenceHeatmap
from gloveui.views.theme import Theme

APART = 16


class HeatmapPair(QWidget):
    """What is in sight, under the pointer, chosen, marked and lit is the same in both."""

    cell_hovered = Signal(object)  # (row, column), or None beside the cells
    cell_chosen = Signal(object)
    cell_opened = Signal(object)
    word_chosen = Signal(str)
    sight_changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_following = False
        self.setMinimumSize(240, 240)
        self.first = CooccurrenceHeatmap(theme)
        self.second = CooccurrenceHeatmap(theme)
        self.second.setObjectName("cooccurrenceHeatmapSecond")
        self.second.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(APART)
        for heatmap in self.both:
            row.addWidget(heatmap, 1)
            heatmap.cell_hovered.connect(self._hover)
            heatmap.cell_chosen.connect(self._choose)
            heatmap.cell_opened.connect(self.cell_opened)
            heatmap.word_chosen.connect(self.word_chosen)
        self.first.sight_changed.connect(self._follow_first)
        self.second.sight_changed.connect(self._follow_second)

    @property
    def both(self) -> tuple[CooccurrenceHeatmap, CooccurrenceHeatmap]:
        """The two heatmaps, whether both are in sight or not."""
        return self.first, self.second

    def show_second(self, is_shown: bool) -> None:
        """Show both, or the first alone."""
        self.second.setVisible(is_shown)
        self.second.look_at(self.first.sight())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.second.look_at(self.first.sight())

    def set_words(self, words: Sequence[str]) -> None:
        """Take other words; no picture is left."""
        for heatmap in self.both:
            heatmap.set_words(words)

    def look_at(self, sight: QRectF) -> None:
        """Bring a square part into sight."""
        self.first.look_at(sight)
        self.second.look_at(sight)

    def mark_word(self, place: int | None) -> None:
        """Frame the row and the column of a word."""
        for heatmap in self.both:
            heatmap.mark_word(place)

    def light(self, cells: tuple[Cell, ...]) -> None:
        """Light up cells, and no others."""
        for heatmap in self.both:
            heatmap.light(cells)

    def choose(self, cell: Cell | None) -> None:
        """Frame the chosen cell."""
        for heatmap in self.both:
            heatmap.choose(cell)

    def _hover(self, cell: Cell | None) -> None:
        for heatmap in self.both:
            heatmap.hover(cell)
        self.cell_hovered.emit(cell)

    def _choose(self, cell: Cell) -> None:
        self.choose(cell)
        self.cell_chosen.emit(cell)

    def _follow_first(self) -> None:
        self._follow(self.first, self.second)

    def _follow_second(self) -> None:
        if self.second.isVisible():
            self._follow(self.second, self.first)

    def _follow(self, moved: CooccurrenceHeatmap, other: CooccurrenceHeatmap) -> None:
        if self._is_following:
            return
        self._is_following = True
        other.look_at(moved.sight())
        self._is_following = False
        self.sight_changed.emit()
