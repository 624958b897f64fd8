from __future__ import annotations

import hashlib
import os
from pathlib import Path

import numpy as np
import pytest

import gloveui
from gloveui import api
from gloveui.core.cooccurrence import CountOptions
from gloveui.core.errors import (
    FileMissing,
    NoPairs,
    OtherDimension,
    OtherTraining,
    PatternError,
    SettingError,
)
from gloveui.core.glove import GloveConfig
from gloveui.core.presets import LECTURE, NOVEL, SMALL, TINY
from gloveui.core.progress import Progress, run_to_end
from gloveui.core.resources import Resources
from gloveui.core.text import FileText, PastedText
from gloveui.core.tokens import TokenOptions
from gloveui.core.warm_start import Origin
from gloveui.storage.checkpoint_files import write_checkpoint

TEXT = "I like deep learning\nI like NLP\nI enjoy flying\n"


@pytest.fixture
def text_file(tmp_path: Path) -> Path:
    path = tmp_path / "my text.txt"
    path.write_text(TEXT)
    return path


@pytest.mark.parametrize("name", gloveui.__all__)
def test_every_public_name_is_there_and_listed(name: str) -> None:
    assert getattr(gloveui, name).__name__ == name
    assert name in dir(gloveui)


def test_a_name_that_does_not_exist_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = gloveui.nothing  # type: ignore[attr-defined]


def test_a_text_is_a_path_a_file_name_a_bundled_name_a_source_or_itself(text_file: Path) -> None:
    assert api.text_source(text_file) == FileText(text_file)
    assert api.text_source(str(text_file), "cp949") == FileText(text_file, "cp949")
    assert api.text_source("missing") == FileText(Path("missing"))
    assert api.text_source("my missing book.txt") == FileText(Path("my missing book.txt"))
    assert api.text_source("I like deep learning.") == PastedText("I like deep learning.")
    assert api.text_source("one\nnote.txt") == PastedText("one\nnote.txt")
    assert api.text_source("many words " * 1000) == PastedText("many words " * 1000)
    assert api.text_source(PastedText("a b")) == PastedText("a b")
    assert gloveui.read_text("bundled:lecture").token_count == 10


def test_a_file_with_spaces_in_its_name_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "my text").write_text(TEXT)
    monkeypatch.chdir(tmp_path)
    assert gloveui.read_text("my text").token_count == 10


def test_a_text_that_is_not_there_is_missing() -> None:
    with pytest.raises(FileMissing, match="bundled:english, bundled:lecture"):
        gloveui.read_text("bundled:french")
    with pytest.raises(FileMissing, match=r"none\.txt"):
        gloveui.read_text("none.txt")


def test_counts_take_the_settings_given_and_the_presets_else() -> None:
    assert gloveui.count(TEXT).options == TINY.count_options
    assert gloveui.count(TEXT, window=2, lower=False).options == CountOptions(window=2, min_count=1)
    assert gloveui.count(TEXT, preset="lecture").count(0, 1) == 2
    assert gloveui.count("bundled:lecture").options == LECTURE.count_options
    assert "I" in gloveui.count(TEXT, lower=False).vocabulary


def test_tokens_that_were_read_can_be_counted(text_file: Path) -> None:
    tokens = gloveui.read_text(text_file, tokenizer="whitespace")
    assert gloveui.count(tokens, window=1, weighting="flat").count(0, 1) == 2


def test_settings_fit_the_size() -> None:
    assert api.settings_for(100, {}) == (TINY.count_options, TINY.config)
    assert api.settings_for(100_000, {}) == (SMALL.count_options, SMALL.config)
    assert api.settings_for(100, {}, "novel") == (NOVEL.count_options, NOVEL.config)
    options, config = api.settings_for(3_000_000, {"window": 4, "epochs": 3})
    assert (options.window, options.min_count, config.epochs, config.learning_rate) == (4, 8, 3, 0.1)


def test_a_training_brings_everything_with_its_card(text_file: Path) -> None:
    stages: list[Progress] = []
    run = gloveui.train(text_file, dimension=5, epochs=7, window=2, seed=9, on_progress=stages.append)
    assert run.embedding.dimension == 5
    assert run.tokens.token_count == 10
    assert len(run.card.losses) == 7
    assert run.card.losses[-1] < run.card.losses[0]
    assert run.card.config == GloveConfig(dimension=5, epochs=7, seed=9)
    assert run.card.count_options == CountOptions(window=2, min_count=1)
    assert run.card.text.name == "my text.txt"
    assert run.card.sizes["nonzeros"] == run.cooccurrence.nonzeros
    assert set(run.card.seconds) == {"reading", "counting", "training"}
    assert all(seconds > 0 for seconds in run.card.seconds.values())
    assert {"reading", "counting", "training"} <= {step.stage for step in stages}


