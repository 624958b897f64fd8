"""Groups of words: by the directions of their vectors, or by where they are in a picture."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from gloveui.core.embedding import Embedding
from gloveui.core.errors import TooManyWords
from gloveui.core.progress import Progress, Task
from gloveui.core.setting_checks import whole_number

BLOCK_NUMBERS = 1 << 20  # float32 at a time: 4 MB
MOST_ROUNDS = 50
SAMPLE = 10_000  # words that the first centres are chosen from
MOST_BY_DENSITY = 20_000  # words; the time goes with their square and cannot be broken off
NAMED_BY = 3  # words
FREQUENT_SHARE, LEAST_FREQUENT = 0.1, 20  # of the words of a group, which it can be named by

Float32: TypeAlias = NDArray[np.float32]
Ids: TypeAlias = NDArray[np.int64]
Labels: TypeAlias = NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Clusters:
    """Words in groups, the largest group first.

    Attributes
    ----------
    labels
        int32, shape (n,), read-only: the group of each word, −1 for none.
    names
        Of each group, a few words that are frequent in it and near its centre: ``"man, boy, woman"``.
    """

    labels: Labels
    names: tuple[str, ...]

    def __post_init__(self) -> None:
        self.labels.setflags(write=False)

    def __len__(self) -> int:
        return len(self.names)

    @property
    def sizes(self) -> NDArray[np.int64]:
        """int64: words of each group."""
        return np.bincount(self.labels[self.labels >= 0], minlength=len(self))


def kmeans(embedding: Embedding, ids: Ids, k: int, seed: int = 0) -> Task[Clusters]:
    """The words in `k` groups of like directions, by spherical k-means (Dhillon & Modha 2001).

    Each word belongs to the centre with the highest cosine, each centre is the mean direction of its words. A
    centre without words moves to the word that fits worst. There are fewer groups than `k` where there are
    fewer directions. Words of zeros are in none. The same seed, the same groups.
    """
    k = whole_number("k", k, 1)
    ids = np.array(ids, np.int64)
    there = ids[embedding.norms[ids] > 0]
    labels = np.full(len(ids), -1, np.int32)
    if len(there) == 0:
        return Clusters(labels, ())
    centres = _first_centres(embedding, there, k, seed)
    yield Progress("grouping", 0.0)
    found = np.full(len(there), -1, np.int32)
    for number in range(MOST_ROUNDS):
        before = found
        found, fits, sums = yield from _assign(embedding, there, centres, number / MOST_ROUNDS)
        if np.count_nonzero(found != before) <= len(there) // 1000:
            break
        centres = _centres(embedding, there, sums, fits)
    found = _largest_first(found)
    labels[embedding.norms[ids] > 0] = found
    words = [embedding.vocabulary.word(int(index)) for index in there]
    return Clusters(labels, _names(found, fits, words))


def hdbscan(positions: Float32, smallest: int, words: Sequence[str] = ()) -> Task[Clusters]:
    """The points in groups where they are dense, each of `smallest` or more; what lies between is in none.

    HDBSCAN (Campello, Moulavi & Sander 2013) on float32 [n, 2], as scikit-learn does it. `words` of the
    points, most frequent first, name the groups; without them the names are empty.

    Raises
    ------
    TooManyWords
        If there are more than `MOST_BY_DENSITY` points.
    """
    smallest = whole_number("smallest", smallest, 2)
    if len(positions) > MOST_BY_DENSITY:
        raise TooManyWords(most=f"{MOST_BY_DENSITY:,}", received=f"{len(positions):,}")
    yield Progress("grouping")
    if len(positions) < smallest:
        return Clusters(np.full(len(positions), -1, np.int32), ())
    from sklearn.cluster import HDBSCAN

    points = np.asarray(positions, np.float64)
    labels = HDBSCAN(min_cluster_size=smallest, algorithm="kd_tree", copy=True).fit(points).labels_
    labels = _largest_first(labels.astype(np.int32))
    centres = np.array([points[labels == group].mean(axis=0) for group in range(labels.max() + 1)])
    fits = np.zeros(len(points))
    for group, centre in enumerate(centres):
        fits[labels == group] = -np.linalg.norm(points[labels == group] - centre, axis=1)
    return Clusters(labels, _names(labels, fits, words))


def _first_centres(embedding: Embedding, ids: Ids, k: int, seed: int) -> Float32:
    """Words far from one another, at length 1: k-means++ (Arthur & Vassilvitskii 2007) in a sample."""
    random = np.random.default_rng(seed)
    sample = ids if len(ids) <= SAMPLE else np.sort(random.choice(ids, SAMPLE, replace=False))
    units = _units(embedding, sample)
    chosen = [int(random.integers(len(sample)))]
    distances = np.full(len(sample), np.inf)
    while len(chosen) < min(k, len(sample)):
        distances = np.minimum(distances, 1.0 - units @ units[chosen[-1]])
        distances[distances < 1e-6] = 0.0  # the same direction, but for rounding
        total = distances.sum()
        if total == 0:
            break
        chosen.append(int(random.choice(len(sample), p=distances / total)))
    return units[chosen]


def _assign(
    embedding: Embedding, ids: Ids, centres: Float32, fraction: float
) -> Task[tuple[Labels, Float32, NDArray[np.float64]]]:
    """For each word the nearest centre and its cosine; for each centre the sum of its words' unit vectors."""
    from scipy.sparse import csr_array

    labels, fits = np.empty(len(ids), np.int32), np.empty(len(ids), np.float32)
    sums = np.zeros(centres.shape)
    for block in _blocks(len(ids), max(embedding.dimension, len(centres))):
        units = _units(embedding, ids[block])
        cosines = units @ centres.T
        own = cosines.argmax(axis=1)
        labels[block], fits[block] = own, cosines[np.arange(len(own)), own]
        ones = (np.ones(len(own)), (own, np.arange(len(own))))
        sums += csr_array(ones, shape=(len(centres), len(own))) @ units.astype(np.float64)
        yield Progress("grouping", fraction)
    return labels, fits, sums


