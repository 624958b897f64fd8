from __future__ import annotations

import pytest

import gloveui
from gloveui.core.errors import SettingError, UnknownWord
from tests.core.matrices import random_parameters


@pytest.fixture
def counts() -> gloveui.CooccurrenceMatrix:
    text = gloveui.PastedText("I like deep learning\nI like NLP\nI enjoy flying\n")
    return gloveui.count(gloveui.read_text(text), window=1, weighting="flat", min_count=1)


def test_chosen_words_stand_with_their_counts_in_the_order_asked_for(counts) -> None:
    assert gloveui.cooccurrence_table(counts, ["like", "i", "nlp"]) == [
        ["", "like", "i", "nlp"], ["like", 0, 2, 1], ["i", 2, 0, 0], ["nlp", 1, 0, 0],
    ]  # fmt: skip


def test_rows_and_columns_may_be_other_words_and_numbers_other_than_counts(counts) -> None:
    rows = gloveui.cooccurrence_table(counts, ["i"], ["like", "enjoy"], quantity="probability")
    assert rows == [["", "like", "enjoy"], ["i", pytest.approx(2 / 3), pytest.approx(1 / 3)]]


def test_where_there_is_no_number_there_is_none(counts) -> None:
    assert gloveui.cooccurrence_table(counts, ["i"], ["nlp"], quantity="pmi") == [["", "nlp"], ["i", None]]


def test_a_word_that_was_not_counted_is_named(counts) -> None:
    with pytest.raises(UnknownWord):
        gloveui.cooccurrence_table(counts, ["xyzzy"])


@pytest.mark.parametrize("words", [6, 8])
@pytest.mark.parametrize("quantity", ["prediction", "error"])
def test_what_a_model_of_other_words_predicts_is_refused(counts, quantity: str, words: int) -> None:
    with pytest.raises(ValueError, match=f"parameters of 7 words, got {words}"):
        gloveui.cooccurrence_table(counts, ["i"], quantity=quantity, parameters=random_parameters(words, 3))


@pytest.mark.parametrize("weighting", [{"x_max": 0.0}, {"x_max": float("nan")}, {"alpha": -1.0}])
def test_a_weighting_out_of_bounds_is_refused(counts, weighting: dict[str, float]) -> None:
    with pytest.raises(SettingError):
        gloveui.cooccurrence_table(counts, ["i"], quantity="weight", **weighting)
