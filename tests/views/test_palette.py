from __future__ import annotations

import pytest

from gloveui.views.palette import DARK, LIGHT, Palette, contrast_ratio, luminance, mix

BOTH = pytest.mark.parametrize("palette", [LIGHT, DARK], ids=lambda palette: palette.name)

GROUNDS = ("window", "surface", "raised", "soft", "good_tint", "warn_tint", "bad_tint")


def test_contrast_is_21_between_black_and_white_and_1_between_equals() -> None:
    assert contrast_ratio("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast_ratio("#3B5BDB", "#3B5BDB") == pytest.approx(1)


def test_mixing_goes_from_the_first_colour_to_the_second() -> None:
    assert mix("#000000", "#FF8000", 0.0) == "#000000"
    assert mix("#000000", "#FF8000", 0.5) == "#804000"
    assert mix("#000000", "#FF8000", 1.0) == "#FF8000"


@BOTH
@pytest.mark.parametrize("ground", GROUNDS)
def test_text_reads_well_on_every_ground(palette: Palette, ground: str) -> None:
    assert contrast_ratio(palette.text, getattr(palette, ground)) >= 7


@BOTH
@pytest.mark.parametrize("ground", ["window", "surface", "raised"])
def test_muted_text_reads_well(palette: Palette, ground: str) -> None:
    assert contrast_ratio(palette.muted, getattr(palette, ground)) >= 4.5


@BOTH
def test_text_on_the_primary_button_reads_well(palette: Palette) -> None:
    assert contrast_ratio(palette.on_accent, palette.accent) >= 4.5
    assert contrast_ratio(palette.on_accent, palette.accent_hovered) >= 4.5


@BOTH
@pytest.mark.parametrize("sign", ["accent", "good", "warn", "bad"])
def test_signs_stand_out_from_a_card(palette: Palette, sign: str) -> None:
    assert contrast_ratio(getattr(palette, sign), palette.surface) >= 3


@BOTH
def test_disabled_text_is_quieter_than_muted_text_and_still_visible(palette: Palette) -> None:
    quiet = contrast_ratio(palette.disabled, palette.surface)
    assert 2.2 <= quiet < contrast_ratio(palette.muted, palette.surface)


def test_only_the_dark_palette_is_dark() -> None:
    assert luminance(DARK.text) > luminance(DARK.surface)
    assert luminance(LIGHT.text) < luminance(LIGHT.surface)
