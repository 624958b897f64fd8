"""Training on the processor: tiles that share no word, on all threads, the same bits on any number."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import numpy as np
from numpy.typing import NDArray

from gloveui.core.cooccurrence import CooccurrenceMatrix
from gloveui.core.devices import cpu_name
from gloveui.core.glove import GloveConfig, GloveParameters
from gloveui.core.model_state import ModelState
from gloveui.core.progress import Task
from gloveui.core.resources import Resources
from gloveui.core.tiles import Tiles, block_count, build_tiles, word_places

LANES = 16  # numbers in the widest vector register; vectors are kept as a multiple of it


class CpuEngine:
    """A model in memory, and the threads that train it.

    A round is one diagonal of B tiles: no two of them share a word or a context word, so threads may take
    them in any order. Vectors and their sums lie together, in rows padded with zeros, which stay zero.
    """

    at_once = 1

    def __init__(self, matrix: CooccurrenceMatrix, config: GloveConfig, resources: Resources) -> None:
        self._matrix = matrix
        self._config = config
        self._threads = resources.thread_count
        self._padded = _padded(config)
        self._width = self.row_bytes(config) // 4
        words = len(matrix.vocabulary)
        self._blocks = self.blocks_for(words, matrix.nonzeros, config)
        self._places, self._rows = word_places(words, self._blocks)
        self._tiles: Tiles | None = None
        self._order: tuple[int, list[NDArray[np.int64]]] = (-1, [])  # of the epoch it belongs to
        self._pool: ThreadPoolExecutor | None = None

    @staticmethod
    def row_bytes(config: GloveConfig) -> int:
        """Bytes of a vector as it is kept, with its sums."""
        return 4 * _padded(config) * (1 if config.mode == "fast" else 2)

    @classmethod
    def blocks_for(cls, words: int, nonzeros: int, config: GloveConfig) -> int:
        """B, and with it the number of rounds in an epoch."""
        return block_count(words, nonzeros, 2 * cls.row_bytes(config))

    @property
    def device(self) -> str:
        return cpu_name(self._threads)

    @property
    def rounds(self) -> int:
        return self._blocks

    def prepare(self) -> Task[None]:
        if self._tiles is None:
            self._tiles = yield from build_tiles(self._matrix, self._config, self._blocks, self._threads)

    @contextmanager
    def working(self) -> Iterator[None]:
        with ThreadPoolExecutor(self._threads, thread_name_prefix="gloveui-trainer") as pool:
            self._pool = pool
            try:
                yield
            finally:
                self._pool = None

    def put(self, state: ModelState) -> None:
        dimension = self._config.dimension
        self._words, self._contexts = (_aligned(self._rows, self._width) for _ in range(2))
        self._word_biases, self._context_biases = (np.ones((self._rows, 3), np.float32) for _ in range(2))
        for rows, vectors in ((self._words, state.words), (self._contexts, state.contexts)):
            rows[self._places, :dimension] = vectors
            rows[:, dimension : self._padded] = 0
        self._word_biases[self._places, :2] = state.word_biases
        self._context_biases[self._places, :2] = state.context_biases
        self._sums(self._words, self._word_biases)[self._places] = state.word_sums
        self._sums(self._contexts, self._context_biases)[self._places] = state.context_sums

    def state(self) -> ModelState:
        dimension, places = self._config.dimension, self._places
        return ModelState(
            words=self._words[places, :dimension],
            contexts=self._contexts[places, :dimension],
            word_sums=self._sums(self._words, self._word_biases)[places],
            context_sums=self._sums(self._contexts, self._context_biases)[places],
            word_biases=self._word_biases[places, :2],
            context_biases=self._context_biases[places, :2],
        )

    def parameters(self, words: int | None = None) -> GloveParameters:
        dimension, places = self._config.dimension, self._places[:words]
        return GloveParameters(
            self._words[places, :dimension],
            self._contexts[places, :dimension],
            self._word_biases[places, 0],
            self._context_biases[places, 0],
        )

    def pairs(self, epoch: int, rounds: range) -> int:
        tiles, diagonals = self._ready_tiles(), self._diagonals(epoch)
        return sum(tiles.pairs_in(diagonals[number]) for number in rounds)

    def train(self, epoch: int, rounds: range) -> NDArray[np.float64]:
        return np.array([self._train_tiles(self._diagonals(epoch)[number]) for number in rounds])

    def _train_tiles(self, diagonal: NDArray[np.int64]) -> float:
        """Train tiles that share no word on all threads; the sum of their losses, added in a fixed order."""
        from gloveui.core.training_kernels import training_kernel

        assert self._pool is not None  # `working` was entered
        kernel = training_kernel(self._padded, self._config.mode == "fast")
        tiles, config = self._ready_tiles(), self._config
        losses, counter = np.zeros(len(diagonal)), np.zeros(1, np.int64)

        def work(_: int) -> None:
            kernel(
                counter, diagonal, tiles.first_pairs, tiles.pair_places, tiles.pair_values,
                self._words.ravel(), self._contexts.ravel(), self._word_biases, self._context_biases,
                config.dimension, np.float32(config.learning_rate), np.float32(config.gradient_clip), losses,
            )  # fmt: skip

        for _ in self._pool.map(work, range(min(self._threads, len(diagonal)))):
            pass
        return float(losses.sum())

    def _ready_tiles(self) -> Tiles:
        assert self._tiles is not None  # `prepare` was run
        return self._tiles

    def _diagonals(self, epoch: int) -> list[NDArray[np.int64]]:
        if self._order[0] != epoch:
            self._order = (epoch, self._ready_tiles().rounds(self._config.seed, epoch))
        return self._order[1]

    def _sums(self, rows: NDArray[np.float32], biases: NDArray[np.float32]) -> NDArray[np.float32]:
        """Where the sums of the vectors are kept: behind the vectors, or in the fast mode with the biases."""
        if self._config.mode == "fast":
            return biases[:, 2:]
        return rows[:, self._padded : self._padded + self._config.dimension]


def _padded(config: GloveConfig) -> int:
    return -(-config.dimension // LANES) * LANES


def _aligned(rows: int, width: int) -> NDArray[np.float32]:
    """float32, shape (rows, width), ones, at a multiple of 64 bytes, as wide vector instructions like it."""
    size = rows * width * 4
    buffer = np.empty(size + 64, np.uint8)
    offset = -buffer.ctypes.data % 64
    array = buffer[offset : offset + size].view(np.float32).reshape(rows, width)
    array.fill(1.0)
    return array
