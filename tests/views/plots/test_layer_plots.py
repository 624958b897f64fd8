"""The pictures of a training: the rows in a plane, and the loss of its steps."""

from __future__ import annotations

import numpy as np
import pytest

from gloveui.views.plots.row_movement import MOST_LABELS, RowMovement
from gloveui.views.plots.step_loss_plot import StepLossPlot


def paths(rows: int, steps: int = 5) -> np.ndarray:
    return np.random.default_rng(0).normal(size=(steps, rows, 2))


@pytest.fixture
def movement(theme, qtbot) -> RowMovement:
    plot = RowMovement(theme)
    qtbot.addWidget(plot)
    plot.resize(400, 300)
    plot.show()
    return plot


def test_the_rows_of_a_step_are_points_and_the_moved_ones_are_lit(movement):
    places = paths(4)
    movement.show_paths(["<unk>", "<pad>", "you", "need"], places)
    movement.show_step(3, np.array([2]))

    np.testing.assert_allclose(movement.lit_points.getData(), places[3, [2]].T)
    np.testing.assert_allclose(movement.points.getData(), places[3, [1, 3]].T)  # <unk> is left out


def test_trails_go_from_the_first_step_to_the_present_one(movement):
    places = paths(3)
    movement.show_paths(["<unk>", "<pad>", "you"], places)
    movement.show_step(2, np.array([], np.int64))

    x, y = movement.trails.getData()
    trail = np.column_stack([x, y])
    assert np.isnan(trail).any(axis=1).sum() == 2  # a gap behind each
    np.testing.assert_allclose(trail[4:7], places[:3, 2])


def test_all_steps_stay_in_sight(movement):
    places = paths(6)
    movement.show_paths([f"w{k}" for k in range(6)], places)
    (left, right), (low, high) = movement.viewRange()
    shown = places[:, 1:].reshape(-1, 2)
    assert left < shown[:, 0].min() < shown[:, 0].max() < right
    assert low < shown[:, 1].min() < shown[:, 1].max() < high


def test_labels_that_would_lie_over_others_are_hidden_unless_their_row_moved(movement):
    words = [f"word{k}" for k in range(8)]
    movement.show_paths(words, np.zeros((2, 8, 2)))
    movement.show_step(1, np.array([6]))
    shown = [label.toPlainText() for label in movement._labels_of_rows if label.isVisible()]
    assert "word6" in shown
    assert len(shown) < 7


def test_there_are_never_too_many_labels(movement):
    movement.show_paths([f"w{k}" for k in range(200)], paths(200))
    assert len(movement._labels_of_rows) == MOST_LABELS


def test_the_loss_up_to_a_step_is_drawn_over_the_whole(theme, qtbot):
    plot = StepLossPlot(theme)
    qtbot.addWidget(plot)
    plot.show_step(0)  # nothing yet
    losses = [2.0, 1.0, 0.5, 0.25]
    plot.show_losses(losses, 10)
    plot.show_step(2)

    assert plot.curve.getData()[1].tolist() == losses[:3]
    assert plot.whole_curve.getData()[1].tolist() == losses
    assert plot.label.toPlainText() == "0.5"
    assert plot.viewRange()[0][1] >= 10
