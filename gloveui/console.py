"""What the command line writes: progress and errors on stderr, results on stdout."""

from __future__ import annotations

import io
import json
import os
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gloveui.core.forecast import Forecast
    from gloveui.core.progress import Progress

SECONDS_BEFORE_THE_FIRST_LINE = 1.0
SECONDS_BETWEEN_LINES = 10.0
SECONDS_BETWEEN_LINES_ON_A_TERMINAL = 0.1


def prepare_streams() -> None:
    """Let closed streams lead nowhere, and escape characters for which a stream has no code."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 - open to the end
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def tell(as_json: bool, values: object, lines: Iterable[str]) -> None:
    """Print a result in the form that was asked for; raises `WriteFailed`, and `BrokenPipeError` as it is."""
    from gloveui.core.errors import WriteFailed

    # JSON has escapes of its own for what an output cannot write.
    ensure_ascii = not str(sys.stdout.encoding).lower().startswith("utf")
    try:
        for line in [json.dumps(values, ensure_ascii=ensure_ascii)] if as_json else lines:
            print(line)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        drop_output()
        raise WriteFailed(path="the output", reason=error.strerror or error) from error


def drop_output() -> None:
    """Let what stdout still holds go nowhere: Python writes it once more when it ends, and would fail."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def say(text: str) -> None:
    """Write one line on stderr; an stderr that cannot be written stops no work."""
    with suppress(OSError):
        print("gloveui:", " ".join(text.split()), file=sys.stderr, flush=True)


class ProgressLine:
    """Shows progress on stderr: one line written over on a terminal, else a line now and then.

    Work that is done in a second leaves no line in a log.
    """

    def __init__(self, is_terminal: bool) -> None:
        self._is_terminal = is_terminal
        self._pause = SECONDS_BETWEEN_LINES_ON_A_TERMINAL if is_terminal else SECONDS_BETWEEN_LINES
        self._silent_until = time.monotonic() + (0 if is_terminal else SECONDS_BEFORE_THE_FIRST_LINE)
        self._stage = ""
        self._next = 0.0
        self._width = 0

    def __call__(self, progress: Progress) -> None:
        """Show a step, if enough time has gone by or another stage begins."""
        if progress.stage == "estimating" and progress.detail is not None:
            self._tell_forecast(progress.detail)
            return
        now = time.monotonic()
        if now < self._silent_until or (progress.stage == self._stage and now < self._next):
            return
        self._stage, self._next = progress.stage, now + self._pause
        text = _described(progress)
        self._write("\r" + text.ljust(self._width) if self._is_terminal else text + "\n")
        self._width = len(text)

    def close(self) -> None:
        """Clear the line on a terminal."""
        if self._is_terminal and self._width:
            self._write("\r" + " " * self._width + "\r")
            self._width = 0

    def _tell_forecast(self, forecast: Forecast) -> None:
        """What lies ahead, where it is more than a moment; this line stays."""
        seconds = forecast.training_seconds
        is_short = seconds is not None and forecast.counting_seconds + seconds < SECONDS_BEFORE_THE_FIRST_LINE
        if not is_short or forecast.disk_bytes or not forecast.fits:
            self.close()
            say(_foretold(forecast))

    def _write(self, text: str) -> None:
        with suppress(OSError):
            sys.stderr.write(text)
            sys.stderr.flush()


def _described(progress: Progress) -> str:
    from gloveui.core.training import TrainingReport

    done = "" if progress.fraction is None else f" {progress.fraction:4.0%}"
    report = progress.detail
    if not isinstance(report, TrainingReport):
        return progress.stage + done
    words = getattr(report, "words_per_second", None)  # of Word2Vec, which counts no pairs
    pace = f"{report.pairs_per_second / 1e6:.1f} M pairs/s" if words is None else f"{words:,.0f} words/s"
    return (
        f"{progress.stage}{done}  epoch {report.position:.1f}/{report.epochs}  loss {report.loss:.5f}  "
        f"{pace}  {report.seconds_left:.0f} s left"
    )


def _foretold(forecast: Forecast) -> str:
    """What a run will take, in a sentence."""
    from gloveui.core.byte_size import ByteSize

    parts = [f"{ByteSize(forecast.memory_bytes)} of memory"]
    if forecast.disk_bytes:
        parts.append(f"{ByteSize(forecast.disk_bytes)} on the disk")
    if forecast.training_seconds is not None:
        parts.append(_span(forecast.counting_seconds + forecast.training_seconds))
    need = (
        f"{forecast.words:,} words and about {forecast.nonzeros:,} pairs will take about {', '.join(parts)}"
    )
    return need if forecast.fits else f"{need}; {ByteSize(forecast.free_bytes)} are free"


def _span(seconds: float) -> str:
    return f"{max(1, round(seconds))} s" if seconds < 100 else f"{round(seconds / 60)} min"
