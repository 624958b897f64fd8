"""The parallelogram of an analogy: words in their places, and to be clicked."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt

from gloveui.core.analogy_plane import analogy_plane
from gloveui.views.plots.analogy_plot import AnalogyDrawing, AnalogyPlot
from tests.views.vectors import FAMILY, embedding_of, noise

FOUR = ("man", "woman", "boy", "girl")


def drawing(words: tuple[str, ...] = FOUR, vectors=FAMILY) -> AnalogyDrawing:
    return AnalogyDrawing(words, analogy_plane(embedding_of(vectors), words[:4], words[4:]))


@pytest.fixture
def plot(theme, qtbot) -> AnalogyPlot:
    plot = AnalogyPlot(theme)
    qtbot.addWidget(plot)
    plot.resize(400, 260)
    plot.show()
    qtbot.waitExposed(plot)
    return plot


def place_of(plot: AnalogyPlot, number: int) -> QPoint:
    return QPoint(*np.rint(plot._pixels[number] + corner_of(plot)).astype(int).tolist())


def corner_of(plot: AnalogyPlot) -> np.ndarray:
    corner = plot.mapFromScene(plot.plotItem.vb.sceneBoundingRect().topLeft())
    return np.array([corner.x(), corner.y()])


def test_the_words_the_answer_and_the_target_are_named(plot) -> None:
    plot.show_drawing(drawing((*FOUR, "queen")))
    assert plot.label_texts() == ["man", "woman", "boy", "girl", "queen", "woman − man + boy"]
    assert [label.isVisible() for label in plot.labels] == [True] * 6


@pytest.mark.parametrize("size", [(180, 96), (320, 200), (240, 420), (1000, 500)])
@pytest.mark.parametrize("seed", range(3))
def test_names_neither_cover_each_other_nor_leave_the_picture(plot, size, seed) -> None:
    words = ("somewhat", "longer", "words", "everywhere", "expected")
    plot.resize(*size)
    plot.show_drawing(drawing(words, noise(words, seed=seed)))
    boxes = plot.label_boxes()
    width, height = plot._area()
    assert (boxes[:, :2] >= -0.5).all()
    assert (boxes[:, 2] <= width + 0.5).all()
    assert (boxes[:, 3] <= height + 0.5).all()
    if size[0] > 200:
        for first, second in combinations(boxes, 2):
            shared = np.minimum(first[2:], second[2:]) - np.maximum(first[:2], second[:2])
            assert not (shared > 1).all()


def test_angles_and_lengths_are_those_of_the_plane(plot) -> None:
    for size in ((400, 260), (240, 420)):
        plot.resize(*size)
        shown = drawing()
        plot.show_drawing(shown)
        pixels = plot._pixels[:4]
        ratios = [
            np.linalg.norm(pixels[i] - pixels[j])
            / np.linalg.norm(shown.plane.positions[i] - shown.plane.positions[j])
            for i, j in combinations(range(4), 2)
        ]
        assert ratios == pytest.approx([ratios[0]] * 6)


def test_a_wide_picture_uses_its_width(plot) -> None:
    plot.resize(700, 200)
    plot.show_drawing(drawing())
    assert np.ptp(plot._pixels[:, 0]) > 150 or np.ptp(plot._pixels[:, 1]) > 90


def test_a_click_on_a_word_tells_it_and_one_on_the_target_does_not(plot, qtbot) -> None:
    plot.show_drawing(drawing())
    with qtbot.waitSignal(plot.word_clicked) as clicked:
        qtbot.mouseClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=place_of(plot, 3))
    assert clicked.args == ["girl"]
    plot.show_drawing(drawing(("man", "woman", "boy", "road")))
    with qtbot.assertNotEmitted(plot.word_clicked):
        qtbot.mouseClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=place_of(plot, 4))


def test_what_is_pointed_at_is_told(plot) -> None:
    plot.show_drawing(drawing())
    assert "“boy”" in plot.point_text(2)
    assert f"{plot.drawing.plane.distances[2]:.2f}" in plot.point_text(2)
    assert "woman − man + boy" in plot.point_text(4)


def test_repeated_and_equal_words_are_drawn(plot, qtbot) -> None:
    with qtbot.captureExceptions() as raised:
        for words in (("man", "woman", "man", "woman"), ("man",) * 4, ("a&b", "<b>", "(", "x" * 5_000)):
            vectors = {**FAMILY, **noise(("a&b", "<b>", "(", "x" * 5_000), 5)}
            plot.show_drawing(drawing(words, vectors))
            plot.grab()
            assert np.isfinite(plot.label_boxes()).all()
    assert raised == []


def test_without_a_drawing_nothing_is_there(plot) -> None:
    plot.show_drawing(drawing())
    plot.show_drawing(None)
    assert plot.label_texts() == []
    assert not any(label.isVisible() for label in plot.labels)
    assert plot.point_at(QPoint(50, 50).toPointF()) is None


def test_colours_and_type_follow_the_theme(plot, theme) -> None:
    plot.show_drawing(drawing())
    before = plot.grab().toImage()
    theme.set_scheme("dark" if theme.palette.name == "light" else "light")
    assert plot.grab().toImage() != before
    sizes = plot.label_boxes()[:, 3] - plot.label_boxes()[:, 1]
    theme.set_text_scale(1.5)
    larger = plot.label_boxes()[:, 3] - plot.label_boxes()[:, 1]
    assert (larger > sizes).all()
