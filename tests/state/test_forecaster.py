from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from gloveui.core.cooccurrence import CountOptions
from gloveui.core.glove import GloveConfig
from gloveui.core.presets import Preset
from gloveui.core.progress import Progress, Task
from gloveui.core.text import PastedText
from gloveui.state import pipeline
from gloveui.state.forecaster import Forecaster
from gloveui.state.job_queue import JobQueue
from gloveui.state.pipeline import Pipeline
from gloveui.state.session import Session

TEXT = PastedText("ice and steam and water\n" * 30)
PRESET = Preset("test", CountOptions(window=2, min_count=1), GloveConfig(dimension=5, epochs=2))


class Bench:
    def __init__(self) -> None:
        self.session, self.jobs = Session(), JobQueue()
        self.pipeline = Pipeline(self.session, self.jobs)
        self.forecaster = Forecaster(self.session, self.jobs)


@pytest.fixture
def bench(qtbot) -> Iterator[Bench]:
    bench = Bench()
    bench.pipeline.open_text(TEXT, PRESET)
    qtbot.waitUntil(lambda: bench.forecaster.forecast is not None, timeout=60_000)
    yield bench
    assert bench.jobs.shut_down()
    for part in (bench.forecaster, bench.pipeline, bench.jobs):
        part.deleteLater()


def test_a_text_that_has_been_opened_has_a_forecast(bench):
    forecast = bench.forecaster.forecast
    assert (forecast.words, forecast.nonzeros) == (4, bench.session.cooccurrence.nonzeros)
    assert forecast.counting_seconds == 0


def test_each_change_of_the_settings_is_reckoned_anew(qtbot, bench, monkeypatch):
    monkeypatch.setattr(pipeline, "SMALL_TEXT", 0)  # which would be counted again by itself
    before = bench.forecaster.forecast
    bench.session.set_config(replace(bench.session.config, dimension=500))
    qtbot.waitUntil(lambda: bench.forecaster.forecast.memory_bytes > before.memory_bytes, timeout=60_000)

    bench.session.set_count_options(replace(PRESET.count_options, window=1))
    qtbot.waitUntil(lambda: bench.forecaster.forecast.nonzeros < before.nonzeros, timeout=60_000)
    assert bench.forecaster.forecast.counting_seconds > 0


def test_a_text_that_is_to_be_read_in_another_way_has_none_until_then(qtbot, bench):
    with qtbot.waitSignal(bench.forecaster.changed):
        bench.session.set_token_options(replace(bench.session.token_options, lower=False))
    assert bench.forecaster.forecast is None
    with qtbot.waitSignal(bench.forecaster.changed):
        bench.pipeline.count()
    assert bench.forecaster.forecast is not None


def test_settings_that_leave_nothing_to_count_have_none(qtbot, bench):
    bench.session.set_count_options(replace(PRESET.count_options, min_count=1_000))
    qtbot.waitUntil(lambda: bench.forecaster.forecast is None)


def test_while_something_computes_nothing_is_reckoned(qtbot, bench):
    def endless() -> Task[None]:
        while True:
            yield Progress("waiting")

    before = bench.forecaster.forecast
    job = bench.jobs.submit(endless())
    bench.session.set_config(replace(bench.session.config, dimension=500))
    with qtbot.waitSignal(bench.forecaster._delay.timeout):
        pass
    assert not bench.jobs.is_answering
    assert bench.forecaster.forecast is before

    with qtbot.waitSignal(bench.forecaster.changed):
        job.cancel()
    assert bench.forecaster.forecast.memory_bytes > before.memory_bytes
