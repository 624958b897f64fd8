"""Keeps what trainings have learned as models, and makes the newest anew when its finish is to be another."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject

from gloveui.state.baseline_making import BaselineTraining
from gloveui.state.job_queue import JobQueue
from gloveui.state.jobs import Job
from gloveui.state.model_making import MadeModel, Training, model_anew, model_of
from gloveui.state.session import Session
from gloveui.state.values import Model


class ModelKeeping(QObject):
    """Puts models into the session."""

    def __init__(self, session: Session, jobs: JobQueue, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._jobs = jobs
        self._last: int | None = None  # number of the training whose epochs are shown
        self._newest: int | None = None  # number of the model that was made last for the open text
        self._finishing: Job | None = None

    def forget(self) -> None:
        """No model is the newest any more: another text was opened."""
        self._newest = None

    def begin(self, training: Training) -> None:
        """A training begins, or goes on: its epochs are those that are shown."""
        self._last = training.number

    def keep(self, training: Training | None, seconds: Mapping[str, float]) -> None:
        """Make a model of the trainer's present state, in the background."""
        if training is not None and training.trainer is not None and training.has_learned:
            task = model_of(training, training.trainer, self._session.config, seconds)
            job = self._jobs.submit(task)
            job.succeeded.connect(self._take_model)
            job.finished.connect(self._end_live)  # the model itself is there now: nothing older in between
        else:
            self._end_live()

    def keep_baseline(self, training: BaselineTraining) -> None:
        """Make a model of what a training by another method learned until it was stopped."""
        if training.has_learned and not training.is_left:
            self._jobs.submit(training.kept()).succeeded.connect(self.take_baseline)

    def take_baseline(self, result: tuple[BaselineTraining, Model]) -> None:
        """Show what a training by another method has made."""
        training, model = result
        if training.is_left:
            return
        if training.text is self._session.text:
            self._session.set_trained(training.matrix, training.settings)
        self._session.add_model(model)

    def finish_anew(self) -> None:
        """Make the newest model anew if the settings only ask for other vectors of it."""
        session = self._session
        trained = session.trained_config
        model = next((one for one in session.models if one.number == self._newest), None)
        if trained is None or model is None or self._finishing is not None:
            return
        parameters, card = model.embedding.parameters, model.training_card
        is_asked = session.config != trained and session.config.trains_like(trained)
        if is_asked and parameters is not None and card is not None:
            self._finishing = self._jobs.submit(model_anew(model, parameters, card, session.config))
            self._finishing.succeeded.connect(self._take_finished)
            self._finishing.failed.connect(self._end_finishing)
            self._finishing.cancelled.connect(self._end_finishing)

    def _take_model(self, result: tuple[Training, MadeModel]) -> None:
        training, made = result
        if training.is_left:
            return
        if training.text is self._session.text:
            self._newest = made.model.number
            self._session.set_trained(training.matrix, made.config, training.start)
            if training.keeper is not None and training.number == self._last:
                self._session.epochs.show(training.number, training.keeper.series)
        self._session.add_model(made.model)
        self.finish_anew()

    def _take_finished(self, result: tuple[Model, MadeModel]) -> None:
        self._end_finishing()
        model, made = result
        if model in self._session.models:  # else it has been trained further meanwhile
            self._session.replace_model(made.model)
            if model.number == self._newest:
                self._session.set_finished(made.config)
        self.finish_anew()  # the settings may have moved on

    def _end_finishing(self) -> None:
        self._finishing = None

    def _end_live(self) -> None:
        self._session.set_live(None)
