from __future__ import annotations

import pytest

from gloveui.core.byte_size import ByteSize


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, "0 bytes"),
        (999, "999 bytes"),
        (1_000, "1.0 KB"),
        (9_940, "9.9 KB"),
        (9_960, "10 KB"),
        (999_400, "999 KB"),
        (999_600, "1.0 MB"),
        (412_000_000, "412 MB"),
        (3 * 10**15, "3000 TB"),
    ],
)
def test_a_size_is_told_in_the_unit_that_suits_it(count: int, text: str) -> None:
    assert f"{ByteSize(count)}" == text
    assert ByteSize(count) == count
