"""A sentence, or several, looked up step by step: words → ids → rows → block."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from gloveui.core.embedding_layer import IdBatch
from gloveui.core.lookup import LookupTable
from gloveui.views.languages import Translated
from gloveui.views.models.vector_rows import shortened
from gloveui.views.numbers import grouped
from gloveui.views.theme import Theme
from gloveui.views.widgets.batch_grid import BatchGrid
from gloveui.views.widgets.lookup_drawing import LookupDrawing
from gloveui.views.widgets.wrapped_label import wrapped_label

HIGHEST_BATCH = 150  # pixels; more sentences scroll


class LookupPage(Translated, QWidget):
    """The shapes in words, the batch where there are several sentences, and one of them drawn."""

    word_chosen = Signal(str)
    sentence_chosen = Signal(object)  # int

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._table: LookupTable | None = None
        self._batch: IdBatch | None = None
        self._sentence = 0
        self._is_low = False
        self.shape_label = wrapped_label("title")
        self.cut_label = wrapped_label("accent")
        self.batch_grid = BatchGrid(theme)
        self.batch_grid.setObjectName("layerBatch")
        self.drawing = LookupDrawing(theme)
        self.drawing.setObjectName("layerDrawing")
        self.explained_label = wrapped_label("muted")
        self._arrange()
        self.drawing.place_chosen.connect(self._choose_place)
        self.batch_grid.sentence_chosen.connect(self.sentence_chosen)
        self.retranslate()

    def retranslate(self) -> None:
        self._tell()

    def show_batch(self, table: LookupTable, batch: IdBatch, sentence: int, limit: float) -> None:
        """Draw a batch of one sentence or more; numbers are strongest at `limit`."""
        self._table, self._batch, self._sentence = table, batch, sentence
        self.drawing.colors.set_limit(limit)
        has_words = batch.ids.size > 0
        if has_words:
            self.drawing.show_sentence(table, batch, sentence)
            self.batch_grid.show_batch(batch, sentence)
        self.drawing.setVisible(has_words)
        self._batch_area.setVisible(has_words and len(batch.ids) > 1)
        self._batch_area.setFixedHeight(min(self.batch_grid.height() + 12, self._theme.pixels(HIGHEST_BATCH)))
        self._tell()

    def light(self, place: int) -> None:
        """Keep a word of the sentence lit, and explain its way."""
        self.drawing.choose(place)
        self._tell()

    def set_low(self, is_low: bool) -> None:
        """Leave the room to the drawing, whose headings and tooltips say the same."""
        self._is_low = is_low
        self.drawing.set_dense(is_low)
        self._tell()

    def picture(self) -> QWidget:
        """What is to be seen on a saved picture."""
        return self.body

    def _arrange(self) -> None:
        self._batch_area = QScrollArea()
        self._batch_area.setFrameShape(QFrame.Shape.NoFrame)
        self._batch_area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._batch_area.setWidget(self.batch_grid)
        self.body = QWidget()
        body = QVBoxLayout(self.body)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(8)
        for widget in (
            self.shape_label, self.cut_label, self._batch_area, self.explained_label, self.drawing,
        ):  # fmt: skip
            body.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.body)

    def _choose_place(self, place: int | None) -> None:
        self._tell()
        if place is not None and self._batch is not None:
            self.word_chosen.emit(self._batch.words[self._sentence][place])

    def _tell(self) -> None:
        has_drawing = self._batch is not None and self._batch.ids.size > 0
        self.shape_label.setText(self._shapes())
        self.shape_label.setVisible(not (self._is_low and has_drawing))
        self.cut_label.setText(self._cut())
        self.cut_label.setVisible(bool(self.cut_label.text()))
        explained = self._explained(self.drawing.chosen)
        self.explained_label.setText(explained)
        self.explained_label.setVisible(bool(explained) and not self._is_low)
        self.drawing.setAccessibleDescription(f"{self._shapes()}. {explained}")

    def _shapes(self) -> str:
        if self._table is None or self._batch is None or not self._batch.ids.size:
            return self.tr("No words yet: type a sentence above")
        sentences, length = self._batch.ids.shape
        dimension = self._table.dimension
        if sentences == 1 == length:
            return self.tr("1 word → id [1] → block [1, {dimension}]").format(dimension=dimension)
        if sentences == 1:
            return self.tr("{n} words → ids [{n}] → block [{n}, {dimension}]").format(
                n=length, dimension=dimension
            )
        return self.tr(
            "{sentences} sentences → ids [{sentences}, {n}] → block [{sentences}, {n}, {dimension}]"
        ).format(sentences=sentences, n=length, dimension=dimension)

    def _cut(self) -> str:
        if self._batch is None or not self._batch.cut_words:
            return ""
        return self.tr("Cut off at the length {length}: {cut} words").format(
            length=self._batch.length, cut=grouped(self._batch.cut_words)
        )

    def _explained(self, place: int | None) -> str:
        batch = self._batch
        if batch is None or not batch.ids.size:
            return ""
        if place is None:
            return self.tr(
                "Every word becomes its id, the id picks a row of the table, and the rows make a block. "
                "Point at a word, an id or a row to see its way."
            )
        word, index = shortened(batch.words[self._sentence][place]), int(batch.ids[self._sentence, place])
        if batch.is_unknown(self._sentence, place):
            return self.tr(
                "“{word}” is not in the vocabulary: it gets the id 0, and so the row of <unk>."
            ).format(word=word)
        if batch.is_padding(self._sentence, place):
            return self.tr("<pad> fills the sentence up to the length {length}: the id 1, row 1.").format(
                length=batch.length
            )
        return self.tr(
            "“{word}” has the id {index}: row {index} of the table becomes row {place} of the block."
        ).format(word=word, index=index, place=place)
