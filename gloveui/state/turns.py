"""Turns of threads at something that one of them works on step by step."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock


class Turns:
    """One thread at a time has its turn, and one that waits comes before the one that had it last.

    A lock alone would not do: who works in steps takes it again before another thread wakes up.
    """

    def __init__(self) -> None:
        self._entrance = Lock()  # held while waiting, so that whoever comes later waits behind
        self._inside = Lock()

    @contextmanager
    def taken(self) -> Iterator[None]:
        """A turn, as long as the block lasts."""
        with self._entrance:
            self._inside.acquire()
        try:
            yield
        finally:
            self._inside.release()
