"""The table of probabilities with what its signs mean and what not to rely on; one picture."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from gloveui.core.probability import FEW_COUNTS, MUCH, NEAR, PredictedRatios, ProbabilityTable, RatioState
from gloveui.storage.export import Cell
from gloveui.views.languages import Translated
from gloveui.views.theme import Theme
from gloveui.views.widgets.probe_table_view import ProbeTableView


class ProbabilitySheet(Translated, QWidget):
    """Shows a `ProbabilityTable`, and the predictions of a model where there are any."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.table = ProbeTableView(theme)
        self.table.setObjectName("probabilitiesTable")
        self.hint_label, self.warning_label, self.legend_label = QLabel(), QLabel(), QLabel()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.table)
        for label in (self.hint_label, self.warning_label, self.legend_label):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            layout.addWidget(label)
        for label in (self.hint_label, self.legend_label):
            label.setProperty("muted", True)
        theme.changed.connect(self._color_warning)
        self._color_warning()
        self.retranslate()

    def show_table(self, table: ProbabilityTable, predicted: PredictedRatios | None) -> None:
        """Show probabilities, and what a model predicts for them."""
        self.table.show_table(table, predicted)
        self.table.setVisible(bool(table.rows))
        self._tell()

    def show_predicted(self, predicted: PredictedRatios) -> None:
        """Show newer predictions for the same table."""
        self.table.show_predicted(predicted)

    def retranslate(self) -> None:
        self.table.setAccessibleName(self.tr("Probabilities and their ratios"))
        self.table.rows.refresh_headings()
        self.hint_label.setText(self.tr("Type probe words, or choose some below"))
        self._tell()

    def export_rows(self) -> Iterator[list[Cell]]:
        """The table with counts, probabilities, ratios, predictions and warnings, for a spreadsheet."""
        table = self.table.rows.table
        if table is None:
            return
        first, second = f"P(k|{table.first})", f"P(k|{table.second})"
        yield [
            "k", f"X({table.first},k)", f"X({table.second},k)", first, second, f"{first} / {second}",
            self.tr("predicted ratio"), self.tr("warning"),
        ]  # fmt: skip
        for place, row in enumerate(table.rows):
            yield [
                row.probe, row.first_count, row.second_count, row.first_probability,
                row.second_probability, row.ratio, self.table.rows.predicted_ratio(place),
                self.table.rows.warning_of(row),
            ]  # fmt: skip

    def _tell(self) -> None:
        """Say what the signs mean, and how many ratios are not to be relied on."""
        table = self.table.rows.table
        has_rows = table is not None and bool(table.rows)
        self.hint_label.setVisible(not has_rows)
        legend = self.tr("≫ 1: {much} or more · ≈ 1: {low} to {high} · ≪ 1: {little} or less").format(
            much=f"{MUCH:g}", low=f"{1 / NEAR:.2g}", high=f"{NEAR:g}", little=f"{1 / MUCH:g}"
        )
        diamond = " · " + self.tr("◆ predicted by the model") if self.table.rows.has_predictions else ""
        self.legend_label.setText(legend + diamond)
        self.legend_label.setVisible(has_rows)
        warnings = self._warnings(table) if table is not None else []
        self.warning_label.setText("⚠ " + "; ".join(warnings))
        self.warning_label.setVisible(bool(warnings))

    def _warnings(self, table: ProbabilityTable) -> list[str]:
        few = sum(row.has_few_counts for row in table.rows)
        zeros = sum(row.state is not RatioState.DEFINED for row in table.rows)
        found = []
        if few:
            sentence = self.tr("{n} of {all} ratios rest on fewer than {few} counts: mostly chance")
            found.append(sentence.format(n=few, all=len(table.rows), few=f"{FEW_COUNTS:g}"))
        if zeros:
            found.append(self.tr("{n} of {all} have a zero count").format(n=zeros, all=len(table.rows)))
        return found

    def _color_warning(self) -> None:
        self.warning_label.setStyleSheet(f"color: {self._theme.palette.warn}")
