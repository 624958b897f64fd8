"""The pairs of words that a model predicts worst, by what they cost."""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt

from gloveui.core.fit import ModelFit
from gloveui.views.models.table_cells import AT_LEFT, AT_RIGHT, FlatTable
from gloveui.views.models.vector_rows import shortened
from gloveui.views.widgets.plain_tooltip import plain_tooltip

WORD, CONTEXT, COUNT, PREDICTED, ERROR, WEIGHT, SHARE = range(7)


class CostlyPairsModel(FlatTable):
    """Pairs, the dearest first; ``Qt.UserRole`` of the share is the number itself, in percent."""

    COLUMNS = SHARE + 1
    NUMBERS = range(COUNT, WEIGHT + 1)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._fit: ModelFit | None = None
        self._words: Callable[[int], str] = str

    def show_fit(self, fit: ModelFit | None, word: Callable[[int], str]) -> None:
        """Show the costliest pairs of a fit; `word` gives the word of an id."""
        self.beginResetModel()
        self._fit, self._words = fit, word
        self.endResetModel()

    @property
    def largest_share(self) -> float:
        """Percent of the loss that the dearest pair has."""
        return self.share_at(0) if self.rowCount() else 0.0

    def share_at(self, row: int) -> float:
        """Percent of the loss that a pair has."""
        assert self._fit is not None  # else there is no row
        return 100 * float(self._fit.costliest.losses[row]) / (self._fit.loss or 1.0)

    def ids_at(self, row: int) -> tuple[int, int]:
        """Ids of the word and the context word of a row."""
        assert self._fit is not None
        return int(self._fit.costliest.words[row]), int(self._fit.costliest.contexts[row])

    def row_total(self) -> int:
        return 0 if self._fit is None else len(self._fit.costliest)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if not index.isValid() or self._fit is None:
            return None
        row, column = index.row(), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(self._fit, row, column)
        if role == Qt.ItemDataRole.UserRole:
            return self.share_at(row) if column == SHARE else None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return AT_LEFT if column in (WORD, CONTEXT) else AT_RIGHT
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(self.tr("Click to see the sentences behind it"))
        return None

    def heading(self, column: int) -> str:
        names = (self.tr("word"), self.tr("context"), "X", self.tr("predicted"), self.tr("error"), "f(X)")
        return (*names, self.tr("% of loss"))[column]

    def heading_tip(self, column: int) -> str:
        return {
            COUNT: self.tr("X: how often the pair was counted"),
            PREDICTED: self.tr("X̂ = exp(w·w̃ + b + b̃): the count that the model predicts"),
            ERROR: self.tr("log X̂ − log X: above 0 the model expects too much"),
            WEIGHT: self.tr("f(X): how much the pair matters"),
            SHARE: self.tr("Share of the whole loss: ½ f(X) error² of this pair"),
        }.get(column, "")

    def _text(self, fit: ModelFit, row: int, column: int) -> str:
        pairs = fit.costliest
        if column in (WORD, CONTEXT):
            return shortened(self._words(self.ids_at(row)[column]))
        if column == COUNT:
            return number(float(pairs.counts[row]))
        if column == PREDICTED:
            return number(float(pairs.predicted_counts[row]))
        if column == ERROR:
            return difference(float(pairs.errors[row]))
        return f"{pairs.weights[row]:.2f}" if column == WEIGHT else percent(self.share_at(row))


def number(count: float) -> str:
    """A count to read: three significant digits, above a thousand all digits before the point."""
    if count >= 1e9:
        return f"{count:.2e}".replace("e+", "e") if math.isfinite(count) else "∞"
    return f"{count:,.0f}" if count >= 999.5 else f"{count:.3g}"


def percent(share: float) -> str:
    """A share of 100 to read: two significant digits, and never a power of ten for a large one."""
    return f"{share:.0f}" if share >= 9.95 else f"{share:.2g}"


def difference(error: float) -> str:
    """A signed difference to read: two decimals, or the power of ten of a small one."""
    text = f"{error:+.2f}" if abs(error) >= 0.005 or error == 0 else f"{error:+.0e}".replace("e-0", "e-")
    return text.replace("-", "−")
