from __future__ import annotations

import errno
import os
import shutil
from dataclasses import replace

import numpy as np

from gloveui.core.baseline_settings import LsaSettings
from gloveui.core.cooccurrence import CountOptions
from gloveui.core.errors import OtherTraining, WriteFailed
from gloveui.core.presets import Preset
from gloveui.core.text import FileText
from gloveui.core.tokens import TokenOptions
from gloveui.state import saved_work
from gloveui.state.values import Stage, StageState
from gloveui.state.word_choice import WordList
from gloveui.storage.session_errors import SessionInUse
from gloveui.storage.session_folder import is_session
from tests.state.bench import LONG, OTHER_TEXT, TEXT
from tests.state.keeping import SHORT


def test_everything_is_there_again_and_the_text_is_not_read_again(make_kept_bench, tmp_path, monkeypatch):
    first, second = make_kept_bench(), make_kept_bench()
    first.train()
    first.session.words.set_pinned(["deep", "like"])
    first.session.words.set_listed(WordList(("NLP",), "chosen"))
    first.session.set_focus_word("like")
    first.keeper.set_notes("Nach drei Epochen 세션")
    first.keeper.set_layout(b"\x00layout")
    first.save(tmp_path / "one.gloveui")
    first.keeper.release()
    monkeypatch.setattr("gloveui.state.pipeline.tokenise", None)  # nobody may ask for it

    second.open(tmp_path / "one.gloveui")
    second.wait_until_done()

    before, after = first.session, second.session
    assert (after.text.name, after.focus_word) == (TEXT.name, "like")
    assert np.array_equal(after.tokens.ids, before.tokens.ids)
    assert after.model.name == before.model.name
    assert after.embedding.vectors.tobytes() == before.embedding.vectors.tobytes()
    assert (after.token_options, after.count_options, after.config) == (
        before.token_options,
        before.count_options,
        before.config,
    )
    assert after.words.pinned == ("deep", "like")
    assert after.words.listed == WordList(("NLP",), "chosen")
    assert after.losses.epochs == before.losses.epochs
    assert second.keeper.notes == "Nach drei Epochen 세션"
    assert [after.state(stage) for stage in Stage] == [StageState.FRESH] * 3
    assert not second.keeper.is_unsaved
    assert not second.errors


def test_the_session_that_was_open_stays_until_the_other_has_been_read(kept_bench, tmp_path):
    kept_bench.train()
    model = kept_bench.session.model
    (tmp_path / "no.gloveui").mkdir()

    kept_bench.keeper.open(tmp_path / "no.gloveui")
    kept_bench.qtbot.waitUntil(lambda: bool(kept_bench.errors))

    assert kept_bench.session.model is model
    assert kept_bench.session.cooccurrence is not None


def test_what_runs_is_left_and_does_not_come_into_the_session_that_is_opened(kept_bench, tmp_path):
    kept_bench.train()
    kept_bench.save(tmp_path / "one.gloveui")
    kept_bench.pipeline.open_text(OTHER_TEXT, LONG)
    kept_bench.pipeline.train()
    kept_bench.wait_for_losses(2)

    kept_bench.open(tmp_path / "one.gloveui")
    kept_bench.wait_until_done()

    assert [model.number for model in kept_bench.session.models] == [1]
    assert kept_bench.session.text.name == TEXT.name
    assert kept_bench.session.next_number() == 2


def test_only_what_would_be_missed_is_unsaved(kept_bench, tmp_path):
    path = tmp_path / "text.txt"
    path.write_text(TEXT.content)
    keeper, session = kept_bench.keeper, kept_bench.session
    kept_bench.pipeline.open_text(FileText(path), SHORT)
    kept_bench.wait_until_done()
    assert not keeper.is_unsaved  # it can be opened again

    kept_bench.pipeline.train()
    kept_bench.wait_until_done()
    assert keeper.is_unsaved
    kept_bench.save(tmp_path / "one.gloveui")
    assert not keeper.is_unsaved

    session.set_focus_word("deep")
    assert not keeper.is_unsaved  # looking is not changing
    with kept_bench.qtbot.waitSignal(keeper.changed):
        session.set_token_options(TokenOptions(lower=False))
    assert keeper.is_unsaved


