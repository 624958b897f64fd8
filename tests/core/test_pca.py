from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gloveui.core import pca
from gloveui.core.pca import Components, principal_components, strongest
from gloveui.core.progress import Progress, run_to_end
from tests.core import naive_projection as naive
from tests.core.word_clouds import embedding_of, random_embedding


def components(vectors: object, unit: bool = True) -> Components:
    embedding = embedding_of(np.array(vectors, np.float64))
    return run_to_end(principal_components(embedding, np.arange(len(embedding)), unit=unit))


@given(st.integers(3, 60), st.integers(2, 12), st.integers(0, 1_000), st.booleans())
@settings(max_examples=30)
def test_components_are_those_of_the_singular_value_decomposition(
    words: int, dimension: int, seed: int, unit: bool
) -> None:
    embedding = random_embedding(words, dimension, seed)
    found = run_to_end(principal_components(embedding, np.arange(words), unit=unit))
    rows = naive.units(embedding.vectors) if unit else embedding.vectors.astype(np.float64)
    positions, shares = naive.components(rows)
    assert found.shares == pytest.approx(shares, abs=1e-9)
    assert np.abs(found.positions) == pytest.approx(np.abs(positions), abs=1e-6)


def test_blocks_make_no_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    embedding, ids = random_embedding(200, 8), np.arange(200)
    whole = run_to_end(principal_components(embedding, ids))
    monkeypatch.setattr(pca, "BLOCK_NUMBERS", 100)
    steps: list[Progress] = []
    in_blocks = run_to_end(principal_components(embedding, ids), steps.append)
    assert in_blocks.positions == pytest.approx(whole.positions, abs=1e-12)
    fractions = [step.fraction or 0.0 for step in steps]
    assert len(steps) > 30
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1.0


def test_the_mean_of_the_positions_is_the_origin_and_the_first_axis_has_the_most_variance() -> None:
    found = run_to_end(principal_components(random_embedding(100, 6), np.arange(100)))
    assert found.positions.mean(axis=0) == pytest.approx([0, 0], abs=1e-12)
    assert found.positions[:, 0].var() > found.positions[:, 1].var()


def test_the_largest_weight_of_each_axis_is_positive() -> None:
    axes, shares = strongest(np.diag([1.0, 5.0, 2.0]))
    assert axes.tolist() == [[0, 0], [1, 0], [0, 1]]
    assert shares == (5 / 8, 2 / 8)
    for seed in range(10):
        rows = np.random.default_rng(seed).normal(size=(9, 5))
        axes, _ = strongest(rows.T @ rows)
        assert (axes[np.abs(axes).argmax(axis=0), [0, 1]] > 0).all()


def test_words_with_the_same_vector_are_in_one_place_and_nothing_varies() -> None:
    found = components([[0.3, 0.1, 7.0]] * 50)
    assert found.shares == (0.0, 0.0)
    assert np.abs(found.positions).max() < 1e-12


def test_lengths_count_only_where_that_is_asked() -> None:
    vectors = [[1, 0], [50, 0], [0, 2], [0, 1]]
    assert components(vectors).positions[0] == pytest.approx(components(vectors).positions[1])
    assert components(vectors, unit=False).shares[0] > 0.99


@pytest.mark.parametrize("vectors", [[[1.0, 2.0]], [[1.0], [3.0], [0.0]], [[0, 0], [0, 0]], np.empty((0, 4))])
def test_few_words_one_dimension_and_zeros_have_finite_positions(vectors: object) -> None:
    found = components(vectors)
    assert np.isfinite(found.positions).all()
    assert np.isfinite(found.shares).all()


def test_a_mean_far_off_costs_no_digits() -> None:
    random = np.random.default_rng(3)
    near = random.normal(size=(80, 3)) * [0.03, 0.02, 0.01]
    far = (near + 1000).astype(np.float32)
    positions, _ = naive.components(far.astype(np.float64))
    assert np.abs(components(far, unit=False).positions) == pytest.approx(np.abs(positions), abs=1e-9)
