"""How many trainings that differ in their random numbers alone agree on the neighbours of a word."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from gloveui.core.cooccurrence import CooccurrenceMatrix
from gloveui.core.embedding import Embedding
from gloveui.core.errors import OtherCounts
from gloveui.core.glove import GloveConfig
from gloveui.core.neighbour_graph import neighbour_graph
from gloveui.core.progress import Progress, Task, part_of, run_to_end
from gloveui.core.resources import Resources
from gloveui.core.setting_checks import LARGEST_SEED, whole_number
from gloveui.core.training import Trainer

USUAL_SEEDS, MOST_SEEDS = 5, 50
USUAL_K, MOST_K = 10, 100
USUAL_WORDS = 20_000
TRAINING_SHARE = 0.85  # of the time of a seed; the rest goes to finding the neighbours
ROWS = 2_048
PRODUCTS_A_SECOND = 1e10  # of two numbers, on one core of a laptop

Int32: TypeAlias = NDArray[np.int32]
Float64: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Stability:
    """The neighbours of words in a model, and in models trained alike with other seeds.

    The most frequent n words are asked about; their neighbours are any words. Four bytes a neighbour, word
    and seed are all that is kept of the trainings.

    Attributes
    ----------
    embedding
        The model that is judged.
    k
        Neighbours of each word.
    seeds
        Those of the trainings done.
    shown
        int32, shape (n, k): ids of the neighbours in the model, nearest first.
    found
        int32, shape (seeds, n, k): ids of the neighbours in each training.
    """

    embedding: Embedding
    k: int
    seeds: tuple[int, ...]
    shown: Int32
    found: Int32

    def __post_init__(self) -> None:
        self.shown.setflags(write=False)
        self.found.setflags(write=False)

    def __len__(self) -> int:
        return len(self.shown)

    def agreement(self, index: int, neighbour: int) -> int | None:
        """How many seeds have a word among the k neighbours of another; None if that one is too rare."""
        if index >= len(self):
            return None
        return int((self.found[:, index] == neighbour).any(axis=1).sum())

    @cached_property
    def agreements(self) -> Int32:
        """int32, shape (n, k): how many seeds have each neighbour of the model among their own k."""
        counts = np.zeros(self.shown.shape, np.int32)
        for first in range(0, len(self), ROWS):
            rows = slice(first, first + ROWS)
            for found in self.found:
                counts[rows] += (self.shown[rows, :, None] == found[rows, None, :]).any(axis=2)
        counts.setflags(write=False)
        return counts

    @cached_property
    def means(self) -> Float64:
        """float64, shape (n,): of the neighbours of each word, the mean share of the seeds that have them."""
        return np.asarray(self.agreements.mean(axis=1) / max(1, len(self.seeds)))


def train_seeds(
    embedding: Embedding,
    matrix: CooccurrenceMatrix,
    config: GloveConfig,
    seeds: int = USUAL_SEEDS,
    k: int = USUAL_K,
    words: int = USUAL_WORDS,
    resources: Resources | None = None,
) -> Task[Stability]:
    """Train as often as there are `seeds`, alike but for the seed, and find the neighbours in each.

    The seeds are those that follow the seed of `config`. A `Stability` is the detail of the Progress that
    ends each training: what is done is there whenever this is stopped. One training's vectors are held at a
    time.

    Parameters
    ----------
    embedding
        The model that is judged, trained on the counts as `config` says.
    words
        How many of the most frequent words are asked about; 0 for all.

    Raises
    ------
    OtherCounts
        If the model's words are not those of the counts.
    TrainingDiverged
        If a training leaves all bounds.

    Notes
    -----
    Antoniak & Mimno (2018) draw the texts anew as well; here the text stays, and only what is random in the
    training differs.
    """
    seeds, k = whole_number("seeds", seeds, 1, MOST_SEEDS), whole_number("k", k, 1, MOST_K)
    if embedding.vocabulary.words != matrix.vocabulary.words:
        raise OtherCounts(expected=len(matrix.vocabulary), received=len(embedding))
    asked = min(whole_number("words", words, 0) or len(embedding), len(embedding))
    shown = yield from part_of(_neighbours(embedding, k, asked), 0.0, 0.0, "preparing")
    stability = Stability(embedding, shown.shape[1], (), shown, np.empty((0, *shown.shape), np.int32))
    for number in range(seeds):
        seed = (config.seed + 1 + number) % LARGEST_SEED
        task = _neighbours_of_seed(matrix, replace(config, seed=seed), k, asked, resources or Resources())
        found = yield from part_of(task, number / seeds, 1 / seeds)
        stability = Stability(
            embedding,
            stability.k,
            (*stability.seeds, seed),
            shown,
            np.concatenate([stability.found, found[None]]),
        )
        _ = stability.means  # here, and not in the thread that shows it
        yield Progress("training", (number + 1) / seeds, stability)
    return stability


def search_seconds(embedding: Embedding, words: int = USUAL_WORDS) -> float:
    """About how long the neighbours of the most frequent words are searched for in one model."""
    asked = min(words or len(embedding), len(embedding))
    return asked * len(embedding) * embedding.dimension / PRODUCTS_A_SECOND


def stability(
    embedding: Embedding,
    matrix: CooccurrenceMatrix,
    config: GloveConfig,
    seeds: int = USUAL_SEEDS,
    k: int = USUAL_K,
    words: int = USUAL_WORDS,
    **resources: object,
) -> Stability:
    """As `train_seeds`, to the end; `resources` are fields of `Resources`."""
    given = Resources(**resources)  # type: ignore[arg-type]
    return run_to_end(train_seeds(embedding, matrix, config, seeds, k, words, given))


def _neighbours_of_seed(
    matrix: CooccurrenceMatrix, config: GloveConfig, k: int, asked: int, resources: Resources
) -> Task[Int32]:
    trainer = Trainer(matrix, config, resources)
    embedding = yield from part_of(trainer.run(), 0.0, TRAINING_SHARE)
    task = _neighbours(embedding, k, asked)
    return (yield from part_of(task, TRAINING_SHARE, 1 - TRAINING_SHARE, "training"))


def _neighbours(embedding: Embedding, k: int, asked: int) -> Task[Int32]:
    """int32, shape (asked, k): ids of the nearest words of the most frequent ones, among all."""
    ids = np.arange(len(embedding))
    graph = yield from neighbour_graph(embedding, ids, k, most_exact=len(ids), asked=asked)
    return graph.neighbours
