"""A training that was under way: kept with a session, and taken up again to the bit."""

from __future__ import annotations

from collections.abc import Mapping

from gloveui.core.cooccurrence import CooccurrenceMatrix
from gloveui.core.errors import OtherTraining
from gloveui.core.resources import Resources
from gloveui.core.training import Checkpoint, Trainer
from gloveui.core.warm_start import Origin
from gloveui.storage.checkpoint_files import fingerprint
from gloveui.storage.session_values import SavedCheckpoint


def saved_checkpoint(
    trainer: Trainer,
    checkpoint: Checkpoint,
    counts: str,
    number: int,
    start: Origin | None = None,
    seconds: Mapping[str, float] | None = None,
) -> SavedCheckpoint:
    """What is kept of a training.

    Parameters
    ----------
    trainer
        The training.
    checkpoint
        A copy of its state, made between two steps.
    counts
        `fingerprint` of its matrix, the same for as long as it trains.
    number, start, seconds
        As in `SavedCheckpoint`.
    """
    options = trainer.matrix.options
    planned = len(checkpoint.losses) if trainer.ended_early else trainer.planned_epochs
    return SavedCheckpoint(
        checkpoint, trainer.config, options, counts, number, planned, start, dict(seconds or {})
    )


def resumed_trainer(saved: SavedCheckpoint, matrix: CooccurrenceMatrix, resources: Resources) -> Trainer:
    """A training where it was when it was kept; what it learns from there is what it would have learned.

    Raises
    ------
    OtherTraining
        If the counts are others than those it was trained with.
    """
    if fingerprint(matrix) != saved.counts:
        raise OtherTraining(expected="the counts of the session", received="others")
    trainer = Trainer(matrix, saved.config, resources)
    trainer.restore(saved.checkpoint)
    further = saved.planned - max(trainer.planned_epochs, len(trainer.losses))
    if further > 0:
        trainer.train_further(further)
    return trainer
