"""A training as it runs: its loss, its pace, and how it weighs the counts."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from gloveui.core.cooccurrence import CooccurrenceMatrix
from gloveui.core.glove import GloveConfig
from gloveui.core.training import TrainingReport
from gloveui.state.job_queue import JobQueue
from gloveui.state.session import Session
from gloveui.state.values import LossHistory
from gloveui.views.languages import Translated
from gloveui.views.numbers import duration, epoch_position, grouped, speed
from gloveui.views.plots.loss_plot import LossPlot
from gloveui.views.plots.weighting_plot import WeightingPlot
from gloveui.views.theme import Theme
from gloveui.views.widgets.empty_state import EmptyState
from gloveui.views.widgets.figure_row import FigureRow

REPORTS_OF_PACE = 20  # about a second: the speed of one report is too restless to read
LOSS_ROWS, WEIGHTING_ROWS = 5, 3  # shares of the height
FIGURES = ("epoch", "loss", "speed", "left")
SETTINGS = ("dimension", "epochs", "learning_rate", "x_max", "alpha", "vectors", "seed")
VECTORS = {"sum": "W + W̃", "word": "W", "context": "W̃", "concatenated": "W‖W̃"}
NOTHING = "–"


class TrainingPanel(Translated, QWidget):
    """The loss curve with live figures over the weighting function and the settings in words."""

    def __init__(self, session: Session, jobs: JobQueue, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._share_weighed: tuple[CooccurrenceMatrix, float, float] | None = None
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
        self.empty = EmptyState(theme)
        self._arrange()
        self._connect()
        self.retranslate()

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Training"))
        self.empty.set_texts(
            self.tr("No training yet"), self.tr("Press Train, and watch here how the loss falls.")
        )
        self.scale_combo.setItemText(0, self.tr("Linear"))
        self.scale_combo.setItemText(1, self.tr("Logarithmic"))
        self.scale_combo.setAccessibleName(self.tr("Scale of the loss"))
        self.figures.set_caption("epoch", self.tr("Epoch"))
        self.figures.set_caption("loss", self.tr("Loss"))
        self.figures.set_caption("speed", self.tr("Pairs per second"))
        self.figures.set_caption("left", self.tr("Time left"))
        self.weighting_title.setText(self.tr("Weight of a pair, f(X)"))
        self._caption_settings()
        self._show_losses()
        self._show_settings()

    def _arrange(self) -> None:
        self._loss_stack = QStackedWidget()
        self._loss_stack.addWidget(self.empty)
        self._loss_stack.addWidget(self._loss_part())
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(16)
        column.addWidget(self._loss_stack, LOSS_ROWS)
        column.addLayout(self._weighting_part(), WEIGHTING_ROWS)
        column.addWidget(self.settings)

    def _loss_part(self) -> QWidget:
        header = QHBoxLayout()
        header.setSpacing(16)
        header.addWidget(self.figures, 1)
        header.addWidget(self.scale_combo, 0, Qt.AlignmentFlag.AlignTop)
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(header)
        column.addWidget(self.loss_plot, 1)
        return part

    def _weighting_part(self) -> QHBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(8)
        words.addWidget(self.weighting_title)
        words.addWidget(self.weighting_text)
        words.addWidget(self.share_text)
        words.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.weighting_plot, 1)
        row.addLayout(words, 1)
        return row

    def _connect(self) -> None:
        self._session.losses_changed.connect(self._show_losses)
        self._session.settings_changed.connect(self._show_settings)
        self._session.cooccurrence_changed.connect(self._show_settings)
        self.scale_combo.currentIndexChanged.connect(self._change_scale)

    def _change_scale(self, index: int) -> None:
        self.loss_plot.set_logarithmic(index == 1)

    def _show_losses(self) -> None:
        history = self._session.losses
        has_begun = bool(history.planned or history.reports)
        self._loss_stack.setCurrentIndex(1 if has_begun else 0)
        self.loss_plot.show_history(history)
        self._show_figures(history)

    def _show_figures(self, history: LossHistory) -> None:
        trained = [report for report in history.reports[-REPORTS_OF_PACE:] if report.pairs_per_second > 0]
        last = trained[-1] if trained else None
        position = history.reports[-1].position if history.reports else float(len(history.epochs))
        loss = history.epochs[-1] if history.epochs else (last.loss if last is not None else None)
        self.figures.set_value("epoch", f"{epoch_position(position)} / {history.planned}")
        self.figures.set_value("loss", NOTHING if loss is None else f"{loss:.3g}")
        self.figures.set_value("speed", speed(mean_pace(trained)) if trained else NOTHING)
        self.figures.set_value("left", self._time_left(history, trained, position))

    def _time_left(self, history: LossHistory, reports: list[TrainingReport], position: float) -> str:
        last = reports[-1] if reports else None
        if last is not None and position >= last.epochs:
            return self.tr("done")
        if last is None or not history.is_running:
            return NOTHING
        return duration(last.seconds_left * last.pairs_per_second / mean_pace(reports))

    def _show_settings(self) -> None:
        config = self._session.config
        self.weighting_plot.show_weighting(config.x_max, config.alpha)
        self.weighting_text.setText(self._weighting_words(config))
        self.share_text.setText(self._share_words(config))
        values = {name: f"{getattr(config, name)}" for name in SETTINGS if name != "vectors"}
        values["vectors"] = VECTORS[config.vectors]
        values["x_max"] = f"{config.x_max:,g}"
        for name, value in values.items():
            self.settings.set_value(name, value)

    def _weighting_words(self, config: GloveConfig) -> str:
        return self.tr(
            "Pairs counted {x_max} times or more weigh 1. Below, the weight is (X / x_max)^α with "
            "α = {alpha}: rare pairs say little, and very frequent ones do not drown the rest."
        ).format(x_max=f"{config.x_max:,g}", alpha=f"{config.alpha:g}")

    def _share_words(self, config: GloveConfig) -> str:
        matrix = self._session.cooccurrence
        if matrix is None:
            return ""
        return self.tr("Of the {pairs} pairs in the counts, {percent} % weigh 1.").format(
            pairs=grouped(matrix.nonzeros), percent=f"{100 * self._full_share(matrix, config.x_max):.3g}"
        )

    def _full_share(self, matrix: CooccurrenceMatrix, x_max: float) -> float:
        """Share of the pairs with full weight; found anew only for other counts or another x_max."""
        known = self._share_weighed
        if known is None or known[0] is not matrix or known[1] != x_max:
            share = full_weight_share(matrix, x_max)
            self._share_weighed = known = (matrix, x_max, share)
        return known[2]

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


def full_weight_share(matrix: CooccurrenceMatrix, x_max: float) -> float:
    """Share of the pairs whose count is x_max or more."""
    return int(np.count_nonzero(matrix.values >= np.float32(x_max))) / max(1, matrix.nonzeros)


def mean_pace(reports: Sequence[TrainingReport]) -> float:
    """Pairs per second over one or more reports, which lasted about as long each."""
    return sum(report.pairs_per_second for report in reports) / len(reports)


def _label(look: str) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty(look, True)
    return label
