"""The look-up as a one-hot matrix times the table; and torch's layer beside it."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from gloveui.core.embedding_layer import (
    IdBatch,
    LayerCheck,
    OneHotProduct,
    compare_with_torch,
    one_hot_product,
)
from gloveui.core.lookup import LookupTable
from gloveui.state.job_queue import JobQueue
from gloveui.views.languages import Translated
from gloveui.views.models.vector_rows import shortened
from gloveui.views.numbers import grouped
from gloveui.views.theme import Theme
from gloveui.views.widgets.product_drawing import ProductDrawing
from gloveui.views.widgets.wrapped_label import wrapped_label

MOST_WORDS = 16  # of a sentence


class ProductPage(Translated, QWidget):
    """A sentence's product, one number of it spelled out, and a comparison with `torch.nn.Embedding`."""

    def __init__(self, jobs: JobQueue, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._table: LookupTable | None = None
        self._product: OneHotProduct | None = None
        self._words: tuple[str, ...] = ()
        self._is_cut = False
        self._checked: tuple[LookupTable, LayerCheck] | None = None
        self._asked: LookupTable | None = None
        self.told_label, self.terms_label = wrapped_label("muted"), wrapped_label("title")
        self.terms_label.setObjectName("layerTerms")
        self.note_label = wrapped_label("muted")
        self.drawing = ProductDrawing(theme)
        self.drawing.setObjectName("layerProduct")
        self.check_button = QPushButton()
        self.check_button.setObjectName("layerCheck")
        self.check_label = wrapped_label("muted")
        self.check_label.setObjectName("layerCheckResult")
        self._arrange()
        self.drawing.cell_chosen.connect(self._tell)
        self.check_button.clicked.connect(self._check)
        self.retranslate()

    def retranslate(self) -> None:
        self.told_label.setText(
            self.tr(
                "The zeros of a one-hot row leave nothing of the table but the row that its 1 picks. "
                "Click a number of the block."
            )
        )
        self.check_button.setText(self.tr("Compare with torch.nn.Embedding"))
        self._tell()
        self._tell_check()

    def show_batch(self, table: LookupTable, batch: IdBatch, sentence: int, limit: float) -> None:
        """Multiply one sentence of a batch; numbers are strongest at `limit`."""
        self._table = table
        has_words = batch.ids.size > 0
        self._product, self._words = None, ()
        if has_words:
            self._words = batch.words[sentence][:MOST_WORDS]
            self._is_cut = batch.length > MOST_WORDS
            self._product = one_hot_product(table, batch.ids[sentence, :MOST_WORDS])
            names = [table.vocabulary.word(int(index)) for index in self._product.columns]
            self.drawing.colors.set_limit(limit)
            self.drawing.show_product(self._product, self._words, names, len(table))
        self.drawing.setVisible(has_words)
        self._tell()
        self._tell_check()

    def set_low(self, is_low: bool) -> None:
        """Leave the room to the drawing."""
        self.told_label.setVisible(not is_low)

    def picture(self) -> QWidget:
        """What is to be seen on a saved picture."""
        return self.body

    def _arrange(self) -> None:
        self.body = QWidget()
        body = QVBoxLayout(self.body)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(8)
        for widget in (self.told_label, self.drawing, self.terms_label, self.note_label):
            body.addWidget(widget)
        check = QHBoxLayout()
        check.setSpacing(12)
        check.addWidget(self.check_button)
        check.addWidget(self.check_label, 1)
        body.addLayout(check)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.body)

    def _tell(self) -> None:
        self.terms_label.setText(self._spelled_out())
        self.drawing.setAccessibleDescription(self.terms_label.text())
        self.note_label.setText(" ".join(self._notes()))
        self.note_label.setVisible(bool(self.note_label.text()))

    def _spelled_out(self) -> str:
        if self._product is None:
            return self.tr("No words yet: type a sentence above")
        row, dimension = self.drawing.cell
        terms = self._product.terms(row, dimension)
        products = " + ".join(f"{hot:.0f}·{_number(value)}" for hot, value in terms)
        if self._product.left_out:
            products += " + 0·…"
        return self.tr("“{word}”, number {dimension}:  {sum} = {result}").format(
            word=shortened(self._words[row]), dimension=dimension, sum=products,
            result=_number(float(self._product.block[row, dimension])),
        )  # fmt: skip

    def _notes(self) -> Iterable[str]:
        if self._product is not None and self._product.left_out:
            yield self.tr(
                "Only the columns of the sentence's words are drawn; the other {n} hold zeros alone."
            ).format(n=grouped(self._product.left_out))
        if self._product is not None and self._is_cut:
            yield self.tr("The first {n} words of the sentence are drawn.").format(n=MOST_WORDS)

    def _check(self) -> None:
        if self._table is not None:
            self._asked = self._table
            job = self._jobs.ask("embedding layer", compare_with_torch(self._table))
            job.succeeded.connect(self._take_check)
            job.finished.connect(self._end_check)
            self._tell_check()

    def _take_check(self, check: LayerCheck) -> None:
        if self._asked is not None:
            self._checked = (self._asked, check)

    def _end_check(self) -> None:
        self._asked = None
        self._tell_check()

    def _tell_check(self) -> None:
        self.check_button.setEnabled(self._asked is None)
        self.check_label.setText(self._checked_words())

    def _checked_words(self) -> str:
        if self._asked is not None:
            return self.tr("Comparing …")
        if self._checked is None or self._table is not self._checked[0]:
            return ""
        check = self._checked[1]
        layer = (
            f"nn.Embedding(num_embeddings={check.num_embeddings}, embedding_dim={check.embedding_dim}, "
            f"padding_idx={check.padding_idx})"
        )
        if check.difference is not None:
            wrong = check.difference
            return self.tr("{layer}: row {row}, number {dimension} is {found}, expected {expected}").format(
                layer=layer, row=wrong.index, dimension=wrong.dimension,
                found=_number(wrong.of_layer), expected=_number(wrong.of_table),
            )  # fmt: skip
        told = self.tr("{layer}: equal, every number ({compared})").format(
            layer=layer, compared=grouped(check.compared)
        )
        if check.is_product_equal:
            told += "\n" + self.tr("torch's one-hot × weight gives the same rows, too.")
        return told


def _number(value: float) -> str:
    return f"{value:.3g}"
