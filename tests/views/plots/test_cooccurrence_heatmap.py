from __future__ import annotations

import gc
import weakref
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtWidgets import QApplication

from gloveui.views.color_maps import counts_lut
from gloveui.views.plots.cell_marks import compact
from gloveui.views.plots.cooccurrence_heatmap import CooccurrenceHeatmap
from gloveui.views.theme import Theme

WORDS = ("i", "like", "deep")
COUNTS = np.array([[0, 2, 0], [2, 0, 1], [0, 1, 0]], np.float32)


@pytest.fixture
def heatmap(theme: Theme, qtbot) -> CooccurrenceHeatmap:
    theme.set_scheme("light")
    heatmap = CooccurrenceHeatmap(theme)
    qtbot.addWidget(heatmap)
    heatmap.resize(400, 460)
    heatmap.show()
    qtbot.waitExposed(heatmap)
    return heatmap


def words(size: int) -> list[str]:
    return [f"word{place}" for place in range(size)]


def random_counts(size: int) -> np.ndarray:
    return np.random.default_rng(1).integers(0, 9, (size, size)).astype(np.float32)


def color_at(heatmap: CooccurrenceHeatmap, row: float, column: float) -> str:
    """The colour of the picture at a place in the coordinates of cells, (0, 0) being the first's centre."""
    place = heatmap.cell_center(row, column).toPoint()
    return heatmap.plot.grab().toImage().pixelColor(place).name().upper()


def name_of(color: np.ndarray) -> str:
    return QColor(*map(int, color)).name().upper()


