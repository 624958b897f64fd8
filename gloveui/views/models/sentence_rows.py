"""Places of a text as rows: each with its sentence in parts, made when it is seen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from gloveui.core.concordance import Places, Stretch, stretch_around, words_between
from gloveui.core.tokens import TokenStream
from gloveui.views.models.table_cells import AT_LEFT, AT_RIGHT, ROOT
from gloveui.views.models.vector_rows import shortened
from gloveui.views.numbers import grouped
from gloveui.views.widgets.plain_tooltip import plain_tooltip

NUMBER, SENTENCE, LEFT, KEYWORD, RIGHT, DISTANCE, SHARE = range(7)
RUNS_ROLE = Qt.ItemDataRole.UserRole

WORDS_AROUND = 25  # on each side: as wide as a panel is
WORDS_IN_TOOLTIP = 150
MOST_BETWEEN = 60
MOST_CACHED = 500  # rows
LARGEST_DENOMINATOR = 1_000  # shares of wide windows are 1/d rounded to a part of 2⁻³⁶

_DISPLAY, _TOOLTIP, _ALIGNMENT = (
    int(Qt.ItemDataRole.DisplayRole),
    int(Qt.ItemDataRole.ToolTipRole),
    int(Qt.ItemDataRole.TextAlignmentRole),
)
_SERVED = frozenset((_DISPLAY, _TOOLTIP, _ALIGNMENT, int(RUNS_ROLE)))
_CENTRE = Qt.AlignmentFlag.AlignCenter


class Kind(Enum):
    """What is listed: a pair of words, one word, or simply sentences."""

    PAIR = "pair"
    WORD = "word"
    SENTENCES = "sentences"


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a line, and whether it stands out."""

    text: str
    is_marked: bool = False


@dataclass(frozen=True, slots=True)
class Runs:
    """A line in pieces: `core` is to stay in sight when there is no room for all."""

    before: tuple[Run, ...] = ()
    core: tuple[Run, ...] = ()
    after: tuple[Run, ...] = ()

    @property
    def text(self) -> str:
        """The whole line."""
        return "".join(run.text for run in (*self.before, *self.core, *self.after)).strip()


@dataclass(frozen=True, slots=True)
class _Line:
    """A row: the sentence around its words, and the same around its centre word."""

    sentence: Runs
    left: Runs
    keyword: Runs
    right: Runs


