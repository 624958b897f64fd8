"""Words that are spelled alike."""

from __future__ import annotations

import pytest

from gloveui.core.vocabulary import Vocabulary
from gloveui.views.models.spelling import nearest_spellings

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
