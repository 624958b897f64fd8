"""Work on several threads, results in order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

A = TypeVar("A")
B = TypeVar("B")


def map_in_order(function: Callable[[A], B], items: Iterable[A], threads: int) -> Generator[B, None, None]:
    """Results of `function` over `items`, in their order; closing the generator drops what has not begun."""
    pool = ThreadPoolExecutor(threads, thread_name_prefix="gloveui-worker")
    try:
        futures = [pool.submit(function, item) for item in items]
        for future in futures:
            yield future.result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def map_a_few_ahead(function: Callable[[A], B], items: Iterable[A], threads: int) -> Generator[B, None, None]:
    """As `map_in_order`, for items out of a stream: one is taken only while few results are waited for."""
    pool = ThreadPoolExecutor(threads, thread_name_prefix="gloveui-worker")
    waiting: deque[Future[B]] = deque()
    try:
        for item in items:
            waiting.append(pool.submit(function, item))
            if len(waiting) > threads:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
