"""Labels of a few points: inside the picture, and apart from one another."""

from __future__ import annotations

import numpy as np
import pytest

from gloveui.views.plots.label_places import POINT_RADIUS, label_places

AREA = (400.0, 260.0)


def overlap(first: np.ndarray, second: np.ndarray, sizes: np.ndarray, pair: tuple[int, int]) -> float:
    low = np.maximum(first, second)
    high = np.minimum(first + sizes[pair[0]], second + sizes[pair[1]])
    return float(np.clip(high - low, 0, None).prod())


@pytest.mark.parametrize("seed", range(12))
def test_labels_of_six_points_touch_neither_each_other_nor_the_edge(seed: int) -> None:
    random = np.random.default_rng(seed)
    points = random.uniform((60, 40), (340, 220), size=(6, 2))
    sizes = np.column_stack([random.uniform(30, 110, 6), np.full(6, 26.0)])
    lines = [(points[0], points[1]), (points[2], points[3])]
    corners = label_places(points, sizes, lines, AREA)
    assert (corners >= 0).all()
    assert (corners + sizes <= np.array(AREA) + 1e-9).all()
    for first in range(6):
        for second in range(first):
            assert overlap(corners[first], corners[second], sizes, (first, second)) == 0


def test_points_at_one_place_have_their_labels_around_it() -> None:
    points = np.full((4, 2), 130.0)
    sizes = np.full((4, 2), (60.0, 24.0))
    corners = label_places(points, sizes, [], AREA)
    assert len(np.unique(corners, axis=0)) == 4
    for corner, size in zip(corners, sizes, strict=True):
        outside = (corner > points[0] + POINT_RADIUS - 3) | (corner + size < points[0] - POINT_RADIUS + 3)
        assert outside.any()


def test_a_label_keeps_off_a_line() -> None:
    points, sizes = np.array([[200.0, 130.0]]), np.array([[80.0, 24.0]])
    upwards = (np.array([200.0, 130.0]), np.array([200.0, 10.0]))
    corner = label_places(points, sizes, [upwards], AREA)[0]
    assert corner[0] > 200 or corner[0] + 80 < 200 or corner[1] > 130


def test_a_label_larger_than_the_picture_begins_in_it() -> None:
    corners = label_places(np.array([[20.0, 20.0]]), np.array([[900.0, 24.0]]), [], AREA)
    assert corners[0][0] == 0
