from __future__ import annotations

import numpy as np
import pytest

from gloveui.core import tsne as module
from gloveui.core.neighbour_graph import neighbour_graph
from gloveui.core.progress import Progress, Task, run_to_end
from gloveui.core.tsne import fitting_perplexity, tsne_layout
from tests.core import naive_projection as naive
from tests.core.word_clouds import clouds


def layout_of(words: int, iterations: int = 250, seed: int = 0) -> Task[np.ndarray]:
    embedding, _ = clouds(words)
    graph = run_to_end(neighbour_graph(embedding, np.arange(words), 45))
    begin = np.random.default_rng(1).normal(size=(words, 2))
    return tsne_layout(graph, begin, 15.0, iterations, seed, threads=2)


def test_groups_that_are_far_apart_stay_apart_and_near_words_near() -> None:
    embedding, labels = clouds(200)
    positions = run_to_end(layout_of(200))
    near = run_to_end(neighbour_graph(embedding, np.arange(200), 10)).neighbours
    assert positions.dtype == np.float32
    assert naive.spread_over_gap(positions, labels) < 0.7
    assert naive.preserved(near, positions) > 0.4  # by chance 0.05, within the own group 0.15


def test_the_same_seed_gives_the_same_positions() -> None:
    assert np.array_equal(run_to_end(layout_of(150, 60)), run_to_end(layout_of(150, 60)))


def test_looking_at_the_positions_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    unseen: list[Progress] = []
    monkeypatch.setattr(module, "PICTURE_SECONDS", 1e9)
    plain = run_to_end(layout_of(150, 60), unseen.append)
    monkeypatch.setattr(module, "PICTURE_SECONDS", 0.0)
    seen: list[Progress] = []
    watched = run_to_end(layout_of(150, 60), seen.append)
    pictures = [step.detail for step in seen if step.detail is not None]
    assert np.array_equal(plain, watched)
    assert all(step.detail is None for step in unseen)
    assert [picture.shape for picture in pictures] == [(150, 2)] * len(pictures)
    assert len(pictures) >= 3
    assert not np.shares_memory(pictures[0], pictures[1])
    assert np.array_equal(pictures[-1], watched)


def test_it_stops_where_it_is_closed() -> None:
    task = layout_of(150, 10_000)
    stages = [next(task).stage for _ in range(3)]
    task.close()
    assert stages == ["joining", "placing", "placing"]


@pytest.mark.parametrize(
    ("perplexity", "words", "fitting"), [(30, 1_000, 30), (30, 91, 30), (30, 61, 20), (30, 4, 1), (5, 10, 3)]
)
def test_few_words_have_a_smaller_perplexity(perplexity: float, words: int, fitting: float) -> None:
    assert fitting_perplexity(perplexity, words) == fitting


def test_all_steps_are_taken_at_once_or_in_parts() -> None:
    for words in (5, 150, 40_000):
        stretches = module._stretches(100, 33, words)
        assert sum(steps for _, steps in stretches) == 100
        assert any(done == 33 for done, _ in stretches)
