"""The pipeline leads a text to vectors, and runs no stage twice that is up to date."""

from __future__ import annotations

import gc
import weakref
from dataclasses import replace
from typing import Any

import pytest

from gloveui.core import devices
from gloveui.core.cooccurrence import CountOptions
from gloveui.core.errors import EmptyText, NoWordFrequentEnough, SettingError, TrainingDiverged
from gloveui.core.glove import GloveConfig
from gloveui.core.presets import LECTURE, TINY, Preset
from gloveui.core.resources import Resources
from gloveui.core.text import PastedText
from gloveui.core.tokens import TokenOptions
from gloveui.state import pipeline
from gloveui.state.values import Stage, StageState
from tests.state.bench import LONG, OTHER_TEXT, TEXT, Bench
from tests.waiting import wait_until_quiet


def test_opening_a_text_reads_and_counts_it(bench):
    bench.pipeline.open_text(TEXT, LECTURE)
    bench.wait_until_done()

    assert bench.states() == [StageState.FRESH, StageState.FRESH, StageState.MISSING]
    assert bench.session.cooccurrence.count(0, 1) == 2


def test_training_goes_all_the_way_and_gives_a_model(bench):
    bench.pipeline.open_text(TEXT, LECTURE)
    bench.pipeline.train()
    bench.wait_until_done()

    assert bench.states() == [StageState.FRESH] * 3
    assert len(bench.session.losses.epochs) == LECTURE.config.epochs
    assert bench.session.losses.epochs[-1] < bench.session.losses.epochs[0]
    model = bench.session.model
    assert model.embedding.vectors.shape == (7, LECTURE.config.dimension)
    assert len(model.table) == 9
    assert model.card.losses == bench.session.losses.epochs
    assert set(model.card.seconds) == {"reading", "counting", "training"}


def test_training_again_runs_only_what_is_stale(bench):
    bench.pipeline.open_text(TEXT, LECTURE)
    bench.pipeline.train()
    bench.wait_until_done()
    tokens, matrix = bench.session.tokens, bench.session.cooccurrence

    bench.session.set_config(replace(bench.session.config, learning_rate=0.02))
    bench.pipeline.train()
    bench.wait_until_done()
    assert bench.session.cooccurrence is matrix

    bench.session.set_count_options(replace(bench.session.count_options, window=2))
    bench.pipeline.train()
    bench.wait_until_done()
    assert bench.session.cooccurrence is not matrix
    assert bench.session.tokens is tokens
    assert len(bench.session.models) == 3


def test_a_stopped_training_keeps_what_it_has_learned(bench):
    bench.pipeline.open_text(TEXT, LONG)
    bench.pipeline.train()
    bench.wait_for_losses(3)
    bench.pipeline.stop()
    bench.wait_until_done()

    assert not bench.session.losses.is_running
    assert bench.session.model is not None
    assert 3 <= len(bench.session.model.card.losses) < LONG.config.epochs


def test_a_paused_training_learns_nothing_and_goes_on_when_resumed(bench):
    bench.pipeline.open_text(TEXT, LONG)
    bench.pipeline.train()
    bench.wait_for_losses(1)
    bench.pipeline.pause()
    assert bench.pipeline.is_paused
    wait_until_quiet(bench.qtbot, bench.session.losses_changed)
    losses = len(bench.session.losses.epochs)
    bench.pipeline.resume()
    assert not bench.pipeline.is_paused
    bench.wait_for_losses(losses + 1)
    bench.pipeline.stop()
    bench.wait_until_done()


def test_continuing_adds_epochs_to_the_same_model(bench):
    bench.pipeline.open_text(TEXT, LECTURE)
    bench.pipeline.train()
    bench.wait_until_done()
    assert bench.pipeline.can_continue
    bench.pipeline.continue_training(50)
    bench.wait_until_done()

    assert len(bench.session.models) == 1
    assert len(bench.session.model.card.losses) == LECTURE.config.epochs + 50
    assert bench.session.losses.epochs == bench.session.model.card.losses


