from __future__ import annotations

import dataclasses
import threading
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from gloveui.core import tiles as tiles_module
from gloveui.core import training as training_module
from gloveui.core.cooccurrence import CooccurrenceMatrix
from gloveui.core.embedding import Embedding
from gloveui.core.errors import TrainingDiverged
from gloveui.core.glove import GloveConfig
from gloveui.core.progress import Progress, Task, run_to_end
from gloveui.core.resources import Resources
from gloveui.core.tiles import Tiles, build_tiles, word_places
from gloveui.core.training import Checkpoint, Trainer, TrainingReport
from tests import naive
from tests.core.steps import LECTURE, count, random_text, read

CONFIG = GloveConfig(dimension=7, epochs=4, x_max=5.0)


@pytest.fixture
def many_tiles(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many rounds in an epoch of a small text, and a report after each."""
    monkeypatch.setattr(tiles_module, "TILE_BYTES", 1_024)
    monkeypatch.setattr(tiles_module, "SMALLEST_TILE", 4)
    monkeypatch.setattr(training_module, "REPORT_SECONDS", 0.0)


@pytest.fixture(scope="module")
def matrix() -> CooccurrenceMatrix:
    return count(random_text(60, 3_000), window=5)


@pytest.fixture(scope="module")
def runaway() -> CooccurrenceMatrix:
    """Three words and large counts: a high learning rate throws the model out."""
    return count("ice steam water " * 3_000)


def bits(state: Checkpoint | Embedding) -> list[bytes]:
    if isinstance(state, Embedding):
        assert state.parameters is not None
        state_arrays = [state.vectors, *vars(state.parameters).values()]
    else:
        state_arrays = list(vars(state.state).values())
    return [array.tobytes() for array in state_arrays]


def reports_of(task: Task[Embedding]) -> list[TrainingReport]:
    seen: list[Progress] = []
    run_to_end(task, seen.append)
    return [progress.detail for progress in seen if progress.stage == "training"]


def pull_until(task: Task[Embedding], position: float) -> None:
    """Train until the reports say that `position` epochs are done."""
    for progress in task:
        if progress.stage == "training" and progress.detail.position >= position:
            return


def twin_of(start: Checkpoint) -> naive.Model:
    state = start.state
    return naive.Model(state.words, state.contexts, state.word_biases[:, 0], state.context_biases[:, 0])


def train_twin(
    twin: naive.Model, tiles: Tiles, matrix: CooccurrenceMatrix, config: GloveConfig, epoch: int
) -> float:
    """One epoch in the order of the tiles; counts and weights come from the matrix itself."""
    places, _ = word_places(len(matrix.vocabulary), tiles.blocks)
    word_at = {int(place): word for word, place in enumerate(places)}
    loss = 0.0
    for tile in np.concatenate(tiles.rounds(config.seed, epoch)):
        for pair in range(tiles.first_pairs[tile], tiles.first_pairs[tile + 1]):
            i, j = (word_at[int(place)] for place in tiles.pair_places[pair])
            f = naive.weight(matrix.count(i, j), config.x_max, config.alpha)
            step = twin.fast_step if config.mode == "fast" else twin.step
            loss += step(i, j, matrix.count(i, j), f, config.learning_rate, config.gradient_clip)
    return loss / matrix.nonzeros


@pytest.mark.parametrize("mode", ["exact", "fast"])
@pytest.mark.parametrize(
    "changes", [{}, {"gradient_clip": 0.05}, {"learning_rate": 0.5, "alpha": 0.3}, {"dimension": 40}]
)
def test_two_epochs_are_those_of_the_naive_twin_within_the_rounding_of_float32(
    matrix: CooccurrenceMatrix, many_tiles: None, mode: str, changes: dict[str, Any]
) -> None:
    config = dataclasses.replace(CONFIG, epochs=2, mode=mode, **changes)
    trainer = Trainer(matrix, config, Resources(threads=2))
    twin = twin_of(trainer.checkpoint())
    tiles = run_to_end(build_tiles(matrix, config, trainer.checkpoint().rounds_per_epoch, 1))
    assert tiles.blocks > 3
    expected = [train_twin(twin, tiles, matrix, config, epoch) for epoch in range(2)]

    run_to_end(trainer.run())

    assert trainer.losses == pytest.approx(expected, rel=1e-4)
    state = trainer.checkpoint().state
    is_fast = mode == "fast"
    word_sums = twin.word_row_sums[:, None] if is_fast else twin.word_sums
    context_sums = twin.context_row_sums[:, None] if is_fast else twin.context_sums
    np.testing.assert_allclose(state.words, twin.words, rtol=1e-3, atol=2e-5)
    np.testing.assert_allclose(state.word_sums, word_sums, rtol=1e-4)
    np.testing.assert_allclose(state.contexts, twin.contexts, rtol=1e-3, atol=2e-5)
    np.testing.assert_allclose(state.context_sums, context_sums, rtol=1e-4)
    np.testing.assert_allclose(state.word_biases[:, 0], twin.word_biases, rtol=1e-3, atol=2e-5)
    np.testing.assert_allclose(state.word_biases[:, 1], twin.word_bias_sums, rtol=1e-4)
    np.testing.assert_allclose(state.context_biases[:, 0], twin.context_biases, rtol=1e-3, atol=2e-5)
    np.testing.assert_allclose(state.context_biases[:, 1], twin.context_bias_sums, rtol=1e-4)


@pytest.mark.parametrize(("mode", "learning_rate"), [("exact", 0.5), ("fast", 2.0)])
def test_a_step_that_would_overshoot_is_held_back(
    runaway: CooccurrenceMatrix, mode: str, learning_rate: float
) -> None:
    config = GloveConfig(dimension=10, epochs=100, learning_rate=learning_rate, mode=mode)
    trainer = Trainer(runaway, config, Resources(threads=1))
    run_to_end(trainer.run())
    assert max(trainer.losses) <= trainer.losses[0]
    assert trainer.losses[-1] < 0.1 * trainer.losses[0]


@pytest.mark.parametrize("dimension", [1, 15, 16, 17, 1_000])
@pytest.mark.parametrize("mode", ["exact", "fast"])
def test_every_dimension_learns(runaway: CooccurrenceMatrix, dimension: int, mode: str) -> None:
    config = GloveConfig(dimension=dimension, epochs=30, mode=mode)
    trainer = Trainer(runaway, config, Resources(threads=1))
    embedding = run_to_end(trainer.run())
    assert embedding.dimension == dimension
    assert trainer.losses[-1] < 0.5 * trainer.losses[0]


def test_first_values_are_small_and_even_and_sums_begin_at_1(matrix: CooccurrenceMatrix) -> None:
    start = Trainer(matrix, GloveConfig(dimension=50), Resources(threads=1)).checkpoint().state
    values = np.concatenate([start.words, start.contexts]) * 50
    assert -0.5 <= values.min() < -0.49
    assert 0.49 < values.max() <= 0.5
    assert abs(values.mean()) < 0.02
    biases = np.concatenate([start.word_biases[:, 0], start.context_biases[:, 0]]) * 50
    assert np.abs(biases).max() <= 0.5
    assert len(set(biases.tolist())) > 100
    vector_sums = (start.word_sums, start.context_sums)
    for sums in (*vector_sums, start.word_biases[:, 1], start.context_biases[:, 1]):
        assert (sums == 1).all()


def test_the_loss_falls(matrix: CooccurrenceMatrix) -> None:
    trainer = Trainer(matrix, dataclasses.replace(CONFIG, epochs=20), Resources(threads=1))
    run_to_end(trainer.run())
    assert all(later < earlier for earlier, later in pairwise(trainer.losses[:5]))
    assert trainer.losses[-1] < 0.5 * trainer.losses[0]


def test_the_lecture_is_learned_to_its_counts() -> None:
    matrix = count(read(LECTURE), window=1, weighting="flat")
    config = GloveConfig(dimension=10, epochs=300, learning_rate=0.5)
    learned = run_to_end(Trainer(matrix, config, Resources(threads=1)).run()).parameters
    assert learned is not None
    i, like = matrix.vocabulary.id_of("i"), matrix.vocabulary.id_of("like")
    product = float(learned.word_vectors[i] @ learned.context_vectors[like])
    prediction = product + learned.word_biases[i] + learned.context_biases[like]
    assert np.exp(prediction) == pytest.approx(2.0, rel=0.05)


def test_training_gives_the_same_bits_on_any_number_of_threads(
    matrix: CooccurrenceMatrix, many_tiles: None
) -> None:
    trainers = [Trainer(matrix, CONFIG, Resources(threads=threads)) for threads in (1, 2, 3)]
    one, *others = [bits(run_to_end(trainer.run())) for trainer in trainers]
    assert all(other == one for other in others)
    assert len({trainer.losses for trainer in trainers}) == 1


def test_the_seed_decides_and_another_seed_learns_something_else(matrix: CooccurrenceMatrix) -> None:
    def learned(seed: int) -> list[bytes]:
        return bits(
            run_to_end(Trainer(matrix, dataclasses.replace(CONFIG, seed=seed), Resources(threads=1)).run())
        )

    assert learned(1) == learned(1)
    assert learned(1) != learned(2)


@pytest.mark.parametrize("position", [0.01, 0.5, 1.0, 2.3])
def test_stopping_and_going_on_gives_what_would_have_come_anyway(
    matrix: CooccurrenceMatrix, many_tiles: None, position: float
) -> None:
    uninterrupted = Trainer(matrix, CONFIG, Resources(threads=2))
    expected = bits(run_to_end(uninterrupted.run()))
    trainer = Trainer(matrix, CONFIG, Resources(threads=2))
    task = trainer.run()
    pull_until(task, position)
    task.close()
    assert bits(trainer.embedding()) != expected
    assert bits(run_to_end(trainer.run())) == expected
    assert trainer.losses == uninterrupted.losses


def test_a_checkpoint_in_the_middle_of_an_epoch_goes_on_in_another_trainer(
    matrix: CooccurrenceMatrix, many_tiles: None
) -> None:
    uninterrupted = Trainer(matrix, CONFIG, Resources(threads=1))
    expected = bits(run_to_end(uninterrupted.run()))
    first = Trainer(matrix, CONFIG, Resources(threads=1))
    task = first.run()
    pull_until(task, 1.5)
    checkpoint = first.checkpoint()
    task.close()
    assert checkpoint.rounds > 0
    second = Trainer(matrix, CONFIG, Resources(threads=3))
    second.restore(checkpoint)
    assert bits(run_to_end(second.run())) == expected
    assert second.losses == uninterrupted.losses


def test_a_checkpoint_and_an_embedding_are_copies(matrix: CooccurrenceMatrix) -> None:
    trainer = Trainer(matrix, CONFIG, Resources(threads=1))
    checkpoint, embedding = trainer.checkpoint(), trainer.embedding()
    before = bits(checkpoint), bits(embedding)
    run_to_end(trainer.run())
    assert (bits(checkpoint), bits(embedding)) == before
    assert bits(trainer.checkpoint()) != before[0]


def test_restoring_goes_back(matrix: CooccurrenceMatrix) -> None:
    trainer = Trainer(matrix, CONFIG, Resources(threads=1))
    start = trainer.checkpoint()
    run_to_end(trainer.run())
    trainer.restore(start)
    assert bits(trainer.checkpoint()) == bits(start)
    assert trainer.losses == ()


def test_training_further_is_as_if_more_epochs_had_been_asked_for(matrix: CooccurrenceMatrix) -> None:
    at_once = Trainer(matrix, dataclasses.replace(CONFIG, epochs=7), Resources(threads=1))
    expected = bits(run_to_end(at_once.run()))
    trainer = Trainer(matrix, CONFIG, Resources(threads=1))
    run_to_end(trainer.run())
    trainer.train_further(3)
    assert bits(run_to_end(trainer.run())) == expected
    assert trainer.losses == at_once.losses


def test_training_further_after_a_stop_finishes_what_was_asked_for_first(matrix: CooccurrenceMatrix) -> None:
    trainer = Trainer(matrix, CONFIG, Resources(threads=1))
    task = trainer.run()
    next(task)
    task.close()
    trainer.train_further(2)
    run_to_end(trainer.run())
    assert len(trainer.losses) == CONFIG.epochs + 2


def test_a_training_that_is_done_has_nothing_left_to_do(matrix: CooccurrenceMatrix) -> None:
    trainer = Trainer(matrix, CONFIG, Resources(threads=1))
    expected = bits(run_to_end(trainer.run()))
    assert reports_of(trainer.run()) == []
    assert bits(trainer.embedding()) == expected


def test_a_first_epoch_that_leaves_all_bounds_halts_at_its_start(matrix: CooccurrenceMatrix) -> None:
    config = dataclasses.replace(CONFIG, learning_rate=10.0, gradient_clip=1e30)
    trainer = Trainer(matrix, config, Resources(threads=1))
    start = bits(trainer.checkpoint())
    with pytest.raises(TrainingDiverged) as caught:
        run_to_end(trainer.run())
    assert caught.value.fields["epoch"] == 1
    assert caught.value.fields["kept"] == 0
    assert caught.value.fields["learning_rate"] == 10.0
    assert bits(trainer.checkpoint()) == start
    assert trainer.losses == ()


def test_a_later_jump_of_the_loss_halts_with_the_best_epoch(matrix: CooccurrenceMatrix) -> None:
    trainer = Trainer(matrix, CONFIG, Resources(threads=1))
    well = dataclasses.replace(trainer.checkpoint(), losses=(0.02, 0.01))
    trainer.restore(well)
    with pytest.raises(TrainingDiverged) as caught:
        run_to_end(trainer.run())
    assert caught.value.fields["epoch"] == 3
    assert caught.value.fields["kept"] == 2
    assert bits(trainer.checkpoint()) == bits(well)
    assert trainer.losses == well.losses


def test_numbers_that_are_no_longer_finite_halt_at_once(matrix: CooccurrenceMatrix, many_tiles: None) -> None:
    trainer = Trainer(matrix, CONFIG, Resources(threads=2))
    good = trainer.checkpoint()
    words = good.state.words.copy()
    words[3, 0] = np.nan
    trainer.restore(dataclasses.replace(good, state=dataclasses.replace(good.state, words=words)))
    with pytest.raises(TrainingDiverged, match=r"nan|inf"):
        run_to_end(trainer.run())


def test_a_loss_that_no_longer_falls_ends_a_training_with_patience(matrix: CooccurrenceMatrix) -> None:
    config = dataclasses.replace(CONFIG, epochs=1_000, patience=3)
    trainer = Trainer(matrix, config, Resources(threads=1))
    run_to_end(trainer.run())
    losses = trainer.losses
    assert 10 < len(losses) < 1_000
    assert min(losses[-3:]) > 0.999 * min(losses[:-3])
    assert trainer.has_settled


def test_without_patience_a_training_goes_on_to_its_end(runaway: CooccurrenceMatrix) -> None:
    trainer = Trainer(runaway, GloveConfig(dimension=3, epochs=400), Resources(threads=1))
    run_to_end(trainer.run())
    assert len(trainer.losses) == 400
    assert not trainer.has_settled


def test_reports_follow_the_training_to_its_end(matrix: CooccurrenceMatrix, many_tiles: None) -> None:
    trainer = Trainer(matrix, CONFIG, Resources(threads=2))
    reports = reports_of(trainer.run())
    positions = [report.position for report in reports]
    assert positions == sorted(positions)
    assert positions[-1] == CONFIG.epochs
    assert len(positions) > 4 * CONFIG.epochs
    assert tuple(loss for report in reports for loss in report.finished) == trainer.losses
    assert {report.epochs for report in reports} == {CONFIG.epochs}
    assert all(report.pairs_per_second >= 0 and report.seconds_left >= 0 for report in reports)
    assert all(0 < report.loss < 1 for report in reports if report.position % 1)


def test_a_training_too_short_for_a_report_still_ends_with_one(matrix: CooccurrenceMatrix) -> None:
    trainer = Trainer(matrix, CONFIG, Resources(threads=1))
    seen: list[Progress] = []
    run_to_end(trainer.run(), seen.append)
    assert seen[-1].fraction == 1.0
    assert seen[-1].detail.position == CONFIG.epochs


@pytest.mark.parametrize("vectors", ["sum", "word", "context", "concatenated"])
def test_the_embedding_has_the_vectors_that_were_asked_for(matrix: CooccurrenceMatrix, vectors: str) -> None:
    embedding = Trainer(
        matrix, dataclasses.replace(CONFIG, vectors=vectors), Resources(threads=1)
    ).embedding()
    assert embedding.parameters is not None
    assert (embedding.vectors == embedding.parameters.vectors(vectors)).all()
    assert embedding.dimension == (14 if vectors == "concatenated" else 7)
    assert embedding.vocabulary is matrix.vocabulary


def test_training_that_is_closed_early_leaves_no_thread(matrix: CooccurrenceMatrix, many_tiles: None) -> None:
    task = Trainer(matrix, CONFIG, Resources(threads=3)).run()
    pull_until(task, 0.2)
    assert any(thread.name.startswith("gloveui-trainer") for thread in threading.enumerate())
    task.close()
    assert not any(thread.name.startswith("gloveui-trainer") for thread in threading.enumerate())


def test_whole_numbers_serve_as_settings(matrix: CooccurrenceMatrix) -> None:
    whole = GloveConfig(dimension=5, epochs=1, x_max=5, alpha=1, gradient_clip=100)
    fractions = GloveConfig(dimension=5, epochs=1, x_max=5.0, alpha=1.0, gradient_clip=100.0)
    one, other = (
        run_to_end(Trainer(matrix, config, Resources(threads=1)).run()) for config in (whole, fractions)
    )
    assert bits(one) == bits(other)


@pytest.mark.parametrize("seed", [0, 2**32, 2**63 - 1])
def test_every_seed_that_is_allowed_trains(matrix: CooccurrenceMatrix, seed: int) -> None:
    trainer = Trainer(matrix, dataclasses.replace(CONFIG, seed=seed), Resources(threads=1))
    run_to_end(trainer.run())
    assert trainer.losses[-1] < trainer.losses[0]
