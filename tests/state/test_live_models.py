"""What a training has learned so far can be looked at, and looking changes nothing."""

from __future__ import annotations

import numpy as np
import pytest

from gloveui.core.glove import GloveConfig, GloveParameters
from gloveui.core.presets import LECTURE
from gloveui.core.progress import Progress, run_to_end
from gloveui.core.resources import Resources
from gloveui.core.training import TrainingReport
from gloveui.state import model_making
from gloveui.state.model_making import Training
from gloveui.state.values import LiveModel
from tests.core import steps
from tests.state.bench import LONG, OTHER_TEXT, TEXT, Bench


@pytest.fixture
def each_report(monkeypatch: pytest.MonkeyPatch) -> None:
    """A copy with every report, and a report after every round."""
    monkeypatch.setattr("gloveui.core.training.REPORT_SECONDS", 0.0)
    monkeypatch.setattr(model_making, "LIVE_SECONDS", 0.0)
    monkeypatch.setattr(model_making, "LARGEST_LIVE_SHARE", float("inf"))


def training(mode: str = "exact") -> Training:
    tokens = steps.read(steps.random_text(40, 1_000))
    config = GloveConfig(dimension=5, epochs=3, mode=mode)
    return Training(1, TEXT, tokens, steps.count(tokens), config, Resources(threads=2), None)


def arrays_of(parameters: GloveParameters) -> list[bytes]:
    return [array.tobytes() for array in vars(parameters).values()]


@pytest.mark.parametrize("mode", ["exact", "fast"])
def test_a_training_gives_the_same_bits_whether_it_is_watched_or_not(each_report: None, mode: str) -> None:
    alone, watched = training(mode), training(mode)
    watched.is_watched.set()
    seen: list[Progress] = []
    expected, received = run_to_end(alone.run()), run_to_end(watched.run(), seen.append)

    assert any(isinstance(one.detail, LiveModel) for one in seen)
    assert arrays_of(received.parameters) == arrays_of(expected.parameters)
    assert watched.trainer.losses == alone.trainer.losses


def test_each_copy_is_the_model_at_its_position(each_report: None) -> None:
    watched = training()
    watched.is_watched.set()
    for progress in watched.run():
        if isinstance(progress.detail, LiveModel):
            now = watched.trainer.checkpoint()
            assert arrays_of(progress.detail.parameters) == arrays_of(now.state.parameters)
            assert progress.detail.position == len(now.losses) + now.rounds / now.rounds_per_epoch
            assert not np.shares_memory(progress.detail.parameters.word_vectors, now.state.words)


def test_a_report_follows_each_copy_so_that_the_time_left_stays_known(each_report: None) -> None:
    watched = training()
    watched.is_watched.set()
    kinds = [type(progress.detail) for progress in watched.run()]

    assert kinds.count(LiveModel) == kinds.count(TrainingReport)
    assert all(kinds[at + 1] is TrainingReport for at, kind in enumerate(kinds) if kind is LiveModel)


def test_no_copy_is_made_while_nobody_looks_or_memory_is_short(
    each_report: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    unwatched, short = training(), training()
    short.is_watched.set()
    assert not any(isinstance(one.detail, LiveModel) for one in unwatched.run())
    monkeypatch.setattr(model_making, "free_memory", lambda: 1_000)
    assert not any(isinstance(one.detail, LiveModel) for one in short.run())


def test_copies_are_about_a_second_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gloveui.core.training.REPORT_SECONDS", 0.0)
    monkeypatch.setattr(model_making, "LIVE_SECONDS", 3_600.0)
    watched = training()
    watched.is_watched.set()
    assert sum(isinstance(one.detail, LiveModel) for one in watched.run()) == 1


def test_a_copy_comes_when_somebody_begins_to_look_at_a_running_training(bench: Bench) -> None:
    bench.pipeline.open_text(TEXT, LONG)
    bench.pipeline.train()
    bench.wait_for_losses(1)
    assert bench.session.live is None
    bench.session.want_live("test", True)
    bench.qtbot.waitUntil(lambda: bench.session.live is not None, timeout=60_000)

    assert bench.session.predictor is bench.session.live.parameters
    bench.pipeline.stop()
    bench.wait_until_done()


def test_the_new_model_takes_the_place_of_the_copy_and_no_older_one_does(bench: Bench) -> None:
    bench.pipeline.open_text(TEXT, LONG)
    bench.session.want_live("test", True)
    predictors: list[GloveParameters | None] = []
    for _ in range(2):
        bench.pipeline.train()
        bench.qtbot.waitUntil(lambda: bench.session.live is not None, timeout=60_000)
        bench.session.predictor_changed.connect(lambda: predictors.append(bench.session.predictor))
        first = bench.session.models[0].embedding.parameters if bench.session.models else None
        bench.pipeline.stop()
        bench.wait_until_done()
        assert bench.session.live is None
        assert bench.session.predictor is bench.session.model.embedding.parameters
        assert first not in predictors
        predictors.clear()


def test_copies_of_a_text_that_is_no_longer_open_are_not_shown(bench: Bench) -> None:
    bench.session.want_live("test", True)
    bench.pipeline.open_text(TEXT, LONG)
    bench.pipeline.train()
    bench.qtbot.waitUntil(lambda: bench.session.live is not None, timeout=60_000)
    bench.pipeline.open_text(OTHER_TEXT, LECTURE)
    bench.wait_until_done()

    assert bench.session.live is None
