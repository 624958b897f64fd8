"""Trains GloVe on counts by AdaGrad, in a way that any number of threads gives the same bits."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gloveui.core.cooccurrence import CooccurrenceMatrix
from gloveui.core.embedding import Embedding
from gloveui.core.errors import TrainingDiverged
from gloveui.core.glove import GloveConfig, GloveParameters, weight
from gloveui.core.progress import Progress, Task
from gloveui.core.resources import Resources
from gloveui.core.tiles import Tiles, block_count, build_tiles, word_places

REPORT_SECONDS = 0.05
LARGEST_JUMP = 3.0  # an epoch's loss this many times the best one means that training has left the rails
NOISE = 0.01  # share of the first loss below which jumps mean nothing
LARGEST_FIRST_LOSS = 10.0  # times that of a model which predicts a count of 1 for every pair


@dataclass(frozen=True, slots=True)
class TrainingReport:
    """What is seen of a training while it runs; the detail of its Progress.

    Attributes
    ----------
    position
        Epochs done, with the part of the present one: 3.5 is in the middle of the fourth.
    epochs
        Epochs that are to be done.
    loss
        Mean loss per pair, ½ f diff², over the pairs since the last report.
    finished
        Mean losses of the epochs that ended since the last report.
    pairs_per_second
        Speed since the last report.
    seconds_left
        What remains at the mean speed of this run.
    """

    position: float
    epochs: int
    loss: float
    finished: tuple[float, ...]
    pairs_per_second: float
    seconds_left: float


@dataclass(frozen=True, eq=False)
class Checkpoint:
    """A copy of everything that changes in a training; going on from it gives what would have come anyway.

    Attributes
    ----------
    words, contexts
        float32, shape (V, 2 D): vectors and sums of squared steps, in the order of ids.
    word_biases, context_biases
        float32, shape (V, 2): biases and sums.
    losses
        Mean loss of each epoch done.
    rounds
        Rounds done of the present epoch.
    round_loss
        Sum of the losses of these rounds.
    """

    words: NDArray[np.float32]
    contexts: NDArray[np.float32]
    word_biases: NDArray[np.float32]
    context_biases: NDArray[np.float32]
    losses: tuple[float, ...]
    rounds: int
    round_loss: float


class Trainer:
    """A model in training. The only object of the core that changes; one thread at a time may use it.

    Pairs are grouped in B × B tiles by blocks of words. A round trains one diagonal of tiles: no two of them
    share a word or a context word, so threads may take them in any order. The order of rounds depends on the
    seed and the epoch alone.

    Parameters
    ----------
    matrix
        The counts.
    config
        The settings; `epochs` says how far `run` goes.
    resources
        What training may use; on the CPU it changes the speed and nothing else.
    """

    def __init__(self, matrix: CooccurrenceMatrix, config: GloveConfig, resources: Resources) -> None:
        self.matrix = matrix
        self.config = config
        self._threads = resources.thread_count
        self._target = config.epochs
        self._tiles: Tiles | None = None
        self._losses: list[float] = []
        self._rounds = 0
        self._round_loss = 0.0
        self._seconds = 0.0
        self._blocks = block_count(len(matrix.vocabulary), matrix.nonzeros, config.dimension)
        self._places, self._rows = word_places(len(matrix.vocabulary), self._blocks)
        self._is_initialised = False  # the arrays are made by the thread that trains

    @property
    def losses(self) -> tuple[float, ...]:
        """Mean loss per pair of each epoch done."""
        return tuple(self._losses)

    @property
    def planned_epochs(self) -> int:
        """Epochs after which `run` ends."""
        return self._target

    @property
    def seconds(self) -> float:
        """Time spent on training pairs."""
        return self._seconds

    @property
    def has_learned(self) -> bool:
        """Whether any pair has been trained."""
        return self._position() > 0

    def train_further(self, epochs: int) -> None:
        """Make the next `run` go on for this many epochs after those that were asked for before."""
        self._target = max(self._target, len(self._losses)) + epochs

    def run(self) -> Task[Embedding]:
        """Train up to the last epoch, from where an earlier run was closed; reports are `TrainingReport`.

        Raises
        ------
        TrainingDiverged
            If the loss is no longer finite or far above its best; the trainer is then back at the last good
            epoch.
        """
        yield Progress("preparing")
        self._initialise()
        if self._tiles is None:
            self._tiles = yield from build_tiles(self.matrix, self.config)
        good = self.checkpoint()
        reporter = _Reporter(self._target, self.matrix.nonzeros)
        with ThreadPoolExecutor(self._threads, thread_name_prefix="gloveui-trainer") as pool:
            while len(self._losses) < self._target:
                for loss, pairs, seconds in self._epoch(pool, self._tiles):
                    self._stop_if_not_finite(loss, good)
                    reporter.add(loss, pairs, seconds)
                    if reporter.is_due:
                        yield reporter.progress(self._position())
                reporter.finish_epoch(self._finish_epoch(good))
                good = self.checkpoint()
                if reporter.is_due:
                    yield reporter.progress(self._position())
        if reporter.has_news:
            yield reporter.progress(self._position())
        return self.embedding()

    def embedding(self) -> Embedding:
        """What has been learned so far, as a value of its own."""
        self._initialise()
        parameters = self._parameters()
        return Embedding(self.matrix.vocabulary, parameters.vectors(self.config.vectors), parameters)

    def checkpoint(self) -> Checkpoint:
        """A copy of the present state."""
        self._initialise()
        return Checkpoint(
            words=self._words[self._places],
            contexts=self._contexts[self._places],
            word_biases=self._word_biases[self._places],
            context_biases=self._context_biases[self._places],
            losses=self.losses,
            rounds=self._rounds,
            round_loss=self._round_loss,
        )

    def restore(self, checkpoint: Checkpoint) -> None:
        """Go back to a state of a training with the same counts and settings."""
        self._initialise()
        self._words[self._places] = checkpoint.words
        self._contexts[self._places] = checkpoint.contexts
        self._word_biases[self._places] = checkpoint.word_biases
        self._context_biases[self._places] = checkpoint.context_biases
        self._losses = list(checkpoint.losses)
        self._rounds = checkpoint.rounds
        self._round_loss = checkpoint.round_loss

    def _initialise(self) -> None:
        """First values U(−½, ½) / D, sums at 1 (as in Stanford's ``src/glove.c``)."""
        if self._is_initialised:
            return
        self._is_initialised = True
        size, dimension = len(self.matrix.vocabulary), self.config.dimension
        random = np.random.default_rng(self.config.seed)
        self._words, self._contexts = (_aligned_ones(self._rows, 2 * dimension) for _ in range(2))
        self._word_biases, self._context_biases = (_aligned_ones(self._rows, 2) for _ in range(2))
        for vectors in (self._words, self._contexts):
            first = (random.random((size, dimension), dtype=np.float32) - np.float32(0.5)) / dimension
            vectors[self._places, :dimension] = first
        for biases in (self._word_biases, self._context_biases):
            biases[self._places, 0] = (random.random(size, dtype=np.float32) - np.float32(0.5)) / dimension

    def _parameters(self) -> GloveParameters:
        dimension = self.config.dimension
        return GloveParameters(
            self._words[self._places, :dimension],
            self._contexts[self._places, :dimension],
            self._word_biases[self._places, 0],
            self._context_biases[self._places, 0],
        )

    def _position(self) -> float:
        return len(self._losses) + self._rounds / self._blocks

    def _epoch(self, pool: ThreadPoolExecutor, tiles: Tiles) -> Iterator[tuple[float, int, float]]:
        """Train the rounds that remain of this epoch; yields the loss, pairs and seconds of each."""
        rounds = tiles.rounds(self.config.seed, len(self._losses))
        for diagonal in rounds[self._rounds :]:
            start = time.perf_counter()
            loss = self._train_round(pool, tiles, diagonal)
            seconds = time.perf_counter() - start
            self._seconds += seconds
            self._rounds += 1
            self._round_loss += loss
            yield loss, tiles.pairs_in(diagonal), seconds

    def _train_round(self, pool: ThreadPoolExecutor, tiles: Tiles, diagonal: NDArray[np.int64]) -> float:
        """Train tiles that share no word on all threads; the sum of their losses, added in a fixed order."""
        from gloveui.core.training_kernels import train_tiles

        losses = np.zeros(len(diagonal))

        def train(part: slice) -> NDArray[np.float64]:
            of_part = np.zeros(len(diagonal[part]))
            train_tiles(
                np.ascontiguousarray(diagonal[part]),  # one layout, so that all threads run the same code
                tiles.first_pairs,
                tiles.pair_places,
                tiles.pair_values,
                self._words,
                self._contexts,
                self._word_biases,
                self._context_biases,
                np.float32(self.config.learning_rate),
                np.float32(self.config.gradient_clip),
                of_part,
            )
            return of_part

        parts = [slice(thread, None, self._threads) for thread in range(min(self._threads, len(diagonal)))]
        for part, of_part in zip(parts, pool.map(train, parts), strict=True):
            losses[part] = of_part
        return float(losses.sum())

    def _finish_epoch(self, good: Checkpoint) -> float:
        loss = self._round_loss / self.matrix.nonzeros
        if loss > self._largest_loss():
            self._roll_back(good, loss)
        self._losses.append(loss)
        self._rounds, self._round_loss = 0, 0.0
        return loss

    def _largest_loss(self) -> float:
        """The loss above which an epoch has made things worse."""
        if self._losses:
            return LARGEST_JUMP * max(min(self._losses), NOISE * self._losses[0])
        counts = self.matrix.values.astype(np.float64)
        untrained = 0.5 * weight(counts, self.config.x_max, self.config.alpha) * np.log(counts) ** 2
        return LARGEST_FIRST_LOSS * max(1.0, float(untrained.mean()))

    def _stop_if_not_finite(self, loss: float, good: Checkpoint) -> None:
        if not np.isfinite(loss):
            self._roll_back(good, loss)

    def _roll_back(self, good: Checkpoint, loss: float) -> None:
        epoch = len(self._losses) + 1
        self.restore(good)
        raise TrainingDiverged(epoch=epoch, received=f"{loss:.3g}", learning_rate=self.config.learning_rate)


class _Reporter:
    """Gathers losses and makes a report of them about every 50 ms."""

    def __init__(self, epochs: int, pairs_per_epoch: int) -> None:
        self._epochs = epochs
        self._pairs_per_epoch = pairs_per_epoch
        self._speed, self._mean = 0.0, 0.0
        self._all_seconds, self._all_pairs = 0.0, 0
        self._clear()

    @property
    def is_due(self) -> bool:
        return time.perf_counter() - self._since >= REPORT_SECONDS

    @property
    def has_news(self) -> bool:
        return self._pairs > 0 or bool(self._finished)

    def add(self, loss: float, pairs: int, seconds: float) -> None:
        self._loss += loss
        self._pairs += pairs
        self._seconds += seconds
        self._all_pairs += pairs
        self._all_seconds += seconds

    def finish_epoch(self, loss: float) -> None:
        self._finished += (loss,)

    def progress(self, position: float) -> Progress:
        if self._pairs > 0:  # else only the end of an epoch is new
            self._speed = self._pairs / max(self._seconds, 1e-9)
            self._mean = self._loss / self._pairs
        pairs_left = (self._epochs - position) * self._pairs_per_epoch
        left = pairs_left * self._all_seconds / max(1, self._all_pairs)
        report = TrainingReport(position, self._epochs, self._mean, self._finished, self._speed, left)
        self._clear()
        return Progress("training", position / self._epochs, report)

    def _clear(self) -> None:
        self._since = time.perf_counter()
        self._loss, self._pairs, self._seconds = 0.0, 0, 0.0
        self._finished: tuple[float, ...] = ()


def _aligned_ones(rows: int, width: int) -> NDArray[np.float32]:
    """float32, shape (rows, width), ones, at a multiple of 64 bytes, as wide vector instructions like it."""
    size = rows * width * 4
    buffer = np.empty(size + 64, np.uint8)
    offset = -buffer.ctypes.data % 64
    array = buffer[offset : offset + size].view(np.float32).reshape(rows, width)
    array.fill(1.0)
    return array
