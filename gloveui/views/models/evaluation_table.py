"""Results as a table: sections in rows, how much of each is right in each model, and how much is covered."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from gloveui.state.session import Session
from gloveui.storage.export import Cell
from gloveui.views.evaluation_texts import EvaluationTexts
from gloveui.views.models.evaluation_results import (
    SECTION,
    EvaluationResults,
    ResultColumn,
    ResultRow,
    covered_of,
    value_of,
)
from gloveui.views.models.table_cells import AT_LEFT, AT_RIGHT, ROOT
from gloveui.views.numbers import grouped
from gloveui.views.widgets.plain_tooltip import plain_tooltip

NAME, ASKED, FIRST = range(3)
ROW = Qt.ItemDataRole.UserRole + 1
IS_VALUE = Qt.ItemDataRole.UserRole + 2
INDENT = "    "


class EvaluationTableModel(QAbstractTableModel):
    """Follows `EvaluationResults` when it is told to.

    Behind the values of all models stands what is covered, if that is the same for all; else behind each.
    """

    def __init__(self, session: Session, results: EvaluationResults, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._results = session, results
        self._texts = EvaluationTexts(self)
        self._method = "add"
        self._rows: tuple[ResultRow, ...] = ()
        self._columns: tuple[ResultColumn, ...] = ()
        self._each = 1  # columns of a model: its value, and where models differ in that, what is covered

    @property
    def result_rows(self) -> tuple[ResultRow, ...]:
        """From the top."""
        return self._rows

    @property
    def result_columns(self) -> tuple[ResultColumn, ...]:
        """From the left."""
        return self._columns

    def show_results(self, method: str) -> None:
        """Show what there is now, right answers by this method."""
        self.beginResetModel()
        self._method, self._rows, self._columns = method, self._results.rows, self._results.columns
        self._each = 1 if all(len(self._coverages(row)) < 2 for row in self._rows) else 2
        self.endResetModel()

    def result_column(self, column: int) -> int:
        """Which model a column belongs to; the first or the last one for those before or behind them."""
        return min(max(column - FIRST, 0) // self._each, len(self._columns) - 1)

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = ROOT) -> int:
        shared = 1 if self._each == 1 and self._columns else 0
        return 0 if parent.isValid() else FIRST + self._each * len(self._columns) + shared

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return AT_LEFT if section == NAME else AT_RIGHT
        if role == Qt.ItemDataRole.DisplayRole:
            return self._heading(section)
        return plain_tooltip(self._heading_tip(section)) if role == Qt.ItemDataRole.ToolTipRole else None

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return AT_LEFT if column == NAME else AT_RIGHT
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(self._tip(row, column))
        if role == ROW:
            return row
        return self.is_value(column) if role == IS_VALUE else None

    def export_rows(self) -> Iterator[list[Cell]]:
        """The table as numbers, headings first."""
        names = [self._texts.column_name(column, self._session) for column in self._columns]
        covered = self.tr("covered")
        heads = [text for name in names for text in (name, f"{name}: {covered}")]
        yield [self.tr("set"), self.tr("section"), self.tr("measure"), self.tr("questions"), *heads]
        for row in self._rows:
            section = self._texts.row_name(row) if self._texts.is_section(row) else ""
            where = [self._texts.set_name(row.questions), section, self._texts.measure(row, self._method)]
            yield [
                *where,
                row.asked,
                *(cell for column in self._columns for cell in self._numbers(column, row)),
            ]

    def _numbers(self, column: ResultColumn, row: ResultRow) -> tuple[Cell, Cell]:
        value, covered = value_of(column, row, self._method), covered_of(column, row)
        return "" if value is None else value, "" if covered is None else covered

    def _coverages(self, row: ResultRow) -> set[int]:
        """How many questions of a row are covered, by the models that were asked."""
        found = (covered_of(column, row) for column in self._columns)
        return {covered for covered in found if covered is not None}

    def is_value(self, column: int) -> bool:
        """Whether a column has the values of a model."""
        place, behind = divmod(column - FIRST, self._each)
        return 0 <= place < len(self._columns) and behind == 0

    def _heading(self, column: int) -> str:
        if column == NAME:
            return self.tr("Section")
        if column == ASKED:
            return self.tr("Questions")
        if not self.is_value(column):
            return self.tr("covered")
        return self._texts.column_name(self._columns[self.result_column(column)], self._session)

    def _heading_tip(self, column: int) -> str:
        if column < FIRST:
            return ""
        if not self.is_value(column):
            return self.tr("Questions of which the model knows every word; only they are judged")
        told = self.tr("Right answers of those that are covered; for pairs the rank correlation with people")
        return f"{self._heading(column)}\n{told}"

    def _text(self, row: ResultRow, column: int) -> str:
        if column == NAME:
            name = self._texts.row_name(row)
            return INDENT + name if row.kind == SECTION else name
        if column == ASKED:
            return grouped(row.asked)
        result = self._columns[self.result_column(column)]
        if self.is_value(column):
            return self._texts.value(result, row, self._method)
        covered = self._coverages(row) if self._each == 1 else {covered_of(result, row)}
        return ", ".join(grouped(one) for one in covered if one is not None)

    def _tip(self, row: ResultRow, column: int) -> str:
        if column < FIRST:
            return self._texts.row_name(row)
        if self._each == 1 and not self.is_value(column):
            asked = (one for one in self._columns if covered_of(one, row) is not None)
            return self._texts.coverage(next(asked), row)
        return self._texts.cell(self._columns[self.result_column(column)], row, self._method)
