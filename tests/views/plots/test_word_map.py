from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtTest import QTest

from gloveui.core.map_picture import Sight
from gloveui.views.palette import DARK, LIGHT, contrast_ratio, mix
from gloveui.views.plots.lasso import Lasso
from gloveui.views.plots.map_colors import category_colors, point_colors, points_lut, value_range
from gloveui.views.plots.point_index import PointIndex
from gloveui.views.plots.word_map import WordMap

LECTURE = ("i", "like", "enjoy", "deep", "learning", "nlp", "flying")


def places(count: int, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=(count, 2)).astype(np.float32)


def names(count: int) -> tuple[str, ...]:
    return tuple(f"word{number}" for number in range(count))


@pytest.fixture
def word_map(theme, qtbot) -> WordMap:
    theme.set_scheme("light")
    word_map = WordMap(theme)
    qtbot.addWidget(word_map)
    word_map.resize(500, 400)
    word_map.show()
    qtbot.waitExposed(word_map)
    return word_map


def place_of(word_map: WordMap, index: int) -> QPointF:
    """A word's place in the viewport."""
    box = word_map.plotItem.vb
    return QPointF(word_map.mapFromScene(box.mapToScene(word_map.canvas.place_of(index))))


def written(word_map: WordMap) -> list[int]:
    return [label.index for label in word_map.canvas.labels()]


def drag(word_map: WordMap, *corners: QPointF, shift: bool = False) -> None:
    keys = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    viewport, button = word_map.viewport(), Qt.MouseButton.LeftButton
    QTest.mousePress(viewport, button, keys, corners[0].toPoint())
    for corner in corners[1:]:
        QTest.mouseMove(viewport, corner.toPoint())
    QTest.mouseRelease(viewport, button, keys, corners[-1].toPoint())


def test_every_word_of_a_few_is_written_and_in_sight(word_map: WordMap) -> None:
    word_map.set_points(LECTURE, places(7))
    assert sorted(written(word_map)) == list(range(7))
    assert all(word_map.viewport().rect().contains(place_of(word_map, i).toPoint()) for i in range(7))


def test_labels_of_many_do_not_overlap_and_begin_with_the_most_frequent(word_map: WordMap) -> None:
    word_map.set_points(names(3_000), places(3_000))
    labels = word_map.canvas.labels()
    assert len(labels) > 20
    assert labels[0].index == 0
    assert not any(one.box.intersects(other.box) for one, other in combinations(labels, 2))


def test_coming_closer_brings_more_labels_of_what_is_in_sight(word_map: WordMap) -> None:
    word_map.set_points(names(3_000), places(3_000))
    before = set(written(word_map))
    word_map.zoom(0.2, QPointF(0, 0))
    after = set(written(word_map))
    assert len(after - before) > 10


def test_labels_stay_while_the_map_is_dragged(word_map: WordMap) -> None:
    word_map.set_points(names(3_000), places(3_000))
    word_map.zoom(0.5, QPointF(0, 0))
    before = {label.index: label.box for label in word_map.canvas.labels()}
    word_map._move(0.01, 0.01)
    after = set(written(word_map))
    inner = word_map.canvas.boundingRect().adjusted(60, 40, -60, -40)
    kept = [index for index, box in before.items() if inner.contains(box)]
    assert len(kept) > 10
    assert set(kept) <= after


def test_no_label_is_cut_by_an_edge(word_map: WordMap) -> None:
    word_map.set_points(names(3_000), places(3_000))
    for factor in (1.0, 0.5, 0.2):
        word_map.zoom(factor)
        sight = word_map.canvas.boundingRect()
        assert all(sight.contains(label.box) for label in word_map.canvas.labels())


