"""How alike two words are, by every metric and both ways."""

from __future__ import annotations

import math

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHeaderView, QVBoxLayout, QWidget

from gloveui.views.languages import Translated
from gloveui.views.models.pair_table import SCORE, PairTableModel
from gloveui.views.models.similarity_question import Answer
from gloveui.views.theme import Theme
from gloveui.views.widgets.bar_delegate import BarDelegate
from gloveui.views.widgets.whole_table import WholeTable

ROW_HEIGHT = 28


class PairAnswerView(Translated, QWidget):
    """A row a metric."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = WholeTable(theme, ROW_HEIGHT)
        self.rows = PairTableModel(self)
        self.bars = _CosineBar(theme, -1.0, 1.0, self)
        self.table.setModel(self.rows)
        self.table.setItemDelegateForColumn(SCORE, self.bars)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(SCORE, QHeaderView.ResizeMode.Stretch)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table)
        column.addStretch(1)
        self.retranslate()

    def show_answer(self, answer: Answer) -> None:
        """Show two words that were compared."""
        self.bars.set_range(min([0.0, *(fact.score for fact in answer.facts[:1])]), 1.0)
        self.rows.show_facts((answer.search.query, answer.search.other), answer.facts)
        self.retranslate()

    def retranslate(self) -> None:
        self.table.setAccessibleName(self.tr("Two words compared"))
        self.rows.refresh_headings()


class _CosineBar(BarDelegate):
    """A bar for a cosine; other scores have no ends that a bar could be measured by."""

    def _paint_bar(self, painter: QPainter, room: QRect, value: float) -> None:
        if math.isfinite(value):
            super()._paint_bar(painter, room, value)
