"""One heatmap, or two that show the same part of the matrix, beside or above each other."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from gloveui.views.plots.cell_marks import Cell
from gloveui.views.plots.cooccurrence_heatmap import CooccurrenceHeatmap
from gloveui.views.theme import Theme

APART = 16


class HeatmapPair(QWidget):
    """What is in sight, under the pointer, chosen, marked and lit is the same in both.

    They stand beside or above each other, whichever gives larger cells.
    """

    cell_hovered = Signal(object)  # (row, column), or None beside the cells
    cell_chosen = Signal(object)
    cell_opened = Signal(object)
    word_chosen = Signal(str)
    sight_changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_following = False
        self.setMinimumSize(240, 240)
        self.first = CooccurrenceHeatmap(theme, self)
        self.second = CooccurrenceHeatmap(theme, self)
        self.second.setObjectName("cooccurrenceHeatmapSecond")
        self.second.hide()
        self._shows_second = False
        for heatmap in self.both:
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
        self._shows_second = is_shown
        self.second.setVisible(is_shown)
        self._arrange()

    def sizeHint(self) -> QSize:
        return self.first.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._arrange()

    def set_words(self, words: Sequence[str]) -> None:
        """Take other words; no picture is left."""
        for heatmap in self.both:
            heatmap.set_words(words)

    def look_at(self, sight: QRectF) -> None:
        """Bring a part into sight."""
        self.first.look_at(sight)

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

    def _arrange(self) -> None:
        """Give each its place; what is in sight is what was in sight of the first."""
        places = self._places()
        self._is_following = True
        for heatmap, place in zip(self.both, places, strict=False):
            heatmap.setGeometry(place)
        self.second.look_at(self.first.sight())
        self._is_following = False
        self.sight_changed.emit()

    def _places(self) -> tuple[QRect, ...]:
        width, height = self.width(), self.height()
        if not self._shows_second:
            return (QRect(0, 0, width, height),)
        half = (width - APART) // 2, (height - APART) // 2
        beside = QRect(0, 0, half[0], height), QRect(width - half[0], 0, half[0], height)
        above = QRect(0, 0, width, half[1]), QRect(0, height - half[1], width, half[1])
        return max(beside, above, key=self._room)

    def _room(self, places: tuple[QRect, QRect]) -> tuple[int, int]:
        """What cells get of a place: the shorter side of their room decides, then the longer one."""
        room = self.first.room_in(places[0].width(), places[0].height())
        return min(room.width(), room.height()), max(room.width(), room.height())
