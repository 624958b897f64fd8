"""How the cells of the table of probabilities are painted."""

from __future__ import annotations

import math

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QHeaderView

from gloveui.core.probability import ProbabilityTable, ProbeRow
from gloveui.views.models.probe_table import RATIO
from gloveui.views.widgets.probe_delegates import RatioDelegate, as_number
from gloveui.views.widgets.probe_table_view import ProbeTableView


def table_of(*ratios: float, count: float = 20.0) -> ProbabilityTable:
    rows = tuple(ProbeRow(f"k{n}", count, count, 0.1, 0.1, ratio) for n, ratio in enumerate(ratios))
    return ProbabilityTable("ice", "steam", 200.0, 200.0, 1000, 0.0, rows)


@pytest.fixture
def ratios(theme) -> RatioDelegate:
    theme.set_scheme("light")
    delegate = RatioDelegate(theme)
    delegate.set_scale([0.1, 10.0, math.inf, math.nan, 0.0], [])
    return delegate


@pytest.mark.parametrize(
    ("ratio", "place"),
    [(1.0, 0.5), (10.0, 1.0), (0.1, 0.0), (math.inf, 1.0), (0.0, 0.0), (math.sqrt(10), 0.75)],
)
def test_ratios_stand_on_a_logarithmic_axis_with_1_in_the_middle(ratios, ratio, place) -> None:
    assert ratios.place_of(ratio) == pytest.approx(place)


def test_what_is_no_ratio_stands_nowhere(ratios) -> None:
    assert ratios.place_of(math.nan) is None
    assert math.isnan(as_number("8.9"))


def test_ratios_above_1_are_orange_and_below_blue(ratios) -> None:
    above, below = ratios.color_of(8.0), ratios.color_of(0.05)
    assert above.red() > above.blue()
    assert below.blue() > below.red()
    assert ratios.color_of(math.inf) == ratios.color_of(100.0)


def picture(qtbot, theme, table: ProbabilityTable) -> QImage:
    theme.set_scheme("light")
    view = ProbeTableView(theme)
    qtbot.addWidget(view)
    view.resize(600, 200)
    view.show_table(table, None)
    view.show()
    qtbot.waitExposed(view)
    rect = view.visualRect(view.rows.index(0, RATIO))
    return view.viewport().grab(rect).toImage()


def strong_pixels(image: QImage) -> tuple[int, int]:
    """How many pixels are strongly orange, and how many strongly blue."""
    colors = [QColor(image.pixel(x, image.height() // 2)) for x in range(image.width())]
    orange = sum(color.red() > 200 and color.blue() < 60 for color in colors)
    return orange, sum(color.blue() > 200 and color.red() < 90 for color in colors)


@pytest.mark.parametrize(
    ("ratio", "is_orange", "is_blue"), [(9.0, True, False), (0.1, False, True), (1.0, False, False)]
)
def test_the_bar_is_on_the_side_of_its_ratio(qtbot, theme, ratio, is_orange, is_blue) -> None:
    orange, blue = strong_pixels(picture(qtbot, theme, table_of(ratio)))
    assert (orange > 20, blue > 20) == (is_orange, is_blue)


def test_a_bar_that_few_counts_stand_behind_is_pale(qtbot, theme) -> None:
    orange, _ = strong_pixels(picture(qtbot, theme, table_of(9.0, count=1.0)))
    assert orange == 0


def test_the_ratio_is_named_in_one_word_where_its_formula_has_no_room(qtbot, theme) -> None:
    view = ProbeTableView(theme)
    qtbot.addWidget(view)
    view.show_table(table_of(9.0), None)
    view.resize(900, 200)
    view.show()
    header = view.horizontalHeader()
    assert isinstance(header, QHeaderView)
    assert view.rows.headerData(RATIO, header.orientation()) == "P(k|ice) / P(k|steam)"
    view.resize(300, 200)
    assert view.rows.headerData(RATIO, header.orientation()) == "ratio"
