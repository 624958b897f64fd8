"""What a trainer asks of the device that holds the model."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from gloveui.core.glove import GloveParameters
from gloveui.core.model_state import ModelState
from gloveui.core.progress import Task


class TrainingEngine(Protocol):
    """Holds a model and makes AdaGrad steps on it.

    An epoch has a fixed number of rounds; each trains its own part of the pairs. What a round does depends on
    the model, the settings, the epoch and the round's number, and on nothing else.
    """

    @property
    def device(self) -> str:
        """Where it computes, as shown to a person: ``"CPU, 2 threads"``, ``"NVIDIA H100 80GB HBM3"``."""

    @property
    def rounds(self) -> int:
        """Rounds in an epoch."""

    @property
    def at_once(self) -> int:
        """Rounds that are best asked for together: some milliseconds of work."""

    def prepare(self) -> Task[None]:
        """Make ready whatever training needs, once; the stage of each Progress is ``"preparing"``."""

    def working(self) -> AbstractContextManager[None]:
        """Hold threads or streams while training; entered by the thread that trains."""

    def put(self, state: ModelState) -> None:
        """Copy a model into the device."""

    def state(self) -> ModelState:
        """A copy of the model as it is."""

    def parameters(self, words: int | None = None) -> GloveParameters:
        """A copy of the model alone, without the sums; of so many of the most frequent words, or of all."""

    def pairs(self, epoch: int, rounds: range) -> int:
        """How many pairs these rounds have."""

    def train(self, epoch: int, rounds: range) -> NDArray[np.float64]:
        """Train some rounds, in their order; float64, shape (rounds,): each one's sum of ½ f diff²."""
