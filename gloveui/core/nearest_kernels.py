"""Compiled: scores of words in float64, and bounds of them from vectors of one byte a number."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from gloveui.core.kernels import kernel, reordering_kernel
from gloveui.core.machine_hints import use_wide_vectors

COSINE, DOT, EUCLIDEAN = range(3)
LARGEST_BYTE = 127
BLOCK = 32  # words of which the best lower bound is kept
WIDTH = 64  # rows of small numbers have a multiple of so many: no remainder that is added one by one
SHORTEST_STEP = 1e-12  # between vectors at length 1: far shorter than any that float32 can tell apart
ROUNDING = 1e-9  # of the product of two lengths: more than float64 can lose in a sum of a million products

Float32s = NDArray[np.float32]
Float64s = NDArray[np.float64]


@reordering_kernel
def product(row: Float32s, vector: Float64s) -> float:
    """The sum of the products; like rows have like sums, wherever they lie."""
    total = 0.0
    for d in range(np.uint64(len(vector))):
        total += row[d] * vector[d]
    return total


@reordering_kernel
def square_length(row: Float32s) -> float:
    """The sum of the squares."""
    total = 0.0
    for d in range(np.uint64(len(row))):
        total += np.float64(row[d]) * np.float64(row[d])
    return total


@reordering_kernel
def product_and_square(row: Float32s, vector: Float64s) -> tuple[float, float]:
    """Both sums in one go."""
    total, square = 0.0, 0.0
    for d in range(np.uint64(len(vector))):
        number = np.float64(row[d])
        total += number * vector[d]
        square += number * number
    return total, square


@reordering_kernel
def square_distance(row: Float32s, vector: Float64s) -> float:
    """The sum of the squared differences."""
    total = 0.0
    for d in range(np.uint64(len(vector))):
        total += (row[d] - vector[d]) * (row[d] - vector[d])
    return total


@reordering_kernel
def step_sums(row: Float32s, scale: float, origin: Float64s, direction: Float64s) -> tuple[float, float]:
    """Of the step from `origin` to the scaled row: its product with a direction, and its squared length."""
    along, square = 0.0, 0.0
    for d in range(np.uint64(len(origin))):
        step = row[d] * scale - origin[d]
        along += step * direction[d]
        square += step * step
    return along, square


@kernel
def row_score(row: Float32s, vector: Float64s, metric: int) -> float:
    """One score; that of a row of zeros by cosine is −inf."""
    if metric == DOT:
        return product(row, vector)
    if metric == EUCLIDEAN:
        return math.sqrt(square_distance(row, vector))
    total, square = product_and_square(row, vector)
    return total / math.sqrt(square) if square > 0 else -math.inf


@kernel
def score_words(
    vectors: Float32s, vector: Float64s, metric: int, words: NDArray[np.int64], scores: Float64s
) -> None:
    """Write the scores of some rows."""
    use_wide_vectors()
    for place in range(len(words)):
        scores[place] = row_score(vectors[words[place]], vector, metric)


@kernel
def score_words_by_all(
    vectors: Float32s, questions: Float64s, words: NDArray[np.int64], scores: Float64s
) -> None:
    """Write the scores of some rows for a few questions by each metric, which has a vector of its own."""
    use_wide_vectors()
    for place in range(len(words)):
        row = vectors[words[place]]
        for question in range(len(questions)):
            for metric in range(len(questions[question])):
                scores[place, question, metric] = row_score(row, questions[question, metric], metric)


@kernel
def cosines_of_words(
    vectors: Float32s, directions: Float64s, words: NDArray[np.int64], cosines: Float64s
) -> None:
    """Write the cosines of some rows with a few directions of length 1; −inf for a row of zeros."""
    use_wide_vectors()
    for place in range(len(words)):
        row = vectors[words[place]]
        square = square_length(row)
        for k in range(len(directions)):
            total = product(row, directions[k])
            cosines[place, k] = total / math.sqrt(square) if square > 0 else -math.inf


@kernel
def score_steps(
    vectors: Float32s,
    origin: Float64s,
    direction: Float64s,
    words: NDArray[np.int64],
    scores: Float64s,
) -> None:
    """Write the cosine of a direction with the step from `origin` to each row at length 1.

    `direction` has length 1. 0 where there is no step; −inf for a row of zeros.
    """
    use_wide_vectors()
    for place in range(len(words)):
        row = vectors[words[place]]
        square = square_length(row)
        if square > 0:
            along, square = step_sums(row, 1.0 / np.sqrt(square), origin, direction)
            scores[place] = along / np.sqrt(square) if square > SHORTEST_STEP**2 else 0.0
        else:
            scores[place] = -np.inf


@reordering_kernel
def largest_size(row: Float32s) -> float:
    """The largest absolute value."""
    largest = 0.0
    for d in range(np.uint64(len(row))):
        largest = max(largest, abs(np.float64(row[d])))
    return largest


@reordering_kernel
def compress_row(row: Float32s, step: float, small: NDArray[np.int8]) -> float:
    """Write a row as whole numbers of steps; the squared length of what is lost."""
    lost = 0.0
    for d in range(np.uint64(len(row))):
        whole = np.rint(row[d] / step)
        small[d] = np.int8(np.int32(whole))
        lost += (row[d] - whole * step) * (row[d] - whole * step)
    return lost


@kernel
def compress(
    vectors: Float32s,
    first: int,
    last: int,
    small: NDArray[np.int8],
    steps: Float64s,
    lengths: Float64s,
    errors: Float64s,
) -> None:
    """Write rows as whole numbers of one byte times a step each, their lengths, and those of what is lost."""
    use_wide_vectors()
    for word in range(first, last):
        largest = largest_size(vectors[word])
        steps[word] = largest / LARGEST_BYTE if largest > 0 else 1.0
        lengths[word] = np.sqrt(square_length(vectors[word]))
        errors[word] = np.sqrt(compress_row(vectors[word], steps[word], small[word]))


@kernel
def whole_product(small: NDArray[np.int8], vector: NDArray[np.int16]) -> np.int32:
    """The sum of the products, with 32 bits at every step: numba would take 64, a quarter as fast."""
    total = np.int32(0)
    for d in range(np.uint64(len(vector))):
        total = np.int32(total + np.int32(np.int32(small[d]) * np.int32(vector[d])))
    return total


@kernel
def bound_rows(
    small: NDArray[np.int8],
    steps: Float64s,
    lengths: Float64s,
    errors: Float64s,
    vector: NDArray[np.int16],
    vector_facts: tuple[float, float, float],
    metric: int,
    sign: float,
    first: int,
    last: int,
    upper: Float64s,
    best_lower: Float64s,
) -> None:
    """Write the most that the key of each row can be, and the largest least of each block of rows.

    The nearest have the largest keys: q·e/|e| by cosine, q·e, or 2 q·e − |e|², each times `sign`. The facts
    of the vector are those of a row: its step, its length, and that of what is lost.

    Notes
    -----
    With e = ê + e′ and q = q̂ + q′, where ê and q̂ are what the whole numbers stand for,
    |q·e − q̂·ê| = |q·e′ + q′·ê| ≤ |q| |e′| + |q′| (|e| + |e′|).
    """
    use_wide_vectors()
    vector_step, vector_length, vector_error = vector_facts
    for word in range(first, last):
        if word % BLOCK == 0:
            best_lower[word // BLOCK] = -np.inf
        length, lost = lengths[word], errors[word]
        if metric == COSINE and length == 0:
            upper[word] = -np.inf
            continue
        key = sign * vector_step * steps[word] * whole_product(small[word], vector)
        slack = vector_length * lost + vector_error * (length + lost) + ROUNDING * vector_length * length
        if metric == COSINE:
            key, slack = key / length, slack / length
        elif metric == EUCLIDEAN:
            square = length * length
            key = 2 * key - sign * square
            slack = 2 * slack + ROUNDING * (square + vector_length * vector_length)
        upper[word] = key + slack
        best_lower[word // BLOCK] = max(best_lower[word // BLOCK], key - slack)
