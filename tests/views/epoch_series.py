"""Epochs of a training that never was: words on known ways."""

from __future__ import annotations

import math

import numpy as np

from gloveui.core.snapshots import EpochSnapshot, SnapshotSeries
from gloveui.core.vocabulary import Vocabulary
from gloveui.state.session import Session

WORDS = ("king", "man", "boy", "queen", "sea", *(f"w{number}" for number in range(25)))


def series_of(epochs: int, seed: int = 1, step: int = 1) -> SnapshotSeries:
    """The beginning and so many epochs: vectors grow, by chance in different directions at first."""
    random = np.random.default_rng(seed)
    end = random.normal(size=(len(WORDS), 6)) * (4, 3, 1, 1, 1, 1)
    noise = random.normal(size=(epochs + 1, len(WORDS), 6))
    snapshots = tuple(
        EpochSnapshot(
            float(epoch * step),
            math.nan if epoch == 0 else 0.1 / epoch,
            (end * epoch / max(epochs, 1) + noise[epoch] / (1 + epoch)).astype(np.float32),
        )
        for epoch in range(epochs + 1)
    )
    return SnapshotSeries(Vocabulary(WORDS, np.arange(len(WORDS), 0, -1)), "sum", snapshots, step)


def grown(series: SnapshotSeries, epochs: int) -> SnapshotSeries:
    """The same training when it had come only so far."""
    return SnapshotSeries(series.vocabulary, series.vectors, series.snapshots[: epochs + 1], series.step)


def session_with(epochs: int) -> Session:
    """A session after a training of so many epochs."""
    session = Session()
    session.epochs.show(1, series_of(epochs))
    return session
