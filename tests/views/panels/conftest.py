"""A panel of any kind on a session, shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from gloveui.state.job_queue import JobQueue
from gloveui.state.session import Session
from gloveui.views.theme import Theme


@pytest.fixture
def show_panel(theme: Theme, qtbot: QtBot) -> Iterator[Callable[..., QWidget]]:
    """Builds a panel and waits until it can be seen."""
    theme.set_scheme("light")
    jobs = JobQueue()
    shown = []  # else a panel may be collected as garbage while it is painted after the test

    def show(kind: Callable[..., QWidget], size: tuple[int, int], session: Session) -> QWidget:
        panel = kind(session, jobs, theme)
        shown.append(panel)
        panel.resize(*size)
        panel.show()
        qtbot.waitExposed(panel)
        return panel

    yield show
    for panel in shown:
        if isValid(panel):  # else its test has deleted it
            panel.close()
            panel.deleteLater()
