"""How long the window's thread takes for a frame, a key and an order of the Lookup table.

``python -m tests.benchmarks.lookup_table [WORDS] [DIMENSION]``: a generated table is scrolled, filtered and
sorted as by a person; strips are swept by the pointer. What is done beside the window is waited for and told
apart. The last lines put figures of this run beside each other.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable
from functools import partial

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from gloveui.core.embedding import Embedding
from gloveui.core.lookup import lookup_table
from gloveui.core.vocabulary import Vocabulary
from gloveui.environment import prepare_environment
from gloveui.state.job_queue import JobQueue
from gloveui.state.session import Session
from gloveui.state.values import Model
from gloveui.views.models.vector_rows import FIRST_VALUE, INDEX, NORM, WORD
from gloveui.views.panels.lookup_table import LookupTablePanel
from gloveui.views.theme import Theme
from tests.waiting import let_work

WORDS, DIMENSION = 400_000, 300
PANELS = ((660, 720), (1000, 600), (1900, 1000))
STEPS = 40  # frames of a movement
TYPED = ("e", "et", "eta", "etai", "z", "zq")
EXPRESSIONS = ("^eta", "(ing|ed)$", "e.*t.*a")
LETTERS = np.array(list("etaoinshrdlucmfwypvbgkqjxz"))

Times = tuple[float, float]
"""Milliseconds by the clock, and without the time in which neighbours have the processor."""


def generated_words(count: int, seed: int = 1) -> list[str]:
    """Distinct words of three letters and more, with the frequencies that letters have."""
    numbers = np.random.default_rng(seed)
    shares = 1 / np.arange(1, len(LETTERS) + 1)
    words: dict[str, None] = {}
    while len(words) < count:
        lengths = numbers.integers(3, 13, count)
        letters = LETTERS[numbers.choice(len(LETTERS), lengths.sum(), p=shares / shares.sum())]
        ends = np.cumsum(lengths).tolist()
        text = "".join(letters)
        words |= dict.fromkeys(text[begin:end] for begin, end in zip([0, *ends], ends, strict=False))
    return list(words)[:count]


def generated_model(words: int, dimension: int) -> Model:
    """Vectors of noise for generated words."""
    vectors = np.random.default_rng(2).standard_normal((words, dimension), dtype=np.float32)
    counts = (1e7 / np.arange(1, words + 1)).astype(np.int64) + 1
    embedding = Embedding(Vocabulary(generated_words(words), counts), vectors)
    return Model(1, "generated", embedding, lookup_table(embedding))


def timed(act: Callable[[], object]) -> Times:
    """Times of an act in this thread."""
    begin, begin_own = time.perf_counter(), time.thread_time()
    act()
    return (time.perf_counter() - begin) * 1_000, (time.thread_time() - begin_own) * 1_000


def wait_for_answers(jobs: JobQueue) -> float:
    """Milliseconds until nothing is looked for any more."""
    begin = time.perf_counter()
    while jobs.is_answering:
        let_work(1)
    return (time.perf_counter() - begin) * 1_000


def tell(name: str, times: Iterable[Times], beside: float | None = None) -> float:
    """Print a line, and give the median by the clock."""
    clock, own = (np.percentile(each, [50, 99]) for each in zip(*times, strict=True))
    waited = "" if beside is None else f"{beside:9.0f}"
    print(f"{name:34}" + "".join(f"{figure:8.1f}" for figure in (*clock, *own)) + waited, flush=True)
    return float(clock[0])


def frames(panel: LookupTablePanel, move: Callable[[int], object]) -> list[Times]:
    """Times of the steps of a movement, each with all there is to draw."""

    def frame(step: int) -> None:
        move(step)
        panel.views.grab()

    frame(0)
    return [timed(partial(frame, step)) for step in range(STEPS)]


def measure_scrolling(panel: LookupTablePanel) -> float:
    """Rows by the wheel and by the bar, columns by the wheel; the median of the wheel."""
    down, across = panel.table.verticalScrollBar(), panel.table.horizontalScrollBar()
    size = f"{panel.width()} x {panel.height()}"
    wheel = tell(f"{size}: wheel", frames(panel, lambda step: down.setValue(84 * step)))
    far = down.maximum() // STEPS
    tell(f"{size}: bar", frames(panel, lambda step: down.setValue(far * step)))
    tell(f"{size}: sideways", frames(panel, lambda step: across.setValue(60 * step)))
    across.setValue(0)
    return wheel


def measure_filter(panel: LookupTablePanel, jobs: JobQueue) -> float:
    """Each key of what is typed; the slowest."""
    slowest = 0.0
    for mode, texts in enumerate((TYPED, TYPED, EXPRESSIONS)):
        panel.filter.mode_combo.setCurrentIndex(mode)
        for text in texts:
            times = [timed(partial(panel.filter_edit.setText, text))]
            beside = wait_for_answers(jobs)
            found = panel.table.model().rowCount()
            told = tell(f"{panel.filter.mode_combo.itemData(mode)} {text}: {found:,}", times, beside)
            slowest = max(slowest, told)
            panel.filter_edit.clear()
    panel.filter.mode_combo.setCurrentIndex(0)
    return slowest


def measure_sorting(panel: LookupTablePanel, jobs: JobQueue) -> float:
    """By each kind of column, for the first time and again; the slowest again, in the window's thread."""
    names = {WORD: "word", INDEX: "index", NORM: "norm", FIRST_VALUE + 7: "dimension 7"}
    slowest = 0.0
    for column, name in names.items():
        for order in (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder):
            times = [timed(partial(panel.table.sortByColumn, column, order))]
            slowest = max(slowest, tell(f"sort by {name}, {order.name[:4]}", times, wait_for_answers(jobs)))
    panel.table.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
    return slowest


