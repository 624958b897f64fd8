"""Pairs of words to begin with."""

from __future__ import annotations

from gloveui.core.cooccurrence import CooccurrenceMatrix
from gloveui.core.probe_suggestions import suggested_probes
from gloveui.views.word_pairs import EXAMPLES, first_pair, known_examples, partner_of, probes_for
from tests.core.test_probability import KNOWN
from tests.views.counted import LECTURE, counted


def matrix_of(text: str) -> CooccurrenceMatrix:
    return counted(text)[0]


def probes(matrix: CooccurrenceMatrix) -> tuple[str, ...]:
    return probes_for(matrix.vocabulary, "ice", "steam", suggested_probes(matrix, "ice", "steam"))


def test_the_pair_of_the_paper_comes_first_where_the_text_has_it() -> None:
    matrix = matrix_of(KNOWN + "\nking queen")
    assert [pair.label for pair in known_examples(matrix.vocabulary)] == ["ice : steam", "king : queen"]
    assert first_pair(matrix).label == "ice : steam"
    assert probes(matrix) == ("solid", "gas", "water", "fashion")


def test_probes_of_an_example_that_the_text_does_not_have_are_left_out() -> None:
    matrix = matrix_of(KNOWN.replace("gas", "vapour"))
    assert probes(matrix) == ("solid", "water", "fashion")


def test_an_example_without_any_of_its_probes_gets_suggested_ones() -> None:
    matrix = matrix_of("ice cold\nice cold\nsteam hot\nsteam hot")
    assert probes(matrix) == ("cold", "hot")


def test_korean_examples_are_found_in_korean_texts() -> None:
    assert first_pair(matrix_of("얼음 고체 물\n수증기 기체 물")).label == "얼음 : 수증기"


def test_a_text_without_an_example_begins_behind_its_commonest_words() -> None:
    text = "\n".join(["the the the"] * 20 + ["red fox"] * 6 + ["blue fox"] * 5)
    pair = first_pair(matrix_of(text))
    assert "the" not in (pair.first, pair.second)
    assert pair.first != pair.second


def test_a_text_of_one_word_pairs_it_with_itself() -> None:
    pair = first_pair(matrix_of("da da"))
    assert (pair.first, pair.second) == ("da", "da")


def test_a_word_knows_its_partner_from_either_side() -> None:
    words = matrix_of(LECTURE).vocabulary
    assert (partner_of(words, "like"), partner_of(words, "enjoy"), partner_of(words, "nlp")) == (
        "enjoy", "like", None
    )  # fmt: skip


def test_no_example_is_there_twice() -> None:
    assert len({(pair.first, pair.second) for pair in EXAMPLES}) == len(EXAMPLES)
