"""What the session holds: stages, models, losses, and what a person looks at, as values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from gloveui.core.embedding import Embedding
from gloveui.core.glove import GloveParameters
from gloveui.core.lookup import LookupTable
from gloveui.core.run_card import RunCard
from gloveui.core.training import TrainingReport
from gloveui.core.vocabulary import Vocabulary

Cell = tuple[int, int]
"""Ids of a word, whose row it is, and of its context word."""


class Stage(Enum):
    """A step of the way from text to vectors."""

    TEXT = "text"
    COUNTS = "counts"
    TRAINING = "training"


class StageState(Enum):
    """How the result of a stage stands to the present settings."""

    MISSING = "missing"
    STALE = "stale"  # there, but made with other settings than those now shown
    FRESH = "fresh"


@dataclass(frozen=True, eq=False)
class Model:
    """Word vectors in the window: their number and name, look-up table and origin."""

    number: int
    name: str
    embedding: Embedding
    table: LookupTable
    card: RunCard | None = None


@dataclass(frozen=True, slots=True)
class LossHistory:
    """The loss of a training as it came.

    Attributes
    ----------
    reports
        What was reported, oldest first; each about 50 ms of work.
    epochs
        Mean loss of each whole epoch.
    planned
        Epochs that are to be done.
    is_running
        Whether more is to come.
    device
        What trains, as shown to a person; empty as long as that is not known.
    """

    reports: tuple[TrainingReport, ...] = ()
    epochs: tuple[float, ...] = ()
    planned: int = 0
    is_running: bool = False
    device: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A number whose sentences are asked for: the count of a word and a context word, or a word alone."""

    word: str
    context: str = ""


@dataclass(frozen=True, eq=False)
class LiveModel:
    """A copy of a model while it is trained, with how many epochs it had seen."""

    vocabulary: Vocabulary
    parameters: GloveParameters
    position: float