def test_labels_stay_beside_words_that_glide_and_are_chosen_anew_on_request(word_map: WordMap) -> None:
    rest = places(3_000)
    word_map.set_points(names(3_000), rest)
    first = set(written(word_map))
    noise = np.random.default_rng(5).normal(scale=0.002, size=rest.shape).astype(np.float32)
    steps = [set(written(word_map))]
    for step in range(1, 9):
        word_map.set_points(word_map.words, rest + noise * step)
        steps.append(set(written(word_map)))
    come_back = [word for word in first if any(word not in seen for seen in steps[:-1]) and word in steps[-1]]
    assert len(first & steps[-1]) > 0.7 * len(first)
    assert len(come_back) <= 1
    word_map.set_points(word_map.words, rest)
    word_map.fit()
    assert set(written(word_map)) == first


def test_marked_words_are_always_written(word_map: WordMap) -> None:
    word_map.set_points(names(3_000), places(3_000))
    rare = [index for index in range(2_900, 3_000) if index not in written(word_map)][:5]
    word_map.set_marked(rare)
    assert set(rare) <= set(written(word_map))
    with pytest.raises(IndexError):
        word_map.set_marked([3_000])


def test_faded_words_have_no_label(word_map: WordMap) -> None:
    word_map.set_points(LECTURE, places(7))
    word_map.set_faded(np.arange(7) > 2)
    assert written(word_map) == [0, 1, 2]
    word_map.set_faded(None)
    assert len(written(word_map)) == 7


def test_the_same_words_move_without_changing_the_sight(word_map: WordMap) -> None:
    word_map.set_points(LECTURE, places(7))
    word_map.set_marked([2])
    before = word_map.canvas.sight()
    word_map.set_points(tuple(LECTURE), 3 * places(7))
    assert word_map.canvas.sight() == before
    assert word_map.canvas.marked == (2,)
    word_map.set_points(LECTURE[:5], places(5))
    assert word_map.canvas.sight() != before
    assert word_map.canvas.marked == ()


def test_a_click_tells_the_word_and_the_pointer_the_one_it_is_on(word_map: WordMap, qtbot) -> None:
    word_map.set_points(LECTURE, places(7))
    place = place_of(word_map, 3)
    with qtbot.waitSignal(word_map.word_hovered) as hovered:
        QTest.mouseMove(word_map.viewport(), place.toPoint())
    assert hovered.args == [3]
    with qtbot.waitSignal(word_map.word_clicked) as clicked:
        QTest.mouseClick(word_map.viewport(), Qt.MouseButton.LeftButton, pos=place.toPoint())
    assert clicked.args == [3]
    assert word_map.word_at(QPointF(-500, -500)) is None


def test_the_pointer_on_a_label_is_on_its_word(word_map: WordMap) -> None:
    word_map.set_points(LECTURE, places(7))
    label = next(label for label in word_map.canvas.labels() if label.index == 4)
    box = word_map.plotItem.vb
    place = word_map.mapFromScene(box.mapToScene(label.box.center()))
    assert word_map.word_at(QPointF(place)) == 4


def test_dragging_moves_the_map_and_home_shows_all_again(word_map: WordMap) -> None:
    word_map.set_points(LECTURE, places(7))
    before, place = word_map.canvas.sight(), place_of(word_map, 0)
    drag(word_map, place, place + QPointF(20, 5), place + QPointF(40, 10))
    moved = place_of(word_map, 0) - place
    assert (moved.x(), moved.y()) == pytest.approx((40, 10), abs=2)
    assert word_map.is_moved
    QTest.keyClick(word_map, Qt.Key.Key_Home)
    assert word_map.canvas.sight() == before


def test_the_wheel_and_keys_come_closer(word_map: WordMap) -> None:
    word_map.set_points(LECTURE, places(7))
    before = word_map.canvas.sight()
    QTest.keyClick(word_map, Qt.Key.Key_Plus)
    closer = word_map.canvas.sight()
    assert closer.right - closer.left < before.right - before.left
    QTest.keyClick(word_map, Qt.Key.Key_Right)
    assert word_map.canvas.sight().left > closer.left
    for _ in range(200):
        word_map.zoom(0.5)
    assert word_map.canvas.sight().right > word_map.canvas.sight().left
    for _ in range(200):
        word_map.zoom(2.0)
    widest = word_map.canvas.sight()
    assert widest.right - widest.left < 20 * (before.right - before.left)


