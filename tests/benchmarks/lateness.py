"""How late the window's thread is while it works: ``python -m tests.benchmarks.lateness``.

A timer asks for 5 ms; what it gets beyond that is time in which the window would not have answered. The
bundled text is opened and trained in the real window, with a question asked in each stage.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections import defaultdict
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import numpy as np
from PySide6.QtCore import QTimer

from gloveui.app import create_window
from gloveui.environment import prepare_environment
from gloveui.views.main_window import MainWindow
from tests.waiting import let_work

INTERVAL_MS = 5


class Watch:
    """Notes by how much each tick of a timer comes too late, by stage."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._last = time.perf_counter()
        self.late_ms: dict[str, list[float]] = defaultdict(list)
        self._timer = QTimer(window, interval=INTERVAL_MS)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def _tick(self) -> None:
        now = time.perf_counter()
        stage = self._window.pipeline.stage
        self.late_ms[stage.value if stage else "idle"].append((now - self._last) * 1000 - INTERVAL_MS)
        self._last = now


def main() -> None:
    """Open, count and train the bundled text, and print the lateness by stage."""
    prepare_environment()
    with tempfile.TemporaryDirectory() as settings:
        window = create_window(Path(settings), "en", train=True)
        window.resize(1440, 900)
        window.show()
        watch = Watch(window)
        words = ["the", "of", "king"]
        while window.session.model is None or window.jobs.current is not None:
            let_work(500)
            window.session.set_focus_word(words[0])
            words.append(words.pop(0))
        let_work(500)
        print(f"{'stage':10}{'ticks':>8}{'median':>10}{'p99':>10}{'largest':>10}   ms late")
        for stage, late in watch.late_ms.items():
            median, p99, largest = np.percentile(late, [50, 99, 100])
            print(f"{stage:10}{len(late):8}{median:10.1f}{p99:10.1f}{largest:10.1f}")
        window.close()


if __name__ == "__main__":
    main()
