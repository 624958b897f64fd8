"""Compiled counting: an inverted index of the text, and one dense row of sums at a time."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from gloveui.core.kernels import kernel


@kernel
def positions_by_word(ids: NDArray[np.int32], words: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where each word stands: ``positions[starts[w]:starts[w + 1]]``, ascending."""
    starts = np.zeros(words + 1, np.int64)
    for word in ids:
        if word >= 0:
            starts[word + 1] += 1
    for word in range(words):
        starts[word + 1] += starts[word]
    positions = np.empty(starts[words], np.int64)
    filled = starts[:-1].copy()
    for position in range(len(ids)):
        word = ids[position]
        if word >= 0:
            positions[filled[word]] = position
            filled[word] += 1
    return starts, positions


@kernel
def count_rows(
    ids: NDArray[np.int32],
    starts: NDArray[np.int64],
    positions: NDArray[np.int64],
    first: int,
    last: int,
    left: NDArray[np.float64],
    right: NDArray[np.float64],
    contexts: NDArray[np.int32],
    values: NDArray[np.float64],
    row_ends: NDArray[np.int64],
) -> int:
    """Count the context words of the words ``first`` to ``last - 1``; returns how many pairs were written.

    `ids` holds -1 at a sentence's end and -2 for a word that is passed over but takes its place. `left` and
    `right` hold the weight by distance, from 1; an empty one means that this side is not looked at. The pairs
    of a row are in no order.
    """
    words = len(starts) - 1
    sums = np.zeros(words, np.float64)
    met = np.empty(words + 1, np.int32)
    written = 0
    for word in range(first, last):
        met_count = 0
        for entry in range(starts[word], starts[word + 1]):
            position = positions[entry]
            for distance in range(1, min(len(right), len(ids) - 1 - position) + 1):
                context = ids[position + distance]
                if context == -1:
                    break
                if context >= 0:
                    met[met_count] = context
                    met_count += sums[context] == 0.0
                    sums[context] += right[distance - 1]
            for distance in range(1, min(len(left), position) + 1):
                context = ids[position - distance]
                if context == -1:
                    break
                if context >= 0:
                    met[met_count] = context
                    met_count += sums[context] == 0.0
                    sums[context] += left[distance - 1]
        for context in met[:met_count]:
            contexts[written] = context
            values[written] = sums[context]
            sums[context] = 0.0
            written += 1
        row_ends[word - first] = written
    return written


@kernel
def transpose(
    starts: NDArray[np.int64], columns: NDArray[np.int32], values: NDArray[np.float32]
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.float32]]:
    """The transposed CSR matrix (square), its columns ascending in each row."""
    size = len(starts) - 1
    new_starts = np.zeros(size + 1, np.int64)
    for column in columns:
        new_starts[column + 1] += 1
    for row in range(size):
        new_starts[row + 1] += new_starts[row]
    filled = new_starts[:-1].copy()
    new_columns = np.empty_like(columns)
    new_values = np.empty_like(values)
    for row in range(size):
        for entry in range(starts[row], starts[row + 1]):
            place = filled[columns[entry]]
            new_columns[place] = row
            new_values[place] = values[entry]
            filled[columns[entry]] += 1
    return new_starts, new_columns, new_values
