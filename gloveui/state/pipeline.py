"""Leads a text through reading, counting and training, and the results into the session."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from gloveui.core.cooccurrence import CooccurrenceMatrix, count_cooccurrences
from gloveui.core.lookup import lookup_table
from gloveui.core.presets import Preset, preset_for
from gloveui.core.progress import Progress, Task, timed
from gloveui.core.resources import Resources
from gloveui.core.run_card import run_card
from gloveui.core.text import TextSource
from gloveui.core.tokens import TokenStream, tokenise
from gloveui.core.training import Trainer, TrainingReport
from gloveui.state.job_queue import JobQueue
from gloveui.state.jobs import Job
from gloveui.state.session import Model, Session, Stage, StageState


@dataclass(frozen=True, slots=True, eq=False)
class _Training:
    """A trainer with what it was given: later work may open another text or begin another training."""

    number: int
    trainer: Trainer
    tokens: TokenStream
    text: TextSource


@dataclass(frozen=True, slots=True, eq=False)
class _Opening:
    """A text that is being opened, and settings that suit it, where they are known."""

    text: TextSource
    preset: Preset | None = None


class Pipeline(QObject):
    """Runs the stages whose results are missing or stale, one job after another."""

    changed = Signal()  # which stage runs, and whether it is paused

    def __init__(self, session: Session, jobs: JobQueue, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._jobs = jobs
        self._job: Job | None = None
        self._stage: Stage | None = None
        self._goal: Stage | None = None
        self._training: _Training | None = None
        self._opening: _Opening | None = None
        self._read: _Opening | None = None  # what the running or last job of each stage works on
        self._counted_tokens: TokenStream | None = None
        self._trainings = 0
        self._seconds: dict[str, float] = {}
        self._fits_settings = False
        session.settings_changed.connect(self._keep_settings)

    @property
    def stage(self) -> Stage | None:
        """The stage that runs now."""
        return self._stage

    @property
    def is_paused(self) -> bool:
        """Whether the stage that runs is paused."""
        return self._job is not None and self._job.is_paused

    @property
    def can_continue(self) -> bool:
        """Whether the last training can go on with more epochs."""
        if self._training is None or self._stage is not None:
            return False
        trainer = self._training.trainer
        return trainer.matrix is self._session.cooccurrence and trainer.has_learned

    def open_text(self, text: TextSource, preset: Preset | None = None) -> None:
        """Open a text and count it; without a preset, one that fits its size is taken once that is known.

        The text before, with all that was made from it, stays until this one has been read.
        """
        self._open(_Opening(text, preset))
        self._fits_settings = True

    def reopen_text(self, text: TextSource) -> None:
        """Read the open text in another way, such as another encoding; the settings stay."""
        self._open(_Opening(text))
        self._fits_settings = False

    def count(self) -> None:
        """Bring the counts up to date with the settings."""
        self._run_to(Stage.COUNTS)

    def train(self) -> None:
        """Train from the start, after bringing up to date what comes before."""
        if self._stage is not Stage.TRAINING:
            self._run_to(Stage.TRAINING)

    def continue_training(self, epochs: int) -> None:
        """Train the last model for more epochs."""
        if self._training is not None and self.can_continue:
            self._training.trainer.train_further(epochs)
            self._start_training(self._training.trainer)

    def pause(self) -> None:
        """Let the present stage wait."""
        if self._job is not None:
            self._job.pause()
            self.changed.emit()

    def resume(self) -> None:
        """Let the present stage go on."""
        if self._job is not None:
            self._job.resume()
            self.changed.emit()

    def stop(self) -> None:
        """End the present stage; a training keeps what it has learned."""
        self._give_up()
        if self._job is not None:
            self._job.cancel()

    def _open(self, opening: _Opening) -> None:
        self.stop()
        if self._session.tokens is None:  # nothing would be lost by a text that cannot be read
            self._show(opening)
        self._opening = opening
        self._run_to(Stage.COUNTS)

    def _show(self, opening: _Opening) -> None:
        """Make a text the open one, with its settings."""
        if opening.preset is not None:
            self._apply(opening.preset)
        self._session.set_text(opening.text)

    def _run_to(self, goal: Stage) -> None:
        self._goal = goal
        if self._job is None:
            self._go_on()

    def _go_on(self) -> None:
        """Start the first stage before the goal whose result is missing or stale, or the goal itself."""
        session, goal = self._session, self._goal
        text = self._opening.text if self._opening is not None else session.text
        if goal is None or text is None:
            return
        if self._opening is not None or session.state(Stage.TEXT) is not StageState.FRESH:
            self._read = self._opening
            task: Task[Any] = timed(tokenise(text, session.token_options, Resources()))
            self._start(Stage.TEXT, task).succeeded.connect(self._take_tokens)
        elif session.tokens is not None and session.state(Stage.COUNTS) is not StageState.FRESH:
            self._counted_tokens = session.tokens
            task = timed(count_cooccurrences(session.tokens, session.count_options, Resources()))
            self._start(Stage.COUNTS, task).succeeded.connect(self._take_counts)
        elif session.cooccurrence is not None and session.tokens is not None and goal is Stage.TRAINING:
            self._goal = None
            self._trainings += 1
            trainer = Trainer(session.cooccurrence, session.config, Resources())
            self._training = _Training(self._trainings, trainer, session.tokens, text)
            self._start_training(trainer)
        else:
            self._goal = None

    def _start(self, stage: Stage, task: Task[Any]) -> Job:
        self._stage = stage
        self._job = self._jobs.submit(task)
        self._job.failed.connect(self._give_up)
        self._job.finished.connect(self._finish)
        self.changed.emit()
        return self._job

    def _start_training(self, trainer: Trainer) -> None:
        self._session.start_losses(trainer.planned_epochs, trainer.losses)
        job = self._start(Stage.TRAINING, trainer.run())
        job.progressed.connect(self._take_reports)
        job.succeeded.connect(self._keep_what_was_learned)
        job.failed.connect(self._keep_what_was_learned)
        job.cancelled.connect(self._keep_what_was_learned)
        job.finished.connect(self._session.end_losses)

    def _finish(self) -> None:
        self._job = self._stage = None
        self._go_on()
        self.changed.emit()

    def _give_up(self) -> None:
        self._goal = self._opening = None

    def _take_tokens(self, result: tuple[TokenStream, float]) -> None:
        if self._read is not self._opening:
            return  # another text was opened meanwhile
        tokens, self._seconds["reading"] = result
        opening, self._opening = self._opening, None
        if opening is not None and self._session.text is not opening.text:
            self._show(opening)
        if self._fits_settings and (opening is None or opening.preset is None):
            self._apply(preset_for(tokens.token_count))
        self._session.set_tokens(tokens)

    def _take_counts(self, result: tuple[CooccurrenceMatrix, float]) -> None:
        matrix, self._seconds["counting"] = result
        if self._counted_tokens is not None and self._counted_tokens is self._session.tokens:
            self._session.set_cooccurrence(matrix, self._counted_tokens)

    def _take_reports(self, batch: list[Progress]) -> None:
        reports = tuple(one.detail for one in batch if isinstance(one.detail, TrainingReport))
        if reports and self._is_of_the_open_text(self._training):
            self._session.add_reports(reports)

    def _keep_what_was_learned(self) -> None:
        """Make a model of the trainer's present state, in the background."""
        training = self._training
        if training is not None and training.trainer.has_learned:
            seconds = self._seconds | {"training": training.trainer.seconds}
            self._jobs.submit(_build_model(training, seconds)).succeeded.connect(self._take_model)

    def _take_model(self, result: tuple[_Training, Model]) -> None:
        training, model = result
        if self._is_of_the_open_text(training):
            self._session.set_trained(training.trainer.matrix, training.trainer.config)
        self._session.add_model(model)

    def _is_of_the_open_text(self, training: _Training | None) -> bool:
        return training is not None and training.text is self._session.text

    def _apply(self, preset: Preset) -> None:
        self._session.set_count_options(preset.count_options)
        self._session.set_config(preset.config)
        self._fits_settings = False

    def _keep_settings(self) -> None:
        """A setting was changed by hand: none is chosen for the text any more."""
        self._fits_settings = False


def _build_model(training: _Training, seconds: dict[str, float]) -> Task[tuple[_Training, Model]]:
    """A model of what a training has learned, its unit vectors and look-up table ready."""
    trainer = training.trainer
    yield Progress("finishing")
    embedding = trainer.embedding()
    yield Progress("finishing", 0.5)
    table = lookup_table(embedding, trainer.config.unknown)
    # Made when first asked for; better here than in the window's thread.
    _ = embedding.unit_vectors, embedding.vocabulary.get(""), table.vocabulary.get("")
    config = replace(trainer.config, epochs=max(1, len(trainer.losses)))
    card = run_card(training.tokens, trainer.matrix, config, trainer.losses, seconds)
    name = f"GloVe {training.number} · {embedding.dimension}d · {len(trainer.losses)} epochs"
    return training, Model(training.number, name, embedding, table, card)
