from __future__ import annotations

import numpy as np
import pytest

from gloveui.views.color_maps import SIGNED_ZERO
from gloveui.views.palette import LIGHT
from gloveui.views.plots.color_scale import FAINTEST, ColorScale

NAN = np.nan


def entries(scale: ColorScale, *values: float) -> list[int]:
    return scale.entries(np.array([values], np.float32))[0].tolist()


def test_from_zero_only_zero_and_nothing_have_the_colour_of_the_surface() -> None:
    assert entries(ColorScale("from_zero", 1, 1_000), 0, NAN, 0.001, 500, 1_000) == [0, 0, 1, 128, 255]


def test_between_two_levels_even_the_lowest_value_differs_from_nothing() -> None:
    assert entries(ColorScale("between", -2, 2), NAN, -2, 0, 2) == [0, 1, 128, 255]


def test_equal_ratios_are_equal_steps_of_a_logarithmic_scale() -> None:
    lowest, first, second, highest = entries(ColorScale("logarithmic", 1, 1_000), 1, 10, 100, 1_000)
    assert lowest == pytest.approx(FAINTEST * 255, abs=1)
    assert first - lowest == pytest.approx(second - first, abs=1)
    assert highest == 255
    assert entries(ColorScale("logarithmic", 1, 1_000), 0, NAN) == [0, 0]


def test_a_signed_scale_has_zero_in_the_middle_however_its_levels_lie() -> None:
    assert entries(ColorScale("signed", -1, 4), -4, -2, 0, NAN, 2, 4) == [
        0, SIGNED_ZERO // 2, SIGNED_ZERO, SIGNED_ZERO, 192, 255,
    ]  # fmt: skip
    assert [value for _, value in ColorScale("signed", -1, 4).ticks()] == [-4, -2, 0, 2, 4]


@pytest.mark.parametrize("kind", ["from_zero", "between", "logarithmic", "signed"])
def test_what_lies_beyond_held_levels_has_the_colours_of_the_ends(kind) -> None:
    scale = ColorScale(kind, 1, 10)
    low, high = entries(scale, 0.5, 20)
    assert high == 255
    assert low <= entries(scale, 1)[0]


@pytest.mark.parametrize("kind", ["from_zero", "between", "logarithmic", "signed"])
def test_one_value_alone_is_shown_and_has_a_tick(kind) -> None:
    scale = ColorScale(kind, 3, 3)
    assert entries(scale, 3) == [255]
    assert 3 in [value for _, value in scale.ticks()]


@pytest.mark.parametrize("kind", ["from_zero", "between", "logarithmic", "signed"])
def test_without_any_value_everything_has_the_colour_of_the_surface(kind) -> None:
    scale = ColorScale(kind)
    assert scale.ticks() == []
    surface = tuple(scale.lut(LIGHT)[entries(scale, NAN)[0]])
    assert "#{:02X}{:02X}{:02X}".format(*surface) == LIGHT.surface


def test_ticks_of_a_logarithmic_scale_are_powers_of_ten() -> None:
    assert [value for _, value in ColorScale("logarithmic", 0.5, 3_000).ticks()] == [
        0.5, 1, 10, 100, 1_000, 3_000,
    ]  # fmt: skip
