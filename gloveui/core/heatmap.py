"""The whole matrix as a picture: cells where they can be seen, else blocks of cells."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from gloveui.core.cooccurrence import CooccurrenceMatrix
from gloveui.core.parallel import map_in_order
from gloveui.core.predicted_blocks import block_maxima, block_means, can_find_maxima
from gloveui.core.progress import Progress, Task
from gloveui.core.quantities import Quantity, plain_arrays
from gloveui.core.quantity_terms import terms_of
from gloveui.core.resources import Resources
from gloveui.core.word_order import WordOrder

REDUCTIONS = ("sum", "maximum", "mean")
MARGIN = 0.5  # of a screen on each side: so far one can move without a new picture
WORTH_A_SEARCH = 0.75  # share of the context words up to which their part of each row is looked up
LARGEST_SIDE = 1 << 14  # blocks
UNIT_WORK = 400_000  # pairs reduced at a time, some 2 ms
UNIT_ERRORS = 60_000  # the same where each pair is a product of two vectors
ROW_WORK = 100  # pairs that could be reduced in the time it takes to find a row

Float32: TypeAlias = NDArray[np.float32]
Float64: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True)
class View:
    """A part of the matrix, and how coarsely it is seen.

    Attributes
    ----------
    first_row, last_row, first_column, last_column
        Places of an order of words, half-open. The first ones are multiples of `block`; the last ones are,
        too, or the number of words shown.
    block
        Cells on a side of what becomes one value; a power of two. Blocks begin at multiples of it, so they
        hold the same cells wherever one looks.
    """

    first_row: int
    last_row: int
    first_column: int
    last_column: int
    block: int

    def __post_init__(self) -> None:
        if self.block < 1 or self.block & (self.block - 1):
            raise ValueError(f"block must be a power of two, got {self.block}")
        if self.first_row % self.block or self.first_column % self.block:
            raise ValueError(f"a view begins at multiples of its block, got {self}")
        if not (0 <= self.first_row <= self.last_row and 0 <= self.first_column <= self.last_column):
            raise ValueError(f"a view ends behind its beginning, got {self}")

    @property
    def height(self) -> int:
        """Blocks from top to bottom."""
        return -(-(self.last_row - self.first_row) // self.block)

    @property
    def width(self) -> int:
        """Blocks from left to right."""
        return -(-(self.last_column - self.first_column) // self.block)

    def covers(self, first_row: float, last_row: float, first_column: float, last_column: float) -> bool:
        """Whether all of a part of the matrix is in this view."""
        return (
            self.first_row <= first_row
            and last_row <= self.last_row
            and self.first_column <= first_column
            and last_column <= self.last_column
        )


@dataclass(frozen=True, eq=False)
class HeatmapPicture:
    """What a view shows; read-only.

    Attributes
    ----------
    view, quantity
        What it is of.
    reduction
        How the values of a block became one; for the prediction of a very large view this is ``"mean"`` where
        the maximum was asked for.
    values
        float32, shape (height, width) of the view: NaN where no pair of the block occurs.
    lowest, highest
        The extremes of the values; None if there is none.
    """

    view: View
    quantity: Quantity
    reduction: str
    values: Float32
    lowest: float | None
    highest: float | None

    def __post_init__(self) -> None:
        self.values.setflags(write=False)


def fitting_view(
    first_row: float,
    last_row: float,
    first_column: float,
    last_column: float,
    size: int,
    height_px: float,
    width_px: float,
) -> View:
    """The view to make a picture of, for a part of the matrix that fills some pixels.

    Parameters
    ----------
    first_row, last_row, first_column, last_column
        Places in sight, with fractions; they may lie outside the matrix.
    size
        Words shown.
    height_px, width_px
        The pixels that these fill.

    Returns
    -------
    View
        With the smallest blocks that have a pixel each, and a margin of half of what is in sight.
    """
    cells_a_pixel = max(
        (last_row - first_row) / max(height_px, 1.0), (last_column - first_column) / max(width_px, 1.0), 1.0
    )
    block = 1 << math.ceil(math.log2(cells_a_pixel))
    return View(
        *_with_margin(first_row, last_row, size, block),
        *_with_margin(first_column, last_column, size, block),
        block,
    )


def heatmap_picture(
    matrix: CooccurrenceMatrix,
    order: WordOrder,
    quantity: Quantity,
    view: View,
    reduction: str,
    resources: Resources,
) -> Task[HeatmapPicture]:
    """Reduce a part of the matrix by blocks; each Progress carries the fraction done.

    ``"sum"`` adds up the cells of a block. ``"maximum"`` takes the largest; of errors the one furthest from
    zero, with its sign. ``"mean"`` is over all cells of a block where a pair that never occurs has the value
    0 (and for predictions), else over the pairs that occur. Cells beyond the matrix do not exist. Threads
    change nothing in the result.

    Raises
    ------
    ValueError
        If the reduction is unknown, the view larger than the words shown or `LARGEST_SIDE`, or the parameters
        of the quantity belong to other words.
    """
    _check(matrix, order, quantity, view, reduction)
    yield Progress("preparing", 0.0)
    if view.height == 0 or view.width == 0:
        values = np.empty((view.height, view.width), np.float32)
    elif quantity.is_dense:
        values, reduction = yield from _predicted(order, quantity, view, reduction, resources)
    else:
        values = yield from _reduced(matrix, order, quantity, view, reduction, resources)
    return HeatmapPicture(view, quantity, reduction, values, *_extremes(values))


def _with_margin(first: float, last: float, size: int, block: int) -> tuple[int, int]:
    """First and last place, on multiples of the block or at the end."""
    margin = MARGIN * (last - first)
    begin = min(max(math.floor((first - margin) / block) * block, 0), size // block * block)
    end = min(max(math.ceil((last + margin) / block) * block, begin), size)
    return begin, max(begin, end)


def _check(
    matrix: CooccurrenceMatrix, order: WordOrder, quantity: Quantity, view: View, reduction: str
) -> None:
    if reduction not in REDUCTIONS:
        raise ValueError(f"expected one of {REDUCTIONS}, got {reduction!r}")
    if max(view.last_row, view.last_column) > len(order.ids):
        raise ValueError(f"expected places of {len(order.ids)} words, got {view}")
    if max(view.height, view.width) > LARGEST_SIDE:
        raise ValueError(f"expected at most {LARGEST_SIDE} blocks on a side, got {view}")
    quantity.check_words(matrix)


def _cells(first: int, last: int, block: int) -> Float64:
    """How many places each block has: all the same, the last perhaps fewer."""
    edges = np.append(np.arange(first, last, block), last)
    return np.diff(edges).astype(np.float64)


def _extremes(values: Float32) -> tuple[float | None, float | None]:
    from gloveui.core import heatmap_kernels as kernels  # compiled code: loaded when first needed

    lowest, highest = kernels.extremes(values)
    return (lowest, highest) if lowest <= highest else (None, None)


def _predicted(
    order: WordOrder, quantity: Quantity, view: View, reduction: str, resources: Resources
) -> Task[tuple[Float32, str]]:
    """The picture of a prediction, and how its blocks were reduced in the end."""
    parameters = quantity.model
    rows = order.ids[view.first_row : view.last_row]
    columns = order.ids[view.first_column : view.last_column]
    if reduction == "maximum" and can_find_maxima(rows, columns):
        return (yield from block_maxima(parameters, rows, columns, view.block)), reduction
    means = yield from block_means(parameters, rows, columns, view.block, resources.thread_count)
    if reduction == "sum":
        means *= _cells(view.first_row, view.last_row, view.block)[:, None].astype(np.float32)
        means *= _cells(view.first_column, view.last_column, view.block).astype(np.float32)
        return means, reduction
    return means, "mean"


def _reduced(
    matrix: CooccurrenceMatrix,
    order: WordOrder,
    quantity: Quantity,
    view: View,
    reduction: str,
    resources: Resources,
) -> Task[Float32]:
    """The picture of a quantity that only pairs have that occur."""
    from gloveui.core import heatmap_kernels as kernels  # compiled code: loaded when first needed

    reduce = yield from _reducer(matrix, order, quantity, view, reduction, resources)
    rule = _rule(quantity, reduction)
    heights = _cells(view.first_row, view.last_row, view.block)
    widths = _cells(view.first_column, view.last_column, view.block)
    picture = np.empty((view.height, view.width), np.float32)
    units = _units(matrix, order, quantity, view)

    def work(unit: slice) -> Float64 | None:
        reduced = reduce(unit)
        if not _is_whole(unit, view):
            return reduced
        rows = slice(unit.start // view.block, -(-unit.stop // view.block))
        kernels.finish(reduced, rule, heights[rows], widths, picture[rows])
        return None

    waiting: Float64 | None = None  # of a row of the picture that is made of several units
    for unit, reduced in zip(units, map_in_order(work, units, resources.thread_count), strict=True):
        if reduced is not None:
            waiting = reduced if waiting is None else _together(waiting, reduced, reduction)
            if _ends_a_row(unit, view):
                row = unit.start // view.block
                kernels.finish(waiting, rule, heights[row:], widths, picture[row : row + 1])
                waiting = None
        yield Progress("preparing", unit.stop / (view.last_row - view.first_row))
    return picture


def _reducer(
    matrix: CooccurrenceMatrix,
    order: WordOrder,
    quantity: Quantity,
    view: View,
    reduction: str,
    resources: Resources,
) -> Task[Callable[[slice], Float64]]:
    """A function that reduces some rows of the view to float64, shape (rows of the picture, width, 2)."""
    from gloveui.core import heatmap_kernels as kernels  # compiled code: loaded when first needed

    terms = yield from terms_of(matrix, quantity, resources)
    words = order.ids[view.first_row : view.last_row]
    slots, column_range = _slots(order, view)
    arrays = plain_arrays(matrix)

    def reduce(unit: slice) -> Float64:
        chosen = words[unit]
        reduced = np.empty((-(-len(chosen) // view.block), view.width, 2))
        kernels.reduce_rows(
            *arrays, chosen, view.block, slots, column_range, terms.kind, terms.rows[chosen], terms.columns,
            terms.alpha, terms.words(chosen), terms.contexts.ravel(), reduction == "maximum", reduced,
        )  # fmt: skip
        return reduced

    return reduce


def _slots(order: WordOrder, view: View) -> tuple[NDArray[np.uint16], tuple[int, int]]:
    """The picture's column of each context word, see `reduce_rows`, and between which ids to look."""
    from gloveui.core.heatmap_kernels import PLACES_ASIDE  # compiled code: loaded when first needed

    shift = view.block.bit_length() - 1
    places = order.places
    aside = view.width + np.arange(len(places)) % PLACES_ASIDE
    is_in = (places >= view.first_column) & (places < view.last_column)
    slots = np.where(is_in, (places - view.first_column) >> shift, aside).astype(np.uint16)
    ids = order.ids[view.first_column : view.last_column]
    first, last = int(ids.min()), int(ids.max()) + 1
    is_worth_a_search = last - first < WORTH_A_SEARCH * len(places)
    return slots, (first, last) if is_worth_a_search else (0, len(places))


