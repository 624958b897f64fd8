from __future__ import annotations

import pytest

from gloveui.views.plots.color_legend import ColorLegend
from gloveui.views.theme import Theme

UNIT = "X: pairs at most 15 words apart, each counted 1 / distance"


@pytest.fixture
def legend(theme: Theme, qtbot) -> ColorLegend:
    legend = ColorLegend(theme, has_note=True)
    qtbot.addWidget(legend)
    legend.set_unit(UNIT)
    legend.set_note("a point: the sum of 2 × 2 cells · colours are held")
    return legend


@pytest.mark.parametrize("width", [160, 260, 419, 420, 900])
def test_every_word_of_the_unit_and_the_note_has_room(legend, width) -> None:
    legend.resize(width, legend.height_at(width))
    texts = legend._texts()
    assert " ".join(texts).replace(" · ", " ") == f"{UNIT} {legend.note}".replace(" · ", " ")
    lines = (legend.height() - 14) / legend._metrics().height()
    assert 1 + len(texts) <= round(lines)
    if width >= 260:
        assert all(legend._metrics().horizontalAdvance(text) <= width for text in texts)


def test_one_word_longer_than_the_legend_is_left_whole_on_a_line(legend) -> None:
    legend.resize(100, legend.height_at(100))
    legend.set_unit("donaudampfschifffahrtsgesellschaft")
    assert legend._texts()[0] == "donaudampfschifffahrtsgesellschaft"
