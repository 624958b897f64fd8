from __future__ import annotations

from pathlib import Path

import pytest

import gloveui
from gloveui.core.errors import EmptyText, FileMissing, SettingError
from gloveui.storage.stop_words import LANGUAGES, stop_words


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_lists_that_come_with_the_program_are_words_in_their_order(language: str) -> None:
    words = stop_words(language)
    assert list(words) == sorted(words)
    assert len(words) > 100
    assert {"english": "the", "korean": "그리고"}[language] in words


def test_an_own_list_has_its_words_between_white_space_or_commas(tmp_path: Path) -> None:
    path = tmp_path / "stop.txt"
    path.write_bytes("﻿the, of\r\n그리고;the\n".encode())
    assert stop_words(path) == ("the", "of", "그리고")


def test_a_list_that_is_missing_or_has_no_word_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileMissing):
        stop_words("klingon")
    (tmp_path / "empty.txt").write_text(" ,\n")
    with pytest.raises(EmptyText):
        stop_words(tmp_path / "empty.txt")
    with pytest.raises(SettingError):
        stop_words(["the"])  # type: ignore[arg-type]


def test_a_text_is_counted_without_stop_words_numbers_and_brackets() -> None:
    text = "The cat (a tabby) of 1999 sat on the mat"
    options = {"stop_words": gloveui.stop_words("english"), "drop_numbers": True, "drop_bracketed": True}
    tokens = gloveui.read_text(gloveui.PastedText(text), **options)
    assert tokens.vocabulary.words == ("cat", "sat", "mat")
