"""Waiting for things not to happen."""

from __future__ import annotations

from typing import Any

from pytestqt.qtbot import QtBot

QUIET_MS = 200  # several deliveries of reports


def wait_until_quiet(qtbot: QtBot, signal: Any) -> None:
    """Wait until a signal has stayed away for a while."""
    while True:
        with qtbot.waitSignal(signal, timeout=QUIET_MS, raising=False) as waiting:
            pass
        if not waiting.signal_triggered:
            return
