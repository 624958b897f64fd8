"""Waiting without a test's clock: for quiet, and, in scripts, for the window to get somewhere."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEventLoop, QTimer
from pytestqt.qtbot import QtBot

QUIET_MS = 200  # several deliveries of reports
LOOK_MS = 20  # how often a condition is looked at
LONGEST_S = 300


def wait_until_quiet(qtbot: QtBot, signal: Any) -> None:
    """Wait until a signal has stayed away for a while."""
    while True:
        with qtbot.waitSignal(signal, timeout=QUIET_MS, raising=False) as waiting:
            pass
        if not waiting.signal_triggered:
            return


def let_work(milliseconds: int) -> None:
    """Let the window and its threads work; unlike ``QTest.qWait``, which keeps Python's lock to itself."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def let_work_until(condition: Callable[[], bool]) -> None:
    """Let the window work until the condition holds."""
    deadline = time.monotonic() + LONGEST_S
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError("the window did not get there")
        let_work(LOOK_MS)
