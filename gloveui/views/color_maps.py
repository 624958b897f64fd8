"""Colour scales for counts and for signed values, even to the eye, with zero in the background's colour."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from gloveui.views.palette import Palette, channels, contrast_ratio

SIGNED_ZERO = 128
"""The entry of a signed scale that stands for zero."""

_DEEPEST = {"light": "#1B2A6B", "dark": "#DCE4FF"}
_LEAST_COUNT = {"light": 0.06, "dark": 0.14}  # share of the way; between dark colours the eye needs more
_NEGATIVE, _POSITIVE = "#3B5BDB", "#E8590C"
_DARK_INK, _LIGHT_INK = "#0E1116", "#FFFFFF"

# Björn Ottosson, "A perceptual color space for image processing" (2020):
# linear sRGB to cone response, and that to OKLab.
_TO_CONES = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
_TO_OKLAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)


def counts_lut(palette: Palette) -> NDArray[np.uint8]:
    """Scale for counts, uint8 [256, 3]: entry 0 is the surface, the last the strongest colour.

    A step sets zero off from the smallest count; the rest is even.
    """
    stops = [palette.surface, palette.soft, palette.accent, _DEEPEST[palette.name]]
    return _even_scale(stops, np.append(0.0, np.linspace(_LEAST_COUNT[palette.name], 1.0, 255)))


def signed_lut(palette: Palette) -> NDArray[np.uint8]:
    """Scale for signed values, uint8 [256, 3]: blue below, the surface at entry 128, orange above."""
    below = _even_scale([palette.surface, _NEGATIVE], np.linspace(1.0, 0.0, SIGNED_ZERO, endpoint=False))
    above = _even_scale([palette.surface, _POSITIVE], np.linspace(0.0, 1.0, 256 - SIGNED_ZERO))
    return np.vstack([below, above])


def weights_lut(palette: Palette) -> NDArray[np.uint8]:
    """Scale for weights from 0 to 1, uint8 [256, 3]: orange to the accent; all of it seen on the surface."""
    return _even_scale([_POSITIVE, palette.accent], np.linspace(0.0, 1.0, 256))


def signed_index(value: float, limit: float) -> int:
    """Entry of a signed scale for a value, where ``limit`` (above 0) has the strongest colour."""
    share = min(max(value / limit, -1.0), 1.0)
    return SIGNED_ZERO + round(share * (SIGNED_ZERO if share < 0 else 255 - SIGNED_ZERO))


@lru_cache(maxsize=2048)  # the scales of both palettes; every table asks for them again
def readable_text_on(color: str) -> str:
    """Near-black or white, whichever reads better on ``#RRGGBB``."""
    return max((_DARK_INK, _LIGHT_INK), key=lambda ink: contrast_ratio(ink, color))


def to_oklab(colors: NDArray[np.uint8]) -> NDArray[np.float64]:
    """OKLab of sRGB colours; uint8 [..., 3] gives float64 [..., 3], lightness first (0 to 1)."""
    encoded = colors / 255.0
    linear = np.where(encoded <= 0.04045, encoded / 12.92, ((encoded + 0.055) / 1.055) ** 2.4)
    return np.asarray(np.cbrt(linear @ _TO_CONES.T) @ _TO_OKLAB.T)


def _from_oklab(colors: NDArray[np.float64]) -> NDArray[np.uint8]:
    cones = (colors @ np.linalg.inv(_TO_OKLAB).T) ** 3
    linear = np.clip(cones @ np.linalg.inv(_TO_CONES).T, 0.0, 1.0)
    encoded = np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055)
    return np.rint(encoded * 255.0).astype(np.uint8)


def _even_scale(stops: list[str], positions: NDArray[np.float64]) -> NDArray[np.uint8]:
    """Colours along the stops, spaced so that equal steps in position look equally large."""
    corners = to_oklab(np.array([channels(stop) for stop in stops], dtype=np.uint8))
    steps = np.linalg.norm(np.diff(corners, axis=0), axis=1)
    distances = np.concatenate([[0.0], np.cumsum(steps)]) / steps.sum()
    axes = [np.interp(positions, distances, corners[:, axis]) for axis in range(3)]
    return _from_oklab(np.stack(axes, axis=-1))
