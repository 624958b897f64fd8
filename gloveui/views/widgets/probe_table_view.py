"""The table of two words against probe words, with its ratios as bars."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from gloveui.core.probability import PredictedRatios, ProbabilityTable
from gloveui.views.models.probe_table import (
    FIRST,
    PREDICTED,
    PROBE,
    RATIO,
    SECOND,
    SECOND_LINE,
    ProbeTableModel,
)
from gloveui.views.probability_texts import ratio_text
from gloveui.views.theme import Theme
from gloveui.views.widgets.probe_delegates import SMALL_TYPE, RatioDelegate, TwoLineDelegate
from gloveui.views.widgets.whole_table import WholeTable

ROW_HEIGHT = 42
_PADDING = 20
_SAMPLES = {PROBE: "nnnnnnn", FIRST: "0.0 × 10⁻⁴", SECOND: "0.0 × 10⁻⁴", PREDICTED: "00,000"}


class ProbeTableView(WholeTable):
    """One row a probe: many probes only make it longer, and the bars of all ratios share one axis."""

    number_chosen = Signal(str, str)  # the word and the context word of a count

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, ROW_HEIGHT, parent)
        self.rows = ProbeTableModel(self)
        self.ratios = RatioDelegate(theme, self)
        self.setModel(self.rows)
        self.setItemDelegate(TwoLineDelegate(theme, self))
        self.setItemDelegateForColumn(RATIO, self.ratios)
        header = self.horizontalHeader()
        header.setMinimumSectionSize(24)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(RATIO, QHeaderView.ResizeMode.Stretch)
        self.clicked.connect(self._choose)
        self.activated.connect(self._choose)
        theme.changed.connect(self._fit_columns)

    def show_table(self, table: ProbabilityTable, predicted: PredictedRatios | None) -> None:
        """Show probabilities and ratios, and beside them what a model predicts."""
        self.rows.set_table(table, predicted)
        self._fit_scale()
        self.setColumnHidden(PREDICTED, predicted is None)
        self._fit_columns()

    def show_predicted(self, predicted: PredictedRatios) -> None:
        """Show newer predictions for the same table."""
        self.rows.set_predicted(predicted)
        self._fit_scale()
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    def _fit_scale(self) -> None:
        table = self.rows.table
        if table is not None:
            counted = [row.ratio for row in table.rows]
            numbers = [self.rows.index(row, PREDICTED).data() for row in range(len(counted))]
            self.ratios.set_scale(counted, [*map(ratio_text, counted), *numbers])

    def _fit_columns(self) -> None:
        """Each column as wide as its texts, but none more than a quarter of all; the ratio has the rest."""
        widest = self.viewport().width() // 4
        for column, sample in _SAMPLES.items():
            self.setColumnWidth(column, min(self._width_of([sample, *self._texts(column)]), widest))
        table = self.rows.table
        if table is not None:
            heading = f"P(k|{table.first}) / P(k|{table.second})"
            self.rows.set_short_headings(self._width_of([heading]) > self.columnWidth(RATIO))

    def _width_of(self, texts: list[str]) -> int:
        return max(map(self.fontMetrics().horizontalAdvance, texts)) + _PADDING

    def _texts(self, column: int) -> list[str]:
        """What stands in a column, the smaller lines at their share of the width."""
        indexes = [self.rows.index(row, column) for row in range(self.rows.rowCount())]
        below = [str(index.data(SECOND_LINE) or "") for index in indexes]
        return [
            *(str(index.data()) for index in indexes),
            *(text[: round(SMALL_TYPE * len(text))] for text in below),
        ]

    def _choose(self, index: QModelIndex) -> None:
        pair = self.rows.pair_at(index)
        if pair is not None:
            self.number_chosen.emit(*pair)
