from __future__ import annotations

import pytest

from gloveui.core import alphabet
from gloveui.core.alphabet import alphabet_key, alphabetical_order
from gloveui.core.progress import Progress, run_to_end


def test_the_alphabet_sets_case_and_accents_aside_at_first() -> None:
    words = ["zebra", "Éclair", "eclair", "apple", "Zebra", "éclair", "ebb", "fig", "don't", "donut", "1984"]
    assert sorted(words, key=alphabet_key) == [
        "1984", "apple", "don't", "donut", "ebb", "eclair", "Éclair", "éclair", "fig", "Zebra", "zebra",
    ]  # fmt: skip


def test_korean_words_stand_as_in_a_dictionary() -> None:
    words = ["나무", "가", "각", "가나", "까치", "하늘", "강", "apple", "값"]
    assert sorted(words, key=alphabet_key) == [
        "apple",
        "가",
        "가나",
        "각",
        "값",
        "강",
        "까치",
        "나무",
        "하늘",
    ]


def test_many_words_are_sorted_in_pieces_that_fit_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alphabet, "WORDS_AT_ONCE", 3)
    words = [f"w{number * 37 % 50}" for number in range(50)]
    steps: list[Progress] = []
    places = run_to_end(alphabetical_order(words, "sorting", 0.5), steps.append)
    assert [words[place] for place in places] == sorted(words)
    assert len(steps) > 20
    fractions = [step.fraction or 0.0 for step in steps]
    assert fractions == sorted(fractions)
    assert fractions[-1] <= 0.5


def test_no_words_have_an_order() -> None:
    assert run_to_end(alphabetical_order([], "sorting")).tolist() == []
