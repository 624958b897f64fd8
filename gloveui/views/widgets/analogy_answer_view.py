"""The answer to one analogy: in a line, as a table, and as a picture."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from gloveui.core.analogy_plane import analogy_plane
from gloveui.core.analogy_questions import AnalogyAnswer
from gloveui.core.embedding import Embedding
from gloveui.views.analogy_texts import AnalogyTexts
from gloveui.views.languages import Translated
from gloveui.views.models.neighbour_table import COUNT
from gloveui.views.models.vector_rows import shortened
from gloveui.views.plots.analogy_plot import AnalogyDrawing, AnalogyPlot
from gloveui.views.theme import Theme
from gloveui.views.widgets.elided_label import ElidedLabel
from gloveui.views.widgets.neighbour_table_view import NeighbourTableView
from gloveui.views.widgets.plain_tooltip import plain_tooltip

LEAST_HEIGHT = 112  # pixels
LEAST_TABLE, LEAST_PLOT = (120, 70), (140, 80)  # pixels
VERY_LOW, LOW, WIDE = 180, 280, 520  # pixels
TALL = 1.15  # times as high as it is wide: the picture goes under the table


class AnalogyAnswerView(Translated, QWidget):
    """Words in it can be chosen: a double click or Enter in the table, a click in the picture."""

    word_chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts = AnalogyTexts(self)
        self._answer: AnalogyAnswer | None = None
        self._method = "add"
        self._has_counts = False
        self.answer_label = ElidedLabel()
        self.answer_label.setObjectName("analogyAnswer")
        self.answer_label.setProperty("large", True)
        self.expected_label = ElidedLabel()
        self.expected_label.setObjectName("analogyExpectedNote")
        self.excluded_label = ElidedLabel()
        self.excluded_label.setObjectName("analogyExcludedNote")
        self.excluded_label.setProperty("muted", True)
        self.table = NeighbourTableView(theme)
        self.table.setObjectName("analogyTable")
        self.plot = AnalogyPlot(theme)
        self.plot.setObjectName("analogyPlot")
        self.held_label, self.parallel_label = ElidedLabel(), ElidedLabel()
        for label in (self.held_label, self.parallel_label):
            label.setProperty("muted", True)
        self._arrange()
        self.table.word_chosen.connect(self.word_chosen)
        self.plot.word_clicked.connect(self.word_chosen)
        self.retranslate()

    @property
    def answer(self) -> AnalogyAnswer | None:
        """What is shown."""
        return self._answer

    def show_answer(self, embedding: Embedding, answer: AnalogyAnswer, method: str) -> None:
        """Show what a model answers by a method."""
        self._answer, self._method = answer, method
        self._has_counts = embedding.vocabulary.has_counts
        self.table.show_neighbours(answer.found, self._has_counts)
        self._fit_columns()
        self.plot.show_drawing(drawing_of(embedding, answer))
        self.retranslate()

    def retranslate(self) -> None:
        self.table.setAccessibleName(self.tr("Answers"))
        self.table.rows.set_score_name(self._texts.method(self._method))
        answer = self._answer
        expected = excluded = told = ""
        if answer is not None and answer.best is not None:
            a, b, c = (shortened(word) for word in answer.question.given)
            told = f"{a} : {b} = {c} : {shortened(answer.best.word)}"
            expected, excluded = self._texts.expected(answer), self._texts.excluded(answer)
        self.answer_label.setText(told)
        for label, text in ((self.expected_label, expected), (self.excluded_label, excluded)):
            label.setText(text)
            label.setVisible(bool(text))
        self._fit_notes()
        drawing = self.plot.drawing
        self.held_label.setText("" if drawing is None else self._texts.held(drawing.plane))
        self.parallel_label.setText("" if drawing is None else self._texts.parallel(drawing.plane))
        self.held_label.setToolTip(plain_tooltip(self.tr(
            "Of how far the four words lie from their middle (in squares), so much is seen in this plane; "
            "the rest stands out of it."
        )))  # fmt: skip
        self.parallel_label.setToolTip(plain_tooltip(self.tr(
            "1 where b − a and d − c point the same way. The plane leaves a part of them out, and so "
            "they can look more alike in it than they are."
        )))  # fmt: skip

    def picture(self) -> QWidget:
        """The drawing with what is said of it."""
        return self._pictured

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_tall = self.height() > TALL * self.width()
        self.halves.setOrientation(Qt.Orientation.Vertical if is_tall else Qt.Orientation.Horizontal)
        self._fit_notes()
        self._fit_columns()

    def _fit_notes(self) -> None:
        """Notes stand beside the picture as far as they leave room for it; tooltips have the others."""
        excluded, height = self.excluded_label.text(), self.height()
        self.parallel_label.setVisible(height >= LOW)
        self.held_label.setVisible(height >= VERY_LOW)
        self.excluded_label.setVisible(bool(excluded) and height >= LOW)
        self.answer_label.setToolTip(
            plain_tooltip("\n".join(filter(None, (self.answer_label.text(), excluded))))
        )

    def _fit_columns(self) -> None:
        """Leave the counts out where the scores would have no room."""
        is_wide = self.width() >= WIDE or self.halves.orientation() == Qt.Orientation.Vertical
        self.table.setColumnHidden(COUNT, not (self._has_counts and is_wide))

    def _arrange(self) -> None:
        self._pictured = QWidget()
        column = QVBoxLayout(self._pictured)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.plot, 1)
        column.addWidget(self.held_label)
        column.addWidget(self.parallel_label)
        self.table.setMinimumSize(*LEAST_TABLE)
        self.plot.setMinimumSize(*LEAST_PLOT)
        self.setMinimumHeight(LEAST_HEIGHT)  # notes give way, and not the panels around this one
        self.halves = QSplitter(Qt.Orientation.Horizontal)
        self.halves.addWidget(self.table)
        self.halves.addWidget(self._pictured)
        self.halves.setChildrenCollapsible(False)
        for place, share in enumerate((4, 5)):
            self.halves.setStretchFactor(place, share)
        self.halves.setSizes([4_000, 5_000])
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(4)
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self.answer_label)
        line.addWidget(self.expected_label, 1)
        outer.addLayout(line)
        outer.addWidget(self.excluded_label)
        outer.addWidget(self.halves, 1)


def drawing_of(embedding: Embedding, answer: AnalogyAnswer) -> AnalogyDrawing | None:
    """The picture of an answer, with the expected word if that is another one; None without an answer."""
    if answer.best is None:
        return None
    four = (*answer.question.given, answer.best.word)
    expected = answer.question.expected
    others = (expected,) if expected and expected not in (*four, *answer.unknown) else ()
    return AnalogyDrawing((*four, *others), analogy_plane(embedding, four, others))
