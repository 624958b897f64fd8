"""The words of a sentence side by side, with the window around one of them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from gloveui.core.window_steps import ContextWord, WindowStep
from gloveui.views.languages import Translated
from gloveui.views.models.vector_rows import shortened
from gloveui.views.palette import mix
from gloveui.views.theme import Theme
from gloveui.views.widgets.plain_tooltip import plain_tooltip

_GAP, _PADDING, _BAND = 4, 8, 4
_BOX_HEIGHT, _LEAST_WIDTH = 26, 34
_PALEST, _STRONGEST = 0.12, 0.45  # share of the accent behind a context word, by its weight
_SMALL = 0.9


@dataclass(frozen=True, slots=True)
class WindowWord:
    """A word to show: as text, and whether it is left out of the counts."""

    text: str
    is_left_out: bool = False


class WindowRow(Translated, QWidget):
    """Boxes in a row: the centre filled, context words tinted by their weight, words left out in grey."""

    word_clicked = Signal(object)  # place in the sentence

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words: tuple[WindowWord, ...] = ()
        self._starts: list[int] = []
        self._widths: list[int] = []
        self._step: WindowStep | None = None
        self._contexts: dict[int, ContextWord] = {}
        self._keeps_place = False
        self._has_distances = True
        self._total = 0
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._lay_out)
        self.retranslate()

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("The window over the sentence"))

    def show_words(self, words: Sequence[WindowWord], keeps_place: bool) -> None:
        """Show another sentence, without a window; whether words left out keep their place."""
        self._words, self._keeps_place = tuple(words), keeps_place
        self._step, self._contexts = None, {}
        self._lay_out()

    def show_distances(self, shown: bool) -> None:
        """Write the distance under each weight, or leave it to the tooltip of the word."""
        if shown != self._has_distances:
            self._has_distances = shown
            self._lay_out()

    def show_step(self, step: WindowStep | None) -> None:
        """Put the window around a word."""
        self._step = step
        self._contexts = {one.place: one for one in step.contexts} if step is not None else {}
        self.update()

    def span(self) -> tuple[int, int]:
        """Where the window begins and ends, in pixels from the left; the centre alone if nothing is in it."""
        step = self._step
        if step is None:
            return 0, 0
        places = [step.centre, *self._contexts, *step.passed]
        first, last = min(places), max(places)
        return self._starts[first], self._starts[last] + self._widths[last]

    def centre_span(self) -> tuple[int, int]:
        """Where the box of the centre word begins and ends."""
        if self._step is None:
            return 0, 0
        start = self._starts[self._step.centre]
        return start, start + self._widths[self._step.centre]

    def place_at(self, point: QPoint) -> int | None:
        """The place of the word under a point; None beside the words."""
        place = bisect_right(self._starts, point.x()) - 1
        is_inside = place >= 0 and point.x() < self._starts[place] + self._widths[place]
        return place if is_inside else None

    def sizeHint(self) -> QSize:
        small = QFontMetrics(self._theme.font(_SMALL)).height()
        lines = 2 if self._has_distances else 1
        return QSize(self._total, self._theme.pixels(_BOX_HEIGHT) + lines * small + 3 * _BAND)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self.place_at(event.position().toPoint())
        if place is not None and event.button() == Qt.MouseButton.LeftButton:
            self.word_clicked.emit(place)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            place = self.place_at(event.pos())
            text = self._explanation(place) if place is not None else ""
            QToolTip.showText(event.globalPos(), plain_tooltip(text), self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._step is not None:
            self._paint_band(painter)
        first = max(0, bisect_right(self._starts, event.rect().left()) - 1)
        for place in range(first, len(self._words)):
            if self._starts[place] > event.rect().right():
                break
            self._paint_word(painter, place)

    def _lay_out(self) -> None:
        metrics = QFontMetrics(self._theme.font(1.0, QFont.Weight.DemiBold))
        x = _BAND
        self._starts, self._widths = [], []
        for word in self._words:
            width = max(metrics.horizontalAdvance(word.text) + 2 * _PADDING, self._theme.pixels(_LEAST_WIDTH))
            self._starts.append(x)
            self._widths.append(width)
            x += width + _GAP
        self._total = x
        self.updateGeometry()
        self.adjustSize()
        self.update()

    def _box(self, place: int) -> QRectF:
        height = self._theme.pixels(_BOX_HEIGHT)
        return QRectF(self._starts[place] + 0.5, _BAND + 0.5, self._widths[place] - 1, height - 1)

    def _paint_band(self, painter: QPainter) -> None:
        start, end = self.span()
        height = self._theme.pixels(_BOX_HEIGHT)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("track"))
        painter.drawRoundedRect(QRectF(start - _BAND, 0, end - start + 2 * _BAND, height + 2 * _BAND), 8, 8)

    def _paint_word(self, painter: QPainter, place: int) -> None:
        word, box = self._words[place], self._box(place)
        is_centre = self._step is not None and place == self._step.centre
        context = self._contexts.get(place)
        fill, ink, edge = self._colors(word, is_centre, context)
        pen = QPen(edge)
        if word.is_left_out:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(fill)
        painter.drawRoundedRect(box, 5, 5)
        painter.setPen(ink)
        weight = QFont.Weight.DemiBold if is_centre or context is not None else QFont.Weight.Normal
        painter.setFont(self._theme.font(1.0, weight))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), word.text)
        if context is not None:
            self._paint_figures(painter, box, context)

    def _colors(
        self, word: WindowWord, is_centre: bool, context: ContextWord | None
    ) -> tuple[QColor, QColor, QColor]:
        """Behind the word, of the word, around it."""
        palette = self._theme.palette
        if is_centre:
            return QColor(palette.accent), QColor(palette.on_accent), QColor(palette.accent)
        if context is not None:
            share = _PALEST + (_STRONGEST - _PALEST) * float(context.weight)
            tint = QColor(mix(palette.surface, palette.accent, share))
            return tint, QColor(palette.text), QColor(mix(palette.surface, palette.accent, share + 0.2))
        ink = palette.disabled if word.is_left_out else palette.text
        return QColor(palette.surface), QColor(ink), QColor(palette.border)

    def _paint_figures(self, painter: QPainter, box: QRectF, context: ContextWord) -> None:
        """The weight under a context word, and its distance under that where there is room."""
        top = box.bottom() + 1.5 * _BAND
        figures = (
            (str(context.weight), "accent", QFont.Weight.DemiBold),
            (f"d = {context.distance}", "muted", QFont.Weight.Normal),
        )
        for text, token, weight in figures if self._has_distances else figures[:1]:
            font = self._theme.font(_SMALL, weight)
            painter.setFont(font)
            painter.setPen(self._theme.color(token))
            line = QRectF(box.left(), top, box.width(), QFontMetrics(font).height())
            painter.drawText(line, int(Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextDontClip), text)
            top = line.bottom()

    def _explanation(self, place: int) -> str:
        word = self._words[place]
        context = self._contexts.get(place)
        if context is not None:
            return f"{word.text}\nd = {context.distance}, w(d) = {context.weight}"
        if not word.is_left_out:
            return word.text
        if self._keeps_place:
            return self.tr("“{word}” is left out of the counts, and keeps its place").format(word=word.text)
        return self.tr("“{word}” is left out of the counts, as if it were not there").format(word=word.text)


def window_word(text: str, is_left_out: bool) -> WindowWord:
    """A word as short as a box can hold."""
    return WindowWord(shortened(text), is_left_out)
