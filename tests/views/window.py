"""Finding and using the controls of the window in tests."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from gloveui.views.main_window import MainWindow
from gloveui.views.widgets.notice_bar import NoticeBar

SENTENCES = "the {one} and the {other} live in the {place}"
PAIRS = (("man", "woman"), ("boy", "girl"), ("king", "queen"), ("dog", "cat"))
TEXT = "\n".join(
    SENTENCES.format(one=one, other=other, place=place)
    for one, other in PAIRS
    for place in ("house", "city", "garden", "palace")
    for _ in range(10)
)


def find(window: QWidget, kind: type, name: str):
    found = window.findChild(kind, name)
    assert found is not None, name
    return found


def click(qtbot: QtBot, window: MainWindow, name: str) -> None:
    qtbot.mouseClick(find(window, QPushButton, name), Qt.MouseButton.LeftButton)


def wait_until_done(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(
        lambda: (
            window.session.tokens is not None
            and window.pipeline.stage is None
            and window.jobs.current is None
        ),
        timeout=60_000,
    )


def notice(window: MainWindow) -> NoticeBar:
    return find(window, NoticeBar, "noticeBar")
