"""Numbers as people read them."""

from __future__ import annotations

import pytest

from gloveui.views.numbers import byte_size, duration, epoch_position, speed


@pytest.mark.parametrize(("position", "text"), [(0.0, "0"), (7.43, "7.4"), (15.0, "15")])
def test_epochs_have_a_decimal_inside_one(position: float, text: str) -> None:
    assert epoch_position(position) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0.0, "0.0 s"),
        (0.034, "34 ms"),
        (0.095, "0.1 s"),
        (6.24, "6.2 s"),
        (9.97, "10 s"),
        (48.0, "48 s"),
        (59.7, "1:00 min"),
        (200.0, "3:20 min"),
        (3_900.0, "1:05 h"),
    ],
)
def test_a_duration_is_told_in_the_unit_that_suits_it(seconds: float, text: str) -> None:
    assert duration(seconds) == text


@pytest.mark.parametrize(
    ("count", "text"), [(0, "0 bytes"), (904, "904 bytes"), (1_200, "1.2 KB"), (76_000_000, "76 MB")]
)
def test_a_size_is_told_in_the_unit_that_suits_it(count: int, text: str) -> None:
    assert byte_size(count) == text


@pytest.mark.parametrize(
    ("per_second", "text"), [(12.0, "12"), (830_000.0, "830 k"), (16_100_000.0, "16.1 M")]
)
def test_a_speed_has_three_digits_at_most(per_second: float, text: str) -> None:
    assert speed(per_second) == text
