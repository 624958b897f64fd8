"""Correlations by rank and as values are."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gloveui.core.rank_correlation import correlation, ranks
from tests.core import naive_comparison as naive


@given(st.lists(st.integers(-3, 3), min_size=1, max_size=20))
@settings(max_examples=20)
def test_ranks_of_equal_values_are_shared(values: list[int]) -> None:
    assert ranks(np.array(values, np.float64)).tolist() == naive.ranks(values)


@pytest.mark.parametrize("count", [0, 1, 4])
def test_what_does_not_vary_has_no_correlation(count: int) -> None:
    assert np.isnan(correlation(np.ones(count), np.arange(float(count))))


def test_a_whole_agreement_is_one_and_never_more() -> None:
    values = np.array([0.1, 0.2, 0.7, 1.3])
    assert correlation(values, values) == pytest.approx(1.0)
    assert -1.0 <= correlation(values, -values) <= -1.0 + 1e-12
