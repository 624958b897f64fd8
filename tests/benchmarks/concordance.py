"""How long it takes to find the sentences behind a number."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

from gloveui.core.concordance import Places, find_pairs, find_word
from gloveui.core.concordance_order import ordered
from gloveui.core.cooccurrence import CooccurrenceMatrix
from gloveui.core.progress import Progress, Task, run_to_end
from gloveui.core.tokens import TokenStream

LAPS = 3
PAIRS = {
    "two rare words": (70_000, 70_001),
    "two words in the middle": (100, 200),
    "the two most frequent": (0, 1),
}

Row = tuple[str, str, str]


def concordance_rows(stream: TokenStream, matrix: CooccurrenceMatrix) -> Iterator[Row]:
    """Searching the whole text for pairs and for a word, and sorting what was found; the best of three."""
    for name, (word, context) in PAIRS.items():
        yield _row(f"places of {name}", lambda ids=(word, context): find_pairs(stream, matrix, *ids))
    yield _row("places of the most frequent word", lambda: find_word(stream, 0))
    places = run_to_end(find_word(stream, 0))
    yield _row("their order by the words after", lambda: ordered(stream, places, "right"))


def _row(what: str, task: Callable[[], Task[Any]]) -> Row:
    laps = [_lap(task()) for _ in range(LAPS)]
    seconds = min(lap[0] for lap in laps)
    first = min((lap[1] for lap in laps if lap[1] is not None), default=None)
    at_once = f"first ones after {first * 1000:.0f} ms" if first is not None else ""
    return f"{what}: {laps[0][2]:,}", f"{seconds * 1000:.0f} ms", at_once


def _lap(task: Task[Any]) -> tuple[float, float | None, int]:
    """Seconds until the end, seconds until there was something to show, and how many there are."""
    start = time.perf_counter()
    first: list[float] = []

    def look(progress: Progress) -> None:
        if not first and isinstance(progress.detail, Places) and len(progress.detail):
            first.append(time.perf_counter() - start)

    result = run_to_end(task, look)
    return time.perf_counter() - start, first[0] if first else None, len(result)