def test_the_wheel_keeps_the_place_under_the_pointer(word_map: WordMap) -> None:
    word_map.set_points(LECTURE, places(7))
    place = place_of(word_map, 5)
    word_map.zoom(0.5, QPointF(*word_map.positions[5].tolist()))
    after = place_of(word_map, 5)
    assert (after.x(), after.y()) == pytest.approx((place.x(), place.y()), abs=2)


def test_a_word_is_brought_to_the_middle_and_closer(word_map: WordMap) -> None:
    word_map.set_points(names(3_000), places(3_000))
    before = word_map.canvas.sight()
    word_map.center_on(2_500)
    sight = word_map.canvas.sight()
    x, y = word_map.positions[2_500].tolist()
    middle = (sight.left + sight.right) / 2, (sight.bottom + sight.top) / 2
    assert middle == pytest.approx((x, y), abs=1e-6)
    assert sight.right - sight.left < 0.3 * (before.right - before.left)


@pytest.mark.parametrize("mode", ["lasso", "rectangle"])
def test_what_is_drawn_round_words_chooses_them(word_map: WordMap, qtbot, mode: str) -> None:
    word_map.set_points(LECTURE, places(7))
    word_map.set_mode(mode)
    middle = place_of(word_map, 2)
    corners = [middle + QPointF(*offset) for offset in ((-15, -15), (15, -15), (15, 15), (-15, 15))]
    with qtbot.waitSignal(word_map.words_selected) as selected:
        drag(word_map, corners[0], corners[1], corners[2], *(corners[3:] if mode == "lasso" else ()))
    chosen = selected.args[0]
    near = [i for i in range(7) if (place_of(word_map, i) - middle).manhattanLength() < 10]
    assert chosen.dtype == np.int64
    assert set(near) <= set(chosen.tolist())
    assert all((place_of(word_map, i) - middle).manhattanLength() < 34 for i in chosen.tolist())


def test_shift_and_dragging_is_a_lasso_and_escape_gives_it_up(word_map: WordMap, qtbot) -> None:
    word_map.set_points(LECTURE, places(7))
    corners = [QPointF(60, 30), QPointF(490, 30), QPointF(490, 390), QPointF(60, 390)]
    before = word_map.canvas.sight()
    with qtbot.waitSignal(word_map.words_selected) as selected:
        drag(word_map, *corners, shift=True)
    assert len(selected.args[0]) > 0
    assert word_map.canvas.sight() == before
    word_map.set_mode("lasso")
    QTest.mousePress(word_map.viewport(), Qt.MouseButton.LeftButton, pos=corners[0].toPoint())
    QTest.mouseMove(word_map.viewport(), corners[2].toPoint())
    QTest.keyClick(word_map, Qt.Key.Key_Escape)
    with qtbot.assertNotEmitted(word_map.words_selected):
        QTest.mouseRelease(word_map.viewport(), Qt.MouseButton.LeftButton, pos=corners[2].toPoint())


def test_a_lasso_takes_the_points_inside_and_no_others() -> None:
    lasso = Lasso("lasso", QPointF(10, 10))
    for corner in ((60, 10), (60, 60)):  # a triangle
        lasso.extend(QPointF(*corner))
    pixels = np.array([[50, 20], [20, 50], [55, 50], [200, 20], [np.nan, 20], [-5, -5]])
    assert lasso.inside(pixels, QSize(100, 80)).tolist() == [0, 2]


