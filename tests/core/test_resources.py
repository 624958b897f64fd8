from __future__ import annotations

import pytest

from gloveui.core.errors import SettingError
from gloveui.core.resources import MIB, Resources, free_memory, usable_cores


def test_at_least_one_core_can_be_used() -> None:
    assert usable_cores() >= 1


def test_threads_are_those_asked_for_or_one_for_each_core() -> None:
    assert Resources(threads=3).thread_count == 3
    assert Resources().thread_count == usable_cores()


def test_the_memory_is_what_was_asked_for_or_most_of_what_is_free() -> None:
    assert Resources(memory_mib=100).memory_bytes == 100 * MIB
    assert 0.3 * free_memory() < Resources().memory_bytes < free_memory()


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("threads", -1),
        ("threads", 2.5),
        ("memory_mib", -5),
        ("mapped_above_mib", "1"),
        ("device", "tpu"),
        ("scratch_folder", b"/"),
        ("scratch_folder", None),
    ],
)
def test_what_cannot_be_used_is_refused_by_name(setting: str, value: object) -> None:
    with pytest.raises(SettingError, match=f"{setting}: expected"):
        Resources(**{setting: value})  # type: ignore[arg-type]
