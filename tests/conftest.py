"""What every test gets: an offscreen Qt, folders of its own, and a check that nothing outlives it.

The check follows napari's ``conftest.py``: a widget, timer or thread that a test leaves behind breaks a later
test, far from its cause, so the test that leaves it is the one that fails.
"""

from __future__ import annotations

import gc
import logging
import os
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import WeakSet

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ.setdefault("OMP_WAIT_POLICY", "passive")

import hypothesis
import pytest

if TYPE_CHECKING:
    from tests.commands import Run

hypothesis.settings.register_profile("gloveui", deadline=None, derandomize="CI" in os.environ)
hypothesis.settings.load_profile("gloveui")

THREAD_END_S = 5.0


@pytest.fixture(scope="session", autouse=True)
def compiled_kernels_of_the_tests(pytestconfig: pytest.Config) -> Iterator[None]:
    """One cache folder for all tests, kept between runs: kernels are compiled once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(pytestconfig.cache.mkdir("home")))
        yield


@pytest.fixture(autouse=True)
def home_of_the_test(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder of its own, so that no test reads or writes the developer's settings."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(home / "data"))
    monkeypatch.setenv("XDG_STATE_HOME", str(home / "state"))
    return home


@pytest.fixture
def settings_dir(tmp_path: Path) -> Path:
    """Where the window of a test keeps its settings."""
    return tmp_path / "settings"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Carry out a command, as quietly as on a fast machine: no line tells how far it is."""
    from gloveui import cli, console
    from tests.commands import Outcome

    monkeypatch.setattr(console, "SECONDS_BEFORE_THE_FIRST_LINE", 600.0)

    def run(*arguments: object) -> Outcome:
        code = cli.main([str(argument) for argument in arguments])
        return Outcome(code, *capsys.readouterr())

    return run


class LogWarnings(logging.Handler):
    """Keeps what is logged as a warning or worse."""

    def __init__(self) -> None:
        super().__init__(level=logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the record as a line that names its logger."""
        self.messages.append(f"{record.name} {record.levelname}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def no_log_warnings(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that logs a warning, unless it is marked ``expects_log_warnings``."""
    handler = LogWarnings()
    logging.getLogger().addHandler(handler)
    yield
    logging.getLogger().removeHandler(handler)
    if handler.messages and request.node.get_closest_marker("expects_log_warnings") is None:
        pytest.fail("Warnings were logged:\n" + "\n".join(handler.messages), pytrace=False)


@pytest.fixture(autouse=True)
def no_leaked_threads() -> Iterator[None]:
    """Fail a test after which a Python thread goes on; one that is about to end is waited for.

    Threads that Qt started appear in Python as dummies: `no_leaked_qt_threads` looks at those.
    """
    before = set(threading.enumerate())
    yield
    leaked = [thread for thread in threading.enumerate() if thread not in before and not is_dummy(thread)]
    for thread in leaked:
        thread.join(THREAD_END_S / len(leaked))
    names = [thread.name for thread in leaked if thread.is_alive()]
    if names:
        pytest.fail(f"Threads go on after the test: {', '.join(names)}", pytrace=False)


def is_dummy(thread: threading.Thread) -> bool:
    """Whether Python only knows of the thread, and did not start it."""
    return isinstance(thread, threading._DummyThread)


def recorder_of_starts(start: Callable[..., Any], started: WeakSet[Any]) -> Callable[..., Any]:
    """`start`, a method of a Qt class, which also adds its object to `started`."""

    def recorded(self: Any, *args: Any, **kwargs: Any) -> Any:
        started.add(self)
        return start(self, *args, **kwargs)

    return recorded


def living(objects: WeakSet[Any]) -> list[Any]:
    """Those whose C++ half has not been deleted."""
    import shiboken6

    return [item for item in objects if shiboken6.isValid(item)]


def described(items: list[Any]) -> str:
    """Each Qt object with its class and its objectName."""
    return ", ".join(f"{type(item).__name__} {item.objectName()!r}" for item in items)


@pytest.fixture(autouse=True)
def no_leaked_qt_threads(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fail a test that leaves a QThread running, and end that thread so that the next tests can run."""
    if "PySide6" not in sys.modules:
        yield
        return
    from PySide6.QtCore import QThread

    started: WeakSet[Any] = WeakSet()
    monkeypatch.setattr(QThread, "start", recorder_of_starts(QThread.start, started))
    yield
    running = [thread for thread in living(started) if thread.isRunning()]
    for thread in running:
        thread.requestInterruption()
        thread.quit()
        thread.wait(int(THREAD_END_S * 1000))
    if running:
        pytest.fail(f"QThreads run on after the test: {described(running)}", pytrace=False)


@pytest.fixture(autouse=True)
def no_leaked_timers(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fail a test that leaves a QTimer active, and stop that timer."""
    if "PySide6" not in sys.modules:
        yield
        return
    from PySide6.QtCore import QTimer

    started: WeakSet[Any] = WeakSet()
    monkeypatch.setattr(QTimer, "start", recorder_of_starts(QTimer.start, started))
    yield
    delete_what_was_asked_to_go()
    active = [timer for timer in living(started) if timer.isActive()]
    if active:
        gc.collect()
        active = [timer for timer in living(started) if timer.isActive()]
    for timer in active:
        timer.stop()
    if active:
        pytest.fail(f"Timers are active after the test: {described(active)}", pytrace=False)


def delete_what_was_asked_to_go() -> None:
    """Carry out every ``deleteLater``; outside an event loop Qt keeps those for later."""
    from PySide6.QtCore import QCoreApplication, QEvent

    if QCoreApplication.instance() is not None:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def top_level_widgets() -> list[Any]:
    """All widgets without a parent; none before there is an application."""
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets is None or widgets.QApplication.instance() is None:
        return []
    found: list[Any] = widgets.QApplication.topLevelWidgets()
    return found


@pytest.fixture(autouse=True)
def no_leaked_widgets() -> Iterator[None]:
    """Fail a test that leaves a window, shown or not, and delete that window.

    A widget in a reference cycle is collected first: it is garbage, which Python frees when it likes.
    """
    before = top_level_widgets()
    yield
    if not top_level_widgets():
        return
    delete_what_was_asked_to_go()
    if new_widgets(before):
        gc.collect()
        delete_what_was_asked_to_go()
    leaked = new_widgets(before)
    names = described(leaked)
    for widget in leaked:
        widget.close()
        widget.deleteLater()
    if leaked:
        delete_what_was_asked_to_go()
        pytest.fail(f"Widgets are left after the test: {names}", pytrace=False)


def new_widgets(before: list[Any]) -> list[Any]:
    """The top-level widgets that were not there before."""
    return [widget for widget in top_level_widgets() if widget not in before]
