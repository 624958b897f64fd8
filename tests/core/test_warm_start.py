"""What a training starts from knows its dimension, whatever vectors were made of the model."""

from __future__ import annotations

import numpy as np
import pytest

from gloveui.core.embedding import Embedding
from gloveui.core.errors import NoCommonWords, OtherDimension, SettingError
from gloveui.core.finishing import finished_embedding
from gloveui.core.glove import GloveConfig, GloveParameters
from gloveui.core.model_state import first_state
from gloveui.core.vocabulary import Vocabulary
from gloveui.core.warm_start import Origin, WarmStart

WORDS = Vocabulary(("a", "b"))
ORIGIN = Origin("vectors", "some")


def test_vectors_alone_have_their_own_dimension() -> None:
    start = WarmStart(Embedding(WORDS, np.ones((2, 6), np.float32)), ORIGIN)
    assert start.dimension == 6
    with pytest.raises(OtherDimension, match="have 6 numbers"):
        start.check_fits(GloveConfig(dimension=3))


def test_a_model_has_the_dimension_that_it_was_trained_with() -> None:
    ones, zeros = np.ones((2, 3), np.float32), np.zeros(2, np.float32)
    config = GloveConfig(dimension=3, vectors="concatenated")
    embedding = finished_embedding(WORDS, GloveParameters(ones, ones.copy(), zeros, zeros.copy()), config)
    assert embedding.dimension == 6
    WarmStart(embedding, ORIGIN).check_fits(config)


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_vectors_that_are_not_finite_are_refused_for_words_that_take_them_over(value: float) -> None:
    start = Embedding(WORDS, np.full((2, 3), value, np.float32))
    config = GloveConfig(dimension=3)
    with pytest.raises(SettingError, match="start_from: expected vectors of finite numbers"):
        first_state(WORDS, config, start)


def test_a_start_without_any_of_the_words_is_refused() -> None:
    start = Embedding(WORDS, np.ones((2, 3), np.float32))
    with pytest.raises(NoCommonWords, match="none of the 1 words"):
        first_state(Vocabulary(("c",)), GloveConfig(dimension=3), start)


def test_words_take_over_their_rows_by_name_and_the_others_begin_small() -> None:
    start = Embedding(WORDS, np.array([[2, 4, 6], [8, 10, 12]], np.float32))
    state = first_state(Vocabulary(("c", "b")), GloveConfig(dimension=3), start)
    assert state.words[1].tolist() == state.contexts[1].tolist() == [4, 5, 6]  # half of W + W̃
    assert abs(state.words[0]).max() <= 0.5 / 3
    assert (state.word_sums == 1).all()


def test_a_whole_model_gives_its_contexts_and_biases_too() -> None:
    tables = np.arange(12, dtype=np.float32).reshape(2, 2, 3)
    model = GloveParameters(tables[0], tables[1], np.array([7, 8], np.float32), np.array([9, 10], np.float32))
    config = GloveConfig(dimension=3)
    state = first_state(Vocabulary(("b", "c")), config, finished_embedding(WORDS, model, config))
    assert state.words[0].tolist() == [3, 4, 5]
    assert state.contexts[0].tolist() == [9, 10, 11]
    assert (state.word_biases[0].tolist(), state.context_biases[0].tolist()) == ([8, 1], [10, 1])
