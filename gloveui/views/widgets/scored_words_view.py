"""A list of words with scores: search, least count, order; choosing a row chooses its word."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QSpinBox,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from gloveui.views.languages import Translated
from gloveui.views.models.scored_words import FIRST_SCORE, ORDERS, WORD, ScoreColumn, ScoredWordsModel
from gloveui.views.theme import Theme
from gloveui.views.widgets.bar_delegate import BarDelegate
from gloveui.views.widgets.quiet_table import make_quiet

ROW_HEIGHT, HEADING_ROOM, COLUMN_MARGINS, NARROWEST = 28, 10, 18, 60
LARGEST_COUNT = 9_999_999
COUNT_WIDTH, ORDER_LETTERS = 118, 8


class ScoredWordsView(Translated, QWidget):
    """What stands in the combo box says what is disagreed about; texts are given by the owner."""

    word_chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.rows = ScoredWordsModel(self)
        self.search_edit = QLineEdit()
        self.search_edit.setClearButtonEnabled(True)
        self.count_box = QSpinBox()
        self.count_box.setRange(0, LARGEST_COUNT)
        self.count_box.setKeyboardTracking(False)
        self.count_box.setGroupSeparatorShown(True)
        self.order_combo = QComboBox()
        self.order_combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.order_combo.setMinimumContentsLength(ORDER_LETTERS)
        self.search_edit.setMinimumWidth(NARROWEST)
        for order in ORDERS:
            self.order_combo.addItem("", order)
        self.bars = BarDelegate(theme, parent=self)
        self.table = self._made_table()
        self._arrange()
        self.search_edit.textChanged.connect(self._narrow)
        self.count_box.valueChanged.connect(self._narrow)
        self.order_combo.currentIndexChanged.connect(self._narrow)
        self.table.clicked.connect(self._choose)
        self.table.activated.connect(self._choose)
        theme.changed.connect(self._fit)
        self._fit()
        self.retranslate()

    def set_orders(self, least: str, most: str) -> None:
        """Name the order by the score, from its smallest and from its largest; translated already."""
        for place, name in enumerate((least, most)):
            self.order_combo.setItemText(place, name)

    def show_words(
        self, words: Sequence[str], columns: Sequence[ScoreColumn], counts: NDArray[np.int64] | None
    ) -> None:
        """Show other words, most frequent first, and a bar for the first score, which is from 0 to 1."""
        self.rows.show(words, columns, counts)
        self.count_box.setVisible(counts is not None)
        self._fit()
        self.table.scrollToTop()

    def retranslate(self) -> None:
        self.search_edit.setPlaceholderText(self.tr("Filter words"))
        self.search_edit.setAccessibleName(self.tr("Filter words"))
        self.count_box.setPrefix(self.tr("count ≥ "))
        self.count_box.setSpecialValueText(self.tr("any count"))
        self.count_box.setAccessibleName(self.tr("Least count of the words"))
        self.count_box.setToolTip(self.tr("Least count of the words"))
        self.order_combo.setAccessibleName(self.tr("Order of the words"))
        self.order_combo.setItemText(ORDERS.index("frequent"), self.tr("most frequent first"))
        self._fit()

    def _made_table(self) -> QTableView:
        table = QTableView()
        table.setModel(self.rows)
        table.setItemDelegateForColumn(FIRST_SCORE, self.bars)
        table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        make_quiet(table)
        return table

    def _arrange(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.search_edit, 1)
        line.addWidget(self.count_box)
        line.addWidget(self.order_combo, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(line)
        column.addWidget(self.table, 1)

    def _narrow(self) -> None:
        order = str(self.order_combo.currentData())
        self.rows.narrow(self.search_edit.text().strip(), self.count_box.value(), order)
        self.table.scrollToTop()

    def _choose(self, index: QModelIndex) -> None:
        self.word_chosen.emit(self.rows.word_at(index.row()))

    def _fit(self) -> None:
        """Columns as wide as their texts; measured here, for Qt would ask for ten things of every cell."""
        header, metrics = self.table.horizontalHeader(), self.table.fontMetrics()
        self.count_box.setFixedWidth(self._theme.pixels(COUNT_WIDTH))
        self.table.verticalHeader().setDefaultSectionSize(self._theme.pixels(ROW_HEIGHT))
        header.setMinimumHeight(header.fontMetrics().height() + HEADING_ROOM)
        for column in range(self.rows.columnCount()):
            is_wide = column <= FIRST_SCORE
            mode = QHeaderView.ResizeMode.Stretch if is_wide else QHeaderView.ResizeMode.Fixed
            header.setSectionResizeMode(column, mode)
            if column > WORD and self.rows.columns:
                score = self.rows.columns[column - FIRST_SCORE]
                heading = str(self.rows.headerData(column, Qt.Orientation.Horizontal))
                texts = [heading, *([score.text(int(score.values.argmax()))] if len(score.values) else [])]
                width = max(map(metrics.horizontalAdvance, texts)) + COLUMN_MARGINS
                if not is_wide:
                    self.table.setColumnWidth(column, width)
        self.bars.widest_text = "0.000"
