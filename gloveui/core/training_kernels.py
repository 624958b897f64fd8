"""Compiled training: pairs sorted into tiles, and AdaGrad over the pairs of a tile."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from gloveui.core.kernels import kernel, reordering_kernel


@kernel
def tile_starts(starts: NDArray[np.int64], columns: NDArray[np.int32], blocks: int) -> NDArray[np.int64]:
    """Where the pairs of each tile begin: int64, shape (blocks² + 1,). Word w is in block ``w % blocks``."""
    sizes = np.zeros(blocks * blocks + 1, np.int64)
    for row in range(len(starts) - 1):
        first_tile = (row % blocks) * blocks
        for entry in range(starts[row], starts[row + 1]):
            sizes[first_tile + columns[entry] % blocks + 1] += 1
    return np.cumsum(sizes)


@kernel
def fill_tiles(
    starts: NDArray[np.int64],
    columns: NDArray[np.int32],
    values: NDArray[np.float32],
    first_pairs: NDArray[np.int64],
    places: NDArray[np.int32],
    x_max: float,
    alpha: float,
    pair_places: NDArray[np.int32],
    pair_values: NDArray[np.float32],
) -> None:
    """Sort pairs by tile.

    `places` says in which row of the parameters a word is kept. Written are, for each pair, the places of
    word and context (int32, shape (nonzeros, 2)), and log X and f(X) (float32, shape (nonzeros, 2)).
    """
    blocks = np.int64(np.sqrt(len(first_pairs) - 1))
    filled = first_pairs[:-1].copy()
    for row in range(len(starts) - 1):
        first_tile = (row % blocks) * blocks
        for entry in range(starts[row], starts[row + 1]):
            column, value = columns[entry], np.float64(values[entry])
            tile = first_tile + column % blocks
            pair = filled[tile]
            filled[tile] += 1
            pair_places[pair, 0] = places[row]
            pair_places[pair, 1] = places[column]
            pair_values[pair, 0] = np.log(value)
            pair_values[pair, 1] = 1.0 if value >= x_max else (value / x_max) ** alpha


@kernel
def shuffle_tiles(
    first_pairs: NDArray[np.int64],
    pair_places: NDArray[np.int32],
    pair_values: NDArray[np.float32],
    first_tile: int,
    last_tile: int,
    seed: int,
) -> None:
    """Put the pairs of each tile in a random order that depends on the seed and the tile's number only."""
    for tile in range(first_tile, last_tile):
        np.random.seed((seed * 1_000_003 + tile) % 2**32)  # noqa: NPY002 - numba has this one only
        first, size = first_pairs[tile], first_pairs[tile + 1] - first_pairs[tile]
        for last in range(size - 1, 0, -1):
            one, other = first + last, first + np.random.randint(0, last + 1)  # noqa: NPY002
            for side in range(2):
                place, value = pair_places[one, side], pair_values[one, side]
                pair_places[one, side] = pair_places[other, side]
                pair_values[one, side] = pair_values[other, side]
                pair_places[other, side] = place
                pair_values[other, side] = value


@reordering_kernel
def train_tiles(
    tiles: NDArray[np.int64],
    first_pairs: NDArray[np.int64],
    pair_places: NDArray[np.int32],
    pair_values: NDArray[np.float32],
    words: NDArray[np.float32],
    contexts: NDArray[np.float32],
    word_biases: NDArray[np.float32],
    context_biases: NDArray[np.float32],
    learning_rate: np.float32,
    clip: np.float32,
    losses: NDArray[np.float64],
) -> None:
    """One AdaGrad step for each pair of some tiles; `losses` gets the sum of ½ f diff² for each of them.

    A row of `words` and `contexts` is a vector followed by its sums of squared steps; a row of the biases is
    a bias and its sum. Stanford's rule (``src/glove.c``): gradients are clipped before η, the step uses the
    sum before it, and the biases step with the plain weighted difference.
    """
    dimension = words.shape[1] // 2
    for number in range(len(tiles)):
        loss = 0.0
        for pair in range(first_pairs[tiles[number]], first_pairs[tiles[number] + 1]):
            # Unsigned, so that no check for a negative index is made.
            i, j = np.uint64(pair_places[pair, 0]), np.uint64(pair_places[pair, 1])
            product = np.float32(0)
            for d in range(dimension):
                product += words[i, d] * contexts[j, d]
            difference = product + word_biases[i, 0] + context_biases[j, 0] - pair_values[pair, 0]
            weighted = pair_values[pair, 1] * difference
            loss += weighted * difference
            for d in range(dimension):
                w, c = words[i, d], contexts[j, d]
                word_sum, context_sum = words[i, dimension + d], contexts[j, dimension + d]
                word_step = min(max(weighted * c, -clip), clip) * learning_rate
                context_step = min(max(weighted * w, -clip), clip) * learning_rate
                words[i, d] = w - word_step / np.sqrt(word_sum)
                contexts[j, d] = c - context_step / np.sqrt(context_sum)
                words[i, dimension + d] = word_sum + word_step * word_step
                contexts[j, dimension + d] = context_sum + context_step * context_step
            word_biases[i, 0] -= weighted / np.sqrt(word_biases[i, 1])
            context_biases[j, 0] -= weighted / np.sqrt(context_biases[j, 1])
            word_biases[i, 1] += weighted * weighted
            context_biases[j, 1] += weighted * weighted
        losses[number] = 0.5 * loss
