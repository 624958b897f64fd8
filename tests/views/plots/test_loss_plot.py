from __future__ import annotations

import gc
import time
import weakref

import numpy as np
import pytest
from numpy.testing import assert_allclose

from gloveui.core.training import TrainingReport
from gloveui.state.values import LossHistory
from gloveui.views.plots.loss_plot import LossPlot
from gloveui.views.theme import Theme


@pytest.fixture
def plot(theme: Theme, qtbot) -> LossPlot:
    plot = LossPlot(theme)
    qtbot.addWidget(plot)
    plot.resize(400, 300)
    return plot


def report(position: float, loss: float, speed: float = 1e6) -> TrainingReport:
    return TrainingReport(position, 10, loss, (), speed, 1.0)


def corner_color(plot: LossPlot) -> str:
    return plot.grab().toImage().pixelColor(2, 2).name().upper()


def test_epochs_are_points_at_their_numbers(plot: LossPlot) -> None:
    plot.show_history(LossHistory((), (0.3, 0.2, 0.1), 5))
    epochs, losses = plot.epochs_curve.getData()
    assert epochs.tolist() == [1, 2, 3]
    assert losses.tolist() == [0.3, 0.2, 0.1]


def test_reports_are_a_line_of_their_own(plot: LossPlot) -> None:
    plot.show_history(LossHistory((report(0.5, 0.4), report(1.5, 0.2)), (0.3,), 5))
    positions, losses = plot.reports_curve.getOriginalDataset()
    assert positions.tolist() == [0.5, 1.5]
    assert losses.tolist() == [0.4, 0.2]


def test_planned_epochs_give_the_width(plot: LossPlot) -> None:
    plot.show_history(LossHistory((), (0.3,), 20))
    left, right = plot.viewRange()[0]
    assert left == 0
    assert 20 <= right <= 22


def test_the_last_loss_is_written(plot: LossPlot) -> None:
    plot.show_history(LossHistory((), (0.3, 0.02413), 5))
    assert plot.last_label.textItem.toPlainText() == "0.0241"
    assert plot.last_label.pos().x() == 2


def test_before_a_training_there_is_nothing_but_axes(plot: LossPlot) -> None:
    plot.show_history(LossHistory())
    assert not plot.last_label.isVisible()
    assert plot.epochs_curve.getOriginalDataset() == (None, None)
    assert plot.getAxis("bottom").isVisible()


@pytest.mark.parametrize("is_logarithmic", [False, True])
def test_equal_losses_lie_inside_the_axis(plot: LossPlot, is_logarithmic: bool) -> None:
    plot.set_logarithmic(is_logarithmic)
    plot.show_history(LossHistory((), (0.03, 0.03, 0.03), 3))
    low, high = plot.viewRange()[1]
    assert low < (np.log10(0.03) if is_logarithmic else 0.03) < high


def test_a_logarithmic_axis_leaves_out_zeros(plot: LossPlot) -> None:
    plot.set_logarithmic(True)
    plot.show_history(LossHistory((), (0.1, 0.0, 0.001), 3))
    assert_allclose(plot.epochs_curve.getData()[0], [1, 3])
    low, high = plot.viewRange()[1]
    assert low < -3
    assert -1 < high < 0


def test_losses_of_zero_alone_leave_a_logarithmic_plot_empty(plot: LossPlot) -> None:
    plot.set_logarithmic(True)
    plot.show_history(LossHistory((), (0.0, 0.0), 3))
    assert not plot.last_label.isVisible()
    assert np.isfinite(plot.viewRange()).all()


def test_an_empty_plot_has_no_numbers_at_its_axes(plot: LossPlot) -> None:
    plot.show_history(LossHistory())
    assert not plot.plotItem.getAxis("left").style["showValues"]
    plot.show_history(LossHistory((report(0.5, 0.4),), (), 5))
    assert plot.plotItem.getAxis("left").style["showValues"]


def test_a_new_training_takes_the_place_of_the_one_before(plot: LossPlot) -> None:
    plot.show_history(LossHistory((report(0.5, 0.4), report(0.9, 0.3)), (), 5))
    plot.show_history(LossHistory((report(0.1, 0.7), report(0.2, 0.6), report(0.3, 0.5)), (), 5))
    assert plot.reports_curve.getOriginalDataset()[1].tolist() == [0.7, 0.6, 0.5]


