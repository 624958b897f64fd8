from __future__ import annotations

import math

import pytest

from gloveui.core.cooccurrence import CountOptions
from gloveui.core.quantities import QUANTITIES, Quantity
from gloveui.views.quantity_texts import (
    cell_text,
    compact,
    needs_model,
    quantity_meaning,
    quantity_name,
    scale_kind,
    value_text,
)
from tests.views.counted import parameters_of


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, "0"),
        (0.25, "0.25"),
        (23.21, "23.2"),
        (999.4, "999"),
        (999.9, "1k"),
        (1234, "1.23k"),
        (64500, "64.5k"),
        (-1.234, "−1.23"),
        (-64500, "−64.5k"),
        (0.0000031, "3e−6"),
        (math.nan, "–"),
    ],
)
def test_a_compact_number_has_three_digits(count, text) -> None:
    assert compact(count) == text


def test_a_pair_that_never_occurs_has_zero_of_what_can_be_counted_and_nothing_else() -> None:
    assert cell_text(math.nan, Quantity("count")) == "0"
    assert cell_text(math.nan, Quantity("pmi")) == "–"
    assert value_text(math.nan, "pmi") == "–"


def test_zero_is_the_middle_of_what_has_a_sign_and_only_positive_numbers_have_logarithms() -> None:
    assert scale_kind(Quantity("count"), is_logarithmic=True) == "logarithmic"
    assert scale_kind(Quantity("count"), is_logarithmic=False) == "from_zero"
    assert scale_kind(Quantity("pmi"), is_logarithmic=True) == "signed"
    assert scale_kind(Quantity("log_count"), is_logarithmic=True) == "between"


@pytest.mark.parametrize("name", QUANTITIES)
def test_every_quantity_has_a_name_and_a_meaning_that_begins_with_it(name) -> None:
    quantity = Quantity(name, parameters=parameters_of(2) if needs_model(name) else None)
    assert quantity_meaning(quantity, CountOptions()).startswith(quantity_name(name))
