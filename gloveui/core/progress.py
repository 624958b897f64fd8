"""How long work reports itself: a Task is a generator of Progress values."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Any, TypeAlias, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Progress:
    """One step of a task.

    Attributes
    ----------
    stage
        What is being done, as a key that the interface translates: ``"reading"``, ``"counting"``, …
    fraction
        Share of the stage that is done, 0 to 1, or None when the total is unknown.
    detail
        A frozen value that says more about the step, or None.
    """

    stage: str
    fraction: float | None = None
    detail: Any = None


Task: TypeAlias = Generator[Progress, None, T]


def run_to_end(task: Task[T], on_progress: Callable[[Progress], object] | None = None) -> T:
    """Drive a task in the calling thread and return its result."""
    while True:
        try:
            progress = next(task)
        except StopIteration as stop:
            result: T = stop.value
            return result
        if on_progress is not None:
            on_progress(progress)


def part_of(task: Task[T], begin: float, share: float, stage: str = "") -> Task[T]:
    """The same task as part of a longer one, of which `begin` is done before it and `share` is its own.

    Its details are left out; its stages are called `stage` where that is given.
    """
    try:
        while True:
            try:
                progress = next(task)
            except StopIteration as stop:
                result: T = stop.value
                return result
            yield Progress(stage or progress.stage, begin + share * (progress.fraction or 0.0))
    finally:
        task.close()


def timed(task: Task[T]) -> Task[tuple[T, float]]:
    """The same task; its result comes with the seconds it worked, pauses between the steps left out."""
    seconds = 0.0
    try:
        while True:
            start = time.perf_counter()
            try:
                progress = next(task)
            except StopIteration as stop:
                return stop.value, seconds + time.perf_counter() - start
            seconds += time.perf_counter() - start
            yield progress
    finally:
        task.close()
