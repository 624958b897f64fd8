"""The words that are most like one word."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSpinBox, QToolButton, QWidget

from gloveui.core.queries import neighbours
from gloveui.core.vocabulary import Vocabulary
from gloveui.state.job_queue import JobQueue
from gloveui.state.session import Session
from gloveui.views.example_words import example_words
from gloveui.views.languages import Translated
from gloveui.views.models.spelling import nearest_spellings
from gloveui.views.models.vector_rows import shortened
from gloveui.views.numbers import grouped
from gloveui.views.theme import Theme
from gloveui.views.widgets.chips import Chips
from gloveui.views.widgets.elided_label import ElidedLabel
from gloveui.views.widgets.empty_state import EmptyState
from gloveui.views.widgets.model_note import ModelNote
from gloveui.views.widgets.neighbour_table_view import NeighbourTableView
from gloveui.views.widgets.panel_pages import PanelPages
from gloveui.views.widgets.plain_tooltip import plain_tooltip
from gloveui.views.widgets.word_edit import WordEdit

MOST_RESULTS = 200
USUAL_RESULTS = 10


class SimilarityPanel(Translated, QWidget):
    """The nearest words by cosine; choosing one asks for its own, and Back returns."""

    def __init__(self, session: Session, jobs: JobQueue, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._theme = theme
        self._query = ""
        self._history: list[str] = []
        self._make_parts()
        self._arrange()
        self._connect()
        self._draw_icon()
        self._show_model()
        self.retranslate()

    @property
    def query(self) -> str:
        """The word whose neighbours are asked for."""
        return self._query

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Similarity"))
        self.empty.set_texts(
            self.tr("No vectors yet"),
            self.tr("Press Train: then every word can be asked for the words most like it."),
        )
        self.back_button.setToolTip(self.tr("Back to the word before"))
        self.back_button.setAccessibleName(self.tr("Back to the word before"))
        self.word_edit.setPlaceholderText(self.tr("Type a word"))
        self.word_edit.setAccessibleName(self.tr("Word"))
        self.count_label.setText(self.tr("Results"))
        self.count_box.setAccessibleName(self.tr("Results"))
        self.hint_label.setText(self.tr("Type a word, or choose one in any other view"))
        self.table.setAccessibleName(self.tr("Similar words"))
        self.table.rows.set_score_name(self.tr("cosine"))
        self._answer()

    def _make_parts(self) -> None:
        self.empty = EmptyState(self._theme, "search")
        self.back_button = QToolButton()
        self.back_button.setObjectName("similarityBackButton")
        self.word_edit = WordEdit(self._session, self._theme)
        self.word_edit.setObjectName("similarityEdit")
        self.count_label = QLabel()
        self.count_label.setProperty("muted", True)
        self.count_box = QSpinBox()
        self.count_box.setObjectName("similarityCount")
        self.count_box.setRange(1, MOST_RESULTS)
        self.count_box.setValue(USUAL_RESULTS)
        self.count_label.setBuddy(self.count_box)
        self.unknown_label = ElidedLabel()
        self.suggestions = Chips()
        self.table = NeighbourTableView(self._theme)
        self.table.setObjectName("similarityTable")
        self.hint_label = QLabel()
        self.hint_label.setProperty("muted", True)
        self.hint_label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.model_note = ModelNote(self._session)
        self.note_label = ElidedLabel()
        self.note_label.setProperty("muted", True)
        self.sentences_button = QToolButton()
        self.sentences_button.setObjectName("similaritySentences")

    def _arrange(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.back_button)
        top.addWidget(self.word_edit, 1)
        top.addSpacing(4)
        top.addWidget(self.count_label)
        top.addWidget(self.count_box)
        self._pages = PanelPages(self, self.empty)
        outer = self._pages.contents
        outer.addLayout(top)
        outer.addWidget(self.model_note)
        outer.addWidget(self.unknown_label)
        outer.addWidget(self.suggestions)
        outer.addWidget(self.table, 1)
        outer.addWidget(self.hint_label, 1)
        bottom = QHBoxLayout()
        bottom.setSpacing(8)
        bottom.addWidget(self.note_label, 1)
        bottom.addWidget(self.sentences_button)
        outer.addLayout(bottom)

    def _connect(self) -> None:
        self.word_edit.word_entered.connect(self._enter)
        self.suggestions.chosen.connect(self._enter)
        self.table.word_chosen.connect(self._enter)
        self.table.selectionModel().selectionChanged.connect(self._name_sentences)
        self.table.rows.modelReset.connect(self._name_sentences)
        self.sentences_button.clicked.connect(self._show_sentences)
        self.back_button.clicked.connect(self._go_back)
        self.count_box.valueChanged.connect(self._answer)
        self._session.focus_word_changed.connect(self._ask)
        self._session.model_changed.connect(self._show_model)
        self._session.cooccurrence_changed.connect(self._name_sentences)
        self._theme.changed.connect(self._draw_icon)

    def _show_model(self) -> None:
        self._query = self._query or self._session.focus_word
        self.word_edit.setText(self._query)
        self._answer()
        self._pages.show_contents(self._session.embedding is not None)

    def _enter(self, word: str) -> None:
        """Ask for a word and put it in focus, spelled as in the vocabulary; of an unknown one say so."""
        embedding = self._session.embedding
        index = embedding.vocabulary.get(word) if embedding is not None else None
        if embedding is not None and index is not None:
            word = embedding.vocabulary.word(index)
        self._ask(word)
        if index is not None:
            self._session.set_focus_word(word)

    def _ask(self, word: str) -> None:
        """Show the neighbours of a word, and remember the word before."""
        if word and word != self._query:
            if self._query and self._is_known(self._query):
                self._history.append(self._query)
            self._show_query(word)

    def _go_back(self) -> None:
        if self._history:
            word = self._history.pop()
            self._show_query(word)
            self._session.set_focus_word(word)

    def _show_query(self, word: str) -> None:
        self._query = word
        self.word_edit.setText(word)
        self._answer()

    def _is_known(self, word: str) -> bool:
        embedding = self._session.embedding
        return embedding is not None and embedding.vocabulary.get(word) is not None

    def _answer(self) -> None:
        embedding = self._session.embedding
        self.back_button.setEnabled(bool(self._history))
        is_unknown = bool(self._query) and not self._is_known(self._query)
        self.word_edit.mark_unknown(is_unknown)
        self.unknown_label.setVisible(is_unknown)
        if embedding is None:
            return
        self.unknown_label.setText(self.tr("“{word}” is not in the vocabulary").format(word=self._query))
        self.suggestions.set_texts(self._suggested(embedding.vocabulary))
        can_answer = bool(self._query) and not is_unknown
        found = neighbours(embedding, self._query, self.count_box.value()) if can_answer else []
        self.table.show_neighbours(found, embedding.vocabulary.has_counts)
        self.table.setVisible(can_answer)
        self.hint_label.setVisible(not can_answer)
        words = grouped(len(embedding))
        self.note_label.setText(self.tr("Exact cosine over {words} words").format(words=words))
        self._name_sentences()

    def _name_sentences(self) -> None:
        """Say whose sentences the button shows: of the word, or of it with the neighbour that is selected."""
        neighbour = self._selected_neighbour()
        self.sentences_button.setText(self.tr("Sentences with both") if neighbour else self.tr("Sentences"))
        text = self.tr("Sentences in which “{word}” and “{neighbour}” stand near each other")
        if not neighbour:
            text = self.tr("Sentences with “{word}”; select a neighbour for those with both")
        text = text.format(word=shortened(self._query), neighbour=shortened(neighbour))
        self.sentences_button.setToolTip(plain_tooltip(text))
        self.sentences_button.setAccessibleDescription(text)
        has_text = self._session.counted_tokens is not None
        self.sentences_button.setVisible(has_text and self._is_known(self._query))

    def _selected_neighbour(self) -> str:
        rows = self.table.selectionModel().selectedRows()
        return self.table.rows.word_at(rows[0].row()) if rows else ""

    def _show_sentences(self) -> None:
        self._session.show_evidence(self._query, self._selected_neighbour())

    def _suggested(self, vocabulary: Vocabulary) -> Sequence[str]:
        """Words to click: to begin with, or in place of one that is not known."""
        if not self._query:
            return example_words(vocabulary)
        return () if self._is_known(self._query) else nearest_spellings(vocabulary, self._query)

    def _draw_icon(self) -> None:
        self.back_button.setIcon(self._theme.icon("back"))
