"""Results as a table: sections in rows, for each model how much is right and how much is covered."""

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
EACH = 2  # columns of a model: its value, and what is covered
ROW = Qt.ItemDataRole.UserRole + 1
IS_VALUE = Qt.ItemDataRole.UserRole + 2
INDENT = "    "


class EvaluationTableModel(QAbstractTableModel):
    """Follows `EvaluationResults` when it is told to."""

    def __init__(self, session: Session, results: EvaluationResults, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._results = session, results
        self._texts = EvaluationTexts(self)
        self._method = "add"
        self._rows: tuple[ResultRow, ...] = ()
        self._columns: tuple[ResultColumn, ...] = ()

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
        self.endResetModel()

    def result_column(self, column: int) -> int:
        """Which model a column belongs to; the first one for those before them."""
        return max(column - FIRST, 0) // EACH

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = ROOT) -> int:
        return 0 if parent.isValid() else FIRST + EACH * len(self._columns)

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
        return self._is_value(column) if role == IS_VALUE else None

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

    def _is_value(self, column: int) -> bool:
        return column >= FIRST and (column - FIRST) % EACH == 0

    def _heading(self, column: int) -> str:
        if column == NAME:
            return self.tr("Section")
        if column == ASKED:
            return self.tr("Questions")
        if not self._is_value(column):
            return self.tr("covered")
        return self._texts.column_name(self._columns[self.result_column(column)], self._session)

    def _heading_tip(self, column: int) -> str:
        if column < FIRST:
            return ""
        if not self._is_value(column):
            return self.tr("Questions of which the model knows every word; only they are judged")
        return self.tr("Right answers of those that are covered; for pairs the rank correlation with people")

    def _text(self, row: ResultRow, column: int) -> str:
        if column == NAME:
            name = self._texts.row_name(row)
            return INDENT + name if row.kind == SECTION else name
        if column == ASKED:
            return grouped(row.asked)
        result = self._columns[self.result_column(column)]
        if self._is_value(column):
            return self._texts.value(result, row, self._method)
        covered = covered_of(result, row)
        return "" if covered is None else grouped(covered)

    def _tip(self, row: ResultRow, column: int) -> str:
        if column < FIRST:
            return self._texts.row_name(row)
        return self._texts.cell(self._columns[self.result_column(column)], row, self._method)
