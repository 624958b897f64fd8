"""The pairs of a matrix in an order in which threads can train them without meeting."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gloveui.core.cooccurrence import CooccurrenceMatrix
from gloveui.core.glove import GloveConfig
from gloveui.core.progress import Progress, Task

TILE_BYTES = 1 << 20  # rows of one tile fit in a core's own cache
SMALLEST_TILE = 1_000  # pairs; smaller tiles cost more in handing out than they save
SHUFFLES = 8  # calls of the kernel, so that stopping is quick


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
        random = np.random.default_rng([seed, epoch])
        rows, columns = random.permutation(self.blocks), random.permutation(self.blocks)
        return [rows * self.blocks + np.roll(columns, shift) for shift in range(self.blocks)]

    def pairs_in(self, tiles: NDArray[np.int64]) -> int:
        """How many pairs some tiles have together."""
        return int((self.first_pairs[tiles + 1] - self.first_pairs[tiles]).sum())


def build_tiles(matrix: CooccurrenceMatrix, config: GloveConfig) -> Task[Tiles]:
    """Sort the pairs of a matrix by tile and shuffle each; depends on the matrix and the settings only."""
    from gloveui.core import training_kernels as kernels  # compiled code: loaded when first needed

    words = len(matrix.vocabulary)
    blocks = block_count(words, matrix.nonzeros, config.dimension)
    places, _ = word_places(words, blocks)
    first_pairs = kernels.tile_starts(matrix.starts, matrix.columns, blocks)
    yield Progress("preparing", 0.1)
    pair_places = np.empty((matrix.nonzeros, 2), np.int32)
    pair_values = np.empty((matrix.nonzeros, 2), np.float32)
    kernels.fill_tiles(
        matrix.starts,
        matrix.columns,
        matrix.values,
        first_pairs,
        places,
        config.x_max,
        config.alpha,
        pair_places,
        pair_values,
    )
    yield Progress("preparing", 0.5)
    cuts = np.linspace(0, blocks * blocks, min(SHUFFLES, blocks * blocks) + 1).astype(np.int64)
    for number in range(len(cuts) - 1):
        first, last = int(cuts[number]), int(cuts[number + 1])
        kernels.shuffle_tiles(first_pairs, pair_places, pair_values, first, last, config.seed)
        yield Progress("preparing", 0.5 + 0.5 * (number + 1) / (len(cuts) - 1))
    return Tiles(blocks, first_pairs, pair_places, pair_values)


def block_count(words: int, nonzeros: int, dimension: int) -> int:
    """B: enough blocks that a tile's rows stay in the cache, few enough that a tile is worth handing out."""
    bytes_per_word = 2 * 2 * dimension * 4  # vector and sums, as word and as context word
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
