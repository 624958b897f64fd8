"""UMAP of words whose nearest words are known, as a task that can be watched and stopped.

The graph and the forces are those of umap-learn, which lays out words in one call that nobody can look into.
Other than there, the words begin at their principal components, and always move in one order: the same seed,
the same picture.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from gloveui.core.neighbour_graph import NeighbourGraph
from gloveui.core.progress import Progress, Task

ROWS = 8_192
EDGES_AT_ONCE = 1 << 17
EPOCHS_FEW_WORDS, EPOCHS_MANY_WORDS, MANY_WORDS = 500, 200, 10_000
BEGIN_WIDTH, BEGIN_NOISE = 10.0, 1e-4
PICTURE_SECONDS = 0.1  # between two pictures of the positions

Float32: TypeAlias = NDArray[np.float32]
Places: TypeAlias = NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class JoinedWords:
    """Pairs of words that are drawn to each other: each pair twice, once from either side.

    Attributes
    ----------
    heads, tails
        int32, shape (m,): places of words.
    strengths
        float32, shape (m,): from 0 to 1.
    """

    heads: Places
    tails: Places
    strengths: Float32


def joined_words(graph: NeighbourGraph) -> Task[JoinedWords]:
    """How strongly words are joined, if one is near to the other or the other to it: p + q − pq."""
    from scipy.sparse import csr_array

    from gloveui.core import umap_kernels as kernels  # compiled code: loaded when first needed

    size, k = graph.neighbours.shape
    strengths = np.empty((size, k), np.float32)
    mean = float(graph.distances.sum(dtype=np.float64)) / (size * (k + 1))
    for first in range(0, size, ROWS):
        block = slice(first, first + ROWS)
        kernels.join(graph.distances[block], mean, strengths[block])
        yield Progress("joining", first / size)
    starts = np.arange(0, size * k + 1, k)
    near = csr_array((strengths.ravel(), graph.neighbours.ravel(), starts), shape=(size, size))
    near.sort_indices()
    far = near.T.tocsr()
    both = (near + far - near * far).tocoo()
    return JoinedWords(both.row.astype(np.int32), both.col.astype(np.int32), both.data.astype(np.float32))


def curve_of(min_distance: float) -> tuple[float, float]:
    """A and b such that 1 / (1 + a d^2b) is nearly 1 up to a distance and from there falls like e^−d."""
    from scipy.optimize import curve_fit

    def curve(x: NDArray[np.float64], a: float, b: float) -> NDArray[np.float64]:
        return 1.0 / (1.0 + a * x ** (2 * b))

    x = np.linspace(0, 3, 300)
    wanted = np.where(x < min_distance, 1.0, np.exp(-(x - min_distance)))
    (a, b), _ = curve_fit(curve, x, wanted)
    return float(a), float(b)


def umap_layout(
    graph: NeighbourGraph, begin: NDArray[np.float64], min_distance: float, epochs: int, seed: int
) -> Task[Float32]:
    """The words in the plane, float32 [n, 2]; `begin` are their principal components, `epochs` 0 for enough.

    About ten times a second a Progress carries the positions as they are then.
    """
    from gloveui.core import umap_kernels as kernels  # compiled code: loaded when first needed

    joined = yield from joined_words(graph)
    size = len(begin)
    epochs = epochs or (EPOCHS_FEW_WORDS if size <= MANY_WORDS else EPOCHS_MANY_WORDS)
    edges = _edges(joined, epochs)
    turns = (edges[2].astype(np.float64), edges[2].astype(np.float64) / kernels.NEGATIVES)
    positions, curve = _begin(begin, seed), curve_of(min_distance)
    state, shown = np.array([seed], np.uint64), time.monotonic()
    for epoch in range(epochs):
        rate = 1.0 - epoch / epochs
        for first in range(0, len(edges[0]), EDGES_AT_ONCE):
            span = (first, min(first + EDGES_AT_ONCE, len(edges[0])))
            kernels.move(positions, edges, turns, span, curve, epoch, rate, state)
            is_due = time.monotonic() - shown >= PICTURE_SECONDS
            shown = time.monotonic() if is_due else shown
            yield Progress("placing", epoch / epochs, positions.copy() if is_due else None)
    return positions


def _edges(joined: JoinedWords, epochs: int) -> tuple[Places, Places, Float32]:
    """Heads, tails, and epochs from one turn to the next; without those that would have no turn."""
    strongest = joined.strengths.max()
    strong = joined.strengths >= strongest / epochs
    periods = (strongest / joined.strengths[strong]).astype(np.float32)
    return joined.heads[strong], joined.tails[strong], periods


def _begin(components: NDArray[np.float64], seed: int) -> Float32:
    """The components, 10 wide on either side, and a little noise that parts words in one place."""
    scaled = components * (BEGIN_WIDTH / np.abs(components).max())
    noise = np.random.default_rng(seed).normal(scale=BEGIN_NOISE, size=scaled.shape)
    begin: Float32 = (scaled + noise).astype(np.float32)
    return begin
