"""The learned vectors as a table, one row a word, and a sentence as rows of it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from gloveui.core.errors import GloveError
from gloveui.core.lookup import SPECIAL_WORDS, LookupTable
from gloveui.core.tokens import TokenOptions, splitter
from gloveui.state.job_queue import JobQueue
from gloveui.state.session import Session
from gloveui.views.languages import Translated, translate_error
from gloveui.views.models.embedding_table import EmbeddingTableModel
from gloveui.views.models.sentence_table import SentenceTableModel
from gloveui.views.models.vector_rows import WORD, strong_value
from gloveui.views.numbers import grouped
from gloveui.views.theme import Theme
from gloveui.views.widgets.elided_label import ElidedLabel
from gloveui.views.widgets.empty_state import EmptyState
from gloveui.views.widgets.model_note import ModelNote
from gloveui.views.widgets.panel_pages import PanelPages
from gloveui.views.widgets.vector_table_view import VectorTableView

MOST_SHOWN_IDS = 8
MOST_SENTENCE_ROWS = 8  # in sight at once; the whole table keeps the rest of the room


class LookupTablePanel(Translated, QWidget):
    """Word → index → row, for all words and for those of a sentence."""

    def __init__(self, session: Session, jobs: JobQueue, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._theme = theme
        self._is_following = False  # a row is chosen by the panel itself
        self._make_parts()
        self._arrange()
        self._connect()
        self._color_unknown()
        self._show_model()
        self.retranslate()

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Lookup table"))
        self.empty.set_texts(
            self.tr("No vectors yet"),
            self.tr("Press Train: every word gets a row of numbers, and the rows are shown here."),
        )
        self.filter_edit.setPlaceholderText(self.tr("Filter words"))
        self.filter_edit.setAccessibleName(self.tr("Filter words"))
        self.table.setAccessibleName(self.tr("Lookup table"))
        self.sentence_edit.setPlaceholderText(self.tr("Type a sentence: words → ids → rows"))
        self.sentence_edit.setAccessibleName(self.tr("Sentence"))
        self.sentence_table.setAccessibleName(self.tr("Rows of the sentence"))
        for model in (self._rows, self._sentence):
            model.retranslate()
        self._say_shape()
        self._show_sentence()

    def showEvent(self, event: QShowEvent) -> None:
        """Go to the word in focus, which may have changed while nothing was shown."""
        super().showEvent(event)
        self._go_to_word(self._session.focus_word)

    def _make_parts(self) -> None:
        self.empty = EmptyState(self._theme, "empty")
        self.filter_edit = QLineEdit()
        self.filter_edit.setObjectName("lookupFilterEdit")
        self.filter_edit.setClearButtonEnabled(True)
        self.shape_label = QLabel()
        self.shape_label.setTextFormat(Qt.TextFormat.PlainText)
        self.shape_label.setProperty("muted", True)
        self._rows = EmbeddingTableModel(self)
        self.table = VectorTableView(self._theme)
        self.table.setObjectName("lookupTable")
        self.table.setModel(self._rows)
        self.table.allow_sorting()
        self.sentence_edit = QLineEdit()
        self.sentence_edit.setObjectName("lookupSentenceEdit")
        self.sentence_edit.setClearButtonEnabled(True)
        self.sentence_line = ElidedLabel()
        self._sentence = SentenceTableModel(self)
        self.sentence_table = VectorTableView(self._theme)
        self.sentence_table.setObjectName("lookupSentenceTable")
        self.sentence_table.setModel(self._sentence)
        self.sentence_table.share_columns_with(self.table)
        self.model_note = ModelNote(self._session)
        self.note_label = ElidedLabel()
        self.note_label.setProperty("muted", True)
        self.note_label.hide()

    def _arrange(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self.filter_edit, 1)
        top.addWidget(self.shape_label)
        self._pages = PanelPages(self, self.empty)
        outer = self._pages.contents
        outer.addLayout(top)
        outer.addWidget(self.model_note)
        outer.addWidget(self.table, 1)
        outer.addWidget(self.note_label)
        outer.addWidget(self.sentence_edit)
        outer.addWidget(self.sentence_line)
        outer.addWidget(self.sentence_table, 1)

    def _connect(self) -> None:
        self.filter_edit.textChanged.connect(self._filter)
        self.sentence_edit.textChanged.connect(self._show_sentence)
        self.table.selectionModel().currentRowChanged.connect(self._choose_word)
        for table in (self.table, self.sentence_table):
            table.rows_copied.connect(self._say_copied)
        self._rows.modelReset.connect(self._find_focus_word_again)
        self._session.model_changed.connect(self._show_model)
        self._session.focus_word_changed.connect(self._go_to_word)
        self._session.settings_changed.connect(self._show_sentence)
        self._theme.changed.connect(self._color_unknown)

    def _show_model(self) -> None:
        table = self._lookup_table()
        self._rows.set_table(table)
        if table is not None:
            limit = strong_value(table.vectors)
            self.table.delegate.set_limit(limit)
            self.sentence_table.delegate.set_limit(limit)
        self.note_label.hide()
        self._say_shape()
        self._show_sentence()
        self._pages.show_contents(table is not None)
        self._go_to_word(self._session.focus_word)

    def _lookup_table(self) -> LookupTable | None:
        return self._session.model.table if self._session.model is not None else None

    def _say_shape(self) -> None:
        table = self._lookup_table()
        if table is None:
            return
        shape = f"{grouped(len(table))} × {table.dimension}"
        if self._rows.filter_text:
            found = grouped(self._rows.rowCount())
            self.shape_label.setText(self.tr("{found} of {shape}").format(found=found, shape=shape))
        else:
            self.shape_label.setText(self.tr("{shape} (embedding_dim)").format(shape=shape))

    def _filter(self, text: str) -> None:
        self._rows.set_filter(text)
        self._say_shape()

    def _go_to_word(self, word: str) -> None:
        """Choose the row of a word and bring it into sight; a filter that hides it goes."""
        if self._rows.hides(word):
            self.filter_edit.clear()
        row = self._rows.row_of(word)
        if row is not None:
            hints = VectorTableView.ScrollHint
            is_new = row != self.table.currentIndex().row()
            self._choose_row(row)
            hint = hints.PositionAtCenter if is_new else hints.EnsureVisible
            self.table.scrollTo(self._rows.index(row, WORD), hint)

    def _find_focus_word_again(self) -> None:
        """After another filter or order: the top of the table, with the word in focus still chosen."""
        row = self._rows.row_of(self._session.focus_word)
        if row is not None:
            self._choose_row(row)
        self.table.scrollToTop()

    def _choose_row(self, row: int) -> None:
        self._is_following = True
        self.table.setCurrentIndex(self._rows.index(row, WORD))
        self._is_following = False

    def _choose_word(self, current: QModelIndex) -> None:
        if current.isValid() and not self._is_following:
            word = self._rows.word_at(current.row())
            if word not in SPECIAL_WORDS:
                self._session.set_focus_word(word)

    def _show_sentence(self) -> None:
        table = self._lookup_table()
        split = splitter(self._token_options())
        try:
            tokens = [token for token in split(self.sentence_edit.text()) if token != "\n"]
        except GloveError as error:
            tokens = []
            self.sentence_line.setText(" ".join(translate_error(error)))
        else:
            self.sentence_line.setText(self._sentence_shape(table, tokens))
        self._sentence.set_sentence(table, tokens)
        self.sentence_line.setVisible(bool(self.sentence_line.text()))
        self.sentence_table.setVisible(bool(tokens))
        self.sentence_table.set_most_rows_in_sight(min(len(tokens), MOST_SENTENCE_ROWS))

    def _token_options(self) -> TokenOptions:
        """How the model's own text was cut into words, where that is known."""
        card = self._session.model.card if self._session.model is not None else None
        return self._session.token_options if card is None else card.token_options

    def _sentence_shape(self, table: LookupTable | None, tokens: list[str]) -> str:
        if table is None or not tokens:
            return ""
        ids = [str(index) for index in table.ids(tokens[: MOST_SHOWN_IDS + 1])]
        if len(tokens) > MOST_SHOWN_IDS:
            ids[MOST_SHOWN_IDS:] = ["…"]
        count = self.tr("1 word") if len(tokens) == 1 else self.tr("{n} words").format(n=grouped(len(tokens)))
        return self.tr("{count} → ids [{ids}] → tensor {n} × {dimension}").format(
            count=count, ids=", ".join(ids), n=grouped(len(tokens)), dimension=table.dimension
        )

    def _say_copied(self, copied: int, selected: int) -> None:
        text = self.tr("Rows copied: {n}") if copied == selected else self.tr("Rows copied: {n} of {all}")
        self.note_label.setText(text.format(n=grouped(copied), all=grouped(selected)))
        self.note_label.show()

    def _color_unknown(self) -> None:
        self._sentence.set_colors_of_unknown(self._theme.color("text"), self._theme.color("warn_tint"))