def test_items_are_made_once(plot: LossPlot) -> None:
    before = list(plot.plotItem.items)
    for epochs in ((0.3,), (0.3, 0.2), (0.3, 0.2, 0.1)):
        plot.show_history(LossHistory((), epochs, 3))
    assert plot.plotItem.items == before


def test_tens_of_thousands_of_reports_are_drawn_at_once(plot: LossPlot, qtbot) -> None:
    reports = tuple(report(place / 5000, 1 / (1 + place)) for place in range(50_000))
    plot.show()
    qtbot.waitExposed(plot)
    plot.show_history(LossHistory(reports, (), 10))
    plot.grab()
    start = time.perf_counter()
    plot.show_history(LossHistory((*reports, report(10.0, 1e-5)), (), 10))
    plot.grab()
    assert time.perf_counter() - start < 0.5  # measured: 0.03 s


def test_it_is_as_light_or_dark_as_the_theme(plot: LossPlot, theme: Theme) -> None:
    theme.set_scheme("light")
    assert corner_color(plot) == theme.palette.surface
    theme.set_scheme("dark")
    assert corner_color(plot) == theme.palette.surface
    assert plot.epochs_curve.opts["pen"].color() == theme.color("accent")


def test_it_says_over_what_a_loss_is_a_mean(plot: LossPlot) -> None:
    plot.show_history(LossHistory((), (2.5,), 5, method="word2vec"))
    assert plot.getAxis("left").labelText == "loss (mean of a sample)"
    plot.show_history(LossHistory((), (0.5,), 5))
    assert plot.getAxis("left").labelText == "loss (mean per pair)"


def test_its_axes_change_the_language(plot: LossPlot, languages) -> None:
    assert plot.getAxis("left").labelText == "loss (mean per pair)"
    languages.use("ko")
    plot.retranslate()
    assert plot.getAxis("left").labelText != "loss (mean per pair)"


def test_it_is_freed_when_it_goes(theme: Theme, qtbot) -> None:
    plot = LossPlot(theme)
    gone = weakref.ref(plot)
    plot.deleteLater()
    del plot
    qtbot.waitUntil(lambda: gc.collect() >= 0 and gone() is None)


@pytest.mark.parametrize(("planned", "width"), [(2, 600), (15, 260), (15, 900), (1000, 260)])
def test_epochs_are_numbered_whole_and_apart(plot: LossPlot, planned: int, width: int) -> None:
    plot.resize(width, 300)
    plot.show_history(LossHistory((), (0.3,), planned))
    axis = plot.getAxis("bottom")
    (left, right), _ = plot.viewRange()
    spacings = [spacing for spacing, _ in axis.tickSpacing(left, right, axis.width())]
    assert all(spacing >= 1 and spacing % 1 == 0 for spacing in spacings)
    assert min(spacings) / (right - left) * axis.width() >= axis.line_height()


def test_while_a_training_runs_many_reports_are_drawn_at_once(plot: LossPlot, qtbot, monkeypatch) -> None:
    drawn: list[int] = []
    draw = plot._draw
    monkeypatch.setattr(plot, "_draw", lambda: (drawn.append(1), draw()))
    reports = tuple(report(0.1 * (number + 1), 0.4) for number in range(8))
    for count in range(1, 9):
        plot.show_history(LossHistory(reports[:count], (), 5, is_running=True))
    assert len(drawn) == 1
    qtbot.waitUntil(lambda: len(drawn) == 2)
    assert len(plot.reports_curve.getOriginalDataset()[0]) == 8


def test_the_end_of_a_training_is_drawn_without_delay(plot: LossPlot) -> None:
    plot.show_history(LossHistory((report(0.5, 0.4),), (), 2, is_running=True))
    plot.show_history(LossHistory((report(0.5, 0.4), report(2.0, 0.2)), (0.3, 0.2), 2))
    assert plot.epochs_curve.getData()[1].tolist() == [0.3, 0.2]
