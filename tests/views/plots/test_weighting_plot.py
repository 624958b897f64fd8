from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose

from gloveui.views.plots.weighting_plot import WeightingPlot
from gloveui.views.theme import Theme


@pytest.fixture
def plot(theme: Theme, qtbot) -> WeightingPlot:
    plot = WeightingPlot(theme)
    qtbot.addWidget(plot)
    plot.resize(300, 240)
    return plot


def test_the_weight_grows_up_to_x_max_and_is_one_from_there(plot: WeightingPlot) -> None:
    plot.show_weighting(x_max=10.0, alpha=0.75)
    counts, weights = plot.curve.getData()
    below = counts < 10
    assert_allclose(weights[below], (counts[below] / 10) ** 0.75)
    assert (weights[~below] == 1).all()
    assert (~below).any()


@pytest.mark.parametrize("x_max", [1e-3, 10.0, 1e6])
def test_where_full_weight_begins_is_marked_and_in_sight(plot: WeightingPlot, x_max: float) -> None:
    plot.show_weighting(x_max, 0.75)
    left, right = plot.viewRange()[0]
    assert left <= plot.limit_line.value() == x_max < right
    assert f"{x_max:,g}" in plot.limit_label.textItem.toPlainText()


def test_an_exponent_of_zero_weighs_all_pairs_alike(plot: WeightingPlot) -> None:
    plot.show_weighting(10.0, 0.0)
    assert np.unique(plot.curve.getData()[1]).tolist() == [1.0]


def test_it_is_as_light_or_dark_as_the_theme(plot: WeightingPlot, theme: Theme) -> None:
    theme.set_scheme("dark")
    assert plot.grab().toImage().pixelColor(2, 2).name().upper() == theme.palette.surface
