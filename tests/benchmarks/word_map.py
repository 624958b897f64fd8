"""How long the window's thread takes for a frame of a map of words, and to say what the pointer is on.

``python -m tests.benchmarks.word_map [WORDS]``: so many generated points in a few hundred heaps are
moved about in as by a hand on the wheel and the mouse.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF
from PySide6.QtWidgets import QApplication

from gloveui.core.map_picture import prepare_pictures
from gloveui.core.progress import run_to_end
from gloveui.environment import prepare_environment
from gloveui.views.plots.word_map import WordMap
from gloveui.views.theme import Theme

WORDS = 400_000
SIZE = (660, 600)
STEPS = 40  # frames of a movement


def generated_points(count: int, seed: int = 1) -> tuple[tuple[str, ...], NDArray[np.float32]]:
    """Words and places in heaps, as t-SNE makes them."""
    numbers = np.random.default_rng(seed)
    middles = numbers.normal(scale=30.0, size=(300, 2))
    places = middles[numbers.integers(0, len(middles), count)] + numbers.normal(scale=2.0, size=(count, 2))
    words = tuple(f"word{place:x}" for place in range(count))
    return words, places.astype(np.float32)


def frame_ms(word_map: WordMap, move: Callable[[], None]) -> tuple[float, float]:
    """Milliseconds of a movement and everything there is to draw, by the clock and of the processor."""
    begin, begin_own = time.perf_counter(), time.thread_time()
    move()
    QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
    word_map.viewport().grab()
    return (time.perf_counter() - begin) * 1_000, (time.thread_time() - begin_own) * 1_000


def movements(word_map: WordMap) -> Iterator[tuple[str, list[Callable[[], None]]]]:
    """Dragging at three zooms, and the wheel all the way in and back."""

    def drag() -> None:
        (left, right), (bottom, top) = word_map.plotItem.vb.viewRange()
        word_map.plotItem.vb.translateBy(x=(right - left) / 60, y=(top - bottom) / 90)

    def wheel(factor: float) -> Callable[[], None]:
        return lambda: word_map.zoom(factor)

    for name, factor in (("drag, all", 1.0), ("drag, a quarter", 0.5), ("drag, a heap", 0.1)):
        word_map.fit()
        word_map.zoom(factor)
        yield name, [drag] * STEPS
    word_map.fit()
    yield "wheel, in", [wheel(0.85)] * STEPS
    yield "wheel, out", [wheel(1 / 0.85)] * STEPS


def hover_ms(word_map: WordMap) -> list[float]:
    """Milliseconds to find the word under each of many places."""
    times = []
    for x, y in np.random.default_rng(2).uniform(50, 550, size=(200, 2)).tolist():
        begin = time.perf_counter()
        word_map.word_at(QPointF(x, y))
        times.append((time.perf_counter() - begin) * 1_000)
    return times


def main() -> None:
    """Print a line for each colouring and movement."""
    prepare_environment()
    count = int(sys.argv[1]) if len(sys.argv) > 1 else WORDS
    words, positions = generated_points(count)
    app = QApplication.instance() or QApplication([])
    run_to_end(prepare_pictures())
    word_map = WordMap(Theme(app))
    word_map.resize(*SIZE)
    word_map.show()
    begin = time.perf_counter()
    word_map.set_points(words, positions)
    word_map.viewport().grab()
    print(f"{count:,} words; first picture {(time.perf_counter() - begin) * 1_000:.0f} ms")
    print(f"{'ms':34}{'median':>8}{'p99':>8}{'own':>8}{'own p99':>8}")
    groups = np.random.default_rng(3).integers(0, 8, count).astype(np.float32)
    for coloring, values in (("alike", None), ("groups", groups)):
        word_map.set_colors(values, "categories")
        for name, steps in movements(word_map):
            frames = [frame_ms(word_map, step) for step in steps]
            clock, own = (np.percentile(times, [50, 99]) for times in zip(*frames, strict=True))
            figures = "".join(f"{figure:8.1f}" for figure in (*clock, *own))
            print(f"{coloring:8} {name:25}{figures}", flush=True)
    word_map.fit()
    for name in ("hover, the first", "hover"):
        times = hover_ms(word_map)
        worst = max(times) if name.endswith("first") else np.percentile(times, 99)
        print(f"{name:34}{np.median(times):8.2f}{worst:8.2f}")
    word_map.close()


if __name__ == "__main__":
    main()
