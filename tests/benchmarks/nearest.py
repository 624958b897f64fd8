"""How fast the nearest words are found, beside numpy's product and partition, in one run.

``python -m tests.benchmarks.nearest``: 400,000 words of 300 numbers, drawn at random. The nearest words of
random vectors lie closer together than those of real ones: more are left to be read in full.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import numpy as np

from gloveui.core.embedding import Embedding
from gloveui.core.nearest import METRICS, nearest_words, prepare_nearest, scores
from gloveui.core.progress import run_to_end
from gloveui.core.queries import METHODS, analogy, rank
from gloveui.core.resources import usable_cores
from gloveui.core.vocabulary import Vocabulary
from gloveui.environment import prepare_environment

WORDS, DIMENSION, K = 400_000, 300, 10
LAPS = 15  # each of all ways in turn, so that what else the machine does slows them alike
REST_SECONDS = 0.1  # between two ways: threads of numpy's product go on looking for work for a while

Row = tuple[str, str, str]
Ways = dict[str, Callable[[], object]]


def all_rows() -> Iterator[Row]:
    """What is asked, the shortest time, and how many times as long numpy takes for its answer by cosine."""
    embedding = random_embedding()
    start = time.perf_counter()
    run_to_end(prepare_nearest(embedding))
    yield "preparing, once for a model", _milliseconds(time.perf_counter() - start), ""
    times = shortest({**plain_ways(embedding), **ways(embedding)})
    compared = times["numpy: unit vectors, product, partition"]
    for name, seconds in times.items():
        yield name, _milliseconds(seconds), f"{compared / seconds:.2f} × numpy, {usable_cores()} threads"


def random_embedding() -> Embedding:
    """Words of all lengths."""
    vectors = np.random.default_rng(7).standard_normal((WORDS, DIMENSION), np.float32)
    vectors *= np.random.default_rng(8).uniform(0.5, 2, (WORDS, 1)).astype(np.float32)
    return Embedding(Vocabulary(f"w{number}" for number in range(WORDS)), vectors)


def plain_ways(embedding: Embedding) -> Ways:
    """What numpy does with unit vectors, in float32: a second copy of the whole table."""
    units = embedding.vectors / np.linalg.norm(embedding.vectors, axis=1, keepdims=True)
    query = units[7].copy()

    def ask() -> None:
        found = units @ query
        largest = np.argpartition(found, WORDS - K)[WORDS - K :]
        largest[np.argsort(-found[largest])]

    return {"numpy: unit vectors, product, partition": ask}


def ways(embedding: Embedding) -> Ways:
    """Questions of all kinds."""
    vector = embedding.vectors[7].astype(np.float64) / embedding.norms[7]
    ids = np.arange(WORDS)
    found: Ways = {}
    for metric in METRICS:
        found[f"nearest {K}, {metric}"] = lambda metric=metric: nearest_words(embedding, vector, K, metric)
    found[f"farthest {K}, cosine"] = lambda: nearest_words(embedding, vector, K, farthest=True)
    found["nearest 200, cosine"] = lambda: nearest_words(embedding, vector, 200)
    found["one exact pass, dot"] = lambda: scores(embedding.vectors, vector, "dot", ids)
    found["one exact pass, cosine"] = lambda: scores(embedding.vectors, vector, "cosine", ids)
    found["rank of a word"] = lambda: rank(embedding, "w3", "w7")
    for method in METHODS:
        found[f"analogy, {method}"] = lambda method=method: analogy(embedding, "w1", "w2", "w3", K, method)
    return found


def shortest(ways: Ways) -> dict[str, float]:
    """Seconds of the fastest lap of each."""
    times = dict.fromkeys(ways, np.inf)
    for _ in range(LAPS):
        for name, way in ways.items():
            time.sleep(REST_SECONDS)
            start = time.perf_counter()
            way()
            times[name] = min(times[name], time.perf_counter() - start)
    return times


def _milliseconds(seconds: float) -> str:
    return f"{1000 * seconds:.1f} ms"


if __name__ == "__main__":
    prepare_environment()
    print("| what | time | compared |\n|---|---|---|")
    for row in all_rows():
        print(f"| {' | '.join(row)} |", flush=True)
