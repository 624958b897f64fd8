"""How well the model predicts the counts: all pairs, those that cost most, and the loss by count."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QSplitter, QTableView, QVBoxLayout, QWidget

from gloveui.core.cooccurrence import CooccurrenceMatrix
from gloveui.core.fit import ModelFit, survey_fit
from gloveui.core.glove import GloveConfig, GloveParameters
from gloveui.core.progress import Task
from gloveui.core.resources import Resources
from gloveui.state.job_queue import JobQueue
from gloveui.state.jobs import Job
from gloveui.state.session import Session
from gloveui.storage import export
from gloveui.views.color_maps import weights_lut
from gloveui.views.fit_export import FitHeadings, fit_code, fit_rows, has_code
from gloveui.views.languages import Translated
from gloveui.views.models import costly_pairs
from gloveui.views.models.costly_pairs import CostlyPairsModel
from gloveui.views.numbers import epoch_position, grouped
from gloveui.views.plots.color_legend import ColorLegend
from gloveui.views.plots.fit_plot import FitPlot
from gloveui.views.plots.loss_share_plot import LossSharePlot
from gloveui.views.theme import Theme
from gloveui.views.widgets.bar_delegate import BarDelegate
from gloveui.views.widgets.elided_label import ElidedLabel
from gloveui.views.widgets.empty_state import EmptyState
from gloveui.views.widgets.export_button import ExportButton
from gloveui.views.widgets.figure_row import FigureRow
from gloveui.views.widgets.panel_pages import PanelPages
from gloveui.views.widgets.quiet_table import make_quiet

WATCHER = "fit"
REST = 3  # times as long as a look at a training took: it has most of the machine, however large the counts
FIGURES = ("loss", "explained", "pairs")
ROW_HEIGHT = 24
FIGURE_COLUMNS = range(costly_pairs.COUNT, costly_pairs.SHARE)
COLUMN_MARGINS = 18  # pixels
LEGEND_WIDTH = 220
PLOT_ROWS, TABLE_ROWS = 3, 2  # shares of the height
SCATTER_COLUMNS, SHARE_COLUMNS = 3, 2  # shares of the width
NOTHING = "–"


@dataclass(frozen=True, eq=False)
class Question:
    """What is compared: counts, a model of their words, and how pairs are weighed."""

    matrix: CooccurrenceMatrix
    parameters: GloveParameters
    weighting: tuple[float, float]
    position: float | None  # epochs a running training had seen; None for a model

    def is_same(self, other: Question | None) -> bool:
        """Whether the answer would be the same."""
        if other is None:
            return False
        same_values = self.matrix is other.matrix and self.parameters is other.parameters
        return same_values and self.weighting == other.weighting


def answer(question: Question, resources: Resources) -> Task[tuple[Question, ModelFit]]:
    """The fit, with what was asked."""
    config = GloveConfig(x_max=question.weighting[0], alpha=question.weighting[1])
    fit = yield from survey_fit(question.matrix, question.parameters, config, resources)
    return question, fit


class FitPanel(Translated, QWidget):
    """Scatter, loss by count and costliest pairs; while a training runs they follow it."""

    def __init__(self, session: Session, jobs: JobQueue, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._jobs, self._theme = session, jobs, theme
        self._headings = FitHeadings(self)
        self._asked: Question | None = None
        self._job: Job | None = None
        self._shown: tuple[Question, ModelFit] | None = None
        self._begun = 0.0  # when the last question was asked
        self._rest = QTimer(self, singleShot=True)  # between two looks at a training
        self._rest.timeout.connect(self._ask)
        self._make_parts()
        self._arrange()
        self._connect()
        self._fit_type()
        self.retranslate()

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Fit"))
        self.figures.set_caption("loss", self.tr("Loss per pair"))
        self.figures.set_caption("explained", self.tr("R², weighted"))
        self.figures.set_caption("pairs", self.tr("Pairs"))
        self.figures.setToolTip(
            self.tr(
                "The loss of the model as it is now, over all pairs. Training reports it pair by pair while "
                "the model still moves, and so mostly a little more. R²: the part of the variance of log X, "
                "weighted by f(X), that the predictions explain; 1 is all of it."
            )
        )
        self.legend.set_unit(self.tr("weight f(X); stronger: more pairs"))
        self.share_title.setText(self.tr("% of pairs (grey), loss (blue)"))
        self.table.setAccessibleName(self.tr("Pairs that cost most"))
        self.pairs.refresh_headings()
        self._fit_columns()
        self._tell_what_is_missing()
        self._tell_figures()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._session.want_live(WATCHER, True)
        self._ask()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._session.want_live(WATCHER, False)

    def _make_parts(self) -> None:
        self.empty = EmptyState(self._theme)
        self.figures = FigureRow(FIGURES)
        self.legend = ColorLegend(self._theme)
        self.legend.setFixedWidth(LEGEND_WIDTH)
        self.export_button = ExportButton(self._theme)
        self.export_button.setObjectName("fitExport")
        self.plot = FitPlot(self._theme)
        self.plot.setObjectName("fitPlot")
        self.share_title = ElidedLabel()
        self.share_title.setProperty("muted", True)
        self.share_plot = LossSharePlot(self._theme)
        self.share_plot.setObjectName("lossSharePlot")
        self.note = ElidedLabel()
        self.note.setProperty("muted", True)
        self.pairs = CostlyPairsModel(self)
        self.bars = BarDelegate(self._theme, parent=self)
        self.bars.widest_text = "00.00"
        self.table = self._made_table()

    def _made_table(self) -> QTableView:
        table = QTableView()
        table.setObjectName("costlyPairs")
        table.setModel(self.pairs)
        table.setItemDelegateForColumn(costly_pairs.SHARE, self.bars)
        table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        make_quiet(table)
        header = table.horizontalHeader()
        header.setMinimumSectionSize(36)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        for column in FIGURE_COLUMNS:
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
        return table

    def _arrange(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self.figures, 1)
        top.addWidget(self.export_button, 0, Qt.AlignmentFlag.AlignTop)
        self.pictures = QSplitter(Qt.Orientation.Horizontal)
        self.pictures.addWidget(_in_a_column(self.legend, self.plot))
        self.pictures.addWidget(_in_a_column(self.share_title, self.share_plot))
        halves = QSplitter(Qt.Orientation.Vertical)
        halves.addWidget(self.pictures)
        halves.addWidget(self.table)
        for splitter, sizes in (
            (self.pictures, (SCATTER_COLUMNS, SHARE_COLUMNS)),
            (halves, (PLOT_ROWS, TABLE_ROWS)),
        ):
            splitter.setChildrenCollapsible(False)
            for place, size in enumerate(sizes):
                splitter.setStretchFactor(place, size)
            splitter.setSizes([1_000 * size for size in sizes])
        self._pages = PanelPages(self, self.empty)
        self._pages.contents.addLayout(top)
        self._pages.contents.addWidget(halves, 1)
        self._pages.contents.addWidget(self.note)

    def _connect(self) -> None:
        self._session.cooccurrence_changed.connect(self._ask)
        self._session.predictor_changed.connect(self._ask)
        self._session.model_changed.connect(self._tell_what_is_missing)
        self._session.settings_changed.connect(self._ask)
        self.plot.pair_chosen.connect(self._show_sentences)
        self.table.clicked.connect(self._show_sentences_of_row)
        self.table.activated.connect(self._show_sentences_of_row)
        self._theme.changed.connect(self._fit_type)

    def _question(self) -> Question | None:
        session = self._session
        matrix, parameters = session.cooccurrence, session.predictor
        if matrix is None or parameters is None:
            return None
        live = session.live
        position = live.position if live is not None and live.parameters is parameters else None
        return Question(matrix, parameters, (session.config.x_max, session.config.alpha), position)

    def _ask(self) -> None:
        """Compare what is there now, unless that is known, asked already, or nobody would see it."""
        question = self._question()
        if self._shown is not None and (question is None or question.matrix is not self._shown[0].matrix):
            self._show(None)
        self._tell_what_is_missing()
        if question is None or not self.isVisible():
            return
        is_known = self._job is None and self._shown is not None and question.is_same(self._shown[0])
        is_busy = self._job is not None or self._rest.isActive()
        if is_known or (is_busy and self._can_wait(question)):
            return
        resources = self._session.resources
        if question.position is not None:  # the other threads are for the training
            resources = replace(resources, threads=1)
        self._asked, self._begun = question, time.perf_counter()
        self._job = self._jobs.ask("fit", answer(question, resources))
        self._job.succeeded.connect(self._take)
        self._job.finished.connect(self._go_on)

    def _can_wait(self, question: Question) -> bool:
        """Whether the awaited answer comes first: it is the same, or of a moment ago in the same training."""
        asked = self._asked
        if asked is None or question.is_same(asked):
            return True
        both_live = question.position is not None and asked.position is not None
        return both_live and question.matrix is asked.matrix and question.weighting == asked.weighting

    def _take(self, result: tuple[Question, ModelFit]) -> None:
        if result[0] is self._asked and result[0].matrix is self._session.cooccurrence:
            self._show(result)

    def _go_on(self) -> None:
        """Ask anew if things have moved on meanwhile; a question that failed is not asked again."""
        if self.sender() is not self._job:
            return
        self._job = None
        if self._asked is not None and self._asked.position is not None:
            self._rest.start(round(1_000 * REST * (time.perf_counter() - self._begun)))
        question = self._question()
        if question is not None and not question.is_same(self._asked):
            self._ask()
        self._tell_what_is_missing()

    def _show(self, shown: tuple[Question, ModelFit] | None) -> None:
        self._shown = shown
        if shown is not None:
            question, fit = shown
            word = question.matrix.vocabulary.word
            self.plot.show_fit(fit, question.weighting, word)
            self.share_plot.show_groups(fit.groups)
            self.pairs.show_fit(fit, word)
            self._fit_columns()
            self.bars.set_range(0.0, self.pairs.largest_share or 1.0)
            code = self._code if has_code(self._session, question.parameters) else None
            self.export_button.offer("fit", self._picture, self._rows, code)
        self._tell_figures()
        self._tell_what_is_missing()

    def _tell_what_is_missing(self) -> None:
        if self._shown is None:
            self.empty.set_texts(*self._missing())
        self._pages.show_contents(self._shown is not None)

    def _missing(self) -> tuple[str, str]:
        session = self._session
        if session.cooccurrence is None:
            return self.tr("No counts yet"), self.tr("Open a text, and press Train to get a model of it.")
        if session.predictor is not None:
            return self.tr("Comparing …"), self.tr("Every pair is predicted and compared with its count.")
        if session.model is None:
            return self.tr("No model yet"), self.tr(
                "Press Train, and see here which counts the model predicts well, and which it does not."
            )
        if session.model.embedding.parameters is None:
            return self.tr("This model cannot be compared"), self.tr(
                "It has word vectors alone, without context vectors and biases. Train GloVe to make one that "
                "has them."
            )
        return self.tr("This model is of other words"), self.tr(
            "Press Train to make one of the present counts, or choose another model at the top."
        )

    def _tell_figures(self) -> None:
        fit = self._shown[1] if self._shown is not None else None
        self.figures.set_value("loss", NOTHING if fit is None else f"{fit.mean_loss:.4g}")
        explained = float("nan") if fit is None else fit.r_squared
        self.figures.set_value("explained", f"{explained:.3f}" if np.isfinite(explained) else NOTHING)
        self.figures.set_value("pairs", NOTHING if fit is None else grouped(fit.pairs))
        self.note.setText(self._note_text())

    def _note_text(self) -> str:
        if self._shown is None:
            return ""
        question, fit = self._shown
        notes = []
        if question.position is not None:
            notes.append(self.tr("Training: epoch {epoch}").format(epoch=epoch_position(question.position)))
        if fit.below or fit.above:
            notes.append(
                self.tr("Pairs out of the picture: {above} above, {below} below").format(
                    above=grouped(fit.above), below=grouped(fit.below)
                )
            )
        if fit.undefined:
            notes.append(
                self.tr("Predictions that are no numbers: {pairs}").format(pairs=grouped(fit.undefined))
            )
        listed = grouped(len(fit.costliest))
        notes.append(self.tr("Costliest pairs listed: {count}").format(count=listed))
        return " · ".join(notes)

    def _show_sentences_of_row(self, index: QModelIndex) -> None:
        self._show_sentences(self.pairs.ids_at(index.row()))

    def _show_sentences(self, pair: tuple[int, int]) -> None:
        if self._shown is not None:
            word, context = map(self._shown[0].matrix.vocabulary.word, pair)
            self._session.set_focus_word(word)
            self._session.show_evidence(word, context)

    def _fit_columns(self) -> None:
        """As wide as their texts; measured here, for Qt would ask for ten things of every cell."""
        metrics, rows = self.table.fontMetrics(), range(self.pairs.rowCount())
        for column in FIGURE_COLUMNS:
            texts = [str(self.pairs.headerData(column, Qt.Orientation.Horizontal))]
            texts += [str(self.pairs.index(row, column).data()) for row in rows]
            longest = max(map(metrics.horizontalAdvance, texts))
            self.table.setColumnWidth(column, longest + COLUMN_MARGINS)

    def _fit_type(self) -> None:
        self._fit_columns()
        self.table.verticalHeader().setDefaultSectionSize(self._theme.pixels(ROW_HEIGHT))
        lut = weights_lut(self._theme.palette)
        self.legend.set_scale(lut, [(0.0, "0"), (0.5, "0.5"), (1.0, "1")])

    def _picture(self) -> QWidget:
        return self.pictures

    def _rows(self) -> Iterable[Sequence[export.Cell]]:
        if self._shown is None:
            return ()
        return fit_rows(self._shown[0].matrix, self._shown[1], self._headings)

    def _code(self) -> str:
        if self._shown is None:
            return ""
        question = self._shown[0]
        return fit_code(self._session, question.parameters, question.weighting)


def _in_a_column(heading: QWidget, plot: QWidget) -> QWidget:
    """A plot under what is said about it; both are in a picture that is saved."""
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    column.addWidget(heading)
    column.addWidget(plot, 1)
    return whole
