"""A bench whose session is saved and opened, for tests of that."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from gloveui.core.cooccurrence import CountOptions
from gloveui.core.glove import GloveConfig
from gloveui.core.presets import Preset
from gloveui.core.text import TextSource
from gloveui.state.session_keeper import SessionKeeper
from tests.state.bench import TEXT, Bench

SHORT = Preset("short", CountOptions(window=1, min_count=1), GloveConfig(dimension=4, epochs=3, seed=5))


class KeptBench(Bench):
    """A bench with a keeper of its session, and what the keeper has told."""

    def __init__(self, qtbot: QtBot) -> None:
        super().__init__(qtbot)
        self.keeper = SessionKeeper(self.session, self.jobs, self.pipeline)
        self.refused: list[Exception] = []
        self.warnings: list[Exception] = []
        self.keeper.refused.connect(self.refused.append)
        self.keeper.warned.connect(self.warnings.append)

    def train(self, preset: Preset = SHORT, text: TextSource = TEXT) -> None:
        self.pipeline.open_text(text, preset)
        self.wait_until_done()
        self.pipeline.train()
        self.wait_until_done()

    def train_for(self, epochs: int, preset: Preset) -> None:
        """Train, and stop after some epochs of many."""
        self.pipeline.open_text(TEXT, preset)
        self.pipeline.train()
        self.wait_for_losses(epochs)
        self.pipeline.stop()
        self.wait_until_done()

    def save(self, folder: Path, has_text_inside: bool = False) -> None:
        with self.qtbot.waitSignal(self.keeper.saved):
            self.keeper.save_as(folder, has_text_inside)

    def open(self, folder: Path) -> None:
        with self.qtbot.waitSignal(self.keeper.opened, timeout=60_000):
            self.keeper.open(folder)

    def close(self) -> None:
        assert self.jobs.shut_down()
        self.qtbot.waitUntil(lambda: self.jobs.current is None)
        self.keeper.release()
        for owned in (self.keeper, self.pipeline, self.jobs, self.session):
            owned.deleteLater()
