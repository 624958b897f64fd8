"""A job runs a task in a thread of its own and says how it ended."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from gloveui.core.progress import Progress, Task
from gloveui.state.job_queue import JobQueue
from gloveui.state.jobs import Job
from tests.waiting import wait_until_quiet


@pytest.fixture
def jobs(qtbot: QtBot) -> Iterator[JobQueue]:
    queue = JobQueue()
    yield queue
    assert queue.shut_down()
    qtbot.waitUntil(lambda: queue.current is None)
    queue.deleteLater()


def counting(steps: int, threads: list[int] | None = None) -> Task[int]:
    for step in range(steps):
        if threads is not None:
            threads.append(threading.get_ident())
        yield Progress("counting", step / steps)
    return steps


def endless() -> Task[None]:
    while True:
        yield Progress("waiting")


def failing() -> Task[None]:
    yield Progress("trying")
    raise ValueError("no luck")


def endings(job: Job) -> list[str]:
    """The names of the signals that a job ends with, in the order they come."""
    seen: list[str] = []
    job.succeeded.connect(lambda _: seen.append("succeeded"))
    job.failed.connect(lambda _: seen.append("failed"))
    job.cancelled.connect(lambda: seen.append("cancelled"))
    job.finished.connect(lambda: seen.append("finished"))
    return seen


def test_a_task_that_ends_gives_its_result(qtbot, jobs):
    with qtbot.waitSignal(jobs.idle):
        job = jobs.submit(counting(3))
        results: list[int] = []
        job.succeeded.connect(results.append)
        seen = endings(job)

    assert results == [3]
    assert seen == ["succeeded", "finished"]


def test_reports_arrive_whole_and_in_order_before_the_end(qtbot, jobs):
    steps: list[float] = []
    with qtbot.waitSignal(jobs.idle):
        job = jobs.submit(counting(500))
        job.progressed.connect(lambda batch: steps.extend(p.fraction for p in batch))
        job.succeeded.connect(lambda _: steps.append(1.0))

    assert steps == [step / 500 for step in range(501)]


def test_the_task_does_not_run_in_the_thread_of_the_window(qtbot, jobs):
    threads: list[int] = []
    with qtbot.waitSignal(jobs.idle):
        jobs.submit(counting(3, threads))

    assert threading.get_ident() not in threads


def test_a_task_that_raises_fails_with_its_error_and_nothing_else(qtbot, jobs):
    errors: list[Exception] = []
    with qtbot.waitSignal(jobs.idle):
        job = jobs.submit(failing())
        job.failed.connect(errors.append)
        seen = endings(job)

    assert [str(error) for error in errors] == ["no luck"]
    assert seen == ["failed", "finished"]


def test_a_cancelled_task_is_closed_and_gives_no_result(qtbot, jobs):
    closed = threading.Event()

    def task() -> Task[None]:
        try:
            yield from endless()
        finally:
            closed.set()

    with qtbot.waitSignal(jobs.idle):
        job = jobs.submit(task())
        seen = endings(job)
        job.progressed.connect(job.cancel)

    assert closed.is_set()
    assert seen == ["cancelled", "finished"]


def test_a_paused_task_takes_no_step_until_it_is_resumed(qtbot, jobs):
    steps: list[int] = []
    with qtbot.waitSignal(jobs.idle, timeout=60_000):  # a job goes behind whatever else is busy
        job = jobs.submit(counting(300_000, steps))
        job.pause()
        wait_until_quiet(qtbot, job.progressed)
        assert job.is_paused
        assert len(steps) < 300_000
        job.resume()

    assert len(steps) == 300_000


def test_a_paused_task_can_be_cancelled(qtbot, jobs):
    with qtbot.waitSignal(jobs.idle):
        job = jobs.submit(endless())
        seen = endings(job)
        job.pause()
        job.cancel()

    assert seen == ["cancelled", "finished"]


def test_jobs_run_one_after_another(qtbot, jobs):
    running = threading.Lock()
    overlaps: list[bool] = []

    def task() -> Task[None]:
        overlaps.append(not running.acquire(blocking=False))
        for _ in range(50):
            yield Progress("working")
        running.release()

    with qtbot.waitSignal(jobs.idle):
        for _ in range(4):
            jobs.submit(task())

    assert overlaps == [False] * 4


def test_a_waiting_job_that_is_cancelled_never_begins(qtbot, jobs):
    begun: list[int] = []
    with qtbot.waitSignal(jobs.idle):
        first = jobs.submit(endless())
        second = jobs.submit(counting(3, begun))
        seen = endings(second)
        second.cancel()
        first.cancel()

    assert begun == []
    assert seen == ["cancelled", "finished"]


def test_failures_of_any_job_are_told_by_the_queue(qtbot, jobs):
    with qtbot.waitSignal(jobs.failed) as failure:
        jobs.submit(failing())

    assert str(failure.args[0]) == "no luck"
    qtbot.waitUntil(lambda: jobs.current is None)


def test_shutting_down_stops_what_runs_and_drops_what_waits(qtbot):
    queue = JobQueue()
    begun: list[int] = []
    queue.submit(endless())
    queue.submit(counting(3, begun))

    assert queue.shut_down()

    qtbot.waitUntil(lambda: queue.current is None)
    assert begun == []
    queue.deleteLater()


def test_a_job_submitted_after_shutting_down_never_begins(qtbot):
    queue = JobQueue()
    begun: list[int] = []
    running = queue.submit(endless())
    running.cancelled.connect(lambda: queue.submit(counting(3, begun)))

    assert queue.shut_down()

    qtbot.waitUntil(lambda: queue.current is None)
    assert begun == []
    queue.deleteLater()


def test_a_question_is_answered_while_a_job_computes(qtbot, jobs):
    jobs.submit(endless())
    with qtbot.waitSignal(jobs.ask("neighbours", counting(2)).succeeded) as answered:
        pass
    assert answered.args == [2]
    assert jobs.current is not None


def test_the_newest_question_about_a_thing_replaces_the_older_ones(qtbot, jobs):
    first = jobs.ask("neighbours", endless())
    begun: list[int] = []
    second = jobs.ask("neighbours", counting(1, begun))
    seen, dropped = endings(first), endings(second)
    with qtbot.waitSignal(jobs.ask("neighbours", counting(3)).finished):
        pass
    assert seen == ["cancelled", "finished"]
    assert begun == []
    assert dropped == ["cancelled", "finished"]
    assert not jobs.is_answering


def test_questions_about_different_things_do_not_replace_each_other(qtbot, jobs):
    endings_of_one = endings(jobs.ask("neighbours", endless()))
    with qtbot.waitSignal(jobs.ask("forecast", counting(2)).succeeded):
        pass
    assert endings_of_one == []


def test_shutting_down_stops_questions_too(qtbot):
    queue = JobQueue()
    job = queue.ask("neighbours", endless())
    with qtbot.waitSignal(job.finished):
        assert queue.shut_down()
    assert not queue.is_answering
    queue.deleteLater()


def test_a_failed_question_is_told_by_the_queue(qtbot, jobs):
    with qtbot.waitSignal(jobs.failed) as told:
        jobs.ask("neighbours", failing())
    assert isinstance(told.args[0], ValueError)
