from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from gloveui.core.parallel import map_in_order


@pytest.mark.parametrize("threads", [1, 2, 3])
def test_results_come_in_the_order_of_the_items(threads: int) -> None:
    last_done = threading.Event()

    def square(number: int) -> int:
        if number == 0 and threads > 1:
            assert last_done.wait(10)  # the first result is the last to be ready
        if number == 19:
            last_done.set()
        return number**2

    assert list(map_in_order(square, range(20), threads)) == [number**2 for number in range(20)]


def test_an_error_comes_in_its_place_and_ends_the_work() -> None:
    def fail_at_three(number: int) -> int:
        if number == 3:
            raise ValueError("three")
        return number

    results = map_in_order(fail_at_three, range(10), 2)
    assert [next(results) for _ in range(3)] == [0, 1, 2]
    with pytest.raises(ValueError, match="three"):
        next(results)
    assert not workers()


def test_closing_drops_what_has_not_begun_and_leaves_no_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[int] = []
    closing = threading.Event()
    shutdown = ThreadPoolExecutor.shutdown

    def let_go_of_work_and_shut_down(pool: ThreadPoolExecutor, wait: bool, cancel_futures: bool) -> None:
        shutdown(pool, wait=False, cancel_futures=cancel_futures)
        closing.set()
        shutdown(pool, wait=wait)

    monkeypatch.setattr(ThreadPoolExecutor, "shutdown", let_go_of_work_and_shut_down)

    def work(number: int) -> int:
        begun.append(number)
        if number > 0:
            assert closing.wait(10)
        return number

    results = map_in_order(work, range(100), 1)
    assert next(results) == 0
    assert workers()
    results.close()
    assert begun in ([0], [0, 1])
    assert not workers()


def workers() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name.startswith("gloveui-worker")]
