"""Small matrices inside pictures know where their cells are and what is written in them."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QFontMetricsF

from gloveui.views.widgets.number_grid import NumberGrid, decimals_of


@pytest.fixture
def grid(theme) -> NumberGrid:
    grid = NumberGrid(np.arange(20, dtype=np.float32).reshape(2, 10) / 10)
    grid.measure(QFontMetricsF(theme.font()), 20.0)
    return grid


def test_a_place_is_found_as_the_cell_that_is_there(grid):
    grid.place(QPointF(30, 40), 4)
    for row in range(2):
        for column in range(4):
            assert grid.cell_at(grid.cell_rect(row, column).center()) == (row, column)
    assert grid.cell_at(QPointF(0, 0)) is None
    assert grid.cell_at(grid.rect.topRight() - QPointF(1, -1)) is None  # the sign for columns left out
    assert grid.row_at(grid.rect.topRight() - QPointF(1, -1)) == 0


def test_columns_without_room_are_left_out_and_a_sign_has_room(grid):
    assert grid.columns_in(1e6) == 10
    few = grid.columns_in(grid.width_of(10) * 0.6)
    assert 1 < few < 10
    assert grid.width_of(few) <= grid.width_of(10) * 0.6
    grid.place(QPointF(), few)
    assert grid.is_cut


def test_cells_spread_over_the_room_but_not_too_far(grid):
    natural = grid.width_of(10)
    grid.spread(10, 1.2 * natural)
    assert grid.width_of(10) == pytest.approx(1.2 * natural)
    grid.spread(10, 1e6)
    assert grid.width_of(10) < 3 * natural


@pytest.mark.parametrize(("value", "text"), [(-0.001, "0.00"), (-0.26, "-0.26"), (1.0, "1.00")])
def test_numbers_are_written_without_a_sign_at_zero(value, text):
    assert NumberGrid(np.array([[0.123]])).text(value) == text


def test_one_decimal_is_written_where_it_tells_all():
    assert decimals_of(np.array([[0.2, 0.9], [0.0, -1.5]], np.float32)) == 1
    assert decimals_of(np.array([[0.25]], np.float32)) == 2
