"""Analogies with what is known of their answers, one or many at once, and read from lines."""

from __future__ import annotations

import math

import numpy as np
import pytest

from gloveui.core.analogy_questions import (
    AnalogyAnswer,
    AnalogyOptions,
    AnalogyQuestion,
    analogy_score,
    answer_all,
    answer_question,
    parse_questions,
)
from gloveui.core.errors import UnknownWord
from gloveui.core.progress import run_to_end
from gloveui.core.queries import METHODS, analogy
from tests.views.vectors import FAMILY, embedding_of, noise

BOY = AnalogyQuestion("man", "woman", "boy", "girl")

# The sum of cosines is highest for a word that is near b alone, the product for one near both b and c.
LEANING = {
    "a": (1.0, 0.0, 0.0, 0.0),
    "b": (0.0, 1.0, 0.0, 0.0),
    "c": (0.0, 0.0, 1.0, 0.0),
    "both": (0.0, 0.45, 0.45, np.sqrt(1 - 2 * 0.45**2)),
    "one": (0.0, 0.95, 0.0, np.sqrt(1 - 0.95**2)),
}


def answered(question: AnalogyQuestion, vectors=FAMILY, k: int = 10, **options) -> AnalogyAnswer:
    task = answer_question(embedding_of(vectors), question, AnalogyOptions(**options), k)
    return run_to_end(task)


@pytest.mark.parametrize("method", METHODS)
def test_the_known_answer_of_a_constructed_space_is_found_by_every_method(method: str) -> None:
    answer = answered(BOY, method=method)
    assert answer.best is not None
    assert answer.best.word == "girl"
    assert answer.is_right is True
    assert answer.expected_rank == 1
    assert answer.expected_score == pytest.approx(answer.best.score)


def test_adding_and_multiplying_can_give_different_answers() -> None:
    question = AnalogyQuestion("a", "b", "c")
    best = {method: answered(question, LEANING, method=method).best for method in ("add", "multiply")}
    assert {method: one.word for method, one in best.items() if one is not None} == {
        "add": "one",
        "multiply": "both",
    }


def test_the_arithmetic_of_both_methods_by_hand() -> None:
    question = AnalogyQuestion("a", "b", "c")
    embedding = embedding_of(LEANING)
    assert analogy_score(embedding, question, "one", "add") == pytest.approx(0.95, abs=1e-6)
    shifted = [(1 + cosine) / 2 for cosine in (0.0, 0.95, 0.0)]
    product = shifted[1] * shifted[2] / (shifted[0] + 0.001)
    assert analogy_score(embedding, question, "one", "multiply") == pytest.approx(product, abs=1e-6)
    way, arrow = np.subtract(LEANING["one"], LEANING["c"]), np.subtract(LEANING["b"], LEANING["a"])
    cosine = way @ arrow / np.linalg.norm(way) / np.linalg.norm(arrow)
    assert analogy_score(embedding, question, "one", "direction") == pytest.approx(cosine, abs=1e-6)


@pytest.mark.parametrize("method", METHODS)
def test_a_score_is_the_one_that_the_answer_has(method: str) -> None:
    embedding = embedding_of(noise(tuple("abcdefgh")))
    question = AnalogyQuestion("a", "b", "c")
    for one in analogy(embedding, "a", "b", "c", 8, method, exclude_inputs=False):
        assert analogy_score(embedding, question, one.word, method) == pytest.approx(one.score, abs=1e-6)


def test_a_given_word_that_would_have_been_first_is_named() -> None:
    vectors = {**FAMILY, "boy": (0, 1, 1, 0.5, 1)}
    first = answered(BOY, vectors).excluded_first
    assert first is not None
    assert first.word == "boy"
    assert answered(BOY).excluded_first is None
    assert answered(BOY, vectors, exclude_inputs=False).excluded_first is None


def test_the_rank_of_an_expected_word_is_its_place_among_all_answers() -> None:
    embedding = embedding_of(FAMILY)
    words = [one.word for one in analogy(embedding, "man", "woman", "boy", len(FAMILY))]
    for place, word in enumerate(words, 1):
        answer = answered(AnalogyQuestion("man", "woman", "boy", word), k=2)
        assert answer.expected_rank == place
        assert answer.is_right is (place == 1)


@pytest.mark.parametrize(
    ("expected", "options"), [("boy", {}), ("road", {"among": 4}), ("", {})], ids=["given", "rare", "none"]
)
def test_what_cannot_be_an_answer_has_no_rank(expected: str, options: dict[str, int]) -> None:
    assert answered(AnalogyQuestion("man", "woman", "boy", expected), **options).expected_rank == 0


def test_unknown_words_are_named_and_only_given_ones_keep_from_answering() -> None:
    answer = answered(AnalogyQuestion("man", "xyzzy", "boy", "plugh"))
    assert (answer.found, answer.unknown, answer.is_right) == ((), ("xyzzy", "plugh"), None)
    answer = answered(AnalogyQuestion("man", "woman", "boy", "plugh"))
    assert answer.best is not None
    assert answer.unknown == ("plugh",)
    assert math.isnan(answer.expected_score)


def test_words_are_spelled_as_the_vocabulary_does() -> None:
    answer = answered(AnalogyQuestion("Man", "WOMAN", "boy", "Girl"))
    assert answer.question == BOY
    assert answer.is_right is True


def test_many_questions_report_each_answer_once_and_in_order() -> None:
    questions = (BOY, AnalogyQuestion("man", "woman", "king", "road"), AnalogyQuestion("man", "woman", "x"))
    seen: list[AnalogyAnswer] = []
    task = answer_all(embedding_of(FAMILY), questions, AnalogyOptions())
    answers = run_to_end(task, lambda progress: seen.extend(progress.detail))
    assert list(answers) == seen
    assert [answer.is_right for answer in answers] == [True, False, None]
    assert answers[1].expected_rank > 1


def test_a_word_without_a_direction_has_no_score() -> None:
    embedding = embedding_of({**FAMILY, "nothing": (0, 0, 0, 0, 0)})
    assert math.isnan(analogy_score(embedding, BOY, "nothing"))
    with pytest.raises(UnknownWord):
        analogy_score(embedding, BOY, "xyzzy")


def test_lines_are_read_however_their_words_are_parted() -> None:
    lines = [
        ": family", "# a comment", "", "man : woman = boy : girl", "man woman boy girl",
        "man,woman;boy\tgirl", "man:woman::boy:?", "mother-in-law father-in-law mother",
    ]  # fmt: skip
    questions, refused = parse_questions(lines)
    assert questions[:3] == (BOY, BOY, BOY)
    assert questions[3] == AnalogyQuestion("man", "woman", "boy")
    assert questions[4] == AnalogyQuestion("mother-in-law", "father-in-law", "mother")
    assert refused == ()


def test_lines_that_are_no_analogies_are_told_by_their_numbers() -> None:
    assert parse_questions(["man woman", "man woman boy girl", "a b c d e"])[1] == (1, 3)
