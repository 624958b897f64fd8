"""Lines copied out of the window do what the window did."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

import gloveui
from gloveui.core.cooccurrence import CountOptions
from gloveui.core.glove import GloveConfig
from gloveui.core.text import FileText, PastedText, TextSource
from gloveui.core.tokens import TokenOptions
from gloveui.core.warm_start import Origin
from gloveui.storage.bundled import bundled_texts
from gloveui.storage.export_code import counting_code, reading_code, training_code

OPTIONS = CountOptions(window=2, direction="left", weighting="flat", min_count=1, keep_positions=True)


def run(code: str) -> dict[str, Any]:
    names: dict[str, Any] = {}
    exec(code, names)
    return names


@pytest.mark.parametrize(
    "content", ["I like NLP\nI enjoy flying\n", "bundled:lecture", "a.txt", "\"'\\ \n가"]
)
def test_code_for_a_pasted_text_counts_it_again(content: str) -> None:
    text = PastedText(content + " and more")
    names = run(counting_code(text, TokenOptions(lower=False), OPTIONS))
    expected = gloveui.count(
        text, lower=False, window=2, direction="left", weighting="flat", min_count=1, keep_positions=True
    )
    assert names["counts"].options == OPTIONS
    assert names["counts"].vocabulary.words == expected.vocabulary.words
    np.testing.assert_array_equal(names["counts"].values, expected.values)


def test_code_for_a_file_names_its_path_and_its_encoding(tmp_path: Path) -> None:
    path = tmp_path / "it's a \\ name.txt"
    path.write_bytes("한국어 글\n".encode("cp949"))
    tokens = run(reading_code(FileText(path, "cp949"), TokenOptions(tokenizer="whitespace")))["tokens"]
    assert tokens.vocabulary.words == ("한국어", "글")
    assert tokens.options.tokenizer == "whitespace"


def test_code_for_files_names_them_all_and_what_was_chosen(tmp_path: Path) -> None:
    (tmp_path / "it's.csv").write_bytes("번호,글\n1,얼음과 증기\n".encode("cp949"))
    (tmp_path / "b.txt").write_bytes("한국어 글\n".encode("cp949"))
    source = gloveui.open_text([tmp_path / "it's.csv", tmp_path / "b.txt"], "cp949", column="글")
    tokens = run(reading_code(source, TokenOptions()))["tokens"]
    assert tokens.vocabulary.words == ("얼음과", "증기", "한국어", "글")


def test_code_for_a_bundled_text_runs_anywhere() -> None:
    for bundled in bundled_texts():
        assert f'"bundled:{bundled.key}"' in reading_code(bundled.source, TokenOptions())


def test_settings_that_are_as_usual_are_not_written_for_words_but_all_are_for_counts() -> None:
    source: TextSource = PastedText("a b")
    assert "lower" not in reading_code(source, TokenOptions())
    code = counting_code(source, TokenOptions(), CountOptions())
    assert all(f"{name}=" in code for name in CountOptions.__dataclass_fields__)


CONFIG = GloveConfig(dimension=4, epochs=3, x_max=2.5, mode="fast", vectors="word", seed=7)


def test_code_for_a_training_gives_the_same_bits_again() -> None:
    text = PastedText("I like NLP\nI enjoy flying\n")
    names = run(training_code(text, TokenOptions(lower=False), OPTIONS, CONFIG))
    card = names["run"].card
    assert (card.token_options, card.count_options, card.config) == (
        TokenOptions(lower=False),
        OPTIONS,
        CONFIG,
    )

    again = run(training_code(text, TokenOptions(lower=False), OPTIONS, CONFIG))["run"]
    assert again.embedding.vectors.tobytes() == names["run"].embedding.vectors.tobytes()


def test_code_for_a_training_names_the_file_that_it_started_from(tmp_path: Path) -> None:
    text = PastedText("I like NLP\nI enjoy flying\n")
    path = tmp_path / "first.safetensors"
    first = gloveui.train(text, preset="lecture", dimension=4)
    gloveui.save_vectors(first.embedding, path)
    code = training_code(text, TokenOptions(), OPTIONS, CONFIG, Origin("vectors", path.name, path=str(path)))
    assert run(code)["run"].card.start.path == str(path)


def test_code_for_a_training_that_started_from_another_model_tells_that_in_a_comment() -> None:
    text = PastedText("I like NLP\nI enjoy flying\n")
    code = training_code(text, TokenOptions(), OPTIONS, CONFIG, Origin("model", "GloVe 1\nx = 1", number=1))
    assert "# It started from other vectors" in code
    assert "x" not in run(code)
