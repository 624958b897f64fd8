"""Evaluate: how many analogies models answer as people would, and how their likeness agrees with people's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from gloveui.core.analogy_questions import AnalogyOptions
from gloveui.core.evaluation import RankedPair
from gloveui.core.progress import Progress
from gloveui.evaluating import PartOfMany, Questions, evaluate_many
from gloveui.state.job_queue import JobQueue
from gloveui.state.jobs import Job
from gloveui.state.session import Session
from gloveui.state.values import Model
from gloveui.storage.export import Cell
from gloveui.views.evaluation_export import evaluation_code
from gloveui.views.evaluation_texts import EvaluationTexts
from gloveui.views.languages import Translated
from gloveui.views.models.evaluation_results import (
    PAIRS,
    EvaluationResults,
    ResultColumn,
    ResultRow,
    covered_of,
    missed_of,
    value_of,
)
from gloveui.views.models.evaluation_table import FIRST, EvaluationTableModel
from gloveui.views.models.missed_table import MissedTableModel
from gloveui.views.plots.accuracy_plot import Bars
from gloveui.views.theme import Theme
from gloveui.views.widgets.accuracy_view import AccuracyView
from gloveui.views.widgets.empty_state import EmptyState
from gloveui.views.widgets.evaluation_form import EvaluationForm
from gloveui.views.widgets.evaluation_table_view import EvaluationTableView, MissedTableView
from gloveui.views.widgets.export_button import ExportButton
from gloveui.views.widgets.panel_head import panel_head
from gloveui.views.widgets.panel_pages import PanelPages
from gloveui.views.widgets.segments import Segments
from gloveui.views.widgets.wrapped_label import wrapped_label

TABLE, BARS = "table", "bars"
WIDE = 900  # pixels: pictures and lists stand beside the table
PERCENT = 100.0


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the job that runs was given."""

    models: tuple[Model, ...]
    questions: tuple[Questions, ...]
    options: AnalogyOptions


