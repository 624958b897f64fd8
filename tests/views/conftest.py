"""A theme and languages for the test's application, which is as it was afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gloveui.app import create_window
from gloveui.core.text import PastedText, TextSource
from gloveui.views.languages import Languages
from gloveui.views.main_window import FIRST_HEIGHT, FIRST_WIDTH, MainWindow
from gloveui.views.theme import Theme
from tests.views.window import TEXT


@pytest.fixture
def look_of_the_application(qapp: QApplication) -> Iterator[None]:
    font, palette = qapp.font(), qapp.palette()
    yield
    qapp.styleHints().setColorScheme(Qt.ColorScheme.Unknown)
    qapp.setStyleSheet("")
    qapp.setPalette(palette)
    qapp.setFont(font)


@pytest.fixture
def theme(qapp: QApplication, look_of_the_application: None) -> Iterator[Theme]:
    theme = Theme(qapp)
    yield theme
    theme.deleteLater()


@pytest.fixture
def languages(qapp: QApplication) -> Iterator[Languages]:
    languages = Languages(qapp)
    yield languages
    languages.use("en")
    languages.deleteLater()


Open = Callable[..., MainWindow]


@pytest.fixture
def open_window(qtbot: QtBot, look_of_the_application: None, settings_dir: Path) -> Iterator[Open]:
    """Opens windows, and closes them after the test."""
    windows: list[MainWindow] = []

    def open_one(text: TextSource | str = TEXT, train: bool = False, language: str = "en") -> MainWindow:
        source = PastedText(text) if isinstance(text, str) else text
        window = create_window(settings_dir, language, source, train)
        qtbot.addWidget(window)
        windows.append(window)
        if window.isMaximized():  # Qt's screen of tests is smaller than people's
            window.setWindowState(Qt.WindowState.WindowNoState)
            window.resize(FIRST_WIDTH, FIRST_HEIGHT)
        window.show()
        return window

    yield open_one
    for window in windows:
        window.close()
        qtbot.waitUntil(lambda: window.jobs.current is None)  # noqa: B023 - used before the next round
