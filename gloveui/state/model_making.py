"""Models for the window: trained from the start, and made anew when only their finish is to be another."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace

from gloveui.core.cooccurrence import CooccurrenceMatrix
from gloveui.core.embedding import Embedding
from gloveui.core.finishing import finished_embedding
from gloveui.core.glove import FINISHING_SETTINGS, UNKNOWN_RULES, GloveConfig, GloveParameters
from gloveui.core.lookup import lookup_table, sharing
from gloveui.core.model_cards import Card
from gloveui.core.nearest import prepare_nearest
from gloveui.core.progress import Progress, Task
from gloveui.core.resources import Resources, free_memory
from gloveui.core.run_card import RunCard, run_card
from gloveui.core.snapshots import SnapshotKeeper
from gloveui.core.text import TextSource
from gloveui.core.tokens import TokenStream
from gloveui.core.training import Trainer, TrainingReport
from gloveui.core.vocabulary import Vocabulary
from gloveui.core.warm_start import Origin, WarmStart
from gloveui.state.turns import Turns
from gloveui.state.values import LiveModel, Model
from gloveui.storage.checkpoint_files import fingerprint
from gloveui.storage.session_training import resumed_trainer, saved_checkpoint
from gloveui.storage.session_values import SavedCheckpoint

LIVE_SECONDS = 1.0  # between two copies of a model that is looked at while it is trained
LARGEST_LIVE_SHARE = 0.05  # of the time of training, which these copies may take
LIVE_COPIES = 2  # that there are at once: the one that is shown, and the next
USUAL_RULE = UNKNOWN_RULES[0]
LONGEST_ORIGIN = 24  # letters of a file's name within that of a model


@dataclass(slots=True, eq=False)
class Training:
    """A training with what it was given: later work may open another text or begin another training.

    Its trainer is made by the thread that trains, which may have to load much for it.
    """

    number: int
    text: TextSource
    tokens: TokenStream
    matrix: CooccurrenceMatrix
    config: GloveConfig
    resources: Resources
    start: WarmStart | None
    trainer: Trainer | None = None
    resumed: SavedCheckpoint | None = None  # what the trainer goes on from, in the place of the start
    keeper: SnapshotKeeper | None = None
    is_left: bool = False  # nobody wants to see what comes of it any more
    counts: str = ""  # fingerprint of the matrix, once it was asked for
    is_watched: threading.Event = field(default_factory=threading.Event)
    turns: Turns = field(default_factory=Turns)

    @property
    def has_learned(self) -> bool:
        """Whether there is something to keep, or to go on from."""
        return self.resumed is not None if self.trainer is None else self.trainer.has_learned

    @property
    def is_done(self) -> bool:
        """Whether it came to its end, or ended by itself."""
        trainer = self.trainer
        if trainer is None:
            return self.resumed is not None and self.resumed.is_done
        return trainer.ended_early or trainer.position >= trainer.planned_epochs

    @property
    def state_bytes(self) -> int:
        """Size of its state: two tables with their biases, and AdaGrad's sums for each number."""
        return 2 * self._model_bytes

    @property
    def _model_bytes(self) -> int:
        return 4 * len(self.matrix.vocabulary) * 2 * (self.config.dimension + 1)

    @property
    def origin(self) -> Origin | None:
        """Where its first values came from; None for small random ones."""
        if self.resumed is not None:
            return self.resumed.start
        return None if self.start is None else self.start.origin

    @property
    def begun(self) -> tuple[int, tuple[float, ...]]:
        """How many epochs it is to have when it begins, and the losses of those that were done before."""
        if self.trainer is not None:
            return self.trainer.planned_epochs, self.trainer.losses
        if self.resumed is not None:
            return self.resumed.planned, self.resumed.checkpoint.losses
        return self.config.epochs, ()

    @property
    def seconds(self) -> float:
        """Time spent on training pairs, before it was taken up again too."""
        before = 0.0 if self.resumed is None else self.resumed.seconds.get("training", 0.0)
        return before if self.trainer is None else before + self.trainer.seconds

    def train_further(self, epochs: int) -> None:
        """Plan more epochs, for its next run."""
        if self.trainer is not None:
            self.trainer.train_further(epochs)
        elif self.resumed is not None:
            self.resumed = replace(self.resumed, planned=self.resumed.planned + epochs)

    def checkpoint(self) -> SavedCheckpoint | None:
        """Its state between two steps, for any thread but the window's; None before it has learned.

        A paused or stopped training has one, too: so the thread that asks makes it, not the one that trains.
        """
        trainer = self.trainer
        if trainer is None or not trainer.has_learned:
            return None
        with self.turns.taken():
            state, seconds = trainer.checkpoint(), {"training": self.seconds}
        self.counts = self.counts or fingerprint(self.matrix)
        return saved_checkpoint(trainer, state, self.counts, self.number, self.origin, seconds)

    def run(self) -> Task[Embedding]:
        """Train, or train further; a report comes after a `SnapshotSeries` where that has grown.

        While it is watched, now and then one comes after a `LiveModel`, too.
        """
        if self.trainer is None:
            yield Progress("preparing")
            self.trainer = self._made_trainer()
        if self.keeper is None:
            self.keeper = SnapshotKeeper(self.trainer)
        return (yield from self._watched(self.trainer, self.keeper))

    def _made_trainer(self) -> Trainer:
        if self.resumed is not None:
            return resumed_trainer(self.resumed, self.matrix, self.resources)
        start = None if self.start is None else self.start.embedding
        return Trainer(self.matrix, self.config, self.resources, start)

    def _watched(self, trainer: Trainer, keeper: SnapshotKeeper) -> Task[Embedding]:
        due, told = 0.0, keeper.series
        with closing(trainer.run(keeper.look)) as task:
            while True:
                try:
                    with self.turns.taken():
                        progress = next(task)
                except StopIteration as stop:
                    result: Embedding = stop.value
                    return result
                if keeper.series is not told:
                    told = keeper.series
                    yield replace(progress, detail=told)
                now = time.perf_counter()
                if now >= due and isinstance(progress.detail, TrainingReport) and self._can_show():
                    live = LiveModel(
                        trainer.matrix.vocabulary, trainer.parameters(), progress.detail.position
                    )
                    copying = time.perf_counter() - now
                    due = now + max(LIVE_SECONDS, copying / LARGEST_LIVE_SHARE)
                    yield replace(progress, detail=live)
                yield progress

    def _can_show(self) -> bool:
        """Whether a copy of the model is asked for, and there is memory for it."""
        return self.is_watched.is_set() and free_memory() > LIVE_COPIES * self._model_bytes


