"""Trains GloVe on counts by AdaGrad: epochs, reports, checkpoints, and an eye on the loss."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from gloveui.core.cooccurrence import CooccurrenceMatrix
from gloveui.core.embedding import Embedding
from gloveui.core.engine_choice import engine_for
from gloveui.core.errors import OtherTraining, TrainingDiverged
from gloveui.core.finishing import finished_embedding
from gloveui.core.glove import GloveConfig, GloveParameters, weight
from gloveui.core.model_state import ModelState, first_state
from gloveui.core.progress import Progress, Task
from gloveui.core.resources import Resources
from gloveui.core.training_cost import check_training_fits

REPORT_SECONDS = 0.05
LARGEST_JUMP = 3.0  # an epoch's loss this many times the best one means that training has left the rails
SMALLEST_FALL = 1e-3  # share by which a loss must fall to count as lower
NOISE = 0.01  # share of the first loss below which jumps mean nothing
PAIRS_AT_ONCE = 1 << 18
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

    @property
    def pace(self) -> float:
        """What was done in a second, in the unit of the method."""
        return self.pairs_per_second


@dataclass(frozen=True, eq=False)
class Checkpoint:
    """A copy of everything that changes in a training; going on from it gives what would have come anyway.

    Attributes
    ----------
    state
        The model with its sums.
    losses
        Mean loss of each epoch done.
    rounds, rounds_per_epoch
        Rounds done of the present epoch, and how many it has.
    round_loss
        Sum of the losses of these rounds.

    Raises
    ------
    ValueError
        If no training can be that far.
    """

    state: ModelState
    losses: tuple[float, ...]
    rounds: int
    rounds_per_epoch: int
    round_loss: float

    def __post_init__(self) -> None:
        if not 0 <= self.rounds <= self.rounds_per_epoch:
            raise ValueError(f"expected 0 to {self.rounds_per_epoch} rounds, got {self.rounds}")
        if not np.isfinite((*self.losses, self.round_loss)).all():
            raise ValueError(f"expected finite losses, got {(*self.losses, self.round_loss)}")


class Trainer:
    """A model in training. The only object of the core that changes; one thread at a time may use it.

    Parameters
    ----------
    matrix
        The counts.
    config
        The settings; `epochs` says how far `run` goes.
    resources
        What training may use, the device among it; on the CPU it changes the speed and nothing else.
    start
        Vectors to start from, for the words they have; None for small random ones.
    """

    def __init__(
        self,
        matrix: CooccurrenceMatrix,
        config: GloveConfig,
        resources: Resources,
        start: Embedding | None = None,
    ) -> None:
        self.matrix = matrix
        self.config = config
        self._engine = engine_for(matrix, config, resources)
        self._start = start
        self._target = config.epochs
        self._losses: list[float] = []
        self._rounds = 0
        self._round_loss = 0.0
        self._seconds = 0.0
        self._is_initialised = False  # the arrays are made by the thread that trains

    @property
    def device(self) -> str:
        """What trains, as shown to a person."""
        return self._engine.device

    @property
    def losses(self) -> tuple[float, ...]:
        """Mean loss per pair of each epoch done."""
        return tuple(self._losses)

    @property
    def position(self) -> float:
        """Epochs done, with the part of the present one."""
        return len(self._losses) + self._rounds / self._engine.rounds

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
        return self.position > 0

    @property
    def has_settled(self) -> bool:
        """Whether the loss has not fallen for as many epochs as the patience lasts."""
        patience, losses = self.config.patience, self._losses
        if patience == 0 or len(losses) <= patience:
            return False
        return min(losses[-patience:]) >= (1 - SMALLEST_FALL) * min(losses[:-patience])

    @property
    def ended_early(self) -> bool:
        """Whether training ended by itself, before the epochs that were asked for."""
        return self.has_settled and len(self._losses) < self._target

    def train_further(self, epochs: int) -> None:
        """Make the next `run` go on for this many epochs after those that were asked for before."""
        self._target = max(self._target, len(self._losses)) + epochs

    def run(self, look: Callable[[], object] | None = None) -> Task[Embedding]:
        """Train up to the last epoch, from where an earlier run was closed; reports are `TrainingReport`.

        With a patience it ends sooner, once the loss has settled. ``look`` is called before the first step
        and at the end of each epoch, which reports need not meet.

        Raises
        ------
        NotEnoughMemory
            If it would not fit; nothing has been taken then.
        TrainingDiverged
            If the loss is no longer finite or far above its best; the trainer is then back at its best epoch.
        """
        yield Progress("preparing")
        if not self._is_initialised:
            check_training_fits(len(self.matrix.vocabulary), self.matrix.nonzeros, self.config)
        self._initialise()
        yield from self._engine.prepare()
        if look is not None:
            look()
        best = self.checkpoint()
        reporter = _Reporter(self._target, self.matrix.nonzeros)
        first = len(self._losses)
        with self._engine.working():
            while len(self._losses) < self._target and not (self.has_settled and len(self._losses) > first):
                for loss, pairs, seconds in self._epoch():
                    self._stop_if_not_finite(loss, best)
                    reporter.add(loss, pairs, seconds)
                    if reporter.is_due:
                        yield reporter.progress(self.position)
                reporter.finish_epoch(self._finish_epoch(best))
                if look is not None:
                    look()
                if self._losses[-1] <= min(self._losses):
                    best = self.checkpoint()
                if reporter.is_due:
                    yield reporter.progress(self.position)
        if reporter.has_news:
            yield reporter.progress(self.position)
        return self.embedding()

    def embedding(self) -> Embedding:
        """What has been learned so far, as a value of its own."""
        self._initialise()
        return finished_embedding(self.matrix.vocabulary, self._engine.state().parameters, self.config)

    def parameters(self, words: int | None = None) -> GloveParameters:
        """A copy of the model as it is, to be looked at; training goes on as if it had not been made.

        It is of so many of the most frequent words, or of all.
        """
        self._initialise()
        return self._engine.parameters(words)

    def checkpoint(self) -> Checkpoint:
        """A copy of the present state."""
        self._initialise()
        return Checkpoint(
            self._engine.state(), self.losses, self._rounds, self._engine.rounds, self._round_loss
        )

    def restore(self, checkpoint: Checkpoint) -> None:
        """Go back to a state of a training with the same counts and settings.

        Raises
        ------
        OtherTraining
            If the checkpoint was made with other counts, or a dimension, mode or device that does not fit.
        """
        self._check_fits(checkpoint)
        self._is_initialised = True
        self._engine.put(checkpoint.state)
        self._losses = list(checkpoint.losses)
        self._rounds = checkpoint.rounds
        self._round_loss = checkpoint.round_loss
        self._target = max(self._target, len(self._losses))

    def _check_fits(self, checkpoint: Checkpoint) -> None:
        state = checkpoint.state
        sums = 1 if self.config.mode == "fast" else self.config.dimension
        expected = f"{len(self.matrix.vocabulary)} words × {self.config.dimension}, {sums} sums"
        received = f"{len(state.words)} words × {state.words.shape[1]}, {state.word_sums.shape[1]} sums"
        if checkpoint.rounds and checkpoint.rounds_per_epoch != self._engine.rounds:  # within an epoch
            expected += f", {self._engine.rounds} rounds"
            received += f", {checkpoint.rounds_per_epoch} rounds"
        if expected != received:
            raise OtherTraining(expected=expected, received=received)

    def _initialise(self) -> None:
        if not self._is_initialised:
            self._engine.put(first_state(self.matrix.vocabulary, self.config, self._start))
            self._is_initialised = True

    def _epoch(self) -> Iterator[tuple[float, int, float]]:
        """Train the rounds that remain of this epoch; yields loss, pairs and seconds of some at a time."""
        engine, epoch = self._engine, len(self._losses)
        while self._rounds < engine.rounds:
            rounds = range(self._rounds, min(self._rounds + engine.at_once, engine.rounds))
            start = time.perf_counter()
            losses = engine.train(epoch, rounds)
            seconds = time.perf_counter() - start
            self._seconds += seconds
            self._rounds = rounds.stop
            for loss in losses.tolist():  # one by one, so that the sum is the same wherever it is stopped
                self._round_loss += loss
            yield float(losses.sum()), engine.pairs(epoch, rounds), seconds

    def _finish_epoch(self, best: Checkpoint) -> float:
        loss = self._round_loss / self.matrix.nonzeros
        if loss > self._largest_loss():
            self._roll_back(best, loss)
        self._losses.append(loss)
        self._rounds, self._round_loss = 0, 0.0
        return loss

    def _largest_loss(self) -> float:
        """The loss above which an epoch has made things worse."""
        if self._losses:
            return LARGEST_JUMP * max(min(self._losses), NOISE * self._losses[0])
        return LARGEST_FIRST_LOSS * max(1.0, self._untrained_loss())

    def _untrained_loss(self) -> float:
        """Mean loss of a model that predicts a count of 1 for every pair."""
        loss, values = 0.0, self.matrix.values
        for first in range(0, len(values), PAIRS_AT_ONCE):
            counts = values[first : first + PAIRS_AT_ONCE].astype(np.float64)
            weights = weight(counts, self.config.x_max, self.config.alpha)
            loss += float((0.5 * weights * np.log(counts) ** 2).sum())
        return loss / len(values)

    def _stop_if_not_finite(self, loss: float, best: Checkpoint) -> None:
        if not np.isfinite(loss):
            self._roll_back(best, loss)

    def _roll_back(self, best: Checkpoint, loss: float) -> None:
        epoch, rate = len(self._losses) + 1, self.config.learning_rate
        self.restore(best)
        raise TrainingDiverged(epoch=epoch, received=f"{loss:.3g}", kept=len(best.losses), learning_rate=rate)


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
