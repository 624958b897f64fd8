"""The checks of conftest.py themselves, each on a small test run in a process of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

HERE = Path(__file__).parent
Run = Callable[[str], pytest.RunResult]


@pytest.fixture
def run_test(pytester: pytest.Pytester) -> Run:
    """Run a file of tests under this project's conftest and settings."""
    pytester.makeconftest((HERE / "conftest.py").read_text(encoding="utf-8"))
    pytester.makepyprojecttoml((HERE.parent / "pyproject.toml").read_text(encoding="utf-8"))

    def run(source: str) -> pytest.RunResult:
        return pytester.runpytest_subprocess(pytester.makepyfile(source))

    return run


def test_a_tidy_test_passes(run_test: Run) -> None:
    result = run_test("""
        import threading
        from PySide6.QtCore import QThread, QTimer
        from PySide6.QtWidgets import QWidget

        def test_tidy(qtbot):
            widget = QWidget()
            qtbot.addWidget(widget)
            timer = QTimer(widget)
            timer.start(60_000)
            thread = QThread()
            thread.start()
            thread.quit()
            assert thread.wait(5000)
            worker = threading.Thread(target=int)
            worker.start()

        def test_deleted_later(qtbot):
            QWidget().deleteLater()
    """)
    result.assert_outcomes(passed=2)


def test_a_test_that_leaves_a_widget_fails(run_test: Run) -> None:
    result = run_test("""
        from PySide6.QtWidgets import QWidget
        kept = []

        def test_leaks(qtbot):
            widget = QWidget()
            widget.setObjectName("forgotten")
            kept.append(widget)

        def test_after_it(qtbot):
            assert kept
    """)
    result.assert_outcomes(passed=2, errors=1)
    result.stdout.fnmatch_lines(["*Widgets are left after the test: QWidget 'forgotten'*"])


def test_a_test_that_leaves_a_qthread_running_fails(run_test: Run) -> None:
    result = run_test("""
        from PySide6.QtCore import QThread
        kept = []

        def test_leaks(qtbot):
            thread = QThread()
            thread.setObjectName("endless")
            thread.start()
            kept.append(thread)

        def test_after_it(qtbot):
            assert not kept[0].isRunning()
    """)
    result.assert_outcomes(passed=2, errors=1)
    result.stdout.fnmatch_lines(["*QThreads run on after the test: QThread 'endless'*"])


def test_a_test_that_leaves_a_timer_active_fails(run_test: Run) -> None:
    result = run_test("""
        from PySide6.QtCore import QTimer
        kept = []

        def test_leaks(qtbot):
            timer = QTimer()
            timer.setObjectName("ticking")
            timer.start(60_000)
            kept.append(timer)

        def test_after_it(qtbot):
            assert not kept[0].isActive()
    """)
    result.assert_outcomes(passed=2, errors=1)
    result.stdout.fnmatch_lines(["*Timers are active after the test: QTimer 'ticking'*"])


def test_a_test_that_leaves_a_python_thread_fails(run_test: Run) -> None:
    result = run_test("""
        import threading
        import conftest
        conftest.THREAD_END_S = 0.01

        def test_leaks():
            threading.Thread(target=threading.Event().wait, name="waiting", daemon=True).start()
    """)
    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["*Threads go on after the test: waiting*"])


def test_a_test_that_logs_a_warning_fails_unless_it_expects_it(run_test: Run) -> None:
    result = run_test("""
        import logging
        import pytest

        def test_logs():
            logging.getLogger("gloveui.example").warning("%d words are gone", 3)

        @pytest.mark.expects_log_warnings
        def test_expects_it(caplog):
            logging.getLogger("gloveui.example").warning("expected")
            assert caplog.messages == ["expected"]
    """)
    result.assert_outcomes(passed=2, errors=1)
    result.stdout.fnmatch_lines(["*gloveui.example WARNING: 3 words are gone*"])


def test_a_qt_warning_or_a_python_warning_fails_the_test(run_test: Run) -> None:
    result = run_test("""
        import warnings
        from PySide6.QtCore import qWarning

        def test_qt_warns(qtbot):
            qWarning("painter not active")

        def test_python_warns():
            warnings.warn("soon gone", DeprecationWarning)
    """)
    result.assert_outcomes(failed=2)
    result.stdout.fnmatch_lines(["*painter not active*", "*DeprecationWarning: soon gone*"])


def test_a_test_has_a_home_of_its_own(home_of_the_test: Path) -> None:
    assert Path.home() == home_of_the_test
    assert list(home_of_the_test.iterdir()) == []
