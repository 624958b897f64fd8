"""The GloVe model: its settings, its weighting of counts, and what it has learned."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from gloveui.core.setting_checks import (
    LARGEST_NUMBER,
    LARGEST_SEED,
    SMALLEST_POSITIVE,
    choice,
    number,
    put_checked,
    whole_number,
)

MODES = ("exact", "fast")
VECTOR_CHOICES = ("sum", "word", "context", "concatenated")
POST_PROCESSINGS = ("none", "mean", "all_but_the_top")
UNKNOWN_RULES = ("rarest", "zeros", "random")
FINISHING_SETTINGS = ("vectors", "post_processing", "unknown")  # used when training has ended
LARGEST_DIMENSION = 1_000
LARGEST_EPOCHS = 100_000
LARGEST_LEARNING_RATE = 10
LARGEST_ALPHA = 10


@dataclass(frozen=True, slots=True)
class GloveConfig:
    """Settings of a training; together with the counts they decide its result to the bit.

    Attributes
    ----------
    dimension
        D, the numbers in a vector.
    epochs
        Passes over all nonzero counts.
    learning_rate
        η, the first step of AdaGrad.
    x_max
        Count from which on a pair has the full weight.
    alpha
        α, how fast the weight grows below x_max.
    gradient_clip
        Largest value of one coordinate's gradient, before η.
    mode
        ``"exact"``: AdaGrad with a sum of squared steps for each number, as Stanford's; ``"fast"``: one for
        each vector.
    patience
        Epochs without a lower loss after which training ends by itself; 0 for never.
    seed
        Of the first values and of the order of pairs.
    vectors
        What a word's vector is made of: ``"sum"`` W + W̃, ``"word"`` W, ``"context"`` W̃, ``"concatenated"``
        W‖W̃.
    post_processing
        What is taken out of the vectors: ``"none"``, their ``"mean"``, or ``"all_but_the_top"``: the mean and
        the strongest directions.
    unknown
        The row of ``<unk>`` in the look-up table: the mean of the 100 ``"rarest"`` words, ``"zeros"``, or
        ``"random"``.

    Raises
    ------
    SettingError
        If a value is out of its bounds or of another type.
    """

    dimension: int = 100
    epochs: int = 15
    learning_rate: float = 0.05
    x_max: float = 10.0
    alpha: float = 0.75
    gradient_clip: float = 100.0
    mode: str = "exact"
    patience: int = 0
    seed: int = 1
    vectors: str = "sum"
    post_processing: str = "none"
    unknown: str = "rarest"

    def __post_init__(self) -> None:
        put_checked(
            self,
            dimension=whole_number("dimension", self.dimension, 1, LARGEST_DIMENSION),
            epochs=whole_number("epochs", self.epochs, 1, LARGEST_EPOCHS),
            learning_rate=number(
                "learning_rate", self.learning_rate, SMALLEST_POSITIVE, LARGEST_LEARNING_RATE
            ),
            x_max=number("x_max", self.x_max, SMALLEST_POSITIVE, LARGEST_NUMBER),
            alpha=number("alpha", self.alpha, 0, LARGEST_ALPHA),
            gradient_clip=number("gradient_clip", self.gradient_clip, SMALLEST_POSITIVE, LARGEST_NUMBER),
            mode=choice("mode", self.mode, MODES),
            patience=whole_number("patience", self.patience, 0, LARGEST_EPOCHS),
            seed=whole_number("seed", self.seed, 0, LARGEST_SEED),
            vectors=choice("vectors", self.vectors, VECTOR_CHOICES),
            post_processing=choice("post_processing", self.post_processing, POST_PROCESSINGS),
            unknown=choice("unknown", self.unknown, UNKNOWN_RULES),
        )

    def trains_like(self, other: GloveConfig) -> bool:
        """Whether training is the same with other settings; what is done to its result may differ."""
        finishing = {name: getattr(self, name) for name in FINISHING_SETTINGS}
        return replace(other, **finishing) == self


@dataclass(frozen=True, eq=False)
class GloveParameters:
    """Everything the model has learned; read-only.

    Attributes
    ----------
    word_vectors, context_vectors
        W and W̃: float32, shape (V, D).
    word_biases, context_biases
        b and b̃: float32, shape (V,).
    """

    word_vectors: NDArray[np.float32]
    context_vectors: NDArray[np.float32]
    word_biases: NDArray[np.float32]
    context_biases: NDArray[np.float32]

    def __post_init__(self) -> None:
        for array in (self.word_vectors, self.context_vectors, self.word_biases, self.context_biases):
            array.setflags(write=False)

    def vectors(self, choice: str) -> NDArray[np.float32]:
        """float32, shape (V, D), or (V, 2 D) when concatenated; see `GloveConfig.vectors`."""
        if choice == "word":
            return self.word_vectors
        if choice == "context":
            return self.context_vectors
        if choice == "concatenated":
            return np.concatenate([self.word_vectors, self.context_vectors], axis=1)
        return self.word_vectors + self.context_vectors


def weight(counts: NDArray[np.float64], x_max: float, alpha: float) -> NDArray[np.float64]:
    """f(X) = min(1, (X / x_max)^α), how much a pair matters; float64, the shape of `counts`.

    Notes
    -----
    Pennington, Socher & Manning (2014), equation 9.
    """
    return np.minimum(1.0, np.asarray(counts, np.float64) / x_max) ** alpha
