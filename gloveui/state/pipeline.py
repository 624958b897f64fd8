"""Leads a text through reading, counting and training, and the results into the session."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from gloveui.core.cooccurrence import CooccurrenceMatrix, count_cooccurrences, kept_vocabulary
from gloveui.core.devices import chosen_device
from gloveui.core.errors import NoWordFrequentEnough, OtherDimension, SettingError
from gloveui.core.presets import Preset, preset_for
from gloveui.core.progress import Task, timed
from gloveui.core.text import PastedText, TextSource
from gloveui.core.tokens import TokenStream, tokenise
from gloveui.state.baseline_making import BaselineTraining
from gloveui.state.job_queue import JobQueue
from gloveui.state.jobs import Job
from gloveui.state.method_choice import MethodChoice
from gloveui.state.model_keeping import ModelKeeping
from gloveui.state.model_making import Training
from gloveui.state.session import Session
from gloveui.state.training_news import TrainingNews
from gloveui.state.values import EarlyEnd, Opening, Stage, StageState
from gloveui.storage.session_values import SavedCheckpoint
from gloveui.storage.start_files import read_warm_start

SMALL_TEXT = 200_000  # tokens; counted in about a tenth of a second


class Pipeline(QObject):
    """Runs the stages whose results are missing or stale, one job after another."""

    changed = Signal()  # which stage runs, and whether it is paused
    refused = Signal(object)  # GloveError: why a training was not begun
    ended_early = Signal(object)  # EarlyEnd

    def __init__(self, session: Session, jobs: JobQueue, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.methods = MethodChoice(self)
        self._session = session
        self._jobs = jobs
        self._job: Job | None = None
        self._stage: Stage | None = None
        self._goal: Stage | None = None
        self._training: Training | None = None
        self._resumed: SavedCheckpoint | None = None  # what the next training goes on from
        self._baseline: BaselineTraining | None = None  # the last one by another method
        self._news = TrainingNews(session, self)
        self._models = ModelKeeping(session, jobs, self)
        self._opening: Opening | None = None
        self._read: Opening | None = None  # what the running or last job of each stage works on
        self._counted_tokens: TokenStream | None = None
        self._seconds: dict[str, float] = {}
        self._fits_settings = False
        self._settings = self._settings_of_text()
        session.settings_changed.connect(self._follow_settings)
        self.methods.changed.connect(self._follow_method)

    @property
    def stage(self) -> Stage | None:
        """The stage that runs now."""
        return self._stage

    @property
    def is_paused(self) -> bool:
        """Whether the stage that runs is paused."""
        return self._job is not None and self._job.is_paused

    @property
    def will_fit_settings(self) -> bool:
        """Whether settings that fit the text are taken as soon as its size is known."""
        return self._fits_settings

    @property
    def training(self) -> Training | None:
        """The last training of the open text, whether it runs or not."""
        return self._training

    @property
    def can_continue(self) -> bool:
        """Whether the last training can go on with more epochs."""
        if self._training is None or self._stage is not None or self.methods.chosen is not None:
            return False
        return self._training.matrix is self._session.cooccurrence and self._training.has_learned

    def open_text(self, text: TextSource, preset: Preset | None = None) -> None:
        """Open a text and count it; without a preset, one that fits its size is taken once that is known.

        The text before, with all that was made from it, stays until this one has been read.
        """
        self._fits_settings = True
        self._open(Opening(text, preset))

    def reopen_text(self, text: TextSource) -> None:
        """Read the open text in another way, such as another encoding; the settings stay."""
        self._fits_settings = False
        self._open(Opening(text, keeps_settings=True))

    def fit_settings(self) -> None:
        """Take the settings that fit the open text, now or as soon as it has been read."""
        fitted = self._session.fitted_preset
        if fitted is not None and self._session.tokens is not None:
            self._session.use_preset(fitted)
            self._fit_methods(self._session.tokens)
        else:
            self._fits_settings = True

    def read_start(self, path: Path) -> None:
        """Read vectors from a file for the next training to start from."""
        self._jobs.submit(read_warm_start(path)).succeeded.connect(self._session.set_start)

    def count(self) -> None:
        """Bring the counts up to date with the settings."""
        self._run_to(Stage.COUNTS)

    def train(self) -> None:
        """Train from the start, after bringing up to date what comes before."""
        if self._stage is Stage.TRAINING:
            return
        try:
            if self.methods.chosen is None:
                self._check_start()
        except (OtherDimension, SettingError) as error:
            self.refused.emit(error)
        else:
            self._run_to(Stage.TRAINING)

    def continue_training(self, epochs: int) -> None:
        """Train the last model for more epochs."""
        training = self._training
        if training is not None and self.can_continue:
            training.train_further(epochs)
            self._start_training(training, *training.begun)

    def resume_training(self, saved: SavedCheckpoint) -> None:
        """Go on with a training that was saved, once its counts are there again; no bit of it is another."""
        self._resumed = saved
        self._session.use_preset(Preset("", saved.count_options, saved.config))
        self._run_to(Stage.TRAINING)

    def take_up(self, saved: SavedCheckpoint) -> None:
        """Have a training that was saved at its end as the last one: it can go on with more epochs."""
        session, tokens, matrix = self._session, self._session.tokens, self._session.cooccurrence
        if session.text is None or tokens is None or matrix is None:
            return
        given = (session.text, tokens, matrix, saved.config, session.resources)
        self._training = Training(saved.number, *given, start=None, resumed=saved)
        self.changed.emit()

    def leave(self) -> None:
        """End what runs and forget it, with what it has learned: another session takes its place."""
        if self._training is not None:
            self._training.is_left = True
        if self._baseline is not None:
            self._baseline.is_left = True
        self._training = None
        self._models.forget()
        self._read = Opening(PastedText(""))  # a text that comes in now is none of the new session's
        self._fits_settings = False
        self.stop()

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

    def _check_start(self) -> None:
        """Raise what speaks against a training by GloVe before its work begins."""
        if self._session.start is not None:
            self._session.start.check_fits(self._session.config)
        chosen_device(self._session.resources.device, 0)

    def _open(self, opening: Opening) -> None:
        self.stop()
        if self._session.tokens is None:  # nothing would be lost by a text that cannot be read
            self._show(opening)
        self._opening = opening
        self._run_to(Stage.COUNTS)

    def _show(self, opening: Opening) -> None:
        """Make a text the open one, with its settings."""
        if not opening.keeps_settings:
            self._session.set_fitted_preset(opening.preset)
        if opening.preset is not None:
            self._apply(opening.preset)
        self._models.forget()
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
            task: Task[Any] = timed(tokenise(text, session.token_options, session.resources))
            self._start(Stage.TEXT, task).succeeded.connect(self._take_tokens)
        elif session.tokens is not None and session.state(Stage.COUNTS) is not StageState.FRESH:
            known = self._known_counts()
            if known is not None:
                session.set_cooccurrence(known, session.tokens)
                self._go_on()
                return
            self._counted_tokens = session.tokens
            task = timed(count_cooccurrences(session.tokens, session.count_options, session.resources))
            self._start(Stage.COUNTS, task).succeeded.connect(self._take_counts)
        elif session.cooccurrence is not None and session.tokens is not None and goal is Stage.TRAINING:
            self._goal = None
            self._begin_training(text, session.tokens, session.cooccurrence)
        else:
            self._goal = None

    def _start(self, stage: Stage, task: Task[Any]) -> Job:
        self._stage = stage
        self._job = self._jobs.submit(task)
        self._job.failed.connect(self._give_up)
        self._job.finished.connect(self._finish)
        self.changed.emit()
        return self._job

    def _begin_training(self, text: TextSource, tokens: TokenStream, matrix: CooccurrenceMatrix) -> None:
        """Train by the method that is chosen, or go on with a training of GloVe that was saved."""
        session, chosen = self._session, self.methods.chosen
        if chosen is not None and self._resumed is None:
            what = (text, tokens, matrix, chosen, session.resources, dict(self._seconds))
            return self._start_baseline(BaselineTraining(session.next_number(), *what))
        given = (text, tokens, matrix, session.config, session.resources, session.start)
        self._training, self._resumed = Training(session.next_number(), *given, resumed=self._resumed), None
        self._start_training(self._training, *self._training.begun)

    def _start_baseline(self, training: BaselineTraining) -> None:
        self._baseline = training
        self._session.start_losses(training.epochs, (), training.settings.method)
        job = self._start(Stage.TRAINING, training.run())
        job.succeeded.connect(self._models.take_baseline)
        job.failed.connect(self._keep_baseline)
        job.cancelled.connect(self._keep_baseline)
        self._news.follow(training, job)

    def _start_training(self, training: Training, planned: int, losses: tuple[float, ...]) -> None:
        self._models.begin(training)
        self._session.start_losses(planned, losses)
        job = self._start(Stage.TRAINING, training.run())
        job.succeeded.connect(self._tell_early_end)
        job.succeeded.connect(self._keep_what_was_learned)
        job.failed.connect(self._keep_what_was_learned)
        job.cancelled.connect(self._keep_what_was_learned)
        self._news.follow(training, job)

    def _finish(self) -> None:
        self._job = self._stage = None
        self._go_on()
        self.changed.emit()

    def _give_up(self) -> None:
        self._goal = self._opening = self._resumed = None

    def _take_tokens(self, result: tuple[TokenStream, float]) -> None:
        if self._read is not self._opening:
            return  # another text was opened meanwhile
        tokens, self._seconds["reading"] = result
        self._training = self._baseline = None  # they cannot go on with other words, and hold those they had
        opening, self._opening = self._opening, None
        if opening is not None and self._session.text is not opening.text:
            self._show(opening)
        if self._session.fitted_preset is None:
            self._session.set_fitted_preset(preset_for(tokens.token_count))
        if self._fits_settings and self._session.fitted_preset is not None:
            self._apply(self._session.fitted_preset)
        if opening is not None and not opening.keeps_settings:
            self._fit_methods(tokens)
        self._session.set_tokens(tokens)

    def _take_counts(self, result: tuple[CooccurrenceMatrix, float]) -> None:
        matrix, self._seconds["counting"] = result
        if self._counted_tokens is not None and self._counted_tokens is self._session.tokens:
            self._session.set_cooccurrence(matrix, self._counted_tokens)

    def _tell_early_end(self) -> None:
        trainer = self._training.trainer if self._training is not None else None
        if trainer is not None and trainer.ended_early:
            end = EarlyEnd(len(trainer.losses), trainer.planned_epochs, trainer.config.patience)
            self.ended_early.emit(end)

    def _keep_what_was_learned(self) -> None:
        training = self._training
        learning = 0.0 if training is None or training.trainer is None else training.seconds
        self._models.keep(training, self._seconds | {"training": learning})

    def _keep_baseline(self) -> None:
        if self._baseline is not None:
            self._models.keep_baseline(self._baseline)

    def _fit_methods(self, tokens: TokenStream) -> None:
        """Let the settings of the other methods fit the text, too."""
        with suppress(NoWordFrequentEnough):  # it is told when they are counted
            words = len(kept_vocabulary(tokens.vocabulary, self._session.count_options))
            self.methods.fit(tokens.token_count, words, self._session.config.dimension)

    def _apply(self, preset: Preset) -> None:
        self._session.use_preset(preset)
        self._fits_settings = False

    def _settings_of_text(self) -> tuple[object, ...]:
        return (self._session.token_options, self._session.count_options, self._session.config)

    def _follow_settings(self) -> None:
        """A setting was changed by hand: none is chosen for the text any more."""
        before, self._settings = self._settings, self._settings_of_text()
        if self._settings != before:
            self._fits_settings = False
            self._models.finish_anew()
        if self._settings[1] != before[1]:
            self._recount_small_text()

    def _follow_method(self) -> None:
        self._session.set_baseline(self.methods.chosen)
        self.changed.emit()

    def _recount_small_text(self) -> None:
        """Count at once what takes no time; what runs already looks at the settings when it ends."""
        tokens = self._session.tokens
        if self._job is None and tokens is not None and tokens.token_count <= SMALL_TEXT:
            is_read = self._session.state(Stage.TEXT) is StageState.FRESH
            if is_read and self._opening is None:
                self.count()

    def _known_counts(self) -> CooccurrenceMatrix | None:
        """Those of the last training, if they are what is asked for: it can go on with no others."""
        training, session = self._training, self._session
        if training is None or training.tokens is not session.tokens:
            return None
        return training.matrix if training.matrix.options == session.count_options else None
