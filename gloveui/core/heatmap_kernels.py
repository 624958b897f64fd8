"""Compiled reduction of a sparse matrix to the blocks of a picture."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from gloveui.core.kernels import kernel, reordering_kernel
from gloveui.core.machine_hints import prefetch
from gloveui.core.quantity_kernels import ERROR, fill_errors, fill_values

CHUNK = 512  # entries whose values are made before they are added up: they stay in the nearest cache
ROWS_AHEAD, ENTRIES_AHEAD = 2, 64  # what of which rows is fetched before it is needed
PLACES_ASIDE = 16  # behind a row of the picture, for columns that are not in it
LANES = 2  # neighbours often fall into one block: adding to it by turns in two places waits less
SUM, MAXIMUM, MEAN_OF_CELLS, MEAN_OF_PAIRS, STRONGEST = range(5)

Float32s = NDArray[np.float32]
Float64s = NDArray[np.float64]


@kernel
def reduce_rows(
    starts: NDArray[np.int64],
    columns: NDArray[np.int32],
    values: Float32s,
    words: NDArray[np.int32],
    block: int,
    slots: NDArray[np.uint16],
    column_range: tuple[int, int],
    kind: int,
    row_terms: Float32s,
    column_terms: Float32s,
    alpha: np.float32,
    word_vectors: Float32s,
    context_vectors: Float32s,
    is_maximum: bool,
    reduced: Float64s,
) -> None:
    """Reduce the rows of some words, `block` of them to a row of a picture.

    `slots` is the picture's column of each context word, or one of `PLACES_ASIDE` behind the last; all words
    that are in it have ids in `column_range`, half-open. `row_terms` and `word_vectors` have an entry for
    each of the words. `reduced`, shape (rows, width, 2), is filled with the sum and the number of pairs of
    each block, or with its largest and smallest value, −inf and inf where no pair occurs.
    """
    width = reduced.shape[1]
    lane = np.uint64(2 * (width + PLACES_ASIDE))
    sums = np.empty(LANES * 2 * (width + PLACES_ASIDE))
    filled = np.empty(CHUNK, np.float32)
    for row in range(reduced.shape[0]):
        clear(sums, is_maximum)
        for number in range(row * block, min((row + 1) * block, len(words))):
            word, soon = words[number], words[min(number + ROWS_AHEAD, len(words) - 1)]
            prefetch(columns, starts[soon], ENTRIES_AHEAD)
            prefetch(values, starts[soon], ENTRIES_AHEAD)
            first, last = starts[word], starts[word + 1]
            if column_range[0] > 0:
                first = find(columns, first, last, column_range[0])
            if column_range[1] < len(slots):
                last = find(columns, first, last, column_range[1])
            while first < last:
                size = min(last - first, CHUNK)
                if kind == ERROR:
                    fill_errors(values, columns, first, size, word_vectors[number], context_vectors, filled)
                else:
                    fill_values(
                        kind, values, columns, first, size, row_terms[number], column_terms, alpha, filled
                    )
                if is_maximum:
                    compare(filled, columns, first, size, slots, sums)
                else:
                    add(filled, columns, first, size, slots, lane, sums)
                first += size
        merge(sums, lane, is_maximum, reduced[row])


@kernel
def find(columns: NDArray[np.int32], first: int, last: int, wanted: int) -> int:
    """The first of the entries ``first`` to ``last - 1`` whose column is `wanted` or behind it, or `last`."""
    if first == last or columns[first] >= wanted:
        return first
    if columns[last - 1] < wanted:
        return last
    while first < last:
        middle = (first + last) // 2
        if columns[middle] < wanted:
            first = middle + 1
        else:
            last = middle
    return first


@kernel
def clear(sums: Float64s, is_maximum: bool) -> None:
    """Nothing has been met yet."""
    for place in range(0, len(sums), 2):
        sums[place] = -np.inf if is_maximum else 0.0
        sums[place + 1] = np.inf if is_maximum else 0.0


@kernel
def add(
    filled: Float32s,
    columns: NDArray[np.int32],
    first: int,
    size: int,
    slots: NDArray[np.uint16],
    lane: np.uint64,
    sums: Float64s,
) -> None:
    """Add values to the sums of their columns, and count them."""
    begin = np.uint64(first)
    pairs = np.uint64(size // 2)
    for pair in range(pairs):
        k = np.uint64(2) * pair
        place = np.uint64(2) * np.uint64(slots[np.uint64(columns[begin + k])])
        other = np.uint64(2) * np.uint64(slots[np.uint64(columns[begin + k + np.uint64(1)])]) + lane
        sums[place] += filled[k]
        sums[place + np.uint64(1)] += 1.0
        sums[other] += filled[k + np.uint64(1)]
        sums[other + np.uint64(1)] += 1.0
    if size % 2:
        place = np.uint64(2) * np.uint64(slots[columns[first + size - 1]])
        sums[place] += filled[size - 1]
        sums[place + np.uint64(1)] += 1.0


@kernel
def compare(
    filled: Float32s,
    columns: NDArray[np.int32],
    first: int,
    size: int,
    slots: NDArray[np.uint16],
    sums: Float64s,
) -> None:
    """Keep the largest and the smallest value of each column."""
    begin = np.uint64(first)
    for k in range(np.uint64(size)):
        place = np.uint64(2) * np.uint64(slots[np.uint64(columns[begin + k])])
        value = float(filled[k])
        sums[place] = max(sums[place], value)
        sums[place + np.uint64(1)] = min(sums[place + np.uint64(1)], value)


@kernel
def merge(sums: Float64s, lane: np.uint64, is_maximum: bool, reduced: Float64s) -> None:
    """What all lanes hold together, of the columns in the picture."""
    for column in range(len(reduced)):
        place, other = 2 * column, 2 * column + np.int64(lane)
        if is_maximum:
            reduced[column, 0] = max(sums[place], sums[other])
            reduced[column, 1] = min(sums[place + 1], sums[other + 1])
        else:
            reduced[column, 0] = sums[place] + sums[other]
            reduced[column, 1] = sums[place + 1] + sums[other + 1]


@kernel
def finish(reduced: Float64s, rule: int, heights: Float64s, widths: Float64s, picture: Float32s) -> None:
    """Write the rows of a picture, NaN where no pair occurs; cells of a block are its height times width."""
    for row in range(reduced.shape[0]):
        for column in range(reduced.shape[1]):
            one, other = reduced[row, column, 0], reduced[row, column, 1]
            if rule == SUM:
                picture[row, column] = one if other > 0 else np.nan
            elif rule == MEAN_OF_PAIRS:
                picture[row, column] = one / other if other > 0 else np.nan
            elif rule == MEAN_OF_CELLS:
                cells = heights[row] * widths[column]
                picture[row, column] = one / cells if other > 0 else np.nan
            elif one < other:
                picture[row, column] = np.nan
            else:
                picture[row, column] = other if rule == STRONGEST and -other > one else one


@kernel
def extremes(picture: Float32s) -> tuple[float, float]:
    """The smallest and the largest finite number, inf and −inf if there is none."""
    lowest, highest = np.inf, -np.inf
    for row in range(picture.shape[0]):
        for column in range(picture.shape[1]):
            value = float(picture[row, column])
            if np.isfinite(value):
                lowest, highest = min(lowest, value), max(highest, value)
    return lowest, highest


@reordering_kernel
def fill_means(vectors: Float32s, first: int, last: int, block: int, means: Float32s) -> None:
    """Write the mean of each block of rows, for blocks ``first`` to ``last - 1``."""
    total = np.empty(vectors.shape[1])
    for row in range(first, last):
        begin, end = row * block, min((row + 1) * block, len(vectors))
        total[:] = 0.0
        for number in range(begin, end):
            for d in range(len(total)):
                total[d] += vectors[number, d]
        for d in range(len(total)):
            means[row, d] = total[d] / (end - begin)


@kernel
def raise_maxima(products: Float32s, first: int, block: int, maxima: Float32s) -> None:
    """Raise the largest cell of each block to that of some rows of a dense matrix, from row `first` on."""
    for row in range(products.shape[0]):
        above = (first + row) // block
        for column in range(maxima.shape[1]):
            largest = maxima[above, column]
            for cell in range(column * block, min((column + 1) * block, products.shape[1])):
                largest = max(largest, products[row, cell])
            maxima[above, column] = largest
