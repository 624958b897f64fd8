from __future__ import annotations

from collections.abc import Iterator
from time import sleep

import pytest
from pytestqt.qtbot import QtBot

from gloveui.core.progress import Progress, Task
from gloveui.state import memory_watch
from gloveui.state.job_queue import JobQueue
from gloveui.state.memory_watch import MemoryWatch, resident_memory

LARGE = 200_000_000


def takes_memory() -> Task[bytes]:
    taken = b"\1" * LARGE
    yield Progress("taking")
    return taken


def endless() -> Task[None]:
    while True:
        yield Progress("waiting")
        sleep(0.01)


@pytest.fixture
def jobs(qtbot: QtBot) -> Iterator[JobQueue]:
    jobs = JobQueue()
    yield jobs
    assert jobs.shut_down()
    qtbot.waitUntil(lambda: jobs.current is None)
    jobs.deleteLater()


def test_what_the_program_takes_is_measured() -> None:
    before = resident_memory()
    taken = b"\1" * LARGE
    assert resident_memory() - before > 0.9 * len(taken)


def test_memory_is_looked_at_when_work_begins_and_when_it_ends(qtbot: QtBot, jobs: JobQueue) -> None:
    watch = MemoryWatch(jobs, jobs)
    assert watch.used_bytes == 0
    with qtbot.waitSignals([watch.changed, watch.changed]):
        job = jobs.submit(takes_memory())
        begun = watch.used_bytes
    assert begun > 0
    qtbot.waitUntil(lambda: jobs.current is None)
    assert watch.used_bytes > 0
    del job


def test_it_is_looked_at_now_and_then_while_work_runs(
    qtbot: QtBot, jobs: JobQueue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memory_watch, "WATCH_MS", 10)
    watch = MemoryWatch(jobs, jobs)
    job = jobs.submit(endless())
    with qtbot.waitSignals([watch.changed] * 3):
        pass
    job.cancel()
