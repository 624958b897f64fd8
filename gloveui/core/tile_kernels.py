"""Compiled sorting of pairs into tiles, one block of rows at a time, so that threads share the work."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from gloveui.core.kernels import kernel

# splitmix64: Steele, Lea & Flood (2014), "Fast splittable pseudorandom number generators".
_STRIDE = np.uint64(0x9E3779B97F4A7C15)
_FIRST_FACTOR, _SECOND_FACTOR = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)


@kernel
def tile_sizes(
    starts: NDArray[np.int64], columns: NDArray[np.int32], blocks: int, row_block: int
) -> NDArray[np.int64]:
    """Pairs in each tile of a row block: int64, shape (blocks,). Word w is in block ``w % blocks``."""
    sizes = np.zeros(blocks, np.int64)
    for row in range(row_block, len(starts) - 1, blocks):
        for entry in range(starts[row], starts[row + 1]):
            sizes[columns[entry] % blocks] += 1
    return sizes


@kernel
def fill_tiles(
    starts: NDArray[np.int64],
    columns: NDArray[np.int32],
    values: NDArray[np.float32],
    blocks: int,
    row_block: int,
    first_pairs: NDArray[np.int64],
    places: NDArray[np.int32],
    x_max: float,
    alpha: float,
    pair_places: NDArray[np.int32],
    pair_values: NDArray[np.float32],
) -> None:
    """Write the pairs of a row block into its tiles, which begin at `first_pairs`.

    `places` says in which row of the parameters a word is kept. Written are, for each pair, the places of
    word and context (int32, shape (nonzeros, 2)), and log X and f(X) (float32, shape (nonzeros, 2)).
    """
    filled = first_pairs[row_block * blocks : (row_block + 1) * blocks].copy()
    log_x_max = np.log(x_max)
    for row in range(row_block, len(starts) - 1, blocks):
        for entry in range(starts[row], starts[row + 1]):
            column, log_count = columns[entry], np.log(np.float64(values[entry]))
            pair = filled[column % blocks]
            filled[column % blocks] += 1
            pair_places[pair, 0] = places[row]
            pair_places[pair, 1] = places[column]
            pair_values[pair, 0] = log_count
            pair_values[pair, 1] = 1.0 if log_count >= log_x_max else np.exp(alpha * (log_count - log_x_max))


@kernel
def shuffle_tiles(
    first_pairs: NDArray[np.int64],
    pair_places: NDArray[np.int64],
    pair_values: NDArray[np.int64],
    first_tile: int,
    last_tile: int,
    seed: np.uint64,
) -> None:
    """Put the pairs of each tile in a random order that depends on the seed and the tile's number only.

    The two numbers of a pair are moved as one of 64 bits: `pair_places` and `pair_values` are int64 views,
    shape (nonzeros,).
    """
    for tile in range(first_tile, last_tile):
        state = mixed(mixed(seed) + np.uint64(tile))
        first = first_pairs[tile]
        for last in range(first_pairs[tile + 1] - first - 1, 0, -1):
            state += _STRIDE
            # The upper half of a random number, scaled to 0 … last (Lemire 2019).
            chosen = ((mixed(state) >> np.uint64(32)) * np.uint64(last + 1)) >> np.uint64(32)
            one, other = first + last, first + np.int64(chosen)
            place, value = pair_places[one], pair_values[one]
            pair_places[one], pair_values[one] = pair_places[other], pair_values[other]
            pair_places[other], pair_values[other] = place, value


@kernel
def mixed(state: np.uint64) -> np.uint64:
    """The bits of a number stirred, as splitmix64 does."""
    state = (state ^ (state >> np.uint64(30))) * _FIRST_FACTOR
    state = (state ^ (state >> np.uint64(27))) * _SECOND_FACTOR
    return state ^ (state >> np.uint64(31))
