"""Starts the window."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import PySide6
from platformdirs import user_data_path
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from gloveui import __version__
from gloveui.core.text import TextSource
from gloveui.environment import prepare_environment
from gloveui.state.settings import open_settings
from gloveui.storage.bundled import bundled_texts
from gloveui.storage.embedding_files import holds_vectors
from gloveui.storage.session_folder import is_session
from gloveui.storage.text_opening import open_text
from gloveui.views.error_reporter import ErrorReporter
from gloveui.views.languages import LANGUAGES, Languages
from gloveui.views.main_window import MainWindow
from gloveui.views.theme import Theme

SWITCH_SECONDS = 0.001  # how long a busy thread may keep Python to itself while the window waits for it


def main(arguments: Sequence[str] | None = None) -> int:
    """Show the window until it is closed; the program's exit code."""
    options = _parser().parse_args(arguments)
    problem = known_problem(PySide6.__version_info__, sys.version_info)
    if problem is not None:
        sys.stderr.write(f"gloveui: {problem}\n")
        return 1
    prepare_environment()
    app = application()
    session = options.file if options.file is not None and is_session(options.file) else None
    vectors = options.file if options.file is not None and holds_vectors(options.file) else None
    is_text = options.file is not None and session is None and vectors is None
    text = open_text(options.file) if is_text else None
    window = create_window(language=options.lang, text=text, train=options.train, session=session)
    reporter = ErrorReporter(window)
    reporter.reported.connect(window.show_error)
    reporter.install()
    window.show()
    if vectors is not None and session is None:
        window.vector_files.opening.open_path(vectors.absolute())
    code = app.exec()
    reporter.remove()
    return code


def create_window(
    settings_dir: Path | None = None,
    language: str | None = None,
    text: TextSource | None = None,
    train: bool = False,
    session: Path | None = None,
) -> MainWindow:
    """A window that is yet to be shown.

    Parameters
    ----------
    settings_dir
        Folder of the settings file and of unsaved work, or None for the person's own.
    language
        A key of `LANGUAGES`, or None for the one used last.
    text
        The text to open once the window is shown, or None for the bundled English one.
    train
        Whether to train on it at once.
    session
        Folder of a session to open once the window is shown, in the place of a text.
    """
    app = application()
    settings = open_settings(settings_dir)
    languages, theme = Languages(app), Theme(app)
    languages.use(language or _known_language(settings.value("language")))
    data_folder = settings_dir or user_data_path("gloveui", appauthor=False)
    window = MainWindow(settings, theme, languages, data_folder)
    for owned in (settings, languages, theme):
        owned.setParent(window)
    bundled = bundled_texts()[0]
    if session is not None:
        window.open_session_when_shown(session)
    elif text is None:
        window.open_when_shown(bundled.source, bundled.preset, train)
    else:
        window.open_when_shown(text, None, train)
    return window


def known_problem(qt: tuple[Any, ...], python: tuple[Any, ...]) -> str | None:
    """What to install instead, where PySide6 is known to abort the program (PYSIDE-3474), else None."""
    if tuple(qt[:2]) >= (6, 12) and tuple(python[:2]) < (3, 12):
        return (
            f"PySide6 {qt[0]}.{qt[1]} aborts on Python {python[0]}.{python[1]} after some hundred signals; "
            'install "PySide6-Essentials<6.12", or use Python 3.12 or later'
        )
    return None


def application() -> QApplication:
    """The application there is, or a new one."""
    running = QApplication.instance()
    app = running if isinstance(running, QApplication) else QApplication(sys.argv[:1])
    sys.setswitchinterval(SWITCH_SECONDS)
    app.setApplicationName("gloveui")
    app.setApplicationDisplayName("gloveui")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("gloveui")
    return app


def _known_language(value: object) -> str:
    """The language of the settings, or that of the system, or English."""
    wanted = str(value) if value is not None else QLocale.system().name().split("_")[0]
    return wanted if wanted in LANGUAGES else "en"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="gloveui", description="Explore word embeddings from text to answer."
    )
    parser.add_argument(
        "file",
        nargs="?",
        type=Path,
        help="a text, vectors or a session to open (default: the bundled English text)",
    )
    parser.add_argument("--train", action="store_true", help="train on it at once")
    parser.add_argument("--lang", choices=list(LANGUAGES), help="language of the window")
    parser.add_argument("--version", action="version", version=f"gloveui {__version__}")
    return parser
