from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest

from gloveui.core import torch_engine as engine_module
from gloveui.core import training as training_module
from gloveui.core.cooccurrence import CooccurrenceMatrix
from gloveui.core.devices import Device
from gloveui.core.errors import NotEnoughMemory, SettingError, TooManyPairs, TrainingDiverged
from gloveui.core.glove import GloveConfig
from gloveui.core.progress import run_to_end
from gloveui.core.tiles import build_tiles
from gloveui.core.torch_device import Pace, opened
from gloveui.core.torch_tiles import TorchTiles
from tests.core.steps import LECTURE, count, random_text, read
from tests.core.test_training import bits, pull_until, train_twin, twin_of
from tests.core.torch_trainers import KINDS, TorchTrainers, words_of

CONFIG = GloveConfig(dimension=7, epochs=2, x_max=5.0)


@pytest.fixture(params=KINDS)
def trainers(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> TorchTrainers:
    monkeypatch.setattr(training_module, "REPORT_SECONDS", 0.0)
    return TorchTrainers(request.param, monkeypatch)


@pytest.fixture(scope="module")
def matrix() -> CooccurrenceMatrix:
    return count(random_text(12, 60), window=3)


@pytest.fixture(scope="module")
def lecture() -> CooccurrenceMatrix:
    return count(read(LECTURE), window=1, weighting="flat")


@pytest.mark.parametrize("mode", ["exact", "fast"])
@pytest.mark.parametrize("changes", [{}, {"gradient_clip": 0.05}, {"learning_rate": 0.5, "alpha": 0.3}])
def test_an_epoch_is_that_of_the_naive_twin_within_the_rounding_of_float32(
    matrix: CooccurrenceMatrix, trainers: TorchTrainers, mode: str, changes: dict[str, Any]
) -> None:
    config = dataclasses.replace(CONFIG, epochs=1, mode=mode, **changes)
    trainer = trainers(matrix, config, blocks=words_of(matrix))
    twin = twin_of(trainer.checkpoint())
    tiles = run_to_end(build_tiles(matrix, config, words_of(matrix), 1))
    expected = train_twin(twin, tiles, matrix, config, 0)

    run_to_end(trainer.run())

    assert trainer.losses == pytest.approx([expected], rel=1e-4)
    state = trainer.checkpoint().state
    is_fast = mode == "fast"
    np.testing.assert_allclose(state.words, twin.words, rtol=1e-3, atol=2e-5)
    np.testing.assert_allclose(state.contexts, twin.contexts, rtol=1e-3, atol=2e-5)
    sums = (twin.word_row_sums[:, None], twin.context_row_sums[:, None]) if is_fast else (
        twin.word_sums, twin.context_sums
    )  # fmt: skip
    np.testing.assert_allclose(state.word_sums, sums[0], rtol=1e-4)
    np.testing.assert_allclose(state.context_sums, sums[1], rtol=1e-4)
    np.testing.assert_allclose(state.word_biases[:, 0], twin.word_biases, rtol=1e-3, atol=2e-5)
    np.testing.assert_allclose(state.word_biases[:, 1], twin.word_bias_sums, rtol=1e-4)
    np.testing.assert_allclose(state.context_biases[:, 0], twin.context_biases, rtol=1e-3, atol=2e-5)
    np.testing.assert_allclose(state.context_biases[:, 1], twin.context_bias_sums, rtol=1e-4)


@pytest.mark.parametrize("mode", ["exact", "fast"])
def test_a_copy_to_look_at_is_the_model_without_its_sums(
    matrix: CooccurrenceMatrix, trainers: TorchTrainers, mode: str
) -> None:
    trainer = trainers(matrix, dataclasses.replace(CONFIG, mode=mode), blocks=words_of(matrix))
    run_to_end(trainer.run())
    received, expected = trainer.parameters(), trainer.checkpoint().state.parameters

    first = trainer.parameters(3)

    for name, array in vars(expected).items():
        np.testing.assert_array_equal(getattr(received, name), array)
        np.testing.assert_array_equal(getattr(first, name), array[:3])


@pytest.mark.parametrize("dimension", [1, 7, 8, 40, 1_000])
@pytest.mark.parametrize("mode", ["exact", "fast"])
def test_a_state_comes_back_as_it_was_put_in(
    matrix: CooccurrenceMatrix, trainers: TorchTrainers, dimension: int, mode: str
) -> None:
    trainer = trainers(matrix, GloveConfig(dimension=dimension, mode=mode), blocks=5)
    start = trainer.checkpoint()
    random = np.random.default_rng(1)
    parts = {
        name: (1 + random.random(array.shape)).astype(np.float32) for name, array in vars(start.state).items()
    }
    known = dataclasses.replace(start, state=dataclasses.replace(start.state, **parts))
    trainer.restore(known)
    assert bits(trainer.checkpoint()) == bits(known)


@pytest.mark.parametrize("position", [0.1, 1.0, 1.4])
def test_stopping_and_going_on_gives_what_would_have_come_anyway(
    lecture: CooccurrenceMatrix, trainers: TorchTrainers, position: float
) -> None:
    uninterrupted = trainers(lecture, CONFIG, blocks=3)
    expected = bits(run_to_end(uninterrupted.run()))
    trainer = trainers(lecture, CONFIG, blocks=3)
    task = trainer.run()
    pull_until(task, position)
    task.close()
    assert bits(trainer.embedding()) != expected
    assert bits(run_to_end(trainer.run())) == expected
    assert trainer.losses == uninterrupted.losses


def test_a_checkpoint_in_the_middle_of_an_epoch_goes_on_in_another_trainer(
    lecture: CooccurrenceMatrix, trainers: TorchTrainers
) -> None:
    expected = bits(run_to_end(trainers(lecture, CONFIG, blocks=3).run()))
    first = trainers(lecture, CONFIG, blocks=3)
    task = first.run()
    pull_until(task, 0.3)
    checkpoint = first.checkpoint()
    task.close()
    assert checkpoint.rounds > 0
    second = trainers(lecture, CONFIG, blocks=3)
    second.restore(checkpoint)
    assert bits(run_to_end(second.run())) == expected


def test_checkpoints_and_embeddings_are_copies(lecture: CooccurrenceMatrix, trainers: TorchTrainers) -> None:
    trainer = trainers(lecture, CONFIG)
    checkpoint, embedding = trainer.checkpoint(), trainer.embedding()
    before = bits(checkpoint), bits(embedding)
    run_to_end(trainer.run())
    assert (bits(checkpoint), bits(embedding)) == before
    assert bits(trainer.checkpoint()) != before[0]


@pytest.mark.parametrize(("dimension", "mode"), [(1, "exact"), (16, "fast"), (300, "exact"), (1_000, "fast")])
def test_seven_words_learn_in_any_dimension(
    lecture: CooccurrenceMatrix, trainers: TorchTrainers, dimension: int, mode: str
) -> None:
    config = GloveConfig(dimension=dimension, mode=mode, epochs=6, learning_rate=0.5)
    trainer = trainers(lecture, config)
    embedding = run_to_end(trainer.run())
    assert embedding.vectors.shape == (7, dimension)
    assert trainer.losses[-1] < 0.5 * trainer.losses[0]


@pytest.mark.parametrize("mode", ["exact", "fast"])
def test_a_step_that_would_overshoot_is_held_back(trainers: TorchTrainers, mode: str) -> None:
    runaway = count("ice steam water " * 3_000)
    config = GloveConfig(dimension=10, epochs=20, learning_rate=0.5 if mode == "exact" else 2.0, mode=mode)
    trainer = trainers(runaway, config)
    run_to_end(trainer.run())
    assert max(trainer.losses) <= trainer.losses[0]
    assert trainer.losses[-1] < 0.5 * trainer.losses[0]


def test_numbers_that_are_no_longer_finite_halt(lecture: CooccurrenceMatrix, trainers: TorchTrainers) -> None:
    trainer = trainers(lecture, CONFIG)
    good = trainer.checkpoint()
    words = good.state.words.copy()
    words[3, 0] = np.nan
    trainer.restore(dataclasses.replace(good, state=dataclasses.replace(good.state, words=words)))
    with pytest.raises(TrainingDiverged, match=r"nan|inf"):
        run_to_end(trainer.run())


def test_the_device_is_named(lecture: CooccurrenceMatrix, trainers: TorchTrainers) -> None:
    assert trainers(lecture, CONFIG).device == "CPU by torch"


def test_a_training_that_does_not_fit_is_refused_with_what_would(
    matrix: CooccurrenceMatrix, trainers: TorchTrainers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_module, "free_memory", lambda where: 150_000)
    config = dataclasses.replace(CONFIG, dimension=1_000)
    with pytest.raises(NotEnoughMemory, match=r"needs .* of memory on this CPU by torch; 150 KB") as caught:
        trainers(matrix, config).checkpoint()
    fitting = caught.value.fields["fitting"]
    assert isinstance(fitting, int)
    assert 1 < fitting < 1_000
    trainers(matrix, dataclasses.replace(config, dimension=fitting // 2)).checkpoint()
    monkeypatch.setattr(engine_module, "free_memory", lambda where: 1_000)
    with pytest.raises(TooManyPairs):
        trainers(matrix, config).checkpoint()


def test_a_device_that_fills_up_on_the_way_is_told_as_such(
    lecture: CooccurrenceMatrix, trainers: TorchTrainers, monkeypatch: pytest.MonkeyPatch
) -> None:
    import torch

    def full(*_: object) -> None:
        raise torch.OutOfMemoryError("out of memory")

    trainer = trainers(lecture, CONFIG)
    trainer.checkpoint()
    monkeypatch.setattr(TorchTiles, "order", full)
    with pytest.raises(NotEnoughMemory):
        run_to_end(trainer.run())


def test_a_device_that_torch_cannot_use_is_named_with_its_reason() -> None:
    import torch

    if torch.cuda.is_available():
        pytest.skip("this computer has such a device")
    with pytest.raises(SettingError, match=r"^device: .* found cuda \(GeForce: .+\)$"):
        opened(Device("cuda", "GeForce", 1 << 30))


def test_tiles_are_in_the_same_order_as_on_the_cpu() -> None:
    import torch

    tiles = run_to_end(build_tiles(count(random_text(50, 2_000)), CONFIG, 6, 1))
    moved = TorchTiles(tiles, 3, torch.device("cpu"))
    for epoch in (0, 1):
        rounds = tiles.rounds(3, epoch)
        assert moved.order(epoch).tolist() == np.stack(rounds).tolist()
        assert moved.pairs(epoch, range(2, 5)) == [tiles.pairs_in(rounds[number]) for number in (2, 3, 4)]
    expected = [
        np.arange(tiles.first_pairs[tile], tiles.first_pairs[tile + 1]) for tile in tiles.rounds(3, 1)[2]
    ]
    assert moved.numbers(moved.order(1)[2], moved.pairs(1, range(2, 3))[0]).tolist() == list(
        np.concatenate(expected)
    )


def test_the_pace_grows_to_what_takes_fifty_milliseconds(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr("time.perf_counter", lambda: now[0])
    pace, seen = Pace(rounds=1_000), []
    for _ in range(6):
        with pace.timed(pace.at_once):
            now[0] += 0.001 * pace.at_once
        seen.append(pace.at_once)
    assert seen == [4, 16, 50, 50, 50, 50]
    with pace.timed(50):
        now[0] += 100.0
    assert pace.at_once == 1
