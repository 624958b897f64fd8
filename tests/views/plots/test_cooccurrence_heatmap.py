from __future__ import annotations

import gc
import weakref
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

from gloveui.core.heatmap import HeatmapPicture, View
from gloveui.core.quantities import Quantity
from gloveui.views.color_maps import counts_lut
from gloveui.views.plots.color_scale import ColorScale
from gloveui.views.plots.cooccurrence_heatmap import CooccurrenceHeatmap
from gloveui.views.plots.heatmap_pair import HeatmapPair
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


def picture_of(values: np.ndarray, block: int = 1, size: int | None = None) -> HeatmapPicture:
    """A picture of a whole matrix; zeros are pairs that never occur."""
    found = np.where(values == 0, np.nan, values).astype(np.float32)
    side = len(values) * block if size is None else size
    there = found[np.isfinite(found)]
    extremes = (float(there.min()), float(there.max())) if there.size else (None, None)
    return HeatmapPicture(
        View(0, side, 0, side, block), Quantity("count"), "maximum", found, *extremes
    )  # fmt: skip


def show(heatmap: CooccurrenceHeatmap, names, values: np.ndarray, kind: str = "from_zero") -> None:
    picture = picture_of(values)
    heatmap.set_words(names)
    heatmap.fit()
    heatmap.show_picture(picture, ColorScale(kind, picture.lowest, picture.highest))


def random_counts(size: int) -> np.ndarray:
    return np.random.default_rng(1).integers(0, 9, (size, size)).astype(np.float32)


def color_at(heatmap: CooccurrenceHeatmap, row: float, column: float) -> str:
    """The colour of the picture at a place in the coordinates of cells, (0, 0) being the first's centre."""
    place = heatmap.plot.cell_center(row, column).toPoint()
    return heatmap.plot.grab().toImage().pixelColor(place).name().upper()


def shorter_side(sight: QRectF) -> float:
    """Cells on the shorter side of what is in sight; the longer one has as many as there is room for."""
    return min(sight.width(), sight.height())


def name_of(color: np.ndarray) -> str:
    return QColor(*map(int, color)).name().upper()


