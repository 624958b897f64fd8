from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import numpy as np
import pytest

from gloveui.core.cooccurrence import CountOptions
from gloveui.core.errors import SettingError
from gloveui.core.glove import GloveConfig
from gloveui.core.setting_checks import choice, flag, number, whole_number
from gloveui.core.tokens import TokenOptions


@pytest.mark.parametrize("value", [2.5, 2.0, True, "2", None, math.nan, np.float64(2), [2]])
def test_only_whole_numbers_are_whole_numbers(value: object) -> None:
    with pytest.raises(SettingError, match="dimension: expected a whole number from 1 to 9, found"):
        whole_number("dimension", value, 1, 9)


@pytest.mark.parametrize("value", ["2", None, True, math.nan, math.inf, 10**400, 1e-320, [2.0]])
def test_only_numbers_within_the_bounds_are_numbers(value: object) -> None:
    with pytest.raises(SettingError, match=r"x_max: expected a number from 1e-30 to 1e\+30, found"):
        number("x_max", value, 1e-30, 1e30)


def test_numbers_of_numpy_become_numbers_that_json_can_hold() -> None:
    config = GloveConfig(dimension=np.int64(4), learning_rate=np.float32(0.5), x_max=7)  # type: ignore[arg-type]
    assert json.loads(json.dumps(asdict(config)))["dimension"] == 4
    assert (type(config.dimension), type(config.learning_rate), type(config.x_max)) == (int, float, float)
    assert config == GloveConfig(dimension=4, learning_rate=0.5, x_max=7.0)


def test_a_choice_is_one_of_the_texts_and_a_flag_true_or_false() -> None:
    assert choice("vectors", "sum", ("sum", "word")) == "sum"
    assert flag("lower", np.bool_(True)) is True
    for value in (["sum"], None, 1, "best"):
        with pytest.raises(SettingError, match="expected sum / word, found"):
            choice("vectors", value, ("sum", "word"))
    for value in ("no", 0, None):
        with pytest.raises(SettingError, match="expected True / False, found"):
            flag("lower", value)


@pytest.mark.parametrize(
    ("kind", "setting", "value"),
    [
        (GloveConfig, "dimension", 2.5),
        (GloveConfig, "epochs", 2.0),
        (GloveConfig, "seed", 1.5),
        (GloveConfig, "gradient_clip", 1e300),
        (GloveConfig, "x_max", "ten"),
        (CountOptions, "window", 2.5),
        (CountOptions, "min_count", 1.5),
        (CountOptions, "max_vocabulary", 2.5),
        (CountOptions, "keep_positions", 2),
        (TokenOptions, "lower", "no"),
        (TokenOptions, "split_sentences", 1),
        (TokenOptions, "pattern", 3),
    ],
)
def test_a_setting_of_another_type_is_refused_by_its_name(
    kind: Callable[..., Any], setting: str, value: object
) -> None:
    with pytest.raises(SettingError) as caught:
        kind(**{setting: value})
    assert (caught.value.fields["setting"], caught.value.fields["received"]) == (setting, value)
