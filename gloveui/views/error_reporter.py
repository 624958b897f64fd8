"""One place where failures arrive, wherever they happen: in a slot, a job or another thread."""

from __future__ import annotations

import sys
import threading
import time
import traceback
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QObject, Signal

LEAST_SECONDS_BETWEEN = 1.0


class ErrorReporter(QObject):
    """Hands on exceptions nobody caught; the same one over and over, as from a paint event, once a second."""

    reported = Signal(object)  # BaseException, in the interface thread

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._last = ("", 0.0)
        self._old_hook: Callable[..., object] = sys.excepthook
        self._old_thread_hook: Callable[..., object] = threading.excepthook

    def install(self) -> None:
        """Take over Python's hooks for exceptions nobody caught."""
        sys.excepthook = self._report
        threading.excepthook = self._report_from_thread

    def remove(self) -> None:
        """Give the hooks back."""
        sys.excepthook = self._old_hook
        threading.excepthook = self._old_thread_hook

    def _report(self, kind: type[BaseException], error: BaseException, place: TracebackType | None) -> None:
        key, now = f"{kind.__name__} {error}", time.monotonic()
        if key == self._last[0] and now - self._last[1] < LEAST_SECONDS_BETWEEN:
            return
        self._last = (key, now)
        traceback.print_exception(kind, error, place, file=sys.stderr)
        self.reported.emit(error)

    def _report_from_thread(self, details: threading.ExceptHookArgs) -> None:
        if details.exc_value is not None:
            self._report(details.exc_type, details.exc_value, details.exc_traceback)
