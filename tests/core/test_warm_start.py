"""What a training starts from knows its dimension, whatever vectors were made of the model."""

from __future__ import annotations

import numpy as np
import pytest

from gloveui.core.embedding import Embedding
from gloveui.core.errors import OtherDimension, SettingError
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
    assert np.isfinite(first_state(Vocabulary(("c",)), config, start).words).all()