def measure_statistics(panel: LookupTablePanel) -> float:
    """The tooltip over a column, asked for the first time."""
    model, horizontal = panel.table.model(), Qt.Orientation.Horizontal
    role = Qt.ItemDataRole.ToolTipRole
    columns = range(FIRST_VALUE, FIRST_VALUE + 20)
    asked = [partial(model.headerData, column, horizontal, role) for column in columns]
    return tell("statistics of a column", [timed(ask) for ask in asked])


def measure_strips(panel: LookupTablePanel) -> None:
    """The pointer swept over the strips of forty words."""
    panel.show_view("strips")
    page = panel.strips_page
    page.add_words(panel.table.model().table.vocabulary.words[2:42])
    view = page.plot.viewport()
    left, width = page.plot.cell_rect(0, 0).left(), view.width() * 0.6
    places = [QPointF(left + width * step / STEPS, 60) for step in range(STEPS)]

    def point(step: int) -> None:
        button, keys = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
        place = places[step]
        event = QMouseEvent(QMouseEvent.Type.MouseMove, place, view.mapToGlobal(place), button, button, keys)
        QApplication.sendEvent(view, event)

    tell("strips of 40 words: lens", frames(panel, point))
    panel.show_view("table")


def main() -> None:
    """Print a line for each movement."""
    prepare_environment()
    words = int(sys.argv[1]) if len(sys.argv) > 1 else WORDS
    dimension = int(sys.argv[2]) if len(sys.argv) > 2 else DIMENSION
    model = generated_model(words, dimension)
    app = QApplication.instance() or QApplication([])
    session, jobs = Session(), JobQueue()
    panel = LookupTablePanel(session, jobs, Theme(app))
    panel.resize(*PANELS[0])
    panel.show()
    print(f"{words:,} x {dimension}\n{'ms':34}{'median':>8}{'p99':>8}{'own':>8}{'own p99':>8}{'beside':>9}")
    shown = [timed(lambda: session.add_model(model))]
    tell("another model", shown, wait_for_answers(jobs))
    wheels = []
    for size in PANELS:
        panel.resize(*size)
        wheels.append(measure_scrolling(panel))
    panel.resize(*PANELS[0])
    key = measure_filter(panel, jobs)
    sort = measure_sorting(panel, jobs)
    statistics = measure_statistics(panel)
    measure_strips(panel)
    print(f"a frame of 16 ms holds {16 / wheels[0]:.1f} steps of the wheel at {PANELS[0]}, ", end="")
    print(f"{16 / wheels[-1]:.1f} at {PANELS[-1]}")
    print(f"slowest key {key / wheels[0]:.1f}, order {sort / wheels[0]:.1f}, ", end="")
    print(f"statistics {statistics / wheels[0]:.1f} times a step of the wheel")
    panel.close()
    jobs.shut_down()


if __name__ == "__main__":
    main()
