"""Embeddings of words that lie around a few directions."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from gloveui.core.embedding import Embedding
from gloveui.core.vocabulary import Vocabulary

DIMENSION = 20


def embedding_of(vectors: NDArray[np.floating]) -> Embedding:
    """Words w0, w1, … with these vectors."""
    rows = np.array(vectors, np.float32)
    return Embedding(Vocabulary(f"w{number}" for number in range(len(rows))), rows)


def random_embedding(words: int, dimension: int, seed: int = 0) -> Embedding:
    """Vectors without an order."""
    return embedding_of(np.random.default_rng(seed).normal(size=(words, dimension)))


def clouds(
    words: int, dimension: int = 20, groups: int = 3, seed: int = 0
) -> tuple[Embedding, NDArray[np.int64]]:
    """Words around directions at right angles, with lengths that differ, and the group of each."""
    random = np.random.default_rng(seed)
    labels = random.permutation(np.arange(words) % groups)
    vectors = np.eye(DIMENSION)[labels] + random.normal(scale=0.05, size=(words, DIMENSION))
    return embedding_of(vectors * random.uniform(0.5, 4.0, size=(words, 1))), labels
