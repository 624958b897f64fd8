"""How fast two models are compared, beside a plain way in numpy, in one run.

``python -m tests.benchmarks.comparison [words]``: vectors of 100 numbers, half of them noise. Both ways find
the neighbours of every word in both models and their rank-biased overlap; they run by turns.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from gloveui.core.alignment import align
from gloveui.core.comparison import PERSISTENCE, disagreement, similarity_pairs
from gloveui.core.embedding import Embedding
from gloveui.core.progress import Task, run_to_end
from gloveui.core.resources import usable_cores
from gloveui.core.vocabulary import Vocabulary
from gloveui.environment import prepare_environment
from tests.benchmarks.steps import durations

WORDS, DIMENSION, K = 20_000, 100, 10
ROWS = 1_000  # of products that the plain way makes at a time
LAPS = 3

Row = tuple[str, str, str]


def all_rows(words: int) -> Iterator[Row]:
    """What is done, the shortest time, and how it compares or how long its longest step is."""
    a, b = alike_models(words)
    run_to_end(disagreement(a, b, K, among=500, depth=K))  # loads and compiles
    plain, ours = [], []
    for _ in range(LAPS):
        start = time.perf_counter()
        expected = plain_overlaps(a.vectors, b.vectors)
        plain.append(time.perf_counter() - start)
        start = time.perf_counter()
        found = run_to_end(disagreement(a, b, K, depth=K)).overlap
        ours.append(time.perf_counter() - start)
    same = float(np.isclose(expected, found).mean())
    yield "plain numpy, k = 10", f"{min(plain):.2f} s", f"{same:.2%} of the words alike"
    ratio = np.median(np.divide(plain, ours))
    yield "disagreement, k = 10", f"{min(ours):.2f} s", f"{ratio:.1f} × plain numpy, {usable_cores()} threads"
    tasks: dict[str, Task[object]] = {
        "disagreement, curves to 50": disagreement(a, b, K),
        "cosines of 20,000 pairs": similarity_pairs(a, b),
        "alignment": align(a, b),
    }
    for name, task in tasks.items():
        seconds, longest_step = durations(task)
        yield name, seconds, f"longest step {longest_step}"


def alike_models(words: int) -> tuple[Embedding, Embedding]:
    """Two models that share half of what they are."""
    random = np.random.default_rng(7)
    first, *noise = (random.standard_normal((words, DIMENSION), np.float32) for _ in range(3))
    vocabulary = Vocabulary(f"w{number}" for number in range(words))
    return Embedding(vocabulary, first + noise[0]), Embedding(vocabulary, first + noise[1])


def plain_overlaps(a: NDArray[np.float32], b: NDArray[np.float32]) -> NDArray[np.float64]:
    """Rank-biased overlap of the nearest words in both: products, `argpartition`, and sets."""
    near = [_plain_neighbours(vectors) for vectors in (a, b)]
    overlaps = np.empty(len(a))
    for row, (one, other) in enumerate(zip(*(places.tolist() for places in near), strict=True)):
        shares = [len(set(one[:d]) & set(other[:d])) / d for d in range(1, K + 1)]
        head = sum(share * PERSISTENCE**d for d, share in enumerate(shares, 1))
        overlaps[row] = shares[-1] * PERSISTENCE**K + (1 - PERSISTENCE) / PERSISTENCE * head
    return overlaps


def _plain_neighbours(vectors: NDArray[np.float32]) -> NDArray[np.int64]:
    units = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    found = []
    for first in range(0, len(units), ROWS):
        products = units[first : first + ROWS] @ units.T
        products[np.arange(len(products)), np.arange(first, first + len(products))] = -np.inf
        largest = np.argpartition(-products, K, axis=1)[:, :K]
        order = np.argsort(-np.take_along_axis(products, largest, 1), axis=1)
        found.append(np.take_along_axis(largest, order, 1))
    return np.concatenate(found)


if __name__ == "__main__":
    prepare_environment()
    size = int(sys.argv[1]) if len(sys.argv) > 1 else WORDS
    print(f"| {size:,} × {DIMENSION} | time | compared |\n|---|---|---|")
    for row in all_rows(size):
        print(f"| {' | '.join(row)} |", flush=True)