@dataclass(frozen=True, eq=False)
class MadeModel:
    """A model, and the settings it was trained and finished with."""

    model: Model
    config: GloveConfig


def model_of(
    training: Training, trainer: Trainer, wanted: GloveConfig, seconds: Mapping[str, float]
) -> Task[tuple[Training, MadeModel]]:
    """A model of what a training has learned, finished as is `wanted` now where that trains alike."""
    yield Progress("finishing")
    config = wanted if wanted.trains_like(training.config) else training.config
    parameters = trainer.checkpoint().state.parameters
    if training.keeper is not None:
        training.keeper.take_last()
    card = run_card(training.tokens, trainer, seconds, training.resources, training.origin)
    card = _finished_card(card, config)
    model = yield from _model(training.number, trainer.matrix.vocabulary, parameters, card)
    return training, MadeModel(model, config)


def model_anew(
    model: Model, parameters: GloveParameters, card: RunCard, config: GloveConfig
) -> Task[tuple[Model, MadeModel]]:
    """A model, and the same with other vectors made of it, as `config` says; it is not trained."""
    yield Progress("finishing")
    card = _finished_card(card, config)
    made = yield from _model(model.number, model.embedding.vocabulary, parameters, card)
    return model, MadeModel(made, config)


def model_name(number: int, dimension: int, epochs: int, origin: Origin | None) -> str:
    """The name of a model, with what it started from where that was no chance."""
    name = f"GloVe {number} · {dimension}d · {epochs} epochs"
    if origin is None:
        return name
    source = f"GloVe {origin.number}" if origin.number is not None else origin.name
    if len(source) > LONGEST_ORIGIN:
        source = f"{source[: LONGEST_ORIGIN - 1]}…"
    return f"{name} · from {source}"


def _finished_card(card: RunCard, config: GloveConfig) -> RunCard:
    """The card of a model that is finished as `config` says."""
    finishing = {name: getattr(config, name) for name in FINISHING_SETTINGS}
    return replace(card, config=replace(card.config, **finishing))


def _model(number: int, vocabulary: Vocabulary, parameters: GloveParameters, card: RunCard) -> Task[Model]:
    """A model as its card says."""
    embedding = finished_embedding(vocabulary, parameters, card.config)
    name = model_name(number, embedding.dimension, len(card.losses), card.start)
    return (yield from ready_model(number, name, embedding, card))


def ready_model(number: int, name: str, embedding: Embedding, card: Card | None) -> Task[Model]:
    """A model with its look-up table, and what questions need of it made already."""
    yield Progress("finishing", 0.5)
    table = lookup_table(embedding, card.config.unknown if isinstance(card, RunCard) else USUAL_RULE)
    embedding = sharing(embedding, table)
    # Made when first asked for; better here than in the window's thread.
    _ = embedding.norms, embedding.vocabulary.get(""), table.vocabulary.get("")
    yield from prepare_nearest(embedding)
    return Model(number, name, embedding, table, card)
