"""Analogies: the word that is to one word as a second is to a first, one question or many."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QSplitter, QWidget

from gloveui.core.analogy_examples import example_questions
from gloveui.core.analogy_questions import (
    AnalogyAnswer,
    AnalogyOptions,
    AnalogyQuestion,
    answer_all,
    answer_question,
)
from gloveui.core.embedding import Embedding
from gloveui.core.progress import Progress, run_to_end
from gloveui.state.job_queue import JobQueue
from gloveui.state.jobs import Job
from gloveui.state.session import Session
from gloveui.storage import export
from gloveui.storage.analogy_sections import bundled_sections
from gloveui.views.analogy_export import answer_rows, question_code, sheet_code
from gloveui.views.analogy_texts import AnalogyTexts
from gloveui.views.languages import Translated
from gloveui.views.similarity_export import has_code
from gloveui.views.theme import Theme
from gloveui.views.widgets.analogy_answer_view import AnalogyAnswerView
from gloveui.views.widgets.analogy_chips import AnalogyChips
from gloveui.views.widgets.analogy_fields import AnalogyFields, named
from gloveui.views.widgets.analogy_options import AnalogyOptionsRow
from gloveui.views.widgets.analogy_sheet import AnalogySheet
from gloveui.views.widgets.elided_label import ElidedLabel
from gloveui.views.widgets.empty_state import EmptyState
from gloveui.views.widgets.export_button import ExportButton
from gloveui.views.widgets.flow_layout import FlowLayout
from gloveui.views.widgets.model_note import ModelNote
from gloveui.views.widgets.panel_head import OptionsButton, panel_head
from gloveui.views.widgets.panel_pages import PanelPages
from gloveui.views.widgets.segments import Segments

ONE, SEVERAL = "one", "several"
FEW_NUMBERS = 400_000  # of a model that answers within a frame; others do so beside the window
USUAL_EXAMPLES = (
    AnalogyQuestion("man", "woman", "boy", "girl"),
    AnalogyQuestion("남자", "여자", "소년", "소녀"),
)
LINES_OF_EXAMPLES = 3  # while there is no answer that needs the room
MOST_MARKED = 24  # examples that are tried
WIDE, LOW = 820, 480  # pixels: the sheet stands beside the answer; there is no room for what tooltips say


class AnalogyPanel(Translated, QWidget):
    """a : b = c : ?, with the parallelogram; or a sheet of such questions, a line of which is shown so."""

    def __init__(self, session: Session, jobs: JobQueue, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._jobs, self._theme = session, jobs, theme
        self._texts = AnalogyTexts(self)
        self._job: Job | None = None  # answers the question in the fields
        self._sheet_job: Job | None = None
        self._examples_job: Job | None = None
        self._shown: tuple[Embedding, AnalogyOptions] | None = None  # what the answer in sight is from
        self._marked: Embedding | None = None  # whose examples have been tried
        self._sheet_asked: Embedding | None = None  # what the sheet was filled for
        self._make_parts()
        self._arrange()
        self._connect()
        self._show_model()
        self.retranslate()

    @property
    def mode(self) -> str:
        """Whether one question is asked or several."""
        return self.modes.key

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Analogy"))
        self.empty.set_texts(
            self.tr("No vectors yet"),
            self.tr("Press Train, or open vectors: then ask for words, such as man : woman = boy : ?"),
        )
        self.modes.set_texts({ONE: self.tr("One"), SEVERAL: self.tr("Several")})
        self.modes.button(ONE).setToolTip(self.tr("One question, with its answers and the picture"))
        self.modes.button(SEVERAL).setToolTip(self.tr("Many questions in a table, of one relation or typed"))
        self.options_button.explain(self.tr("How many answers, among which words"))
        self.hint_label.setText(self.tr("Choose an example, or fill in three words"))
        self._tell()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._catch_up()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._stop_sheet()  # the rest is answered when it is seen again

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()
        self.note_label.setVisible(self.height() >= LOW)

    def show_mode(self, mode: str) -> None:
        """Ask one question or several."""
        self.modes.choose(mode)
        self._show_mode()

    def _make_parts(self) -> None:
        self.empty = EmptyState(self._theme, "search")
        self.modes = Segments((ONE, SEVERAL))
        self.modes.button(ONE).setObjectName("analogyOne")
        self.modes.button(SEVERAL).setObjectName("analogySeveral")
        self.options_row = AnalogyOptionsRow()
        self.options_row.hide()
        self.options_button = OptionsButton(self._theme)
        self.options_button.setObjectName("analogyOptions")
        self.export_button = ExportButton(self._theme)
        self.export_button.setObjectName("analogyExport")
        self.fields = AnalogyFields(self._session, self._theme)
        self.edits = self.fields.edits
        self.examples = AnalogyChips()
        self.unknown_label = ElidedLabel()
        self.answer_view = AnalogyAnswerView(self._theme)
        self.table, self.answer_label = self.answer_view.table, self.answer_view.answer_label
        self.sheet = AnalogySheet(self._theme)
        self.hint_label = QLabel()
        self.hint_label.setProperty("muted", True)
        self.hint_label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.model_note = ModelNote(self._session)
        self.note_label = ElidedLabel()
        self.note_label.setProperty("muted", True)

    def _arrange(self) -> None:
        asked = QWidget()
        flow = FlowLayout(asked, spacing=8)
        for part in (self.modes, self.options_row.method_box):
            flow.addWidget(part)
        asked.setSizePolicy(self.modes.sizePolicy())
        self.halves = QSplitter(Qt.Orientation.Vertical)
        self.halves.addWidget(self.answer_view)
        self.halves.addWidget(self.sheet)
        self.halves.setChildrenCollapsible(False)
        self.halves.setSizes([1_000, 1_000])
        self._pages = PanelPages(self, self.empty)
        outer = self._pages.contents
        outer.addLayout(panel_head(asked, self.options_button, self.export_button))
        for widget in (self.options_row, self.model_note, self.fields, self.examples, self.unknown_label):
            outer.addWidget(widget)
        outer.addWidget(self.halves, 1)
        outer.addWidget(self.hint_label, 1)
        outer.addWidget(self.note_label)

    def _connect(self) -> None:
        self.modes.chosen.connect(self._show_mode)
        self.options_button.toggled.connect(self.options_row.setVisible)
        self.options_row.changed.connect(self._ask_everything)
        self.options_row.count_changed.connect(self._ask)
        self.fields.asked.connect(self._ask)
        self.examples.chosen.connect(self._take_question)
        self.answer_view.word_chosen.connect(self._session.set_focus_word)
        self.sheet.asked.connect(self._ask_sheet)
        self.sheet.line_chosen.connect(self._take_question)
        self._session.model_changed.connect(self._show_model)
        self._session.words.analogy_asked.connect(self._show_question)

    def _show_model(self) -> None:
        embedding = self._session.embedding
        self._shown = self._marked = self._sheet_asked = self._job = self._examples_job = None
        self._stop_sheet()
        if embedding is not None:
            self.options_row.show_size(len(embedding))
        # Last: shown before it is arranged, the page would ask for room for all of its parts, and keep it.
        self._show_mode()
        self._pages.show_contents(embedding is not None)

    def _catch_up(self) -> None:
        """Answer and offer what is in sight for the model that is shown now."""
        embedding = self._session.embedding
        if embedding is None or not self.isVisible():
            return
        if self._shown is None or self._shown[0] is not embedding:
            self._ask()
        if self._marked is not embedding:
            self._offer_examples(embedding)
        if self.mode == SEVERAL and self._sheet_asked is not embedding:
            self._sheet_asked = embedding
            self.sheet.show_vocabulary(embedding.vocabulary, bundled_sections())
        elif self.mode == SEVERAL and self._sheet_job is None:
            self._ask_sheet()

    def _show_mode(self) -> None:
        is_one = self.mode == ONE
        self.fields.setVisible(is_one)
        self.sheet.setVisible(not is_one)
        self.examples.setVisible(is_one and bool(self.examples.examples))
        self._catch_up()
        self._turn()
        self._tell()

    def _turn(self) -> None:
        """The sheet beside the answer where the panel is wide, else under it."""
        is_wide = self.width() >= WIDE
        self.halves.setOrientation(Qt.Orientation.Horizontal if is_wide else Qt.Orientation.Vertical)

    def _offer_examples(self, embedding: Embedding) -> None:
        self._marked = embedding
        usual = [one for one in USUAL_EXAMPLES if not one.unknown(embedding.vocabulary)]
        found = dict.fromkeys([*usual, *example_questions(embedding.vocabulary, bundled_sections())])
        self.examples.set_examples(tuple(found))
        self.examples.setVisible(self.mode == ONE and bool(found))
        self._try_examples(embedding)

    def _try_examples(self, embedding: Embedding) -> None:
        tried = self.examples.examples[:MOST_MARKED]
        if tried:
            task = answer_all(embedding, tried, self.options_row.options)
            self._examples_job = self._jobs.ask("analogy examples", task)
            self._examples_job.succeeded.connect(self._mark_examples)

    def _mark_examples(self, answers: Sequence[AnalogyAnswer]) -> None:
        if self.sender() is self._examples_job and self._marked is self._session.embedding:
            self.examples.mark_right(answers)
            self.examples.setVisible(self.mode == ONE)

    def _take_question(self, question: AnalogyQuestion) -> None:
        self.fields.set_question(question)
        self._ask()

    def _show_question(self, question: AnalogyQuestion) -> None:
        """Ask what another panel has."""
        self.show_mode(ONE)
        self._take_question(question)

    def _ask_everything(self) -> None:
        """Ask anew what is in sight, in another way."""
        self._ask()
        if self._marked is not None and self._marked is self._session.embedding:
            self._try_examples(self._marked)
        if self.mode == SEVERAL:
            self.sheet.ask_again()
        else:
            self._sheet_asked = None

    def _ask(self) -> None:
        """Answer what stands in the fields; beside the window where that takes long."""
        embedding, question = self._session.embedding, self.fields.question
        self._job = None
        if embedding is None:
            return
        unknown = question.unknown(embedding.vocabulary)
        self.fields.mark_unknown(unknown)
        if not all(question.given) or set(unknown) & set(question.given):
            self._take(AnalogyAnswer(question, (), unknown))
            return
        task = answer_question(embedding, question, self.options_row.options, self.options_row.count)
        if embedding.vectors.size <= FEW_NUMBERS:
            self._take(run_to_end(task))
        else:
            self._job = self._jobs.ask("analogy", task)
            self._job.succeeded.connect(self._take_from_job)

    def _take_from_job(self, answer: AnalogyAnswer) -> None:
        if self.sender() is self._job:
            self._job = None
            self._take(answer)

    def _take(self, answer: AnalogyAnswer) -> None:
        embedding, options = self._session.embedding, self.options_row.options
        if embedding is not None:
            self._shown = embedding, options
            self.answer_view.show_answer(embedding, answer, options.method)
            self._tell()

    def _ask_sheet(self) -> None:
        """Answer the lines that have no answer yet."""
        embedding, questions = self._session.embedding, self.sheet.unanswered
        self._stop_sheet()
        if embedding is not None and questions and self.isVisible():
            task = answer_all(embedding, questions, self.options_row.options)
            self._sheet_job = self._jobs.ask("analogy sheet", task)
            self._sheet_job.progressed.connect(self._add_answers)
            self._sheet_job.finished.connect(self._end_sheet)
        self._tell()

    def _stop_sheet(self) -> None:
        job, self._sheet_job = self._sheet_job, None
        if job is not None:
            job.cancel()

    def _end_sheet(self) -> None:
        if self.sender() is self._sheet_job:
            self._sheet_job = None

    def _add_answers(self, reports: Sequence[Progress]) -> None:
        if self.sender() is self._sheet_job:
            self.sheet.add_answers([answer for report in reports for answer in report.detail])

    def _tell(self) -> None:
        """Say what is unknown and how questions are answered, and show what there is to show."""
        embedding, answer = self._session.embedding, self.answer_view.answer
        has_answer = answer is not None and bool(answer.found)
        unknown = answer.unknown if answer is not None else ()
        self.unknown_label.setText(self.tr("Not in the vocabulary: {words}").format(words=named(unknown)))
        self.unknown_label.setVisible(bool(unknown) and self.mode == ONE)
        # First: a part that is shown makes room for itself at once, if need be from other panels.
        self.examples.set_lines(1 if has_answer else LINES_OF_EXAMPLES)
        self.hint_label.setVisible(not has_answer and self.mode == ONE)
        is_in_sight = has_answer and (self.mode == ONE or self.sheet.has_chosen)
        self.answer_view.setVisible(is_in_sight)
        self.halves.setVisible(is_in_sight or self.mode == SEVERAL)
        how = "" if embedding is None else self._texts.how(self.options_row.options, embedding)
        self.note_label.setText(how)
        self._offer()

    def _offer(self) -> None:
        answer = self.answer_view.answer
        has_answer = answer is not None and bool(answer.found)
        is_one = self.mode == ONE
        has_table = has_answer if is_one else bool(self.sheet.questions)
        code = self._code if has_table and has_code(self._session) else None
        self.export_button.offer(
            "analogy" if is_one else "analogies",
            self.answer_view.picture if has_answer else None,
            self._rows if has_table else None,
            code,
        )
        self.export_button.setEnabled(has_table or has_answer)

    def _rows(self) -> Iterator[Sequence[export.Cell]]:
        answer = self.answer_view.answer
        if self.mode == SEVERAL:
            return self.sheet.rows.rows()
        assert answer is not None
        headings = self.tr("word"), self._texts.method(self.options_row.options.method), self.tr("count")
        return answer_rows(answer, headings)

    def _code(self) -> str:
        answer, options = self.answer_view.answer, self.options_row.options
        if self.mode == SEVERAL:
            known = [one for one in self.sheet.questions if not self._is_unknown(one)]
            return sheet_code(self._session, known, options)
        assert answer is not None
        return question_code(self._session, answer.question, options, self.options_row.count)

    def _is_unknown(self, question: AnalogyQuestion) -> bool:
        vocabulary = self._session.vocabulary
        return vocabulary is None or bool(question.unknown(vocabulary))
