"""The column at the left: the three steps from text to vectors with their settings, and the loss."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from gloveui.state.forecaster import Forecaster
from gloveui.state.pipeline import Pipeline
from gloveui.state.session import Session
from gloveui.state.values import Stage, StageState
from gloveui.views.steps.counts_step import CountsStep
from gloveui.views.steps.loss_step import LossStep
from gloveui.views.steps.preset_choice import PresetChoice
from gloveui.views.steps.step_card import StepCard
from gloveui.views.steps.text_step import TextStep
from gloveui.views.steps.training_step import TrainingStep
from gloveui.views.theme import Theme
from gloveui.views.widgets.card import CardStatus

WIDTH = 340
SCROLL_BAR_ROOM = 10

_STATUS = {
    StageState.MISSING: CardStatus.EMPTY,
    StageState.STALE: CardStatus.STALE,
    StageState.FRESH: CardStatus.DONE,
}


class PipelineColumn(QScrollArea):
    """Cards for text, counts, training and loss; scrolls where the window is low or large type is wide."""

    def __init__(
        self,
        session: Session,
        pipeline: Pipeline,
        forecaster: Forecaster,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._pipeline = pipeline
        self._theme = theme
        self.setObjectName("pipelineColumn")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its fields have it, and come into sight with it
        self.presets = PresetChoice(session, pipeline)
        self.text_step = TextStep(session, pipeline, theme)
        self.steps: dict[Stage, StepCard] = {
            Stage.TEXT: self.text_step,
            Stage.COUNTS: CountsStep(session, pipeline, theme),
            Stage.TRAINING: TrainingStep(session, pipeline, forecaster, theme),
        }
        self.loss = LossStep(session, theme)
        self._arrange()
        session.states_changed.connect(self._show_states)
        pipeline.changed.connect(self._show_states)
        theme.changed.connect(self._fit_width)
        self._fit_width()
        self._show_states()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.pixels(WIDTH), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self._theme.pixels(WIDTH), WIDTH), super().minimumSizeHint().height())

    def _arrange(self) -> None:
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, SCROLL_BAR_ROOM, 0)
        layout.setSpacing(8)
        layout.addWidget(self.presets)
        for step in self.steps.values():
            layout.addWidget(step)
        self.loss.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        layout.addWidget(self.loss, 1)
        self.setWidget(content)

    def _fit_width(self) -> None:
        width = self._theme.pixels(WIDTH)
        policies = Qt.ScrollBarPolicy
        may_scroll = policies.ScrollBarAsNeeded if width > WIDTH else policies.ScrollBarAlwaysOff
        self.setHorizontalScrollBarPolicy(may_scroll)
        self.setMaximumWidth(width)
        self.updateGeometry()

    def _show_states(self) -> None:
        for stage, step in self.steps.items():
            is_running = self._pipeline.stage is stage
            step.set_status(CardStatus.RUNNING if is_running else _STATUS[self._session.state(stage)])
            step.show_running(self._pipeline.stage)
