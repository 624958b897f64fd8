"""A training as it runs: its loss, its pace, and how it weighs the counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from gloveui.core.cooccurrence import CooccurrenceMatrix
from gloveui.core.count_histogram import CountHistogram, count_histogram, pairs_from
from gloveui.core.glove import GloveConfig
from gloveui.core.progress import Task
from gloveui.core.resources import Resources
from gloveui.core.training import TrainingReport
from gloveui.state.job_queue import JobQueue
from gloveui.state.session import Session
from gloveui.state.values import WITHOUT_LOSS, LossHistory
from gloveui.storage import export
from gloveui.storage.export_code import training_code
from gloveui.views.languages import Translated
from gloveui.views.loss_names import loss_name
from gloveui.views.numbers import duration, epoch_position, grouped, speed
from gloveui.views.plots.loss_plot import LossPlot
from gloveui.views.plots.weighting_plot import WeightingPlot
from gloveui.views.theme import Theme
from gloveui.views.widgets.empty_state import EmptyState
from gloveui.views.widgets.export_button import ExportButton
from gloveui.views.widgets.figure_row import FigureRow
from gloveui.views.widgets.segments import Segments
from gloveui.views.widgets.watched_now import WatchedNow

REPORTS_OF_PACE = 20  # about a second: the speed of one report is too restless to read
LOSS_ROWS, WEIGHTING_ROWS = 3, 2  # shares of the height
PLOT_COLUMNS, WORD_COLUMNS = 3, 2  # shares of the width
FIGURES = ("method", "epoch", "loss", "speed", "left")
METHODS = {"glove": "GloVe", "lsa": "LSA", "ppmi": "PPMI", "word2vec": "Word2Vec"}
SETTINGS = ("dimension", "epochs", "learning_rate", "x_max", "alpha", "vectors", "seed")
VECTORS = {"sum": "W + W̃", "word": "W", "context": "W̃", "concatenated": "W‖W̃"}
PAGES = WEIGHTING_PAGE, WORDS_PAGE = "weighting", "words"
NOTHING = "–"


@dataclass(frozen=True, eq=False)
class WeighedCounts:
    """How counts are spread, and how many of their pairs have a full weight with one x_max."""

    matrix: CooccurrenceMatrix
    histogram: CountHistogram
    x_max: float
    full_pairs: int


def weigh(
    matrix: CooccurrenceMatrix, known: CountHistogram | None, x_max: float, resources: Resources
) -> Task[WeighedCounts]:
    """Count the pairs with full weight, after making a histogram where none is known."""
    histogram = known if known is not None else (yield from count_histogram(matrix, resources))
    return WeighedCounts(matrix, histogram, x_max, (yield from pairs_from(matrix, x_max)))


class TrainingPanel(Translated, QWidget):
    """The loss curve with live figures over the weighting function and the settings in words.

    x_max and α can be dragged in the picture of the weighting function.
    """

    def __init__(self, session: Session, jobs: JobQueue, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._jobs = session, jobs
        self._weighed: WeighedCounts | None = None
        self._asked: tuple[CooccurrenceMatrix, float] | None = None
        self.loss_plot = LossPlot(theme)
        self.loss_plot.setObjectName("trainingLossPlot")
        self.weighting_plot = WeightingPlot(theme)
        self.weighting_plot.setObjectName("weightingPlot")
        self.scale_combo = QComboBox()
        self.scale_combo.setObjectName("trainingScale")
        self.scale_combo.addItems(["", ""])
        self.figures, self.settings = FigureRow(FIGURES), FigureRow(SETTINGS)
        self.weighting_title = _label("title")
        self.weighting_text, self.share_text = _label("muted"), _label("muted")
        self.page_choice = Segments(PAGES)
        self.page_choice.setObjectName("trainingPages")
        self.watched = WatchedNow(session, jobs, theme)
        self._is_page_chosen = False
        self.empty = EmptyState(theme)
        self.export_button = ExportButton(theme)
        self.export_button.setObjectName("trainingExport")
        self._arrange()
        self._connect()
        self.retranslate()

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Training"))
        self._name_empty()
        self.scale_combo.setItemText(0, self.tr("Linear"))
        self.scale_combo.setItemText(1, self.tr("Log"))
        self.scale_combo.setAccessibleName(self.tr("Scale of the loss"))
        self.figures.set_caption("method", self.tr("Method"))
        self.figures.set_caption("epoch", self.tr("Epoch"))
        self.figures.set_caption("loss", self.tr("Loss"))
        self.figures.set_caption("speed", self.tr("Pairs / s"))
        self.figures.set_caption("left", self.tr("Time left"))
        self.page_choice.set_texts(
            {WEIGHTING_PAGE: self.tr("Weighting"), WORDS_PAGE: self.tr("Pinned words")}
        )
        self.weighting_title.setText(self.tr("Weight of a pair, f(X)"))
        self.weighting_text.setToolTip(
            self.tr(
                "Rare pairs say little, and very frequent ones are not to drown the rest. Drag the line or "
                "the point in the picture to change x_max or α."
            )
        )
        self._caption_settings()
        self._show_losses()
        self._show_settings()

    def _arrange(self) -> None:
        self._loss_stack = QStackedWidget()
        self._loss_stack.addWidget(self.empty)
        self._loss_stack.addWidget(self.loss_plot)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        column.addWidget(self._header())
        column.addWidget(self._pictures(), 1)
        column.addWidget(self.settings)

    def _pictures(self) -> QWidget:
        self.pictures = QWidget()
        column = QVBoxLayout(self.pictures)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._loss_stack, LOSS_ROWS)
        column.addLayout(self._lower_part(), WEIGHTING_ROWS)
        return self.pictures

    def _lower_part(self) -> QVBoxLayout:
        self._pages = QStackedWidget()
        self._pages.addWidget(self._weighting_part())
        self._pages.addWidget(self.watched)
        column = QVBoxLayout()
        column.setSpacing(6)
        column.addWidget(self.page_choice)
        column.addWidget(self._pages, 1)
        return column

    def _header(self) -> QWidget:
        self._figures_row = QWidget()
        row = QHBoxLayout(self._figures_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.figures, 1)
        row.addWidget(self.scale_combo, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.export_button, 0, Qt.AlignmentFlag.AlignTop)
        return self._figures_row

    def _weighting_part(self) -> QWidget:
        words = QVBoxLayout()
        words.setSpacing(6)
        words.addWidget(self.weighting_title)
        words.addWidget(self.weighting_text)
        words.addWidget(self.share_text)
        words.addStretch(1)
        part = QWidget()
        row = QHBoxLayout(part)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self.weighting_plot, PLOT_COLUMNS)
        row.addLayout(words, WORD_COLUMNS)
        return part

    def _connect(self) -> None:
        self._session.losses_changed.connect(self._show_losses)
        self._session.settings_changed.connect(self._show_settings)
        self._session.states_changed.connect(self._show_whose_settings)
        self._session.cooccurrence_changed.connect(self._show_settings)
        self._session.text_changed.connect(self._offer_exports)
        self.weighting_plot.dragged.connect(self._follow_drag)
        self.weighting_plot.chosen.connect(self._take_weighting)
        self.weighting_plot.taken_back.connect(self._show_settings)
        self.scale_combo.currentIndexChanged.connect(self._change_scale)
        self.page_choice.chosen.connect(self._choose_page)

    def _choose_page(self, page: str) -> None:
        self._is_page_chosen = True
        self._show_page(page)

    def _show_page(self, page: str) -> None:
        self.page_choice.choose(page)
        self._pages.setCurrentIndex(PAGES.index(page))

    def _change_scale(self, index: int) -> None:
        self.loss_plot.set_logarithmic(index == 1)

    def _name_empty(self) -> None:
        if self._session.losses.method in WITHOUT_LOSS:
            title = self.tr("This method has no loss")
            self.empty.set_texts(title, self.tr("It finds its vectors in one go: there is nothing to watch."))
        else:
            title = self.tr("No training yet")
            self.empty.set_texts(title, self.tr("Press Train, and watch here how the loss falls."))

    def _show_losses(self) -> None:
        history = self._session.losses
        self._name_empty()
        has_begun = bool(history.planned or history.reports)
        self._loss_stack.setCurrentIndex(1 if has_begun else 0)
        if history.is_running and not self._is_page_chosen:
            self._show_page(WORDS_PAGE)  # where something can be seen to be learned
        self._figures_row.setVisible(has_begun)
        self.loss_plot.show_history(history)
        self._show_figures(history)

    def _show_figures(self, history: LossHistory) -> None:
        trained = [report for report in history.reports[-REPORTS_OF_PACE:] if report.pace > 0]
        last = trained[-1] if trained else None
        position = history.reports[-1].position if history.reports else float(len(history.epochs))
        loss = history.epochs[-1] if history.epochs else (last.loss if last is not None else None)
        self.figures.set_value("method", METHODS[history.method])
        self.figures.set_value("epoch", f"{epoch_position(position)} / {history.planned}")
        self.figures.set_value("loss", NOTHING if loss is None else f"{loss:.3g}")
        is_of_words = history.method == "word2vec"
        self.figures.set_caption("speed", self.tr("Words / s") if is_of_words else self.tr("Pairs / s"))
        self.figures.set_value("speed", speed(mean_pace(trained)) if trained else NOTHING)
        self.figures.set_value("left", self._time_left(history, last, position))

    def _time_left(self, history: LossHistory, last: TrainingReport | None, position: float) -> str:
        if last is not None and position >= last.epochs:
            return self.tr("done")
        if last is None or not history.is_running:
            return NOTHING
        return duration(last.seconds_left)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._weigh()

    def _show_whose_settings(self) -> None:
        """The settings at the bottom are those of GloVe: seen while that is the method."""
        self.settings.setVisible(isinstance(self._session.wanted, GloveConfig))

    def _show_settings(self) -> None:
        config = self._session.config
        if not self.weighting_plot.is_dragged:
            self.weighting_plot.show_weighting(config.x_max, config.alpha)
            self._tell_weighting(config)
        values = {name: f"{getattr(config, name)}" for name in SETTINGS if name != "vectors"}
        values["vectors"] = VECTORS[config.vectors]
        values["x_max"] = f"{config.x_max:,g}"
        for name, value in values.items():
            self.settings.set_value(name, value)
        self._weigh()
        self._offer_exports()

    def _weigh(self) -> None:
        """Find out how many pairs have the full weight, where that is not known and somebody looks."""
        matrix, x_max, known = self._session.cooccurrence, self._session.config.x_max, self._weighed
        if known is not None and known.matrix is not matrix:
            self._weighed = known = None
            self.weighting_plot.show_histogram(None)
        if matrix is None or not self.isVisible() or self._asked == (matrix, x_max):
            return
        self._asked = matrix, x_max
        histogram = None if known is None else known.histogram
        job = self._jobs.ask("weights", weigh(matrix, histogram, x_max, self._session.resources))
        job.succeeded.connect(self._take_weighed)

    def _take_weighed(self, weighed: WeighedCounts) -> None:
        if weighed.matrix is not self._session.cooccurrence:
            return
        is_first = self._weighed is None
        self._weighed = weighed
        if is_first:
            self.weighting_plot.show_histogram(weighed.histogram)
        if not self.weighting_plot.is_dragged:
            self._tell_weighting(self._session.config)

    def _follow_drag(self, x_max: float, alpha: float) -> None:
        self._tell_weighting(replace(self._session.config, x_max=x_max, alpha=alpha))

    def _take_weighting(self, x_max: float, alpha: float) -> None:
        self._session.set_config(replace(self._session.config, x_max=x_max, alpha=alpha))

    def _tell_weighting(self, config: GloveConfig) -> None:
        self.weighting_text.setText(self._weighting_words(config))
        self.share_text.setText(self._share_words(config))

    def _weighting_words(self, config: GloveConfig) -> str:
        return self.tr(
            "Pairs counted {x_max} times or more weigh 1, rarer ones (X / x_max)^α with α = {alpha}."
        ).format(x_max=f"{config.x_max:,g}", alpha=f"{config.alpha:g}")

    def _share_words(self, config: GloveConfig) -> str:
        known = self._weighed
        if known is None:
            return ""
        is_exact = known.x_max == config.x_max
        pairs = known.histogram.total
        share = known.full_pairs / pairs if is_exact else known.histogram.share_from(config.x_max)
        return self.tr("Of the {pairs} pairs in the counts, {percent} % weigh 1.").format(
            pairs=grouped(pairs), percent=f"{100 * share:.3g}"
        )

    def _offer_exports(self) -> None:
        has_code = self._session.text is not None
        self.export_button.offer("training", self._picture, self._rows, self._code if has_code else None)

    def _picture(self) -> QWidget:
        return self.pictures

    def _rows(self) -> Iterator[Sequence[export.Cell]]:
        """The loss of each epoch, and under it how the counts are spread and weigh."""
        yield self.tr("epoch"), loss_name(self._session.losses.method)
        yield from enumerate(self._session.losses.epochs, start=1)
        if self._weighed is None:
            return
        yield []
        yield self.tr("X from"), self.tr("X to"), self.tr("pairs")
        edges = self.weighting_plot.bar_edges()
        pairs = self._weighed.histogram.grouped(edges)
        yield from zip(edges[:-1].tolist(), edges[1:].tolist(), pairs.tolist(), strict=True)

    def _code(self) -> str:
        session = self._session
        if session.text is None:
            return ""
        origin = None if session.start is None else session.start.origin
        settings = session.token_options, session.count_options, session.config
        return training_code(session.text, *settings, origin)

    def _caption_settings(self) -> None:
        captions = {
            "dimension": self.tr("Dimension D"),
            "epochs": self.tr("Epochs"),
            "learning_rate": self.tr("Learning rate η"),
            "x_max": self.tr("x_max"),
            "alpha": self.tr("α"),
            "vectors": self.tr("Vectors"),
            "seed": self.tr("Seed"),
        }
        for name, caption in captions.items():
            self.settings.set_caption(name, caption)


def mean_pace(reports: Sequence[TrainingReport]) -> float:
    """Pairs or words per second over one or more reports, which lasted about as long each."""
    return sum(report.pace for report in reports) / len(reports)


def _label(look: str) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty(look, True)
    return label
