"""Compiled search of a text: where a word stands, and where two words stand near each other."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from gloveui.core.kernels import kernel


@kernel
def find_word(
    ids: NDArray[np.int32], word: int, first: int, last: int, positions: NDArray[np.int64]
) -> tuple[int, int]:
    """Write where a word stands from `first` up to `last`, as far as there is room.

    Returns where to go on, and how many places were written.
    """
    written = 0
    for position in range(first, last):
        if ids[position] == word:
            if written == len(positions):
                return position, written
            positions[written] = position
            written += 1
    return last, written


@kernel
def find_pairs(
    ids: NDArray[np.int32],
    words: int,
    keeps_place: bool,
    anchor: int,
    other: int,
    left: int,
    right: int,
    first: int,
    last: int,
    anchors: NDArray[np.int64],
    others: NDArray[np.int64],
    distances: NDArray[np.int32],
) -> tuple[int, int]:
    """Write where `other` stands within `left` and `right` words of an `anchor` from `first` up to `last`.

    Words are counted as when X is made: `ids` holds -1 at a sentence's end; ids from `words` on are passed
    over, and take their place (`keeps_place`) or not. There must be room for ``left + right`` places.
    Returns where to go on, and how many places were written, in the order of the text around each anchor.
    """
    written = 0
    for position in range(first, last):
        if ids[position] != anchor:
            continue
        if len(anchors) - written < left + right:
            return position, written
        start = written
        place, distance = position - 1, 0
        while distance < left and place >= 0 and ids[place] >= 0:
            if ids[place] < words or keeps_place:
                distance += 1
            if ids[place] == other:
                anchors[written], others[written], distances[written] = position, place, distance
                written += 1
            place -= 1
        if written - start > 1:
            others[start:written] = others[start:written][::-1].copy()
            distances[start:written] = distances[start:written][::-1].copy()
        place, distance = position + 1, 0
        while distance < right and place < len(ids) and ids[place] >= 0:
            if ids[place] < words or keeps_place:
                distance += 1
            if ids[place] == other:
                anchors[written], others[written], distances[written] = position, place, distance
                written += 1
            place += 1
    return last, written


@kernel
def words_outward(
    ids: NDArray[np.int32], positions: NDArray[np.int64], step: int, level: int
) -> NDArray[np.int32]:
    """Ids of the words that stand `level` places, from 1, before (step -1) or after (1) some positions.

    -1 where the sentence ends before.
    """
    found = np.empty(len(positions), np.int32)
    for number in range(len(positions)):
        place = positions[number]
        word = np.int32(0)
        for _ in range(level):
            place += step
            word = ids[place] if 0 <= place < len(ids) else np.int32(-1)
            if word < 0:
                break
        found[number] = word
    return found
