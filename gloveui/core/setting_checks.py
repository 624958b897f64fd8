"""Settings as they come, from a person or a file: each is what it should be, or refused by name."""

from __future__ import annotations

import os
from collections.abc import Collection

import numpy as np

from gloveui.core.errors import SettingError, check_setting

LARGEST_SEED = 2**63 - 1
# Kernels take numbers as float32: these bounds leave room on both sides of what that can hold.
SMALLEST_POSITIVE, LARGEST_NUMBER = 1e-30, 1e30


def whole_number(setting: str, value: object, least: int, most: int | None = None) -> int:
    """The value as an int; 2.5, 2.0 and True are refused with `SettingError`."""
    bounds = f", {least} or more" if most is None else f" from {least} to {most}"
    if not isinstance(value, int | np.integer) or isinstance(value, bool):
        raise SettingError(setting=setting, expected=f"a whole number{bounds}", received=value)
    whole = int(value)
    fine = least <= whole and (most is None or whole <= most)
    check_setting(fine, setting, f"a whole number{bounds}", value)
    return whole


def number(setting: str, value: object, least: float, most: float) -> float:
    """The value as a float; NaN, and what is no number, are refused with `SettingError`."""
    expected = f"a number from {least:g} to {most:g}"
    if not isinstance(value, int | float | np.integer | np.floating) or isinstance(value, bool):
        raise SettingError(setting=setting, expected=expected, received=value)
    check_setting(bool(least <= value <= most), setting, expected, value)
    return float(value)


def choice(setting: str, value: object, choices: Collection[str]) -> str:
    """The value, if it is one of the choices; raises `SettingError`."""
    if not isinstance(value, str) or value not in choices:
        raise SettingError(setting=setting, expected=" / ".join(choices), received=value)
    return value


def flag(setting: str, value: object) -> bool:
    """The value as a bool; raises `SettingError` for everything else, "no" and 0 among it."""
    if not isinstance(value, bool | np.bool_):
        raise SettingError(setting=setting, expected="True / False", received=value)
    return bool(value)


def path_text(setting: str, value: object) -> str:
    """The value as text, if it is a path; raises `SettingError`."""
    path = os.fspath(value) if isinstance(value, os.PathLike) else value
    if not isinstance(path, str):
        raise SettingError(setting=setting, expected="the path of a folder", received=value)
    return path


def put_checked(options: object, **values: object) -> None:
    """Put checked values into a frozen dataclass that is being made."""
    for name, value in values.items():
        object.__setattr__(options, name, value)
