"""Wrong answers to analogies, or pairs of words that a model and people rank otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt

from gloveui.core.evaluation import RankedPair, WrongAnswer
from gloveui.storage.export import Cell
from gloveui.views.models.table_cells import AT_LEFT, AT_RIGHT, FlatTable
from gloveui.views.models.vector_rows import shortened
from gloveui.views.numbers import grouped
from gloveui.views.widgets.plain_tooltip import plain_tooltip

QUESTION, SECOND, THIRD, PLACE = range(4)
NOTHING = "–"


class MissedTableModel(FlatTable):
    """One or the other; a row is the value itself."""

    COLUMNS = PLACE + 1

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._missed: Sequence[WrongAnswer | RankedPair] = ()
        self._are_pairs = False

    def show_missed(self, missed: Sequence[WrongAnswer | RankedPair], are_pairs: bool) -> None:
        """Show others."""
        self.beginResetModel()
        self._missed, self._are_pairs = missed, are_pairs
        self.endResetModel()

    def missed_at(self, row: int) -> WrongAnswer | RankedPair:
        """What stands in a row."""
        return self._missed[row]

    def row_total(self) -> int:
        return len(self._missed)

    def heading(self, column: int) -> str:
        if self._are_pairs:
            names = (self.tr("pair"), self.tr("people"), self.tr("model"), self.tr("places apart"))
        else:
            names = (self.tr("a : b = c"), self.tr("expected"), self.tr("answer"), self.tr("place"))
        return names[column]

    def heading_tip(self, column: int) -> str:
        if self._are_pairs:
            tips = (
                "",
                self.tr("Place by people's score, 1 for the most alike"),
                self.tr("Place by the cosine"),
                "",
            )
            return tips[column]
        return self.tr("Place of the expected word among the answers") if column == PLACE else ""

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if role == Qt.ItemDataRole.TextAlignmentRole and orientation == Qt.Orientation.Horizontal:
            return self._alignment(section)
        return super().headerData(section, orientation, role)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if not index.isValid():
            return None
        missed, column = self._missed[index.row()], index.column()
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(column)
        if role == Qt.ItemDataRole.DisplayRole:
            return _pair_text(missed, column) if isinstance(missed, RankedPair) else _text(missed, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(self._tip(missed))
        return None

    def export_rows(self) -> Iterator[list[Cell]]:
        """Everything, headings first."""
        if self._are_pairs:
            numbers = [
                self.tr("score"),
                self.tr("cosine"),
                self.tr("place by people"),
                self.tr("place by model"),
            ]
            yield [self.tr("word"), self.tr("other word"), *numbers]
        else:
            yield ["a", "b", "c", self.tr("expected"), self.tr("answer"), self.tr("place")]
        for one in self._missed:
            if isinstance(one, RankedPair):
                yield [one.first, one.second, one.score, one.cosine, one.score_rank, one.cosine_rank]
            else:
                yield [*one.question.given, one.question.expected, one.found, one.rank or ""]

    def _alignment(self, column: int) -> Qt.AlignmentFlag:
        is_number = column == PLACE or (self._are_pairs and column != QUESTION)
        return AT_RIGHT if is_number else AT_LEFT

    def _tip(self, missed: WrongAnswer | RankedPair) -> str:
        if isinstance(missed, RankedPair):
            return self.tr("people: {score}, cosine: {cosine}\nClick to look at “{word}”").format(
                score=f"{missed.score:g}", cosine=f"{missed.cosine:.3f}", word=shortened(missed.first)
            )
        return self.tr("Click to ask this analogy")


def _text(missed: WrongAnswer, column: int) -> str:
    if column == QUESTION:
        a, b, c = (shortened(word) for word in missed.question.given)
        return f"{a} : {b} = {c}"
    if column == PLACE:
        return grouped(missed.rank) if missed.rank else NOTHING
    return shortened(missed.question.expected if column == SECOND else missed.found) or NOTHING


def _pair_text(pair: RankedPair, column: int) -> str:
    if column == QUESTION:
        return f"{shortened(pair.first)} · {shortened(pair.second)}"
    return _place((pair.score_rank, pair.cosine_rank, pair.difference)[column - SECOND])


def _place(place: float) -> str:
    return grouped(int(place)) if place == int(place) else f"{place:,.1f}"
