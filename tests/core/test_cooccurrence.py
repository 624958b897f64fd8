from __future__ import annotations

import math
import threading
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gloveui.core.cooccurrence import (
    CooccurrenceMatrix,
    CountOptions,
    count_cooccurrences,
    exact_weights,
)
from gloveui.core.errors import NoPairs, NoWordFrequentEnough, SettingError
from gloveui.core.progress import Progress, run_to_end
from gloveui.core.resources import Resources
from tests import naive
from tests.core.steps import LECTURE, count, random_text, read, sentences_of

SENTENCES = st.lists(st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=12), min_size=1, max_size=8)
OPTIONS = st.builds(
    CountOptions,
    window=st.one_of(st.integers(1, 8), st.sampled_from([22, 23, 40])),
    direction=st.sampled_from(["both", "left", "right"]),
    weighting=st.sampled_from(["inverse", "flat"]),
    min_count=st.integers(1, 3),
    max_vocabulary=st.integers(0, 5),
    keep_positions=st.booleans(),
)


def as_dict(matrix: CooccurrenceMatrix) -> dict[tuple[str, str], float]:
    words = matrix.vocabulary.words
    return {
        (words[row], words[column]): float(value)
        for row in range(len(words))
        for column, value in zip(*matrix.row(row), strict=True)
    }


def test_the_lecture_has_its_table_at_window_1() -> None:
    matrix = count(read(LECTURE, lower=False), window=1, weighting="flat")
    assert matrix.vocabulary.words == ("I", "like", "deep", "learning", "NLP", "enjoy", "flying")
    assert matrix.to_scipy().toarray().tolist() == [
        # I like deep learning NLP enjoy flying
        [0, 2, 0, 0, 0, 1, 0],
        [2, 0, 1, 0, 1, 0, 0],
        [0, 1, 0, 1, 0, 0, 0],
        [0, 0, 1, 0, 0, 0, 0],
        [0, 1, 0, 0, 0, 0, 0],
        [1, 0, 0, 0, 0, 0, 1],
        [0, 0, 0, 0, 0, 1, 0],
    ]
    assert matrix.nonzeros == 12


@given(SENTENCES, OPTIONS, st.integers(1, 3))
@settings(max_examples=200)
def test_counts_are_those_of_the_naive_twin_with_all_options(
    sentences: list[list[str]], options: CountOptions, threads: int
) -> None:
    stream = read("\n".join(" ".join(sentence) for sentence in sentences))
    task = count_cooccurrences(stream, options, Resources(threads=threads))
    kept = naive.kept_words(sentences, options)
    expected = naive.cooccurrences(sentences, options)
    if not kept:
        with pytest.raises(NoWordFrequentEnough):
            run_to_end(task)
        return
    if not expected:
        with pytest.raises(NoPairs):
            run_to_end(task)
        return
    matrix = run_to_end(task)
    assert list(matrix.vocabulary.words) == kept
    counts = as_dict(matrix)
    assert counts.keys() == expected.keys()
    for pair, value in expected.items():
        # Exact fractions rounded once; a wide window's shares are rounded before they are summed.
        tolerance = 0 if options.window <= 22 else 1e-7
        assert counts[pair] == pytest.approx(float(np.float32(float(value))), rel=tolerance, abs=0)


@given(st.integers(0, 1_000), st.sampled_from([1, 5, 22, 23, 60]), st.booleans())
@settings(max_examples=30)
def test_the_matrix_is_symmetric_to_the_last_bit(seed: int, window: int, keep_positions: bool) -> None:
    matrix = count(random_text(30, 600, seed), window=window, min_count=3, keep_positions=keep_positions)
    dense = matrix.to_scipy().toarray()
    assert (dense == dense.T).all()


@pytest.mark.parametrize("window", [1, 10, 22, 23, 1_000])
def test_shares_are_whole_numbers_of_a_unit_so_that_sums_do_not_depend_on_the_order(
    window: int,
) -> None:
    weights, unit = exact_weights(window, "inverse")
    assert (weights == np.rint(weights)).all()
    np.testing.assert_allclose(weights / unit, 1 / np.arange(1, window + 1), rtol=1e-7)


def test_left_and_right_are_each_other_turned_and_add_up_to_both() -> None:
    text = random_text(20, 400)
    counted = (count(text, direction=side) for side in ("left", "right", "both"))
    left, right, both = (matrix.to_scipy().toarray() for matrix in counted)
    assert (left == right.T).all()
    np.testing.assert_allclose(left + right, both, rtol=1e-6)
    assert not (left == right).all()


def test_left_looks_at_the_words_before() -> None:
    assert as_dict(count("ice melts", direction="left")) == {("melts", "ice"): 1.0}
    assert as_dict(count("ice melts", direction="right")) == {("ice", "melts"): 1.0}