def turn_wheel(heatmap: CooccurrenceHeatmap, steps: int, row: float = 0, column: float = 0) -> None:
    viewport = heatmap.plot.viewport()
    place = heatmap.plot.cell_center(row, column)
    event = QWheelEvent(
        place, QPointF(viewport.mapToGlobal(place.toPoint())), QPoint(), QPoint(0, 120 * steps),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(viewport, event)


def click(heatmap: CooccurrenceHeatmap, qtbot, row: float, column: float) -> None:
    place = heatmap.plot.cell_center(row, column).toPoint()
    qtbot.mouseClick(heatmap.plot.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_zero_has_the_colour_of_the_surface_and_the_largest_count_the_strongest(heatmap, theme) -> None:
    show(heatmap, WORDS, COUNTS)
    assert color_at(heatmap, 0.3, 0.3) == theme.palette.surface
    assert color_at(heatmap, 0.3, 1.3) == name_of(counts_lut(theme.palette)[255])


def test_the_first_row_is_at_the_top_and_the_first_column_at_the_left(heatmap) -> None:
    show(heatmap, WORDS, COUNTS)
    first, second = heatmap.plot.cell_center(0, 0), heatmap.plot.cell_center(1, 1)
    assert first.x() < second.x()
    assert first.y() < second.y()


@pytest.mark.parametrize("size", [(400, 460), (900, 400), (300, 900)])
def test_cells_are_square_and_reach_the_words(heatmap, size) -> None:
    show(heatmap, words(20), random_counts(20))
    heatmap.resize(*size)
    first, last = heatmap.plot.cell_center(0, 0), heatmap.plot.cell_center(19, 19)
    assert abs((last.x() - first.x()) - (last.y() - first.y())) <= 1
    edge = heatmap.plot.cell_center(0, -0.5).x()
    assert heatmap.plot.rows.sceneBoundingRect().right() >= edge - 1


def test_it_follows_the_theme(heatmap, theme) -> None:
    show(heatmap, WORDS, COUNTS)
    theme.set_scheme("dark")
    assert color_at(heatmap, 0.3, 0.3) == theme.palette.surface
    assert color_at(heatmap, 0.3, 1.3) == name_of(counts_lut(theme.palette)[255])


def test_a_picture_of_a_part_lies_where_its_cells_are(heatmap, theme) -> None:
    heatmap.set_words(words(8))
    heatmap.fit()
    picture = HeatmapPicture(
        View(4, 8, 2, 4, 2), Quantity("count"), "maximum", np.array([[5], [np.nan]], np.float32), 5.0, 5.0
    )  # fmt: skip
    heatmap.show_picture(picture, ColorScale("from_zero", 5.0, 5.0))
    strongest = name_of(counts_lut(theme.palette)[255])
    assert [color_at(heatmap, 4.7, column) for column in (1.3, 2.0, 3.0, 4.0)] == [
        theme.palette.surface, strongest, strongest, theme.palette.surface,
    ]  # fmt: skip
    assert color_at(heatmap, 6.7, 2.0) == theme.palette.surface


def test_a_click_opens_the_cell(heatmap, qtbot) -> None:
    show(heatmap, WORDS, COUNTS)
    with qtbot.waitSignal(heatmap.cell_chosen) as chosen, qtbot.waitSignal(heatmap.cell_opened) as opened:
        click(heatmap, qtbot, 2, 1)
    assert chosen.args == opened.args == [(2, 1)]


def test_a_click_from_afar_comes_closer_to_where_it_was(heatmap, qtbot) -> None:
    heatmap.set_words(words(4_000))
    heatmap.fit()
    with qtbot.assertNotEmitted(heatmap.cell_opened):
        click(heatmap, qtbot, 2_000, 1_000)
    assert shorter_side(heatmap.sight()) == pytest.approx(24)
    assert abs(heatmap.sight().center().x() - 1_000) < 20
    assert abs(heatmap.sight().center().y() - 2_000) < 20


def test_a_click_on_a_word_beside_the_cells_chooses_it(heatmap, qtbot) -> None:
    show(heatmap, WORDS, COUNTS)
    place = heatmap.plot.cell_center(1, -0.5).toPoint() - QPoint(20, 0)
    with qtbot.waitSignal(heatmap.word_chosen) as chosen:
        qtbot.mouseClick(heatmap.plot.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert chosen.args == ["like"]


def test_moving_over_a_cell_tells_which(heatmap, qtbot) -> None:
    show(heatmap, WORDS, COUNTS)
    plot = heatmap.plot
    with qtbot.waitSignal(heatmap.cell_hovered) as hovered:
        plot.scene().sigMouseMoved.emit(plot.mapToScene(plot.cell_center(1, 2).toPoint()))
    assert hovered.args == [(1, 2)]


def test_arrow_keys_move_the_chosen_cell_and_enter_opens_it(heatmap, qtbot) -> None:
    show(heatmap, WORDS, COUNTS)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down):
        qtbot.keyClick(heatmap, key)
    assert heatmap.chosen == (1, 1)
    with qtbot.waitSignal(heatmap.cell_opened) as opened:
        qtbot.keyClick(heatmap, Qt.Key.Key_Return)
    assert opened.args == [(1, 1)]


def test_the_chosen_cell_stays_in_sight_when_it_is_moved(heatmap, qtbot) -> None:
    heatmap.set_words(words(1_000))
    heatmap.look_at(QRectF(500, 500, 10, 10))
    first = heatmap.sight().topLeft().toPoint()
    for _ in range(15):
        qtbot.keyClick(heatmap, Qt.Key.Key_Right)
    row, column = heatmap.chosen
    assert (row, column) == (first.y(), first.x() + 14)
    assert heatmap.sight().contains(QRectF(column, row, 1, 1))


def test_the_wheel_zooms_about_the_pointer_inside_the_limits_and_a_double_click_shows_all(
    heatmap, qtbot
) -> None:
    show(heatmap, words(40), random_counts(40))
    before = heatmap.plot.cell_center(30, 10)
    turn_wheel(heatmap, 5, 30, 10)
    assert heatmap.sight().width() < 40
    assert (heatmap.plot.cell_center(30, 10) - before).manhattanLength() < 6  # whole pixels, enlarged
    turn_wheel(heatmap, -100, 30, 10)
    assert np.allclose(heatmap.plot.viewRange(), [[0, 40], [0, 40]])
    turn_wheel(heatmap, 10, 30, 10)
    place = heatmap.plot.cell_center(30, 10).toPoint()
    qtbot.mouseClick(heatmap.plot.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseDClick(heatmap.plot.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseRelease(heatmap.plot.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert np.allclose(heatmap.plot.viewRange(), [[0, 40], [0, 40]])


def test_keys_zoom_turn_pages_and_show_all(heatmap, qtbot) -> None:
    show(heatmap, words(100), random_counts(100))
    qtbot.keyClick(heatmap, Qt.Key.Key_Plus)
    qtbot.keyClick(heatmap, Qt.Key.Key_Plus)
    zoomed = heatmap.sight()
    assert shorter_side(zoomed) == pytest.approx(49)
    qtbot.keyClick(heatmap, Qt.Key.Key_PageDown)
    assert heatmap.sight().top() > zoomed.top()
    assert heatmap.sight().left() == pytest.approx(zoomed.left())
    qtbot.keyClick(heatmap, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ShiftModifier)
    assert heatmap.sight().left() > zoomed.left()
    qtbot.keyClick(heatmap, Qt.Key.Key_Minus)
    assert shorter_side(heatmap.sight()) == pytest.approx(70)
    qtbot.keyClick(heatmap, Qt.Key.Key_Home)
    assert heatmap.shows_all()


def test_what_is_looked_at_is_inside_and_all_in_sight(heatmap) -> None:
    heatmap.set_words(words(100))
    heatmap.look_at(QRectF(90, 0, 10, 4))
    sight = heatmap.sight()
    assert QRectF(0, 0, 100, 100).contains(sight)
    assert sight.contains(QRectF(91, 1, 8, 2))
    assert sight.right() == pytest.approx(100)
    heatmap.look_at(QRectF(50, 50, 0.1, 0.1))
    assert shorter_side(heatmap.sight()) == pytest.approx(4)


@pytest.mark.parametrize("size", [(400, 460), (900, 400), (300, 900)])
def test_cells_are_square_and_fill_the_room_however_wide_it_is(heatmap, size) -> None:
    heatmap.set_words(words(1_000))
    heatmap.resize(*size)
    heatmap.look_at(QRectF(300, 300, 20, 20))
    heatmap.grab()
    sight, box = heatmap.sight(), heatmap.plot.plotItem.vb
    assert shorter_side(sight) == pytest.approx(20)
    assert box.width() / sight.width() == pytest.approx(box.height() / sight.height())
    room = heatmap.room_in(*size)
    assert (box.width(), box.height()) == pytest.approx((room.width(), room.height()))


def test_all_cells_stand_in_the_middle_of_a_wide_room_with_the_words_and_legend_at_them(heatmap) -> None:
    show(heatmap, WORDS, COUNTS)
    heatmap.resize(900, 400)
    heatmap.grab()
    assert heatmap.shows_all()
    left, right = heatmap.plot.cell_center(0, -0.5).x(), heatmap.plot.cell_center(0, 2.5).x()
    words_left = left - heatmap.plot.rows.width()
    assert words_left == pytest.approx(900 - right, abs=20)
    heatmap.resize(300, 900)
    heatmap.grab()
    bottom = heatmap.plot.cell_center(2.5, 0).y()
    assert 0 < heatmap.legend.y() - bottom < 30


def test_a_drag_moves_the_cells_with_the_pointer_and_stops_at_the_ends(heatmap, qtbot) -> None:
    show(heatmap, words(40), random_counts(40))
    heatmap.look_at(QRectF(10, 10, 10, 10))
    before = heatmap.plot.cell_center(15, 15)
    drag(heatmap, qtbot, before, QPoint(-60, -30))
    assert (heatmap.plot.cell_center(15, 15) - before - QPointF(-60, -30)).manhattanLength() < 3
    heatmap.plot.plotItem.vb.dragged.emit(QPointF(3_000, 3_000))
    assert heatmap.sight().topLeft() == QPointF(0, 0)
    assert shorter_side(heatmap.sight()) == pytest.approx(10)


def drag(heatmap: CooccurrenceHeatmap, qtbot, start: QPointF, by: QPoint) -> None:
    viewport, place = heatmap.plot.viewport(), start.toPoint()
    qtbot.mousePress(viewport, Qt.MouseButton.LeftButton, pos=place)
    for step in (1, 2, 3):
        pos = QPointF(place + by * step / 3)
        event = QMouseEvent(
            QEvent.Type.MouseMove, pos, QPointF(viewport.mapToGlobal(pos.toPoint())),
            Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
        )  # fmt: skip
        QApplication.sendEvent(viewport, event)
    qtbot.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=place + by)


def test_the_small_map_is_there_while_a_part_is_in_sight_and_moves_it(heatmap, qtbot) -> None:
    show(heatmap, words(100), random_counts(100))
    heatmap.show_overview(heatmap.picture, heatmap.scale)
    assert not heatmap.mini_map.isVisible()
    heatmap.look_at(QRectF(0, 0, 10, 10))
    assert heatmap.mini_map.isVisible()
    assert shorter_side(heatmap.mini_map.sight) == pytest.approx(0.1)
    middle = heatmap.mini_map.rect().center()
    qtbot.mousePress(heatmap.mini_map, Qt.MouseButton.LeftButton, pos=middle)
    assert abs(heatmap.sight().center().x() - 50) < 3
    assert abs(heatmap.mini_map.sight.center().y() - 0.5) < 0.03


def test_beyond_the_sharp_picture_everything_is_seen_coarsely(heatmap, theme) -> None:
    heatmap.set_words(words(64))
    heatmap.fit()
    heatmap.look_at(QRectF(0, 0, 32, 32))
    sharp = HeatmapPicture(
        View(0, 8, 0, 8, 1), Quantity("count"), "maximum", np.full((8, 8), 1, np.float32), 1.0, 1.0
    )  # fmt: skip
    scale = ColorScale("from_zero", 1.0, 1.0)
    heatmap.show_picture(sharp, scale)
    assert color_at(heatmap, 20, 20) == theme.palette.surface
    heatmap.show_overview(picture_of(np.full((4, 4), 5.0), block=16), scale)
    assert color_at(heatmap, 20, 20) == name_of(counts_lut(theme.palette)[255])


@pytest.mark.parametrize("size", [1, 7, 20, 60, 201, 5_000])
def test_words_never_lie_on_each_other(heatmap, size) -> None:
    heatmap.set_words(words(size))
    heatmap.fit()
    heatmap.mark_word(size - 1)
    heatmap.hover((size // 2, size // 3))
    for axis, pointed in ((heatmap.plot.rows, size // 2), (heatmap.plot.columns, size // 3)):
        shown = axis.shown_words()
        side = axis._cell_side()
        is_side_by_side = axis is heatmap.plot.columns and not axis.is_turned
        apart = axis.longest() if is_side_by_side else axis.line_height()
        assert all((second - first) * side >= apart - 1 for first, second in pairwise(shown))
        assert size - 1 in shown
        assert pointed in shown


class CountingWords(list[str]):
    """Words that note how many of them were looked up."""

    looked_up = 0

    def __getitem__(self, place):
        self.looked_up += 1
        return super().__getitem__(place)


def test_of_a_hundred_thousand_words_only_those_in_sight_are_looked_up(heatmap) -> None:
    many = CountingWords(words(100_000))
    heatmap.set_words(many)
    heatmap.fit()
    heatmap.grab()
    heatmap.look_at(QRectF(50_000, 50_000, 20, 20))
    heatmap.grab()
    assert many.looked_up < 5_000


def test_words_stand_side_by_side_where_they_fit_and_are_turned_where_not(heatmap) -> None:
    show(heatmap, WORDS, COUNTS)
    assert not heatmap.plot.columns.is_turned
    show(heatmap, words(20), random_counts(20))
    assert heatmap.plot.columns.is_turned


def test_a_very_long_word_leaves_room_for_the_cells(heatmap) -> None:
    show(heatmap, ["donaudampfschiff" * 20, "i"], COUNTS[:2, :2])
    assert heatmap.plot.rows.width() < heatmap.width() / 2


def colors_around(heatmap: CooccurrenceHeatmap, row: float, column: float, reach: int = 1) -> set[str]:
    picture = heatmap.plot.grab().toImage()
    place = heatmap.plot.cell_center(row, column).toPoint()
    steps = range(-reach, reach + 1)
    return {picture.pixelColor(place.x() + dx, place.y() + dy).name().upper() for dx in steps for dy in steps}


def test_the_row_and_column_of_the_marked_word_are_framed(heatmap, theme) -> None:
    show(heatmap, words(20), np.zeros((20, 20), np.float32))
    heatmap.mark_word(7)
    assert theme.palette.accent in colors_around(heatmap, 6.5, 3.3)
    assert theme.palette.accent in colors_around(heatmap, 3.3, 6.5)


def test_lit_cells_are_framed_and_seen_from_afar(heatmap, theme) -> None:
    show(heatmap, words(20), np.zeros((20, 20), np.float32))
    heatmap.light(((3, 12),))
    assert theme.palette.warn in colors_around(heatmap, 3, 12, reach=12)
    heatmap.set_words(words(5_000))
    heatmap.fit()
    heatmap.light(((2_500, 1_200),))
    assert theme.palette.warn in colors_around(heatmap, 2_500, 1_200, reach=5)


def test_numbers_are_written_only_where_cells_have_room(heatmap) -> None:
    show(heatmap, WORDS, np.zeros((3, 3), np.float32))
    assert len(colors_around(heatmap, 1, 1, reach=7)) > 1
    show(heatmap, words(60), np.ones((60, 60), np.float32))
    assert len(colors_around(heatmap, 30, 30, reach=1)) == 1


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
@pytest.mark.parametrize("kind", ["from_zero", "between", "logarithmic", "signed"])
def test_any_counts_can_be_shown(heatmap, counts, kind) -> None:
    show(heatmap, words(len(counts)), counts, kind)
    assert not heatmap.grab().isNull()
    assert len(heatmap.legend.written_ticks()) >= 1


def test_the_legend_goes_from_the_smallest_to_the_largest_count(heatmap) -> None:
    counts = np.array([[0, 0.5], [100, 3000]], np.float32)
    show(heatmap, ["a", "b"], counts, "logarithmic")
    texts = [text for _, text in heatmap.legend.written_ticks()]
    assert (texts[0], texts[-1]) == ("0.5", "3k")
    show(heatmap, ["a", "b"], counts)
    texts = [text for _, text in heatmap.legend.written_ticks()]
    assert (texts[0], texts[-1]) == ("0", "3k")


def test_a_tip_is_shown_as_it_is(heatmap) -> None:
    heatmap.set_tip("<b>bold</b>")
    assert "&lt;b&gt;" in heatmap.plot.image.toolTip()


@pytest.fixture
def pair(theme: Theme, qtbot) -> HeatmapPair:
    pair = HeatmapPair(theme)
    qtbot.addWidget(pair)
    pair.resize(700, 400)
    pair.set_words(words(50))
    pair.show()
    qtbot.waitExposed(pair)
    return pair


def test_two_heatmaps_show_the_same_part_the_same_pointer_and_the_same_choice(pair, qtbot) -> None:
    pair.show_second(True)
    qtbot.waitUntil(lambda: pair.second.width() > 300)
    pair.first.look_at(QRectF(5, 5, 10, 10))
    assert shorter_side(pair.second.sight()) == pytest.approx(10)
    assert pair.second.sight().getRect() == pytest.approx(pair.first.sight().getRect())
    pair.second.look_at(QRectF(20, 30, 8, 8))
    assert shorter_side(pair.first.sight()) == pytest.approx(8)
    assert pair.second.sight().getRect() == pytest.approx(pair.first.sight().getRect())
    pair.first.plot.pointed.emit((31, 21))
    assert pair.second._hovered == (31, 21)
    click(pair.second, qtbot, 32, 22)
    assert pair.first.chosen == (32, 22)


@pytest.mark.parametrize(("size", "is_beside"), [((900, 400), True), ((420, 900), False)])
def test_two_heatmaps_stand_so_that_cells_are_larger(pair, size, is_beside) -> None:
    pair.show_second(True)
    pair.resize(*size)
    assert (pair.first.y() == pair.second.y()) == is_beside
    assert not pair.first.geometry().intersects(pair.second.geometry())
    assert pair.rect().contains(pair.first.geometry() | pair.second.geometry())


def test_another_size_of_the_window_zooms_neither_of_two_heatmaps(pair) -> None:
    pair.show_second(True)
    pair.look_at(QRectF(20, 20, 9, 9))
    for size in ((500, 800), (1_000, 380), (640, 640), (700, 400)):
        pair.resize(*size)
        assert shorter_side(pair.first.sight()) == pytest.approx(9)
        assert pair.second.sight().getRect() == pytest.approx(pair.first.sight().getRect(), abs=0.2)


def test_it_is_freed_when_it_goes(theme: Theme, qtbot) -> None:
    heatmap = CooccurrenceHeatmap(theme)
    show(heatmap, WORDS, COUNTS)
    gone = weakref.ref(heatmap)
    heatmap.deleteLater()
    del heatmap
    qtbot.waitUntil(lambda: gc.collect() >= 0 and gone() is None)


def test_words_of_cells_cut_at_the_edge_are_not_written_beside_the_cells(heatmap) -> None:
    heatmap.set_words(words(100))
    heatmap.look_at(QRectF(10.7, 20.7, 8, 8))
    for axis in (heatmap.plot.rows, heatmap.plot.columns):
        low, high = sorted(axis.range)
        assert all(low <= place + 0.5 <= high for place in axis.shown_words())
        assert len(axis.shown_words()) >= 7


def test_another_size_keeps_the_first_row_and_column_in_sight(heatmap) -> None:
    heatmap.set_words(words(100))
    heatmap.look_at(QRectF(0, 0, 24, 24))
    for size in ((900, 400), (300, 900), (400, 460)):
        heatmap.resize(*size)
        assert heatmap.sight().topLeft() == QPointF(0, 0)