def turn_wheel(heatmap: CooccurrenceHeatmap, steps: int) -> None:
    viewport = heatmap.plot.viewport()
    place = heatmap.cell_center(0, 0)
    event = QWheelEvent(
        place, QPointF(viewport.mapToGlobal(place.toPoint())), QPoint(), QPoint(0, 120 * steps),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(viewport, event)


def test_zero_has_the_colour_of_the_surface_and_the_largest_count_the_strongest(heatmap, theme) -> None:
    heatmap.show_counts(WORDS, COUNTS, is_logarithmic=False)
    assert color_at(heatmap, 0.3, 0.3) == theme.palette.surface
    assert color_at(heatmap, 0.3, 1.3) == name_of(counts_lut(theme.palette)[255])


def test_the_first_row_is_at_the_top_and_the_first_column_at_the_left(heatmap) -> None:
    heatmap.show_counts(WORDS, COUNTS, is_logarithmic=False)
    first, second = heatmap.cell_center(0, 0), heatmap.cell_center(1, 1)
    assert first.x() < second.x()
    assert first.y() < second.y()


@pytest.mark.parametrize("size", [(400, 460), (900, 400), (300, 900)])
def test_cells_are_square_and_reach_the_words(heatmap, size) -> None:
    heatmap.show_counts(words(20), random_counts(20), is_logarithmic=True)
    heatmap.resize(*size)
    first, last = heatmap.cell_center(0, 0), heatmap.cell_center(19, 19)
    assert abs((last.x() - first.x()) - (last.y() - first.y())) <= 1
    assert heatmap.rows.sceneBoundingRect().right() >= heatmap.cell_center(0, -0.5).x() - 1


def test_it_follows_the_theme(heatmap, theme) -> None:
    heatmap.show_counts(WORDS, COUNTS, is_logarithmic=False)
    theme.set_scheme("dark")
    assert color_at(heatmap, 0.3, 0.3) == theme.palette.surface
    assert color_at(heatmap, 0.3, 1.3) == name_of(counts_lut(theme.palette)[255])


def test_a_click_chooses_the_cell_and_its_rows_word(heatmap, qtbot) -> None:
    heatmap.show_counts(WORDS, COUNTS, is_logarithmic=False)
    place = heatmap.cell_center(2, 1).toPoint()
    with qtbot.waitSignal(heatmap.cell_chosen) as cell, qtbot.waitSignal(heatmap.word_chosen) as word:
        qtbot.mouseClick(heatmap.plot.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert cell.args == [(2, 1)]
    assert word.args == ["deep"]


def test_a_click_on_a_word_beside_the_cells_chooses_it(heatmap, qtbot) -> None:
    heatmap.show_counts(WORDS, COUNTS, is_logarithmic=False)
    place = QPoint(4, heatmap.cell_center(1, 0).toPoint().y())
    with qtbot.waitSignal(heatmap.word_chosen) as chosen:
        qtbot.mouseClick(heatmap.plot.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert chosen.args == ["like"]


def test_moving_over_a_cell_tells_which(heatmap, qtbot) -> None:
    heatmap.show_counts(WORDS, COUNTS, is_logarithmic=False)
    with qtbot.waitSignal(heatmap.cell_hovered) as hovered:
        heatmap.plot.scene().sigMouseMoved.emit(heatmap.plot.mapToScene(heatmap.cell_center(1, 2).toPoint()))
    assert hovered.args == [(1, 2)]


def test_arrow_keys_move_the_chosen_cell_and_enter_takes_its_word(heatmap, qtbot) -> None:
    heatmap.show_counts(WORDS, COUNTS, is_logarithmic=False)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down):
        qtbot.keyClick(heatmap, key)
    assert heatmap.chosen == (1, 1)
    with qtbot.waitSignal(heatmap.word_chosen) as chosen:
        qtbot.keyClick(heatmap, Qt.Key.Key_Return)
    assert chosen.args == ["like"]


def test_the_wheel_zooms_inside_the_limits_and_a_double_click_shows_all(heatmap, qtbot) -> None:
    heatmap.show_counts(words(40), random_counts(40), is_logarithmic=False)
    turn_wheel(heatmap, 10)
    (left, right), _ = heatmap.plot.viewRange()
    assert right - left < 40
    turn_wheel(heatmap, -100)
    assert np.allclose(heatmap.plot.viewRange(), [[0, 40], [0, 40]])
    turn_wheel(heatmap, 10)
    place = heatmap.cell_center(1, 1).toPoint()
    qtbot.mouseClick(heatmap.plot.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseDClick(heatmap.plot.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseRelease(heatmap.plot.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert np.allclose(heatmap.plot.viewRange(), [[0, 40], [0, 40]])


def test_a_part_zoomed_to_stays_when_the_scale_changes(heatmap) -> None:
    heatmap.show_counts(words(40), random_counts(40), is_logarithmic=False)
    turn_wheel(heatmap, 10)
    zoomed = heatmap.plot.viewRange()
    heatmap.show_counts(words(40), random_counts(40), is_logarithmic=True)
    assert heatmap.plot.viewRange() == zoomed


@pytest.mark.parametrize("size", [1, 7, 20, 60, 201])
def test_words_never_lie_on_each_other(heatmap, size) -> None:
    heatmap.show_counts(words(size), random_counts(size), is_logarithmic=False)
    heatmap.mark_word(f"word{size - 1}")
    for axis in (heatmap.rows, heatmap.columns):
        shown = axis.shown_words()
        side = axis._cell_side()
        apart = axis.longest() if axis is heatmap.columns and not axis.is_turned else axis.line_height()
        assert all((second - first) * side >= apart - 1 for first, second in pairwise(shown))
        assert size - 1 in shown


def test_words_stand_side_by_side_where_they_fit_and_are_turned_where_not(heatmap) -> None:
    heatmap.show_counts(WORDS, COUNTS, is_logarithmic=False)
    assert not heatmap.columns.is_turned
    heatmap.show_counts(words(20), random_counts(20), is_logarithmic=False)
    assert heatmap.columns.is_turned


def test_a_very_long_word_leaves_room_for_the_cells(heatmap) -> None:
    heatmap.show_counts(["donaudampfschiff" * 20, "i"], COUNTS[:2, :2], is_logarithmic=False)
    assert heatmap.rows.width() < heatmap.width() / 2


def test_the_row_and_column_of_the_marked_word_are_framed(heatmap, theme) -> None:
    heatmap.show_counts(words(20), np.zeros((20, 20), np.float32), is_logarithmic=False)
    heatmap.mark_word("word7")
    picture = heatmap.plot.grab().toImage()
    edges = [heatmap.cell_center(6.5, 3.3).toPoint(), heatmap.cell_center(3.3, 6.5).toPoint()]
    for edge in edges:
        around = {
            picture.pixelColor(edge.x() + dx, edge.y() + dy).name().upper()
            for dx in (-1, 0, 1)
            for dy in (-1, 0, 1)
        }
        assert theme.palette.accent in around


def test_numbers_are_written_only_where_cells_have_room(heatmap) -> None:
    heatmap.show_counts(WORDS, np.zeros((3, 3), np.float32), is_logarithmic=False)
    roomy = heatmap.plot.grab(heatmap.plot.rect()).toImage()
    center = heatmap.cell_center(1, 1).toPoint()
    inks = {
        roomy.pixelColor(center.x() + dx, center.y() + dy).name()
        for dx in range(-6, 7)
        for dy in range(-8, 9)
    }
    assert len(inks) > 1


@pytest.mark.parametrize(
    "counts",
    [
        np.zeros((0, 0), np.float32),
        np.zeros((1, 1), np.float32),
        np.ones((1, 1), np.float32),
        np.full((5, 5), 3, np.float32),
    ],
    ids=["empty", "one zero", "one", "constant"],
)
@pytest.mark.parametrize("is_logarithmic", [False, True])
def test_any_counts_can_be_shown(heatmap, counts, is_logarithmic) -> None:
    heatmap.show_counts(words(len(counts)), counts, is_logarithmic)
    assert not heatmap.grab().isNull()
    assert len(heatmap.legend.written_ticks()) >= 1


def test_the_legend_goes_from_the_smallest_to_the_largest_count(heatmap) -> None:
    counts = np.array([[0, 0.5], [100, 3000]], np.float32)
    heatmap.show_counts(["a", "b"], counts, is_logarithmic=True)
    texts = [text for _, text in heatmap.legend.written_ticks()]
    assert (texts[0], texts[-1]) == ("0.5", "3k")
    heatmap.show_counts(["a", "b"], counts, is_logarithmic=False)
    texts = [text for _, text in heatmap.legend.written_ticks()]
    assert (texts[0], texts[-1]) == ("0", "3k")


def test_a_tip_is_shown_as_it_is(heatmap) -> None:
    heatmap.set_tip("<b>bold</b>")
    assert "&lt;b&gt;" in heatmap.image.toolTip()


def test_the_picture_is_twice_as_sharp_as_the_screen(heatmap, theme) -> None:
    heatmap.show_counts(WORDS, COUNTS, is_logarithmic=False)
    picture = heatmap.picture()
    assert picture.size() == heatmap.size() * 2
    assert picture.pixelColor(1, picture.height() - 1).name().upper() == theme.palette.surface


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, "0"),
        (0.25, "0.25"),
        (23.21, "23.2"),
        (999.4, "999"),
        (999.9, "1k"),
        (1234, "1.23k"),
        (64500, "64.5k"),
    ],
)
def test_a_compact_count_has_three_digits(count, text) -> None:
    assert compact(count) == text


def test_it_is_freed_when_it_goes(theme: Theme, qtbot) -> None:
    heatmap = CooccurrenceHeatmap(theme)
    heatmap.show_counts(WORDS, COUNTS, is_logarithmic=False)
    gone = weakref.ref(heatmap)
    heatmap.deleteLater()
    del heatmap
    qtbot.waitUntil(lambda: gc.collect() >= 0 and gone() is None)
