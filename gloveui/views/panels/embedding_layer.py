"""The embedding layer: what it does with a sentence, why that is a product, and how it learns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeAlias

from PySide6.QtGui import QAction, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gloveui.core.embedding_layer import LECTURE_SENTENCE, IdBatch, id_batch, lecture_embedding, with_rule
from gloveui.core.errors import GloveError
from gloveui.core.lookup import LookupTable, lookup_table
from gloveui.core.progress import Task
from gloveui.core.tokens import TokenOptions, splitter
from gloveui.state.job_queue import JobQueue
from gloveui.state.session import Session
from gloveui.storage import export
from gloveui.storage.layer_code import model_table_code, written_table_code
from gloveui.storage.layer_files import write_layer
from gloveui.views import dialogs
from gloveui.views.example_words import example_words
from gloveui.views.languages import Translated, translate_error
from gloveui.views.model_sources import knows_source, source_code
from gloveui.views.models.vector_rows import strong_value
from gloveui.views.theme import Theme
from gloveui.views.widgets.elided_label import ElidedLabel
from gloveui.views.widgets.export_button import ExportButton
from gloveui.views.widgets.layer_input import LayerInput
from gloveui.views.widgets.layer_training_page import LayerTrainingPage
from gloveui.views.widgets.lookup_page import LookupPage
from gloveui.views.widgets.model_note import ModelNote
from gloveui.views.widgets.panel_head import OptionsButton, panel_head
from gloveui.views.widgets.product_page import ProductPage
from gloveui.views.widgets.segments import Segments
from gloveui.views.widgets.tall_area import TallArea

MODES = ("lookup", "product", "training")
MOST_SENTENCES, MOST_WORDS = 32, 64  # of a batch, and of a sentence, that are drawn
USUAL_RULE = "rarest"
LOW = 420  # pixels of height beside text of the usual size

MadeTable: TypeAlias = tuple[LookupTable, str, LookupTable]
"""A table, a rule for unknown words, and the table with that rule."""


class EmbeddingLayerPanel(Translated, QWidget):
    """Three pages: looking up, the same as a product, and training by back-propagation.

    It works without a model, on the table of the lecture.
    """

    def __init__(self, session: Session, jobs: JobQueue, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._jobs, self._theme = session, jobs, theme
        self._table: LookupTable | None = None
        self._made: MadeTable | None = None  # with another rule than the model's
        self._limit: tuple[LookupTable, float] | None = None  # the strong number of the table
        self._sentences: list[list[str]] = []
        self._sentence = 0
        self._is_stale = True
        self._make_parts()
        self._arrange()
        self._connect()
        self._show_model()
        self.retranslate()

    @property
    def table(self) -> LookupTable | None:
        """The table that is shown; None while it is made."""
        return self._table

    @property
    def batch(self) -> IdBatch | None:
        """The sentences as ids."""
        return None if self._table is None else self._batch_of(self._table)

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Embedding layer"))
        self.modes.set_texts(
            {
                "lookup": self.tr("Look-up"),
                "product": self.tr("Product"),
                "training": self.tr("Training"),
            }
        )
        self.modes.button("lookup").setToolTip(self.tr("From words to ids, rows and a block"))
        self.modes.button("product").setToolTip(self.tr("The same as a one-hot matrix times the table"))
        self.modes.button("training").setToolTip(self.tr("The layer learns its rows by back-propagation"))
        self.options_button.explain(self.tr("The row of unknown words, and the length of the sentences"))
        self.save_action.setText(self.tr("Save the layer (.pt, vocabulary, code) …"))
        self._show()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_height()

    def _fit_height(self) -> None:
        """Drawings come before sentences about them where there is no room for both."""
        is_low = self.height() < self._theme.pixels(LOW)
        for page in (self.lookup_page, self.product_page):
            page.set_low(is_low)

    def _make_parts(self) -> None:
        self.modes = Segments(MODES)
        for mode in MODES:
            self.modes.button(mode).setObjectName(f"layerMode_{mode}")
        self.export_button = ExportButton(self._theme)
        self.export_button.setObjectName("layerExport")
        self.save_action = QAction(self)
        self.save_action.setObjectName("saveLayer")
        self.save_action.setMenuRole(QAction.MenuRole.NoRole)
        self.export_button.menu().addAction(self.save_action)
        self.options_button = OptionsButton(self._theme)
        self.options_button.setObjectName("layerOptions")
        self.input = LayerInput(self._theme)
        self.model_note = ModelNote(self._session)
        self.note_label = ElidedLabel()
        self.note_label.setObjectName("layerNote")
        self.lookup_page = LookupPage(self._theme)
        self.product_page = ProductPage(self._jobs, self._theme)
        self.training_page = LayerTrainingPage(self._jobs, self._theme)

    def _arrange(self) -> None:
        self._pages: dict[str, LookupPage | ProductPage | LayerTrainingPage] = {
            "lookup": self.lookup_page,
            "product": self.product_page,
            "training": self.training_page,
        }
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        column.addLayout(panel_head(self.modes, self.options_button, self.export_button))
        column.addWidget(self._scrolled(), 1)

    def _scrolled(self) -> TallArea:
        """Everything that may be higher than the panel."""
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(0, 0, 6, 0)
        layout.setSpacing(8)
        for widget in (self.model_note, self.input, self.note_label, *self._pages.values()):
            layout.addWidget(widget)
        layout.addStretch(1)
        self._area = TallArea(body)
        return self._area

    def _connect(self) -> None:
        self.modes.chosen.connect(self._show_mode)
        self.options_button.toggled.connect(self.input.options_row.setVisible)
        self._theme.changed.connect(self._fit_height)
        self.input.changed.connect(self._show)
        self.input.source_changed.connect(self._suggest_sentence)
        self.save_action.triggered.connect(self._save)
        self.lookup_page.word_chosen.connect(self._choose_word)
        self.lookup_page.sentence_chosen.connect(self._choose_sentence)
        self.training_page.learned.connect(self._offer_exports)
        self._session.model_changed.connect(self._show_model)
        self._session.settings_changed.connect(self._show)
        self._session.focus_word_changed.connect(self._light_word)
        self._session.text_changed.connect(self._offer_exports)
        self._show_mode(self.modes.key)

    def _show_mode(self, mode: str) -> None:
        for name, page in self._pages.items():
            page.setVisible(name == mode)
        self._area.verticalScrollBar().setValue(0)
        self.input.setVisible(mode != "training")
        self.options_button.setVisible(mode != "training")
        self.note_label.setVisible(mode != "training" and bool(self.note_label.text()))
        self._offer_exports()

    def _show_model(self) -> None:
        model = self._session.model
        rule = (
            USUAL_RULE if model is None or model.training_card is None else model.training_card.config.unknown
        )
        self.input.set_model("" if model is None else model.name, rule)
        self._made = None
        self._show()

    def _suggest_sentence(self) -> None:
        """A sentence that fits the table, unless the person has typed one."""
        embedding = self._session.embedding
        if self.input.is_lecture or embedding is None or self.input.text != LECTURE_SENTENCE:
            return
        words = example_words(embedding.vocabulary)
        if words:
            self.input.sentences_edit.setPlainText(" ".join(["the", *words[:2], "xyzzy"]))

    def _show(self) -> None:
        """Draw the sentences as the settings have it, if anybody looks."""
        self._is_stale = not self.isVisible()
        if self._is_stale:
            return
        self._table = self._present_table()
        self._read_sentences()
        self._draw()

    def _present_table(self) -> LookupTable | None:
        """The table with the rule that is chosen; None while it is being made."""
        model, rule = self._session.model, self.input.rule
        if self.input.is_lecture or model is None:
            return lookup_table(lecture_embedding(), rule)
        own = USUAL_RULE if model.training_card is None else model.training_card.config.unknown
        if rule == own:
            return model.table
        if self._made is not None and self._made[0] is model.table and self._made[1] == rule:
            return self._made[2]
        job = self._jobs.ask("layer table", _made_table(model.table, rule))
        job.succeeded.connect(self._take_table)
        return None

    def _take_table(self, made: MadeTable) -> None:
        if self._session.model is not None and made[0] is self._session.model.table:
            self._made = made
            self._show()

    def _read_sentences(self) -> None:
        split = splitter(self._token_options())
        lines = [line for line in self.input.text.splitlines() if line.strip()]
        try:
            read = [[word for word in split(line) if word != "\n"] for line in lines[: MOST_SENTENCES + 1]]
        except GloveError as error:
            self._sentences = []
            self._tell(" ".join(translate_error(error)))
            return
        self._sentences = [sentence for sentence in read if sentence]
        is_cut = len(self._sentences) > MOST_SENTENCES
        self._sentences = self._sentences[:MOST_SENTENCES]
        self._sentence = min(self._sentence, max(len(self._sentences) - 1, 0))
        told = self.tr("The first {n} sentences are drawn.").format(n=MOST_SENTENCES)
        self._tell(told if is_cut else "")

    def _token_options(self) -> TokenOptions:
        """How the words of the table were cut out of their text, where that is known."""
        if self.input.is_lecture:
            return TokenOptions()
        card = self._session.model.text_card if self._session.model is not None else None
        return self._session.token_options if card is None else card.token_options

    def _tell(self, note: str) -> None:
        self.note_label.setText(note)
        self.note_label.setVisible(bool(note) and self.modes.key != "training")

    def _batch_of(self, table: LookupTable) -> IdBatch:
        longest = max(map(len, self._sentences), default=0)
        return id_batch(table, self._sentences, self.input.length or min(longest, MOST_WORDS))

    def _draw(self) -> None:
        if self._table is None:
            self._tell(self.tr("Making the table with this rule …"))
            return
        if self._limit is None or self._limit[0] is not self._table:
            self._limit = self._table, strong_value(self._table.vectors)
        batch = self._batch_of(self._table)
        for page in (self.lookup_page, self.product_page):
            page.show_batch(self._table, batch, self._sentence, self._limit[1])
        self._offer_exports()

    def _choose_sentence(self, sentence: int) -> None:
        self._sentence = sentence
        self._draw()

    def _choose_word(self, word: str) -> None:
        vocabulary = self._session.vocabulary
        if not self.input.is_lecture and vocabulary is not None and word in vocabulary:
            self._session.set_focus_word(word)

    def _light_word(self, word: str) -> None:
        """Light the word in focus where the sentence has it."""
        batch = self.batch
        if self.input.is_lecture or batch is None or not batch.ids.size:
            return
        words, chosen = batch.words[self._sentence], self.lookup_page.drawing.chosen
        if word in words and (chosen is None or words[chosen] != word):
            self.lookup_page.light(words.index(word))

    def _offer_exports(self) -> None:
        """What can be taken differs from page to page; code of a model needs its text and settings."""
        has_code = self.input.is_lecture or knows_source(self._session, self._session.model)
        is_training = self.modes.key == "training"
        self.save_action.setVisible(not is_training)
        self.export_button.setEnabled(not is_training or bool(self.training_page.steps))
        if is_training:
            taken = (self._picture, self._rows, self._code) if self.training_page.steps else ()
            self.export_button.offer("layer-training", *taken)
        else:
            self.export_button.offer(
                "embedding-layer", self._picture, self._rows, self._code if has_code else None
            )

    def _picture(self) -> QWidget:
        return self._pages[self.modes.key].picture()

    def _rows(self) -> Iterator[Sequence[export.Cell]]:
        """A line a word: its sentence, its id, and its row."""
        if self.modes.key == "training":
            yield from self.training_page.rows()
        elif self._table is not None:
            batch = self._batch_of(self._table)
            numbers = map(str, range(self._table.dimension))
            yield [self.tr("sentence"), self.tr("word"), self.tr("id"), *numbers]
            for sentence, (words, ids) in enumerate(zip(batch.words, batch.ids.tolist(), strict=True)):
                for word, index in zip(words, ids, strict=True):
                    yield [sentence, word, index, *self._table.vectors[index].tolist()]

    def _code(self) -> str:
        if self.modes.key == "training":
            return self.training_page.code()
        table, making = self._table, source_code(self._session, self._session.model)
        if table is None:
            return ""
        length = self._batch_of(table).length
        if self.input.is_lecture or not making:
            return written_table_code(table, self._sentences, length)
        return model_table_code(making, self.input.rule, table, self._sentences, length)

    def _save(self) -> None:
        table = self._table
        folder = dialogs.ask_for_folder(self, self.tr("Folder for the layer")) if table is not None else None
        if folder is not None and table is not None:
            job = self._jobs.ask("layer files", write_layer(folder, table))
            job.succeeded.connect(self._tell_saved)

    def _tell_saved(self, folder: Path) -> None:
        self._tell(self.tr("Saved: {folder}").format(folder=folder))


def _made_table(table: LookupTable, rule: str) -> Task[MadeTable]:
    """The table with another rule for unknown words, with what it was made of."""
    return table, rule, (yield from with_rule(table, rule))
