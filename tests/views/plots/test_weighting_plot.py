from __future__ import annotations

import math

import numpy as np
import pytest
from numpy.testing import assert_allclose

from gloveui.core.count_histogram import CountHistogram, count_histogram
from gloveui.core.glove import weight
from gloveui.core.progress import run_to_end
from gloveui.core.resources import Resources
from gloveui.views.plots.weighting_plot import Grip, WeightingPlot, rounded
from gloveui.views.theme import Theme
from tests.views.counted import counted


@pytest.fixture
def plot(theme: Theme, qtbot) -> WeightingPlot:
    plot = WeightingPlot(theme)
    qtbot.addWidget(plot)
    plot.resize(300, 240)
    return plot


def test_the_weight_grows_up_to_x_max_and_is_one_from_there(plot: WeightingPlot) -> None:
    plot.show_weighting(x_max=10.0, alpha=0.75)
    logs, weights = plot.curve.getData()
    counts = 10.0**logs
    below = logs < 1
    assert_allclose(weights[below], (counts[below] / 10) ** 0.75)
    assert (weights[~below] == 1).all()
    assert (~below).any()


@pytest.mark.parametrize("x_max", [1e-3, 10.0, 1e6])
def test_where_full_weight_begins_is_marked_and_in_sight(plot: WeightingPlot, x_max: float) -> None:
    plot.show_weighting(x_max, 0.75)
    left, right = plot.viewRange()[0]
    assert left < plot.limit_line.value() == math.log10(x_max) < right
    assert f"{x_max:,g}" in plot.limit_label.textItem.toPlainText()


def test_an_exponent_of_zero_weighs_all_pairs_alike(plot: WeightingPlot) -> None:
    plot.show_weighting(10.0, 0.0)
    assert np.unique(plot.curve.getData()[1]).tolist() == [1.0]


def histogram_of(text: str) -> CountHistogram:
    matrix, _ = counted(text)
    return run_to_end(count_histogram(matrix, Resources(threads=1)))


@pytest.mark.parametrize("x_max", [0.01, 1.0, 1e4])
def test_all_counts_and_both_grips_are_in_sight(plot: WeightingPlot, x_max: float) -> None:
    plot.show_histogram(histogram_of("a b a b a b c d"))
    plot.show_weighting(x_max, 0.75)
    left, right = plot.viewRange()[0]
    for count in (1.0, 5.0, x_max, x_max / 4):
        assert left < math.log10(count) < right


def test_bars_hold_all_pairs_and_the_highest_is_named(plot: WeightingPlot) -> None:
    histogram = histogram_of("I like deep learning\nI like NLP\nI enjoy flying")
    plot.show_histogram(histogram)
    assert histogram.grouped(plot.bar_edges()).sum() == 12
    assert plot.bars.getData()[1].max() == 1.0
    assert plot.getAxis("right")._tickLevels[0][-1] == (1.0, "10")
    plot.show_histogram(None)
    assert not plot.bars.isVisible()


def test_counts_that_are_all_alike_have_a_bar(plot: WeightingPlot) -> None:
    plot.show_histogram(histogram_of("a b"))
    assert plot.bars.getData()[1].max() == 1.0


@pytest.mark.parametrize("x_max", [0.03, 10.0, 12345.0])
@pytest.mark.parametrize("alpha", [0.0, 0.75, 10.0])
def test_the_line_and_the_point_are_where_they_are_drawn(
    plot: WeightingPlot, x_max: float, alpha: float
) -> None:
    plot.show_weighting(x_max, alpha)
    handle = plot.handle.data[0]
    assert plot.grip_at(plot.in_view(handle["x"], handle["y"])) is Grip.ALPHA
    assert handle["y"] == pytest.approx(weight(np.array([x_max / 4]), x_max, alpha)[0])
    assert plot.grip_at(plot.in_view(plot.limit_line.value(), 0.9)) is Grip.X_MAX
    assert plot.grip_at(plot.in_view(plot.limit_line.value() + 0.3, 0.9)) is None


def test_what_a_hand_points_at_has_two_digits() -> None:
    assert [rounded(x_max) for x_max in (1.2345, 0.012345, 98765.4)] == [1.2, 0.012, 99000.0]


def test_it_is_as_light_or_dark_as_the_theme(plot: WeightingPlot, theme: Theme) -> None:
    theme.set_scheme("dark")
    assert plot.grab().toImage().pixelColor(2, 2).name().upper() == theme.palette.surface


def test_counts_on_the_axis_are_all_written_alike(plot: WeightingPlot) -> None:
    axis = plot.plotItem.getAxis("bottom")
    assert axis.logTickStrings([-1.0, 0.0, 1.0, 2.0, 3.0, 4.0], 1.0, 1.0) == [
        "0.1", "1", "10", "100", "1k", "10k",
    ]  # fmt: skip


@pytest.mark.parametrize("x_max", [1e-3, 10.0, 1e6])
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_the_name_of_the_line_is_whole(plot: WeightingPlot, theme: Theme, qtbot, x_max, scale) -> None:
    theme.set_text_scale(scale)
    plot.show()
    qtbot.waitExposed(plot)
    plot.show_weighting(x_max, 0.75)
    plot.resize(420, 240)
    plot.grab()
    label = plot.limit_label.mapRectToScene(plot.limit_label.boundingRect())
    box = plot.plotItem.vb.sceneBoundingRect()
    assert box.left() - 1 <= label.left()
    assert label.right() <= box.right() + 1
