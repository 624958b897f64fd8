from __future__ import annotations

from dataclasses import replace

from gloveui.core.forecast import Forecast
from gloveui.state.forecaster import Forecaster
from gloveui.state.job_queue import JobQueue
from gloveui.state.session import Session
from gloveui.views.steps.forecast_line import ForecastLine

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
