"""Small numbers as papers print them."""

from __future__ import annotations

import math

import pytest

from gloveui.views.probability_texts import count_text, probability_text, ratio_text, scientific, share_text


def plain(text: str) -> str:
    return text.replace("\u2009", " ")


@pytest.mark.parametrize(
    ("number", "text"),
    [(0.00019, "1.9 × 10⁻⁴"), (0.0000999, "1.0 × 10⁻⁴"), (1.5e-12, "1.5 × 10⁻¹²"), (2e6, "2.0 × 10⁶")],
)
def test_a_small_number_is_written_with_its_power_of_ten(number: float, text: str) -> None:
    assert plain(scientific(number)) == text


@pytest.mark.parametrize(
    ("probability", "text"),
    [
        (2 / 3, "0.667"), (0.01, "0.010"), (0.00994, "9.9 × 10⁻³"), (0.009, "9.0 × 10⁻³"),
        (3.14e-5, "3.1 × 10⁻⁵"), (0.0, "0"), (1.0, "1.000"), (math.nan, "–"),
    ],
)  # fmt: skip
def test_a_probability_is_never_written_as_zero_unless_it_is(probability: float, text: str) -> None:
    assert plain(probability_text(probability)) == text


@pytest.mark.parametrize(
    ("ratio", "text"),
    [
        (8.9, "8.90"), (0.085, "0.085"), (1.36, "1.36"), (0.96, "0.96"), (45.01, "45.0"), (9.999, "10.0"),
        (99.99, "100"), (12345.6, "12,346"), (1e6, "1.0 × 10⁶"), (0.0004, "4.0 × 10⁻⁴"), (0.001, "0.001"),
        (math.inf, "∞"), (0.0, "0"), (math.nan, "–"),
    ],
)  # fmt: skip
def test_a_ratio_has_two_or_three_digits_that_say_something(ratio: float, text: str) -> None:
    assert plain(ratio_text(ratio)) == text


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (12.0, "12"), (5.6406, "5.64"), (0.1, "0.1"), (1548.2, "1,548"), (999.7, "1,000"), (0.0, "0"),
        (0.1234, "0.123"), (23.21, "23.2"), (999.9, "1,000"), (64512.0, "64,512"),
    ],
)  # fmt: skip
def test_a_count_is_whole_where_it_can_be(count: float, text: str) -> None:
    assert count_text(count) == text


@pytest.mark.parametrize(
    ("share", "text"),
    [(0.0, "0 %"), (0.4321, "43 %"), (0.0123, "1.2 %"), (1.0, "100 %"), (0.00004, "0.004 %")],
)
def test_a_share_is_a_percentage(share: float, text: str) -> None:
    assert share_text(share) == text
