"""Where the names of a few points go, so that none covers another, a point or a line."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

GAP = 6.0  # pixels between a point's centre and its label, beside the radius
POINT_RADIUS = 7.0
DIRECTIONS = 16
RINGS = (1.0, 2.2, 4.0)  # times the gap
SWEEPS = 3
SAMPLES = 33  # places along a line at which it is looked whether it is under a label

# What a label at a place costs.
OVERLAP, COVERED_POINT, CROSSED, FARTHER, ASIDE = 1_000.0, 300.0, 60.0, 4.0, 1.0

Pixels = NDArray[np.float64]


def label_places(
    points: Pixels, sizes: Pixels, lines: Sequence[tuple[Pixels, Pixels]], area: tuple[float, float]
) -> Pixels:
    """The upper left corners of labels, float64 of shape (n, 2), in pixels with y downwards.

    Every label lies inside the area as long as it is smaller than that. Each is put at the best of some
    places around its point, one after another, and then again with the others where they are.

    Parameters
    ----------
    points
        float64, shape (n, 2): what the labels name.
    sizes
        float64, shape (n, 2): width and height of each label.
    lines
        Pairs of ends, which labels avoid.
    area
        Width and height that there is.
    """
    samples = _sampled(lines)
    candidates = [_candidates(point, size, area) for point, size in zip(points, sizes, strict=True)]
    corners = np.full((len(points), 2), np.nan)
    fixed = [_fixed_costs(candidates[i], sizes[i], points, i, samples) for i in range(len(points))]
    for _ in range(SWEEPS):
        for i in range(len(points)):
            costs = fixed[i] + OVERLAP * _overlaps(candidates[i], sizes[i], corners, sizes, i)
            corners[i] = candidates[i][int(np.argmin(costs))]
    return corners


def _candidates(point: Pixels, size: Pixels, area: tuple[float, float]) -> Pixels:
    """float64, shape (places, 2): corners around a point, nearest ring first, moved into the area."""
    angles = np.arange(DIRECTIONS) * 2 * np.pi / DIRECTIONS - np.pi / 2  # the first is above
    ways = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    rings = []
    for ring in RINGS:
        # The label's box touches a circle: its half extents along the way are added to the radius.
        reach = POINT_RADIUS + GAP * ring
        centres = point + ways * reach + np.sign(np.round(ways, 6)) * _half_extents(ways, size)
        rings.append(centres - size / 2)
    corners = np.concatenate(rings)
    return np.clip(corners, 0.0, np.maximum(np.array(area) - size, 0.0))


def _half_extents(ways: Pixels, size: Pixels) -> Pixels:
    """How far the box's centre is from its side towards the point; to the side, half of a share of it."""
    shares = np.minimum(np.abs(ways) * np.sqrt(2), 1.0)
    return shares * size / 2


def _fixed_costs(corners: Pixels, size: Pixels, points: Pixels, own: int, samples: Pixels) -> Pixels:
    """float64, shape (places,): what does not depend on other labels."""
    ring = np.repeat(np.arange(len(RINGS)), DIRECTIONS)
    direction = np.tile(np.arange(DIRECTIONS), len(RINGS))
    aside = np.minimum(direction % (DIRECTIONS // 2), DIRECTIONS // 2 - direction % (DIRECTIONS // 2))
    costs = FARTHER * ring + ASIDE * aside
    margins = np.where(np.arange(len(points)) == own, POINT_RADIUS - 2, POINT_RADIUS)[:, None]
    covers = (corners[:, None] < points + margins) & ((corners + size)[:, None] > points - margins)
    costs = costs + COVERED_POINT * covers.all(axis=2).sum(axis=1)
    if len(samples):
        inside = (samples[None] > corners[:, None]) & (samples[None] < (corners + size)[:, None])
        costs = costs + CROSSED * inside.all(axis=2).sum(axis=1) / SAMPLES
    return costs


def _overlaps(corners: Pixels, size: Pixels, placed: Pixels, sizes: Pixels, own: int) -> Pixels:
    """float64, shape (places,): share of the label that other labels cover, added up."""
    others = np.flatnonzero(~np.isnan(placed[:, 0]) & (np.arange(len(placed)) != own))
    low, high = placed[others], placed[others] + sizes[others]
    shared = np.minimum((corners + size)[:, None], high) - np.maximum(corners[:, None], low)
    return np.asarray(np.clip(shared, 0.0, None).prod(axis=2).sum(axis=1) / size.prod())


def _sampled(lines: Sequence[tuple[Pixels, Pixels]]) -> Pixels:
    """float64, shape (lines × SAMPLES, 2): places along lines."""
    shares = np.linspace(0.0, 1.0, SAMPLES)[:, None]
    along = [start + (end - start) * shares for start, end in lines]
    return np.concatenate(along) if along else np.empty((0, 2))
