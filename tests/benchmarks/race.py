"""Contestants that run by turns, so that a busy machine slows all of them alike."""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median

Lap = Callable[[], int]  # does a piece of work and says how much it was


class Race:
    """Speeds of several ways to do the same, measured in alternating laps.

    Parameters
    ----------
    unit
        What a lap counts, for example ``"pairs"``.
    contestants
        A function for each name; the first one is what the others are compared with.
    """

    def __init__(self, unit: str, contestants: dict[str, Lap]) -> None:
        self.unit = unit
        self._contestants = contestants
        self._speeds: dict[str, list[float]] = {name: [] for name in contestants}

    def run(self, laps: int) -> Race:
        """One lap of each to warm up, then `laps` that count."""
        for lap in range(laps + 1):
            for name, work in self._contestants.items():
                start = time.perf_counter()
                amount = work()
                if lap > 0:
                    self._speeds[name].append(amount / (time.perf_counter() - start))
        return self

    @property
    def names(self) -> list[str]:
        """The contestants."""
        return list(self._contestants)

    def speed(self, name: str) -> float:
        """Median speed, in units a second."""
        return median(self._speeds[name])

    def ratio(self, name: str, other: str) -> float:
        """How many times as fast as another one; the median over laps run one after the other."""
        laps = zip(self._speeds[name], self._speeds[other], strict=True)
        return median(one / two for one, two in laps)
