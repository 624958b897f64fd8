"""The start of the program: its arguments, its exit code, and what it refuses to run on."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import gloveui
from gloveui.app import known_problem, main

CLOSES_AFTER_TRAINING = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from gloveui import app

def close_once_trained():
    for window in QApplication.topLevelWidgets():
        if isinstance(window, app.MainWindow) and window.session.losses.epochs:
            window.close()

QApplication(sys.argv[:1])
timer = QTimer(interval=20)
timer.timeout.connect(close_once_trained)
timer.start()
code = app.main(sys.argv[1:])
timer.stop()
raise SystemExit(code)
"""


@pytest.mark.parametrize(
    ("qt", "python", "has_problem"),
    [
        ((6, 12, 0), (3, 11, 7), True),
        ((6, 11, 3), (3, 11, 7), False),
        ((6, 12, 0), (3, 12, 1), False),
        ((6, 13, 1), (3, 13, 0), False),
    ],
)
def test_a_pair_of_versions_that_aborts_is_named_with_its_way_out(qt, python, has_problem):
    problem = known_problem(qt, python)
    assert (problem is not None) is has_problem
    if problem is not None:
        assert "6.12" in problem
        assert "3.11" in problem
        assert "PySide6-Essentials<6.12" in problem


def test_the_version_is_told(capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["--version"])
    assert stopped.value.code == 0
    assert capsys.readouterr().out.strip() == f"gloveui {gloveui.__version__}"


def test_an_unknown_language_is_refused(capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["--lang", "xx"])
    assert stopped.value.code == 2
    assert "xx" in capsys.readouterr().err


def test_a_window_closed_in_the_middle_of_training_ends_the_program_with_0(tmp_path: Path):
    text = tmp_path / "text.txt"
    text.write_text("\n".join(f"w{n % 97} w{n % 89} w{n % 83} w{n % 79}" for n in range(20_000)))
    finished = subprocess.run(
        [sys.executable, "-c", CLOSES_AFTER_TRAINING, str(text), "--train", "--lang", "ko"],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert finished.returncode == 0, finished.stderr
    assert "Traceback" not in finished.stderr
