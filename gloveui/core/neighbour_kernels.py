"""Compiled code that keeps the nearest words of many at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from gloveui.core.kernels import kernel, reordering_kernel

Floats = NDArray[np.float32] | NDArray[np.float64]
Places = NDArray[np.int32]

LOOKED_AT = 128  # products that are passed over together where none is large enough


@kernel
def keep_largest(products: Floats, columns: Places, own: Places, scores: Floats, kept: Places) -> None:
    """Go on finding the largest products of each row; of two that are equal, that of the smaller place.

    Parameters
    ----------
    products
        [b, m]: of the words of this block with some others.
    columns
        [m]: the places of these others.
    own
        [b]: the place of each row's word, which is passed over.
    scores, kept
        [b, k]: a heap for each row, its smallest product first. They begin with −inf and the largest int32.
    """
    for row in range(len(products)):
        heap, places, found = scores[row], kept[row], products[row]
        for begin in range(0, len(columns), LOOKED_AT):
            end = min(begin + LOOKED_AT, len(columns))
            if not _any_reaches(found[begin:end], heap[0]):
                continue
            for column in range(begin, end):
                score = found[column]
                if score < heap[0] or columns[column] == own[row]:
                    continue
                if score > heap[0] or columns[column] < places[0]:
                    _replace_first(heap, places, score, columns[column])


@kernel
def _any_reaches(found: Floats, least: float | np.float32) -> bool:
    """Whether one of some products is not below the least; they are looked at several at a time."""
    reached = 0
    for column in range(len(found)):
        reached |= found[column] >= least
    return reached > 0


@kernel
def look_around(
    units: Floats, near: Places, first: int, scores: Floats, kept: Places, seen: NDArray[np.int64]
) -> None:
    """Try the neighbours of neighbours of some words.

    Parameters
    ----------
    units
        float32 [n, D]: all words at length 1.
    near
        [n, m]: some near words of each.
    first
        The place of the first of the words in `scores` and `kept`, which are heaps as in `keep_largest`.
    seen
        [n]: room to note what has been tried; begins with −1 and serves for all calls of a round.
    """
    for row in range(len(kept)):
        own, heap, places = first + row, scores[row], kept[row]
        seen[own] = own
        for place in places:
            seen[place] = own
        for neighbour in near[own]:
            for place in near[neighbour]:
                if seen[place] != own:
                    seen[place] = own
                    score = _product(units[own], units[place])
                    if score > heap[0]:
                        _replace_first(heap, places, score, place)


@kernel
def exact_cosines(vectors: Floats, norms: Floats, rows: Places, others: Places, cosines: Floats) -> None:
    """Fill [b, m]: the cosine of each of `rows` with the words in its row of `others`, summed up in float64.

    `norms` are 1 for vectors of zeros.
    """
    for row in range(len(others)):
        own = rows[row]
        for column in range(others.shape[1]):
            other, total = others[row, column], 0.0
            for d in range(vectors.shape[1]):
                total += np.float64(vectors[own, d]) * np.float64(vectors[other, d])
            cosines[row, column] = total / norms[own] / norms[other]


@reordering_kernel
def _product(first: Floats, second: Floats) -> np.float32:
    total = np.float32(0.0)
    for d in range(len(first)):
        total += first[d] * second[d]
    return total


@kernel
def _replace_first(heap: Floats, places: Places, score: float | np.float32, place: int) -> None:
    """Put a word in the place of the smallest, and let it sink to where it belongs."""
    at, size = 0, len(heap)
    while True:
        child = 2 * at + 1
        if child >= size:
            break
        right = child + 1
        if right < size and (
            heap[right] < heap[child] or (heap[right] == heap[child] and places[right] > places[child])
        ):
            child = right
        if heap[child] > score or (heap[child] == score and places[child] < place):
            break
        heap[at], places[at] = heap[child], places[child]
        at = child
    heap[at], places[at] = score, place
