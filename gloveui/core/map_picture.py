"""A map of many points as a picture: dots while there are few, their density when there are many."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from gloveui.core.progress import Progress, Task

PHASES = 4  # places inside a pixel that a dot is drawn at, on each side
FAINTEST = 0.28  # strength of a single point among many
NO_RING = (0, 0, 0, 0)
EVERYWHERE = (-np.inf, -np.inf, np.inf, np.inf)

T = TypeVar("T", bound=np.generic)
Float32s = NDArray[np.float32]
Bytes = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Sight:
    """A rectangle of the plane and the pixels it is drawn on."""

    left: float
    bottom: float
    right: float
    top: float
    width: int
    height: int

    @property
    def frame(self) -> tuple[float, float, float, float]:
        """Left edge, upper edge, pixels for each unit to the right and downwards."""
        across, up = self.right - self.left, self.top - self.bottom
        return float(self.left), float(self.top), self.width / across, self.height / up

    def pixels(self, positions: Float32s) -> NDArray[np.float64]:
        """float64, shape (n, 2): places in the picture, from its upper left corner."""
        left, top, across, down = self.frame
        places = positions.astype(np.float64)
        return np.column_stack([(places[:, 0] - left) * across, (top - places[:, 1]) * down])


def dots_picture(
    positions: Float32s,
    colors: Bytes,
    sight: Sight,
    radius: float,
    ring: tuple[int, int, int, int] = NO_RING,
    under: Bytes | None = None,
) -> Bytes:
    """Each point as a disc, earlier ones over later ones.

    Parameters
    ----------
    positions
        float32, shape (n, 2); points that are no numbers are left out.
    colors
        uint8, shape (n, 4), or (1, 4) for all: red, green, blue, alpha.
    sight
        What is drawn.
    radius
        Of a disc, in pixels.
    ring
        Colour of the pixel round each disc; with alpha 0 there is none.
    under
        A picture to draw upon; it is changed.

    Returns
    -------
    uint8, shape (height, width, 4)
        Blue, green, red, alpha, multiplied with alpha: what Qt calls ARGB32_Premultiplied.
    """
    from gloveui.core.map_kernels import stamp_dots  # compiled code: loaded when first needed

    picture = np.zeros((sight.height, sight.width, 4), np.uint8) if under is None else under
    stamps = disc_stamps(float(radius), ring[3] > 0)
    stamp_dots(
        picture, _fixed(positions), _fixed(colors), sight.frame, stamps, np.array(ring[:3], np.float32)
    )
    return picture


@lru_cache(maxsize=16)
def disc_stamps(radius: float, has_ring: bool) -> Float32s:
    """What a disc and the ring round it cover of each pixel, 0 to 1.

    float32, shape (PHASES, PHASES, side, side, 2): by the place of its middle inside the pixel in the middle,
    downwards and to the right; then rows and columns of pixels, and disc or ring.
    """
    half = int(np.ceil(radius + has_ring + 0.5))
    places = np.arange(-half, half + 1) + 0.5
    inside = (np.arange(PHASES) + 0.5) / PHASES
    offsets = places[None, :] - inside[:, None]
    distances = np.hypot(offsets[:, None, :, None], offsets[None, :, None, :])
    disc = np.clip(radius + 0.5 - distances, 0.0, 1.0)
    whole = np.clip(radius + has_ring + 0.5 - distances, 0.0, 1.0)
    return np.ascontiguousarray(np.stack([disc, whole - disc], axis=-1), np.float32)


def weighed_colors(colors: Bytes) -> Float32s:
    """float32, shape (n, 4), of uint8 colours: red, green, blue, multiplied with alpha; alpha, 0 to 1."""
    weighed = colors.astype(np.float32)
    weighed[:, 3] /= 255
    weighed[:, :3] *= weighed[:, 3:]
    return weighed


def density_picture(
    positions: Float32s, colors: Float32s, sight: Sight, scale: Bytes | None = None, side: int = 1
) -> Bytes:
    """How many points there are at each pixel, by the logarithm; each takes ``side`` × ``side`` of them.

    In the points' mean colour, with ``colors`` by `weighed_colors`, or along a ``scale``, uint8 [256, 3];
    everything else as in `dots_picture`.
    """
    from gloveui.core.map_kernels import gather, tone  # compiled code: loaded when first needed

    sums = np.zeros((sight.height, sight.width, 4 if scale is None else 1), np.float32)
    picture = np.zeros((sight.height, sight.width, 4), np.uint8)
    largest = gather(sums, _fixed(positions), _fixed(colors), sight.frame, side)
    entries = np.zeros((0, 3), np.uint8) if scale is None else scale
    tone(picture, sums, _fixed(entries), max(float(largest), 1.0), FAINTEST)
    return picture


def first_of_tiles(
    positions: Float32s,
    rectangle: tuple[float, float, float, float],
    tile: tuple[float, float],
    most: int,
    left_out: NDArray[np.bool_] | None = None,
) -> NDArray[np.int64]:
    """The first points of each part of a rectangle.

    Parameters
    ----------
    positions
        float32, shape (n, 2).
    rectangle
        Left, bottom, right, top; edges included.
    tile
        Width and height of a part. Parts lie at multiples of these, wherever the rectangle is.
    most
        So many of each part.
    left_out
        Which points are passed over; None for none.

    Returns
    -------
    int64
        Numbers of the points, in their order.
    """
    from gloveui.core import map_kernels  # compiled code: loaded when first needed

    passed = np.zeros(0, np.bool_) if left_out is None else left_out
    left, bottom, right, top = map(float, rectangle)  # whole numbers would be compiled for anew
    size = float(tile[0]), float(tile[1])
    return map_kernels.first_of_tiles(
        _fixed(positions), _fixed(passed), (left, bottom, right, top), size, most
    )


def number_inside(positions: Float32s, left: float, bottom: float, right: float, top: float) -> int:
    """How many points are inside a rectangle, edges included."""
    from gloveui.core.map_kernels import count_inside  # compiled code: loaded when first needed

    return count_inside(_fixed(positions), float(left), float(bottom), float(right), float(top))


def boxes_without_overlap(
    boxes: Float32s,
    forced: int = 0,
    apart: tuple[float, float] = (0.0, 0.0),
    kept: int = 0,
    area: tuple[float, float, float, float] = EVERYWHERE,
) -> NDArray[np.int64]:
    """Choose one of the possible boxes of each thing so that none overlap, earlier things first.

    Parameters
    ----------
    boxes
        float32, shape (n, k, 4): left, top, right, bottom of k possible places, the best first.
    forced
        So many of the first things get a box even if it covers another.
    apart
        How far boxes stay apart, sideways and up and down.
    kept
        So many of the first things need only not overlap: what is there stays until it has no room, and
        what is new comes only where there is some to spare.
    area
        Left, top, right, bottom of where every box lies.

    Returns
    -------
    int64, shape (n,)
        The place of each thing, 0 to k − 1; −1 for one that has no room.
    """
    from gloveui.core.map_kernels import choose_boxes  # compiled code: loaded when first needed

    return choose_boxes(boxes, forced, kept, apart, area)


def sorted_into_cells(
    positions: Float32s, corner: tuple[float, float], cell: tuple[float, float], side: int
) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """Points by the cell of a grid that they are in.

    Parameters
    ----------
    positions
        float32, shape (n, 2); points that are no numbers are left out.
    corner
        The smallest x and y of the grid.
    cell
        Width and height of a cell.
    side
        Cells beside one another, and above one another; points beside the grid are in its outermost cells.

    Returns
    -------
    int64, shape (side² + 1,)
        Where each cell begins in the numbers, row by row, and where the last one ends.
    int32
        Numbers of the points, those of one cell in their order.
    """
    from gloveui.core.map_kernels import sort_into_cells  # compiled code: loaded when first needed

    begin = float(corner[0]), float(corner[1])
    return sort_into_cells(_fixed(positions), begin, (1 / cell[0], 1 / cell[1]), side)


def prepare_pictures() -> Task[None]:
    """Have everything compiled that draws a map, so that the first one is not waited for."""
    points, color = np.zeros((2, 2), np.float32), np.full((1, 4), 255, np.uint8)
    sight = Sight(-1.0, -1.0, 1.0, 1.0, 4, 4)
    yield Progress("preparing")
    dots_picture(points, color, sight, 1.0)
    yield Progress("preparing")
    density_picture(points, weighed_colors(color), sight)
    first_of_tiles(points, (-1.0, -1.0, 1.0, 1.0), (1.0, 1.0), 1)
    number_inside(points, -1.0, -1.0, 1.0, 1.0)
    sorted_into_cells(points, (0.0, 0.0), (1.0, 1.0), 1)
    yield Progress("preparing")
    boxes_without_overlap(np.zeros((1, 1, 4), np.float32))


def _fixed(array: NDArray[T]) -> NDArray[T]:
    """The array for reading alone: else a kernel is compiled once more when it meets one that is not."""
    view = np.ascontiguousarray(array).view()
    view.setflags(write=False)
    return view
