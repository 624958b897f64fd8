from __future__ import annotations

import math
import threading
from collections import namedtuple
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gloveui.core import row_counting, row_store, scratch
from gloveui.core.cooccurrence import (
    CooccurrenceMatrix,
    CountOptions,
    count_cooccurrences,
    exact_weights,
)
from gloveui.core.errors import NoPairs, NotEnoughDisk, NoWordFrequentEnough, SettingError
from gloveui.core.progress import Progress, Task, run_to_end
from gloveui.core.resources import Resources
from gloveui.core.tokens import TokenStream
from tests import naive
from tests.core.steps import LECTURE, count, random_text, read, sentences_of

T = TypeVar("T")

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


def with_budget(memory_bytes: int, task: Task[T]) -> Task[T]:
    """The same task, with so many bytes of memory to use."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Resources, "memory_bytes", memory_bytes)
        return (yield from task)


def counted(stream: TokenStream, budget: int, threads: int = 2, **options: Any) -> CooccurrenceMatrix:
    resources = Resources(threads=threads)
    return run_to_end(with_budget(budget, count_cooccurrences(stream, CountOptions(**options), resources)))


def same_bits(one: CooccurrenceMatrix, other: CooccurrenceMatrix) -> bool:
    pairs = zip(
        (one.starts, one.columns, one.values), (other.starts, other.columns, other.values), strict=True
    )
    return all(first.tobytes() == second.tobytes() for first, second in pairs)


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


@given(SENTENCES, OPTIONS, st.integers(1, 3), st.sampled_from([0, 1, 10_000, 2**40]))
@settings(max_examples=200)
def test_counts_are_those_of_the_naive_twin_with_all_options_and_budgets(
    sentences: list[list[str]], options: CountOptions, threads: int, budget: int
) -> None:
    stream = read("\n".join(" ".join(sentence) for sentence in sentences))
    task = with_budget(budget, count_cooccurrences(stream, options, Resources(threads=threads)))
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
    assert weights.dtype == np.int64
    np.testing.assert_allclose(weights / unit, 1 / np.arange(1, window + 1), rtol=1e-7)


@pytest.mark.parametrize("window", [1, 10, 22, 23, 1_000])
def test_the_most_frequent_word_beside_itself_all_along_does_not_leave_64_bits(window: int) -> None:
    for most_frequent in (1, 10**6, 10**9, 10**12):
        weights, unit = exact_weights(window, "inverse", most_frequent)
        assert 2 * most_frequent * sum(weights.tolist()) < 2**63
        if most_frequent <= 10**9:
            np.testing.assert_allclose(weights / unit, 1 / np.arange(1, window + 1), rtol=1e-5)


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


@given(
    st.integers(0, 1_000),
    st.sampled_from(["both", "left", "right"]),
    st.sampled_from([1, 10, 30]),
    st.booleans(),
    st.sampled_from([1, 20_000, 10**12]),
)
@settings(max_examples=20)
def test_counts_are_the_same_bits_on_any_number_of_threads_and_with_any_memory(
    seed: int, direction: str, window: int, keep_positions: bool, budget: int
) -> None:
    stream = read(random_text(600, 3_000, seed))
    options = {"direction": direction, "window": window, "keep_positions": keep_positions, "min_count": 2}
    one, *others = (
        counted(stream, budget if threads > 1 else 10**12, threads, **options) for threads in (1, 2, 3)
    )
    assert one.disk_bytes == 0
    assert all(same_bits(one, other) for other in others)


def test_a_text_is_counted_piece_by_piece_to_the_same_bits(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = read(random_text(100, 10_000))
    whole = counted(stream, 10**12)
    monkeypatch.setattr(row_counting, "PIECE_IDS", 37)
    monkeypatch.setattr(row_counting, "PIECE_CONTEXTS", 50)
    assert same_bits(counted(stream, 10**12), whole)
    monkeypatch.setattr(row_counting, "MOST_INT32", 1_000)  # as in a text of more than 2³¹ words
    assert same_bits(counted(stream, 10**12), whole)
    assert same_bits(counted(stream, 1), whole)


def test_what_does_not_fit_in_memory_lies_in_files_that_have_no_name(tmp_path: Path) -> None:
    stream = read(random_text(300, 20_000))
    resources = Resources(threads=2, scratch_folder=str(tmp_path))
    task = count_cooccurrences(stream, CountOptions(), resources)
    matrix = run_to_end(with_budget(100_000, task))
    assert matrix.disk_bytes == 8 * matrix.nonzeros
    assert matrix.memory_bytes == matrix.starts.nbytes
    assert not matrix.columns.flags.writeable
    assert list(tmp_path.iterdir()) == []


def test_a_disk_with_too_little_room_is_told_before_counting(monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")
    free = scratch.RESERVE_BYTES + 100_000
    monkeypatch.setattr(scratch.shutil, "disk_usage", lambda folder: usage(free, 0, free))
    monkeypatch.setattr(row_store.DiskRows, "append", pytest.fail)
    with pytest.raises(NotEnoughDisk, match=r"\d KB are needed on the disk, 269 MB are free"):
        counted(read(random_text(300, 20_000)), 1, min_count=1)
    assert not workers()


def test_a_disk_that_fills_up_meanwhile_ends_counting(monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")
    room = iter([10**12, 10**12, 10**12])
    monkeypatch.setattr(scratch.shutil, "disk_usage", lambda folder: usage(1, 1, next(room, 0)))
    with pytest.raises(NotEnoughDisk):
        counted(read(random_text(300, 20_000)), 1)
    assert not workers()


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
    assert matrix.disk_bytes == 0


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


@pytest.mark.parametrize("budget", [1, 10**12])
def test_counting_reports_how_far_it_is_and_ends_at_the_whole(budget: int) -> None:
    seen: list[Progress] = []
    task = count_cooccurrences(read(random_text(300, 5_000)), CountOptions(), Resources(threads=2))
    run_to_end(with_budget(budget, task), seen.append)
    assert seen[0] == Progress("preparing")  # kernels, on the first start
    assert {progress.stage for progress in seen[1:]} == {"counting"}
    fractions = [progress.fraction or 0.0 for progress in seen[1:]]
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1.0
    assert len(fractions) > 10


@pytest.mark.parametrize("budget", [1, 10**12])
def test_counting_that_is_closed_at_any_step_leaves_no_thread_and_no_file(
    budget: int, tmp_path: Path
) -> None:
    stream = read(random_text(300, 5_000))
    resources = Resources(threads=3, scratch_folder=str(tmp_path))
    steps = 0
    while True:
        task = with_budget(budget, count_cooccurrences(stream, CountOptions(), resources))
        steps += 7
        reached = sum(1 for _ in islice(task, steps))
        task.close()
        assert not workers()
        assert list(tmp_path.iterdir()) == []
        if reached < steps:
            break
    assert steps > 10


def workers() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name.startswith("gloveui")]


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