def test_continuing_gives_what_one_longer_training_gives(bench):
    bench.pipeline.open_text(TEXT, LECTURE)
    bench.pipeline.train()
    bench.wait_until_done()
    bench.pipeline.continue_training(30)
    bench.wait_until_done()
    continued = bench.session.model.embedding.vectors
    bench.session.set_config(replace(LECTURE.config, epochs=LECTURE.config.epochs + 30))
    bench.pipeline.train()
    bench.wait_until_done()

    assert (bench.session.model.embedding.vectors == continued).all()


def test_a_stopped_training_can_be_continued(bench):
    bench.pipeline.open_text(TEXT, LONG)
    bench.pipeline.train()
    bench.wait_for_losses(2)
    bench.pipeline.stop()
    bench.wait_until_done()
    done = len(bench.session.model.card.losses)
    bench.pipeline.continue_training(5)
    bench.wait_for_losses(done + 1)
    bench.pipeline.stop()
    bench.wait_until_done()

    assert len(bench.session.model.card.losses) > done


def test_opening_another_text_while_training_keeps_what_was_learned(bench):
    bench.pipeline.open_text(TEXT, LONG)
    bench.pipeline.train()
    bench.wait_for_losses(2)
    bench.pipeline.open_text(OTHER_TEXT)
    bench.wait_until_done()

    assert len(bench.session.models) == 1
    assert "woman" in bench.session.cooccurrence.vocabulary
    assert not bench.pipeline.can_continue


def test_what_was_learned_from_the_text_before_says_nothing_about_the_one_that_is_open(bench):
    bench.pipeline.open_text(TEXT, LONG)
    bench.pipeline.train()
    bench.wait_for_losses(2)
    bench.pipeline.open_text(OTHER_TEXT)
    bench.wait_until_done()

    assert bench.session.losses.reports == ()
    assert bench.session.state(Stage.TRAINING) is StageState.MISSING


def test_training_anew_while_the_last_model_is_made_leaves_that_one_out_of_date(bench):
    bench.pipeline.open_text(TEXT, LECTURE)
    bench.pipeline.train()
    bench.wait_for_losses(LECTURE.config.epochs)
    changed = replace(LECTURE.config, learning_rate=0.02, epochs=100_000)
    bench.session.set_config(changed)
    bench.qtbot.waitUntil(lambda: bench.pipeline.stage is None)
    bench.pipeline.train()
    bench.qtbot.waitUntil(lambda: bench.session.model is not None)

    assert bench.session.state(Stage.TRAINING) is StageState.STALE
    bench.pipeline.stop()
    bench.wait_until_done()


def test_the_last_of_several_texts_opened_in_a_row_is_shown(bench):
    for number in range(5):
        bench.pipeline.open_text(PastedText(f"text number n{number}\nand more", f"Text {number}"))
    bench.wait_until_done()

    assert bench.session.tokens.summary.name == "Text 4"
    assert "n4" in bench.session.cooccurrence.vocabulary


def test_a_text_that_cannot_be_used_leaves_the_one_before_as_it_was(bench):
    bench.pipeline.open_text(TEXT, LECTURE)
    bench.pipeline.train()
    bench.wait_until_done()
    before = (bench.session.text, bench.session.cooccurrence, bench.session.config, bench.session.losses)

    bench.pipeline.open_text(PastedText("  "), LONG)
    bench.wait_until_done()

    assert [type(error) for error in bench.errors] == [EmptyText]
    session = bench.session
    assert (session.text, session.cooccurrence, session.config, session.losses) == before
    assert bench.states() == [StageState.FRESH] * 3
    assert bench.pipeline.can_continue


