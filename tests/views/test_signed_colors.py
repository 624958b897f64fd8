"""Colours of signed numbers, many at once."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QColor

from gloveui.views.color_maps import signed_index
from gloveui.views.palette import LIGHT, contrast_ratio
from gloveui.views.signed_colors import SignedColors
from gloveui.views.theme import Theme


def test_a_number_has_the_entry_that_it_has_alone(theme: Theme) -> None:
    colors = SignedColors(theme)
    colors.set_limit(0.7)
    values = np.random.default_rng(0).normal(size=(20, 30))
    expected = [[signed_index(value, 0.7) for value in row] for row in values.tolist()]
    assert colors.entries(values).tolist() == expected


def test_zero_has_the_colour_of_the_surface_and_the_limit_the_strongest(theme: Theme) -> None:
    theme.set_scheme("light")
    colors = SignedColors(theme)
    colors.set_limit(3.0)
    low, zero, high, beyond = colors.entries(np.array([-3.0, 0.0, 3.0, 30.0])).tolist()
    assert [colors.cells[entry].name().upper() for entry in (low, zero, high)] == [
        "#3B5BDB", LIGHT.surface, "#E8590C",
    ]  # fmt: skip
    assert beyond == high


def test_what_is_no_number_is_neither_high_nor_low(theme: Theme) -> None:
    colors = SignedColors(theme)
    assert colors.entries(np.array([np.nan])).tolist() == colors.entries(np.array([0.0])).tolist()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_reads_well_on_every_colour_in_both_schemes(theme: Theme, scheme: str) -> None:
    colors = SignedColors(theme)
    theme.set_scheme(scheme)
    for cell, ink in zip(colors.cells, colors.inks, strict=True):
        assert contrast_ratio(cell.name(), ink.name()) >= 4.3


def test_pixels_are_the_same_colours(theme: Theme) -> None:
    colors = SignedColors(theme)
    assert [QColor(int(pixel)) for pixel in colors.pixels] == colors.cells