def test_a_save_during_a_training_does_not_wait_for_its_end(kept_bench, tmp_path):
    kept_bench.pipeline.open_text(TEXT, LONG)
    kept_bench.pipeline.train()
    kept_bench.wait_for_losses(2)

    kept_bench.save(tmp_path / "one.gloveui")

    assert kept_bench.pipeline.stage is Stage.TRAINING
    assert is_session(tmp_path / "one.gloveui")


def test_a_training_goes_on_from_a_saved_session_to_the_same_bits(make_kept_bench, tmp_path):
    long = replace(LONG, config=replace(LONG.config, epochs=1500))
    stopped, resumed, whole = make_kept_bench(), make_kept_bench(), make_kept_bench()
    stopped.train_for(3, long)
    stopped.save(tmp_path / "one.gloveui")
    stopped.keeper.release()
    whole.train(long)

    resumed.open(tmp_path / "one.gloveui")
    resumed.wait_until_done()
    resumed.save(tmp_path / "two.gloveui")  # what has not gone on yet is kept again
    resumed.open(tmp_path / "two.gloveui")
    done = len(resumed.keeper.checkpoint.checkpoint.losses)
    resumed.keeper.resume_training()
    resumed.wait_until_done()

    assert 3 <= done < 1500
    assert resumed.session.losses.epochs == whole.session.losses.epochs
    assert resumed.session.embedding.vectors.tobytes() == whole.session.embedding.vectors.tobytes()
    assert resumed.keeper.checkpoint is None
    assert not resumed.errors


def test_a_training_does_not_go_on_with_other_counts(make_kept_bench, tmp_path):
    stopped, resumed = make_kept_bench(), make_kept_bench()
    stopped.train_for(1, LONG)
    stopped.save(tmp_path / "one.gloveui")
    stopped.keeper.release()
    resumed.open(tmp_path / "one.gloveui")
    resumed.wait_until_done()
    other = replace(resumed.keeper.checkpoint, counts="others")
    resumed.pipeline.resume_training(other)
    resumed.wait_until_done()

    assert isinstance(resumed.errors[-1], OtherTraining)


def test_a_second_window_only_reads_and_may_save_under_another_name(make_kept_bench, tmp_path):
    first, second = make_kept_bench(), make_kept_bench()
    first.train()
    first.save(tmp_path / "one.gloveui")

    second.open(tmp_path / "one.gloveui")
    assert second.keeper.is_read_only
    second.keeper.save()
    assert isinstance(second.refused[-1], SessionInUse)

    second.save(tmp_path / "two.gloveui")
    assert not second.keeper.is_read_only
    assert second.keeper.name == "two"


