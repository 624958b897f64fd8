"""Strips of colour: what is painted, the lens, and choosing by mouse and keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from gloveui.views.models.word_strips import strips_of
from gloveui.views.theme import Theme
from gloveui.views.widgets.strip_plot import StripPlot
from tests.views.vectors import FAMILY, STRANGE, embedding_of, noise

WORDS = ("king", "queen", "road")


@pytest.fixture
def plot(qtbot, theme: Theme) -> StripPlot:
    theme.set_scheme("light")
    plot = StripPlot(theme)
    qtbot.addWidget(plot)
    plot.resize(500, 260)
    plot.show()
    return plot


def show_noise(plot: StripPlot, words: tuple[str, ...] = WORDS, dimension: int = 100) -> None:
    plot.set_strips(strips_of(embedding_of(noise(words, dimension)), words, words[:2]), words[0])


def point_at(plot: StripPlot, row: int, share: float) -> None:
    strip = plot.cell_rect(row, 0).united(plot.cell_rect(row, plot.strips.dimension - 1))
    QTest.mouseMove(plot.viewport(), QPoint(1, 1))
    QTest.mouseMove(
        plot.viewport(), QPoint(round(strip.left() + share * strip.width()), round(strip.center().y()))
    )


def test_cells_are_coloured_by_sign_and_zero_is_the_surface(plot, theme: Theme) -> None:
    plot.set_strips(strips_of(embedding_of(FAMILY), ["road", "king"]), "")
    picture = plot.viewport().grab().toImage()
    colors = [
        picture.pixelColor(plot.cell_rect(0, place).topLeft().toPoint() + QPoint(4, 4)) for place in range(4)
    ]
    assert colors[0].name().upper() == theme.palette.surface
    assert colors[2].blue() > colors[2].red()
    king = picture.pixelColor(plot.cell_rect(1, 3).topLeft().toPoint() + QPoint(4, 4))
    assert king.red() > king.blue()


def test_a_lens_shows_the_column_under_the_pointer(plot, qtbot) -> None:
    show_noise(plot)
    before = plot.cell_rect(0, 50).width()
    with qtbot.waitSignal(plot.column_pointed) as pointed:
        point_at(plot, 1, 0.505)
    assert pointed.args == [50]
    assert plot.cell_rect(0, 50).width() > 5 * before
    assert plot.cell_rect(2, 50).left() == plot.cell_rect(0, 50).left()


def test_the_lens_names_the_dimension_whatever_the_order(plot) -> None:
    embedding = embedding_of(noise(WORDS, 100))
    strips = strips_of(embedding, WORDS, order="first")
    plot.set_strips(strips, "")
    point_at(plot, 0, 0.005)
    assert plot.pointed_dimension == int(embedding.vectors[0].argmax())


def test_a_click_on_a_strip_or_its_word_chooses_the_word(plot, qtbot) -> None:
    show_noise(plot)
    for place in (plot.label_rect(1).topLeft(), plot.cell_rect(1, 30).topLeft()):
        with qtbot.waitSignal(plot.word_chosen) as chosen:
            QTest.mouseClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=place.toPoint() + QPoint(3, 3))
        assert chosen.args == ["queen"]


def test_a_click_at_the_end_of_a_word_takes_it_away_but_not_that_in_focus(plot, qtbot) -> None:
    show_noise(plot)
    ends = [plot.label_rect(row).bottomRight().toPoint() - QPoint(5, 5) for row in (0, 2)]
    with qtbot.assertNotEmitted(plot.word_removed):
        QTest.mouseClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=ends[0])
    with qtbot.waitSignal(plot.word_removed) as removed:
        QTest.mouseClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=ends[1])
    assert removed.args == ["road"]


def test_the_difference_is_no_word_to_choose(plot, qtbot) -> None:
    show_noise(plot)
    with qtbot.assertNotEmitted(plot.word_chosen):
        place = plot.cell_rect(3, 30).center().toPoint()
        QTest.mouseClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_the_keyboard_moves_the_lens_and_chooses_words(plot, qtbot) -> None:
    show_noise(plot)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Right):
        qtbot.keyClick(plot, key)
    assert plot.pointed_dimension == 1
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down):
        qtbot.keyClick(plot, key)
    with qtbot.waitSignal(plot.word_chosen) as chosen:
        qtbot.keyClick(plot, Qt.Key.Key_Return)
    assert chosen.args == ["queen"]
    with qtbot.waitSignal(plot.word_removed):
        qtbot.keyClick(plot, Qt.Key.Key_Delete)
    qtbot.keyClick(plot, Qt.Key.Key_Escape)
    assert plot.pointed_dimension is None


def test_many_words_scroll_and_the_difference_stays_in_sight(plot) -> None:
    words = tuple(f"word{number}" for number in range(40))
    show_noise(plot, words)
    bar = plot.verticalScrollBar()
    assert bar.maximum() > 0
    bar.setValue(bar.maximum())
    assert plot.cell_rect(39, 0).bottom() <= plot.cell_rect(40, 0).top()
    assert plot.cell_rect(40, 0).bottom() <= plot.viewport().height()


def test_strange_and_endless_words_and_narrow_windows_are_painted(plot, qtbot) -> None:
    show_noise(plot, STRANGE, 300)
    with qtbot.captureExceptions() as raised:
        for width in (500, 120, 30):
            plot.resize(width, 200)
            plot.grab()
    assert raised == []
    assert plot.label_rect(1).width() < 60


def test_nothing_to_show_paints_nothing(plot, qtbot) -> None:
    with qtbot.captureExceptions() as raised:
        plot.grab()
        qtbot.keyClick(plot, Qt.Key.Key_Right)
        point_at_nothing = QPoint(200, 50)
        QTest.mouseMove(plot.viewport(), point_at_nothing)
    assert raised == []
