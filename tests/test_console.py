from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from gloveui.console import ProgressLine
from gloveui.core.forecast import Forecast
from gloveui.core.progress import Progress
from gloveui.core.training import TrainingReport

ROOT = Path(__file__).resolve().parent.parent
REPORT = Progress("training", 0.25, TrainingReport(2.5, 10, 0.0625, (), 2e6, 3.0))


def test_on_a_terminal_one_line_is_written_over_and_cleared(capsys: pytest.CaptureFixture[str]) -> None:
    line = ProgressLine(is_terminal=True)
    line(Progress("reading", 0.5))
    line(REPORT)
    line(REPORT)  # too soon to be shown
    line.close()
    shown = capsys.readouterr().err.split("\r")
    training = "training  25%  epoch 2.5/10  loss 0.06250  2.0 M pairs/s  3 s left"
    assert shown == ["", "reading  50%", training, " " * len(training), ""]


def test_in_a_log_lines_are_few(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    now = 100.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    line = ProgressLine(is_terminal=False)
    line(Progress("reading", 0.1))
    for now in (101.5, 102.0, 111.0, 112.0):
        line(Progress("reading", (now - 100) / 100))
    line(Progress("counting"))
    line.close()
    assert capsys.readouterr().err == "reading   2%\nreading  12%\ncounting\n"


LONG = Forecast(22_320, 9_498_761, 375_000_000, 0, 8_000_000_000, 1.0, 9.4)
PAIRS = "gloveui: 22,320 words and about 9,498,761 pairs will take about"


@pytest.mark.parametrize(
    ("forecast", "told"),
    [
        (LONG, f"{PAIRS} 375 MB of memory, 10 s\n"),
        (replace(LONG, training_seconds=660.0), f"{PAIRS} 375 MB of memory, 11 min\n"),
        (replace(LONG, training_seconds=None), f"{PAIRS} 375 MB of memory\n"),
        (replace(LONG, counting_seconds=0.1, training_seconds=0.2), ""),
        (
            replace(LONG, training_seconds=0.2, counting_seconds=0.1, disk_bytes=1_200_000_000),
            f"{PAIRS} 375 MB of memory, 1.2 GB on the disk, 1 s\n",
        ),
        (replace(LONG, free_bytes=1_000_000), f"{PAIRS} 375 MB of memory, 10 s; 1.0 MB are free\n"),
    ],
)
def test_what_a_run_will_take_is_told_unless_it_is_a_moment(
    capsys: pytest.CaptureFixture[str], forecast: Forecast, told: str
) -> None:
    line = ProgressLine(is_terminal=False)
    line(Progress("estimating", 1.0, forecast))
    assert capsys.readouterr().err == told


def test_on_a_terminal_what_a_run_will_take_stays(capsys: pytest.CaptureFixture[str]) -> None:
    line = ProgressLine(is_terminal=True)
    line(Progress("estimating"))
    line(Progress("estimating", 1.0, LONG))
    line.close()
    shown = capsys.readouterr().err
    assert shown == f"\restimating\r          \r{PAIRS} 375 MB of memory, 10 s\n"


@pytest.fixture
def vectors(tmp_path: Path) -> Path:
    path = tmp_path / "vectors"
    path.write_text("나는 1 2\n너는 3 4\n", encoding="utf-8")
    return path


def in_shell(redirections: str, *arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command with a shell's redirections."""
    line = f'exec "$@" {redirections}'
    return subprocess.run(
        ["sh", "-c", line, "sh", sys.executable, "-m", "gloveui", *map(str, arguments)],
        cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_characters_for_which_the_output_has_no_code_are_escaped(vectors: Path) -> None:
    asked = in_shell("", "neighbours", vectors, "나는", PYTHONIOENCODING="ascii")
    assert (asked.returncode, asked.stderr) == (0, "")
    assert asked.stdout == "\\ub108\\ub294\t0.9839\n"
    vectors.write_text("나는 1 2\n👍 3 4\n", encoding="utf-8")
    asked = in_shell("", "neighbours", vectors, "나는", "--json", PYTHONIOENCODING="ascii")
    assert json.loads(asked.stdout)["neighbours"][0]["word"] == "👍"


@pytest.mark.skipif(os.name == "nt", reason="needs a shell of Unix")
@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
def test_streams_that_are_closed_are_no_error(vectors: Path, tmp_path: Path, closed: str) -> None:
    asked = in_shell(closed, "neighbours", vectors, "나는")
    assert (asked.returncode, asked.stderr) == (0, "")
    assert in_shell(closed, "neighbours", vectors, "missing").returncode == 2
    assert in_shell(closed, "train", "bundled:lecture", "-o", tmp_path / "out").returncode == 0
    assert json.loads((tmp_path / "out" / "run.json").read_text())["sizes"]["vocabulary"] == 7


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_an_output_that_is_full_is_one_line_and_code_2(vectors: Path, unbuffered: str) -> None:
    asked = in_shell(">/dev/full", "neighbours", vectors, "나는", PYTHONUNBUFFERED=unbuffered)
    assert asked.returncode == 2
    # A busy machine tells how far it is.
    told = [line for line in asked.stderr.splitlines() if not line.startswith("reading")]
    assert told == [
        "gloveui: the output could not be written: No space left on device. "
        "Choose another folder or make room; the file that was there is unchanged."
    ]
    assert in_shell("2>/dev/full", "neighbours", vectors, "나는").returncode == 0
