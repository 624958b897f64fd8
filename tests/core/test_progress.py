from __future__ import annotations

import pytest

from gloveui.core import progress as progress_module
from gloveui.core.progress import Progress, Task, run_to_end, timed


class Clock:
    """Shows the seconds it is told."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def perf_counter(self) -> float:
        return self.seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(progress_module, "time", clock)
    return clock


def steps(log: list[str], clock: Clock | None = None) -> Task[str]:
    """Two steps of 2 seconds each by the clock, then 1 second to the end."""
    try:
        for number in (1, 2):
            if clock is not None:
                clock.seconds += 2
            yield Progress("working", number / 2, f"step {number}")
        if clock is not None:
            clock.seconds += 1
        return "result"
    finally:
        log.append("closed")


def test_a_task_run_to_its_end_gives_its_reports_and_its_result() -> None:
    seen: list[Progress] = []
    assert run_to_end(steps([]), seen.append) == "result"
    assert seen == [Progress("working", 0.5, "step 1"), Progress("working", 1.0, "step 2")]


def test_a_task_runs_without_anybody_looking() -> None:
    assert run_to_end(steps([])) == "result"


def test_an_error_in_a_task_reaches_who_runs_it() -> None:
    def fails() -> Task[None]:
        yield Progress("working")
        raise ValueError("no more ice")

    with pytest.raises(ValueError, match="no more ice"):
        run_to_end(fails())


def test_timing_leaves_out_the_pauses_between_steps(clock: Clock) -> None:
    def pause(progress: Progress) -> None:
        clock.seconds += 1_000

    assert run_to_end(timed(steps([], clock)), pause) == ("result", 5.0)


def test_closing_a_timed_task_closes_the_task_in_it() -> None:
    log: list[str] = []
    task = timed(steps(log))
    next(task)
    task.close()
    assert log == ["closed"]
