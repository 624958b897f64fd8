"""The settings of the other methods than GloVe, each with fields of its own."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from gloveui.core.baseline_settings import (
    ARCHITECTURES,
    LARGEST_DIMENSION,
    LARGEST_EPOCHS,
    LARGEST_WORKERS,
    TRANSFORMS,
    BaselineSettings,
)
from gloveui.state.method_choice import MethodChoice
from gloveui.views.setting_fields import (
    OBJECT_NAME_PREFIX,
    SettingsGroup,
    choice,
    number,
    set_choice_texts,
    whole_number,
)
from gloveui.views.steps.step_card import StepCard

LARGEST_SEED = 2**31 - 1


class MethodFields(QWidget):
    """The fields of one method, in the card of the training; seen while the method is chosen."""

    method = ""

    def __init__(self, step: StepCard, methods: MethodChoice) -> None:
        super().__init__()
        self._step = step
        self._methods = methods
        self._prefix = f"{OBJECT_NAME_PREFIX}{self.method}_"
        self.dimension = whole_number(f"{self.method}_dimension", 1, LARGEST_DIMENSION)
        self.seed = whole_number(f"{self.method}_seed", 0, LARGEST_SEED)

    def name_fields(self) -> None:
        """Label the fields, and say in their tooltips what they do."""
        self._step.name_field(self.dimension, self.tr("Dimension"), self.tr("Numbers in a word's vector"))
        self._step.name_field(
            self.seed, self.tr("Seed"), self.tr("Same seed and settings, same vectors, to the bit")
        )

    def follow_settings(self, rows: Sequence[Sequence[QWidget]]) -> None:
        """Lay the fields out, and lead what is typed into the settings of the method."""
        self.setLayout(self._step.lay_out_fields([list(row) for row in rows]))
        fields = [field for row in rows for field in row]
        group = SettingsGroup(self._settings, self._methods.set_settings, fields, self, self._prefix)
        self._methods.changed.connect(group.show_settings)
        group.problem_changed.connect(self._step.show_problem)

    def _settings(self) -> BaselineSettings:
        return self._methods.settings(self.method)


class LsaFields(MethodFields):
    """Settings of latent semantic analysis."""

    method = "lsa"

    def __init__(self, step: StepCard, methods: MethodChoice) -> None:
        super().__init__(step, methods)
        self.transform = choice("lsa_transform", TRANSFORMS)
        self.exponent = number("lsa_exponent", 0.0, 1.0, 0.1, 3)
        self.follow_settings([[self.transform], [self.dimension, self.seed], [self.exponent]])

    def name_fields(self) -> None:
        super().name_fields()
        self._step.name_field(
            self.transform,
            self.tr("Values"),
            self.tr(
                "What the singular value decomposition is made of: X; ln(1 + X); or that times ln(V / n), "
                "where a context word occurs beside n of the V words"
            ),
        )
        set_choice_texts(self.transform, (self.tr("counts"), self.tr("log of the counts"), "tf-idf"))
        self._step.name_field(
            self.exponent,
            self.tr("Exponent"),
            self.tr("Of the singular values in a vector: 1 for U·S, 0 for U alone, in which all weigh alike"),
        )


class PpmiFields(MethodFields):
    """Settings of positive pointwise mutual information with SVD."""

    method = "ppmi"

    def __init__(self, step: StepCard, methods: MethodChoice) -> None:
        super().__init__(step, methods)
        self.shift = number("ppmi_shift", 1.0, 100.0, 1.0, 2)
        self.smoothing = number("ppmi_smoothing", 0.0, 1.0, 0.05, 3)
        self.exponent = number("ppmi_exponent", 0.0, 1.0, 0.1, 3)
        self.follow_settings([[self.dimension, self.seed], [self.shift, self.smoothing], [self.exponent]])

    def name_fields(self) -> None:
        super().name_fields()
        self._step.name_field(
            self.shift,
            self.tr("Shift k"),
            self.tr("log k is taken from each value before negative ones become 0; 1 takes nothing"),
        )
        self._step.name_field(
            self.smoothing,
            self.tr("Smoothing"),
            self.tr("Exponent of the context words' counts; below 1, rare ones stand out less"),
        )
        self._step.name_field(
            self.exponent,
            self.tr("Exponent"),
            self.tr("Of the singular values in a vector: 1 for U·S, 0 for U alone, in which all weigh alike"),
        )


class Word2VecFields(MethodFields):
    """Settings of Word2Vec."""

    method = "word2vec"

    def __init__(self, step: StepCard, methods: MethodChoice) -> None:
        super().__init__(step, methods)
        self.architecture = choice("word2vec_architecture", ARCHITECTURES)
        self.epochs = whole_number("word2vec_epochs", 1, LARGEST_EPOCHS)
        self.learning_rate = number("word2vec_learning_rate", 0.00001, 1.0, 0.005, 5)
        self.negative = whole_number("word2vec_negative", 1, 100)
        self.sample = number("word2vec_sample", 0.0, 1.0, 0.0001, 7)
        self.workers = whole_number("word2vec_workers", 1, LARGEST_WORKERS)
        self.follow_settings(
            [
                [self.architecture],
                [self.dimension, self.epochs],
                [self.learning_rate, self.negative],
                [self.sample, self.seed],
                [self.workers],
            ]
        )

    def name_fields(self) -> None:
        super().name_fields()
        self._step.name_field(
            self.architecture,
            self.tr("Predicts"),
            self.tr("Skip-gram: each context word from the word; CBOW: the word from the sum of its context"),
        )
        names = (self.tr("the context (skip-gram)"), self.tr("the word (CBOW)"))
        set_choice_texts(self.architecture, names)
        self._step.name_field(self.epochs, self.tr("Epochs"), self.tr("Passes over the text"))
        self._step.name_field(
            self.learning_rate, self.tr("Rate η"), self.tr("The first step; it falls to nearly 0 at the end")
        )
        self._step.name_field(
            self.negative, self.tr("Negative"), self.tr("Words drawn at random against each pair of words")
        )
        self._step.name_field(
            self.sample,
            self.tr("Sample"),
            self.tr(
                "Share of the text above which a word is left out now and then; 0 for never, as suits texts "
                "of less than a million words"
            ),
        )
        self._step.name_field(
            self.workers,
            self.tr("Workers"),
            self.tr("Threads that train; with more than 1, the same seed gives other vectors each time"),
        )
