"""Models are made of trainings, and made anew where only their finish is to be another."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from gloveui.core.errors import OtherDimension
from gloveui.core.finishing import finished_embedding
from gloveui.core.presets import LECTURE, TINY
from gloveui.core.resources import Resources
from gloveui.core.text import PastedText
from gloveui.core.warm_start import Origin
from gloveui.state.model_making import model_name
from gloveui.state.values import EarlyEnd, Stage, StageState
from gloveui.storage.vector_export import save_vectors
from tests.state.bench import LONG, OTHER_TEXT, TEXT, Bench


@pytest.fixture
def trained(bench: Bench) -> Bench:
    bench.pipeline.open_text(TEXT, LECTURE)
    bench.pipeline.train()
    bench.wait_until_done()
    return bench


def change(bench: Bench, **settings: object) -> None:
    bench.session.set_config(replace(bench.session.config, **settings))


def test_another_finish_makes_the_model_anew_without_training(trained):
    session, before = trained.session, trained.session.model
    change(trained, vectors="word", post_processing="mean", unknown="zeros")
    trained.wait_until_done()

    model = session.model
    expected = finished_embedding(
        before.embedding.vocabulary, before.embedding.parameters, session.config
    ).vectors
    assert np.array_equal(model.embedding.vectors, expected)
    assert not model.table.vectors[0].any()
    assert trained.states() == [StageState.FRESH] * 3
    assert (model.number, session.models) == (before.number, (model,))
    assert model.card == replace(before.card, config=model.card.config)
    assert model.card.config == session.config


def test_the_last_of_many_changes_of_the_finish_counts(trained):
    for vectors in ("word", "context", "concatenated", "sum", "context"):
        change(trained, vectors=vectors)
    trained.wait_until_done()

    parameters = trained.session.model.embedding.parameters
    assert np.array_equal(trained.session.model.embedding.vectors, parameters.context_vectors)
    assert trained.states() == [StageState.FRESH] * 3


def test_a_finish_that_comes_with_other_training_settings_waits_for_the_training(trained):
    before = trained.session.model
    change(trained, vectors="word", learning_rate=0.01)
    trained.wait_until_done()
    assert trained.session.model is before
    assert trained.session.state(Stage.TRAINING) is StageState.STALE

    change(trained, learning_rate=LECTURE.config.learning_rate)  # back again: only the finish differs now
    trained.wait_until_done()
    assert trained.session.model.card.config.vectors == "word"
    assert trained.states() == [StageState.FRESH] * 3


def test_another_model_that_is_shown_stays_shown_as_it_is(trained):
    trained.pipeline.train()
    trained.wait_until_done()
    first, second = trained.session.models
    trained.session.set_model(first)
    change(trained, vectors="word")
    trained.wait_until_done()

    assert trained.session.model is first
    assert trained.session.models[0] is first
    assert trained.session.models[1].number == second.number
    assert trained.session.models[1].card.config.vectors == "word"


def test_a_finish_chosen_while_training_is_that_of_the_model(bench):
    bench.pipeline.open_text(TEXT, LONG)
    bench.pipeline.train()
    bench.wait_for_losses(2)
    change(bench, vectors="concatenated")
    bench.pipeline.stop()
    bench.wait_until_done()

    assert bench.session.model.embedding.dimension == 2 * LONG.config.dimension
    assert bench.session.model.card.config.vectors == "concatenated"


def test_a_model_made_anew_can_be_trained_further(trained):
    change(trained, vectors="word")
    trained.wait_until_done()
    trained.pipeline.continue_training(20)
    trained.wait_until_done()

    model = trained.session.model
    assert len(model.card.losses) == LECTURE.config.epochs + 20
    assert np.array_equal(model.embedding.vectors, model.embedding.parameters.word_vectors)


def test_models_of_a_text_before_keep_their_finish(trained):
    trained.pipeline.open_text(OTHER_TEXT, LECTURE)
    trained.wait_until_done()
    before = trained.session.model
    change(trained, vectors="word")
    trained.wait_until_done()

    assert trained.session.model is before


def test_a_training_from_a_model_begins_where_that_ended(trained):
    first = trained.session.model
    trained.session.start_from_model(first.number)
    trained.pipeline.train()
    trained.wait_until_done()

    warm = trained.session.model
    assert warm.number == 2
    assert warm.card.start == Origin("model", first.name, number=1)
    assert warm.card.losses[0] < first.card.losses[0] / 2
    assert trained.states() == [StageState.FRESH] * 3
    trained.pipeline.continue_training(3)
    trained.wait_until_done()
    assert trained.session.model.card.start == warm.card.start


def test_a_training_starts_from_vectors_in_a_file(trained, tmp_path: Path):
    path = tmp_path / "old.safetensors"
    save_vectors(trained.session.model.embedding, path)
    trained.pipeline.read_start(path)
    trained.wait_until_done()
    trained.pipeline.train()
    trained.wait_until_done()

    origin = trained.session.model.card.start
    assert (origin.kind, origin.name, origin.path) == ("vectors", "old.safetensors", str(path))
    assert trained.session.model.name.endswith("from old.safetensors")


def test_a_start_of_another_dimension_is_refused_before_anything_runs(trained):
    refusals: list[Exception] = []
    trained.pipeline.refused.connect(refusals.append)
    trained.session.start_from_model(1)
    change(trained, dimension=LECTURE.config.dimension + 1)
    trained.stages.clear()
    trained.pipeline.train()

    assert [type(error) for error in refusals] == [OtherDimension]
    assert trained.stages == []
    assert len(trained.session.models) == 1


def test_a_training_that_settles_ends_early_and_says_so(bench):
    ends: list[EarlyEnd] = []
    bench.pipeline.ended_early.connect(ends.append)
    bench.pipeline.open_text(TEXT, LECTURE)
    change(bench, dimension=1, learning_rate=1e-5, epochs=50_000, patience=2)
    bench.pipeline.train()
    bench.wait_until_done()

    done = len(bench.session.losses.epochs)
    assert ends == [EarlyEnd(done, 50_000, 2)]
    assert bench.session.model.card.ended_early
    assert bench.session.model.card.config.epochs == done


def test_work_uses_the_resources_of_the_session(bench):
    bench.session.set_resources(Resources(threads=1))
    bench.pipeline.open_text(TEXT, LECTURE)
    bench.pipeline.train()
    bench.wait_until_done()

    assert bench.session.model.card.threads == 1
    assert bench.session.losses.device == bench.session.model.card.device
    assert "1 thread" in bench.session.losses.device


def test_settings_that_fit_are_known_and_can_be_taken_again(bench):
    bench.pipeline.open_text(TEXT)
    bench.wait_until_done()
    assert bench.session.fitted_preset == TINY
    change(bench, epochs=3)
    bench.pipeline.fit_settings()
    assert bench.session.config == TINY.config


def test_settings_that_fit_are_taken_when_the_text_has_been_read(bench):
    bench.pipeline.open_text(PastedText("man and woman\nboy and girl"))
    change(bench, epochs=3)
    bench.pipeline.fit_settings()
    bench.wait_until_done()

    assert bench.session.config == TINY.config


def test_a_model_is_named_by_what_it_started_from():
    assert model_name(1, 50, 15, None) == "GloVe 1 · 50d · 15 epochs"
    assert model_name(2, 50, 15, Origin("model", "GloVe 1 · 50d", number=1)).endswith("· from GloVe 1")
    long = model_name(3, 50, 15, Origin("vectors", "vectors of a very long name.txt"))
    assert long.endswith("· from vectors of a very long …")
