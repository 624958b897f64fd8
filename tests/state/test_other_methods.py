"""Other methods than GloVe go the same way: they are trained, stopped, and told to fit or not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gloveui.core.baseline_settings import BaselineSettings, LsaSettings, PpmiSettings, Word2VecSettings
from gloveui.core.errors import TooFewDirections
from gloveui.core.presets import LECTURE
from gloveui.core.progress import run_to_end
from gloveui.state.run_again import repeated
from gloveui.state.values import Stage, StageState
from tests.state.bench import OTHER_TEXT, TEXT, Bench

SETTINGS: list[BaselineSettings] = [
    LsaSettings(dimension=3),
    PpmiSettings(dimension=3),
    Word2VecSettings(dimension=3, epochs=4),
    Word2VecSettings("cbow", dimension=3, epochs=4),
]


def choose(bench: Bench, settings: BaselineSettings) -> None:
    bench.pipeline.methods.set_settings(settings)
    bench.pipeline.methods.choose(settings.method)


def train(bench: Bench) -> None:
    bench.pipeline.train()
    bench.wait_until_done()


@pytest.fixture
def counted(bench: Bench) -> Bench:
    bench.pipeline.open_text(TEXT, LECTURE)
    bench.wait_until_done()
    return bench


@pytest.mark.parametrize("settings", SETTINGS, ids=lambda one: getattr(one, "architecture", one.method))
def test_training_by_another_method_gives_a_model_with_its_card(
    counted: Bench, settings: BaselineSettings
) -> None:
    choose(counted, settings)
    train(counted)
    model = counted.session.model
    assert model is not None
    assert model.embedding.vectors.shape == (7, 3)
    assert (model.card.settings, model.training_card) == (settings, None)
    assert set(model.card.seconds) == {"reading", "counting", "training"}
    assert counted.session.state(Stage.TRAINING) is StageState.FRESH
    assert counted.session.losses.method == settings.method
    is_watched = isinstance(settings, Word2VecSettings)
    assert len(counted.session.losses.epochs) == len(model.card.losses) == (4 if is_watched else 0)


def test_names_tell_the_method_and_numbers_go_on(counted: Bench) -> None:
    for settings in SETTINGS:
        choose(counted, settings)
        train(counted)
    counted.pipeline.methods.choose("glove")
    train(counted)
    assert [model.name for model in counted.session.models] == [
        "LSA 1 · 3d · log",
        "PPMI 2 · 3d",
        "Skip-gram 3 · 3d · 4 epochs",
        "CBOW 4 · 3d · 4 epochs",
        "GloVe 5 · 10d · 100 epochs",
    ]


def test_a_model_fits_the_settings_of_its_own_method(counted: Bench) -> None:
    def state() -> StageState:
        return counted.session.state(Stage.TRAINING)

    train(counted)
    assert state() is StageState.FRESH
    choose(counted, SETTINGS[0])
    assert state() is StageState.MISSING
    train(counted)
    assert state() is StageState.FRESH
    counted.pipeline.methods.set_settings(LsaSettings(dimension=2))
    assert state() is StageState.STALE
    counted.pipeline.methods.choose("glove")
    assert state() is StageState.FRESH
    counted.session.set_config(replace(counted.session.config, learning_rate=0.01))
    assert state() is StageState.STALE


def test_what_word2vec_has_learned_until_it_is_stopped_is_kept_and_made_again_to_the_bit(
    counted: Bench,
) -> None:
    settings = Word2VecSettings(dimension=3, epochs=100_000)
    choose(counted, settings)
    counted.pipeline.train()
    counted.wait_for_losses(1)
    counted.pipeline.stop()
    counted.wait_until_done()
    session = counted.session
    (model,) = session.models
    words = session.cooccurrence.vocabulary.counts.sum()
    stopped_after = model.card.settings.stopped_after
    assert model.card.settings == replace(settings, stopped_after=stopped_after)
    assert model.name == f"Skip-gram 1 · 3d · {round(stopped_after / words, 1):g}/100000 epochs"
    assert len(model.card.losses) == stopped_after // words > 0
    assert not session.losses.is_running
    repetition = run_to_end(repeated(model, TEXT, 2, session.resources))
    assert repetition.is_same
    assert repetition.new.card.losses == model.card.losses


def test_a_training_that_is_left_for_another_session_makes_no_model(counted: Bench) -> None:
    choose(counted, Word2VecSettings(dimension=3, epochs=100_000))
    counted.pipeline.train()
    counted.wait_for_losses(1)
    counted.pipeline.leave()
    counted.wait_until_done()
    assert counted.session.models == ()


def test_settings_of_all_methods_fit_a_text_that_is_opened(counted: Bench) -> None:
    assert counted.pipeline.methods.all_settings() == (
        LsaSettings(dimension=3),
        PpmiSettings(dimension=3),
        Word2VecSettings(dimension=10, epochs=1_000, sample=0.0),
    )
    for method in ("lsa", "ppmi", "word2vec"):
        counted.pipeline.methods.choose(method)
        train(counted)
    assert counted.errors == []
    losses = counted.session.losses.epochs
    assert losses[-1] < losses[0] / 1.5


def test_more_numbers_than_directions_are_refused(counted: Bench) -> None:
    choose(counted, LsaSettings(dimension=8))
    train(counted)
    (error,) = counted.errors
    assert isinstance(error, TooFewDirections)
    assert error.fields == {"most": 7, "received": 8}
    assert counted.session.models == ()


def test_going_on_is_offered_for_glove_alone(counted: Bench) -> None:
    train(counted)
    assert counted.pipeline.can_continue
    choose(counted, SETTINGS[0])
    assert not counted.pipeline.can_continue
    train(counted)
    counted.pipeline.methods.choose("glove")
    assert counted.pipeline.can_continue


def test_a_model_of_a_text_that_was_left_is_kept_but_fits_nothing(counted: Bench) -> None:
    choose(counted, SETTINGS[0])
    train(counted)
    counted.pipeline.open_text(OTHER_TEXT, LECTURE)
    counted.wait_until_done()
    assert len(counted.session.models) == 1
    assert counted.session.state(Stage.TRAINING) is StageState.MISSING
