"""Probe words that are suggested for a pair."""

from __future__ import annotations

import math

import numpy as np
import pytest

from gloveui.core.errors import UnknownWord
from gloveui.core.probability import MUCH, NEAR, probability_table
from gloveui.core.probe_suggestions import SuggestedProbes, suggested_probes
from tests import naive
from tests.core.steps import LECTURE, count, random_text, read, sentences_of
from tests.core.test_probability import KNOWN, counted_flat


def test_suggestions_fall_into_the_groups_of_the_paper() -> None:
    found = suggested_probes(counted_flat(KNOWN), "ice", "steam")
    assert found.first == ("solid",)
    assert found.second == ("only", "gas")
    assert found.neutral == ("water",)
    assert set(found.different) == {"solid", "only", "gas"}


def test_a_word_met_once_does_not_win_over_one_met_often() -> None:
    text = "\n".join(["ice often"] * 20 + ["steam often"] + ["ice once"] + ["steam other"] * 20)
    assert suggested_probes(counted_flat(text), "ice", "steam").first == ("often", "once")


def test_the_most_different_words_are_those_of_the_naive_twin() -> None:
    stream = read(random_text(60, 3000, seed=5))
    matrix = count(stream, window=3)
    counts = naive.cooccurrences(sentences_of(stream), matrix.options)
    words = [word for word in matrix.vocabulary if word not in ("w0", "w1")]
    table = probability_table(matrix, "w0", "w1", words)
    apart = [row.probe for row in table.rows if not 1 / NEAR < row.ratio < NEAR and not math.isnan(row.ratio)]
    expected = sorted(apart, key=lambda word: -naive.log_likelihood(counts, word, "w0", "w1"))
    assert suggested_probes(matrix, "w0", "w1", 6).different == tuple(expected[:6])


def test_every_suggestion_has_the_ratio_of_its_group() -> None:
    matrix = count(random_text(60, 3000, seed=6), window=3)
    found = suggested_probes(matrix, "w2", "w7", 8)
    ratios = {
        row.probe: row.ratio for row in probability_table(matrix, "w2", "w7", matrix.vocabulary.words).rows
    }
    assert all(ratios[word] >= MUCH for word in found.first)
    assert all(ratios[word] <= 1 / MUCH for word in found.second)
    assert all(1 / NEAR < ratios[word] < NEAR for word in found.neutral)
    assert found.first
    assert found.second
    assert found.neutral
    assert {"w2", "w7"}.isdisjoint({*found.first, *found.second, *found.different, *found.neutral})


def test_a_word_against_itself_has_nothing_that_tells_it_apart() -> None:
    found = suggested_probes(counted_flat(LECTURE), "like", "like")
    assert (found.first, found.second, found.different) == ((), (), ())
    assert set(found.neutral) <= {"i", "deep", "nlp"}


@pytest.mark.parametrize("pair", [("alone", "ice"), ("ice", "alone"), ("alone", "alone")])
def test_a_word_without_context_gets_no_suggestions_of_ratios(pair: tuple[str, str]) -> None:
    found = suggested_probes(counted_flat("ice melts\nalone"), *pair)
    assert (found.first, found.second, found.neutral) == ((), (), ())


def test_a_text_of_one_word_has_nothing_to_suggest() -> None:
    assert suggested_probes(counted_flat("da da"), "da", "da") == SuggestedProbes((), (), (), ())


def test_an_unknown_word_gets_no_suggestions() -> None:
    with pytest.raises(UnknownWord):
        suggested_probes(counted_flat(LECTURE), "i", "nowhere")


def test_suggestions_do_not_need_to_know_how_frequent_words_are() -> None:
    matrix = counted_flat(KNOWN)
    blind = np.zeros_like(matrix.vocabulary.counts)
    words = type(matrix.vocabulary)(matrix.vocabulary.words, blind)
    unknown = type(matrix)(matrix.starts, matrix.columns, matrix.values, words, matrix.options)
    assert suggested_probes(unknown, "ice", "steam").neutral == ("water",)
