"""Work on several threads, results in order."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from gloveui.core.setting_checks import whole_number

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


def thread_count(asked: int | None) -> int:
    """The threads asked for, at least 1, or one for each usable core; raises `SettingError`."""
    return usable_cores() if asked is None else whole_number("threads", asked, 1)


def usable_cores() -> int:
    """Processor cores this program may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