def test_very_many_words_are_drawn_as_density(word_map: WordMap, monkeypatch) -> None:
    monkeypatch.setattr("gloveui.views.plots.map_canvas.DENSE", 1_000)
    word_map.set_points(names(3_000), places(3_000))
    assert word_map.canvas.is_dense()
    picture = word_map.grab().toImage()
    word_map.zoom(0.1, QPointF(0, 0))
    assert not word_map.canvas.is_dense()
    assert word_map.grab().toImage() != picture


def test_the_picture_has_the_colours_of_groups(word_map: WordMap) -> None:
    word_map.set_points(("a", "b"), np.array([[0, 0], [1, 1]], np.float32))
    word_map.set_colors(np.array([0, 1], np.float32), "categories")
    image = word_map.grab().toImage()
    for index, color in enumerate(category_colors(LIGHT)[:2]):
        pixel = image.pixelColor(place_of(word_map, index).toPoint())
        shown = mix(LIGHT.surface, color, 205 / 255)
        expected = [int(shown[start : start + 2], 16) for start in (1, 3, 5)]
        assert [pixel.red(), pixel.green(), pixel.blue()] == pytest.approx(expected, abs=4)


def test_it_follows_the_theme(word_map: WordMap, theme) -> None:
    word_map.set_points(LECTURE, places(7))
    for scheme in ("light", "dark"):
        theme.set_scheme(scheme)
        assert word_map.grab().toImage().pixelColor(2, 2).name().upper() == theme.palette.surface


def test_nothing_and_one_word_and_words_in_one_place_are_drawn(word_map: WordMap) -> None:
    for count in (0, 1, 5):
        word_map.set_points(names(count), np.zeros((count, 2), np.float32))
        word_map.grab()
        assert len(written(word_map)) == count
    assert word_map.word_at(QPointF(10, 10)) is None


def test_axes_say_what_they_mean_and_take_no_room_without(word_map: WordMap) -> None:
    without = word_map.canvas.size()
    word_map.set_axes(("← man", "woman →"), ("← poor", "rich →"))
    word_map.plotItem.layout.activate()
    assert word_map.canvas.size().height() < without.height()
    assert word_map.canvas.size().width() < without.width()
    assert word_map.axes["bottom"].texts == ("← man", "woman →")


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=lambda palette: palette.name)
def test_even_the_faintest_colour_is_seen_on_the_surface(palette) -> None:
    for kind in ("sequential", "signed"):
        for color in points_lut(kind, palette)[::15]:
            name = "#" + "".join(f"{part:02X}" for part in color)
            assert contrast_ratio(name, palette.surface) > 1.35
    for color in category_colors(palette):
        assert contrast_ratio(color, palette.surface) > 1.35


def test_values_that_are_no_numbers_and_no_group_are_grey() -> None:
    values = np.array([0, -1, np.nan], np.float32)
    colors = point_colors(values, "categories", None, LIGHT)
    assert colors[1].tolist() == colors[2].tolist() != colors[0].tolist()
    assert value_range(np.array([-2, 1], np.float32), "signed") == (-2.0, 2.0)
    assert value_range(np.array([3, 1, np.nan], np.float32), "sequential") == (1.0, 3.0)


def test_the_nearest_point_is_that_of_a_slow_search() -> None:
    positions = places(2_000)
    positions[7] = np.nan
    index = PointIndex(positions)
    for x, y in places(100, seed=1).tolist():
        distances = np.hypot((positions[:, 0] - x) / 0.1, (positions[:, 1] - y) / 0.2)
        nearest = int(np.nanargmin(distances))
        assert index.nearest(x, y, 0.1, 0.2) == (nearest if distances[nearest] <= 1 else None)


def test_pixels_and_the_plane_agree() -> None:
    sight = Sight(-1.0, 0.0, 3.0, 2.0, 400, 100)
    assert sight.pixels(np.array([[-1, 2], [3, 0], [1, 1]], np.float32)).tolist() == [
        [0, 0],
        [400, 100],
        [200, 50],
    ]
