"""The vectors of the most frequent words at the ends of epochs, in a bounded amount of memory."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gloveui.core.cooccurrence import CooccurrenceMatrix
from gloveui.core.embedding import Embedding
from gloveui.core.glove import GloveConfig
from gloveui.core.progress import run_to_end
from gloveui.core.resources import Resources, free_memory
from gloveui.core.training import Trainer
from gloveui.core.vocabulary import Vocabulary

MOST_WORDS = 20_000
MOST_SNAPSHOTS = 256
FEWEST_SNAPSHOTS = 16  # that there is room for: with long vectors fewer words are kept
LARGEST_BYTES = 256_000_000
LARGEST_SHARE = 0.25  # of the memory that is free


@dataclass(frozen=True, eq=False)
class EpochSnapshot:
    """Vectors between two steps of a training.

    Attributes
    ----------
    epoch
        Epochs done, with the part of the one that was stopped.
    loss
        Mean loss per pair of the last whole epoch; NaN before the first.
    vectors
        float32, shape (n, D), or (n, 2 D) when concatenated, read-only: of the n most frequent words, without
        what is done to vectors after training.
    """

    epoch: float
    loss: float
    vectors: NDArray[np.float32]

    def __post_init__(self) -> None:
        self.vectors.setflags(write=False)


@dataclass(frozen=True, eq=False)
class SnapshotSeries:
    """Snapshots of one training.

    Attributes
    ----------
    vocabulary
        All its words; the first ones have vectors in the snapshots.
    vectors
        What they are made of; see `GloveConfig.vectors`.
    snapshots
        Oldest first.
    step
        Every so many epochs there is one; the first and the last are always there.
    """

    vocabulary: Vocabulary
    vectors: str
    snapshots: tuple[EpochSnapshot, ...] = ()
    step: int = 1

    @property
    def word_count(self) -> int:
        """How many words have vectors in the snapshots."""
        return len(self.snapshots[0].vectors) if self.snapshots else 0

    @property
    def byte_count(self) -> int:
        """The memory that the vectors take."""
        return sum(one.vectors.nbytes for one in self.snapshots)


class SnapshotKeeper:
    """Takes snapshots of a trainer, in the thread that trains, and thins them out when there are too many.

    Parameters
    ----------
    trainer
        Whose model is looked at.
    largest_bytes
        What the vectors may take; None for 256 MB, or a quarter of what is free if that is less.
    """

    def __init__(self, trainer: Trainer, largest_bytes: int | None = None) -> None:
        self._trainer = trainer
        self._largest_bytes = largest_bytes
        self._words, self._most = 0, 0  # known when the first is taken
        self._series = SnapshotSeries(trainer.matrix.vocabulary, trainer.config.vectors)

    @property
    def series(self) -> SnapshotSeries:
        """What is kept now."""
        return self._series

    def look(self) -> None:
        """Take a snapshot if the turn of this epoch has come; to be called at the end of each."""
        position = self._trainer.position
        if not self._series.snapshots or position % self._series.step == 0:
            self._take(position)

    def take_last(self) -> None:
        """Take a snapshot of the model as it is, whatever its epoch."""
        self._take(self._trainer.position)

    def _take(self, position: float) -> None:
        """Add a snapshot; later ones go, for training has gone back, and one that was only the last does."""
        series = self._series
        kept = [one for one in series.snapshots if one.epoch <= position]
        if not kept or kept[-1].epoch < position:
            kept = [*kept[:1], *_regular(kept[1:], series.step), self._snapshot(position)]
        if len(kept) != len(series.snapshots) or kept[-1] is not series.snapshots[-1]:
            self._publish(kept)

    def _publish(self, kept: list[EpochSnapshot]) -> None:
        step = self._series.step
        while len(kept) > self._most:
            step *= 2
            kept = [kept[0], *_regular(kept[1:-1], step), kept[-1]]
        self._series = SnapshotSeries(self._series.vocabulary, self._series.vectors, tuple(kept), step)

    def _snapshot(self, position: float) -> EpochSnapshot:
        if not self._most:
            self._measure()
        trainer = self._trainer
        vectors = trainer.parameters(self._words).vectors(trainer.config.vectors)
        return EpochSnapshot(position, trainer.losses[-1] if trainer.losses else np.nan, vectors)

    def _measure(self) -> None:
        """How many words are kept, and how many snapshots."""
        config, words = self._trainer.config, len(self._trainer.matrix.vocabulary)
        row_bytes = 4 * config.dimension * (2 if config.vectors == "concatenated" else 1)
        budget = self._largest_bytes
        if budget is None:
            budget = min(LARGEST_BYTES, int(LARGEST_SHARE * free_memory()))
        self._words = max(1, min(words, MOST_WORDS, budget // (FEWEST_SNAPSHOTS * row_bytes)))
        self._most = max(2, min(MOST_SNAPSHOTS, budget // (self._words * row_bytes)))


def epoch_snapshots(
    counts: CooccurrenceMatrix,
    *,
    resources: Resources | None = None,
    start: Embedding | None = None,
    **settings: Any,
) -> SnapshotSeries:
    """Train on counts, and keep how the vectors were at the end of each epoch.

    Parameters
    ----------
    counts
        What to train on.
    resources
        What training may use.
    start
        Vectors to start from; None for small random ones.
    **settings
        Fields of `GloveConfig`.

    Raises
    ------
    SettingError, TrainingDiverged, OtherDimension, NotEnoughMemory
    """
    trainer = Trainer(counts, GloveConfig(**settings), resources or Resources(), start)
    keeper = SnapshotKeeper(trainer)
    run_to_end(trainer.run(keeper.look))
    keeper.take_last()
    return keeper.series


def _regular(snapshots: Iterable[EpochSnapshot], step: int) -> list[EpochSnapshot]:
    """Those whose turn it is with this step."""
    return [one for one in snapshots if one.epoch % step == 0]
