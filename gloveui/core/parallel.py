"""Work on several threads, results in order."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from concurrent.futures import ThreadPoolExecutor
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
