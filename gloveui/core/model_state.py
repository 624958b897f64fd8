"""Everything that AdaGrad changes, as a value: what training starts from, keeps, and goes back to."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gloveui.core.embedding import Embedding
from gloveui.core.errors import NoCommonWords, OtherDimension, check_setting
from gloveui.core.glove import GloveConfig, GloveParameters
from gloveui.core.vocabulary import Vocabulary


@dataclass(frozen=True, eq=False)
class ModelState:
    """A model in training, in the order of ids.

    Attributes
    ----------
    words, contexts
        W and W̃: float32, shape (V, D).
    word_sums, context_sums
        Their sums of squared steps: float32, shape (V, D), or (V, 1) in the fast mode.
    word_biases, context_biases
        float32, shape (V, 2): biases and their sums.

    Raises
    ------
    ValueError
        If these arrays are not those of one model.
    """

    words: NDArray[np.float32]
    contexts: NDArray[np.float32]
    word_sums: NDArray[np.float32]
    context_sums: NDArray[np.float32]
    word_biases: NDArray[np.float32]
    context_biases: NDArray[np.float32]

    def __post_init__(self) -> None:
        vectors, sums = self.words.shape, self.word_sums.shape
        biases = (*vectors[:1], 2)
        expected = (vectors, vectors, sums, sums, biases, biases)
        received = tuple(array.shape for array in vars(self).values())
        if len(vectors) != 2 or sums not in (vectors, (vectors[0], 1)) or received != expected:
            raise ValueError(f"expected arrays of one model, got shapes {received}")

    @property
    def parameters(self) -> GloveParameters:
        """The model itself, without the sums."""
        return GloveParameters(
            self.words, self.contexts, self.word_biases[:, 0].copy(), self.context_biases[:, 0].copy()
        )


def first_state(vocabulary: Vocabulary, config: GloveConfig, start: Embedding | None) -> ModelState:
    """What training begins with: values U(−½, ½) / D and sums at 1 (as in Stanford's ``src/glove.c``).

    With vectors to start from, words they have begin with these; the sums are fresh.

    Raises
    ------
    OtherDimension
        If the vectors to start from have another number of dimensions than the settings.
    NoCommonWords
        If they have none of the words.
    SettingError
        If not all of their numbers are finite.
    """
    random = np.random.default_rng(config.seed)
    size, dimension = len(vocabulary), config.dimension

    def small(*shape: int) -> NDArray[np.float32]:
        return (random.random(shape, dtype=np.float32) - np.float32(0.5)) / np.float32(dimension)

    def ones(width: int) -> NDArray[np.float32]:
        return np.ones((size, width), np.float32)

    words, contexts = small(size, dimension), small(size, dimension)
    word_biases, context_biases = ones(2), ones(2)
    word_biases[:, 0], context_biases[:, 0] = small(size), small(size)
    if start is not None:
        _take_over(start, vocabulary, words, contexts, word_biases, context_biases)
    sums = 1 if config.mode == "fast" else dimension
    return ModelState(words, contexts, ones(sums), ones(sums), word_biases, context_biases)


def _take_over(start: Embedding, vocabulary: Vocabulary, *targets: NDArray[np.float32]) -> None:
    """Put rows of `start` in place of the first values, words matched by name.

    A whole model gives all of it. Vectors alone count as W + W̃, half of them each.
    """
    words, contexts, word_biases, context_biases = targets
    matched = [(own, start.vocabulary.get(word)) for own, word in enumerate(vocabulary)]
    pairs = np.array([(own, row) for own, row in matched if row is not None], np.int64).reshape(-1, 2)
    own, rows = pairs[:, 0], pairs[:, 1]
    model = start.parameters
    given = start.vectors / np.float32(2) if model is None else model.word_vectors
    if given.shape[1] != words.shape[1]:
        raise OtherDimension(expected=words.shape[1], received=given.shape[1])
    if len(own) == 0:
        raise NoCommonWords(words=len(vocabulary))
    is_finite = bool(np.isfinite(given[rows]).all())
    check_setting(is_finite, "start_from", "vectors of finite numbers", "NaN / inf")
    words[own] = given[rows]
    contexts[own] = given[rows] if model is None else model.context_vectors[rows]
    if model is not None:
        word_biases[own, 0], context_biases[own, 0] = model.word_biases[rows], model.context_biases[rows]
