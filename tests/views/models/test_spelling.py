"""Words that are spelled alike."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gloveui.core.vocabulary import Vocabulary
from gloveui.views.models.spelling import edit_distances, nearest_spellings

VOCABULARY = Vocabulary(["the", "queen", "queer", "king", "green", "고양이", "고향", "k" * 10_000])


@pytest.mark.parametrize(
    ("typed", "nearest"), [("quueen", "queen"), ("Kng", "king"), ("wueen", "queen"), ("고앙이", "고양이")]
)
def test_the_nearest_spelling_comes_first(typed: str, nearest: str) -> None:
    assert nearest_spellings(VOCABULARY, typed)[0] == nearest


@pytest.mark.parametrize("typed", ["", "  ", "zzzzzz", "k" * 9_999])
def test_nothing_is_offered_for_what_is_like_no_word(typed: str) -> None:
    assert nearest_spellings(VOCABULARY, typed) == []


def test_no_more_are_offered_than_asked_for() -> None:
    words = Vocabulary([f"word{number}" for number in range(50)])
    assert len(nearest_spellings(words, "word", 3)) == 3


def test_the_most_frequent_of_equally_near_words_comes_first() -> None:
    assert nearest_spellings(Vocabulary(["cart", "cast", "cats"]), "cat") == ["cart", "cast", "cats"]


def test_two_letters_exchanged_are_one_mistake() -> None:
    assert nearest_spellings(Vocabulary(["tha", "the"]), "hte") == ["the"]


def distance(first: str, second: str) -> int:
    """Letters to leave out, add, change, or exchange with their neighbour: the slow and obvious way."""
    rows = [[place + other if 0 in (place, other) else 0 for other in range(len(second) + 1)]
            for place in range(len(first) + 1)]  # fmt: skip
    for i in range(1, len(first) + 1):
        for j in range(1, len(second) + 1):
            change = rows[i - 1][j - 1] + (first[i - 1] != second[j - 1])
            rows[i][j] = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, change)
            if i > 1 and j > 1 and first[i - 2 : i] == second[j - 2 : j][::-1]:
                rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
    return rows[-1][-1]


LETTERS = st.text("abé고", max_size=6)


@settings(max_examples=60)
@given(typed=LETTERS, words=st.lists(LETTERS, min_size=1, max_size=6))
def test_distances_are_those_of_the_naive_twin(typed: str, words: list[str]) -> None:
    assert edit_distances(typed, words).tolist() == [distance(typed, word) for word in words]
