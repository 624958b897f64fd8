"""What tests of the state work on: a session with its jobs and its pipeline, and short texts."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from gloveui.core.cooccurrence import CountOptions
from gloveui.core.glove import GloveConfig
from gloveui.core.presets import Preset
from gloveui.core.text import PastedText
from gloveui.state.job_queue import JobQueue
from gloveui.state.pipeline import Pipeline
from gloveui.state.session import Session
from gloveui.state.values import Stage, StageState

TEXT = PastedText("I like deep learning\nI like NLP\nI enjoy flying")
OTHER_TEXT = PastedText("man and woman\nboy and girl", "Other")
LONG = Preset("long", CountOptions(window=1, min_count=1), GloveConfig(dimension=4, epochs=100_000))


class Bench:
    """A session, its jobs and its pipeline, and what happened in them."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.session = Session()
        self.jobs = JobQueue()
        self.pipeline = Pipeline(self.session, self.jobs)
        self.errors: list[Exception] = []
        self.stages: list[Stage | None] = []
        self.jobs.failed.connect(self.errors.append)
        self.pipeline.changed.connect(self._note_stage)

    def _note_stage(self) -> None:
        if not self.stages or self.stages[-1] is not self.pipeline.stage:
            self.stages.append(self.pipeline.stage)

    def wait_until_done(self) -> None:
        self.qtbot.waitUntil(self._is_done, timeout=60_000)

    def _is_done(self) -> bool:
        return self.jobs.current is None and self.pipeline.stage is None

    def wait_for_losses(self, count: int) -> None:
        self.qtbot.waitUntil(lambda: len(self.session.losses.epochs) >= count, timeout=60_000)

    def states(self) -> list[StageState]:
        return [self.session.state(stage) for stage in Stage]
