"""The bar at the bottom tells what runs, how long it takes, and what the program takes."""

from __future__ import annotations

from collections.abc import Iterator
from time import sleep

import pytest
from pytestqt.qtbot import QtBot

from gloveui.core.progress import Progress, Task
from gloveui.core.reading_counts import ReadingCounts
from gloveui.core.training import TrainingReport
from gloveui.state.job_queue import JobQueue
from gloveui.state.jobs import Job
from gloveui.state.session import Session
from gloveui.views import job_status
from gloveui.views.job_status import STEPS, JobStatus
from gloveui.views.theme import Theme

REPORT = TrainingReport(2.5, 10, 0.0625, (), 2e6, 75.0)


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(job_status, "time", clock)
    return clock


@pytest.fixture
def jobs(qtbot: QtBot) -> Iterator[JobQueue]:
    jobs = JobQueue()
    yield jobs
    assert jobs.shut_down()
    qtbot.waitUntil(lambda: jobs.current is None)
    jobs.deleteLater()


@pytest.fixture
def status(qtbot: QtBot, jobs: JobQueue, theme: Theme, clock: Clock) -> JobStatus:
    session = Session()
    status = JobStatus(session, jobs, theme)
    qtbot.addWidget(status)
    session.setParent(status)
    status.show()
    return status


def begun(jobs: JobQueue) -> Job:
    def endless() -> Task[None]:
        while True:
            yield Progress("reading", 0.0)
            sleep(0.01)

    job = jobs.submit(endless())
    job.pause()  # what it says itself is not looked at here
    return job


def test_work_that_has_done_nothing_yet_shows_a_busy_bar(status: JobStatus, jobs: JobQueue) -> None:
    begun(jobs)
    assert status.bar.maximum() == 0
    status._take([Progress("preparing")])
    assert status.bar.maximum() == 0
    assert status.message.text().startswith("Preparing")
    status._take([Progress("reading", 0.0)])
    assert status.bar.maximum() == 0
    status._take([Progress("reading", 0.25)])
    assert (status.bar.maximum(), status.bar.value()) == (STEPS, STEPS // 4)


def test_time_left_is_reckoned_from_the_stage_alone(status: JobStatus, jobs: JobQueue, clock: Clock) -> None:
    begun(jobs).resume()
    status._take([Progress("preparing")])
    clock.now += 60
    status._take([Progress("reading", 0.0)])
    clock.now += 2
    status._take([Progress("reading", 0.25)])
    assert status.message.text() == "Reading the text   ·   6.0 s left"
    status._take([Progress("reading", 0.9)])
    assert status.message.text() == "Reading the text"


def test_a_training_tells_its_own_time_after_a_second(
    status: JobStatus, jobs: JobQueue, clock: Clock
) -> None:
    begun(jobs).resume()
    status._take([Progress("training", 0.25, REPORT)])
    assert status.message.text() == "Training"
    clock.now += 1
    status._take([Progress("training", 0.25, REPORT)])
    assert status.message.text() == "Training   ·   1:15 min left"


def test_paused_work_says_so(status: JobStatus, jobs: JobQueue, clock: Clock) -> None:
    job = begun(jobs)
    job.resume()
    status._take([Progress("training", 0.25, REPORT)])
    clock.now += 1
    job.pause()
    assert status.message.text() == "Training   ·   paused"
    job.resume()
    assert status.message.text() == "Training   ·   1:15 min left"


def test_the_memory_in_use_is_shown_once_work_has_begun(status: JobStatus, jobs: JobQueue) -> None:
    assert "in use" not in status.sizes.text()
    begun(jobs)
    assert "B in use" in status.sizes.text()


def test_what_is_open_makes_room_for_what_runs(status: JobStatus, jobs: JobQueue, qtbot: QtBot) -> None:
    begun(jobs)
    status.show()
    status.sizes.setText("1,234,567 tokens " * 12)
    status._take([Progress("reading", 0.5, ReadingCounts(1_234_567, 123_456_789, 1_234_567))])
    qtbot.waitUntil(lambda: status.message.width() >= status.message.sizeHint().width())
    assert status.message.width() < status.minimumSizeHint().width() < 1280


def test_the_cross_stops_whatever_computes(status: JobStatus, jobs: JobQueue, qtbot: QtBot) -> None:
    begun(jobs)
    with qtbot.waitSignals([status.stop_asked, jobs.idle]):
        status.cancel_button.click()
