"""A line of plain text in which some words stand out, cut so that these stay in sight."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from gloveui.views.models.sentence_rows import RUNS_ROLE, Run, Runs
from gloveui.views.theme import Theme

_MARGIN = 8
_ELIDE_LEFT, _ELIDE_RIGHT = Qt.TextElideMode.ElideLeft, Qt.TextElideMode.ElideRight


class RunsDelegate(QStyledItemDelegate):
    """Paints `Runs`; never as HTML."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        self.initStyleOption(option, index)
        option.text = ""
        style = option.widget.style() if option.widget is not None else None
        if style is not None:
            style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        runs = index.data(RUNS_ROLE)
        if isinstance(runs, Runs):
            area = option.rect.adjusted(_MARGIN, 0, -_MARGIN, 0)
            painter.save()
            painter.setClipRect(area)
            self._paint_runs(painter, area, runs, option)
            painter.restore()

    def _paint_runs(self, painter: QPainter, area: QRect, runs: Runs, option: QStyleOptionViewItem) -> None:
        fitting = Fitting(option.font)
        fitted = fitting.fitted(runs, area.width())
        free = area.width() - sum(map(fitting.width, fitted))
        alignment = option.displayAlignment
        is_centred = bool(alignment & Qt.AlignmentFlag.AlignHCenter)
        is_right = bool(alignment & Qt.AlignmentFlag.AlignRight)
        x = area.left() + max(0, free // 2 if is_centred else free if is_right else 0)
        baseline = area.top() + (area.height() + fitting.plain.ascent() - fitting.plain.descent()) // 2
        for run in fitted:
            painter.setFont(fitting.bold_font if run.is_marked else option.font)
            painter.setPen(self._theme.color("accent" if run.is_marked else "text"))
            painter.drawText(x, baseline, run.text)
            x += fitting.width(run)


class Fitting:
    """Cuts runs to the room there is; what stands out is semibold."""

    def __init__(self, font: QFont) -> None:
        self.bold_font = QFont(font)
        self.bold_font.setWeight(QFont.Weight.DemiBold)
        self.plain, self._bold = QFontMetrics(font), QFontMetrics(self.bold_font)

    def width(self, run: Run) -> int:
        """Pixels that a run takes."""
        return self._metrics(run).horizontalAdvance(run.text)

    def fitted(self, runs: Runs, room: int) -> list[Run]:
        """The runs as far as there is room: the core whole if possible, and about as much on both sides."""
        core = list(runs.core)
        free = room - self._total(core)
        if free < 0:
            return self._squeezed(core, room)
        before, after = self._total(runs.before), self._total(runs.after)
        room_before = min(before, max(free // 2, free - after))
        shown_before = self._end_of(runs.before, room_before)
        return [*shown_before, *core, *self._start_of(runs.after, free - room_before)]

    def _metrics(self, run: Run) -> QFontMetrics:
        return self._bold if run.is_marked else self.plain

    def _total(self, runs: Sequence[Run]) -> int:
        return sum(map(self.width, runs))

    def _cut(self, run: Run, mode: Qt.TextElideMode, room: int) -> Run:
        return Run(self._metrics(run).elidedText(run.text, mode, max(0, room)), run.is_marked)

    def _start_of(self, runs: Sequence[Run], room: int) -> list[Run]:
        shown: list[Run] = []
        for run in runs:
            if self.width(run) > room:
                return [*shown, self._cut(run, _ELIDE_RIGHT, room)]
            shown.append(run)
            room -= self.width(run)
        return shown

    def _end_of(self, runs: Sequence[Run], room: int) -> list[Run]:
        shown: list[Run] = []
        for run in reversed(runs):
            if self.width(run) > room:
                return [self._cut(run, _ELIDE_LEFT, room), *shown]
            shown.insert(0, run)
            room -= self.width(run)
        return shown

    def _squeezed(self, core: list[Run], room: int) -> list[Run]:
        """The words that stand out, with less between them; or their beginning."""
        marked = self._total([run for run in core if run.is_marked])
        if len(core) == 3 and marked < room:
            return [core[0], self._cut(core[1], Qt.TextElideMode.ElideMiddle, room - marked), core[2]]
        return self._start_of(core, room)
