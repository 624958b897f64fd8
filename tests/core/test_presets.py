from __future__ import annotations

import pytest

from gloveui.core.presets import LARGE, LECTURE, NOVEL, PRESETS, SMALL, TINY, Preset, preset_for
from tests.core import steps


@pytest.mark.parametrize(
    ("token_count", "preset"),
    [
        (1, TINY),
        (20_000, TINY),
        (20_001, SMALL),
        (500_000, SMALL),
        (500_001, NOVEL),
        (50_000_000, NOVEL),
        (50_000_001, LARGE),
    ],
)
def test_the_size_of_a_text_chooses_its_settings(token_count: int, preset: Preset) -> None:
    assert preset_for(token_count) is preset


def test_x_max_is_10_below_fifty_million_tokens_and_100_above() -> None:
    assert {preset.config.x_max for preset in (LECTURE, TINY, SMALL, NOVEL)} == {10.0}
    assert LARGE.config.x_max == 100.0


def test_larger_texts_ask_more_of_a_word() -> None:
    least = [preset.count_options.min_count for preset in (TINY, SMALL, NOVEL)]
    assert least == sorted(least)
    assert least[0] == 1


def test_the_settings_of_the_lecture_give_its_table() -> None:
    options = LECTURE.count_options
    matrix = steps.count(
        steps.LECTURE, window=options.window, weighting=options.weighting, min_count=options.min_count
    )
    assert matrix.options == options
    assert [matrix.count(0, context) for context in range(3)] == [0, 2, 0]


def test_every_preset_has_a_key_of_its_own() -> None:
    keys = [preset.key for preset in PRESETS]
    assert len(set(keys)) == len(keys)
