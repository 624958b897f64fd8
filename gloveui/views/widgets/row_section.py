"""The whole rows P(·|i) and P(·|j): the most probable contexts as bars, and what the others add up to."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSpinBox, QVBoxLayout, QWidget

from gloveui.core.cooccurrence import CooccurrenceMatrix
from gloveui.core.probability import RowDistribution, dense_row, row_distribution
from gloveui.views.languages import Translated
from gloveui.views.models.row_table import ContextRow
from gloveui.views.models.vector_rows import shortened
from gloveui.views.numbers import grouped
from gloveui.views.probability_texts import share_text
from gloveui.views.theme import Theme
from gloveui.views.widgets.row_bars import RowBars

USUAL_CONTEXTS, MOST_CONTEXTS = 15, 100


class RowSection(Translated, QWidget):
    """Bars of both words, sorted by one of them."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._matrix: CooccurrenceMatrix | None = None
        self._words = ("i", "j")
        self.title = QLabel()
        self.title.setProperty("title", True)
        self.sort_label = QLabel()
        self.sort_box = QComboBox()
        self.sort_box.setObjectName("probabilitiesSort")
        self.sort_box.addItems(["", ""])
        self.sort_box.setMinimumContentsLength(6)
        self.sort_box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.count_label = QLabel()
        self.count_box = QSpinBox()
        self.count_box.setObjectName("probabilitiesContexts")
        self.count_box.setRange(1, MOST_CONTEXTS)
        self.count_box.setValue(USUAL_CONTEXTS)
        self.count_box.setKeyboardTracking(False)
        self.bars = RowBars(theme)
        self.bars.setObjectName("probabilitiesRow")
        self.rest_label = QLabel()
        self.rest_label.setTextFormat(Qt.TextFormat.PlainText)
        self.rest_label.setWordWrap(True)
        for label in (self.sort_label, self.count_label, self.rest_label):
            label.setProperty("muted", True)
        self._arrange()
        self.sort_box.currentIndexChanged.connect(self._show)
        self.count_box.valueChanged.connect(self._show)
        self.retranslate()

    def show_words(self, matrix: CooccurrenceMatrix, first: str, second: str) -> None:
        """Show the rows of two words."""
        self._matrix, self._words = matrix, (first, second)
        for place, word in enumerate(self._words):
            self.sort_box.setItemText(place, shortened(word))
        self._show()

    def forget(self) -> None:
        """Let go of the counts: others take their place, and both may not fit into memory."""
        self._matrix = None

    def retranslate(self) -> None:
        self.title.setText(self.tr("Contexts"))
        self.sort_label.setText(self.tr("Sorted by"))
        self.count_label.setText(self.tr("Top"))
        self.sort_box.setAccessibleName(self.tr("Sorted by"))
        self.count_box.setAccessibleName(self.tr("Context words in sight"))
        self.bars.setAccessibleName(self.tr("Contexts by probability"))
        self.bars.rows.refresh_headings()
        self._show()

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.title, 1)
        for widget in (self.sort_label, self.sort_box, self.count_label, self.count_box):
            head.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(head)
        layout.addWidget(self.bars)
        layout.addWidget(self.rest_label)

    def _show(self) -> None:
        if self._matrix is None:
            return
        matrix = self._matrix
        ids = [matrix.vocabulary.id_of(word) for word in self._words]
        row = row_distribution(matrix, ids[self.sort_box.currentIndex()], self.count_box.value())
        counts = [dense_row(matrix, index) for index in ids]
        totals = [float(values.sum()) or 1.0 for values in counts]
        rows = []
        for context in row.contexts.tolist():
            pair = (float(counts[0][context]), float(counts[1][context]))
            shares = (pair[0] / totals[0], pair[1] / totals[1])
            rows.append(ContextRow(matrix.vocabulary.word(context), pair, shares))
        self.bars.show_rows(self._words, tuple(rows))
        self._tell_rest(rows, row)

    def _tell_rest(self, rows: list[ContextRow], row: RowDistribution) -> None:
        sorted_by = self._words[self.sort_box.currentIndex()]
        shares = [share_text(sum(one.probabilities[side] for one in rows)) for side in range(2)]
        held = self.tr("These {n} words: {first} of P(·|{i}) and {second} of P(·|{j})").format(
            n=len(rows), first=shares[0], second=shares[1], i=self._words[0], j=self._words[1]
        )
        rest = self.tr("{n} more contexts of “{word}” share the other {rest}").format(
            n=grouped(row.rest_words), word=sorted_by, rest=share_text(row.rest_share)
        )
        self.rest_label.setText(f"{held}; {rest}." if row.rest_words else f"{held}.")
