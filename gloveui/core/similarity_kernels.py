"""Compiled: which words have like contexts, and the order that puts them beside each other."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from gloveui.core.kernels import kernel, reordering_kernel
from gloveui.core.quantity_kernels import PPMI, fill_values

CHUNK = 512  # entries of a row whose PPMI is made at a time

Float32s = NDArray[np.float32]
Float64s = NDArray[np.float64]
Places = NDArray[np.int32]
# Starts, columns and values of the matrix; what PMI adds by row and takes off by column.
Arrays = tuple[NDArray[np.int64], Places, Float32s, Float32s, Float32s]


@reordering_kernel
def fill_ppmi(arrays: Arrays, word: int, first: int, size: int, ppmi: Float32s) -> None:
    """Write the PPMI of the entries ``first`` to ``first + size - 1``, all of the row of one word."""
    _, columns, values, row_terms, column_terms = arrays
    fill_values(PPMI, values, columns, first, size, row_terms[word], column_terms, np.float32(1), ppmi)


@kernel
def fill_contexts(
    arrays: Arrays,
    words: NDArray[np.int32],
    first_context: int,
    next_entries: NDArray[np.int64],
    filled: Float32s,
) -> None:
    """Write the PPMI of some words with some contexts that follow one another; go on from `next_entries`."""
    last_context = first_context + filled.shape[1]
    starts, columns, ppmi = arrays[0], arrays[1], np.empty(CHUNK, np.float32)
    filled[:] = 0.0
    for number in range(len(words)):
        word = words[number]
        entry, end = next_entries[number], starts[word + 1]
        while entry < end and columns[entry] < last_context:
            size = min(end - entry, CHUNK)
            fill_ppmi(arrays, word, entry, size, ppmi)
            used = 0
            while used < size and columns[entry + used] < last_context:
                filled[number, columns[entry + used] - first_context] = ppmi[used]
                used += 1
            entry += used
        next_entries[number] = entry


@kernel
def average_linkage(distances: Float64s) -> NDArray[np.int32]:
    """Merge the two nearest groups until one is left: int32, shape (n − 1, 2).

    Row k has the two parts of group n + k; groups below n are single words. `distances` is used up. The
    distance of groups is the mean over their pairs; by chains of nearest neighbours (Müllner 2011).
    """
    n = len(distances)
    merges = np.empty((n - 1, 2), np.int32)
    sizes, group = np.ones(n), np.arange(n).astype(np.int32)
    chain, length = np.empty(n + 1, np.int64), 0
    for merge in range(n - 1):
        if length == 0:
            chain[0], length = np.argmax(sizes > 0), 1
        while True:
            tip = chain[length - 1]
            before = chain[length - 2] if length > 1 else -1
            nearest, least = before, distances[tip, before] if length > 1 else np.inf
            for other in range(n):
                if sizes[other] > 0 and other != tip and (nearest < 0 or distances[tip, other] < least):
                    nearest, least = other, distances[tip, other]
            if nearest == before:
                break
            chain[length] = nearest
            length += 1
        length -= 2
        one, other = min(tip, nearest), max(tip, nearest)
        merges[merge, 0], merges[merge, 1] = group[one], group[other]
        total = sizes[one] + sizes[other]
        for third in range(n):
            mean = (sizes[one] * distances[one, third] + sizes[other] * distances[other, third]) / total
            distances[one, third] = mean
            distances[third, one] = mean
        sizes[one], sizes[other], group[one] = total, 0.0, n + merge
    return merges


@kernel
def order_ends(
    distances: Float32s,
    bounds: tuple[int, int, int, int, int],
    costs: Float32s,
    inner: NDArray[np.int32],
) -> None:
    """Find the best order of a group of words for each pair of words at its ends.

    `bounds` are where its left part begins, is parted itself, ends, where the right part is parted and ends;
    a single word is parted where it begins. ``costs[u, w]`` becomes the length of the best way from u to w;
    ``inner[u, w]`` the word at which the way leaves the part of u.

    Notes
    -----
    Bar-Joseph, Gifford & Jaakkola (2001), in two steps of cubic time.
    """
    begin, left_cut, middle, right_cut, end = bounds
    ways, leaving = np.empty(end - middle, np.float32), np.empty(end - middle, np.int32)
    for u in range(begin, middle):
        ways[:] = np.inf
        first, last = across(u, begin, left_cut, middle)
        for m in range(first, last):
            for k in range(end - middle):
                way = costs[u, m] + distances[m, middle + k]
                leaving[k] = m if way < ways[k] else leaving[k]
                ways[k] = min(ways[k], way)
        costs[u, middle:end] = np.inf
        for k in range(middle, end):
            first, last = across(k, middle, right_cut, end)
            for w in range(first, last):
                way = ways[k - middle] + costs[k, w]
                if way < costs[u, w]:
                    costs[u, w] = way
                    inner[u, w], inner[w, u] = leaving[k - middle], k
        costs[middle:end, u] = costs[u, middle:end]


@kernel
def across(word: int, begin: int, cut: int, end: int) -> tuple[int, int]:
    """The words that can be at the other end of a group: those of its other part, or the only one."""
    if end - begin == 1:
        return begin, end
    return (cut, end) if word < cut else (begin, cut)


@kernel
def walk(inner: NDArray[np.int32], first: int, last: int) -> NDArray[np.int32]:
    """All words on the best way between two ends."""
    n = len(inner)
    ways, depth = np.empty((n + 1, 2), np.int64), 1
    ways[0, 0], ways[0, 1] = first, last
    order, met = np.empty(n, np.int32), 0
    while depth > 0:
        depth -= 1
        u, w = ways[depth, 0], ways[depth, 1]
        if u == w:
            order[met] = u
            met += 1
        else:
            ways[depth, 0], ways[depth, 1] = inner[w, u], w
            ways[depth + 1, 0], ways[depth + 1, 1] = u, inner[u, w]
            depth += 2
    return order[:met]


@reordering_kernel
def measure_rows(arrays: Arrays, words: NDArray[np.int32], squares: Float64s) -> None:
    """Write the sum of the squared PPMI of each word."""
    starts, ppmi = arrays[0], np.empty(CHUNK, np.float32)
    for number in range(len(words)):
        word = words[number]
        total = 0.0
        for first in range(starts[word], starts[word + 1], CHUNK):
            size = min(starts[word + 1] - first, CHUNK)
            fill_ppmi(arrays, word, first, size, ppmi)
            for k in range(size):
                total += ppmi[k] * ppmi[k]
        squares[number] = total


@reordering_kernel
def add_to_contexts(
    arrays: Arrays,
    words: NDArray[np.int32],
    vectors: Float32s,
    contexts: Float32s,
) -> None:
    """Add to the row of each context the rows of `vectors` of the words it stands by, times their PPMI."""
    starts, columns, ppmi = arrays[0], arrays[1], np.empty(CHUNK, np.float32)
    for number in range(len(words)):
        word = words[number]
        for first in range(starts[word], starts[word + 1], CHUNK):
            size = min(starts[word + 1] - first, CHUNK)
            fill_ppmi(arrays, word, first, size, ppmi)
            for k in range(size):
                if ppmi[k] > 0:
                    context = np.uint64(columns[first + k])
                    for d in range(np.uint64(vectors.shape[1])):
                        contexts[context, d] += ppmi[k] * vectors[number, d]


@reordering_kernel
def add_from_contexts(
    arrays: Arrays,
    words: NDArray[np.int32],
    contexts: Float32s,
    vectors: Float32s,
) -> None:
    """Write into the row of each word the sum of the rows of its contexts, times their PPMI."""
    starts, columns, ppmi = arrays[0], arrays[1], np.empty(CHUNK, np.float32)
    for number in range(len(words)):
        word = words[number]
        vectors[number] = 0.0
        for first in range(starts[word], starts[word + 1], CHUNK):
            size = min(starts[word + 1] - first, CHUNK)
            fill_ppmi(arrays, word, first, size, ppmi)
            for k in range(size):
                if ppmi[k] > 0:
                    context = np.uint64(columns[first + k])
                    for d in range(np.uint64(vectors.shape[1])):
                        vectors[number, d] += ppmi[k] * contexts[context, d]
