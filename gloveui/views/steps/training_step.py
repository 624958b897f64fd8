"""Step 3: how GloVe is trained."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from gloveui.core.glove import LARGEST_DIMENSION, LARGEST_EPOCHS, VECTOR_CHOICES
from gloveui.core.resources import usable_cores
from gloveui.state.pipeline import Pipeline
from gloveui.state.session import Session, Stage, StageState
from gloveui.views.numbers import duration, speed
from gloveui.views.setting_fields import SettingsGroup, choice, number, set_choice_texts, whole_number
from gloveui.views.steps.step_card import StepCard
from gloveui.views.theme import Theme

LARGEST_SEED = 2**31 - 1


class TrainingStep(StepCard):
    """The settings of the training, its speed, and a way to go on with it."""

    def __init__(self, session: Session, pipeline: Pipeline, theme: Theme) -> None:
        super().__init__(session, pipeline, theme, number=3)
        self._dimension = whole_number("dimension", 1, LARGEST_DIMENSION)
        self._epochs = whole_number("epochs", 1, LARGEST_EPOCHS)
        self._learning_rate = number("learning_rate", 0.0001, 10.0, 0.01, 4)
        self._x_max = number("x_max", 0.1, 1e9, 1.0, 1)
        self._alpha = number("alpha", 0.0, 10.0, 0.05, 2)
        self._seed = whole_number("seed", 0, LARGEST_SEED)
        self._vectors = choice("vectors", VECTOR_CHOICES)
        self._gradient_clip = number("gradient_clip", 0.01, 1e6, 1.0, 2)
        self.continue_button = QPushButton()
        self.continue_button.setObjectName("continueButton")
        self.continue_button.clicked.connect(self._continue)
        self._lay_out()
        self._group = SettingsGroup(self._read_config, session.set_config, self._fields(), self)
        session.settings_changed.connect(self._group.show_settings)
        session.settings_changed.connect(self._name_continue)
        session.losses_changed.connect(self._show_result)
        session.model_changed.connect(self._show_time)
        session.states_changed.connect(self._show_time)
        self.retranslate()

    def retranslate(self) -> None:
        super().retranslate()
        self.set_title(self.tr("Training"))
        self.name_field(self._dimension, self.tr("Dimension"), self.tr("Numbers in a word's vector"))
        self.name_field(self._epochs, self.tr("Epochs"), self.tr("Passes over all nonzero counts"))
        self.name_field(self._learning_rate, self.tr("Rate η"), self.tr("The first step of AdaGrad"))
        self.name_field(
            self._x_max, self.tr("x_max"), self.tr("Count from which on a pair has the full weight f(X) = 1")
        )
        self.name_field(
            self._alpha, self.tr("α"), self.tr("How fast the weight f(X) = (X / x_max)^α grows below x_max")
        )
        self.name_field(
            self._seed,
            self.tr("Seed"),
            self.tr("Same seed and settings, same vectors, to the bit"),
        )
        self.name_field(
            self._vectors,
            self.tr("Vectors"),
            self.tr("What a vector is made of: W of words, W̃ of contexts"),
        )
        set_choice_texts(self._vectors, ("W + W̃", "W", "W̃", "W ‖ W̃"))
        self.name_field(
            self._gradient_clip, self.tr("Clip"), self.tr("Largest gradient of one coordinate, before η")
        )
        self._name_continue()
        self._show_result()
        self._show_time()

    def show_running(self, stage: Stage | None) -> None:
        self.continue_button.setVisible(self._pipeline.can_continue)

    def _fields(self) -> list[QWidget]:
        first = [self._dimension, self._epochs, self._learning_rate, self._x_max, self._alpha, self._seed]
        return [*first, self._vectors, self._gradient_clip]

    def _lay_out(self) -> None:
        self.body.addLayout(self.lay_out_fields(self._fields()[:6]))
        last_row = QHBoxLayout()
        last_row.addWidget(self.result, 1)
        last_row.addWidget(self.continue_button)
        self.body.addLayout(last_row)
        self.more.setLayout(self.lay_out_fields(self._fields()[6:]))
        self.body.addWidget(self.more)

    def _read_config(self) -> object:
        return self._session.config

    def _continue(self) -> None:
        self._pipeline.continue_training(self._session.config.epochs)

    def _name_continue(self) -> None:
        epochs = self._session.config.epochs
        self.continue_button.setText(self.tr("+ {epochs} epochs").format(epochs=epochs))
        self.continue_button.setToolTip(self.tr("Train the last model further"))

    def _show_result(self) -> None:
        reports = self._session.losses.reports
        text = self.tr("CPU, {count} threads").format(count=usable_cores())
        if reports:
            rate = self.tr("{speed} pairs/s").format(speed=speed(reports[-1].pairs_per_second))
            text = f"{text} · {rate}"
        self.result.setText(text)

    def _show_time(self) -> None:
        model = self._session.model
        is_trained = self._session.state(Stage.TRAINING) is not StageState.MISSING
        if model is not None and model.card is not None and is_trained:
            self.set_note(duration(model.card.seconds["training"]))
        else:
            self.set_note("")
