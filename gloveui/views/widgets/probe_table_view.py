"""The table of two words against probe words, with its ratios as bars."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
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
_PADDING = 18  # two more than the margins: widths of letters are rounded
_SAMPLES = {PROBE: "nnnnnn", FIRST: "0.0 × 10⁻⁴", SECOND: "0.0 × 10⁻⁴", PREDICTED: "00,000"}


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
        header.setTextElideMode(Qt.TextElideMode.ElideMiddle)  # P(k|a long … word)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(RATIO, QHeaderView.ResizeMode.Stretch)
        self.clicked.connect(self._choose)
        self.activated.connect(self._choose)
        theme.changed.connect(self._fit_columns)

    def show_table(self, table: ProbabilityTable, predicted: PredictedRatios | None) -> None:
        """Show probabilities and ratios, and beside them what a model predicts."""
        self.rows.set_table(table, predicted)
        self._fit_scale()
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
        """Each column as wide as its texts; where room is short, first the probe words give way.

        The ratio has the rest, and at least its number with a short bar: else the model's column goes, whose
        ratios are on the bars and in the tooltips, too.
        """
        widest = self.viewport().width() // 4
        wanted = {
            column: min(self._width_of_column(column, sample), widest) for column, sample in _SAMPLES.items()
        }
        if not self.rows.has_predictions:
            wanted[PREDICTED] = 0
        missing = sum(wanted.values()) + self.ratios.least_width(self.fontMetrics()) - self.viewport().width()
        shortest = min(wanted[PROBE], self._width_of([_SAMPLES[PROBE]]))
        given = min(max(missing, 0), wanted[PROBE] - shortest)
        wanted[PROBE] -= given
        self.setColumnHidden(PREDICTED, not self.rows.has_predictions or missing > given)
        for column, width in wanted.items():
            if not self.isColumnHidden(column):
                self.setColumnWidth(column, width)
        self._name_ratio()

    def _name_ratio(self) -> None:
        table = self.rows.table
        if table is not None:
            heading = f"P(k|{table.first}) / P(k|{table.second})"
            self.rows.set_short_headings(self._width_of([heading]) > self.columnWidth(RATIO))

    def _width_of(self, texts: list[str], type_size: float = 1.0) -> int:
        metrics = QFontMetrics(self._theme.font(type_size))
        return max(map(metrics.horizontalAdvance, texts)) + _PADDING

    def _width_of_column(self, column: int, sample: str) -> int:
        """Pixels for the heading and for both lines of every cell."""
        indexes = [self.rows.index(row, column) for row in range(self.rows.rowCount())]
        heading = str(self.rows.headerData(column, Qt.Orientation.Horizontal))
        upper = self._width_of([sample, heading, *(str(index.data()) for index in indexes)])
        lower = self._width_of(["", *(str(index.data(SECOND_LINE) or "") for index in indexes)], SMALL_TYPE)
        return max(upper, lower)

    def _choose(self, index: QModelIndex) -> None:
        pair = self.rows.pair_at(index)
        if pair is not None:
            self.number_chosen.emit(*pair)
