"""The learned vectors as a table, one row a word, and a sentence as rows of it; or as strips of colour."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from gloveui.core.errors import GloveError
from gloveui.core.lookup import SPECIAL_WORDS, LookupTable
from gloveui.state.job_queue import JobQueue
from gloveui.state.session import Session
from gloveui.storage import export
from gloveui.views.languages import Translated, translate_error
from gloveui.views.models.embedding_table import EmbeddingTableModel
from gloveui.views.models.vector_rows import WORD, strong_value
from gloveui.views.numbers import grouped
from gloveui.views.theme import Theme
from gloveui.views.vectors_export import MOST_WORDS, has_vectors_code, vectors_code
from gloveui.views.widgets.elided_label import ElidedLabel
from gloveui.views.widgets.empty_state import EmptyState
from gloveui.views.widgets.export_button import ExportButton
from gloveui.views.widgets.model_note import ModelNote
from gloveui.views.widgets.panel_head import panel_head
from gloveui.views.widgets.panel_pages import PanelPages
from gloveui.views.widgets.row_filter import RowFilter
from gloveui.views.widgets.segments import Segments
from gloveui.views.widgets.sentence_lookup import SentenceLookup
from gloveui.views.widgets.strips_page import StripsPage
from gloveui.views.widgets.vector_table_view import VectorTableView

TABLE, STRIPS = VIEWS = ("table", "strips")


class LookupTablePanel(Translated, QWidget):
    """Word → index → row, for all words and for those of a sentence; chosen words as strips."""

    def __init__(self, session: Session, jobs: JobQueue, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._theme = theme
        self._jobs = jobs
        self._is_following = False  # a row is chosen by the panel itself
        self._is_stale = False  # another model came while nothing was shown
        self._is_new = False  # the table is, and the word in focus has not been shown in it
        self._is_busy = False
        self._make_parts()
        self._arrange()
        self._connect()
        self._take_list()
        self._show_model()
        self.retranslate()

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Lookup table"))
        self.empty.set_texts(
            self.tr("No vectors yet"),
            self.tr("Press Train, or open vectors: every word has a row of numbers, shown here."),
        )
        self.modes.set_texts({TABLE: self.tr("Table"), STRIPS: self.tr("Strips")})
        self.modes.button(TABLE).setToolTip(self.tr("One row a word, with its numbers"))
        self.modes.button(STRIPS).setToolTip(self.tr("Chosen words as strips of colour, one under another"))
        self.table.setAccessibleName(self.tr("Lookup table"))
        self._rows.retranslate()
        self._name_list()
        self._say_shape()

    def showEvent(self, event: QShowEvent) -> None:
        """Go to the word in focus, which may have changed while nothing was shown."""
        super().showEvent(event)
        if self._is_stale:
            self._show_model()
        else:
            self._go_to_word(self._session.focus_word)

    def _make_parts(self) -> None:
        self.empty = EmptyState(self._theme, "empty")
        self.modes = Segments(VIEWS)
        for view, name in zip(VIEWS, ("lookupAsTable", "lookupAsStrips"), strict=True):
            self.modes.button(view).setObjectName(name)
        self.filter = RowFilter()
        self.filter_edit = self.filter.edit
        self.export_button = ExportButton(self._theme)
        self.export_button.setObjectName("lookupExport")
        self.shape_label = ElidedLabel()
        self.list_button = QPushButton()
        self.list_button.setObjectName("lookupWordList")
        self.list_button.setCheckable(True)
        self.list_button.setProperty("chip", True)
        self.problem_label = ElidedLabel()
        self.problem_label.setProperty("problem", True)
        self.problem_label.hide()
        self._rows = EmbeddingTableModel(self, self._jobs)
        self.table = VectorTableView(self._theme)
        self.table.setObjectName("lookupTable")
        self.table.setModel(self._rows)
        self.table.allow_sorting()
        self.sentence = SentenceLookup(self._session, self._theme, self.table)
        self.model_note = ModelNote(self._session)
        self.note_label = ElidedLabel()
        for label in (self.shape_label, self.note_label):
            label.setProperty("muted", True)
        self.note_label.hide()
        self.strips_page = StripsPage(self._session, self._theme)

    def _arrange(self) -> None:
        self.heads, self.views = QStackedWidget(), QStackedWidget()
        self.heads.addWidget(self.filter)
        self.heads.addWidget(self.strips_page.head)
        self.views.addWidget(self._table_page())
        self.views.addWidget(self.strips_page)
        self._pages = PanelPages(self, self.empty)
        outer = self._pages.contents
        outer.addLayout(self._head())
        outer.addWidget(self.model_note)
        outer.addWidget(self.heads)
        outer.addWidget(self.views, 1)

    def _head(self) -> QHBoxLayout:
        """The views, and what the table holds."""
        told = QWidget()
        line = QHBoxLayout(told)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self.modes)
        line.addWidget(self.shape_label, 1)
        return panel_head(told, self.export_button)

    def _table_page(self) -> QWidget:
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.problem_label)
        layout.addWidget(self.list_button, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.note_label)
        layout.addWidget(self.sentence)
        return page

    def _connect(self) -> None:
        self.modes.chosen.connect(self.show_view)
        self.filter.narrowed.connect(self._filter)
        self.filter.index_wanted.connect(self._go_to_index)
        self.filter.entered.connect(self._enter_first)
        self.list_button.toggled.connect(self._use_list)
        self.table.selectionModel().currentRowChanged.connect(self._choose_word)
        for table in (self.table, self.sentence.table):
            table.rows_copied.connect(self._say_copied)
        self._rows.modelReset.connect(self._find_focus_word_again)
        self._rows.pattern_refused.connect(self._tell_problem)
        self._rows.pattern_accepted.connect(self._tell_no_problem)
        self._rows.busy_changed.connect(self._set_busy)
        self._session.model_changed.connect(self._show_model)
        self._session.text_changed.connect(self._offer_exports)
        self._session.tokens_changed.connect(self._offer_exports)
        self._session.focus_word_changed.connect(self._go_to_word)
        self._session.words.listed_changed.connect(self._take_list)

    def _show_model(self) -> None:
        model = self._session.model
        self._pages.show_contents(model is not None)
        self._is_stale = model is not None and not self.isVisible()
        is_shown = model is not None and not self._is_stale
        self._is_new = is_shown
        self._rows.set_table(model.table if model is not None and is_shown else None)
        self._fill_strips()
        if model is not None and is_shown:
            limit = strong_value(model.table.vectors)
            self.table.set_strong_value(limit)
            self.sentence.table.set_strong_value(limit)
        self.note_label.hide()
        self._offer_exports()
        self._say_shape()

    def _fill_strips(self) -> None:
        """Give the strips their vectors while they are in sight."""
        model = self._session.model
        is_shown = model is not None and not self._is_stale and self.modes.key == STRIPS
        self.strips_page.set_embedding(model.embedding if model is not None and is_shown else None)

    def show_view(self, view: str) -> None:
        """Show the whole table, or chosen words as strips."""
        self.modes.choose(view)
        place = VIEWS.index(view)
        self.heads.setCurrentIndex(place)
        self.views.setCurrentIndex(place)
        self._fill_strips()
        self._offer_exports()

    def _lookup_table(self) -> LookupTable | None:
        return self._session.model.table if self._session.model is not None else None

    def _say_shape(self) -> None:
        table = self._lookup_table()
        if table is None:
            return
        shape = f"{grouped(len(table))} × {table.dimension}"
        if self._is_busy:
            self.shape_label.setText(self.tr("Searching …"))
        elif self._rows.is_narrowed:
            found = grouped(self._rows.rowCount())
            self.shape_label.setText(self.tr("{found} of {shape}").format(found=found, shape=shape))
        else:
            self.shape_label.setText(shape)
            self.shape_label.setToolTip(f"{shape}: num_embeddings × embedding_dim")

    def _set_busy(self, is_busy: bool) -> None:
        self._is_busy = is_busy
        self._say_shape()

    def _filter(self, text: str, mode: str) -> None:
        self._tell_no_problem()
        self._rows.set_filter(text, mode)
        self._say_shape()

    def _tell_problem(self, error: GloveError) -> None:
        """Say why what was typed finds nothing; the rows that were found before stay."""
        self._tell_sentence(" ".join(part for part in translate_error(error) if part))

    def _tell_sentence(self, sentence: str) -> None:
        self.filter.mark_invalid(bool(sentence))
        self.problem_label.setText(sentence)
        self.problem_label.setVisible(bool(sentence))

    def _tell_no_problem(self) -> None:
        self._tell_sentence("")

    def _go_to_index(self, index: int) -> None:
        """Choose the row with an index, among all rows."""
        table = self._lookup_table()
        if table is None or index >= len(table):
            last = grouped(len(table) - 1) if table is not None else "0"
            self._tell_sentence(self.tr("The last index is {last}").format(last=last))
            return
        self._tell_no_problem()
        self.list_button.setChecked(False)
        self._rows.set_filter("")
        self._say_shape()
        row = self._rows.row_of_id(index)
        if row is not None:
            self._choose_row(row)
            self.table.scrollTo(self._rows.index(row, WORD), VectorTableView.ScrollHint.PositionAtCenter)
            self._choose_word(self._rows.index(row, WORD))

    def _enter_first(self) -> None:
        """Put the first word that was found in focus."""
        if self._rows.is_narrowed and self._rows.rowCount():
            self._choose_word(self._rows.index(0, WORD))

    def _take_list(self) -> None:
        """Show only the words of a list that has just been made."""
        listed = self._session.words.listed
        self.list_button.setVisible(listed is not None)
        self.list_button.setChecked(listed is not None)
        self._use_list(listed is not None)

    def _use_list(self, is_used: bool) -> None:
        listed = self._session.words.listed
        self._rows.set_listed(listed.words if is_used and listed is not None else None)
        self._name_list()
        self._say_shape()

    def _name_list(self) -> None:
        listed = self._session.words.listed
        if listed is None:
            return
        text = self.tr("word list: {n} words").format(n=grouped(len(listed.words)))
        is_used = self.list_button.isChecked()
        self.list_button.setText(f"{text}  ×" if is_used else text)
        tip = self.tr("Show all words again") if is_used else self.tr("Show only the words of the list")
        self.list_button.setToolTip(tip)
        self.list_button.setAccessibleName(f"{text}: {tip}")

    def _go_to_word(self, word: str) -> None:
        """Choose the row of a word and bring it into sight; a filter or list that hides it goes."""
        if self._rows.hides(word):
            self.list_button.setChecked(False)
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
        self._say_shape()
        if self._is_new and self._rows.facts is not None:
            self._is_new = False
            self._go_to_word(self._session.focus_word)
            return
        row = self._rows.row_of(self._session.focus_word)
        if row is not None:
            self._choose_row(row)
        self.table.scrollToTop()

    def _choose_row(self, row: int) -> None:
        # The view's own way would look at the keyboard: with Ctrl held, the row would be taken out again.
        flags = QItemSelectionModel.SelectionFlag
        self._is_following = True
        self.table.selectionModel().setCurrentIndex(
            self._rows.index(row, WORD), flags.ClearAndSelect | flags.Rows
        )
        self._is_following = False

    def _choose_word(self, current: QModelIndex) -> None:
        if current.isValid() and not self._is_following:
            word = self._rows.word_at(current.row())
            if word not in SPECIAL_WORDS:
                self._session.set_focus_word(word)

    def _say_copied(self, copied: int, selected: int) -> None:
        text = self.tr("Rows copied: {n}") if copied == selected else self.tr("Rows copied: {n} of {all}")
        self._say(text.format(n=grouped(copied), all=grouped(selected)))

    def _say(self, text: str) -> None:
        self.note_label.setText(text)
        self.note_label.show()

    def _offer_exports(self) -> None:
        code = self._code if has_vectors_code(self._session) else None
        if self.modes.key == STRIPS:
            self.export_button.offer("strips", self._strips_picture, self.strips_page.rows, code)
        else:
            self.export_button.offer("lookup-table", self._table_picture, self._taken_rows, code)

    def _table_picture(self) -> QWidget:
        return self.table

    def _strips_picture(self) -> QWidget:
        return self.strips_page

    def _taken_rows(self) -> Iterator[Sequence[export.Cell]]:
        """The selected rows, or all that were found if only one is selected; the first 500 of them."""
        rows = self._rows_to_take()
        self._say_copied(len(rows[:MOST_WORDS]), len(rows))
        yield self._rows.headings()
        for row in rows[:MOST_WORDS]:
            yield from self._rows.as_rows([row])

    def _rows_to_take(self) -> Sequence[int]:
        selected = self.table.selected_rows()
        return selected if len(selected) > 1 else range(self._rows.rowCount())

    def _code(self) -> str:
        if self.modes.key == STRIPS:
            strips = self.strips_page.strips
            return vectors_code(self._session, strips.words, strips.pair_words)
        rows = self._rows_to_take()[:MOST_WORDS]
        words = [word for word in map(self._rows.word_at, rows) if word not in SPECIAL_WORDS]
        return vectors_code(self._session, words)
