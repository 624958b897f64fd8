"""t-SNE of words whose nearest words are known, as a task that can be watched and stopped."""

from __future__ import annotations

import time
from itertools import pairwise
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from gloveui.core.neighbour_graph import NeighbourGraph
from gloveui.core.progress import Progress, Task

NEIGHBOURS_PER_PERPLEXITY = 3
EXAGGERATION = 12.0  # of attraction, at first
FEW_WORDS = 100  # below, exaggerated attraction can draw all into one point: each is near to all
EXAGGERATED_SHARE = 1 / 3  # of the steps, 250 of 750 as van der Maaten has it
MOMENTUM_FIRST, MOMENTUM = 0.5, 0.8
BEGIN_SPREAD = 1e-4
MOST_BY_TREE = 5_000  # words whose repulsion is summed up by a tree; by interpolation on a grid above
STEPS_OF_A_WORD, MOST_STEPS = 10_000, 25  # taken at a time, and so between two looks
PICTURE_SECONDS = 0.1  # between two pictures of the positions

Float32: TypeAlias = NDArray[np.float32]


def fitting_perplexity(perplexity: float, words: int) -> float:
    """The perplexity, or the largest that the number of words allows: a third of the others."""
    return min(perplexity, (words - 1) / NEIGHBOURS_PER_PERPLEXITY)


def tsne_layout(
    graph: NeighbourGraph,
    begin: NDArray[np.float64],
    perplexity: float,
    iterations: int,
    seed: int,
    threads: int,
) -> Task[Float32]:
    """The words in the plane, float32 [n, 2]; `begin` are their principal components.

    By openTSNE, with the step size n / exaggeration (Belkina and others 2019). About ten times a second a
    Progress carries the positions as they are then.
    """
    import openTSNE
    from openTSNE.nearest_neighbors import PrecomputedNeighbors

    yield Progress("joining")
    nearest = PrecomputedNeighbors(graph.neighbours, graph.distances.astype(np.float64))
    affinities = openTSNE.affinity.PerplexityBasedNN(
        perplexity=perplexity, knn_index=nearest, method="approx", n_jobs=threads
    )
    layout = openTSNE.TSNEEmbedding(
        begin * (BEGIN_SPREAD / begin[:, 0].std()),
        affinities,
        negative_gradient_method="bh" if len(begin) <= MOST_BY_TREE else "fft",
        random_state=seed,
        n_jobs=threads,
    )
    shown, exaggerated = time.monotonic(), _exaggerated_steps(iterations, len(begin))
    for done, steps in _stretches(iterations, exaggerated, len(begin)):
        if done < exaggerated:
            layout.optimize(steps, inplace=True, exaggeration=EXAGGERATION, momentum=MOMENTUM_FIRST)
        else:
            layout.optimize(steps, inplace=True, momentum=MOMENTUM)
        is_due = time.monotonic() - shown >= PICTURE_SECONDS
        shown = time.monotonic() if is_due else shown
        picture = np.array(layout, np.float32) if is_due else None
        yield Progress("placing", (done + steps) / iterations, picture)
    return np.array(layout, np.float32)


def _exaggerated_steps(iterations: int, words: int) -> int:
    return round(iterations * EXAGGERATED_SHARE) if words >= FEW_WORDS else 0


def _stretches(iterations: int, exaggerated: int, words: int) -> list[tuple[int, int]]:
    """How many steps are done before, and how many are taken: a number that depends on the words alone."""
    at_once = max(1, min(MOST_STEPS, STEPS_OF_A_WORD // words))
    bounds = sorted({*range(0, iterations, at_once), exaggerated, iterations})
    return [(first, last - first) for first, last in pairwise(bounds)]
