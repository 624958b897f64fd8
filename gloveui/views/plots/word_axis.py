"""An axis with a word at each row or column of cells."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter

from gloveui.views.theme import Theme

WORD_TYPE = 0.9  # size relative to the body text
GAP = 6.0  # pixels between words and cells
LONGEST_WORD = 15  # letters as wide as n; longer words are elided


class WordAxis(pg.AxisItem):
    """Words beside cells 0 to 1, 1 to 2, …: thinned out where there is no room for all, never one on another.

    The word that is marked is always among those written.
    """

    def __init__(self, orientation: str, theme: Theme) -> None:
        super().__init__(orientation)
        self._theme = theme
        self._words: Sequence[str] = ()
        self._marked: int | None = None
        self._is_turned = False

    def set_words(self, words: Sequence[str]) -> None:
        """Write these words, the first at the first cell."""
        self._words = words
        self.update()

    def mark(self, word: int | None) -> None:
        """Set off one word, by its position."""
        self._marked = word
        self.update()

    def set_turned(self, is_turned: bool) -> None:
        """Write the words of columns upwards instead of side by side."""
        self._is_turned = is_turned
        self.update()

    @property
    def is_turned(self) -> bool:
        """Whether words are written upwards."""
        return self._is_turned

    def longest(self) -> float:
        """Pixels that the longest word takes, at most those of a word that is elided."""
        metrics = QFontMetricsF(self._font(QFont.Weight.DemiBold))
        widest = max((metrics.horizontalAdvance(word) for word in self._words), default=0.0)
        return math.ceil(min(widest, metrics.horizontalAdvance("n") * LONGEST_WORD))

    def line_height(self) -> float:
        """Pixels between two lines of words."""
        return QFontMetricsF(self._font()).height()

    def shown_words(self) -> list[int]:
        """Positions of the words that are written now."""
        low, high = sorted(self.range)
        places = range(max(0, math.floor(low)), min(len(self._words), math.ceil(high)))
        step = self._step()
        marked = self._marked if self._marked in places else None
        written = [i for i in places if i % step == 0 and (marked is None or abs(i - marked) >= step)]
        return written if marked is None else sorted([*written, marked])

    def paint(self, painter: QPainter, option: object, widget: object) -> None:
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        for place in self.shown_words():
            is_marked = place == self._marked
            painter.setFont(self._font(QFont.Weight.DemiBold if is_marked else QFont.Weight.Normal))
            painter.setPen(self._theme.color("accent" if is_marked else "text"))
            self._write(painter, self._words[place], self._position(place + 0.5))

    def wheelEvent(self, event: object) -> None:
        event.ignore()  # type: ignore[attr-defined]  # one axis alone cannot be stretched: cells are square

    def mouseDragEvent(self, event: object) -> None:
        event.ignore()  # type: ignore[attr-defined]

    def _write(self, painter: QPainter, word: str, position: float) -> None:
        bounds, height = self._bounds(), self.line_height()
        if self.orientation == "left":
            room = QRectF(0.0, position - height / 2, bounds.width() - GAP, height)
            alignment = Qt.AlignmentFlag.AlignRight
        elif self._is_turned:
            room = QRectF(0.0, -height / 2, bounds.height() - GAP, height)
            alignment = Qt.AlignmentFlag.AlignLeft
        else:
            side = self._cell_side()
            room = QRectF(position - side / 2, bounds.height() - GAP - height, side, height)
            alignment = Qt.AlignmentFlag.AlignHCenter
        elided = QFontMetricsF(painter.font()).elidedText(word, Qt.TextElideMode.ElideRight, room.width())
        painter.save()
        if self.orientation != "left" and self._is_turned:
            painter.translate(QPointF(position, bounds.height() - GAP))
            painter.rotate(-90)
        painter.drawText(room, alignment | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, elided)
        painter.restore()

    def _step(self) -> int:
        """Every how many words one is written."""
        side = self._cell_side()
        if side <= 0 or (self.orientation != "left" and not self._is_turned):
            return 1
        return max(1, math.ceil(self.line_height() / side))

    def _cell_side(self) -> float:
        span = abs(self.range[1] - self.range[0])
        return self._length() / span if span else 0.0

    def _length(self) -> float:
        bounds = self._bounds()
        return bounds.height() if self.orientation == "left" else bounds.width()

    def _position(self, place: float) -> float:
        """Pixels from the first edge of the axis to a place along it."""
        start, end = self.range
        share = (place - start) / (end - start)
        return self._length() * (1 - share if self.orientation == "left" else share)

    def _bounds(self) -> QRectF:
        return self.mapRectFromParent(self.geometry())

    def _font(self, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        return self._theme.font(WORD_TYPE, weight)
