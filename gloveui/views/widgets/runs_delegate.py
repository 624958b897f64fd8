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

    def __init__(
        self,
        theme: Theme,
        alignment: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._alignment = alignment
        self._fitting: Fitting | None = None
        theme.changed.connect(self._forget_font)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        # No initStyleOption: it would ask the model for ten things of each cell, of which none is needed.
        style = option.widget.style() if option.widget is not None else None
        if style is not None:
            style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        runs = index.data(RUNS_ROLE)
        if isinstance(runs, Runs):
            self._paint_runs(painter, option.rect.adjusted(_MARGIN, 0, -_MARGIN, 0), runs, option.font)

    def _paint_runs(self, painter: QPainter, area: QRect, runs: Runs, font: QFont) -> None:
        fitting = self._fitting = self._fitting or Fitting(font)
        fitted = fitting.fitted(runs, area.width())
        free = max(0, area.width() - sum(width for _, width in fitted))
        is_centred = self._alignment == Qt.AlignmentFlag.AlignHCenter
        is_right = self._alignment == Qt.AlignmentFlag.AlignRight
        x = area.left() + (free // 2 if is_centred else free if is_right else 0)
        baseline = area.top() + (area.height() + fitting.plain.ascent() - fitting.plain.descent()) // 2
        painter.save()
        for run, width in fitted:
            painter.setFont(fitting.bold_font if run.is_marked else font)
            painter.setPen(self._theme.color("accent" if run.is_marked else "text"))
            painter.drawText(x, baseline, run.text)
            x += width
        painter.restore()

    def _forget_font(self) -> None:
        self._fitting = None


_Measured = tuple[Run, int]
"""A run and how many pixels it takes."""


class Fitting:
    """Cuts runs to the room there is; what stands out is semibold."""

    def __init__(self, font: QFont) -> None:
        self.bold_font = QFont(font)
        self.bold_font.setWeight(QFont.Weight.DemiBold)
        self.plain, self._bold = QFontMetrics(font), QFontMetrics(self.bold_font)

    def fitted(self, runs: Runs, room: int) -> list[_Measured]:
        """The runs as far as there is room: the core whole if possible, and about as much on both sides."""
        core, before, after = map(self._measured, (runs.core, runs.before, runs.after))
        free = room - _total(core)
        if free < 0:
            return self._squeezed(core, room)
        room_before = min(_total(before), max(free // 2, free - _total(after)))
        return [*self._end_of(before, room_before), *core, *self._start_of(after, free - room_before)]

    def _measured(self, runs: Sequence[Run]) -> list[_Measured]:
        return [(run, self._metrics(run).horizontalAdvance(run.text)) for run in runs]

    def _metrics(self, run: Run) -> QFontMetrics:
        return self._bold if run.is_marked else self.plain

    def _cut(self, run: Run, mode: Qt.TextElideMode, room: int) -> _Measured:
        cut = Run(self._metrics(run).elidedText(run.text, mode, max(0, room)), run.is_marked)
        return cut, self._metrics(cut).horizontalAdvance(cut.text)

    def _start_of(self, runs: Sequence[_Measured], room: int) -> list[_Measured]:
        shown: list[_Measured] = []
        for run, width in runs:
            if width > room:
                return [*shown, self._cut(run, _ELIDE_RIGHT, room)]
            shown.append((run, width))
            room -= width
        return shown

    def _end_of(self, runs: Sequence[_Measured], room: int) -> list[_Measured]:
        shown: list[_Measured] = []
        for run, width in reversed(runs):
            if width > room:
                return [self._cut(run, _ELIDE_LEFT, room), *shown]
            shown.insert(0, (run, width))
            room -= width
        return shown

    def _squeezed(self, core: list[_Measured], room: int) -> list[_Measured]:
        """The words that stand out, with less between them; or their beginning."""
        marked = sum(width for run, width in core if run.is_marked)
        if len(core) == 3 and marked < room:
            return [core[0], self._cut(core[1][0], Qt.TextElideMode.ElideMiddle, room - marked), core[2]]
        return self._start_of(core, room)


def _total(runs: Sequence[_Measured]) -> int:
    return sum(width for _, width in runs)
