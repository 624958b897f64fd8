from __future__ import annotations

import pytest

from gloveui.core.baseline_settings import LsaSettings, Word2VecSettings
from gloveui.core.presets import LECTURE
from gloveui.state.run_again import Repetition, RunAgain
from tests.state.bench import OTHER_TEXT, TEXT, Bench


@pytest.fixture
def trained(bench: Bench) -> Bench:
    bench.pipeline.open_text(TEXT, LECTURE)
    bench.wait_until_done()
    return bench


@pytest.mark.parametrize("method", ["glove", "lsa", "word2vec"])
def test_a_model_that_is_run_again_has_the_same_bytes(trained: Bench, method: str) -> None:
    methods = trained.pipeline.methods
    methods.set_settings(LsaSettings(dimension=3))
    methods.set_settings(Word2VecSettings(dimension=3, sample=0.0))
    methods.choose(method)
    trained.pipeline.train()
    trained.wait_until_done()
    again = RunAgain(trained.session, trained.jobs)
    found: list[Repetition] = []
    again.repeated.connect(found.append)
    assert again.is_possible
    again.begin()
    assert not again.is_possible
    trained.wait_until_done()
    (repetition,) = found
    assert repetition.is_same
    assert trained.session.models == (repetition.old, repetition.new)
    assert repetition.new.name == repetition.old.name.replace(" 1 ", " 2 ")
    assert repetition.new.text_card.sizes == repetition.old.text_card.sizes


def test_a_model_of_another_text_cannot_be_run_again(trained: Bench) -> None:
    again = RunAgain(trained.session, trained.jobs)
    assert not again.is_possible
    trained.pipeline.train()
    trained.wait_until_done()
    assert again.is_possible
    trained.pipeline.open_text(OTHER_TEXT, LECTURE)
    trained.wait_until_done()
    assert not again.is_possible


def test_running_again_can_be_stopped(trained: Bench) -> None:
    trained.pipeline.train()
    trained.wait_until_done()
    again = RunAgain(trained.session, trained.jobs)
    again.begin()
    again.stop()
    trained.wait_until_done()
    assert len(trained.session.models) == 1


def test_running_again_ends_when_another_session_takes_the_place(trained: Bench) -> None:
    trained.pipeline.train()
    trained.wait_until_done()
    again = RunAgain(trained.session, trained.jobs)
    again.begin()
    job = trained.jobs.current
    assert job is not None
    with trained.qtbot.waitSignal(job.cancelled):
        trained.session.set_models((), None)
    assert trained.session.models == ()
