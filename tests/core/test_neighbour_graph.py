from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gloveui.core import neighbour_graph as module
from gloveui.core.neighbour_graph import NeighbourGraph, neighbour_graph
from gloveui.core.progress import Progress, run_to_end
from tests.core import naive_projection as naive
from tests.core.word_clouds import embedding_of, random_embedding


def graph_of(vectors: object, k: int) -> NeighbourGraph:
    embedding = embedding_of(np.array(vectors, np.float64))
    return run_to_end(neighbour_graph(embedding, np.arange(len(embedding)), k))


@given(st.integers(2, 50), st.integers(1, 8), st.integers(1, 12), st.integers(0, 1_000), st.booleans())
@settings(max_examples=25)
def test_neighbours_are_those_of_the_naive_twin_ties_and_zeros_included(
    words: int, dimension: int, k: int, seed: int, are_whole: bool
) -> None:
    vectors = np.random.default_rng(seed).normal(size=(words, dimension)).astype(np.float32)
    if are_whole:  # many words with one direction, or none
        vectors = vectors.round()
    graph = graph_of(vectors, k)
    found, distances = naive.neighbours(vectors, min(k, words - 1))
    assert graph.neighbours.tolist() == found.tolist()
    assert graph.distances == pytest.approx(distances, abs=1e-6)
    assert not graph.is_approximate


def test_more_equal_words_than_are_kept_spare_are_in_the_order_of_their_places() -> None:
    vectors = np.tile([[1.0, 2.0, 3.0]], (100, 1))
    vectors[50:] *= 3
    graph = graph_of(vectors, 4)
    assert graph.neighbours[0].tolist() == [1, 2, 3, 4]
    assert graph.neighbours[70].tolist() == [0, 1, 2, 3]
    assert graph.distances.max() < 1e-5


def test_differences_below_float32_are_told_apart() -> None:
    angles = np.zeros(60)
    angles[1:] = 0.2 + 1e-7 * np.random.default_rng(1).permutation(59)  # float32 sees few of these cosines
    vectors = np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)
    found, _ = naive.neighbours(vectors, 5)
    assert graph_of(vectors, 5).neighbours.tolist() == found.tolist()


def test_blocks_make_no_difference_and_each_reports(monkeypatch: pytest.MonkeyPatch) -> None:
    embedding, ids = random_embedding(300, 10), np.arange(300)
    whole = run_to_end(neighbour_graph(embedding, ids, 7))
    monkeypatch.setattr(module, "ROWS", 40)
    monkeypatch.setattr(module, "COLUMNS", 90)
    steps: list[Progress] = []
    in_blocks = run_to_end(neighbour_graph(embedding, ids, 7), steps.append)
    assert in_blocks.neighbours.tolist() == whole.neighbours.tolist()
    fractions = [step.fraction or 0.0 for step in steps]
    assert fractions == sorted(fractions)
    assert len(fractions) > 8 * 4


def test_places_are_those_in_the_list_of_words() -> None:
    embedding = embedding_of(np.array([[1, 0], [9, 9], [0, 1], [1, 0.1], [0.1, 1]]))
    graph = run_to_end(neighbour_graph(embedding, np.array([4, 0, 2, 3]), 1))
    assert graph.neighbours.ravel().tolist() == [2, 3, 0, 1]


def test_above_the_bound_most_neighbours_are_found_and_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    embedding, ids = random_embedding(1_500, 8), np.arange(1_500)
    monkeypatch.setattr(module, "SEARCHED", 200)
    found = run_to_end(neighbour_graph(embedding, ids, 10, most_exact=1_000))
    true = run_to_end(neighbour_graph(embedding, ids, 10))
    shares = [np.isin(near, far).mean() for near, far in zip(found.neighbours, true.neighbours, strict=True)]
    assert found.is_approximate
    assert np.mean(shares) > 0.9
    assert all(len(set(row)) == 10 and own not in row for own, row in enumerate(found.neighbours.tolist()))


@pytest.mark.parametrize("words", [0, 1])
def test_no_words_and_one_word_have_no_neighbours(words: int) -> None:
    graph = graph_of(np.ones((words, 3)), 5)
    assert graph.neighbours.shape == graph.distances.shape == (words, 0)
