from __future__ import annotations

import numpy as np
import pytest

from gloveui.core.map_picture import (
    Sight,
    boxes_without_overlap,
    density_picture,
    disc_stamps,
    dots_picture,
    first_of_tiles,
    number_inside,
    prepare_pictures,
    sorted_into_cells,
    weighed_colors,
)
from gloveui.core.progress import run_to_end

SIGHT = Sight(0.0, 0.0, 10.0, 10.0, 20, 20)
RED, BLUE = (255, 0, 0, 255), (0, 0, 255, 255)


def points(*places: tuple[float, float]) -> np.ndarray:
    return np.array(places, np.float32).reshape(-1, 2)


def colors(*rows: tuple[int, int, int, int]) -> np.ndarray:
    return np.array(rows, np.uint8)


def random_points(count: int = 500) -> np.ndarray:
    return np.random.default_rng(0).uniform(-2, 12, size=(count, 2)).astype(np.float32)


def test_a_dot_is_drawn_where_its_point_is_and_upwards_is_up() -> None:
    picture = dots_picture(points((2.5, 7.5)), colors(RED), SIGHT, 1.5)
    rows, columns = np.nonzero(picture[..., 3])
    assert (rows.mean(), columns.mean()) == pytest.approx((4.5, 4.5), abs=0.6)
    assert picture[4, 4].tolist() in ([0, 0, 255, 255], [0, 0, 254, 254])


def test_a_dot_covers_as_much_as_a_disc() -> None:
    for radius in (1.5, 2.25, 4.0):
        picture = dots_picture(points((5.0, 5.0)), colors(RED), Sight(0, 0, 10, 10, 40, 40), radius)
        assert picture[..., 3].sum() / 255 == pytest.approx(np.pi * radius**2, rel=0.12)
        assert disc_stamps(radius, False)[0, 0, ..., 1].max() == 0


def test_the_first_point_is_on_top() -> None:
    picture = dots_picture(points((5, 5), (5, 5)), colors(RED, BLUE), SIGHT, 3.0)
    assert picture[10, 10].tolist() == [0, 0, 255, 255]


def test_a_ring_sets_a_dot_off_from_what_is_below() -> None:
    under = dots_picture(points((5, 5)), colors(BLUE), SIGHT, 8.0)
    picture = dots_picture(points((5, 5)), colors(RED), SIGHT, 2.0, (255, 255, 255, 255), under)
    whites = (picture[..., :3] > 200).all(axis=-1)
    assert 4 <= whites.sum() <= 30


def test_points_out_of_sight_and_what_is_no_number_are_left_out() -> None:
    places = points((50, 5), (-50, 5), (5, 1e30), (np.nan, 5), (5, np.inf))
    assert not dots_picture(places, colors(RED), SIGHT, 2.0).any()
    assert not density_picture(places, weighed_colors(colors(RED)), SIGHT).any()
    assert number_inside(places, -1e9, -1e9, 1e9, 1e9) == 2


def test_a_dot_at_the_edge_is_cut_there() -> None:
    picture = dots_picture(points((0, 0), (10, 10)), colors(RED), SIGHT, 3.0)
    assert picture[-1, 0, 3] > 0
    assert picture[0, -1, 3] > 0


def test_density_is_stronger_where_there_are_more_points() -> None:
    places = points(*[(2.2, 2.2)] * 100, *[(7.2, 7.2)])
    picture = density_picture(places, weighed_colors(colors(RED)), SIGHT)
    assert picture[15, 4, 3] >= 254
    assert 0 < picture[5, 14, 3] < 120
    assert np.count_nonzero(picture[..., 3]) == 2


def test_density_has_the_mean_colour_of_its_points() -> None:
    places = points((2.2, 2.2), (2.2, 2.2))
    picture = density_picture(places, weighed_colors(colors(RED, BLUE)), SIGHT)
    blue, green, red, alpha = picture[15, 4].tolist()
    assert green == 0
    assert red == blue == pytest.approx(alpha / 2, abs=1)


def test_density_goes_along_a_scale() -> None:
    scale = np.repeat(np.arange(256, dtype=np.uint8)[:, None], 3, axis=1)
    places = points(*[(2.2, 2.2)] * 50, (7.2, 7.2))
    picture = density_picture(places, weighed_colors(colors(RED)), SIGHT, scale)
    assert picture[15, 4, 0] == 255
    assert 0 < picture[5, 14, 0] < picture[15, 4, 0]


def test_a_point_of_few_takes_four_pixels() -> None:
    picture = density_picture(points((5.2, 5.2)), weighed_colors(colors(RED)), SIGHT, side=2)
    assert np.count_nonzero(picture[..., 3]) == 4


