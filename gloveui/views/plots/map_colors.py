"""Colours of the points of a map: by a value, by a signed one, or by group."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from gloveui.views.color_maps import counts_lut
from gloveui.views.palette import Palette, channels, mix

KINDS = ("sequential", "signed", "categories")
USUAL_ALPHA, FADED_ALPHA = 205, 38
# Of the scale of counts: what comes before is too near to the surface for a small dot.
FIRST_ENTRY = {"light": 64, "dark": 110}

# Paul Tol, "Colour Schemes" (SRON technical note, 2021): "muted" and "light", safe for colour-blind viewers.
_CATEGORIES = {
    "light": (
        *("#332288", "#CC6677", "#117733", "#DDCC77", "#88CCEE"),
        *("#882255", "#44AA99", "#AA4499", "#999933"),
    ),
    "dark": (
        *("#77AADD", "#EE8866", "#BBCC33", "#FFAABB", "#EEDD88"),
        *("#44BB99", "#99DDFF", "#AAAA00", "#C9A6E8"),
    ),
}
_NEGATIVE, _POSITIVE = {"light": "#3B5BDB", "dark": "#7B96FF"}, {"light": "#D9480F", "dark": "#FF8C42"}

Bytes = NDArray[np.uint8]


def category_colors(palette: Palette) -> tuple[str, ...]:
    """Colours of groups in their order; after the last one they begin again."""
    return _CATEGORIES[palette.name]


@lru_cache(maxsize=8)
def points_lut(kind: str, palette: Palette) -> Bytes:
    """Scale for small dots, uint8 [256, 3]: even its faintest colour is seen on the surface."""
    if kind == "sequential":
        entries = np.linspace(FIRST_ENTRY[palette.name], 255, 256).round().astype(np.int64)
        return np.ascontiguousarray(counts_lut(palette)[entries])
    stops = (_NEGATIVE[palette.name], mix(palette.handle, palette.surface, 0.35), _POSITIVE[palette.name])
    corners = np.array([channels(stop) for stop in stops], np.float64)
    places = np.linspace(0.0, 2.0, 256)
    return np.stack([np.interp(places, (0, 1, 2), corners[:, part]) for part in range(3)], 1).astype(np.uint8)


def value_range(values: NDArray[np.float32], kind: str) -> tuple[float, float]:
    """The values at the two ends of the scale; a signed one reaches as far to both sides."""
    finite = values[np.isfinite(values)]
    if not len(finite):
        return (-1.0, 1.0) if kind == "signed" else (0.0, 1.0)
    if kind == "signed":
        limit = float(np.abs(finite).max()) or 1.0
        return -limit, limit
    return float(finite.min()), float(finite.max())


def point_colors(
    values: NDArray[np.float32] | None, kind: str, faded: NDArray[np.bool_] | None, palette: Palette
) -> Bytes:
    """uint8 [n, 4], or [1, 4] for all: red, green, blue, alpha.

    Groups are numbers from 0; of −1, and of what is no number, is what belongs to none.
    """
    if values is None:
        colors = np.array([[*channels(palette.accent), USUAL_ALPHA]], np.uint8)
        if faded is None:
            return colors
        colors = np.repeat(colors, len(faded), axis=0)
    else:
        colors = np.full((len(values), 4), USUAL_ALPHA, np.uint8)
        known = np.isfinite(values)
        colors[:, :3] = channels(mix(palette.handle, palette.surface, 0.35))
        if kind == "categories":
            known &= values >= 0
            table = np.array([channels(color) for color in category_colors(palette)], np.uint8)
            colors[known, :3] = table[values[known].astype(np.int64) % len(table)]
        else:
            low, high = value_range(values, kind)
            shares = (values[known] - low) / ((high - low) or 1.0)
            colors[known, :3] = points_lut(kind, palette)[np.rint(255 * shares).astype(np.int64)]
    if faded is not None:
        colors[faded] = (*channels(palette.handle), FADED_ALPHA)
    return colors