class EvaluatePanel(Translated, QWidget):
    """Sets and models are chosen and asked at once; the table, the bars and the wrong answers follow."""

    def __init__(self, session: Session, jobs: JobQueue, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._jobs, self._theme = session, jobs, theme
        self._texts = EvaluationTexts(self)
        self._results = EvaluationResults()
        self._job: Job | None = None
        self._asked = _Asked((), (), AnalogyOptions())
        self._make_parts()
        self._arrange()
        self._connect()
        self.retranslate()
        self._show_models()

    @property
    def is_running(self) -> bool:
        """Whether questions are being asked."""
        return self._job is not None

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Evaluate"))
        self.empty.set_texts(
            self.tr("No vectors yet"),
            self.tr(
                "Press Train, or open vectors: then they are measured by questions whose answers people know."
            ),
        )
        self._name_hint()
        self.views.set_texts({TABLE: self.tr("Table"), BARS: self.tr("Bars")})
        self._show_results()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()

    def _make_parts(self) -> None:
        self.empty, self.hint = EmptyState(self._theme, "check"), EmptyState(self._theme, "check")
        self.export_button = ExportButton(self._theme)
        self.export_button.setObjectName("evaluateExport")
        self.form = EvaluationForm(self._session, self._theme, self.export_button)
        self.rows = EvaluationTableModel(self._session, self._results, self)
        self.table = EvaluationTableView(self._theme, self.rows)
        self.table.setObjectName("evaluateTable")
        self.bars_view = AccuracyView(self._theme)
        self.bars_view.setObjectName("evaluateBars")
        self.missed = MissedTableModel(self)
        self.missed_table = MissedTableView(self._theme, self.missed)
        self.missed_table.setObjectName("evaluateMissed")
        self.missed_label = wrapped_label("plain")
        self.missed_export = ExportButton(self._theme)
        self.missed_export.setObjectName("evaluateMissedExport")
        self.missed_export.offer("wrong-answers", table=self._missed_rows)
        self.views = Segments((TABLE, BARS))
        self.views.setObjectName("evaluateViews")

    def _arrange(self) -> None:
        self.missed_view = QWidget()
        missed = QVBoxLayout(self.missed_view)
        missed.setContentsMargins(0, 0, 0, 0)
        missed.setSpacing(4)
        missed.addLayout(panel_head(self.missed_label, self.missed_export))
        missed.addWidget(self.missed_table, 1)
        self.lists, self.halves = QSplitter(Qt.Orientation.Vertical), QSplitter(Qt.Orientation.Horizontal)
        for splitter, parts, sizes in (
            (self.lists, (self.table, self.missed_view), (1_000, 700)),
            (self.halves, (self.lists, self.bars_view), (1_000, 700)),
        ):
            for part in parts:
                splitter.addWidget(part)
            splitter.setChildrenCollapsible(False)
            splitter.setSizes(sizes)
        self._pages = PanelPages(self, self.empty)
        self._pages.contents.addWidget(self.form)
        self._pages.contents.addWidget(self.hint, 1)
        self._pages.contents.addWidget(self.views)
        self._pages.contents.addWidget(self.halves, 1)

    def _connect(self) -> None:
        self.form.run_asked.connect(self._run)
        self.form.cancel_asked.connect(self._cancel)
        self.form.method_changed.connect(self._show_results)
        self.views.chosen.connect(self._turn)
        self.table.selectionModel().currentChanged.connect(self._show_details)
        self.missed_table.clicked.connect(self._go_to)
        self.missed_table.activated.connect(self._go_to)
        self._session.models_changed.connect(self._show_models)
        self._theme.changed.connect(self._turn)

    def _show_models(self) -> None:
        has_any = bool(self._session.models or self._results.columns)
        self._pages.show_contents(has_any)
        self._show_results()  # a model may have changed since it was asked

    def _name_hint(self) -> None:
        if self.is_running:
            self.hint.set_texts(self.tr("The models are being asked …"), "")
        else:
            self.hint.set_texts(
                self.tr("Nothing has been asked yet"),
                self.tr("Choose questions and models, and press Evaluate."),
            )

    def _run(self) -> None:
        models, questions = self.form.models, self.form.questions
        if not models or not questions:
            return
        self._asked = _Asked(models, questions, self.form.options)
        task = evaluate_many([model.embedding for model in models], questions, self._asked.options)
        self._job = self._jobs.ask("evaluation", task)
        self._job.progressed.connect(self._take)
        self._job.finished.connect(self._end)
        self.form.show_progress(0.0)
        self._name_hint()

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _take(self, reports: Sequence[Progress]) -> None:
        if self.sender() is not self._job:
            return
        asked = self._asked
        parts = [report.detail for report in reports if isinstance(report.detail, PartOfMany)]
        for part in parts:
            model, questions = asked.models[part.model], asked.questions[part.question_set]
            self._results.add(model, asked.options, questions, part.evaluation)
        self.form.show_progress(reports[-1].fraction or 0.0)
        if parts:
            self._show_results()

    def _end(self) -> None:
        if self.sender() is self._job:
            self._job = None
            self.form.show_progress(None)
            self._name_hint()
            self._show_results()
            self._choose_what_was_asked()

    def _choose_what_was_asked(self) -> None:
        """Show the first set of those that were asked last, unless one of them is shown."""
        chosen, asked = self._chosen(), self._asked.questions
        if chosen is not None and chosen[1].questions in asked:
            return
        for place, row in enumerate(self.rows.result_rows):
            if row.questions in asked:
                self.table.setCurrentIndex(self.rows.index(place, FIRST))
                return

    def _show_results(self) -> None:
        """Show everything anew; what was chosen stays so."""
        chosen = self.table.currentIndex()
        place = (chosen.row(), chosen.column()) if chosen.isValid() else (0, FIRST)
        self.rows.show_results(self.form.method)
        has_any = bool(self.rows.result_rows)
        self.hint.setVisible(not has_any)
        self.halves.setVisible(has_any)
        if has_any:
            row, column = min(place[0], self.rows.rowCount() - 1), min(place[1], self.rows.columnCount() - 1)
            self.table.setCurrentIndex(self.rows.index(row, column))
        self._show_details()
        self._turn()
        self._offer()

    def _chosen(self) -> tuple[ResultColumn, ResultRow] | None:
        index = self.table.currentIndex()
        if not index.isValid() or not self.rows.result_columns:
            return None
        return self.rows.result_columns[self.rows.result_column(index.column())], self.rows.result_rows[
            index.row()
        ]

    def _show_details(self) -> None:
        """The bars and the wrong answers of what is chosen."""
        chosen = self._chosen()
        if chosen is None:
            self.missed.show_missed((), False)
            self.missed_label.setText("")
            return
        column, row = chosen
        method = self.form.method
        self.missed.show_missed(missed_of(column, row, method), row.kind == PAIRS)
        self.missed_label.setText(self._texts.missed(column, row, method, self._session))
        self._show_bars(row)

    def _show_bars(self, chosen: ResultRow) -> None:
        """All sections of the chosen set; or all sets of pairs."""
        method, are_pairs = self.form.method, chosen.kind == PAIRS
        rows = [
            row
            for row in self.rows.result_rows
            if (row.kind == PAIRS if are_pairs else row.questions == chosen.questions)
        ]
        factor = 1.0 if are_pairs else PERCENT
        bars = []
        for column in self.rows.result_columns:
            values = (value_of(column, row, method) for row in rows)
            scaled = tuple(None if value is None else factor * value for value in values)
            bars.append(Bars(self._texts.column_name(column, self._session), scaled))
        names = [self._texts.row_name(row) for row in rows]
        title = self.tr("Agreement with people") if are_pairs else self._texts.set_name(chosen.questions)
        if all(value is None for one in bars for value in one.values):
            self.bars_view.show_reason(title, self._why_no_bars(chosen))
            return
        measure = self._texts.measure(chosen, method)
        axis = measure if are_pairs else self.tr("right by {method} (%)").format(method=measure)
        self.bars_view.show_bars(title, names, bars, axis, 2 if are_pairs else 1)

    def _why_no_bars(self, row: ResultRow) -> str:
        columns = self.rows.result_columns
        asked = next(column for column in columns if covered_of(column, row) is not None)
        return self._texts.coverage(asked, row)

    def _go_to(self, index: QModelIndex) -> None:
        """Bring the analogy, or the first word of the pair, into focus, with the model that answered."""
        missed, chosen = self.missed.missed_at(index.row()), self._chosen()
        if chosen is not None and chosen[0].model in self._session.models:
            self._session.set_model(chosen[0].model)
        if isinstance(missed, RankedPair):
            self._session.set_focus_word(missed.first)
        else:
            self._session.set_focus_word(missed.question.expected)
            self._session.words.ask_analogy(missed.question)

    def _turn(self) -> None:
        """Everything side by side where the panel is wide; else the table or the bars."""
        is_wide = self.width() >= self._theme.pixels(WIDE)
        self.views.setVisible(not is_wide and bool(self.rows.result_rows))
        self.lists.setVisible(is_wide or self.views.key == TABLE)
        self.bars_view.setVisible(is_wide or self.views.key == BARS)

    def _offer(self) -> None:
        columns = self.rows.result_columns
        rows = self._export_rows if columns else None
        code = self._code if evaluation_code(self._session, columns) else None
        self.export_button.offer("evaluation", self._picture if columns else None, rows, code)
        self.export_button.setEnabled(bool(columns))

    def _export_rows(self) -> Iterator[Sequence[Cell]]:
        return self.rows.export_rows()

    def _missed_rows(self) -> Iterator[Sequence[Cell]]:
        return self.missed.export_rows()

    def _picture(self) -> QWidget:
        return self.bars_view

    def _code(self) -> str:
        return evaluation_code(self._session, self.rows.result_columns)
