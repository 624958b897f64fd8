"""Models for the tests of the panels, small ones with known answers and large ones of noise."""

from __future__ import annotations

import numpy as np

from gloveui.core.embedding import Embedding
from gloveui.core.lookup import LookupTable, lookup_table
from gloveui.core.vocabulary import Vocabulary
from gloveui.state.session import Session
from gloveui.state.values import Model

# Two directions for gender, one for age, one for rank, and one that every word has.
FAMILY = {
    "man": (1, 0, 0, 0, 1),
    "woman": (0, 1, 0, 0, 1),
    "boy": (1, 0, 1, 0, 1),
    "girl": (0, 1, 1, 0, 1),
    "king": (1, 0, 0, 1, 1),
    "queen": (0, 1, 0, 1, 1),
    "road": (0, 0, -1, -1, 0.5),
}
STRANGE = ("<img src=x>", "k" * 10_000, "고양이", "שלום", "a&b", "(", "\\")


def embedding_of(vectors: dict[str, tuple[float, ...]], has_counts: bool = True) -> Embedding:
    """An embedding with these vectors, counted 1,000 times and less."""
    counts = np.arange(1_000, 1_000 - len(vectors), -1, dtype=np.int64) if has_counts else None
    return Embedding(Vocabulary(vectors, counts), np.array(list(vectors.values()), np.float32))


def noise(words: tuple[str, ...], dimension: int = 6, seed: int = 0) -> dict[str, tuple[float, ...]]:
    """Vectors without any meaning."""
    numbers = np.random.default_rng(seed).normal(size=(len(words), dimension))
    return {word: tuple(row) for word, row in zip(words, numbers, strict=True)}


def model_of(vectors: dict[str, tuple[float, ...]], number: int = 1, has_counts: bool = True) -> Model:
    """A model as training would make it."""
    embedding = embedding_of(vectors, has_counts)
    return Model(number, f"model {number}", embedding, lookup_table(embedding))


def session_of(vectors: dict[str, tuple[float, ...]]) -> Session:
    """A session that shows one model."""
    session = Session()
    session.add_model(model_of(vectors))
    return session


def large_table(rows: int, dimension: int) -> LookupTable:
    """A table of noise; words are four letters and a digit."""
    letters = np.random.default_rng(1).integers(0, 26, size=(rows, 4))
    words = {
        "".join(chr(97 + letter) for letter in row) + str(index % 7): None
        for index, row in enumerate(letters)
    }
    vectors = np.random.default_rng(2).normal(size=(len(words), dimension)).astype(np.float32)
    vectors[::10] = vectors[0]  # many equal values
    return lookup_table(Embedding(Vocabulary(words, np.ones(len(words), np.int64)), vectors))