def test_a_pair_of_the_same_word_counts_from_both_sides() -> None:
    assert as_dict(count("ice ice", window=1)) == {("ice", "ice"): 2.0}


def test_words_left_out_are_dropped_or_keep_their_place() -> None:
    text = "ice x steam\nice y steam"
    assert as_dict(count(text, window=1, min_count=2))["ice", "steam"] == 2.0
    assert as_dict(count(text, window=2, min_count=2, keep_positions=True))["ice", "steam"] == 1.0
    with pytest.raises(NoPairs):
        count(text, window=1, min_count=2, keep_positions=True)


def test_counts_are_the_same_bits_on_any_number_of_threads() -> None:
    stream = read(random_text(300, 20_000))
    one, *others = (count(stream, threads, window=30) for threads in (1, 2, 3))
    for other in others:
        assert (one.starts == other.starts).all()
        assert (one.columns == other.columns).all()
        assert one.values.tobytes() == other.values.tobytes()


def test_a_matrix_is_sorted_typed_and_read_only() -> None:
    matrix = count(random_text(40, 500))
    assert (matrix.starts.dtype, matrix.columns.dtype, matrix.values.dtype) == (
        np.int64,
        np.int32,
        np.float32,
    )
    assert all((np.diff(matrix.row(word)[0]) > 0).all() for word in range(40))
    assert np.isfinite(matrix.values).all()
    assert (matrix.values > 0).all()
    for array in (matrix.starts, matrix.columns, matrix.values):
        assert not array.flags.writeable
    assert matrix.memory_bytes == 41 * 8 + matrix.nonzeros * 8


def test_single_counts_and_sums_agree_with_the_whole_matrix() -> None:
    matrix = count(random_text(40, 500))
    dense = matrix.to_scipy().toarray()
    assert dense.shape == (40, 40)
    assert dense.dtype == np.float32
    assert all(matrix.count(row, column) == dense[row, column] for row in range(40) for column in range(40))
    sums = [matrix.row_sum(word) for word in range(len(dense))]
    np.testing.assert_allclose(sums, dense.sum(axis=1, dtype=np.float64), rtol=1e-12)


def test_a_word_without_company_has_an_empty_row() -> None:
    matrix = count("ice melts\nalone")
    alone = matrix.vocabulary.id_of("alone")
    assert len(matrix.row(alone)[0]) == 0
    assert matrix.row_sum(alone) == 0.0
    assert matrix.count(alone, 0) == 0.0


def test_a_text_of_one_word_has_no_pairs() -> None:
    with pytest.raises(NoPairs, match="Pasted text: expected at least two words"):
        count("ice")


def test_words_alone_in_their_sentences_have_no_pairs() -> None:
    with pytest.raises(NoPairs):
        count("ice\nsteam\nice\nwater")


def test_a_minimum_that_no_word_reaches_is_refused_with_one_that_is_reached() -> None:
    with pytest.raises(NoWordFrequentEnough) as caught:
        count("ice and ice and ice", min_count=4)
    assert caught.value.fields == {"min_count": 4, "received": 3}
    assert caught.value.advice.format_map(caught.value.fields) == "Set the minimum count to 3 or less."


def test_counting_reports_how_far_it_is_and_ends_at_the_whole() -> None:
    seen: list[Progress] = []
    run_to_end(
        count_cooccurrences(read(random_text(300, 5_000)), CountOptions(), Resources(threads=2)), seen.append
    )
    fractions = [progress.fraction for progress in seen]
    assert {progress.stage for progress in seen} == {"counting"}
    assert fractions == sorted(fractions, key=lambda fraction: fraction or 0.0)
    assert (fractions[0], fractions[-1]) == (0.0, 1.0)
    assert len(fractions) > 10


def test_counting_that_is_closed_early_leaves_no_thread() -> None:
    task = count_cooccurrences(read(random_text(300, 5_000)), CountOptions(), Resources(threads=3))
    for _ in range(3):
        next(task)
    task.close()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("gloveui")]


def test_the_stream_is_left_as_it_was() -> None:
    stream = read("ice and steam\nice and water")
    before = sentences_of(stream)
    count(stream, min_count=2)
    assert sentences_of(stream) == before


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("window", 0),
        ("window", 1_001),
        ("window", math.nan),
        ("direction", "up"),
        ("weighting", "cubic"),
        ("min_count", 0),
        ("min_count", math.nan),
        ("max_vocabulary", -1),
        ("max_vocabulary", math.nan),
    ],
)
def test_a_setting_that_cannot_be_used_is_named_with_what_is_expected(setting: str, value: Any) -> None:
    with pytest.raises(SettingError) as caught:
        CountOptions(**{setting: value})
    assert caught.value.fields["setting"] == setting
    assert caught.value.fields["received"] is value
    assert caught.value.fields["expected"]