def _units(matrix: CooccurrenceMatrix, order: WordOrder, quantity: Quantity, view: View) -> list[slice]:
    """Rows of the view in pieces of about the same work: whole rows of the picture, or parts of one.

    They depend on the picture alone, so sums are the same on any number of threads.
    """
    words = order.ids[view.first_row : view.last_row]
    work = np.diff(matrix.starts)[words] + ROW_WORK
    work[:: view.block] += view.width
    done = np.concatenate([[0], np.cumsum(work)])
    most = UNIT_ERRORS if quantity.name == "error" else UNIT_WORK
    units, first = [], 0
    while first < len(words):
        last = int(np.searchsorted(done, done[first] + most, side="right")) - 1
        row_end = min((first // view.block + 1) * view.block, len(words))
        is_begin = first % view.block == 0
        if is_begin and last >= row_end:
            last = last if last == len(words) else last // view.block * view.block
        else:
            last = min(max(last, first + 1), row_end)
        units.append(slice(first, last))
        first = last
    return units


def _ends_a_row(unit: slice, view: View) -> bool:
    return bool(unit.stop % view.block == 0 or unit.stop == view.last_row - view.first_row)


def _is_whole(unit: slice, view: View) -> bool:
    return bool(unit.start % view.block == 0) and _ends_a_row(unit, view)


def _together(one: Float64, other: Float64, reduction: str) -> Float64:
    """What two parts of one row of a picture make together."""
    if reduction != "maximum":
        return one + other
    largest, smallest = np.maximum(one[..., 0], other[..., 0]), np.minimum(one[..., 1], other[..., 1])
    return np.stack([largest, smallest], axis=-1)


def _rule(quantity: Quantity, reduction: str) -> int:
    from gloveui.core import heatmap_kernels as kernels  # compiled code: loaded when first needed

    if reduction == "sum":
        return kernels.SUM
    if reduction == "mean":
        return kernels.MEAN_OF_CELLS if quantity.fills_zero else kernels.MEAN_OF_PAIRS
    return kernels.STRONGEST if quantity.name == "error" else kernels.MAXIMUM
