"""The pairs of a matrix in an order in which threads can train them without meeting."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gloveui.core.cooccurrence import CooccurrenceMatrix
from gloveui.core.glove import GloveConfig
from gloveui.core.parallel import map_in_order
from gloveui.core.progress import Progress, Task

TILE_BYTES = 1 << 20  # rows of one tile fit in a core's own cache
SMALLEST_TILE = 1_000  # pairs; smaller tiles cost more in handing out than they save
BYTES_A_PAIR = 16


@dataclass(frozen=True, eq=False)
class Tiles:
    """Pairs sorted by tile, in random order inside a tile.

    Attributes
    ----------
    blocks
        B: words are in B blocks, so there are B × B tiles; tile ``r * B + c`` has words of block r, context
        words of block c.
    first_pairs
        int64, shape (B² + 1,): where the pairs of each tile begin.
    pair_places
        int32, shape (nonzeros, 2): parameter rows of word and context word.
    pair_values
        float32, shape (nonzeros, 2): log X and f(X).
    """

    blocks: int
    first_pairs: NDArray[np.int64]
    pair_places: NDArray[np.int32]
    pair_values: NDArray[np.float32]

    def rounds(self, seed: int, epoch: int) -> list[NDArray[np.int64]]:
        """The diagonals of one epoch in random order: B arrays of B tiles that share no word."""
        rows, columns = shuffled_blocks(self.blocks, seed, epoch)
        return [rows * self.blocks + np.roll(columns, shift) for shift in range(self.blocks)]

    def pairs_in(self, tiles: NDArray[np.int64]) -> int:
        """How many pairs some tiles have together."""
        return int((self.first_pairs[tiles + 1] - self.first_pairs[tiles]).sum())


def build_tiles(matrix: CooccurrenceMatrix, config: GloveConfig, blocks: int, threads: int) -> Task[Tiles]:
    """Sort the pairs of a matrix by tile and shuffle each; depends on matrix, settings and B only."""
    from gloveui.core import tile_kernels as kernels  # compiled code: loaded when first needed

    yield Progress("preparing", 0.0)
    places, _ = word_places(len(matrix.vocabulary), blocks)
    first_pairs = np.zeros(blocks * blocks + 1, np.int64)
    pair_places = np.empty((matrix.nonzeros, 2), np.int32)
    pair_values = np.empty((matrix.nonzeros, 2), np.float32)
    counts = (matrix.starts, matrix.columns)

    def sizes(row_block: int) -> NDArray[np.int64]:
        return kernels.tile_sizes(*counts, blocks, row_block)

    def fill(row_block: int) -> None:
        kernels.fill_tiles(
            *counts, matrix.values, blocks, row_block, first_pairs, places,
            config.x_max, config.alpha, pair_places, pair_values,
        )  # fmt: skip
        own_tiles = (row_block * blocks, (row_block + 1) * blocks)
        whole_pairs = (pair_places.view(np.int64).ravel(), pair_values.view(np.int64).ravel())
        kernels.shuffle_tiles(first_pairs, *whole_pairs, *own_tiles, np.uint64(config.seed))

    for row_block, of_block in enumerate(map_in_order(sizes, range(blocks), threads)):
        first_pairs[row_block * blocks + 1 : (row_block + 1) * blocks + 1] = of_block
        yield Progress("preparing", 0.2 * (row_block + 1) / blocks)
    np.cumsum(first_pairs, out=first_pairs)
    for row_block, _ in enumerate(map_in_order(fill, range(blocks), threads)):
        yield Progress("preparing", 0.2 + 0.8 * (row_block + 1) / blocks)
    return Tiles(blocks, first_pairs, pair_places, pair_values)


def shuffled_blocks(blocks: int, seed: int, epoch: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The order of row blocks and of column blocks in an epoch: each int64, shape (B,)."""
    random = np.random.default_rng([seed, epoch])
    return random.permutation(blocks), random.permutation(blocks)


def block_count(words: int, nonzeros: int, bytes_per_word: int) -> int:
    """B: enough blocks that a tile's rows stay in the cache, few enough that a tile is worth handing out."""
    for_the_cache = math.ceil(words * bytes_per_word / TILE_BYTES)
    worth_it = math.isqrt(nonzeros // SMALLEST_TILE)
    return max(1, min(for_the_cache, worth_it, words))


def word_places(words: int, blocks: int) -> tuple[NDArray[np.int32], int]:
    """In which parameter row each word is kept (int32, shape (words,)), and how many rows that takes.

    Word w belongs to block ``w % blocks``, which spreads the frequent words; the words of a block lie
    together.
    """
    per_block = -(-words // blocks)
    ids = np.arange(words)
    return ((ids % blocks) * per_block + ids // blocks).astype(np.int32), blocks * per_block
