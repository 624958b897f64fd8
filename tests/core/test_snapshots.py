"""What is kept of a training is what a shorter one would have given, in a bounded amount of memory."""

from __future__ import annotations

import math

import numpy as np
import pytest

from gloveui.core.cooccurrence import CooccurrenceMatrix
from gloveui.core.errors import TrainingDiverged
from gloveui.core.glove import GloveConfig
from gloveui.core.progress import run_to_end
from gloveui.core.resources import Resources
from gloveui.core.snapshots import (
    FEWEST_SNAPSHOTS,
    SnapshotKeeper,
    SnapshotSeries,
    epoch_snapshots,
)
from gloveui.core.training import Trainer
from tests.core import steps

ALONE = Resources(threads=1)


@pytest.fixture(scope="module")
def counts() -> CooccurrenceMatrix:
    return steps.count(steps.read(steps.random_text(40, 1_000)))


def trainer_of(counts: CooccurrenceMatrix, **settings: object) -> Trainer:
    return Trainer(counts, GloveConfig(**({"dimension": 5, "epochs": 4} | settings)), ALONE)


def epochs_of(series: SnapshotSeries) -> list[float]:
    return [one.epoch for one in series.snapshots]


@pytest.mark.parametrize("vectors", ["sum", "word", "context", "concatenated"])
def test_each_snapshot_is_what_a_training_of_so_many_epochs_gives(counts, vectors) -> None:
    series = epoch_snapshots(counts, resources=ALONE, dimension=5, epochs=4, vectors=vectors)
    assert epochs_of(series) == [0, 1, 2, 3, 4]
    for snapshot in series.snapshots[1:]:
        shorter = trainer_of(counts, epochs=int(snapshot.epoch), vectors=vectors)
        embedding = run_to_end(shorter.run())
        assert snapshot.vectors.tobytes() == embedding.vectors.tobytes()
        assert snapshot.loss == shorter.losses[-1]


def test_the_first_snapshot_is_what_training_begins_with(counts) -> None:
    first = epoch_snapshots(counts, resources=ALONE, dimension=5, epochs=1).snapshots[0]
    assert first.vectors.tobytes() == trainer_of(counts).embedding().vectors.tobytes()
    assert math.isnan(first.loss)


def test_looking_changes_nothing(counts) -> None:
    alone, watched = trainer_of(counts), trainer_of(counts)
    expected = run_to_end(alone.run())
    received = run_to_end(watched.run(SnapshotKeeper(watched).look))
    assert received.vectors.tobytes() == expected.vectors.tobytes()


def test_snapshots_are_frozen_copies(counts) -> None:
    trainer = trainer_of(counts)
    keeper = SnapshotKeeper(trainer)
    run_to_end(trainer.run(keeper.look))
    last = keeper.series.snapshots[-1].vectors
    with pytest.raises(ValueError, match="read-only"):
        last[0, 0] = 1.0
    before = last.copy()
    trainer.train_further(1)
    run_to_end(trainer.run())
    assert np.array_equal(last, before)


def test_only_the_most_frequent_words_are_kept_where_the_vectors_are_long(counts) -> None:
    trainer = trainer_of(counts)
    keeper = SnapshotKeeper(trainer, largest_bytes=FEWEST_SNAPSHOTS * 10 * 4 * 5)
    keeper.look()
    series = keeper.series
    assert series.word_count == 10
    assert series.snapshots[0].vectors.tobytes() == trainer.embedding().vectors[:10].tobytes()
    assert series.vocabulary is counts.vocabulary


class Clock:
    """A trainer of which only the epoch counts."""

    def __init__(self, counts: CooccurrenceMatrix) -> None:
        self.matrix, self.config = counts, GloveConfig(dimension=5)
        self.position = 0.0
        self.losses: tuple[float, ...] = ()
        self._trainer = Trainer(counts, self.config, ALONE)
        self.parameters = self._trainer.parameters


def test_when_there_are_too_many_every_second_goes_and_the_ends_stay(counts) -> None:
    clock = Clock(counts)
    bound = 20 * len(counts.vocabulary) * 4 * 5
    keeper = SnapshotKeeper(clock, bound)
    for epoch in range(200):
        clock.position = float(epoch)
        keeper.look()
        assert keeper.series.byte_count <= bound
    clock.position = 199.5
    keeper.take_last()
    series = keeper.series
    assert series.byte_count <= bound
    assert series.step == 16
    assert epochs_of(series) == [*range(0, 200, 16), 199.5]


def test_what_was_only_the_last_makes_room_when_training_goes_on(counts) -> None:
    clock = Clock(counts)
    keeper = SnapshotKeeper(clock)
    for position, take in ((0.0, keeper.look), (1.0, keeper.look), (1.4, keeper.take_last)):
        clock.position = position
        take()
    first = keeper.series.snapshots[1]
    assert epochs_of(keeper.series) == [0, 1, 1.4]
    clock.position = 2.0
    keeper.look()
    assert epochs_of(keeper.series) == [0, 1, 2]
    assert keeper.series.snapshots[1] is first


def test_the_same_epoch_is_kept_once(counts) -> None:
    clock = Clock(counts)
    keeper = SnapshotKeeper(clock)
    keeper.look()
    series = keeper.series
    keeper.look()
    keeper.take_last()
    assert keeper.series is series


def test_snapshots_after_the_epoch_that_is_restored_go(counts) -> None:
    clock = Clock(counts)
    keeper = SnapshotKeeper(clock)
    for epoch in range(4):
        clock.position = float(epoch)
        keeper.look()
    clock.position = 2.0
    keeper.take_last()
    assert epochs_of(keeper.series) == [0, 1, 2]


def test_a_training_that_leaves_its_bounds_ends_with_its_best_epoch(counts) -> None:
    trainer = trainer_of(counts, learning_rate=10.0, epochs=30, mode="exact")
    keeper = SnapshotKeeper(trainer)
    with pytest.raises(TrainingDiverged):
        run_to_end(trainer.run(keeper.look))
    keeper.take_last()
    assert keeper.series.snapshots[-1].epoch == len(trainer.losses)
