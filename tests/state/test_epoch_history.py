"""The session keeps the epochs of the last training for as long as they belong to it."""

from __future__ import annotations

from gloveui.core.cooccurrence import CountOptions
from gloveui.core.glove import GloveConfig
from gloveui.core.presets import Preset
from tests.state.bench import LONG, OTHER_TEXT, TEXT, Bench

SHORT = Preset("short", CountOptions(window=1, min_count=1), GloveConfig(dimension=4, epochs=3))


def epochs(bench: Bench) -> list[float]:
    return [one.epoch for one in bench.session.epochs.snapshots]


def train(bench: Bench, preset: Preset = SHORT) -> None:
    bench.pipeline.open_text(TEXT, preset)
    bench.pipeline.train()
    bench.wait_until_done()


def test_a_training_leaves_its_beginning_and_the_end_of_each_epoch(bench: Bench) -> None:
    train(bench)
    history, model = bench.session.epochs, bench.session.model
    assert epochs(bench) == [0, 1, 2, 3]
    assert history.number == model.number
    assert history.vocabulary is model.embedding.vocabulary
    assert history.snapshots[-1].vectors.tobytes() == model.embedding.vectors.tobytes()


def test_epochs_come_while_a_training_runs_and_its_last_state_when_it_is_stopped(bench: Bench) -> None:
    bench.pipeline.open_text(TEXT, LONG)
    bench.pipeline.train()
    bench.qtbot.waitUntil(lambda: len(bench.session.epochs.snapshots) > 2, timeout=60_000)
    bench.pipeline.stop()
    bench.wait_until_done()
    last = bench.session.epochs.snapshots[-1]
    assert last.epoch >= len(bench.session.losses.epochs)
    assert last.vectors.tobytes() == bench.session.model.embedding.vectors.tobytes()


def test_a_training_that_goes_on_adds_to_its_epochs(bench: Bench) -> None:
    train(bench)
    before = bench.session.epochs.snapshots
    bench.pipeline.continue_training(2)
    bench.wait_until_done()
    assert epochs(bench) == [0, 1, 2, 3, 4, 5]
    assert bench.session.epochs.snapshots[: len(before)] == before


def test_a_new_training_begins_with_its_own_epochs(bench: Bench) -> None:
    train(bench)
    seen: list[int] = []
    history = bench.session.epochs
    history.changed.connect(lambda: seen.append(len(history.snapshots)))
    bench.pipeline.train()
    bench.wait_until_done()
    assert seen[0] == 0
    assert history.number == 2
    assert epochs(bench) == [0, 1, 2, 3]


def test_another_text_has_no_epochs_yet(bench: Bench) -> None:
    train(bench)
    bench.pipeline.open_text(OTHER_TEXT, SHORT)
    bench.wait_until_done()
    assert bench.session.epochs.series is None
    assert bench.session.epochs.number == 0