def test_the_text_before_stays_until_another_has_been_read(bench):
    bench.pipeline.open_text(TEXT, LECTURE)
    bench.wait_until_done()
    bench.pipeline.open_text(OTHER_TEXT)
    assert bench.session.text is TEXT
    assert bench.session.cooccurrence is not None

    bench.wait_until_done()
    assert bench.session.text is OTHER_TEXT
    assert "woman" in bench.session.cooccurrence.vocabulary


def test_a_text_whose_reading_is_stopped_is_not_opened(bench):
    bench.pipeline.open_text(TEXT, LECTURE)
    bench.wait_until_done()
    bench.pipeline.open_text(OTHER_TEXT)
    bench.pipeline.stop()
    bench.wait_until_done()

    assert bench.session.text is TEXT
    assert bench.states()[:2] == [StageState.FRESH] * 2


def test_settings_are_fitted_to_the_size_of_a_text(bench):
    bench.pipeline.open_text(TEXT)
    bench.wait_until_done()

    assert bench.session.count_options == TINY.count_options
    assert bench.session.config == TINY.config


def test_a_setting_changed_by_hand_while_reading_is_kept(bench):
    bench.pipeline.open_text(TEXT)
    chosen = CountOptions(window=3, min_count=1)
    bench.session.set_count_options(chosen)
    bench.wait_until_done()

    assert bench.session.cooccurrence.options == chosen


def test_a_text_without_words_is_told_and_nothing_else_runs(bench):
    bench.pipeline.open_text(PastedText(" \n "))
    bench.pipeline.train()
    bench.wait_until_done()

    assert [type(error) for error in bench.errors] == [EmptyText]
    assert bench.states() == [StageState.MISSING] * 3


def test_a_minimum_count_no_word_reaches_is_told(bench):
    bench.pipeline.open_text(TEXT, Preset("strict", CountOptions(min_count=100), GloveConfig()))
    bench.wait_until_done()

    assert [type(error) for error in bench.errors] == [NoWordFrequentEnough]


def test_a_training_that_diverges_says_why_and_keeps_the_good_part(bench):
    text = PastedText("\n".join(f"a{i % 7} b{i % 5} c{i % 3}" for i in range(600)))
    wild = GloveConfig(dimension=8, epochs=200, learning_rate=10.0)
    bench.pipeline.open_text(text, Preset("wild", CountOptions(window=2, min_count=1), wild))
    bench.pipeline.train()
    bench.wait_until_done()

    assert [type(error) for error in bench.errors] == [TrainingDiverged]
    assert bench.errors[0].fields["learning_rate"] == 10.0
    done = bench.errors[0].fields["epoch"] - 1
    if bench.session.model is None:
        assert done == 0
    else:
        assert len(bench.session.model.card.losses) == done


