from __future__ import annotations

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given
from numpy.testing import assert_allclose, assert_array_equal
from numpy.typing import NDArray

from gloveui.core.cooccurrence import CooccurrenceMatrix, CountOptions
from gloveui.core.heatmap import FAINTEST, count_block, frequent_words, linear_shares, log_shares
from gloveui.core.vocabulary import Vocabulary

tables = st.integers(1, 8).flatmap(
    lambda size: st.lists(
        st.lists(st.sampled_from([0.0, 0.0, 0.5, 1.0, 3.25]), min_size=size, max_size=size),
        min_size=size,
        max_size=size,
    )
)


def matrix_of(table: list[list[float]]) -> CooccurrenceMatrix:
    """The sparse form of a table of counts."""
    counts = np.array(table, np.float32)
    rows, columns = np.nonzero(counts)
    starts = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=len(counts)))]).astype(np.int64)
    vocabulary = Vocabulary([f"w{index}" for index in range(len(counts))])
    values = counts[rows, columns]
    return CooccurrenceMatrix(starts, columns.astype(np.int32), values, vocabulary, CountOptions())


def naive_block(matrix: CooccurrenceMatrix, words: NDArray[np.int64]) -> list[list[float]]:
    return [[matrix.count(int(word), int(context)) for context in words] for word in words]


@given(tables, st.data())
def test_a_block_of_any_words_has_the_counts_of_the_matrix(table, data) -> None:
    matrix = matrix_of(table)
    ids = data.draw(st.lists(st.integers(0, len(table) - 1), max_size=10))
    words = np.array(ids, np.int64)
    block = count_block(matrix, words)
    assert block.dtype == np.float32
    assert block.shape == (len(ids), len(ids))
    assert block.tolist() == naive_block(matrix, words)


def test_the_word_in_focus_is_shown_behind_the_frequent_ones() -> None:
    assert frequent_words(10, 3, 7).tolist() == [0, 1, 2, 7]


@pytest.mark.parametrize("focus", [None, 0, 2])
def test_a_word_in_focus_that_is_frequent_is_not_shown_twice(focus) -> None:
    assert frequent_words(10, 3, focus).tolist() == [0, 1, 2]


def test_no_more_words_are_shown_than_there_are() -> None:
    assert frequent_words(2, 20, None).tolist() == [0, 1]


def test_linear_shares_are_parts_of_the_largest_count() -> None:
    assert_allclose(linear_shares(np.array([[0, 1], [2, 4]], np.float32)), [[0, 0.25], [0.5, 1]])


def test_equal_ratios_of_counts_are_equal_steps_of_a_logarithmic_scale() -> None:
    shares = log_shares(np.array([0, 0.01, 0.1, 1, 10], np.float32))
    assert shares[0] == 0
    assert shares[1] == pytest.approx(FAINTEST)
    assert shares[-1] == 1
    assert_allclose(np.diff(shares[1:]), (1 - FAINTEST) / 3, rtol=1e-5)


@pytest.mark.parametrize("scale", [linear_shares, log_shares])
def test_counts_that_are_all_the_same_have_the_full_colour(scale) -> None:
    assert_array_equal(scale(np.full((2, 2), 3, np.float32)), 1)


@pytest.mark.parametrize("scale", [linear_shares, log_shares])
@pytest.mark.parametrize("shape", [(0, 0), (3, 3)])
def test_without_a_count_there_is_no_colour(scale, shape) -> None:
    shares = scale(np.zeros(shape, np.float32))
    assert shares.shape == shape
    assert not shares.any()