def _centres(embedding: Embedding, ids: Ids, sums: NDArray[np.float64], fits: Float32) -> Float32:
    """The sums at length 1; where there is none, the directions of words that fit badly."""
    lengths = np.linalg.norm(sums, axis=1)
    empty = np.flatnonzero(lengths == 0)
    centres = (sums / np.where(lengths > 0, lengths, 1.0)[:, None]).astype(np.float32)
    if len(empty):
        worst = np.argsort(fits, kind="stable")[: len(empty)]
        centres[empty] = _units(embedding, ids[worst])
    return centres


def _units(embedding: Embedding, ids: Ids) -> Float32:
    """float32, shape (n, D): vectors at length 1; none of them may be of zeros."""
    rows = embedding.vectors[ids]
    return np.divide(rows, embedding.norms[ids][:, None], out=rows, casting="same_kind")


def _blocks(size: int, width: int) -> Iterator[slice]:
    at_once = max(1, BLOCK_NUMBERS // width)
    for first in range(0, size, at_once):
        yield slice(first, min(first + at_once, size))


def _largest_first(labels: Labels) -> Labels:
    """Groups numbered by their size, those without a word left out; −1 stays −1."""
    sizes = np.bincount(labels[labels >= 0])
    order = np.argsort(-sizes, kind="stable")
    ranks = np.empty(len(order) + 1, np.int32)
    ranks[order], ranks[-1] = np.arange(len(order)), -1
    return ranks[labels]


def _names(labels: Labels, fits: NDArray[np.floating], words: Sequence[str]) -> tuple[str, ...]:
    """Each group by those of its most frequent words that fit it best; empty where no words are given."""
    names = []
    for group in range(int(labels.max(initial=-1)) + 1):
        members = np.flatnonzero(labels == group)
        frequent = members[: max(LEAST_FREQUENT, int(FREQUENT_SHARE * len(members)))]
        best = frequent[np.argsort(-fits[frequent], kind="stable")][:NAMED_BY]
        names.append(", ".join(words[index] for index in best) if words else "")
    return tuple(names)
