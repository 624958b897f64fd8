"""Questions to word vectors: neighbours and analogies, exact over all words."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gloveui.core.embedding import Embedding


@dataclass(frozen=True, slots=True)
class Neighbour:
    """One word of an answer: its id, how near it is, and its count in the text (0 if that is unknown)."""

    word: str
    index: int
    score: float
    count: int


def neighbours(embedding: Embedding, word: str, k: int = 10) -> list[Neighbour]:
    """The `k` words with the highest cosine to a word, itself excluded; raises `UnknownWord`."""
    index = embedding.vocabulary.id_of(word)
    return nearest(embedding, embedding.unit_vectors[index], k, {index})


def analogy(embedding: Embedding, a: str, b: str, c: str, k: int = 10) -> list[Neighbour]:
    """Words d for which a : b = c : d, by 3CosAdd; the three given words are excluded. Raises `UnknownWord`.

    Notes
    -----
    cos(d, b) − cos(d, a) + cos(d, c): Levy & Goldberg (2014), section 3.
    """
    first, second, third = (embedding.vocabulary.id_of(word) for word in (a, b, c))
    units = embedding.unit_vectors
    return nearest(embedding, units[second] - units[first] + units[third], k, {first, second, third})


def nearest(
    embedding: Embedding, direction: NDArray[np.float32], k: int, excluded: Collection[int] = ()
) -> list[Neighbour]:
    """The `k` words whose unit vectors have the largest product with `direction`, float32 of shape (D,).

    Ties are in the order of ids. Words without a direction (vectors of zeros) are no answers.
    """
    scores = embedding.unit_vectors @ direction
    scores[embedding.norms == 0] = -np.inf
    scores[list(excluded)] = -np.inf
    found = _largest(scores, k)
    vocabulary = embedding.vocabulary
    return [
        Neighbour(vocabulary.word(int(i)), int(i), float(scores[i]), int(vocabulary.counts[i]))
        for i in found
        if np.isfinite(scores[i])
    ]


def _largest(scores: NDArray[np.float32], k: int) -> NDArray[np.intp]:
    """Indices of the `k` largest scores, largest first, ties by index."""
    k = min(k, len(scores))
    if k < 1:
        return np.empty(0, np.intp)
    threshold = np.partition(scores, len(scores) - k)[len(scores) - k]
    candidates = np.flatnonzero(scores >= threshold)
    return candidates[np.argsort(-scores[candidates], kind="stable")][:k]
