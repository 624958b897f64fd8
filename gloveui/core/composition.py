"""Text in NFC, in a time that grows with its length whatever its marks are."""

from __future__ import annotations

import unicodedata
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import regex


def composed(text: str) -> str:
    """Text in NFC; marks without end, which Python would need minutes for, are put in order first."""
    if not text.isascii():
        text = _endless_marks().sub(lambda run: _in_order(run[0]), text)
    return unicodedata.normalize("NFC", text)


def _in_order(marks: str) -> str:
    """Marks decomposed and in canonical order: `unicodedata` takes the square of their number for that."""
    decomposed = "".join(unicodedata.normalize("NFD", mark) for mark in marks)
    stretches = groupby(decomposed, lambda mark: unicodedata.combining(mark) > 0)
    return "".join(
        "".join(sorted(stretch, key=unicodedata.combining) if moves else stretch)
        for moves, stretch in stretches
    )


@cache
def _endless_marks() -> regex.Pattern[str]:
    import regex  # questions to vectors do without

    return regex.compile(r"\p{M}{256,}+")
