from __future__ import annotations

import dataclasses
import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gloveui.core.errors import SettingError
from gloveui.core.glove import GloveConfig, GloveParameters, weight
from tests import naive


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("dimension", 0),
        ("dimension", 1_001),
        ("dimension", math.nan),
        ("epochs", 0),
        ("epochs", math.nan),
        ("epochs", math.inf),
        ("learning_rate", 0.0),
        ("learning_rate", -0.05),
        ("learning_rate", 1e9),
        ("learning_rate", math.nan),
        ("learning_rate", math.inf),
        ("x_max", 0.0),
        ("x_max", math.nan),
        ("x_max", math.inf),
        ("alpha", -0.1),
        ("alpha", math.nan),
        ("alpha", math.inf),
        ("gradient_clip", 0.0),
        ("gradient_clip", math.nan),
        ("gradient_clip", math.inf),
        ("seed", -1),
        ("seed", 2**63),
        ("vectors", "best"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named_with_what_is_expected(setting: str, value: Any) -> None:
    with pytest.raises(SettingError) as caught:
        GloveConfig(**{setting: value})
    assert caught.value.fields["setting"] == setting
    assert caught.value.fields["received"] is value
    assert str(caught.value) == f"{setting}: expected {caught.value.fields['expected']}, found {value}"


def test_settings_at_their_limits_are_fine() -> None:
    GloveConfig(dimension=1, epochs=1, learning_rate=10, alpha=0, seed=2**63 - 1)
    GloveConfig(dimension=1_000, epochs=100_000, learning_rate=1e-9, x_max=1e-9, alpha=10)


def test_settings_cannot_be_changed_afterwards() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        GloveConfig().x_max = math.nan  # type: ignore[misc]


@given(st.floats(1e-3, 1e6), st.floats(0.1, 1e3), st.floats(0, 2))
def test_weights_are_those_of_the_paper(count: float, x_max: float, alpha: float) -> None:
    assert float(weight(np.array([count]), x_max, alpha)[0]) == pytest.approx(
        naive.weight(count, x_max, alpha)
    )


def test_the_weight_grows_to_1_at_x_max_and_stays_there() -> None:
    weights = weight(np.array([1.0, 5.0, 10.0, 11.0, 1e9]), 10.0, 0.75)
    assert weights[0] == pytest.approx(10**-0.75)
    assert (np.diff(weights[:3]) > 0).all()
    assert weights[2:].tolist() == [1.0, 1.0, 1.0]


def parameters() -> GloveParameters:
    words, contexts = np.array([[1, 2], [3, 4]], np.float32), np.array([[10, 20], [30, 40]], np.float32)
    return GloveParameters(words, contexts, np.zeros(2, np.float32), np.zeros(2, np.float32))


@pytest.mark.parametrize(
    ("choice", "rows"),
    [
        ("sum", [[11, 22], [33, 44]]),
        ("word", [[1, 2], [3, 4]]),
        ("context", [[10, 20], [30, 40]]),
        ("concatenated", [[1, 2, 10, 20], [3, 4, 30, 40]]),
    ],
)
def test_vectors_are_made_of_words_and_contexts_as_chosen(choice: str, rows: list[list[float]]) -> None:
    vectors = parameters().vectors(choice)
    assert vectors.tolist() == rows
    assert vectors.dtype == np.float32


def test_what_was_learned_is_read_only() -> None:
    with pytest.raises(ValueError, match="read-only"):
        parameters().word_vectors[0, 0] = 5


def test_settings_that_only_touch_the_result_train_alike() -> None:
    config = GloveConfig(dimension=5)
    assert config.trains_like(replace(config, vectors="word", post_processing="mean", unknown="zeros"))
    assert not config.trains_like(replace(config, dimension=6))
