"""Statistics of a column, beside those of Python's own module."""

from __future__ import annotations

import statistics

import numpy as np
import pytest

from gloveui.core.column_statistics import column_statistics


def test_statistics_of_a_column_among_others_are_those_of_its_numbers() -> None:
    table = np.random.default_rng(0).normal(3.0, 2.0, size=(500, 7)).astype(np.float32)
    column = table[:, 4].tolist()
    found = column_statistics(table[:, 4])
    assert found.mean == pytest.approx(statistics.fmean(column), rel=1e-6)
    assert found.spread == pytest.approx(statistics.pstdev(column), rel=1e-5)
    assert (found.lowest, found.highest) == (min(column), max(column))
    assert (found.lowest_row, found.highest_row) == (column.index(min(column)), column.index(max(column)))


def test_the_first_of_equal_numbers_is_named() -> None:
    found = column_statistics(np.array([2, 1, 2, 1]))
    assert (found.lowest_row, found.highest_row) == (1, 0)
    assert found.spread == 0.5
