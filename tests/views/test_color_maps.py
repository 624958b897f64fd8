from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gloveui.views.color_maps import (
    SIGNED_ZERO,
    counts_lut,
    readable_text_on,
    signed_index,
    signed_lut,
    to_oklab,
)
from gloveui.views.palette import DARK, LIGHT, Palette, channels, contrast_ratio

BOTH = pytest.mark.parametrize("palette", [LIGHT, DARK], ids=lambda palette: palette.name)


@BOTH
def test_no_count_has_the_colour_of_the_surface(palette: Palette) -> None:
    scale = counts_lut(palette)
    assert scale.shape == (256, 3)
    assert scale.dtype == np.uint8
    assert tuple(scale[0]) == channels(palette.surface)


@BOTH
def test_larger_counts_lie_steadily_further_from_the_surface(palette: Palette) -> None:
    lightness = to_oklab(counts_lut(palette))[:, 0]
    away = lightness if palette is DARK else -lightness
    # Rounding to 8 bits moves a lightness by at most about 0.002.
    assert np.diff(away).min() > -0.002
    assert np.diff(away[::8]).min() > 0


@BOTH
def test_the_smallest_count_is_set_off_from_zero(palette: Palette) -> None:
    zero, least, next_one = to_oklab(counts_lut(palette))[:3]
    assert np.linalg.norm(least - zero) > 5 * np.linalg.norm(next_one - least)


@BOTH
def test_equal_steps_of_a_scale_look_equally_large(palette: Palette) -> None:
    for scale in (counts_lut(palette)[1:], signed_lut(palette)[SIGNED_ZERO:]):
        steps = np.linalg.norm(np.diff(to_oklab(scale[::8]), axis=0), axis=1)
        assert steps.max() < 1.5 * steps.min()


@BOTH
def test_zero_of_a_signed_scale_is_the_surface_between_blue_and_orange(palette: Palette) -> None:
    scale = signed_lut(palette)
    assert tuple(scale[SIGNED_ZERO]) == channels(palette.surface)
    assert tuple(scale[0]) == channels("#3B5BDB")
    assert tuple(scale[255]) == channels("#E8590C")


@given(st.floats(min_value=-10, max_value=10), st.floats(min_value=0.01, max_value=10))
def test_a_signed_value_finds_its_side_of_the_scale(value: float, limit: float) -> None:
    entry = signed_index(value, limit)
    assert 0 <= entry <= 255
    assert (entry - SIGNED_ZERO) * value >= 0
    if abs(value) >= limit:
        assert entry in (0, 255)


@BOTH
def test_text_can_be_read_on_every_colour_of_the_scales(palette: Palette) -> None:
    for scale in (counts_lut(palette), signed_lut(palette)):
        for color in ("#{:02X}{:02X}{:02X}".format(*row) for row in scale):
            assert contrast_ratio(readable_text_on(color), color) >= 4.3
