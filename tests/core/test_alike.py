from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gloveui.core.alike import context_agreement, find_shared_contexts, shared_contexts, shared_dimensions
from gloveui.core.embedding import Embedding
from gloveui.core.glove import GloveParameters
from gloveui.core.progress import run_to_end
from gloveui.core.quantities import known_marginals
from gloveui.core.queries import similarity
from gloveui.core.resources import Resources
from gloveui.core.vocabulary import Vocabulary
from tests.core import naive_queries as naive
from tests.core.matrices import matrix_of, random_matrix, random_parameters, tables


def random_embedding(words: int, dimension: int, seed: int = 1) -> Embedding:
    vectors = np.random.default_rng(seed).normal(size=(words, dimension)).astype(np.float32)
    return Embedding(Vocabulary(f"w{number}" for number in range(words)), vectors)


@given(tables(least=2, most=7), st.integers(0, 8))
@settings(max_examples=60, deadline=None)
def test_shared_contexts_are_those_of_the_naive_twin(table: list[list[float]], top: int) -> None:
    contexts = range(len(table))
    rows = [[naive.ppmi(table, word, k) for k in contexts] for word in (0, 1)]
    expected = [(k, share) for k, share in naive.shares(*rows) if share > 1e-12]
    found = shared_contexts(matrix_of(table), 0, 1, top)
    assert found.cosine == pytest.approx(naive.cosine(*rows), abs=1e-6)
    shown = [context.share for context in found.contexts if context.share > 1e-12]
    assert shown == pytest.approx([share for _, share in expected[:top]], abs=1e-6)
    for context in found.contexts:
        k = context.context
        assert context.counts == (table[0][k], table[1][k])
        assert context.ppmi == pytest.approx((rows[0][k], rows[1][k]), abs=1e-6)
        assert context.share == pytest.approx(math.prod(context.ppmi) / scale(*rows), abs=1e-6)


def scale(first: list[float], second: list[float]) -> float:
    return naive.length(first) * naive.length(second) or 1.0


@pytest.mark.parametrize("top", [0, 3, 20, 10_000])
def test_what_is_shown_and_the_rest_add_up_to_the_cosine(top: int) -> None:
    matrix = random_matrix(200, 0.3)
    counts = shared_contexts(matrix, 3, 8, top)
    model = context_agreement(random_parameters(200, 10), 3, 8, top)
    for found in (counts, model):
        total = math.fsum(context.share for context in found.contexts) + found.rest_share
        assert total == pytest.approx(found.cosine, abs=1e-12)
        assert found.cosine != 0
        assert len(found.contexts) == min(top, len(found.contexts) + found.rest_words)
        found_shares = [context.share for context in found.contexts]
        assert found_shares == sorted(found_shares, reverse=True)


def test_a_word_is_like_itself_and_one_without_contexts_like_none() -> None:
    matrix = matrix_of([[0, 3, 0, 1], [3, 0, 2, 0], [0, 2, 0, 0], [0, 0, 0, 0]])
    assert shared_contexts(matrix, 0, 0).cosine == pytest.approx(1)
    assert shared_contexts(matrix, 0, 3) == shared_contexts(matrix, 3, 0)
    assert shared_contexts(matrix, 0, 3).cosine == 0
    assert shared_contexts(matrix, 3, 3).contexts == ()


def test_words_that_stand_by_chance_beside_all_others_are_not_alike() -> None:
    """Where PMI is 0, but for rounding."""
    found = shared_contexts(matrix_of([[1, 0.25], [1, 0.25]]), 0, 1)
    assert (found.cosine, found.contexts) == (0, ())


def test_the_task_finds_the_same_and_passes_over_the_matrix_once() -> None:
    matrix = random_matrix(200, 0.3)
    assert known_marginals(matrix) is None
    found = run_to_end(find_shared_contexts(matrix, 3, 8, 5, Resources(threads=2)))
    sums = known_marginals(matrix)
    assert sums is not None
    assert found == shared_contexts(matrix, 3, 8, 5)
    assert known_marginals(matrix) is sums


@given(st.integers(0, 10_000), st.integers(1, 12), st.integers(0, 15))
@settings(max_examples=30, deadline=None)
def test_shared_dimensions_are_those_of_the_naive_twin(seed: int, dimension: int, top: int) -> None:
    embedding = random_embedding(9, dimension, seed)
    units = [naive.unit(row) for row in embedding.vectors.tolist()]
    found = shared_dimensions(embedding, 2, 5, top)
    expected = naive.shares(units[2], units[5])[:top]
    assert [one.dimension for one in found] == [d for d, _ in expected]
    assert [one.share for one in found] == pytest.approx([share for _, share in expected], abs=1e-12)
    for one in found:
        d = one.dimension
        assert one.values == pytest.approx((units[2][d], units[5][d]), abs=1e-12)
        ascending = sorted(range(9), key=lambda word: units[word][d])
        assert one.low_words == tuple(ascending[:3])
        assert one.high_words == tuple(ascending[:-4:-1])


def test_all_dimensions_add_up_to_the_cosine() -> None:
    embedding = random_embedding(9, 12)
    shares = [one.share for one in shared_dimensions(embedding, 2, 5, 12)]
    assert math.fsum(shares) == pytest.approx(similarity(embedding, "w2", "w5"), abs=1e-12)


@given(st.integers(0, 10_000), st.integers(0, 15))
@settings(max_examples=30, deadline=None)
def test_agreement_on_contexts_is_that_of_the_naive_twin(seed: int, top: int) -> None:
    parameters = random_parameters(12, 4, seed)
    words, contexts = parameters.word_vectors.tolist(), parameters.context_vectors.tolist()
    products = [[naive.dot(words[word], context) for context in contexts] for word in (1, 7)]
    found = context_agreement(parameters, 1, 7, top)
    expected = naive.shares(*products)[:top]
    assert found.cosine == pytest.approx(naive.cosine(*products), abs=1e-12)
    assert [context.context for context in found.contexts] == [k for k, _ in expected]
    assert [context.share for context in found.contexts] == pytest.approx([s for _, s in expected], abs=1e-12)
    for context in found.contexts:
        k = context.context
        assert context.products == pytest.approx((products[0][k], products[1][k]), abs=1e-12)


def test_a_model_says_nothing_of_a_word_of_zeros() -> None:
    zeros, ones = np.zeros((3, 2), np.float32), np.ones((3, 2), np.float32)
    found = context_agreement(GloveParameters(zeros, ones, zeros[:, 0], zeros[:, 0]), 0, 1)
    assert found.cosine == 0
    assert [context.share for context in found.contexts] == [0, 0, 0]
