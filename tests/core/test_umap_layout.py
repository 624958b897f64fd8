from __future__ import annotations

import numpy as np
import pytest

from gloveui.core import umap_layout as module
from gloveui.core.neighbour_graph import NeighbourGraph, neighbour_graph
from gloveui.core.progress import Progress, Task, run_to_end
from gloveui.core.umap_layout import curve_of, joined_words, umap_layout
from tests.core import naive_projection as naive
from tests.core.word_clouds import clouds, embedding_of


def graph_of(words: int, k: int) -> NeighbourGraph:
    return run_to_end(neighbour_graph(clouds(words)[0], np.arange(words), k))


def layout_of(words: int, epochs: int = 100, seed: int = 0) -> Task[np.ndarray]:
    begin = np.random.default_rng(1).normal(size=(words, 2))
    return umap_layout(graph_of(words, 14), begin, 0.1, epochs, seed)


def table_of(graph: NeighbourGraph) -> np.ndarray:
    joined = run_to_end(joined_words(graph))
    table = np.zeros((len(graph.neighbours),) * 2)
    table[joined.heads, joined.tails] = joined.strengths
    return table


def test_words_are_joined_as_strongly_as_in_umap_learn() -> None:
    near = [[1, 2, 3], [0, 2, 4], [1, 0, 3], [2, 4, 5], [3, 1, 5], [4, 3, 2]]
    distances = [
        [0.2, 0.5, 0.9],
        [0.2, 0.4, 0.8],
        [0.4, 0.5, 0.6],
        [0.6, 0.7, 1],
        [0.7, 0.8, 1.2],
        [1.2, 1.25, 1.4],
    ]
    found = table_of(NeighbourGraph(np.array(near, np.int32), np.array(distances, np.float32), False))
    # What fuzzy_simplicial_set of umap-learn 0.5.12 makes of these neighbours.
    expected = [
        [0, 1, 0.86366, 0.35693, 0, 0],
        [1, 0, 1, 0, 0.83275, 0],
        [0.86366, 1, 0, 1, 0, 0.27551],
        [0.35693, 0, 1, 0, 1, 0.80040],
        [0, 0.83275, 0, 1, 0, 1],
        [0, 0, 0.27551, 0.80040, 1, 0],
    ]
    assert found == pytest.approx(np.array(expected), abs=1e-5)


def test_words_are_joined_as_strongly_as_by_the_naive_twin() -> None:
    graph = graph_of(60, 7)
    assert table_of(graph) == pytest.approx(naive.joined(graph.neighbours, graph.distances), abs=1e-5)


@pytest.mark.parametrize(
    ("distance", "a", "b"),  # by find_ab_params of umap-learn 0.5.12
    [(0.0, 1.932808, 0.790495), (0.1, 1.576943, 0.895061), (0.9, 0.164904, 1.803038)],
)
def test_the_curve_falls_as_in_umap_learn(distance: float, a: float, b: float) -> None:
    assert curve_of(distance) == pytest.approx((a, b), abs=1e-5)


def test_each_pair_is_joined_from_both_sides_and_the_nearest_fully() -> None:
    joined = run_to_end(joined_words(graph_of(80, 5)))
    pairs = {(head, tail): s for head, tail, s in zip(*vars(joined).values(), strict=True)}
    assert all(pairs[tail, head] == strength for (head, tail), strength in pairs.items())
    assert all(max(s for (head, _), s in pairs.items() if head == word) == 1.0 for word in range(80))


def test_words_with_one_vector_are_joined_by_finite_strengths() -> None:
    vectors = np.ones((10, 3))
    vectors[5:, 0] = -4
    graph = run_to_end(neighbour_graph(embedding_of(vectors), np.arange(10), 6))
    joined = run_to_end(joined_words(graph))
    assert np.isfinite(joined.strengths).all()
    assert (joined.strengths > 0).all()


def test_groups_that_are_far_apart_stay_apart_and_near_words_near() -> None:
    embedding, labels = clouds(200)
    positions = run_to_end(layout_of(200))
    near = run_to_end(neighbour_graph(embedding, np.arange(200), 10)).neighbours
    assert positions.dtype == np.float32
    assert naive.spread_over_gap(positions, labels) < 0.7
    assert naive.preserved(near, positions) > 0.35  # by chance 0.05, within the own group 0.15


def test_a_seed_gives_the_same_positions_and_another_seed_others() -> None:
    first, again, other = (run_to_end(layout_of(100, 20, seed)) for seed in (1, 1, 2))
    assert np.array_equal(first, again)
    assert not np.allclose(first, other)


def test_looking_and_parts_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = run_to_end(layout_of(100, 20))
    monkeypatch.setattr(module, "PICTURE_SECONDS", 0.0)
    monkeypatch.setattr(module, "EDGES_AT_ONCE", 300)
    seen: list[Progress] = []
    watched = run_to_end(layout_of(100, 20), seen.append)
    pictures = [step.detail for step in seen if step.detail is not None]
    assert np.array_equal(plain, watched)
    assert len(pictures) > 2 * 20
    assert np.array_equal(pictures[-1], watched)
    assert not np.array_equal(pictures[0], watched)


def test_it_stops_where_it_is_closed() -> None:
    task = layout_of(100, 1_000_000)
    stages = {next(task).stage for _ in range(5)}
    task.close()
    assert stages == {"joining", "placing"}
