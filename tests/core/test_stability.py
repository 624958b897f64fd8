from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import gloveui
from gloveui.core.cooccurrence import CooccurrenceMatrix
from gloveui.core.embedding import Embedding
from gloveui.core.errors import OtherCounts, SettingError
from gloveui.core.glove import GloveConfig
from gloveui.core.progress import Progress, run_to_end
from gloveui.core.queries import neighbours
from gloveui.core.resources import Resources
from gloveui.core.stability import Stability, train_seeds
from gloveui.core.training import Trainer
from tests.core import naive_comparison as naive
from tests.core.word_clouds import random_embedding

TEXT = "the king and the queen rule the land and the man and the woman walk the road to the sea\n" * 3
CONFIG = GloveConfig(dimension=6, epochs=4, seed=7)
ON_CPU = Resources(threads=1, device="cpu")


@pytest.fixture(scope="module")
def counts() -> CooccurrenceMatrix:
    return gloveui.count(gloveui.PastedText(TEXT), min_count=1, window=3)


@pytest.fixture(scope="module")
def model(counts: CooccurrenceMatrix) -> Embedding:
    return run_to_end(Trainer(counts, CONFIG, ON_CPU).run())


@pytest.fixture(scope="module")
def judged(model: Embedding, counts: CooccurrenceMatrix) -> Stability:
    return gloveui.stability(model, counts, CONFIG, seeds=3, k=4, threads=1, device="cpu")


def lists_of_seeds(counts: CooccurrenceMatrix, seeds: tuple[int, ...], k: int) -> list[list[list[int]]]:
    """For each word its neighbours in each training, one question at a time."""
    found = []
    for seed in seeds:
        embedding = run_to_end(Trainer(counts, replace(CONFIG, seed=seed), ON_CPU).run())
        found.append([[one.index for one in neighbours(embedding, word, k)] for word in counts.vocabulary])
    return [list(lists) for lists in zip(*found, strict=True)]


def test_each_neighbour_has_the_number_of_trainings_that_have_it_too(
    judged: Stability, model: Embedding, counts: CooccurrenceMatrix
) -> None:
    assert judged.seeds == (8, 9, 10)
    lists = lists_of_seeds(counts, judged.seeds, 4)
    for index, word in enumerate(model.vocabulary):
        shown = [one.index for one in neighbours(model, word, 4)]
        expected = [naive.seeds_that_agree(neighbour, lists[index]) for neighbour in shown]
        assert judged.shown[index].tolist() == shown
        assert judged.agreements[index].tolist() == expected
        assert [judged.agreement(index, neighbour) for neighbour in shown] == expected
        assert judged.means[index] == pytest.approx(np.mean(expected) / 3)


def test_the_same_seeds_give_the_same_and_the_models_own_seed_agrees_wholly(
    judged: Stability, model: Embedding, counts: CooccurrenceMatrix
) -> None:
    again = run_to_end(train_seeds(model, counts, CONFIG, 3, 4, resources=Resources(threads=2, device="cpu")))
    assert again.found.tobytes() == judged.found.tobytes()
    own = run_to_end(train_seeds(model, counts, replace(CONFIG, seed=6), 1, 4, resources=ON_CPU))
    assert own.means.tolist() == [1.0] * len(model)


def test_what_is_done_comes_with_the_progress_and_stays_when_the_rest_is_stopped(
    judged: Stability, model: Embedding, counts: CooccurrenceMatrix
) -> None:
    task = train_seeds(model, counts, CONFIG, 3, 4, resources=ON_CPU)
    steps: list[Progress] = []
    while not any(isinstance(step.detail, Stability) for step in steps):
        steps.append(next(task))
    task.close()
    fractions = [step.fraction or 0.0 for step in steps]
    assert fractions == sorted(fractions)
    assert fractions[-1] == pytest.approx(1 / 3)
    assert steps[-1].detail.found.tolist() == judged.found[:1].tolist()


def test_rare_words_are_not_asked_about_but_may_be_neighbours(
    judged: Stability, model: Embedding, counts: CooccurrenceMatrix
) -> None:
    few = run_to_end(train_seeds(model, counts, CONFIG, 3, 4, words=3, resources=ON_CPU))
    assert len(few) == 3
    assert few.found.tolist() == judged.found[:, :3].tolist()
    assert few.agreement(2, 5) == judged.agreement(2, 5)
    assert few.agreement(3, 0) is None


def test_a_model_of_other_words_is_refused(counts: CooccurrenceMatrix) -> None:
    with pytest.raises(OtherCounts):
        gloveui.stability(random_embedding(5, 6), counts, CONFIG)
    with pytest.raises(SettingError):
        gloveui.stability(random_embedding(5, 6), counts, CONFIG, seeds=0)
