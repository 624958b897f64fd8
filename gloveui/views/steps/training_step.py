"""Step 3: by which method vectors are made, and how."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from gloveui.core.baseline_settings import GLOVE, METHODS
from gloveui.core.glove import (
    LARGEST_DIMENSION,
    LARGEST_EPOCHS,
    MODES,
    POST_PROCESSINGS,
    UNKNOWN_RULES,
    VECTOR_CHOICES,
)
from gloveui.core.model_cards import method_of
from gloveui.core.resources import DEVICES
from gloveui.core.word2vec import Word2VecReport
from gloveui.state.forecaster import Forecaster
from gloveui.state.pipeline import Pipeline
from gloveui.state.session import Session
from gloveui.state.values import Stage, StageState
from gloveui.views.device_names import device_choices, device_text, found_device_choices
from gloveui.views.numbers import duration, grouped, speed
from gloveui.views.setting_fields import SettingsGroup, choice, number, set_choice_texts, whole_number
from gloveui.views.steps.forecast_line import ForecastLine
from gloveui.views.steps.method_fields import LsaFields, PpmiFields, Word2VecFields
from gloveui.views.steps.start_choice import StartChoice
from gloveui.views.steps.step_card import StepCard
from gloveui.views.theme import Theme

LARGEST_SEED = 2**31 - 1
LARGEST_THREADS = 1_024


class TrainingStep(StepCard):
    """The settings of the training, its speed, and a way to go on with it."""

    def __init__(self, session: Session, pipeline: Pipeline, forecaster: Forecaster, theme: Theme) -> None:
        super().__init__(session, pipeline, theme, number=3)
        self._method = choice("method", METHODS)
        self._methods = pipeline.methods
        self._glove, self._glove_more = QWidget(), QWidget()
        self._other_fields = [
            kind(self, pipeline.methods) for kind in (LsaFields, PpmiFields, Word2VecFields)
        ]
        self._dimension = whole_number("dimension", 1, LARGEST_DIMENSION)
        self._epochs = whole_number("epochs", 1, LARGEST_EPOCHS)
        self._learning_rate = number("learning_rate", 0.00001, 10.0, 0.01, 5)
        self._x_max = number("x_max", 0.01, 1e9, 1.0, 2)
        self._alpha = number("alpha", 0.0, 10.0, 0.05, 3)
        self._seed = whole_number("seed", 0, LARGEST_SEED)
        self._mode = choice("mode", MODES)
        self._start = StartChoice(session, pipeline)
        self._patience = whole_number("patience", 0, LARGEST_EPOCHS)
        self._gradient_clip = number("gradient_clip", 0.0001, 1e9, 1.0, 4)
        self._vectors = choice("vectors", VECTOR_CHOICES)
        self._post_processing = choice("post_processing", POST_PROCESSINGS)
        self._unknown = choice("unknown", UNKNOWN_RULES)
        self._device = choice("device", DEVICES)
        self._threads = whole_number("threads", 0, LARGEST_THREADS)
        self._forecast = ForecastLine(forecaster)
        self.continue_button = QPushButton()
        self.continue_button.setObjectName("continueButton")
        self.continue_button.clicked.connect(self._continue)
        self._lay_out()
        self._connect()
        self.retranslate()

    def retranslate(self) -> None:
        super().retranslate()
        self.set_title(self.tr("Training"))
        self._name_method()
        self._name_first_fields()
        self._name_fields_of_training()
        self._name_fields_of_vectors()
        self._name_bounds()
        self._name_continue()
        self._show_result()
        self._show_time()

    def show_running(self, stage: Stage | None) -> None:
        self.continue_button.setVisible(self._pipeline.can_continue)
        self._show_whether_to_train()

    def _name_method(self) -> None:
        self.name_field(
            self._method,
            self.tr("Method"),
            self.tr("How vectors are made of the text; models of several methods stand side by side"),
        )
        names = ("GloVe", self.tr("LSA (SVD of the counts)"), self.tr("PPMI with SVD"), "Word2Vec")
        set_choice_texts(self._method, names)
        for fields in self._other_fields:
            fields.name_fields()

    def _name_first_fields(self) -> None:
        self.name_field(
            self._dimension,
            self.tr("Dimension"),
            self.tr("Numbers in a word's vector; a small text needs fewer, a large one can fill more"),
        )
        self.name_field(
            self._epochs,
            self.tr("Epochs"),
            self.tr("Passes over all nonzero counts; give more as long as the loss still falls"),
        )
        self.name_field(
            self._learning_rate,
            self.tr("Rate η"),
            self.tr("The first step of AdaGrad; lower it when the loss jumps, raise it when it hardly falls"),
        )
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

    def _name_fields_of_training(self) -> None:
        self.name_field(
            self._mode,
            self.tr("Mode"),
            self.tr(
                "AdaGrad with a sum for each number as in Stanford's program, or, faster, for each vector"
            ),
        )
        set_choice_texts(self._mode, (self.tr("exact – as Stanford's"), self.tr("fast")))
        self.name_field(
            self._start,
            self.tr("Start at"),
            self.tr("First values of the words; those of another model save epochs when a text has changed"),
        )
        self._start.retranslate()
        self.name_field(
            self._patience,
            self.tr("Patience"),
            self.tr("Epochs without a lower loss after which training ends by itself"),
        )
        self._patience.setSpecialValueText(self.tr("never"))
        self.name_field(
            self._gradient_clip,
            self.tr("Clip"),
            self.tr("Largest gradient of one number, before η; lower it when the loss jumps"),
        )

    def _name_fields_of_vectors(self) -> None:
        self.name_field(
            self._vectors,
            self.tr("Vectors"),
            self.tr("What a vector is made of: W of words, W̃ of contexts; needs no new training"),
        )
        set_choice_texts(self._vectors, ("W + W̃", "W", "W̃", "W ‖ W̃"))
        self.name_field(
            self._post_processing,
            self.tr("Take out"),
            self.tr("What all words share says nothing about any of them; needs no new training"),
        )
        directions = self.tr("mean and main directions")
        set_choice_texts(self._post_processing, (self.tr("nothing"), self.tr("mean"), directions))
        self.name_field(
            self._unknown,
            self.tr("<unk>"),
            self.tr("Row of the table for words it does not have; needs no new training"),
        )
        rarest = self.tr("mean of the rarest words")
        set_choice_texts(self._unknown, (rarest, self.tr("zeros"), self.tr("random numbers")))

    def _name_bounds(self) -> None:
        self.name_field(
            self._device,
            self.tr("Device"),
            self.tr("Where training happens; automatic takes a graphics card where it is worth it"),
        )
        self._name_devices()
        self.name_field(
            self._threads,
            self.tr("Threads"),
            self.tr("Threads that read, count and train; fewer leave room for other programs"),
        )
        self._threads.setSpecialValueText(self.tr("all"))

    def _name_devices(self) -> None:
        """Name the devices; whether each is there is looked up only when the choice comes into sight."""
        choices = found_device_choices() if self.more_button.isChecked() else device_choices()
        set_choice_texts(self._device, choices)

    def _lay_out(self) -> None:
        first: list[list[QWidget]] = [
            [self._dimension, self._epochs],
            [self._learning_rate, self._x_max],
            [self._alpha, self._seed],
        ]
        more: list[list[QWidget]] = [
            [self._mode],
            [self._start],
            [self._patience, self._gradient_clip],
            [self._vectors],
            [self._post_processing],
            [self._unknown],
        ]
        self.body.addLayout(self.lay_out_fields([[self._method]]))
        self._glove.setLayout(self.lay_out_fields(first))
        for fields in (self._glove, *self._other_fields):
            self.body.addWidget(fields)
        self.body.addWidget(self._forecast)
        last_row = QHBoxLayout()
        last_row.addWidget(self.result, 1)
        last_row.addWidget(self.continue_button, 0, Qt.AlignmentFlag.AlignRight)
        self.body.addLayout(last_row)
        self.body.addWidget(self.problem)
        self._glove_more.setLayout(self.lay_out_fields(more))
        rest = QVBoxLayout(self.more)
        rest.setContentsMargins(0, 0, 0, 0)
        rest.setSpacing(8)
        rest.addWidget(self._glove_more)
        rest.addLayout(self.lay_out_fields([[self._device], [self._threads]]))
        self.body.addWidget(self.more)

    def _connect(self) -> None:
        session = self._session
        self._method.activated.connect(self._choose_method)
        self._methods.changed.connect(self._show_method)
        self._show_method()
        fields: list[QWidget] = [self._dimension, self._epochs, self._learning_rate, self._x_max, self._alpha]
        fields += [self._seed, self._mode, self._patience, self._gradient_clip]
        fields += [self._vectors, self._post_processing, self._unknown]
        self.follow(SettingsGroup(self._read_config, session.set_config, fields, self))
        bounds: list[QWidget] = [self._device, self._threads]
        self.follow(SettingsGroup(self._read_resources, session.set_resources, bounds, self))
        self._start.problem_changed.connect(self.show_problem)
        self.more_button.toggled.connect(self._name_devices)
        session.settings_changed.connect(self._name_continue)
        session.settings_changed.connect(self._show_result)
        session.losses_changed.connect(self._show_result)
        session.model_changed.connect(self._show_time)
        session.states_changed.connect(self._show_time)
        session.states_changed.connect(self._show_whether_to_train)

    def _choose_method(self) -> None:
        self._methods.choose(self._method.currentData())

    def _show_method(self) -> None:
        """Show the fields of the method, and no others."""
        method = self._methods.method
        self._method.setCurrentIndex(self._method.findData(method))
        is_glove = method == GLOVE
        for part in (self._glove, self._glove_more, self._device, self.label_of(self._device)):
            part.setVisible(is_glove)
        for fields in self._other_fields:
            fields.setVisible(fields.method == method)
        self._show_whether_to_train()

    def _read_config(self) -> object:
        return self._session.config

    def _read_resources(self) -> object:
        return self._session.resources

    def _continue(self) -> None:
        self._pipeline.continue_training(self._session.config.epochs)

    def _name_continue(self) -> None:
        epochs = grouped(self._session.config.epochs)
        self.continue_button.setText(self.tr("+ {epochs} epochs").format(epochs=epochs))
        self.continue_button.setToolTip(self.tr("Train the last model further"))

    def _show_result(self) -> None:
        history = self._session.losses
        text = device_text(history.device) if history.device else ""
        last = history.reports[-1] if history.reports else None
        if isinstance(last, Word2VecReport):
            text = self.tr("{speed} words/s").format(speed=speed(last.words_per_second))
        elif history.reports:
            rate = self.tr("{speed} pairs/s").format(speed=speed(history.reports[-1].pairs_per_second))
            text = f"{text} · {rate}"
        self.result.setText(text)

    def _show_time(self) -> None:
        model = self._session.model
        state = self._session.state(Stage.TRAINING)
        is_trained = state is not StageState.MISSING
        card = None if model is None else model.text_card
        if card is not None and is_trained and method_of(card) == self._methods.method:
            self.set_note(duration(card.seconds["training"]))
        else:
            self.set_note("")

    def _show_whether_to_train(self) -> None:
        """What training will take is told while there is anything to train that is not being trained."""
        is_trained = self._session.state(Stage.TRAINING) is StageState.FRESH
        self._forecast.set_wanted(not is_trained and self._pipeline.stage is not Stage.TRAINING)
