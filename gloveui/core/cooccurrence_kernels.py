"""Compiled counting: an inverted index of the text, and one dense row of sums at a time."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from gloveui.core.kernels import kernel
from gloveui.core.machine_hints import prefetch

COLUMNS_A_MARK = 8  # a cache line of sums
MARKS_A_GROUP = 8  # looked at as one number of 64 bits
GROUPS_AT_ONCE = 8
COLUMN_BLOCK = COLUMNS_A_MARK * MARKS_A_GROUP * GROUPS_AT_ONCE  # sums come in whole blocks
AHEAD = 16  # occurrences: so early is the text around one asked for
BLOCKS_A_POSITION = 64  # looking through so many blocks takes as long as counting around one occurrence


@kernel
def count_words(ids: NDArray[np.int32], slots: NDArray[np.int32], counts: NDArray[np.int64]) -> None:
    """Add to `counts` how often the word of each slot stands in these ids; -1 is no slot."""
    for word in ids:
        if 0 <= word < len(slots):
            slot = slots[word]
            if slot >= 0:
                counts[slot] += 1


@kernel
def place_words(
    ids: NDArray[np.int32],
    offset: int,
    slots: NDArray[np.int32],
    places: NDArray[np.int64],
    positions: NDArray[Any],
) -> None:
    """Write where words stand: the position of each goes to the place of its slot, which moves on by one.

    `offset` is the position of ``ids[0]`` in the text; `positions` is int32 or int64.
    """
    for number in range(len(ids)):
        word = ids[number]
        if 0 <= word < len(slots):
            slot = slots[word]
            if slot >= 0:
                positions[places[slot]] = offset + number
                places[slot] += 1


@kernel
def count_rows(
    ids: NDArray[np.int32],
    words: int,
    keeps_place: bool,
    left: NDArray[np.int64],
    right: NDArray[np.int64],
    unit: float,
    starts: NDArray[np.int64],
    positions: NDArray[Any],
    first: int,
    last: int,
    done: tuple[int, int, int],
    most: int,
    sums: NDArray[np.int64],
    marks: NDArray[np.uint8],
    columns: NDArray[np.int32],
    values: NDArray[np.float32],
    row_ends: NDArray[np.int64],
) -> tuple[int, int, int]:
    """Go on counting the context words of slots ``first`` to ``last - 1``, for about `most` positions.

    `done` and the result are: the row to go on with, the next of its positions, and the pairs written.
    `ids` holds -1 at a sentence's end; ids from `words` on are passed over, and take their place or not.
    `left` and `right` hold the weight by distance, from 1, in units of which `unit` are 1; an empty one means
    that this side is not looked at. `sums` and `marks` are zeros, and are again when a row is complete. The
    columns of a row are ascending. There must be room for one pair more than there is.
    """
    row, entry, written = done
    remaining = np.int64(most)
    while row < last and remaining > 0:
        stop = min(starts[row + 1], entry + remaining)
        _add_contexts(ids, positions[entry:stop], words, keeps_place, left, right, sums, marks)
        remaining -= stop - entry + 1 + len(sums) // (COLUMN_BLOCK * BLOCKS_A_POSITION)
        entry = stop
        if entry == starts[row + 1]:
            written = _take_row(sums, marks, unit, columns, values, written)
            row_ends[row - first] = written
            row += 1
    return row, entry, written


@kernel
def _add_contexts(
    ids: NDArray[np.int32],
    positions: NDArray[Any],
    words: int,
    keeps_place: bool,
    left: NDArray[np.int64],
    right: NDArray[np.int64],
    sums: NDArray[np.int64],
    marks: NDArray[np.uint8],
) -> None:
    """Add the weights of all words around some positions to `sums`, and mark which lines of it are in use."""
    for number in range(len(positions)):
        position = np.int64(positions[number])
        # A rare word's places lie far apart, and where a sentence ends is not known before it has come.
        soon = np.int64(positions[min(number + AHEAD, len(positions) - 1)])
        prefetch(ids, max(soon - len(left), 0), 1)
        prefetch(ids, min(soon + len(right), len(ids) - 1), 1)
        place, distance = position + 1, 0
        while distance < len(right) and place < len(ids):
            word = ids[place]
            place += 1
            if word < 0:
                break
            if word < words:
                column = np.uint64(word)  # unsigned, so that no check for a negative index is made
                sums[column] += right[distance]
                marks[column // np.uint64(COLUMNS_A_MARK)] = 1
                distance += 1
            elif keeps_place:
                distance += 1
        place, distance = position - 1, 0
        while distance < len(left) and place >= 0:
            word = ids[place]
            place -= 1
            if word < 0:
                break
            if word < words:
                column = np.uint64(word)
                sums[column] += left[distance]
                marks[column // np.uint64(COLUMNS_A_MARK)] = 1
                distance += 1
            elif keeps_place:
                distance += 1


@kernel
def _take_row(
    sums: NDArray[np.int64],
    marks: NDArray[np.uint8],
    unit: float,
    columns: NDArray[np.int32],
    values: NDArray[np.float32],
    written: int,
) -> int:
    """Write the sums that are not zero, in order, and set them to zero; returns how many pairs there are."""
    first = written
    groups = marks.view(np.uint64)
    for block in range(0, len(groups), GROUPS_AT_ONCE):
        is_met = np.uint64(0)
        for group in range(block, block + GROUPS_AT_ONCE):
            is_met |= groups[group]
        if is_met == 0:
            continue
        for group in range(block, block + GROUPS_AT_ONCE):
            if groups[group] == 0:
                continue
            for mark in range(group * MARKS_A_GROUP, (group + 1) * MARKS_A_GROUP):
                if marks[mark]:
                    for column in range(mark * COLUMNS_A_MARK, (mark + 1) * COLUMNS_A_MARK):
                        columns[written] = column
                        written += sums[column] != 0
            groups[group] = 0
    for pair in range(first, written):
        column = columns[pair]
        values[pair] = np.float32(sums[column] / unit)
        sums[column] = 0
    return written
