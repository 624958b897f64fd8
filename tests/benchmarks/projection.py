"""How long maps of words take, by method and number of words.

``python -m tests.benchmarks.projection [words]``: vectors of 100 numbers, in groups as those of words are.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator

import numpy as np

from gloveui.core.clusters import hdbscan, kmeans
from gloveui.core.embedding import Embedding
from gloveui.core.neighbour_graph import neighbour_graph
from gloveui.core.progress import Task, run_to_end
from gloveui.core.projection import pca, tsne, umap, word_axes
from gloveui.core.vocabulary import Vocabulary
from gloveui.environment import prepare_environment
from tests.benchmarks.steps import durations

WORDS, DIMENSION, GROUPS = 10_000, 100, 200

Row = tuple[str, str, str]


def all_rows(words: int) -> Iterator[Row]:
    """What is done, how long it takes, and the longest time between two reports."""
    embedding, ids = grouped_embedding(words), np.arange(words)
    plane = run_to_end(pca(embedding, ids)).positions
    tasks: dict[str, Callable[[], Task[object]]] = {
        "PCA": lambda: pca(embedding, ids),
        "axes by words": lambda: word_axes(embedding, ids, ("w0", "w1"), ("w2", "w3")),
        "15 nearest words of each": lambda: neighbour_graph(embedding, ids, 15),
        "90 nearest words of each": lambda: neighbour_graph(embedding, ids, 90),
        "UMAP, 15 neighbours": lambda: umap(embedding, ids),
        "t-SNE, perplexity 30, 750 steps": lambda: tsne(embedding, ids),
        "k-means, 20 groups": lambda: kmeans(embedding, ids, 20),
        "HDBSCAN of at most 20,000": lambda: hdbscan(plane[:20_000], 15),
    }
    few = np.arange(200)
    for task in (umap(embedding, few, epochs=1), tsne(embedding, few, iterations=1)):
        run_to_end(task)  # loads and compiles what both need
    for name, make in tasks.items():
        yield name, *durations(make())


def grouped_embedding(words: int) -> Embedding:
    """Words around directions without an order."""
    random = np.random.default_rng(7)
    middles = random.standard_normal((GROUPS, DIMENSION), np.float32)
    vectors = middles[random.integers(0, GROUPS, words)]
    vectors += random.standard_normal((words, DIMENSION), np.float32)
    return Embedding(Vocabulary(f"w{number}" for number in range(words)), vectors)


if __name__ == "__main__":
    prepare_environment()
    size = int(sys.argv[1]) if len(sys.argv) > 1 else WORDS
    print(f"| {size:,} × {DIMENSION} | time | longest step |\n|---|---|---|")
    for row in all_rows(size):
        print(f"| {' | '.join(row)} |", flush=True)
