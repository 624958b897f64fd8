from __future__ import annotations

import string
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from gloveui.core import errors
from gloveui.core.encodings import check_encoding
from gloveui.core.errors import GloveError, PatternError, SettingError, UnknownWord, check_setting
from gloveui.core.expressions import parse
from gloveui.core.glove import GloveConfig
from gloveui.core.tokens import TokenOptions
from gloveui.core.vocabulary import Vocabulary
from tests.core.steps import count, read, read_file

KINDS = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, GloveError)]
PROVOKED: list[Callable[[Path], object]] = [
    lambda folder: read_file(folder / "missing.txt"),
    lambda folder: read_file(folder),
    lambda folder: read_file(folder / "picture.txt"),
    lambda folder: read_file(folder / "damaged.xz"),
    lambda folder: read_file(folder / "picture.txt", "no-such-encoding"),
    lambda folder: read_file(folder / "odd.txt", "utf-16"),
    lambda folder: check_encoding("text.txt", "no-such-encoding"),
    lambda folder: read(""),
    lambda folder: count("ice"),
    lambda folder: count("ice melts", min_count=2),
    lambda folder: count("ice melts", window=0),
    lambda folder: GloveConfig(x_max=float("nan")),
    lambda folder: TokenOptions(tokenizer="regex", pattern="("),
    lambda folder: TokenOptions(tokenizer="regex", pattern="a*"),
    lambda folder: Vocabulary(["ice"], np.array([1])).id_of("steam"),
    lambda folder: parse("ice - "),
    lambda folder: parse("ice steam"),
    lambda folder: parse("(ice"),
    lambda folder: parse("ice)"),
    lambda folder: parse('"ice'),
    lambda folder: parse("(" * 100),
    lambda folder: parse("10000000 ice"),
]


@pytest.mark.parametrize("provoke", PROVOKED)
def test_every_failure_says_what_was_wrong_and_what_to_do_next(
    tmp_path: Path, provoke: Callable[[Path], object]
) -> None:
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
    (tmp_path / "odd.txt").write_bytes(b"ice melts")
    (tmp_path / "damaged.xz").write_bytes(b"\xfd7zXZ\x00 damaged")
    with pytest.raises(GloveError) as caught:
        provoke(tmp_path)
    error = caught.value
    assert str(error) == error.template.format_map(error.fields)
    assert error.advice.format_map(error.fields).endswith(".")


@pytest.mark.parametrize("kind", KINDS)
def test_advice_names_no_fact_that_could_be_missing_from_a_form(kind: type[GloveError]) -> None:
    for form in (kind.template, kind.advice):
        assert all(name is None or name.isidentifier() for _, name, _, _ in string.Formatter().parse(form))


def test_braces_in_what_was_received_are_shown_as_they_are() -> None:
    error = UnknownWord(word="{word} {0}")
    assert str(error) == "“{word} {0}” is not in the vocabulary"


def test_an_unknown_word_is_also_a_key_error_but_reads_like_a_sentence() -> None:
    error = UnknownWord(word="steam")
    assert isinstance(error, KeyError)
    assert str(error) == "“steam” is not in the vocabulary"


def test_a_setting_error_is_also_a_value_error_and_has_its_facts_as_fields() -> None:
    with pytest.raises(ValueError, match="epochs: expected 1 or more, found 0") as caught:
        check_setting(False, "epochs", "1 or more", 0)
    assert isinstance(caught.value, SettingError)
    assert caught.value.fields == {"setting": "epochs", "expected": "1 or more", "received": 0}


def test_a_fine_setting_passes() -> None:
    check_setting(True, "epochs", "1 or more", 3)


def test_a_malformed_expression_is_a_setting_error() -> None:
    with pytest.raises(SettingError) as caught:
        TokenOptions(tokenizer="regex", pattern="a(")
    assert isinstance(caught.value, PatternError)
    assert "Correct it at position" in caught.value.advice
