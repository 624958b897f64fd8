from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from gloveui.core.crew import WORKS_A_THREAD, Crew, Work


def square(number: int) -> Work[int]:
    yield 1
    return number**2


def workers() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name.startswith("gloveui-worker")]


@pytest.mark.parametrize("threads", [1, 2, 3])
def test_results_come_in_the_order_of_the_works_and_all_that_was_done_is_added_up(threads: int) -> None:
    with Crew(threads) as crew:
        results = [result for result in crew.results(map(square, range(50))) if result is not None]
        assert crew.done == 50
    assert results == [number**2 for number in range(50)]
    assert not workers()


def test_a_beat_passes_without_a_result_while_a_work_goes_on() -> None:
    go_on = threading.Event()

    def wait_for_it() -> Work[str]:
        assert go_on.wait(10)
        yield 1
        return "done"

    with Crew(1) as crew:
        results = crew.results([wait_for_it()])
        assert next(results) is None
        go_on.set()
        assert [result for result in results if result is not None] == ["done"]


def test_leaving_ends_a_work_after_its_present_piece() -> None:
    pieces: list[int] = []
    is_closed = threading.Event()

    def endless() -> Work[None]:
        try:
            while True:
                pieces.append(len(pieces))
                yield 1
        finally:
            is_closed.set()

    with Crew(2) as crew:
        assert next(crew.results([endless()])) is None
        assert pieces
    assert is_closed.is_set()
    assert not workers()


def test_no_more_works_are_begun_than_their_results_are_used() -> None:
    begun: list[int] = []

    def works() -> Iterator[Work[int]]:
        for number in range(100):
            begun.append(number)
            yield square(number)

    with Crew(2) as crew:
        next(crew.results(works()))
        assert len(begun) <= 2 * WORKS_A_THREAD


def test_an_error_comes_in_its_place() -> None:
    def fail() -> Work[int]:
        yield 1
        raise ValueError("three")

    with Crew(2) as crew:
        results = []
        with pytest.raises(ValueError, match="three"):
            results.extend(crew.results([square(1), square(2), fail(), square(4)]))
        assert [result for result in results if result is not None] == [1, 4]
    assert not workers()
