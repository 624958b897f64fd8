from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from gloveui.core.finishing import finished_embedding, without_common_directions
from gloveui.core.glove import GloveConfig, GloveParameters
from gloveui.core.vocabulary import Vocabulary

CONFIG = GloveConfig(dimension=6)


def vectors(words: int = 200, dimension: int = 6) -> np.ndarray:
    """Noise with one strong common direction, away from the origin."""
    random = np.random.default_rng(3)
    noise = random.normal(size=(words, dimension))
    strong = random.normal(0, 20, size=(words, 1)) * np.linspace(1, 2, dimension)
    return (noise + strong + 5).astype(np.float32)


@pytest.fixture
def model() -> GloveParameters:
    biases = np.zeros(200, np.float32)
    return GloveParameters(vectors(), vectors()[::-1].copy(), biases, biases.copy())


def words() -> Vocabulary:
    return Vocabulary(f"w{number}" for number in range(200))


def test_without_post_processing_vectors_are_the_sum_of_word_and_context(model: GloveParameters) -> None:
    embedding = finished_embedding(words(), model, CONFIG)
    assert (embedding.vectors == model.word_vectors + model.context_vectors).all()
    assert embedding.parameters is model


def test_without_their_mean_vectors_lie_around_the_origin(model: GloveParameters) -> None:
    embedding = finished_embedding(words(), model, replace(CONFIG, vectors="word", post_processing="mean"))
    assert abs(embedding.vectors.mean(axis=0)).max() < 1e-4
    distance = embedding.vectors[0] - embedding.vectors[1]
    np.testing.assert_allclose(distance, model.word_vectors[0] - model.word_vectors[1], rtol=1e-3, atol=1e-4)


def test_all_but_the_top_takes_out_the_strongest_direction(model: GloveParameters) -> None:
    config = replace(CONFIG, vectors="word", post_processing="all_but_the_top")
    embedding = finished_embedding(words(), model, config)
    before = np.linalg.svd(model.word_vectors - model.word_vectors.mean(axis=0), compute_uv=False)
    after = np.linalg.svd(embedding.vectors, compute_uv=False)
    np.testing.assert_allclose(after[:-1], before[1:], rtol=1e-3)
    assert after[-1] < 1e-3


def test_one_direction_is_taken_out_for_a_hundred_dimensions() -> None:
    many = np.random.default_rng(1).normal(size=(500, 200)).astype(np.float32)
    left = np.linalg.matrix_rank(without_common_directions(many, 2), tol=1e-2)
    assert left == 198
