"""Threads that work piece by piece: they say how far they are, and stop at once."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from types import TracebackType
from typing import Self, TypeAlias, TypeVar

T = TypeVar("T")
Work: TypeAlias = Generator[int, None, T]  # yields how much it did since the last time, about every 10 ms

BEAT_SECONDS = 0.05
WORKS_A_THREAD = 4  # begun or ready at a time: more would pile up where their results are used slowly


class Crew:
    """A few threads, as a context: leaving it ends what they do, and the threads.

    Attributes
    ----------
    threads
        How many there are.
    done
        The work done by all of them, as they said.
    busy_seconds
        The processor time that took, whatever else the machine does.
    """

    def __init__(self, threads: int) -> None:
        self.threads = threads
        self.done = 0
        self.busy_seconds = 0.0
        self._lock = threading.Lock()
        self._is_over = threading.Event()
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="gloveui-worker")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._is_over.set()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def results(self, works: Iterable[Work[T]]) -> Iterator[T | None]:
        """The results of works, in their order; None whenever a beat passes without one."""
        coming = iter(works)
        begun: deque[Future[T]] = deque()
        while True:
            while len(begun) < WORKS_A_THREAD * self.threads and (work := next(coming, None)) is not None:
                begun.append(self._pool.submit(self._do, work))
            if not begun:
                return
            if wait((begun[0],), BEAT_SECONDS).done:
                yield begun.popleft().result()
            else:
                yield None

    def _do(self, work: Work[T]) -> T:
        while True:
            begin = time.thread_time()
            try:
                amount = next(work)
            except StopIteration as stop:
                result: T = stop.value
                return result
            with self._lock:
                self.done += amount
                self.busy_seconds += time.thread_time() - begin
            if self._is_over.is_set():
                work.close()
                raise InterruptedError
