"""What the session holds: stages, models, losses, and what a person looks at, as values."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

from gloveui.core.embedding import Embedding
from gloveui.core.glove import GloveParameters
from gloveui.core.lookup import LookupTable
from gloveui.core.model_cards import BaselineCard, Card, FileCard
from gloveui.core.presets import Preset
from gloveui.core.run_card import RunCard
from gloveui.core.text import TextSource
from gloveui.core.training import TrainingReport
from gloveui.core.vocabulary import Vocabulary

WITHOUT_LOSS = ("lsa", "ppmi")  # methods that are no training in epochs

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

    @classmethod
    def of(cls, is_there: bool, fits: bool) -> StageState:
        """The state of a result that is there or not, and fits the settings or not."""
        if not is_there:
            return cls.MISSING
        return cls.FRESH if fits else cls.STALE


@dataclass(frozen=True, slots=True, eq=False)
class Opening:
    """A text that is being opened, and settings that suit it, where they are known."""

    text: TextSource
    preset: Preset | None = None
    keeps_settings: bool = False


@dataclass(frozen=True, slots=True)
class EarlyEnd:
    """A training that ended by itself: epochs done and planned, and the patience that was lost."""

    epochs: int
    planned: int
    patience: int


@dataclass(frozen=True, eq=False)
class Model:
    """Word vectors in the window: their number and name, look-up table and origin."""

    number: int
    name: str
    embedding: Embedding
    table: LookupTable
    card: Card | None = None
    is_renamed: bool = False  # by a person

    @property
    def training_card(self) -> RunCard | None:
        """The card of a training by GloVe; None for a model that was made otherwise."""
        return self.card if isinstance(self.card, RunCard) else None

    @property
    def text_card(self) -> RunCard | BaselineCard | None:
        """The card of a model that was made of a text; None for vectors of a file, or of unknown origin."""
        return None if isinstance(self.card, FileCard) else self.card

    def parameters_of(self, vocabulary: Vocabulary) -> GloveParameters | None:
        """The whole GloVe model, if it is one of exactly these words."""
        words = self.embedding.vocabulary
        is_same = words is vocabulary or words.words == vocabulary.words
        return self.embedding.parameters if is_same else None


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
    method
        What was trained; not every method has a loss.
    """

    reports: tuple[TrainingReport, ...] = ()
    epochs: tuple[float, ...] = ()
    planned: int = 0
    is_running: bool = False
    device: str = ""
    method: str = "glove"

    def begun(self, planned: int, epochs: tuple[float, ...], method: str = "glove") -> LossHistory:
        """The history of a training that begins, or goes on after these epochs."""
        reports = self.reports if epochs else ()
        return LossHistory(reports, epochs, planned, True, self.device if method == "glove" else "", method)

    def with_reports(self, reports: tuple[TrainingReport, ...]) -> LossHistory:
        """The history with what was reported since."""
        finished = tuple(loss for report in reports for loss in report.finished)
        return replace(self, reports=(*self.reports, *reports), epochs=(*self.epochs, *finished))


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