def test_the_number_inside_is_that_of_a_slow_count() -> None:
    places = random_points()
    expected = sum(1 <= x <= 4 and 2 <= y <= 9 for x, y in places.tolist())
    assert number_inside(places, 1, 2, 4, 9) == expected


def test_each_tile_gives_its_first_points() -> None:
    places, most = random_points(), 2
    found = first_of_tiles(places, (0, 0, 10, 10), (2.5, 5.0), most)
    tiles: dict[tuple[int, int], list[int]] = {}
    for number, (x, y) in enumerate(places.tolist()):
        if 0 <= x <= 10 and 0 <= y <= 10:
            tiles.setdefault((int(x // 2.5), int(y // 5.0)), []).append(number)
    assert found.tolist() == sorted(number for tile in tiles.values() for number in tile[:most])


def test_a_tile_gives_the_same_points_wherever_the_rectangle_is() -> None:
    places = random_points()
    whole = first_of_tiles(places, (0, 0, 10, 10), (2.0, 2.0), 1)
    moved = first_of_tiles(places, (2, 2, 12, 12), (2.0, 2.0), 1)
    common = [number for number in whole.tolist() if (places[number] >= 2).all()]
    assert set(common) <= set(moved.tolist())


def test_points_that_are_passed_over_are_in_no_tile() -> None:
    left_out = np.array([True, False])
    found = first_of_tiles(points((1, 1), (1.1, 1.1)), (0, 0, 10, 10), (5.0, 5.0), 1, left_out)
    assert found.tolist() == [1]


def box(left: float, top: float) -> list[float]:
    return [left, top, left + 10, top + 4]


def test_no_two_boxes_overlap_and_the_first_go_first() -> None:
    numbers = np.random.default_rng(1)
    corners = numbers.uniform(0, 60, size=(80, 2, 2))
    boxes = np.concatenate([corners, corners + np.array([10, 4])], axis=2).astype(np.float32)
    chosen = boxes_without_overlap(boxes, apart=(1.0, 1.0))
    assert chosen[0] == 0
    placed = [boxes[thing, place] for thing, place in enumerate(chosen) if place >= 0]
    for one, (left, top, right, bottom) in enumerate(placed):
        for other in placed[:one]:
            beside = left >= other[2] + 1 or right <= other[0] - 1
            above = top >= other[3] + 1 or bottom <= other[1] - 1
            assert beside or above


def test_a_thing_takes_its_second_box_if_the_first_is_taken() -> None:
    boxes = np.array([[box(0, 0), box(50, 50)], [box(1, 1), box(20, 0)]], np.float32)
    assert boxes_without_overlap(boxes).tolist() == [0, 1]


def test_forced_things_get_a_box_in_any_case() -> None:
    boxes = np.array([[box(0, 0)], [box(1, 1)], [box(2, 2)]], np.float32)
    assert boxes_without_overlap(boxes, forced=2).tolist() == [0, 0, -1]


def test_boxes_lie_inside_an_area_even_if_they_are_forced() -> None:
    boxes = np.array([[[-1, 0, 2, 1], [1, 0, 4, 1]], [[-1, 0, 2, 1], [8, 0, 12, 1]]], np.float32)
    chosen = boxes_without_overlap(boxes, forced=2, area=(0.0, 0.0, 10.0, 10.0))
    assert chosen.tolist() == [1, -1]


def test_what_is_kept_may_be_nearer_to_others_than_what_is_new() -> None:
    boxes = np.array([[[0, 0, 2, 1]], [[3, 0, 5, 1]]], np.float32)
    assert boxes_without_overlap(boxes, apart=(2.0, 2.0), kept=2).tolist() == [0, 0]
    assert boxes_without_overlap(boxes, apart=(2.0, 2.0), kept=1).tolist() == [0, -1]


def test_a_grid_has_each_point_in_its_cell() -> None:
    places = np.concatenate([random_points(), points((np.nan, 1))])
    starts, order = sorted_into_cells(places, (0.0, 0.0), (2.0, 2.0), 5)
    assert sorted(order.tolist()) == list(range(500))
    for cell in range(25):
        inside = order[starts[cell] : starts[cell + 1]]
        assert inside.tolist() == sorted(inside.tolist())
        for x, y in places[inside].tolist():
            assert (min(max(int(y / 2), 0), 4), min(max(int(x / 2), 0), 4)) == divmod(cell, 5)


def test_pictures_are_made_ready_step_by_step() -> None:
    steps: list[str] = []
    run_to_end(prepare_pictures(), lambda progress: steps.append(progress.stage))
    assert set(steps) == {"preparing"}
