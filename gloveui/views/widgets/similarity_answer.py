"""The answer of the similarity panel, and why it is what it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gloveui.state.job_queue import JobQueue
from gloveui.state.session import Session
from gloveui.storage.export import Cell
from gloveui.views.languages import Translated
from gloveui.views.models.similarity_question import Answer, Mode, Options
from gloveui.views.models.vector_rows import shortened
from gloveui.views.similarity_export import SimilarityHeadings, answer_rows
from gloveui.views.similarity_texts import SimilarityTexts
from gloveui.views.theme import Theme
from gloveui.views.widgets.elided_label import ElidedLabel
from gloveui.views.widgets.neighbour_table_view import NeighbourTableView
from gloveui.views.widgets.pair_answer_view import PairAnswerView
from gloveui.views.widgets.plain_tooltip import plain_tooltip
from gloveui.views.widgets.why_alike_view import WhyAlikeView

BESIDE = 740  # pixels of width: the explanation stands beside the answer
BELOW = 460  # pixels of height: it stands below; with less of both, in place of the answer
BELOW_PAIR = 270  # a pair needs less; with as much, it is explained unasked
LEAST_BODY = 48


class SimilarityAnswer(Translated, QWidget):
    """A table of words or a pair, and on request an explanation of the word that is selected."""

    word_chosen = Signal(str)

    def __init__(self, session: Session, jobs: JobQueue, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._theme = session, theme
        self._answer: Answer | None = None
        self._mode = Mode.NEAREST
        self._is_waiting = False
        self._texts, self._headings = SimilarityTexts(self), SimilarityHeadings(self)
        self._make_parts(jobs, theme)
        self._arrange()
        self._connect()
        self.retranslate()

    @property
    def answer(self) -> Answer | None:
        """What is shown; None for nothing."""
        return self._answer

    def show_answer(self, answer: Answer | None, mode: Mode) -> None:
        """Show an answer to a question of this kind; the word that was selected stays so if it is there."""
        selected = self.table.selected_word()
        self._answer, self._mode, self._is_waiting = answer, mode, False
        if answer is not None and answer.error is None:
            if answer.search.mode is Mode.PAIR:
                self.pair_view.show_answer(answer)
            is_odd = answer.search.mode is Mode.ODD
            self.table.rows.set_first_off(self._theme.font(weight=QFont.Weight.Bold) if is_odd else None)
            self.table.show_neighbours(answer.neighbours, answer.embedding.vocabulary.has_counts)
            self._show_seeds()
            self.table.select_word(selected)
        self.retranslate()

    def _show_seeds(self) -> None:
        """Badge the nearest words by cosine with what is known of the model's stability."""
        answer, index = self._answer, None
        if answer is None or answer.error is not None or answer.search.mode is not Mode.NEAREST:
            return
        options = answer.options
        if options.metric == "cosine" and not options.farthest and not options.among:
            index = answer.embedding.vocabulary.get(answer.search.query)
        self.table.show_seeds(self._session.stability.of(answer.embedding), index)

    def tell_waiting(self) -> None:
        """Say that an answer takes its time."""
        self._is_waiting = True
        self.retranslate()

    def export_rows(self) -> Iterator[Sequence[Cell]]:
        """The answer, and the explanation in sight, for a spreadsheet."""
        if self._answer is None:
            return
        score = self._texts.score(self._mode, self._answer.options)[0]
        yield from answer_rows(self._answer, score, self._headings)
        if not self.why.isHidden() and self.why.explanation is not None:
            yield []
            yield from self.why.export_rows()

    def retranslate(self) -> None:
        answer = self._answer
        self.why_button.setText(self.tr("Why alike"))
        self.sentences_button.setText(self.tr("Sentences"))
        self.table.setAccessibleName(self.tr("Similar words"))
        is_refused = answer is not None and answer.error is not None
        self.hint_label.setText("" if is_refused else self._texts.hint(self._mode, answer))
        options = answer.options if answer is not None else Options()
        self.table.rows.set_score_name(*self._texts.score(self._mode, options))
        self.note_label.setText(self._texts.waiting() if self._is_waiting else self._texts.note(answer))
        self._explain_note()
        self.follow_selection()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.follow_selection()

    def _explain_note(self) -> None:
        """The whole note, and how the words of an answer were compared."""
        is_told = self._answer is not None and self._answer.error is None and not self._is_waiting
        how = self._texts.exactness() if is_told else ""
        self.note_label.setToolTip(plain_tooltip("\n".join(filter(None, (self.note_label.text(), how)))))

    def _make_parts(self, jobs: JobQueue, theme: Theme) -> None:
        self.table = NeighbourTableView(theme)
        self.table.setObjectName("similarityTable")
        self.table.show_ranks(True)
        self.pair_view = PairAnswerView(theme)
        self.pair_view.table.setObjectName("similarityPair")
        self.hint_label, self.note_label = QLabel(), ElidedLabel()
        self.hint_label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.hint_label.setWordWrap(True)
        for label in (self.hint_label, self.note_label):
            label.setProperty("muted", True)
        self.why = WhyAlikeView(self._session, jobs, theme)
        self.why_button, self.sentences_button = QToolButton(), QToolButton()
        self.why_button.setObjectName("similarityWhyButton")
        self.why_button.setCheckable(True)
        self.sentences_button.setObjectName("similaritySentences")

    def _arrange(self) -> None:
        self.pages = QStackedWidget()
        for page in (self.table, self.pair_view, self.hint_label):
            self.pages.addWidget(page)
        self.body = QSplitter(Qt.Orientation.Vertical)
        self.body.setChildrenCollapsible(False)
        self.body.setMinimumHeight(LEAST_BODY)  # what is in it gives way, and not the panels around it
        self.body.addWidget(self.pages)
        self.body.addWidget(self.why)
        bottom = QHBoxLayout()
        bottom.setSpacing(8)
        bottom.addWidget(self.note_label, 1)
        bottom.addWidget(self.why_button)
        bottom.addWidget(self.sentences_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.body, 1)
        column.addLayout(bottom)
        self.why.hide()

    def _connect(self) -> None:
        self.table.word_chosen.connect(self.word_chosen)
        self._session.stability.changed.connect(self._show_seeds)
        self.table.selectionModel().selectionChanged.connect(self.follow_selection)
        self.why_button.toggled.connect(self.follow_selection)
        self.why.closed.connect(self._close_why)
        self.sentences_button.clicked.connect(self._show_sentences)

    @property
    def _pair(self) -> tuple[str, str]:
        """The word that was asked for and the one that is selected, as far as these are words; else empty."""
        answer = self._answer
        if answer is None or answer.error is not None:
            return "", ""
        second = answer.search.other if answer.search.mode is Mode.PAIR else self.table.selected_word()
        vocabulary = answer.embedding.vocabulary
        first, second = (
            word if vocabulary.get(word) is not None else "" for word in (answer.search.query, second)
        )
        return first, second

    def follow_selection(self) -> None:
        """Explain the word that is selected, and offer its sentences."""
        answer = self._answer
        is_there = answer is not None and answer.error is None
        is_pair = is_there and self._mode is Mode.PAIR
        is_found = is_there and (self._mode is not Mode.NEAREST or self.table.rows.row_total() > 0)
        page = self.pair_view if is_pair else self.table if is_found else self.hint_label
        self.pages.setCurrentWidget(page)
        self._show_why(is_pair)
        self._place_why()
        self._name_sentences()

    def _show_why(self, is_pair: bool) -> None:
        first, second = self._pair
        has_word = bool(first) and self._mode is not Mode.ODD
        explains_itself = is_pair and self._has_room(is_pair)
        is_asked_for = self._mode is not Mode.ODD and not explains_itself
        has_rows = is_pair or self.table.rows.row_total() > 0
        self.why_button.setVisible(is_asked_for and has_rows)
        self.why_button.setEnabled(has_word)
        tip = self.tr("What makes the selected word alike: contexts, dimensions, the model")
        self.why_button.setToolTip(tip if has_word else self.tr("Only single words can be explained"))
        is_shown = has_word and (explains_itself or self.why_button.isChecked())
        if is_shown and not is_pair and not second and self.table.rows.row_total():
            self.table.selectRow(0)  # this comes back here
            return
        is_shown = is_shown and bool(second)
        is_new = is_shown and self.why.isHidden()
        self.why.setVisible(is_shown)
        if is_new or is_pair:
            self._share_room(is_pair)
        self.why.explain((first, second) if is_shown else None)

    def _place_why(self) -> None:
        """Beside the answer where it is wide enough, below it where it is high enough, else in its place."""
        is_pair = self.pages.currentWidget() is self.pair_view
        is_wide = self.width() >= self._theme.pixels(BESIDE) and not is_pair
        has_room = is_wide or self._has_room(is_pair)
        orientation = Qt.Orientation.Horizontal if is_wide else Qt.Orientation.Vertical
        if self.body.orientation() != orientation:
            self.body.setOrientation(orientation)
        self.why.show_heading(has_title=has_room and not is_pair, can_close=not (is_pair and has_room))
        self.pages.setVisible(has_room or self.why.isHidden())

    def _has_room(self, is_pair: bool) -> bool:
        """Whether an explanation can stand below the answer."""
        return self.height() >= self._theme.pixels(BELOW_PAIR if is_pair else BELOW)

    def _share_room(self, is_pair: bool) -> None:
        """Half for each; a pair needs no more than its rows."""
        whole = max(self.body.width(), self.body.height())
        self.body.setSizes([0 if is_pair else whole, whole])

    def _close_why(self) -> None:
        self.why_button.setChecked(False)

    def _name_sentences(self) -> None:
        """Say whose sentences the button shows: of the word, or of it with the one that is selected."""
        word, other = self._pair
        text = self.tr("Sentences in which “{word}” and “{neighbour}” stand near each other")
        if not other:
            text = self.tr("Sentences with “{word}”; select a neighbour for those with both")
        text = text.format(word=shortened(word), neighbour=shortened(other))
        self.sentences_button.setToolTip(plain_tooltip(text))
        self.sentences_button.setAccessibleDescription(text)
        self.sentences_button.setVisible(bool(word) and self._session.counted_tokens is not None)

    def _show_sentences(self) -> None:
        self._session.show_evidence(*self._pair)
