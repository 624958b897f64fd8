from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gloveui.core import count_histogram as module
from gloveui.core.cooccurrence import CooccurrenceMatrix, CountOptions
from gloveui.core.count_histogram import CountHistogram, count_histogram, counts_at_ranks, pairs_from
from gloveui.core.progress import run_to_end
from gloveui.core.resources import Resources
from gloveui.core.vocabulary import Vocabulary
from tests.core.steps import LECTURE, count

COUNTS = st.lists(
    st.floats(2.0**-20, 2.0**30, width=32) | st.sampled_from([0.5, 1.0, 2.0]), min_size=1, max_size=60
)


def matrix_of(counts: list[float]) -> CooccurrenceMatrix:
    """One word with as many pairs."""
    values = np.array(counts, np.float32)
    columns = np.arange(len(counts), dtype=np.int32)
    words = Vocabulary([f"w{number}" for number in range(len(counts))])
    starts = np.full(len(counts) + 1, len(counts), np.int64)
    starts[0] = 0
    return CooccurrenceMatrix(starts, columns, values, words, CountOptions())


def histogram_of(counts: list[float], threads: int = 1) -> CountHistogram:
    return run_to_end(count_histogram(matrix_of(counts), Resources(threads=threads)))


@given(counts=COUNTS)
def test_each_count_is_in_the_bin_between_its_edges(counts: list[float]) -> None:
    histogram = histogram_of(counts)
    expected, _ = np.histogram(counts, np.append(histogram.edges[:-1], np.inf))
    assert histogram.pairs.tolist() == expected.tolist()
    assert (histogram.smallest, histogram.largest) == (min(counts), max(counts))
    assert histogram.edges[0] <= min(counts) <= max(counts) < histogram.edges[-1]
    assert histogram.total == len(counts)


@given(counts=COUNTS, ranks=st.lists(st.integers(0, 59), min_size=1, max_size=12))
def test_counts_at_ranks_are_those_of_the_sorted_counts(counts: list[float], ranks: list[int]) -> None:
    ranks = [min(rank, len(counts) - 1) for rank in ranks]
    found = run_to_end(counts_at_ranks(matrix_of(counts), ranks, Resources(threads=1)))
    assert found.tolist() == [sorted(counts)[rank] for rank in ranks]


@given(counts=COUNTS, limit=st.floats(2.0**-20, 2.0**30, width=32))
def test_the_share_above_a_count_is_exact_but_for_the_bin_that_the_count_is_in(
    counts: list[float], limit: float
) -> None:
    histogram = histogram_of(counts)
    exact = sum(one >= limit for one in counts)
    assert run_to_end(pairs_from(matrix_of(counts), limit)) == exact
    own_bin = histogram.pairs[np.searchsorted(histogram.edges, [limit], "right") - 1] if (
        histogram.edges[0] <= limit < histogram.edges[-1]
    ) else np.zeros(1)  # fmt: skip
    assert abs(histogram.share_from(limit) * len(counts) - exact) <= own_bin[0] + 1e-9


@pytest.mark.parametrize("whole", [1, 2, 3, 7, 100, 255])
def test_the_share_above_a_whole_number_is_exact(whole: int) -> None:
    counts = [float(count) for count in range(1, 257)]
    assert histogram_of(counts).share_from(whole) == pytest.approx((257 - whole) / 256, abs=1e-12)


def test_wider_bins_hold_the_same_pairs() -> None:
    histogram = histogram_of([1.0, 1.5, 2.0, 3.0, 64.0])
    assert histogram.grouped(np.array([0.5, 2.0, 4.0, 128.0])).tolist() == [2.0, 2.0, 1.0]


def test_threads_and_pieces_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PIECE", 7)
    counts = np.random.default_rng(1).gamma(1.0, size=500).astype(np.float32).tolist()
    whole, parts = histogram_of(counts, 1), histogram_of(counts, 3)
    assert whole.pairs.tolist() == parts.pairs.tolist()
    assert (parts.smallest, parts.largest) == (min(counts), max(counts))
    assert run_to_end(pairs_from(matrix_of(counts), 1.0)) == sum(one >= 1 for one in counts)


def test_the_lecture_has_ten_pairs_of_one_and_two_of_two() -> None:
    histogram = run_to_end(count_histogram(count(LECTURE, window=1, weighting="flat"), Resources(threads=1)))
    assert histogram.share_from(1.0) == 1.0
    assert histogram.share_from(2.0) == pytest.approx(2 / 12)
    assert histogram.share_from(2.1) < 2 / 12
    assert histogram.share_from(100.0) == 0.0
