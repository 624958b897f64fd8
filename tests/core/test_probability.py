"""P(k|i), ratios, and what a model predicts for them."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import gloveui
from gloveui.core.cooccurrence import CooccurrenceMatrix
from gloveui.core.errors import UnknownWord
from gloveui.core.glove import GloveParameters
from gloveui.core.probability import (
    ProbabilityTable,
    ProbeRow,
    RatioState,
    Verdict,
    largest,
    predicted_ratios,
    probability_table,
    row_distribution,
    verdict_of,
)
from tests import naive
from tests.core.steps import LECTURE, count, random_text, read, sentences_of

# ice has solid 16 times as often as steam has, steam has gas 8 times as often as ice; water is with both, and
# fashion with neither.
KNOWN = "\n".join(
    [
        *["ice solid"] * 16, *["ice gas"], *["ice water"] * 15,
        *["steam solid"], *["steam gas"] * 8, *["steam water"] * 15, *["steam only"] * 8,
        "fashion week",
    ]
)  # fmt: skip


def counted_flat(text: str, **options: object) -> CooccurrenceMatrix:
    return count(text, **{"window": 1, "weighting": "flat", **options})


def rows_of(table: ProbabilityTable) -> dict[str, ProbeRow]:
    return {row.probe: row for row in table.rows}


def test_the_probabilities_of_the_lecture_can_be_read_off_its_table() -> None:
    matrix = counted_flat(LECTURE)
    rows = rows_of(probability_table(matrix, "i", "like", ["like", "enjoy", "i", "nlp"]))
    assert [rows[word].first_probability for word in ("like", "enjoy", "nlp")] == [2 / 3, 1 / 3, 0]
    assert [rows[word].second_probability for word in ("i", "nlp")] == [2 / 4, 1 / 4]


def test_probabilities_are_those_of_the_naive_twin_and_add_up_to_1() -> None:
    stream = read(random_text(12, 200))
    matrix = count(stream, window=3)
    counts = naive.cooccurrences(sentences_of(stream), matrix.options)
    words = matrix.vocabulary.words
    for word in words:
        found = [row.first_probability for row in probability_table(matrix, word, word, words).rows]
        expected = [float(naive.probability(counts, context, word)) for context in words]
        assert found == pytest.approx(expected, rel=1e-6)
        assert sum(found) == pytest.approx(1.0)


def test_the_table_of_the_lecture_is_the_one_worked_by_hand() -> None:
    table = probability_table(counted_flat(LECTURE), "like", "enjoy", ["i", "deep", "flying", "learning"])
    assert (table.first_total, table.second_total, table.vocabulary_size) == (4.0, 2.0, 7)
    assert table.rows[0] == ProbeRow("i", 2.0, 1.0, 2 / 4, 1 / 2, 1.0)
    assert table.rows[1] == ProbeRow("deep", 1.0, 0.0, 1 / 4, 0.0, math.inf)
    assert table.rows[2] == ProbeRow("flying", 0.0, 1.0, 0.0, 1 / 2, 0.0)
    assert math.isnan(table.rows[3].ratio)
    states = [row.state for row in table.rows]
    assert states == [RatioState.DEFINED, RatioState.INFINITE, RatioState.ZERO, RatioState.UNDEFINED]


def test_ratios_of_a_text_made_for_them_are_known() -> None:
    table = probability_table(counted_flat(KNOWN), "ice", "steam", ["solid", "gas", "water", "fashion"])
    assert table.first_total == table.second_total == 32.0
    assert [row.ratio for row in table.rows[:3]] == [16.0, 1 / 8, 1.0]
    verdicts = [row.verdict for row in table.rows]
    assert verdicts == [
        Verdict.MUCH_GREATER, Verdict.MUCH_SMALLER, Verdict.ABOUT_ONE, Verdict.UNCERTAIN
    ]  # fmt: skip


def test_smoothing_adds_the_same_to_every_count() -> None:
    rows = rows_of(probability_table(counted_flat(LECTURE), "like", "enjoy", ["i", "deep"], smoothing=0.5))
    assert rows["deep"].first_count == 1.0  # what was counted stays what it is
    assert rows["deep"].first_probability == pytest.approx(1.5 / (4 + 0.5 * 7))
    assert rows["deep"].ratio == pytest.approx((1.5 / 7.5) / (0.5 / 5.5))
    assert rows["deep"].state is RatioState.DEFINED


@pytest.mark.parametrize("smoothing", [-0.1, math.nan, math.inf])
def test_a_smoothing_that_is_no_amount_is_refused(smoothing: float) -> None:
    with pytest.raises(ValueError, match="smoothing must be"):
        probability_table(counted_flat(LECTURE), "i", "like", ["nlp"], smoothing)


@pytest.mark.parametrize(
    "words", [("nowhere", "i", "like"), ("i", "nowhere", "like"), ("i", "like", "nowhere")]
)
def test_an_unknown_word_is_named(words: tuple[str, str, str]) -> None:
    with pytest.raises(UnknownWord, match="nowhere"):
        probability_table(counted_flat(LECTURE), words[0], words[1], [words[2]])


def test_a_word_against_itself_gives_1_wherever_it_has_context() -> None:
    rows = rows_of(probability_table(counted_flat(KNOWN), "ice", "ice", ["water", "solid", "only"]))
    assert rows["water"].ratio == rows["solid"].ratio == 1.0
    assert rows["only"].state is RatioState.UNDEFINED


def test_a_word_without_context_has_no_probabilities_unless_they_are_smoothed() -> None:
    matrix = counted_flat("ice melts\nalone")
    plain = probability_table(matrix, "alone", "ice", ["melts"]).rows[0]
    assert math.isnan(plain.first_probability)
    assert plain.state is RatioState.UNDEFINED
    assert plain.verdict is Verdict.UNCERTAIN
    smoothed = probability_table(matrix, "alone", "ice", ["melts"], smoothing=1.0).rows[0]
    assert smoothed.first_probability == pytest.approx(1 / 3)


def test_a_matrix_of_one_word_has_a_table() -> None:
    table = probability_table(counted_flat("da da da"), "da", "da", ["da"])
    assert table.rows == (ProbeRow("da", 4.0, 4.0, 1.0, 1.0, 1.0),)


def test_no_probes_give_no_rows() -> None:
    assert probability_table(counted_flat(LECTURE), "i", "like", []).rows == ()


@pytest.mark.parametrize(
    ("ratio", "verdict"),
    [
        (math.inf, Verdict.MUCH_GREATER),
        (2.0, Verdict.MUCH_GREATER),
        (1.99, Verdict.GREATER),
        (1.36, Verdict.ABOUT_ONE),  # water, in the paper
        (0.96, Verdict.ABOUT_ONE),  # fashion
        (0.6, Verdict.SMALLER),
        (0.5, Verdict.MUCH_SMALLER),
        (0.0, Verdict.MUCH_SMALLER),
        (math.nan, Verdict.UNCERTAIN),
    ],
)
def test_a_ratio_has_its_verdict(ratio: float, verdict: Verdict) -> None:
    assert verdict_of(ratio) is verdict


@pytest.mark.parametrize(("count_of_both", "verdict"), [(2.4, Verdict.UNCERTAIN), (2.5, Verdict.ABOUT_ONE)])
def test_few_counts_are_not_enough_to_be_neutral(count_of_both: float, verdict: Verdict) -> None:
    row = ProbeRow("k", count_of_both, count_of_both, 0.1, 0.1, 1.0)
    assert row.has_few_counts is (verdict is Verdict.UNCERTAIN)
    assert row.verdict is verdict


@given(
    words=st.integers(2, 12),
    tokens=st.integers(2, 120),
    seed=st.integers(0, 1000),
    window=st.integers(1, 4),
    smoothing=st.sampled_from([0.0, 0.25, 3.0]),
)
def test_tables_are_those_of_the_naive_twin(
    words: int, tokens: int, seed: int, window: int, smoothing: float
) -> None:
    stream = read(random_text(words, tokens, seed) + "\nw0 w1")
    matrix = count(stream, window=window)
    counts = naive.cooccurrences(sentences_of(stream), matrix.options)
    known = matrix.vocabulary.words
    for first in known[:3]:
        for second in known[-3:]:
            for row in probability_table(matrix, first, second, known, smoothing).rows:
                expected = naive.probability_ratio(counts, row.probe, first, second, len(known), smoothing)
                assert row.ratio == pytest.approx(expected, rel=1e-5, nan_ok=True)


def parameters_for(size: int, seed: int = 3) -> GloveParameters:
    numbers = np.random.default_rng(seed).normal(size=(2 * size, 5)).astype(np.float32)
    return GloveParameters(numbers[:size, 1:], numbers[size:, 1:], numbers[:size, 0], numbers[size:, 0])


def test_predicted_ratios_are_those_of_the_predicted_counts() -> None:
    matrix = counted_flat(KNOWN)
    parameters = parameters_for(len(matrix.vocabulary))
    table = probability_table(matrix, "ice", "steam", ["solid", "gas"])
    found = predicted_ratios(matrix, parameters, table)
    for place, probe in enumerate(["solid", "gas"]):
        shares = [
            math.exp(naive.predicted_logarithm(parameters, *map(matrix.vocabulary.id_of, (word, probe)))) / 32
            for word in ("ice", "steam")
        ]
        assert found.first_probabilities[place] == pytest.approx(shares[0], rel=1e-5)
        assert found.second_probabilities[place] == pytest.approx(shares[1], rel=1e-5)
        assert found.ratios[place] == pytest.approx(shares[0] / shares[1], rel=1e-5)


def test_a_model_that_fits_the_counts_predicts_their_ratios() -> None:
    matrix = counted_flat(KNOWN)
    size = len(matrix.vocabulary)
    dense = matrix.to_scipy().toarray()
    logarithms = np.log(np.where(dense > 0, dense, 1)).astype(np.float32)
    zeros = np.zeros(size, np.float32)
    parameters = GloveParameters(logarithms, np.eye(size, dtype=np.float32), zeros, zeros)
    table = probability_table(matrix, "ice", "steam", ["solid", "gas", "water"])
    assert predicted_ratios(matrix, parameters, table).ratios == pytest.approx([16, 1 / 8, 1], rel=1e-5)


def test_predictions_that_are_not_finite_are_no_numbers() -> None:
    matrix = counted_flat("ice melts\nalone")
    size = len(matrix.vocabulary)
    huge = np.full((size, 2), 1e20, np.float32)
    zeros = np.zeros(size, np.float32)
    parameters = GloveParameters(huge, huge, zeros, zeros)
    found = predicted_ratios(matrix, parameters, probability_table(matrix, "ice", "alone", ["melts"]))
    assert np.isnan([found.first_probabilities, found.second_probabilities, found.ratios]).all()


def test_the_row_of_a_word_is_sorted_and_tells_what_it_leaves_out() -> None:
    matrix = counted_flat(LECTURE)
    word = matrix.vocabulary.id_of("like")
    row = row_distribution(matrix, word, most=2)
    assert [matrix.vocabulary.word(context) for context in row.contexts] == ["i", "deep"]
    assert row.counts.tolist() == [2.0, 1.0]
    assert row.probabilities.tolist() == [0.5, 0.25]
    assert (row.rest_words, row.rest_share) == (1, pytest.approx(0.25))


def test_a_row_that_is_shown_whole_leaves_nothing_out() -> None:
    matrix = counted_flat(LECTURE)
    row = row_distribution(matrix, matrix.vocabulary.id_of("like"), most=10)
    assert row.probabilities.sum() == 1.0
    assert (row.rest_words, row.rest_share) == (0, 0.0)


def test_a_word_without_context_has_an_empty_row() -> None:
    matrix = counted_flat("ice melts\nalone")
    row = row_distribution(matrix, matrix.vocabulary.id_of("alone"), most=3)
    assert (len(row.contexts), row.rest_words, row.rest_share) == (0, 0, 0.0)


def test_the_table_is_among_the_public_names() -> None:
    counts = gloveui.count(gloveui.PastedText(KNOWN), window=1, weighting="flat", min_count=1)
    assert gloveui.probability_table(counts, "ice", "steam", ["solid"]).rows[0].ratio == 16.0


@given(values=st.lists(st.integers(0, 6), max_size=30), most=st.integers(1, 12))
def test_the_largest_values_come_first_and_ties_stay_in_order(values: list[int], most: int) -> None:
    expected = sorted(range(len(values)), key=lambda place: (-values[place], place))[:most]
    assert largest(np.array(values, np.float64), most).tolist() == expected
