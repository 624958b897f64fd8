"""Compiled drawing of many points, and the places of labels beside them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from gloveui.core.kernels import kernel

Float32s = NDArray[np.float32]
Bytes = NDArray[np.uint8]
Frame = tuple[float, float, float, float]
"""x of the left edge, y of the upper edge, and pixels for each unit to the right and downwards."""


@kernel
def select_inside(
    positions: Float32s, left: float, bottom: float, right: float, top: float
) -> NDArray[np.int32]:
    """Numbers of the points inside a rectangle, edges included.

    Without a branch: which points are inside cannot be foretold.
    """
    low_x, low_y = np.float32(left), np.float32(bottom)
    high_x, high_y = np.float32(right), np.float32(top)
    found = np.empty(len(positions) + 1, np.int32)
    count = 0
    for point in range(len(positions)):
        x, y = positions[point, 0], positions[point, 1]
        found[count] = point
        count += int((x >= low_x) & (x <= high_x) & (y >= low_y) & (y <= high_y))
    return found[:count]


@kernel
def stamp_dots(
    picture: Bytes, positions: Float32s, colors: Bytes, frame: Frame, stamps: Float32s, ring: Float32s
) -> None:
    """Draw a disc for each point, the first on top.

    `picture` is uint8 [h, w, 4], blue, green, red, alpha, already multiplied with alpha. `colors` has a row
    for each point, or one for all, as red, green, blue, alpha. `stamps`, float32 [p, p, side, side, 2], has
    what a disc and the ring round it cover of each pixel, for p × p places of its middle inside a pixel;
    `ring` is the ring's red, green and blue.
    """
    height, width = picture.shape[:2]
    phases, side = stamps.shape[1:3]
    half = side // 2
    beside, above = half / frame[2], half / frame[3]
    right_edge, lower_edge = frame[0] + width / frame[2], frame[1] - height / frame[3]
    inside = select_inside(
        positions, frame[0] - beside, lower_edge - above, right_edge + beside, frame[1] + above
    )
    for place in range(len(inside) - 1, -1, -1):
        point = inside[place]
        x = (positions[point, 0] - frame[0]) * frame[2]
        y = (frame[1] - positions[point, 1]) * frame[3]
        column, row = int(np.floor(x)), int(np.floor(y))
        across, down = int((x - column) * phases), int((y - row) * phases)
        entry = min(point, len(colors) - 1)
        red, green, blue = (
            np.float32(colors[entry, 0]),
            np.float32(colors[entry, 1]),
            np.float32(colors[entry, 2]),
        )
        alpha = np.float32(colors[entry, 3]) / np.float32(255.0)
        left, top = column - half, row - half
        for v in range(max(-top, 0), min(side, height - top)):
            for u in range(max(-left, 0), min(side, width - left)):
                disc = stamps[down, across, v, u, 0] * alpha
                around = stamps[down, across, v, u, 1]
                if disc + around == 0:
                    continue
                rest = np.float32(1.0) - disc - around
                old_blue, old_green, old_red, old_alpha = picture[top + v, left + u]
                half_up = np.float32(0.5)
                picture[top + v, left + u, 0] = np.uint8(
                    disc * blue + around * ring[2] + rest * old_blue + half_up
                )
                picture[top + v, left + u, 1] = np.uint8(
                    disc * green + around * ring[1] + rest * old_green + half_up
                )
                picture[top + v, left + u, 2] = np.uint8(
                    disc * red + around * ring[0] + rest * old_red + half_up
                )
                picture[top + v, left + u, 3] = np.uint8(
                    (disc + around) * np.float32(255.0) + rest * old_alpha + half_up
                )


@kernel
def gather(sums: Float32s, positions: Float32s, colors: Float32s, frame: Frame, side: int) -> float:
    """Add each point to `side` × `side` pixels; gives the largest sum of what points at a pixel count.

    `colors` has a row for each point, or one for all: red, green, blue, each multiplied with what the point
    counts, and that. `sums`, float32 [h, w, 4], takes the sums of these; or float32 [h, w, 1] those of the
    last.
    """
    height, width, channels = sums.shape
    right_edge, lower_edge = frame[0] + width / frame[2], frame[1] - height / frame[3]
    last = np.uint64(channels - 1)
    largest = np.float32(0.0)
    for point in select_inside(positions, frame[0], lower_edge, right_edge, frame[1]):
        left = int((positions[point, 0] - frame[0]) * frame[2])
        top = int((frame[1] - positions[point, 1]) * frame[3])
        entry = min(point, len(colors) - 1)
        for row in range(max(top, 0), min(top + side, height)):
            for column in range(max(left, 0), min(left + side, width)):
                down, across = np.uint64(row), np.uint64(column)  # no sign to look at
                if channels == 4:
                    for channel in range(4):
                        sums[down, across, np.uint64(channel)] += colors[entry, channel]
                else:
                    sums[down, across, last] += colors[entry, 3]
                largest = max(largest, sums[down, across, last])
    return float(largest)


@kernel
def tone(picture: Bytes, sums: Float32s, scale: Bytes, largest: float, faintest: float) -> None:
    """Colour each pixel by the logarithm of its points, along a scale, uint8 [256, 3].

    A scale without entries asks for the mean colour of the points.
    """
    whole = np.log1p(largest)
    logarithms = np.log1p((np.arange(4096) + 0.5) / 16.0)
    for down in range(sums.shape[0]):
        for right in range(sums.shape[1]):
            number = sums[down, right, sums.shape[2] - 1]
            if number <= 0.0:
                continue
            step = int(number * 16.0)
            logarithm = logarithms[step] if step < len(logarithms) else np.log1p(number)
            strength = min(faintest + (1.0 - faintest) * logarithm / whole, 1.0)
            alpha = min(1.0, 2.0 * number) * (1.0 if len(scale) else strength)
            entry = int(strength * 255.0)
            for channel in range(3):
                if len(scale):
                    value = np.float32(scale[entry, channel])
                else:
                    value = sums[down, right, channel] / number
                picture[down, right, 2 - channel] = np.uint8(value * alpha)
            picture[down, right, 3] = np.uint8(255.0 * alpha)


@kernel
def first_of_tiles(
    positions: Float32s, left_out: NDArray[np.bool_], corner: Frame, tile: tuple[float, float], most: int
) -> NDArray[np.int64]:
    """Numbers of the points inside a rectangle, of each tile of it the first `most`.

    The rectangle is left, bottom, right, top. Tiles lie at multiples of their width and height, wherever it
    is. `left_out` has no entries, or says of each point whether it is passed over.
    """
    left, bottom, right, top = corner
    first_column, first_row = np.floor(left / tile[0]), np.floor(bottom / tile[1])
    columns = int(np.floor(right / tile[0]) - first_column) + 1
    rows = int(np.floor(top / tile[1]) - first_row) + 1
    counts = np.zeros((rows, columns), np.int64)
    inside = select_inside(positions, left, bottom, right, top)
    found = np.empty(min(rows * columns * most, len(inside)), np.int64)
    across, upwards = 1.0 / tile[0], 1.0 / tile[1]
    count = 0
    for point in inside:
        if len(left_out) and left_out[point]:
            continue
        column = int(positions[point, 0] * across - first_column)
        row = int(positions[point, 1] * upwards - first_row)
        column, row = min(max(column, 0), columns - 1), min(max(row, 0), rows - 1)
        if counts[row, column] < most:
            counts[row, column] += 1
            found[count] = point
            count += 1
    return found[:count]


@kernel
def count_inside(positions: Float32s, left: float, bottom: float, right: float, top: float) -> int:
    """How many points are inside a rectangle."""
    low_x, low_y = np.float32(left), np.float32(bottom)
    high_x, high_y = np.float32(right), np.float32(top)
    count = 0
    for point in range(len(positions)):
        x, y = positions[point, 0], positions[point, 1]
        count += int((x >= low_x) & (x <= high_x) & (y >= low_y) & (y <= high_y))
    return count


@kernel
def choose_boxes(
    boxes: Float32s, forced: int, kept: int, apart: tuple[float, float], area: Frame
) -> NDArray[np.int64]:
    """Which of several boxes each thing gets, so that no two overlap; −1 for one that has no room.

    `boxes` is float32 [n, k, 4]: left, top, right, bottom of each possible place, the best first. Earlier
    things go first; the first `forced` get a box in any case, if there is one inside the `area`: left, top,
    right, bottom. Of the first `kept`, it is enough that they do not overlap.
    """
    chosen = np.full(len(boxes), -1, np.int64)
    placed = np.empty((len(boxes), 4), np.float32)
    count = 0
    for thing in range(len(boxes)):
        apart_x, apart_y = (0.0, 0.0) if thing < kept else apart
        best = -1
        for choice in range(boxes.shape[1]):
            left, top, right, bottom = boxes[thing, choice]
            if left < area[0] or top < area[1] or right > area[2] or bottom > area[3]:
                continue
            best = choice if best < 0 else best
            free = True
            for other in range(count):
                if (
                    left < placed[other, 2] + apart_x
                    and right > placed[other, 0] - apart_x
                    and top < placed[other, 3] + apart_y
                    and bottom > placed[other, 1] - apart_y
                ):
                    free = False
                    break
            if free:
                chosen[thing] = choice
                break
        if chosen[thing] < 0 and thing < forced:
            chosen[thing] = best
        if chosen[thing] >= 0:
            placed[count] = boxes[thing, chosen[thing]]
            count += 1
    return chosen


@kernel
def sort_into_cells(
    positions: Float32s, corner: tuple[float, float], per_unit: tuple[float, float], side: int
) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """Points by the cell of a grid, `side` × `side`, that they are in; within a cell in their order.

    Gives where each cell begins, int64 [side² + 1], and the numbers of the points. Those that are no numbers
    are left out.
    """
    starts = np.zeros(side * side + 1, np.int64)
    cells = np.full(len(positions), -1, np.int32)
    for point in range(len(positions)):
        x = (positions[point, 0] - corner[0]) * per_unit[0]
        y = (positions[point, 1] - corner[1]) * per_unit[1]
        if np.isfinite(x + y):
            column, row = min(max(int(x), 0), side - 1), min(max(int(y), 0), side - 1)
            cells[point] = row * side + column
            starts[cells[point] + 1] += 1
    for cell in range(side * side):
        starts[cell + 1] += starts[cell]
    order = np.empty(starts[-1], np.int32)
    ends = starts[:-1].copy()
    for point in range(len(positions)):
        if cells[point] >= 0:
            order[ends[cells[point]]] = point
            ends[cells[point]] += 1
    return starts, order