class SentenceRows(QAbstractTableModel):
    """Numbers of places in some order; a row's words are looked up when it is shown."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stream: TokenStream | None = None
        self._places: Places | None = None
        self._kind = Kind.SENTENCES
        self._order: NDArray[np.int64] | None = None
        self._lines: dict[int, _Line] = {}

    @property
    def kind(self) -> Kind:
        """What is listed."""
        return self._kind

    @property
    def places(self) -> Places | None:
        """What is listed, in the order of the text."""
        return self._places

    def show(self, stream: TokenStream | None, places: Places | None, kind: Kind) -> None:
        """List other places, in the order of the text; of plain sentences, where they begin."""
        self.beginResetModel()
        self._stream, self._places, self._kind = stream, places, kind
        self._order = None
        self._lines.clear()
        self.endResetModel()

    def grow(self, places: Places) -> None:
        """List more places of the same kind behind those that are listed."""
        before = self.rowCount()
        if len(places) == before:
            self._places = places
            return
        self.beginInsertRows(ROOT, before, len(places) - 1)
        self._places = places
        self.endInsertRows()

    def set_order(self, order: NDArray[np.int64] | None) -> None:
        """List the places in another order: their numbers; None for that of the text."""
        self.layoutAboutToBeChanged.emit()
        self._order = order
        self._lines.clear()
        self.layoutChanged.emit()

    def number(self, row: int) -> int:
        """Which place a row shows."""
        return row if self._order is None else int(self._order[row])

    def row_of(self, number: int) -> int | None:
        """The row that shows a place; None if there is none."""
        if self._order is None:
            return number if number < self.rowCount() else None
        rows = np.flatnonzero(self._order == number)
        return int(rows[0]) if len(rows) else None

    def centre(self, row: int) -> int:
        """The position in the text of a row's centre word, or of a sentence's first."""
        assert self._places is not None  # else there are no rows
        return int(self._places.centres[self.number(row)])

    def cells(self, rows: range) -> Iterator[list[str | float]]:
        """Rows of a table: number, words in parts as they stand in the text, distance, share."""
        if self._stream is None or self._places is None:
            return
        for row in rows:
            first, last = self._ends(row)
            around = stretch_around(self._stream.ids, first, last, WORDS_AROUND)
            yield [row + 1, *self._texts(around, first, last), *self._figures(row)]

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = ROOT) -> int:
        return 0 if parent.isValid() or self._places is None else len(self._places)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = ROOT) -> int:
        return 0 if parent.isValid() else SHARE + 1

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = _DISPLAY) -> object:
        if role not in _SERVED or not index.isValid() or self._places is None:
            return None
        row, column = index.row(), index.column()
        if role == _ALIGNMENT:
            return _ALIGNMENTS[column]
        if column in (NUMBER, DISTANCE, SHARE):
            return self._figure(row, column) if role == _DISPLAY else None
        if role == RUNS_ROLE:
            return self._runs(row, column)
        if role == _DISPLAY:
            return self._runs(row, column).text
        return plain_tooltip(self._long_text(row)) if role == _TOOLTIP else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> object:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == _ALIGNMENT:
            return _ALIGNMENTS[section]
        if role == _DISPLAY:
            return self._names()[section]
        return plain_tooltip(self._explanations()[section]) if role == _TOOLTIP else None

    def retranslate(self) -> None:
        """Let views read the headings again, in the language in use."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, NUMBER, SHARE)

    def _names(self) -> tuple[str, ...]:
        return (
            self.tr("no."), self.tr("sentence"), self.tr("before"), self.tr("word"), self.tr("after"),
            self.tr("d"), self.tr("share"),
        )  # fmt: skip

    def _explanations(self) -> tuple[str, ...]:
        order = self.tr("Click for the order of the text")
        return (
            order, order, self.tr("Click for the alphabet of the words before, the nearest first"), "",
            self.tr("Click for the alphabet of the words after, the nearest first"),
            self.tr("Distance: how many words away, counted as for X; click for the nearest first"),
            self.tr("What the place adds to the cell: w(d)"),
        )  # fmt: skip

    def _figure(self, row: int, column: int) -> str:
        if column == NUMBER:
            return grouped(row + 1)
        if self._places is None or self._kind is not Kind.PAIR:
            return ""
        number = self.number(row)
        if column == DISTANCE:
            return str(int(self._places.distances[number]))
        return share_text(int(self._places.weights[self._places.distances[number]]), self._places.unit)

    def _figures(self, row: int) -> list[str | float]:
        if self._places is None or self._kind is not Kind.PAIR:
            return []
        number = self.number(row)
        return [int(self._places.distances[number]), self._places.share(number)]

    def _ends(self, row: int) -> tuple[int, int]:
        """The first and the last position of a row's words."""
        assert self._places is not None
        number = self.number(row)
        first, last = sorted((int(self._places.centres[number]), int(self._places.contexts[number])))
        return first, last

    def _runs(self, row: int, column: int) -> Runs:
        line = self._line(row)
        return (line.sentence, line.left, line.keyword, line.right)[column - SENTENCE]

    def _line(self, row: int) -> _Line:
        if row not in self._lines:
            if len(self._lines) >= MOST_CACHED:
                self._lines.clear()
            self._lines[row] = self._made_line(row)
        return self._lines[row]

    def _made_line(self, row: int) -> _Line:
        assert self._stream is not None
        first, last = self._ends(row)
        if self._kind is Kind.SENTENCES:
            around = stretch_around(self._stream.ids, first, first, 2 * WORDS_AROUND)
            end = " …" if around.is_cut_after else ""
            sentence = Runs(after=(Run(words_between(self._stream, around.start, around.end) + end),))
            return _Line(sentence, Runs(), Runs(), sentence)
        around = stretch_around(self._stream.ids, first, last, WORDS_AROUND)
        before, one, between, other, after = self._texts(around, first, last)
        start, end = ("… " if around.is_cut_before else ""), (" …" if around.is_cut_after else "")
        before_run = Run(start + before + " " * bool(before))
        after_run = Run(" " * bool(after) + after + end)
        if last == first:
            keyword = (Run(one, True),)
            parts = (before_run,), keyword, (after_run,)
            return _Line(Runs(*parts), Runs(before=parts[0]), Runs(core=keyword), Runs(after=parts[2]))
        middle = Run(f" {between} " if between else " ")
        core = (Run(one, True), middle, Run(other, True))
        sentence = Runs((before_run,), core, (after_run,))
        if self.centre(row) == first:
            return _Line(
                sentence, Runs((before_run,)), Runs(core=core[:1]), Runs(after=(*core[1:], after_run))
            )
        return _Line(sentence, Runs((before_run, *core[:2])), Runs(core=core[2:]), Runs(after=(after_run,)))

    def _texts(self, around: Stretch, first: int, last: int) -> tuple[str, str, str, str, str]:
        """The words before, the first word, those between, the last word (none if it is the first), after."""
        stream = self._stream
        assert stream is not None
        if last - first - 1 > MOST_BETWEEN:
            cut = MOST_BETWEEN // 2
            ends = (words_between(stream, first + 1, first + cut), words_between(stream, last - cut, last))
            between = " … ".join(ends)
        else:
            between = words_between(stream, first + 1, last)
        return (
            words_between(stream, around.start, first),
            shortened(words_between(stream, first, first + 1)),
            between,
            shortened(words_between(stream, last, last + 1)) if last > first else "",
            words_between(stream, last + 1, around.end),
        )

    def _long_text(self, row: int) -> str:
        assert self._stream is not None
        first, last = self._ends(row)
        around = stretch_around(self._stream.ids, first, last, WORDS_IN_TOOLTIP)
        words = words_between(self._stream, around.start, min(around.end, first + 4 * WORDS_IN_TOOLTIP))
        return ("… " if around.is_cut_before else "") + words + (" …" if around.is_cut_after else "")


_ALIGNMENTS = (AT_RIGHT, AT_LEFT, AT_RIGHT, _CENTRE, AT_LEFT, AT_RIGHT, AT_RIGHT)


def share_text(units: int, unit: int) -> str:
    """A share as people write it: 1, 1/3, 2/5."""
    return str(Fraction(units, unit).limit_denominator(LARGEST_DENOMINATOR))
