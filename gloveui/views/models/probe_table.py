"""Two words against probe words, one row a probe."""

from __future__ import annotations

import math

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt

from gloveui.core.probability import PredictedRatios, ProbabilityTable, ProbeRow, RatioState, verdict_of
from gloveui.views.models.table_cells import AT_LEFT, AT_RIGHT, FlatTable
from gloveui.views.models.vector_rows import shortened
from gloveui.views.probability_texts import SIGNS, count_text, probability_text, ratio_text
from gloveui.views.widgets.plain_tooltip import plain_tooltip

PROBE, FIRST, SECOND, RATIO, PREDICTED = range(5)

SECOND_LINE = Qt.ItemDataRole.UserRole + 1  # str: what stands smaller under the number
IS_WARNING = Qt.ItemDataRole.UserRole + 2  # bool: whether that line warns, or a ratio is mostly chance
SIGN = Qt.ItemDataRole.UserRole + 3  # str: what the ratio says
PREDICTED_RATIO = Qt.ItemDataRole.UserRole + 4  # float, NaN for none


class ProbeTableModel(FlatTable):
    """P(k|i), P(k|j), their ratio as counted and as predicted; ``Qt.UserRole`` of a ratio is the number."""

    COLUMNS = PREDICTED + 1
    NUMBERS = range(PROBE + 1, PREDICTED + 1)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._table: ProbabilityTable | None = None
        self._predicted: PredictedRatios | None = None
        self._has_short_headings = False

    @property
    def table(self) -> ProbabilityTable | None:
        """What is shown."""
        return self._table

    @property
    def has_predictions(self) -> bool:
        """Whether a model's ratios are shown."""
        return self._predicted is not None

    def set_table(self, table: ProbabilityTable | None, predicted: PredictedRatios | None) -> None:
        """Show another table, and what a model predicts for it."""
        self.beginResetModel()
        self._table, self._predicted = table, predicted
        self.endResetModel()

    def set_predicted(self, predicted: PredictedRatios) -> None:
        """Show newer predictions for the same table."""
        self._predicted = predicted
        if self.rowCount():
            self.dataChanged.emit(self.index(0, RATIO), self.index(self.rowCount() - 1, PREDICTED))

    def set_short_headings(self, short: bool) -> None:
        """Name the ratio in one word where its formula has no room."""
        if short != self._has_short_headings:
            self._has_short_headings = short
            self.refresh_headings()

    def pair_at(self, index: QModelIndex) -> tuple[str, str] | None:
        """The word and the context word whose count a cell shows; None where it shows none."""
        if self._table is None or index.column() not in (FIRST, SECOND):
            return None
        word = self._table.first if index.column() == FIRST else self._table.second
        return word, self._table.rows[index.row()].probe

    def row_total(self) -> int:
        return 0 if self._table is None else len(self._table.rows)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if not index.isValid() or self._table is None:
            return None
        row, column = self._table.rows[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, index.row(), column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return AT_LEFT if column == PROBE else AT_RIGHT
        if role == SECOND_LINE:
            return self._second_line(row, index.row(), column)
        if role == IS_WARNING:
            return row.has_few_counts if column == RATIO else column == PROBE
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(self._tooltip(row, index.row(), column))
        return self._ratio_data(row, index.row(), role) if column == RATIO else None

    def warning_of(self, row: ProbeRow) -> str:
        """Why a ratio is not to be relied on; empty if it is."""
        if row.state is RatioState.UNDEFINED:
            both_counted_nothing = row.first_count == row.second_count == 0
            return self.tr("0 / 0") if both_counted_nothing else self.tr("no contexts")
        if row.has_few_counts:
            return self.tr("few counts")
        if row.state is RatioState.INFINITE:
            return self.tr("divided by 0")
        return self.tr("zero count") if row.ratio == 0 else ""

    def _text(self, row: ProbeRow, place: int, column: int) -> str:
        if column == PROBE:
            return shortened(row.probe)
        if column == PREDICTED:
            return ratio_text(self.predicted_ratio(place))
        if column == RATIO:
            return ratio_text(row.ratio)
        return probability_text(row.first_probability if column == FIRST else row.second_probability)

    def _second_line(self, row: ProbeRow, place: int, column: int) -> str:
        if column == PROBE:
            warning = self.warning_of(row)
            return f"⚠ {warning}" if warning else ""
        if column == PREDICTED:
            ratio = self.predicted_ratio(place)
            return "" if math.isnan(ratio) else SIGNS[verdict_of(ratio)]
        if column == RATIO or self._table is None:
            return ""
        count = row.first_count if column == FIRST else row.second_count
        total = self._table.first_total if column == FIRST else self._table.second_total
        return self.tr("{count} of {total}").format(count=count_text(count), total=count_text(total))

    def _ratio_data(self, row: ProbeRow, place: int, role: int) -> object:
        if role == Qt.ItemDataRole.UserRole:
            return row.ratio
        if role == SIGN:
            return SIGNS[row.verdict]
        return self.predicted_ratio(place) if role == PREDICTED_RATIO else None

    def predicted_ratio(self, place: int) -> float:
        """What the model predicts for a row; NaN for nothing."""
        return math.nan if self._predicted is None else float(self._predicted.ratios[place])

    def _tooltip(self, row: ProbeRow, place: int, column: int) -> str:
        if column == PROBE:
            return row.probe
        if column in (FIRST, SECOND):
            return self._probability_tooltip(row, column)
        return self._ratio_tooltip(row, place)

    def _probability_tooltip(self, row: ProbeRow, column: int) -> str:
        word = self._first() if column == FIRST else self._second()
        count = row.first_count if column == FIRST else row.second_count
        number = self.tr("X of “{word}” and “{context}”: {count}").format(
            word=word, context=row.probe, count=f"{count:,.4g}"
        )
        return number + "\n" + self.tr("Click or press Enter to see the sentences.")

    def _ratio_tooltip(self, row: ProbeRow, place: int) -> str:
        """The ratio as counted, and what the model makes of it."""
        words = self._first(), self._second()
        names = [f"({row.probe}|{word})" for word in words]
        counted = f"P{names[0]} / P{names[1]} = {ratio_text(row.ratio)}"
        if self._predicted is None:
            return counted
        arrays = self._predicted.first_probabilities, self._predicted.second_probabilities
        shares = [probability_text(float(array[place])) for array in arrays]
        lines = [f"P̂{name} = {share}" for name, share in zip(names, shares, strict=True)]
        ratio = ratio_text(self.predicted_ratio(place))
        return "\n".join([counted, f"P̂{names[0]} / P̂{names[1]} = {ratio}", *lines])

    def heading(self, column: int) -> str:
        if column in (PROBE, PREDICTED):
            return self.tr("probe k") if column == PROBE else self.tr("model")
        first, second = (f"P(k|{shortened(word)})" for word in (self._first(), self._second()))
        if column == RATIO:
            return self.tr("ratio") if self._has_short_headings else f"{first} / {second}"
        return first if column == FIRST else second

    def heading_tip(self, column: int) -> str:
        if column == PREDICTED:
            return self.tr("The ratio that the model predicts: exp(w·w̃ + b + b̃) of each pair, over ΣX")
        if column == PROBE:
            return ""
        first, second = f"P(k|{self._first()})", f"P(k|{self._second()})"
        return f"{first} / {second}" if column == RATIO else first if column == FIRST else second

    def _first(self) -> str:
        return self._table.first if self._table is not None else "i"

    def _second(self) -> str:
        return self._table.second if self._table is not None else "j"
