"""How long the window's thread takes for a frame of the Counts panel, and how soon its picture is sharp.

``python -m tests.benchmarks.heatmap_frames [WORDS] [MILLIONS]``: a generated matrix of so many words and so
many millions of pairs is moved about in as by a hand on the wheel and the mouse.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import numpy as np
from PySide6.QtCore import QEvent, QRectF
from PySide6.QtWidgets import QApplication

from gloveui.core.cooccurrence import CooccurrenceMatrix, CountOptions
from gloveui.core.tokens import TokenStream
from gloveui.core.vocabulary import Vocabulary
from gloveui.environment import prepare_environment
from gloveui.state.job_queue import JobQueue
from gloveui.state.session import Session
from gloveui.views.panels.counts import CountsPanel
from gloveui.views.theme import Theme
from tests.views.counted import counted
from tests.waiting import let_work

WORDS, MILLIONS = 75_000, 50
PANEL = (660, 720)
STEPS = 40  # frames of a movement
QUANTITIES = ("count", "pmi")


def generated_matrix(words: int, pairs: int, seed: int = 1) -> CooccurrenceMatrix:
    """Counts as of a text whose words follow Zipf's law: frequent words have long rows, rare ones short."""
    numbers = np.random.default_rng(seed)
    lengths = 1.0 / np.arange(1, words + 1) ** 0.75
    lengths = np.clip(np.round(lengths * pairs / lengths.sum()), 5, words * 0.9).astype(np.int64)
    starts = np.concatenate([[0], np.cumsum(lengths)])
    columns, values = np.empty(starts[-1], np.int32), np.empty(starts[-1], np.float32)
    for row, length in enumerate(lengths):
        found = np.unique((words * numbers.random(int(length)) ** 2.5).astype(np.int32))
        missing = np.setdiff1d(np.arange(min(words, 2 * length), dtype=np.int32), found)
        filled = np.sort(np.concatenate([found, missing[: length - len(found)]]))
        columns[starts[row] : starts[row + 1]] = filled
        values[starts[row] : starts[row + 1]] = 1 + 1e6 / ((row + 10.0) * (filled + 10.0))
    vocabulary = Vocabulary((f"word{place}" for place in range(words)), lengths[::1])
    return CooccurrenceMatrix(starts, columns, values, vocabulary, CountOptions())


def frame_ms(panel: CountsPanel, move: Callable[[], None]) -> tuple[float, float]:
    """Milliseconds of a step: the movement, and everything there is to draw.

    By the clock, and without the time in which neighbours have the processor.
    """
    begin, begin_own = time.perf_counter(), time.thread_time()
    move()
    QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
    panel.heatmaps.grab()
    return (time.perf_counter() - begin) * 1_000, (time.thread_time() - begin_own) * 1_000


def wait_until_sharp(panel: CountsPanel, jobs: JobQueue) -> float:
    """Milliseconds until nothing sharper is on its way."""
    begin = time.perf_counter()
    while jobs.is_answering:
        let_work(1)
    return (time.perf_counter() - begin) * 1_000


def movements(size: int) -> Iterator[tuple[str, list[QRectF]]]:
    """What is in sight, step by step: dragging at three zooms, and the wheel all the way and back."""
    for name, side in (("drag, cells with numbers", 12), ("drag, cells", 400), ("drag, blocks", size / 4)):
        shifts = np.linspace(0, 3 * side, STEPS)
        yield name, [QRectF(shift, shift / 2, side, side) for shift in shifts]
    sides = np.geomspace(size, 8, STEPS)
    yield "wheel, all to a few cells", [QRectF(0, 0, side, side) for side in sides]
    yield "wheel, a few cells to all", [QRectF(0, 0, side, side) for side in sides[::-1]]


def measure(
    panel: CountsPanel, jobs: JobQueue, steps: list[QRectF]
) -> tuple[list[tuple[float, float]], float]:
    """Milliseconds of each frame as `frame_ms` has them, and from the last one to the sharp picture."""
    panel.heatmap.look_at(steps[0])
    wait_until_sharp(panel, jobs)
    frames = []
    for sight in steps:
        frames.append(frame_ms(panel, lambda: panel.heatmap.look_at(sight)))  # noqa: B023 - called at once
        let_work(8)
    return frames, wait_until_sharp(panel, jobs)


def main() -> None:
    """Print a line for each movement and quantity."""
    prepare_environment()
    words = int(sys.argv[1]) if len(sys.argv) > 1 else WORDS
    millions = float(sys.argv[2]) if len(sys.argv) > 2 else MILLIONS
    matrix = generated_matrix(words, int(millions * 1e6))
    tokens: TokenStream = counted("a b")[1]
    app = QApplication.instance() or QApplication([])
    session, jobs = Session(), JobQueue()
    panel = CountsPanel(session, jobs, Theme(app))
    panel.resize(*PANEL)
    panel.show()
    begin = time.perf_counter()
    session.set_cooccurrence(matrix, tokens)
    wait_until_sharp(panel, jobs)
    print(f"{words:,} words, {matrix.nonzeros:,} pairs; first picture {time.perf_counter() - begin:.2f} s")
    print(f"{'ms':37}{'median':>8}{'p99':>8}{'own':>8}{'own p99':>8}{'sharp':>8}")
    for quantity in QUANTITIES:
        combo = panel.controls.quantity_combo
        combo.setCurrentIndex(combo.findData(quantity))
        wait_until_sharp(panel, jobs)
        for name, steps in movements(words):
            frames, sharp = measure(panel, jobs, steps)
            clock, own = (np.percentile(times, [50, 99]) for times in zip(*frames, strict=True))
            figures = "".join(f"{figure:8.1f}" for figure in (*clock, *own))
            print(f"{quantity:7} {name:29}{figures}{sharp:8.0f}", flush=True)
    panel.close()
    jobs.shut_down()


if __name__ == "__main__":
    main()
