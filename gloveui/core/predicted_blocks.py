"""What a model predicts of every pair of many words, reduced by blocks."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from gloveui.core.glove import GloveParameters
from gloveui.core.parallel import map_in_order
from gloveui.core.progress import Progress, Task

LANES = 16  # numbers in a vector register; rows are filled up with zeros to whole ones
CELLS_AT_ONCE = 1 << 20  # of the dense matrix
WORDS_AT_ONCE = 4_096
MOST_CELLS = 1 << 26  # among which the largest are looked for

Float32: TypeAlias = NDArray[np.float32]
Words: TypeAlias = NDArray[np.int32]


def joined(vectors: Float32, biases: Float32, bias_place: int) -> Float32:
    """Vectors with their biases and 1 behind them: float32, shape (V, a multiple of 16 above D + 1).

    With the bias at 0 for words and at 1 for context words, the product of two such rows is the prediction.
    """
    size, dimension = vectors.shape
    rows = np.zeros((size, -(-(dimension + 2) // LANES) * LANES), np.float32)
    rows[:, :dimension] = vectors
    rows[:, dimension + bias_place] = biases
    rows[:, dimension + 1 - bias_place] = 1
    return rows


def joined_words(parameters: GloveParameters, words: Words) -> Float32:
    """`joined` for words."""
    return joined(parameters.word_vectors[words], parameters.word_biases[words], 0)


def joined_contexts(parameters: GloveParameters, words: Words) -> Float32:
    """`joined` for context words."""
    return joined(parameters.context_vectors[words], parameters.context_biases[words], 1)


def can_find_maxima(rows: Words, columns: Words) -> bool:
    """Whether there are few enough pairs of these words to look at each."""
    return len(rows) * len(columns) <= MOST_CELLS


def block_means(
    parameters: GloveParameters, rows: Words, columns: Words, block: int, threads: int
) -> Task[Float32]:
    """The mean prediction of each block of pairs: float32, shape (rows / block, columns / block), rounded up.

    The mean of all products of two sets of vectors is the product of their means.
    """
    above = yield from _mean_rows(joined_words(parameters, rows), block, threads)
    beside = yield from _mean_rows(joined_contexts(parameters, columns), block, threads)
    means = np.empty((len(above), len(beside)), np.float32)
    at_once = max(1, CELLS_AT_ONCE // len(beside))
    for first in range(0, len(above), at_once):
        np.matmul(above[first : first + at_once], beside.T, out=means[first : first + at_once])
        yield Progress("preparing", (first + 1) / len(above))
    return means


def block_maxima(parameters: GloveParameters, rows: Words, columns: Words, block: int) -> Task[Float32]:
    """The largest prediction of each block of pairs, from all of them; the shape of `block_means`."""
    from gloveui.core import heatmap_kernels as kernels  # compiled code: loaded when first needed

    words, contexts = joined_words(parameters, rows), joined_contexts(parameters, columns)
    maxima = np.full((-(-len(rows) // block), -(-len(columns) // block)), -np.inf, np.float32)
    at_once = max(1, CELLS_AT_ONCE // len(columns))
    for first in range(0, len(rows), at_once):
        products = words[first : first + at_once] @ contexts.T
        kernels.raise_maxima(products, first, block, maxima)
        yield Progress("preparing", (first + 1) / len(rows))
    return maxima


def _mean_rows(vectors: Float32, block: int, threads: int) -> Task[Float32]:
    """The mean of each block of rows."""
    if block == 1:
        return vectors
    from gloveui.core import heatmap_kernels as kernels  # compiled code: loaded when first needed

    means = np.empty((-(-len(vectors) // block), vectors.shape[1]), np.float32)
    at_once = max(1, WORDS_AT_ONCE // block)

    def fill(first: int) -> None:
        kernels.fill_means(vectors, first, min(first + at_once, len(means)), block, means)

    for _ in map_in_order(fill, range(0, len(means), at_once), threads):
        yield Progress("preparing", 0.0)
    return means
