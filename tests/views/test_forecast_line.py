from __future__ import annotations

from dataclasses import replace

from gloveui.core.forecast import Forecast
from gloveui.state.forecaster import Forecaster
from gloveui.state.job_queue import JobQueue
from gloveui.state.session import Session
from gloveui.state.values import Stage
from gloveui.views.steps.forecast_line import ForecastLine
from tests.views.window import click, find, wait_until_done

SMALL = Forecast(22_320, 9_498_761, 375_000_000, 0, 8_000_000_000, 1.0, 9.4)


def line_of(qtbot) -> tuple[ForecastLine, Forecaster]:
    session, jobs = Session(), JobQueue()
    forecaster = Forecaster(session, jobs)
    line = ForecastLine(forecaster)
    qtbot.addWidget(line)
    for owned in (session, jobs, forecaster):
        owned.setParent(line)
    return line, forecaster


def test_memory_and_time_are_told_and_pairs_in_the_tooltip(qtbot):
    line, forecaster = line_of(qtbot)
    assert line.isHidden()
    forecaster._show(SMALL)
    assert not line.isHidden()
    assert line.text() == "Will take 375 MB · about 10 s"
    assert "9,498,761 pairs" in line.toolTip()


def test_room_on_the_disk_is_told_where_it_is_needed(qtbot):
    line, forecaster = line_of(qtbot)
    forecaster._show(replace(SMALL, disk_bytes=1_200_000_000))
    assert line.text() == "Will take 375 MB · 1.2 GB on the disk · about 10 s"


def test_a_device_of_unknown_speed_has_no_time(qtbot):
    line, forecaster = line_of(qtbot)
    forecaster._show(replace(SMALL, training_seconds=None))
    assert line.text() == "Will take 375 MB"


def test_what_does_not_fit_is_told_as_a_problem(qtbot):
    line, forecaster = line_of(qtbot)
    forecaster._show(replace(SMALL, memory_bytes=40_000_000_000))
    assert line.text() == "Needs 40 GB, 8.0 GB are free"
    assert line.property("problem")
    forecaster._show(SMALL)
    assert not line.property("problem")


def test_it_gives_way_when_nothing_is_to_be_trained(qtbot):
    line, forecaster = line_of(qtbot)
    forecaster._show(SMALL)
    line.set_wanted(False)
    assert line.isHidden()
    line.set_wanted(True)
    assert not line.isHidden()


def test_it_gives_way_while_what_it_tells_of_runs(qtbot, open_window):
    window = open_window()
    line = find(window, ForecastLine, "forecastLine")
    qtbot.waitUntil(line.isVisible, timeout=60_000)
    window.session.set_config(replace(window.session.config, epochs=100_000))
    click(qtbot, window, "trainButton")
    qtbot.waitUntil(lambda: bool(window.session.losses.epochs), timeout=60_000)
    assert line.isHidden()
    click(qtbot, window, "stopButton")
    wait_until_done(qtbot, window)
    window.session.set_config(replace(window.session.config, dimension=9))  # there is something to train
    qtbot.waitUntil(line.isVisible, timeout=60_000)


def test_counts_on_the_disk_are_told_with_their_size(qtbot, open_window):
    window = open_window("\n".join(f"{a} {b}" for a in range(400) for b in range(400)))
    wait_until_done(qtbot, window)
    result = window.column.steps[Stage.COUNTS].result
    assert result.text() == "160,000 nonzeros · 1.3 MB"
    window.session.set_resources(replace(window.session.resources, memory_mib=1))
    window.session.set_count_options(replace(window.session.count_options, window=2))
    click(qtbot, window, "countButton")
    wait_until_done(qtbot, window)
    assert result.text() == "160,000 nonzeros · 1.3 MB on the disk"
