"""A training as it runs: its loss, its pace, and how it weighs the counts."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QGridLayout,
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
from gloveui.state.session import LossHistory, Session
from gloveui.views.languages import Translated
from gloveui.views.plots.loss_plot import LossPlot
from gloveui.views.plots.weighting_plot import WeightingPlot
from gloveui.views.theme import Theme
from gloveui.views.widgets.empty_state import EmptyState

REPORTS_OF_PACE = 20  # about a second: the speed of one report is too restless to read
LOSS_ROWS, WEIGHTING_ROWS = 3, 2  # shares of the height
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
        self.captions = {name: _label("muted", "small") for name in FIGURES}
        self.figures = {name: _label("title") for name in FIGURES}
        self.weighting_title, self.settings_title = _label("title"), _label("title")
        self.weighting_text = _label("muted", wraps=True)
        self.setting_captions = {name: _label("muted") for name in SETTINGS}
        self.setting_values = {name: _label() for name in SETTINGS}
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
        self.captions["epoch"].setText(self.tr("Epoch"))
        self.captions["loss"].setText(self.tr("Loss"))
        self.captions["speed"].setText(self.tr("Pairs per second"))
        self.captions["left"].setText(self.tr("Time left"))
        self.weighting_title.setText(self.tr("Weight of a pair, f(X)"))
        self.settings_title.setText(self.tr("Settings"))
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

    def _loss_part(self) -> QWidget:
        header = QGridLayout()
        header.setHorizontalSpacing(24)
        header.setVerticalSpacing(0)
        for place, name in enumerate(FIGURES):
            header.addWidget(self.captions[name], 0, place)
            header.addWidget(self.figures[name], 1, place)
        header.setColumnStretch(len(FIGURES), 1)
        header.addWidget(self.scale_combo, 0, len(FIGURES) + 1, 2, 1)
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
        words.addWidget(self.weighting_text)
        words.addSpacing(4)
        words.addWidget(self.settings_title)
        settings = QFormLayout()
        settings.setHorizontalSpacing(16)
        settings.setVerticalSpacing(4)
        for name in SETTINGS:
            settings.addRow(self.setting_captions[name], self.setting_values[name])
        words.addLayout(settings)
        words.addStretch(1)
        curve = QVBoxLayout()
        curve.setSpacing(8)
        curve.addWidget(self.weighting_title)
        curve.addWidget(self.weighting_plot, 1)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addLayout(curve, 1)
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
        last = history.reports[-1] if history.reports else None
        position = last.position if last is not None else float(len(history.epochs))
        loss = history.epochs[-1] if history.epochs else (last.loss if last is not None else None)
        pace = mean_pace(history.reports[-REPORTS_OF_PACE:])
        self.figures["epoch"].setText(f"{epoch_text(position)} / {history.planned}")
        self.figures["loss"].setText(NOTHING if loss is None else f"{loss:.3g}")
        self.figures["speed"].setText(NOTHING if last is None else large_number_text(pace))
        self.figures["left"].setText(NOTHING if last is None else self._time_left(last, pace))

    def _time_left(self, report: TrainingReport, pace: float) -> str:
        if report.position >= report.epochs:
            return self.tr("done")
        seconds = round(report.seconds_left * report.pairs_per_second / max(pace, 1e-9))
        if seconds < 60:
            return self.tr("{seconds} s").format(seconds=seconds)
        if seconds < 3600:
            return self.tr("{minutes} min {seconds} s").format(minutes=seconds // 60, seconds=seconds % 60)
        return self.tr("{hours} h {minutes} min").format(hours=seconds // 3600, minutes=seconds % 3600 // 60)

    def _show_settings(self) -> None:
        config = self._session.config
        self.weighting_plot.show_weighting(config.x_max, config.alpha)
        self.weighting_text.setText(self._weighting_words(config))
        values = {name: f"{getattr(config, name)}" for name in SETTINGS if name != "vectors"}
        values["vectors"] = VECTORS[config.vectors]
        values["x_max"] = f"{config.x_max:,g}"
        for name, value in values.items():
            self.setting_values[name].setText(value)

    def _weighting_words(self, config: GloveConfig) -> str:
        text = self.tr(
            "Pairs counted {x_max} times or more weigh 1. Below, the weight is (X / x_max)^α with "
            "α = {alpha}: rare pairs say little, and very frequent ones do not drown the rest."
        ).format(x_max=f"{config.x_max:,g}", alpha=f"{config.alpha:g}")
        matrix = self._session.cooccurrence
        if matrix is None:
            return text
        share = self.tr("Of the {pairs} pairs in the counts, {percent} % weigh 1.").format(
            pairs=f"{matrix.nonzeros:,}", percent=f"{100 * self._full_share(matrix, config.x_max):.3g}"
        )
        return f"{text} {share}"

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
            self.setting_captions[name].setText(caption)


def full_weight_share(matrix: CooccurrenceMatrix, x_max: float) -> float:
    """Share of the pairs whose count is x_max or more."""
    return int(np.count_nonzero(matrix.values >= np.float32(x_max))) / max(1, matrix.nonzeros)


def mean_pace(reports: tuple[TrainingReport, ...]) -> float:
    """Pairs per second over these reports, which lasted about as long each."""
    return sum(report.pairs_per_second for report in reports) / max(1, len(reports))


def epoch_text(position: float) -> str:
    """Epochs done, with a decimal inside one: 7.4, and 15 at the end."""
    return f"{position:.0f}" if position == int(position) else f"{position:.1f}"


def large_number_text(number: float) -> str:
    """Three significant digits with a word's first letter: 22.1 M."""
    for unit, letter in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if number >= 0.9995 * unit:
            return f"{number / unit:.3g} {letter}"
    return f"{number:.3g}"


def _label(*properties: str, wraps: bool = False) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(wraps)
    for name in properties:
        label.setProperty(name, True)
    return label
