"""How fast a picture of a large matrix is made, by zoom, order and quantity.

``python -m tests.benchmarks.heatmap``: 75,000 words, some 50 million pairs.
"""

from __future__ import annotations

import time
from collections.abc import Iterator

import numpy as np

from gloveui.core.cooccurrence import CooccurrenceMatrix, CountOptions, count_cooccurrences
from gloveui.core.glove import GloveParameters
from gloveui.core.heatmap import REDUCTIONS, View, fitting_view, heatmap_picture
from gloveui.core.progress import run_to_end
from gloveui.core.quantities import OF_THE_MODEL, QUANTITIES, Quantity, add_up
from gloveui.core.resources import Resources, usable_cores
from gloveui.core.word_order import WordOrder, word_order
from gloveui.environment import prepare_environment
from tests.benchmarks.texts import zipf_tokens

WORDS, ZIPF_TOKENS, ZIPF_TYPES = 75_000, 11_200_000, 80_000
SCREEN_PX = 1_000
DIMENSION = 100
LAPS, LAPS_OF_THE_MODEL = 5, 2

Row = tuple[str, str, str]


def all_rows() -> Iterator[Row]:
    """What is drawn, the time of each reduction, and the size of the picture."""
    stream = zipf_tokens(ZIPF_TOKENS, ZIPF_TYPES)
    matrix = run_to_end(count_cooccurrences(stream, CountOptions(max_vocabulary=WORDS), Resources()))
    start = time.perf_counter()
    run_to_end(add_up(matrix, Resources()))
    seconds = time.perf_counter() - start
    pairs = f"{matrix.nonzeros / 1e6:.1f} M pairs, {usable_cores()} threads"
    yield "sums of rows and columns, once for a matrix", _milliseconds(seconds), pairs
    yield from order_rows(matrix)
    parameters = random_parameters(len(matrix.vocabulary))
    for order_name, order in orders(len(matrix.vocabulary)).items():
        for view_name, view in views(len(matrix.vocabulary)).items():
            size = f"{view.height} × {view.width} blocks of {view.block}²"
            for name in QUANTITIES:
                times = picture_times(matrix, order, Quantity(name, parameters=parameters), view)
                yield f"{name}, {view_name}, {order_name}", times, size


def order_rows(matrix: CooccurrenceMatrix) -> Iterator[Row]:
    """The time of the orders that take some."""
    for kind, top in (("alphabet", 0), ("similarity", 500), ("similarity", 2_000), ("similarity", 0)):
        start = time.perf_counter()
        run_to_end(word_order(matrix, kind, top))
        yield f"order by {kind}", _milliseconds(time.perf_counter() - start), f"{top or WORDS:,} words"


def orders(size: int) -> dict[str, WordOrder]:
    """The best and the worst order for the memory."""
    shuffled = np.random.default_rng(5).permutation(size)
    return {"frequent first": WordOrder.of(np.arange(size), size), "shuffled": WordOrder.of(shuffled, size)}


def views(size: int) -> dict[str, View]:
    """Everything, a quarter, and single cells."""

    def square(first: int, last: int) -> View:
        return fitting_view(first, last, first, last, size, SCREEN_PX, SCREEN_PX)

    quarter = square(size // 4, 3 * size // 4)
    return {"all": square(0, size), "a quarter": quarter, "cells": square(0, SCREEN_PX)}


def random_parameters(words: int) -> GloveParameters:
    """A model that has learned nothing."""
    random = np.random.default_rng(6)
    shapes = ((words, DIMENSION), (words, DIMENSION), (words,), (words,))
    return GloveParameters(*(random.standard_normal(shape, np.float32) for shape in shapes))


def picture_times(matrix: CooccurrenceMatrix, order: WordOrder, quantity: Quantity, view: View) -> str:
    """The shortest of several times for each reduction."""
    laps = LAPS_OF_THE_MODEL if quantity.name in OF_THE_MODEL else LAPS
    found = []
    for reduction in REDUCTIONS:
        seconds = []
        for _ in range(laps):
            start = time.perf_counter()
            run_to_end(heatmap_picture(matrix, order, quantity, view, reduction, Resources()))
            seconds.append(time.perf_counter() - start)
        found.append(f"{reduction} {_milliseconds(min(seconds))}")
    return ", ".join(found)


def _milliseconds(seconds: float) -> str:
    return f"{1000 * seconds:.0f} ms"


if __name__ == "__main__":
    prepare_environment()
    print("| what | time | of |\n|---|---|---|")
    for row in all_rows():
        print(f"| {' | '.join(row)} |", flush=True)
