"""The sentences behind a number, with the window that reads them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QWidget,
)

from gloveui.core.concordance import Places, all_sentences, find_pairs, find_word
from gloveui.core.concordance_order import ordered
from gloveui.core.progress import Progress
from gloveui.core.tokens import TokenStream
from gloveui.state.job_queue import JobQueue
from gloveui.state.jobs import Job
from gloveui.state.session import Session
from gloveui.state.values import Stage, StageState
from gloveui.storage import export
from gloveui.storage.export_code import counting_code
from gloveui.views.evidence_texts import Answer, EvidenceTexts
from gloveui.views.languages import Translated
from gloveui.views.models.sentence_rows import Kind
from gloveui.views.theme import Theme
from gloveui.views.widgets.elided_label import ElidedLabel
from gloveui.views.widgets.empty_state import EmptyState
from gloveui.views.widgets.panel_pages import PanelPages
from gloveui.views.widgets.sentence_question import SentenceQuestion
from gloveui.views.widgets.sentence_table_view import SentenceTableView
from gloveui.views.widgets.window_strip import WindowStrip

MOST_SENTENCES = 1_000  # of a text that is listed as it is
LEAST_HEIGHT = 58  # pixels of the list, in a low window: its headings and a row
LOW = 420  # pixels: a panel that is lower puts what it says into one line, and less under the words
LEAST_STRIP = 32  # pixels
LEAST_ANSWERS = 160  # pixels of both
MOST_EXPORTED = 5_000  # rows; Copy as code gives all


class SentencesPanel(Translated, QWidget):
    """Lists every place that adds to a count, or where a word stands; or a small text as it is."""

    def __init__(self, session: Session, jobs: JobQueue, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._jobs = jobs
        self._theme = theme
        self._texts = EvidenceTexts(self)
        self._job: Job | None = None  # what is being searched or sorted
        self._is_outdated = True
        self._is_complete = False
        self._asked: tuple[int, ...] = ()  # ids of the words that are asked for; none for plain sentences
        self._missing = ""  # a word that the text does not have
        self._is_split_by_hand = False
        # Where the window was when counts came anew: the text, the position, and whether it moved.
        self._before: tuple[TokenStream | None, int, bool] = (None, 0, False)
        self._make_parts()
        self._arrange()
        self._connect()
        self.retranslate()
        self._show_evidence()

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Sentences"))
        self.table.setAccessibleName(self.tr("Sentences"))
        self.table.rows.retranslate()
        self._tell()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_outdated:
            self._ask()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_height()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.strip.stop()

    def _make_parts(self) -> None:
        self.question = SentenceQuestion(self._session, self._theme)
        self.title_label, self.note_label = ElidedLabel(), ElidedLabel()
        self.title_label.setObjectName("sentencesTitle")
        self.title_label.setProperty("title", True)
        self.note_label.setObjectName("sentencesNote")
        self.note_label.setProperty("muted", True)
        self.table = SentenceTableView(self._theme)
        self.table.setObjectName("sentencesTable")
        self.strip = WindowStrip(self._theme)
        self.strip.setObjectName("sentencesWindow")
        self.hint = EmptyState(self._theme, "search")
        self.empty = EmptyState(self._theme)

    def _arrange(self) -> None:
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self.splitter.addWidget(self.table)
        self.splitter.addWidget(self._strip_area())
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setCollapsible(0, False)
        self.table.setMinimumHeight(self._theme.pixels(LEAST_HEIGHT))
        self._answers = QStackedWidget()
        self._answers.addWidget(self.splitter)
        self._answers.addWidget(self.hint)
        self._pages = PanelPages(self, self.empty)
        column = self._pages.contents
        column.addWidget(self.question)
        self._heading = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._heading.addWidget(self.title_label)
        self._heading.addWidget(self.note_label, 1)
        column.addLayout(self._heading)
        column.addWidget(self._answers, 1)
        self._answers.setMinimumHeight(self._theme.pixels(LEAST_ANSWERS))

    def _fit_height(self) -> None:
        """In a low panel the list and the window have the room."""
        is_low = self.height() < self._theme.pixels(LOW)
        directions = QBoxLayout.Direction
        self._heading.setDirection(directions.LeftToRight if is_low else directions.TopToBottom)
        self.strip.set_low(is_low)
        self._fit_strip()

    def _fit_strip(self) -> None:
        """The window has the height it wants, and the list the rest, until a person says otherwise."""
        if not self._is_split_by_hand:
            whole, wanted = sum(self.splitter.sizes()), self.strip.sizeHint().height()
            self.splitter.setSizes([max(whole - wanted, 0), wanted])

    def _keep_split(self) -> None:
        self._is_split_by_hand = True

    def _strip_area(self) -> QScrollArea:
        """The window over the sentence; where the panel is low, it is scrolled."""
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setSizeAdjustPolicy(QScrollArea.SizeAdjustPolicy.AdjustToContents)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setMinimumHeight(self._theme.pixels(LEAST_STRIP))
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self.strip)
        return area

    def _connect(self) -> None:
        session = self._session
        session.evidence_changed.connect(self._show_evidence)
        session.cooccurrence_changed.connect(self._take_counts)
        session.states_changed.connect(self._tell)
        session.model_changed.connect(self._tell)
        self.question.asked.connect(session.show_evidence)
        self.question.layout_changed.connect(self.table.show_in_context)
        self.question.order_changed.connect(self._change_order)
        self.table.order_asked.connect(self.question.choose_order)
        self.table.row_chosen.connect(self._show_window)
        self.strip.cells_lit.connect(session.set_lit_cells)
        self.strip.height_changed.connect(self._fit_strip)
        self.splitter.splitterMoved.connect(self._keep_split)
        self.strip.sentence_ended.connect(self._go_to_next_sentence)

    @property
    def _kind(self) -> Kind:
        return (Kind.SENTENCES, Kind.WORD, Kind.PAIR)[len(self._asked)]

    def _show_evidence(self) -> None:
        evidence = self._session.evidence
        asked = (evidence.word, evidence.context) if evidence is not None else ("", "")
        self.question.show_words(*asked)
        self._before = (None, 0, False)
        self._ask_anew()

    def _take_counts(self) -> None:
        self._before = (self.strip.stream, self.strip.position or 0, self.strip.is_playing)
        self.strip.stop()
        self._ask_anew()

    def _ask_anew(self) -> None:
        """Look for the sentences again: at once if they can be seen, else as soon as that is so."""
        self._is_outdated = True
        self._job = None  # what is under way is about something else
        if self.isVisible():
            self._ask()

    def _ask(self) -> None:
        self._is_outdated = self._is_complete = False
        self._asked, self._missing = (), ""
        matrix, stream = self._session.cooccurrence, self._session.counted_tokens
        self._pages.show_contents(matrix is not None and stream is not None)
        if matrix is None or stream is None:
            self._list(None)
            return
        evidence = self._session.evidence
        if evidence is None or not evidence.word:
            self._list_the_text(stream)
            return
        words = [evidence.word, evidence.context] if evidence.context else [evidence.word]
        ids = [stream.vocabulary.get(word) for word in words]
        for field, index in zip((self.question.word_edit, self.question.context_edit), ids, strict=False):
            field.mark_unknown(index is None)
        self._missing = next((word for word, index in zip(words, ids, strict=True) if index is None), "")
        self._asked = tuple(index for index in ids if index is not None)
        if self._missing:
            self._asked = ()
            self._list(None)
        else:
            self._search(stream)

    def _search(self, stream: TokenStream) -> None:
        matrix = self._session.cooccurrence
        assert matrix is not None
        self._list(None)
        if self._kind is Kind.PAIR:
            task = find_pairs(stream, matrix, self._asked[0], self._asked[1])
        else:
            task = find_word(stream, self._asked[0])
        self._job = self._jobs.ask("sentences", task)
        self._job.progressed.connect(self._take_first_places)
        self._job.succeeded.connect(self._take_places)

    def _list_the_text(self, stream: TokenStream) -> None:
        """Nothing was asked for: show the text itself, if it is small."""
        is_small = stream.sentence_count <= MOST_SENTENCES
        self._is_complete = True
        self._list(all_sentences(stream) if is_small else None)

    def _take_first_places(self, batch: list[Progress]) -> None:
        if self.sender() is self._job and self.question.order == "text":
            self._grow(batch[-1].detail)

    def _take_places(self, places: Places) -> None:
        if self.sender() is not self._job:
            return
        self._job, self._is_complete = None, True
        self._grow(places)
        if self.question.order != "text":
            self._sort()

    def _grow(self, places: Places) -> None:
        """Show what has been found by now."""
        if len(self.table.rows.places or ()) == 0:
            self._list(places)
        else:
            self.table.rows.grow(places)
            self._tell()

    def _list(self, places: Places | None) -> None:
        """List other places, and put the window at the first, or where it was."""
        stream = self._session.counted_tokens
        self.table.rows.show(stream, places, self._kind)
        self.table.show_order("text")
        has_rows = places is not None and len(places) > 0
        is_searching = bool(self._asked) and not self._is_complete
        self._answers.setCurrentWidget(self.splitter if has_rows or is_searching else self.hint)
        self._offer()
        self._tell()
        if places is not None and has_rows and stream is not None:
            self._show_first(places, stream)
        elif not is_searching:
            self.strip.clear()

    def _show_first(self, places: Places, stream: TokenStream) -> None:
        """Put the window where it was before the same text was counted anew, or else at the first row."""
        (before, position, was_playing), self._before = self._before, (None, 0, False)
        is_same = before is stream
        self.table.selectRow(self._row_at(places, position) if is_same else 0)
        if is_same and self._kind is Kind.SENTENCES:
            self._show_window_at(position)
        if is_same and was_playing:
            self.strip.play_or_pause()

    def _row_at(self, places: Places, position: int) -> int:
        """The row of a position in the text, or the first one."""
        if self._kind is Kind.SENTENCES:
            return max(0, int(np.searchsorted(places.centres, position, side="right")) - 1)
        found = np.flatnonzero(places.centres == position)
        return int(found[0]) if len(found) else 0

    def _show_window(self, row: int) -> None:
        self._show_window_at(self.table.rows.centre(row))

    def _show_window_at(self, position: int) -> None:
        stream, matrix = self._session.counted_tokens, self._session.cooccurrence
        if stream is not None and matrix is not None:
            self.strip.show_sentence(stream, matrix, position)

    def _go_to_next_sentence(self) -> None:
        """A small text is read through to its end; sentences of which no word counts are passed over."""
        row = self.table.currentIndex().row() + 1
        while self._kind is Kind.SENTENCES and row < self.table.rows.rowCount():
            self.table.selectRow(row)
            if self.strip.position is not None:
                self.strip.play_or_pause()
                return
            row += 1

    def _change_order(self) -> None:
        if self._is_complete and self._kind is not Kind.SENTENCES:
            self._sort()

    def _sort(self) -> None:
        stream, places = self._session.counted_tokens, self.table.rows.places
        if stream is not None and places is not None and len(places):
            self._job = self._jobs.ask("sentences", ordered(stream, places, self.question.order))
            self._job.succeeded.connect(self._take_order)

    def _take_order(self, order: NDArray[np.int64]) -> None:
        if self.sender() is self._job:
            self._job = None
            self.table.rows.set_order(order)
            self.table.show_order(self.question.order)
            self.table.selectRow(0)
            self._show_window(0)
            self.table.scrollToTop()

    @property
    def _answer(self) -> Answer | None:
        """What is shown; None without a text."""
        stream, matrix = self._session.counted_tokens, self._session.cooccurrence
        if stream is None or matrix is None:
            return None
        return Answer(stream, matrix, self._asked, self._missing, self.table.rows.places, self._is_complete)

    def _tell(self) -> None:
        """Say the sum, what else there is to know, and why nothing is listed."""
        answer = self._answer
        if answer is None:
            self._say_that_there_is_no_text()
            return
        if self._is_outdated:
            return
        is_stale = self._session.state(Stage.COUNTS) is StageState.STALE
        self.title_label.setText(self._texts.title(answer))
        note = self._texts.note(answer, is_stale, MOST_EXPORTED)
        self.note_label.setText(note)
        self.note_label.setVisible(bool(note))
        self.hint.set_texts(*self._texts.nothing_found(answer))
        self.question.set_choosable(bool(answer.asked))

    def _say_that_there_is_no_text(self) -> None:
        if self._session.model is None:
            self.empty.set_texts(
                self.tr("No sentences yet"),
                self.tr("As soon as a text is open, the sentences behind every number can be read here."),
            )
        else:
            self.empty.set_texts(
                self.tr("The text is not here"),
                self.tr("Open the text that these vectors were made of, to read the sentences behind them."),
            )

    def _offer(self) -> None:
        code = self._code if self._asked and self._session.text is not None else None
        self.question.export_button.offer("sentences", self._picture, self._table, code)

    def _picture(self) -> QWidget:
        return self.splitter

    def _table(self) -> Iterator[list[export.Cell]]:
        rows = self.table.rows
        names = [
            self.tr("no."), self.tr("before"), self.tr("first word"), self.tr("between"),
            self.tr("second word"), self.tr("after"),
        ]  # fmt: skip
        yield [*names, *([self.tr("distance"), self.tr("share")] if self._kind is Kind.PAIR else [])]
        yield from rows.cells(range(min(rows.rowCount(), MOST_EXPORTED)))

    def _code(self) -> str:
        answer, text = self._answer, self._session.text
        assert answer is not None
        assert text is not None
        words = ", ".join(repr(answer.stream.vocabulary.word(index)) for index in answer.asked)
        counting = counting_code(text, answer.stream.options, answer.matrix.options)
        return f"{counting}sentences = gloveui.sentences(tokens, counts, {words})\n"
