"""Values as entries of a colour map of 256, and what its legend says of them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from gloveui.views.color_maps import SIGNED_ZERO, counts_lut, signed_lut
from gloveui.views.palette import Palette

FAINTEST = 0.15  # share of the scale at which a logarithmic one begins, so that rare is not the same as never
QUARTERS = (0.0, 0.25, 0.5, 0.75, 1.0)

Kind = Literal["from_zero", "between", "logarithmic", "signed"]
"""Even steps from zero, or between two levels; even steps of the logarithm; zero in the middle."""


@dataclass(frozen=True, slots=True)
class ColorScale:
    """What colour a value has; what is no value has the colour of the surface.

    Attributes
    ----------
    kind
        How values lie on the scale. On a logarithmic one, and from zero, 0 has the colour of the surface.
    low, high
        Levels: the values at the ends; what lies beyond has the colours of the ends. Both None: no values.
    """

    kind: Kind
    low: float | None = None
    high: float | None = None

    def entries(self, values: NDArray[np.float32]) -> NDArray[np.uint8]:
        """Entries of the colour map for values, float32 [h, w] with NaN for none; uint8 of the same shape."""
        if self.low is None or self.high is None:
            return np.full(values.shape, self._nothing, np.uint8)
        with np.errstate(invalid="ignore", divide="ignore"):
            found = self._signed(values) if self.kind == "signed" else self._rising(values)
        return np.nan_to_num(found, copy=False, nan=self._nothing).astype(np.uint8)

    def lut(self, palette: Palette) -> NDArray[np.uint8]:
        """The colour map, uint8 [256, 3]."""
        return signed_lut(palette) if self.kind == "signed" else counts_lut(palette)

    def bar(self, palette: Palette) -> NDArray[np.uint8]:
        """The part of the colour map that lies between the levels, uint8 [n, 3]."""
        start = {"logarithmic": round(FAINTEST * 255), "between": 1}.get(self.kind, 0)
        return self.lut(palette)[start:]

    def ticks(self) -> list[tuple[float, float]]:
        """Places along the bar (0 to 1), with the value of each; none where nothing has a value."""
        if self.low is None or self.high is None:
            return []
        if self.kind == "logarithmic":
            return _decades(self.low, self.high)
        low = -self.limit if self.kind == "signed" else 0.0 if self.kind == "from_zero" else self.low
        high = self.limit if self.kind == "signed" else self.high
        if low == high:
            return [(1.0, high)]
        return [(share, low + share * (high - low)) for share in QUARTERS]

    @property
    def limit(self) -> float:
        """The largest distance from zero."""
        return max(abs(self.low or 0.0), abs(self.high or 0.0))

    @property
    def _nothing(self) -> int:
        return SIGNED_ZERO if self.kind == "signed" else 0

    def _signed(self, values: NDArray[np.float32]) -> NDArray[np.float32]:
        shares = np.clip(values / np.float32(self.limit or 1.0), -1, 1)
        spans = np.where(shares < 0, np.float32(SIGNED_ZERO), np.float32(255 - SIGNED_ZERO))
        return np.rint(SIGNED_ZERO + shares * spans)

    def _rising(self, values: NDArray[np.float32]) -> NDArray[np.float32]:
        """Entries above 0 for whatever is a value, but for zero on the scales that have one."""
        low, high = np.float32(self.low or 0.0), np.float32(self.high or 0.0)
        if self.kind == "between":
            shares = (values - low) / (high - low) if high > low else values * 0 + 1
            return np.clip(np.rint(1 + shares * 254), 1, 255)
        if self.kind == "from_zero":
            return np.clip(np.ceil(values * (255 / high if high > 0 else 0)), 0, 255)
        logs = np.log(values / low) if low > 0 else values * 0
        span = math.log(high / low) if high > low > 0 else 0.0
        shares = logs * np.float32((1 - FAINTEST) / span) + np.float32(FAINTEST) if span else logs * 0 + 1
        entries = np.clip(np.ceil(shares * 255), round(FAINTEST * 255), 255)
        return np.where(values > 0, entries, np.float32(0))


def _decades(low: float, high: float) -> list[tuple[float, float]]:
    """The ends and the powers of ten between them, on a logarithmic scale."""
    if not high > low > 0:
        return [(1.0, high)]
    span = math.log(high / low)
    powers = range(math.ceil(math.log10(low)), math.floor(math.log10(high)) + 1)
    inner = [10.0**power for power in powers if low < 10.0**power < high]
    return [(math.log(value / low) / span, value) for value in (low, *inner, high)]