def test_a_training_is_the_same_on_any_number_of_threads() -> None:
    one, other = (gloveui.train(TEXT, epochs=5, threads=threads) for threads in (1, 3))
    assert np.array_equal(one.embedding.vectors, other.embedding.vectors)
    assert one.card.losses == other.card.losses


def test_a_bundled_text_is_trained_with_its_own_settings() -> None:
    run = gloveui.train("bundled:lecture", epochs=2)
    assert run.card.count_options == LECTURE.count_options
    assert (run.card.config.dimension, run.card.config.epochs) == (10, 2)


def test_a_task_takes_all_settings_as_they_are() -> None:
    options, config = CountOptions(window=1, min_count=1), GloveConfig(dimension=3, epochs=2)
    run = run_to_end(
        api.train_task(PastedText(TEXT), TokenOptions(lower=False), options, config, Resources())
    )
    assert (run.card.count_options, run.card.config) == (options, config)
    assert "NLP" in run.embedding.vocabulary


def test_a_training_can_start_from_vectors_and_takes_their_dimension(tmp_path: Path) -> None:
    first = gloveui.train(TEXT, dimension=7, epochs=40)
    warm = gloveui.train(TEXT, epochs=1, start_from=first.embedding)
    assert warm.embedding.dimension == 7
    assert warm.card.losses[0] < first.card.losses[0]
    assert warm.card.start == Origin("vectors", "vectors of the caller")
    assert first.card.start is None

    path = tmp_path / "v.txt"
    gloveui.save_vectors(first.embedding, path)
    from_file = gloveui.train(TEXT, epochs=1, start_from=path)
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    assert from_file.card.start == Origin("vectors", "v.txt", str(path), sha256)


def test_vectors_to_start_from_that_do_not_fit_are_told_before_the_text_is_read() -> None:
    vectors = gloveui.train(TEXT, dimension=7, epochs=1).embedding
    with pytest.raises(OtherDimension, match="have 7 numbers each; the settings ask for 9"):
        gloveui.train("none.txt", dimension=9, start_from=vectors)


def test_a_training_goes_on_from_a_checkpoint_to_the_same_bits(tmp_path: Path) -> None:
    whole = gloveui.train(TEXT, epochs=9)
    part = gloveui.train(TEXT, epochs=4, keep_checkpoint=True)
    assert part.checkpoint is not None
    assert whole.checkpoint is None
    continued = gloveui.train(TEXT, epochs=9, start_from=part.checkpoint)
    assert np.array_equal(continued.embedding.vectors, whole.embedding.vectors)
    assert continued.card.losses == whole.card.losses

    path = tmp_path / "checkpoint.safetensors"
    write_checkpoint(path, part.checkpoint, part.cooccurrence, part.card.config)
    from_file = gloveui.train(TEXT, epochs=9, start_from=str(path))
    assert np.array_equal(from_file.embedding.vectors, whole.embedding.vectors)
    assert from_file.card.start is not None
    assert (from_file.card.start.kind, from_file.card.start.name) == ("checkpoint", path.name)


def test_a_checkpoint_of_another_text_is_refused() -> None:
    part = gloveui.train(TEXT, epochs=2, keep_checkpoint=True)
    with pytest.raises(OtherTraining):
        gloveui.train("one two three four", epochs=4, start_from=part.checkpoint)


def test_a_wrong_setting_is_told_before_the_text_is_read() -> None:
    with pytest.raises(SettingError, match="window"):
        gloveui.train("none.txt", window=0)
    with pytest.raises(SettingError, match="preset"):
        gloveui.train("none.txt", preset="huge")
    with pytest.raises(PatternError):
        gloveui.train("none.txt", tokenizer="regex", pattern="(")
    with pytest.raises(TypeError, match="windows"):
        gloveui.train("none.txt", windows=1)  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="epochs"):
        gloveui.count("none.txt", epochs=1)  # type: ignore[call-arg]


def test_a_text_without_pairs_says_so() -> None:
    with pytest.raises(NoPairs, match="no pairs"):
        gloveui.train("one\ntwo\nthree")


def test_vectors_are_saved_loaded_and_asked(tmp_path: Path) -> None:
    run = gloveui.train(TEXT, epochs=3)
    gloveui.save_vectors(run.embedding, tmp_path / "v.safetensors", run.card)
    loaded = gloveui.load_vectors(os.fspath(tmp_path / "v.safetensors"))
    assert gloveui.neighbours(loaded, "like") == gloveui.neighbours(run.embedding, "like")
    answers = gloveui.analogy(loaded, "i", "like", "enjoy")
    assert {"i", "like", "enjoy"}.isdisjoint(answer.word for answer in answers)