def test_a_save_that_fails_leaves_the_session_unsaved_and_the_old_file_as_it_was(
    kept_bench, tmp_path, monkeypatch
):
    kept_bench.train()
    kept_bench.save(tmp_path / "one.gloveui")
    manifest = (tmp_path / "one.gloveui" / "manifest.json").read_bytes()
    kept_bench.keeper.set_notes("more")

    def full_disk(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr("gloveui.storage.atomic.os.replace", full_disk)
        kept_bench.keeper.save()
        kept_bench.qtbot.waitUntil(lambda: not kept_bench.keeper.is_saving)

    assert isinstance(kept_bench.errors[-1], WriteFailed)
    assert kept_bench.keeper.is_unsaved
    assert (tmp_path / "one.gloveui" / "manifest.json").read_bytes() == manifest
    kept_bench.save(tmp_path / "one.gloveui")
    assert not kept_bench.keeper.is_unsaved


def test_a_folder_that_vanished_is_made_again(kept_bench, tmp_path):
    kept_bench.train()
    kept_bench.save(tmp_path / "one.gloveui")
    shutil.rmtree(tmp_path / "one.gloveui")
    kept_bench.keeper.set_notes("more")

    kept_bench.save(tmp_path / "one.gloveui")

    assert is_session(tmp_path / "one.gloveui")


def test_a_save_that_is_under_way_is_done_before_the_window_closes(kept_bench, tmp_path):
    kept_bench.train()
    kept_bench.keeper.save_as(tmp_path / "one.gloveui", False)
    kept_bench.keeper.set_notes("written while it was saved")

    kept_bench.keeper.finish_saving()

    assert not kept_bench.keeper.is_unsaved
    assert is_session(tmp_path / "one.gloveui")


def test_a_save_asked_for_during_another_comes_after_it(kept_bench, tmp_path):
    kept_bench.train()
    kept_bench.keeper.save_as(tmp_path / "one.gloveui", False)
    kept_bench.keeper.save_as(tmp_path / "two.gloveui", False)

    kept_bench.qtbot.waitUntil(lambda: kept_bench.keeper.name == "two")

    assert is_session(tmp_path / "one.gloveui")
    assert not kept_bench.keeper.is_unsaved


def test_settings_of_other_methods_come_back_and_unknown_ones_are_as_usual(kept_bench):
    methods = kept_bench.pipeline.methods
    methods.choose("lsa")
    methods.set_settings(replace(methods.settings("lsa"), dimension=7))
    saved = saved_work.work_of(kept_bench.session, methods)

    saved_work._choose(methods, {"method": "later", "lsa": {"unheard": 1}})
    assert (methods.method, methods.settings("lsa").dimension) == ("glove", 100)
    saved_work._choose(methods, saved.settings)
    assert (methods.method, methods.settings("lsa").dimension) == ("lsa", 7)


def test_a_training_that_came_to_its_end_can_be_trained_further_another_day(make_kept_bench, tmp_path):
    first, second = make_kept_bench(), make_kept_bench()
    first.train()
    first.save(tmp_path / "one.gloveui")
    first.keeper.release()
    first.pipeline.continue_training(2)
    first.wait_until_done()

    second.open(tmp_path / "one.gloveui")
    second.wait_until_done()
    assert second.keeper.checkpoint is None  # nothing was under way
    second.pipeline.continue_training(2)
    second.wait_until_done()

    assert [model.number for model in second.session.models] == [1]
    assert second.session.losses.epochs == first.session.losses.epochs
    assert second.session.embedding.vectors.tobytes() == first.session.embedding.vectors.tobytes()
    assert not second.errors


def test_each_method_knows_its_vectors_again_and_a_training_its_start(make_kept_bench, tmp_path):
    often = Preset("often", CountOptions(window=1, min_count=2), SHORT.config)
    first, second = make_kept_bench(), make_kept_bench()
    first.train(often)
    first.pipeline.methods.set_settings(LsaSettings(dimension=2))
    first.pipeline.methods.choose("lsa")
    first.pipeline.train()
    first.wait_until_done()
    first.session.start_from_model(2)
    first.save(tmp_path / "one.gloveui")
    first.keeper.release()
    second.pipeline.open_text(OTHER_TEXT, SHORT)  # of which too little would remain with those settings
    second.wait_until_done()

    second.open(tmp_path / "one.gloveui")
    second.wait_until_done()

    assert not second.errors
    assert second.states() == [StageState.FRESH] * 3
    assert second.session.losses.method == "lsa"
    assert second.session.start.embedding is second.session.models[1].embedding
    second.pipeline.methods.choose("glove")
    assert second.session.state(Stage.TRAINING) is StageState.STALE  # it would start otherwise
    second.session.set_start(None)
    assert second.states() == [StageState.FRESH] * 3


def test_a_text_that_was_to_be_read_otherwise_is_read_when_training_begins(make_kept_bench, tmp_path):
    first, second = make_kept_bench(), make_kept_bench()
    first.train()
    first.session.set_token_options(TokenOptions(lower=False))
    first.save(tmp_path / "one.gloveui")
    first.keeper.release()

    second.open(tmp_path / "one.gloveui")
    second.wait_until_done()
    assert second.session.state(Stage.TEXT) is StageState.STALE
    assert second.session.model is not None
    second.pipeline.train()
    second.wait_until_done()

    assert second.states() == [StageState.FRESH] * 3
    assert "NLP" in second.session.vocabulary.words
