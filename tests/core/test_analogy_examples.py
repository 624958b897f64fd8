"""Sections of pairs, and the analogies that a vocabulary can answer with them."""

from __future__ import annotations

from collections import Counter

import pytest

from gloveui.core.analogy_examples import (
    Section,
    example_questions,
    pair_questions,
    parse_sections,
)
from gloveui.core.analogy_questions import AnalogyQuestion
from gloveui.core.vocabulary import Vocabulary
from gloveui.storage.analogy_sections import bundled_sections

WORDS = Vocabulary(("good", "better", "man", "woman", "boy", "girl", "king", "queen", "low", "lower", "bad"))
FAMILY = Section("family", "en", (("king", "queen"), ("boy", "girl"), ("man", "woman"), ("duke", "duchess")))
DEGREES = Section("comparatives", "en", (("low", "lower"), ("good", "better"), ("bad", "worse")))


def test_sections_are_read_from_lines() -> None:
    lines = ["# comment", ": family", "man woman", "", "boy girl", ": degrees", "good better"]
    assert parse_sections(lines, "en") == (
        Section("family", "en", (("man", "woman"), ("boy", "girl"))),
        Section("degrees", "en", (("good", "better"),)),
    )


@pytest.mark.parametrize("lines", [["man woman"], [": family", "man woman boy"], [":", "man woman"]])
def test_what_is_no_pair_is_told_with_its_line(lines: list[str]) -> None:
    with pytest.raises(ValueError, match=f"line {len(lines) if len(lines[0]) > 1 else 1}"):
        parse_sections(lines, "en")


def test_known_pairs_are_the_frequent_ones_first() -> None:
    assert FAMILY.known_pairs(WORDS) == [("man", "woman"), ("boy", "girl"), ("king", "queen")]


def test_pairs_are_spelled_as_the_vocabulary_does_and_each_is_there_once() -> None:
    section = Section("capitals", "en", (("France", "Paris"), ("france", "paris")))
    assert section.known_pairs(Vocabulary(("paris", "france"))) == [("france", "paris")]


def test_a_section_asks_each_known_pair_with_every_other_one() -> None:
    questions = pair_questions(FAMILY.known_pairs(WORDS))
    assert len(questions) == len(set(questions)) == 3 * 2
    assert questions[0] == AnalogyQuestion("man", "woman", "boy", "girl")
    assert len(pair_questions(FAMILY.known_pairs(WORDS), most=2)) == 2


def test_no_question_gives_its_own_answer_away() -> None:
    numbers = Section("next", "en", (("man", "boy"), ("boy", "king"), ("king", "low")))
    for question in pair_questions(numbers.known_pairs(WORDS)):
        assert question.expected not in question.given


def test_examples_take_turns_between_sections() -> None:
    assert example_questions(WORDS, (FAMILY, DEGREES)) == (
        AnalogyQuestion("man", "woman", "boy", "girl"),
        AnalogyQuestion("good", "better", "low", "lower"),
        AnalogyQuestion("boy", "girl", "king", "queen"),
    )


def test_a_vocabulary_without_such_words_gets_no_examples() -> None:
    assert example_questions(Vocabulary(("ice", "steam")), (FAMILY, DEGREES)) == ()


def test_the_bundled_pairs_are_many_and_each_is_said_once() -> None:
    sections = bundled_sections()
    assert {section.language for section in sections} == {"en", "ko"}
    for language, least in (("en", 400), ("ko", 150)):
        assert sum(len(one.pairs) for one in sections if one.language == language) >= least
    for section in sections:
        assert Counter(section.pairs).most_common(1)[0][1] == 1, section.key
        assert all(first != second for first, second in section.pairs)
        assert len(section.pairs) >= 6
