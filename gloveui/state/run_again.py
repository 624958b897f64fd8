"""Makes a model again as its card says, and compares the vectors with those it had."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QObject, Signal

from gloveui.api import train_task
from gloveui.core.cooccurrence import count_cooccurrences
from gloveui.core.embedding import Embedding
from gloveui.core.model_cards import BaselineCard
from gloveui.core.progress import Task, timed
from gloveui.core.resources import Resources
from gloveui.core.run_card import RunCard
from gloveui.core.text import TextSource
from gloveui.core.tokens import tokenise
from gloveui.state.baseline_making import BaselineTraining
from gloveui.state.job_queue import JobQueue
from gloveui.state.jobs import Job
from gloveui.state.model_making import model_name, ready_model
from gloveui.state.session import Session
from gloveui.state.values import Model


@dataclass(frozen=True, slots=True, eq=False)
class Repetition:
    """A model that was made again, the one it repeats, and whether their vectors are the same to the bit."""

    old: Model
    new: Model
    is_same: bool


class RunAgain(QObject):
    """Repeats the model that is shown, from its text on."""

    repeated = Signal(object)  # Repetition

    def __init__(self, session: Session, jobs: JobQueue, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._jobs = jobs
        self._job: Job | None = None
        self._old: Model | None = None  # the one that is made again
        session.models_changed.connect(self._look_for_old)

    @property
    def is_possible(self) -> bool:
        """Whether the card of the model that is shown and the open text are all that it was made of."""
        session, model = self._session, self._session.model
        card = None if model is None else model.text_card
        if card is None or session.tokens is None or session.text is None or self._job is not None:
            return False
        is_from_scratch = not isinstance(card, RunCard) or card.start is None
        return is_from_scratch and session.tokens.summary.sha256 == card.text.sha256

    def begin(self) -> None:
        """Make the model that is shown again, beside it."""
        session = self._session
        if session.model is None or session.text is None or not self.is_possible:
            return
        task = repeated(session.model, session.text, session.next_number(), session.resources)
        self._old = session.model
        self._job = self._jobs.submit(task)
        self._job.succeeded.connect(self._take)
        self._job.finished.connect(self._end)

    def stop(self) -> None:
        """End the work, if there is any; the model it was to make is not kept."""
        if self._job is not None:
            self._job.cancel()

    def _take(self, repetition: Repetition) -> None:
        if repetition.old in self._session.models:
            self._session.add_model(repetition.new)
            self.repeated.emit(repetition)

    def _look_for_old(self) -> None:
        """Nobody wants it twice that has gone: it was removed, or another session is open now."""
        if self._old is not None and self._old not in self._session.models:
            self.stop()

    def _end(self) -> None:
        self._job = self._old = None


def repeated(model: Model, text: TextSource, number: int, resources: Resources) -> Task[Repetition]:
    """Read, count and train anew with the settings of a model's card."""
    card = model.text_card
    if isinstance(card, BaselineCard):
        new = yield from _baseline_anew(card, text, number, resources)
    elif isinstance(card, RunCard):
        new = yield from _glove_anew(card, text, number, resources)
    else:
        raise TypeError(f"expected a model with the card of a training, got {model.name}")
    return Repetition(model, new, _is_same(model.embedding, new.embedding))


def _baseline_anew(card: BaselineCard, text: TextSource, number: int, resources: Resources) -> Task[Model]:
    tokens, reading = yield from timed(tokenise(text, card.token_options, resources))
    matrix, counting = yield from timed(count_cooccurrences(tokens, card.count_options, resources))
    seconds = {"reading": reading, "counting": counting}
    training = BaselineTraining(number, text, tokens, matrix, card.settings, resources, seconds)
    _, model = yield from training.run()
    return model


def _glove_anew(card: RunCard, text: TextSource, number: int, resources: Resources) -> Task[Model]:
    run = yield from train_task(text, card.token_options, card.count_options, card.config, resources)
    name = model_name(number, run.embedding.dimension, len(run.card.losses), None)
    return (yield from ready_model(number, name, run.embedding, run.card))


def _is_same(old: Embedding, new: Embedding) -> bool:
    same_words = old.vocabulary.words == new.vocabulary.words
    return same_words and bool(np.array_equal(old.vectors.view(np.uint32), new.vectors.view(np.uint32)))
