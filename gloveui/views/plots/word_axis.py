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
MOST_MEASURED = 200  # words; all could be a hundred thousand
LONGEST_DRAWN = 200  # letters of a word that are looked at at all
_NICE_STEPS = (1, 2, 5)
_LINE = int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextSingleLine)
_LEFT, _RIGHT, _CENTER = (
    _LINE | int(side)
    for side in (Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignHCenter)
)


class WordAxis(pg.AxisItem):
    """Words beside cells 0 to 1, 1 to 2, …: thinned out where there is no room for all, never one on another.

    Words that are marked are always among those written. Only words in sight are ever looked up.
    """

    def __init__(self, orientation: str, theme: Theme) -> None:
        super().__init__(orientation)
        self._theme = theme
        self._words: Sequence[str] = ()
        self._marked: int | None = None
        self._pointed: int | None = None
        self._is_turned = False

    def set_words(self, words: Sequence[str]) -> None:
        """Write these words, the first at the first cell."""
        self._words = words
        self.update()

    def mark(self, word: int | None) -> None:
        """Set off one word, by its position."""
        self._marked = word
        self.update()

    def point_at(self, word: int | None) -> None:
        """Set off the word of the cell under the pointer, by its position."""
        if word != self._pointed:
            self._pointed = word
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
        """Pixels that the longest of the first words takes, at most those of a word that is elided."""
        metrics = QFontMetricsF(self._font(QFont.Weight.DemiBold))
        first = (self._words[place] for place in range(min(len(self._words), MOST_MEASURED)))
        widest = max((metrics.horizontalAdvance(word[:LONGEST_DRAWN]) for word in first), default=0.0)
        return math.ceil(min(widest, metrics.horizontalAdvance("n") * LONGEST_WORD))

    def line_height(self) -> float:
        """Pixels between two lines of words."""
        return QFontMetricsF(self._font()).height()

    def shown_words(self) -> list[int]:
        """Positions of the words that are written now."""
        low, high = sorted(self.range)
        # A word stands at the middle of its cell: of a cell cut at the edge it would stand beside the cells.
        first, last = max(0, math.ceil(low - 0.5)), min(len(self._words), math.floor(high - 0.5) + 1)
        step = self._step()
        set_off = (self._marked, self._pointed)
        written = [place for place in set_off if place is not None and first <= place < last]
        if len(written) == 2 and abs(written[0] - written[1]) < step:
            written = written[-1:]  # the one under the pointer
        regular = range(-(-first // step) * step, last, step)
        kept = [place for place in regular if all(abs(place - other) >= step for other in written)]
        return sorted({*kept, *written})

    def paint(self, painter: QPainter, option: object, widget: object) -> None:
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        usual, strong = self._font(), self._font(QFont.Weight.DemiBold)
        metrics = {False: QFontMetricsF(usual), True: QFontMetricsF(strong)}
        for place in self.shown_words():
            is_set_off = place in (self._marked, self._pointed)
            painter.setFont(strong if is_set_off else usual)
            painter.setPen(self._theme.color("accent" if place == self._marked else "text"))
            self._write(painter, metrics[is_set_off], self._words[place], self._position(place + 0.5))

    def wheelEvent(self, event: object) -> None:
        event.ignore()  # type: ignore[attr-defined]  # one axis alone cannot be stretched: cells are square

    def mouseDragEvent(self, event: object) -> None:
        event.ignore()  # type: ignore[attr-defined]

    def _write(self, painter: QPainter, metrics: QFontMetricsF, word: str, position: float) -> None:
        bounds, height = self._bounds(), metrics.height()
        if self.orientation == "left":
            room = QRectF(0.0, position - height / 2, bounds.width() - GAP, height)
            alignment = _RIGHT
        elif self._is_turned:
            room = QRectF(0.0, -height / 2, bounds.height() - GAP, height)
            alignment = _LEFT
        else:
            side = self._cell_side()
            room = QRectF(position - side / 2, bounds.height() - GAP - height, side, height)
            alignment = _CENTER
        elided = metrics.elidedText(word[:LONGEST_DRAWN], Qt.TextElideMode.ElideRight, room.width())
        painter.save()
        if self.orientation != "left" and self._is_turned:
            painter.translate(QPointF(position, bounds.height() - GAP))
            painter.rotate(-90)
        painter.drawText(room, alignment, elided)
        painter.restore()

    def _step(self) -> int:
        """Every how many words one is written: 1, 2, 5, 10, …, so that zooming keeps most of them."""
        side = self._cell_side()
        if side <= 0 or (self.orientation != "left" and not self._is_turned):
            return 1
        least = max(1.0, self.line_height() / side)
        power = 10 ** math.floor(math.log10(least))
        return next(step * power for step in (*_NICE_STEPS, 10) if step * power >= least)

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
