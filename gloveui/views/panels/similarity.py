"""What is like what: the nearest words, two words, the odd one of some, a list; and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from gloveui.state.job_queue import JobQueue
from gloveui.state.session import Session
from gloveui.storage.export import Cell
from gloveui.views.languages import Translated
from gloveui.views.models.answer_source import AnswerSource
from gloveui.views.models.search_history import SearchHistory
from gloveui.views.models.similarity_question import Answer, Mode, Search, find_answer, is_quick
from gloveui.views.similarity_export import answer_code, has_code
from gloveui.views.similarity_texts import SimilarityTexts
from gloveui.views.theme import Theme
from gloveui.views.widgets.back_and_forward import BackAndForward
from gloveui.views.widgets.empty_state import EmptyState
from gloveui.views.widgets.export_button import ExportButton
from gloveui.views.widgets.model_note import ModelNote
from gloveui.views.widgets.panel_pages import PanelPages
from gloveui.views.widgets.similarity_answer import SimilarityAnswer
from gloveui.views.widgets.similarity_form import SimilarityForm


class SimilarityPanel(Translated, QWidget):
    """Asks in one of four ways; a word chosen from an answer is asked for in turn, and Back returns."""

    def __init__(self, session: Session, jobs: JobQueue, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._is_stale = True  # what is to be asked has changed while nobody looked
        self._history = SearchHistory()
        self._texts = SimilarityTexts(self)
        self._source = AnswerSource(jobs, "similarity", self)
        self.empty = EmptyState(theme, "search")
        self.ways = BackAndForward(theme, self)
        self.export_button = ExportButton(theme)
        self.export_button.setObjectName("similarityExport")
        self.form = SimilarityForm(session, theme, self.ways, self.export_button)
        self.model_note = ModelNote(session)
        self.answer_view = SimilarityAnswer(session, jobs, theme)
        self._pages = PanelPages(self, self.empty)
        for widget in (self.form, self.model_note):
            self._pages.contents.addWidget(widget)
        self._pages.contents.addWidget(self.answer_view, 1)
        self.setFocusProxy(self.form.word_edit)
        self._connect()
        self._show_model()
        self.retranslate()

    @property
    def answer(self) -> Answer | None:
        """What is shown; None for nothing."""
        return self.answer_view.answer

    def ask(self, search: Search) -> None:
        """Ask something, as typing and choosing it would."""
        self.form.show_search(search)
        self._ask()

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Similarity"))
        self.empty.set_texts(
            self.tr("No vectors yet"),
            self.tr("Press Train, or open vectors: then every word can be asked for the words most like it."),
        )
        self._show_places()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self._ask()

    def _connect(self) -> None:
        self.form.asked.connect(self._ask)
        self.form.word_entered.connect(self._session.set_focus_word)
        self.answer_view.word_chosen.connect(self.form.enter)
        self.ways.gone.connect(self._go)
        self._source.answered.connect(self._show)
        self._source.delayed.connect(self.answer_view.tell_waiting)
        self._session.focus_word_changed.connect(self.form.take_word)
        self._session.model_changed.connect(self._show_model)
        self._session.cooccurrence_changed.connect(self.answer_view.follow_selection)
        self._session.tokens_changed.connect(self._offer_exports)

    def _show_model(self) -> None:
        self.form.show_model()
        self._ask()
        self._pages.show_contents(self._session.embedding is not None)

    def _ask(self) -> None:
        """Have the question answered, once it is complete and the panel can be seen."""
        embedding, search = self._session.embedding, self.form.search
        self._is_stale = not self.isVisible()
        if embedding is None or self._is_stale:
            return
        if search.is_complete:
            task = find_answer(embedding, search, self.form.options)
            self._source.ask(task, is_quick(embedding, search))
        else:
            self._source.forget()
            self._show(None)

    def _show(self, answer: Answer | None) -> None:
        if answer is not None and answer.error is None:
            self._history.visit(answer.search)
        self.answer_view.show_answer(answer, self.form.mode)
        self.form.show_problem(answer)
        self.form.show_suggestions(answer is None)
        self._show_places()
        self._offer_exports()

    def _go(self, place: int) -> None:
        """Ask again what was asked before; its word comes into focus again."""
        search = self._history.go(place)
        self.ask(search)
        embedding = self._session.embedding
        is_word = embedding is not None and embedding.vocabulary.get(search.query) is not None
        if is_word and search.mode is not Mode.ODD:
            self._session.set_focus_word(search.query)

    def _show_places(self) -> None:
        titles = [self._texts.title(search) for search in self._history.searches]
        self.ways.show_places(titles, self._history.place)

    def _offer_exports(self) -> None:
        is_there = self.answer is not None and self.answer.error is None
        code = self._code if is_there and has_code(self._session) else None
        rows = self._rows if is_there else None
        self.export_button.offer("similarity", self._picture if is_there else None, rows, code)
        self.export_button.setEnabled(is_there)

    def _picture(self) -> QWidget:
        return self.answer_view.body

    def _rows(self) -> Iterator[Sequence[Cell]]:
        return self.answer_view.export_rows()

    def _code(self) -> str:
        return answer_code(self._session, self.answer) if self.answer is not None else ""