def test_a_device_that_is_not_here_is_refused_before_the_work(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(devices, "available_devices", lambda: (devices.Device("cpu", "CPU", 1),))
    refused: list[Exception] = []
    bench.pipeline.refused.connect(refused.append)
    bench.pipeline.open_text(TEXT, LECTURE)
    bench.wait_until_done()
    bench.session.set_resources(Resources(device="cuda"))
    bench.pipeline.train()
    assert bench.pipeline.stage is None
    assert [type(error) for error in refused] == [SettingError]
    assert "found cuda" in str(refused[0])

    bench.session.set_resources(Resources())
    bench.pipeline.train()
    bench.wait_until_done()
    assert bench.session.models[0].number == 1


@pytest.mark.parametrize(
    "changed",
    [
        {"window": 3}, {"direction": "left"}, {"weighting": "inverse"}, {"keep_positions": True},
        {"min_count": 2}, {"max_vocabulary": 4},
    ],
)  # fmt: skip
def test_a_small_text_is_counted_again_as_soon_as_a_setting_of_its_counts_changes(
    bench: Bench, changed: dict[str, Any]
) -> None:
    bench.pipeline.open_text(TEXT, LECTURE)
    bench.wait_until_done()
    bench.session.set_count_options(replace(LECTURE.count_options, **changed))
    bench.wait_until_done()

    assert bench.session.cooccurrence.options == bench.session.count_options
    assert bench.states() == [StageState.FRESH, StageState.FRESH, StageState.MISSING]
    assert bench.session.models == ()


def test_settings_that_change_while_a_small_text_is_counted_are_counted_after_it(bench: Bench) -> None:
    bench.pipeline.open_text(TEXT, LECTURE)
    bench.wait_until_done()
    counted = []
    bench.session.cooccurrence_changed.connect(
        lambda: counted.append(bench.session.cooccurrence.options.window)
    )
    for window in range(2, 12):
        bench.session.set_count_options(replace(LECTURE.count_options, window=window))
    bench.wait_until_done()

    assert counted == [2, 11]


def test_a_large_text_waits_to_be_counted_until_that_is_asked_for(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "SMALL_TEXT", 8)
    bench.pipeline.open_text(TEXT, LECTURE)
    bench.wait_until_done()
    bench.session.set_count_options(replace(LECTURE.count_options, window=3))

    assert bench.pipeline.stage is None
    assert bench.session.state(Stage.COUNTS) is StageState.STALE


def test_a_text_that_is_to_be_read_in_another_way_is_not_counted_by_itself(bench: Bench) -> None:
    bench.pipeline.open_text(TEXT, LECTURE)
    bench.wait_until_done()
    bench.session.set_token_options(TokenOptions(lower=not bench.session.token_options.lower))
    bench.session.set_count_options(replace(LECTURE.count_options, window=3))

    assert bench.pipeline.stage is None


def test_settings_that_change_while_training_leave_it_alone(bench: Bench) -> None:
    bench.pipeline.open_text(TEXT, LONG)
    bench.pipeline.train()
    bench.wait_for_losses(2)
    matrix = bench.session.cooccurrence
    bench.session.set_count_options(replace(LONG.count_options, window=3))
    assert bench.pipeline.stage is Stage.TRAINING
    bench.pipeline.stop()
    bench.wait_until_done()

    assert bench.session.cooccurrence is matrix
    assert bench.pipeline.can_continue


def test_settings_that_come_back_bring_back_the_counts_of_the_last_training(bench: Bench) -> None:
    bench.pipeline.open_text(TEXT, LECTURE)
    bench.pipeline.train()
    bench.wait_until_done()
    matrix = bench.session.cooccurrence
    bench.session.set_count_options(replace(LECTURE.count_options, window=3))
    bench.wait_until_done()
    assert not bench.pipeline.can_continue
    bench.session.set_count_options(LECTURE.count_options)
    bench.wait_until_done()

    assert bench.session.cooccurrence is matrix
    assert bench.states() == [StageState.FRESH] * 3
    assert bench.pipeline.can_continue


def test_a_text_that_was_replaced_holds_no_memory(bench: Bench) -> None:
    bench.pipeline.open_text(TEXT, LECTURE)
    bench.pipeline.train()
    bench.wait_until_done()
    held = [weakref.ref(bench.session.cooccurrence), weakref.ref(bench.session.tokens)]
    bench.pipeline.open_text(OTHER_TEXT, LECTURE)
    bench.wait_until_done()

    def are_gone() -> bool:
        gc.collect()
        return all(one() is None for one in held)

    bench.qtbot.waitUntil(are_gone)


def test_a_text_that_was_read_in_another_way_lets_go_of_the_counts_before(bench: Bench) -> None:
    bench.pipeline.open_text(TEXT, LECTURE)
    bench.pipeline.train()
    bench.wait_until_done()
    held = weakref.ref(bench.session.cooccurrence)
    bench.session.set_token_options(TokenOptions(lower=not bench.session.token_options.lower))
    bench.pipeline.count()
    bench.wait_until_done()

    def is_gone() -> bool:
        gc.collect()
        return held() is None

    bench.qtbot.waitUntil(is_gone)
    assert bench.states() == [StageState.FRESH, StageState.FRESH, StageState.STALE]
