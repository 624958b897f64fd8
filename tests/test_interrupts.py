from __future__ import annotations

import signal
from collections.abc import Callable, Iterator

import pytest

from gloveui.interrupts import interrupts_between_steps


@pytest.fixture(autouse=True)
def python_handles_interrupts() -> Iterator[None]:
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def press() -> None:
    signal.raise_signal(signal.SIGINT)


def press_twice() -> None:
    press()
    press()


class Finalised:
    """Is interrupted where Python drops what is raised."""

    def __del__(self) -> None:
        press()


def fail() -> None:
    press()
    raise OSError("no space")


def work(*steps: Callable[[], object]) -> Iterator[str]:
    with interrupts_between_steps() as stop_if_asked:
        for step in steps:
            stop_if_asked()
            yield "begun"
            step()
            yield "done"


def followed(work: Iterator[str], error: type[BaseException]) -> list[str]:
    """What was done until it ended with an error."""
    seen: list[str] = []
    with pytest.raises(error):
        seen.extend(work)  # keeps what came before the error
    return seen


@pytest.mark.parametrize("press", [press, Finalised])
def test_a_step_is_done_before_an_interrupt_acts(press: Callable[[], object]) -> None:
    assert followed(work(press, press), KeyboardInterrupt) == ["begun", "done"]


def test_the_second_interrupt_does_not_wait() -> None:
    assert followed(work(press_twice), KeyboardInterrupt) == ["begun"]


def test_an_interrupt_of_the_last_step_counts() -> None:
    assert followed(work(press), KeyboardInterrupt) == ["begun", "done"]


def test_an_error_of_the_work_is_told_before_an_interrupt() -> None:
    assert followed(work(fail), OSError) == ["begun"]


def test_what_happened_before_happens_again_afterwards() -> None:
    with interrupts_between_steps():
        assert signal.getsignal(signal.SIGINT) is not signal.default_int_handler
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
