"""Words found by what they hold, beside naive twins."""

from __future__ import annotations

import unicodedata

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gloveui.core import word_search
from gloveui.core.errors import PatternError, PatternTooSlow
from gloveui.core.progress import run_to_end
from gloveui.core.text import normalised
from gloveui.core.word_search import FoldedWords, fold_words, words_matching

WORDS = (
    "Making",
    "kings",
    "queen",
    "king",
    "KÖNIG",
    "고양이",
    "Straße",
    "k" * 5_000,
    "king-size",
    "mother in law",
)
letters = st.text(alphabet="abÄ가é'", max_size=40)


def folded(words: tuple[str, ...]) -> FoldedWords:
    return run_to_end(fold_words(words))


def test_the_word_itself_comes_first_then_those_that_begin_with_it() -> None:
    found = folded(WORDS).holding("KING").tolist()
    assert [WORDS[index] for index in found] == ["king", "kings", "king-size", "Making"]


def test_beginnings_are_found_and_nothing_else() -> None:
    found = folded(WORDS).beginning_with("king").tolist()
    assert [WORDS[index] for index in found] == ["king", "kings", "king-size"]


@pytest.mark.parametrize("text", ["könig", "고양", "straß", " in "])
def test_case_and_form_of_letters_do_not_matter(text: str) -> None:
    words = folded(WORDS)
    decomposed = unicodedata.normalize("NFD", text)
    assert words.holding(decomposed).tolist() == [
        index for index, word in enumerate(WORDS) if text in word.lower()
    ]
    assert len(words.holding(text)) == 1


def test_a_text_longer_than_all_words_is_in_none() -> None:
    assert folded(("a", "b")).holding("a" * 100).tolist() == []
    assert folded(("a", "b")).beginning_with("bc").tolist() == []


def test_a_line_end_inside_a_word_does_not_shift_the_others() -> None:
    assert folded(("a\nb", "c")).holding("c").tolist() == [1]


def test_no_words_hold_nothing() -> None:
    assert folded(()).holding("a").tolist() == []
    assert folded(()).ranks().tolist() == []


@settings(max_examples=60)
@given(st.lists(letters, min_size=1, max_size=30), letters)
def test_searches_and_ranks_equal_a_loop_over_all_words(words: list[str], text: str) -> None:
    searched = folded(tuple(words))
    lower = [normalised(word, lower=True) for word in words]
    text = normalised(text, lower=True)
    assert sorted(searched.holding(text)) == [index for index, word in enumerate(lower) if text in word]
    starting = [index for index, word in enumerate(lower) if word.startswith(text)]
    assert sorted(searched.beginning_with(text)) == starting
    alphabet = sorted(set(lower))
    assert searched.ranks().tolist() == [alphabet.index(word) for word in lower]


def test_an_expression_is_found_anywhere_in_a_word_whatever_its_case() -> None:
    found = run_to_end(words_matching(WORDS, "^k.*s$|QUEEN")).tolist()
    assert [WORDS[index] for index in found] == ["kings", "queen"]


@pytest.mark.parametrize(("pattern", "position"), [("(", 2), ("a[", 3), ("*", 1), ("a" * 201, 201)])
def test_what_is_no_expression_is_told_with_its_place(pattern: str, position: int) -> None:
    with pytest.raises(PatternError) as raised:
        run_to_end(words_matching(WORDS, pattern))
    assert raised.value.fields["position"] == position


def test_an_expression_without_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_search, "WORD_LIMIT_S", 0.01)
    with pytest.raises(PatternTooSlow):
        run_to_end(words_matching(("a" * 60,), r"^(\w|\w\w|\w+)+\d$"))


def test_an_expression_that_is_slow_in_sum_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_search, "PATTERN_LIMIT_S", 0.0)
    with pytest.raises(PatternTooSlow):
        run_to_end(words_matching(WORDS, "a"))


def test_ids_are_whole_numbers_even_where_nothing_is_found() -> None:
    assert run_to_end(words_matching(WORDS, "zzz")).dtype == np.int64
