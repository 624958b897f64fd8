"""Small matrices made of tables, for tests of what is done with counts."""

from __future__ import annotations

import hypothesis.strategies as st
import numpy as np
from numpy.typing import ArrayLike

from gloveui.core.cooccurrence import CooccurrenceMatrix, CountOptions
from gloveui.core.glove import GloveParameters
from gloveui.core.vocabulary import Vocabulary

COUNTS = [0.0, 0.0, 0.0, 0.25, 0.5, 1.0, 3.25, 40.0]


def matrix_of(table: ArrayLike) -> CooccurrenceMatrix:
    """The sparse form of a square table of counts."""
    counts = np.array(table, np.float32)
    rows, columns = np.nonzero(counts)
    starts = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=len(counts)))]).astype(np.int64)
    vocabulary = Vocabulary([f"w{index}" for index in range(len(counts))])
    values = counts[rows, columns]
    return CooccurrenceMatrix(starts, columns.astype(np.int32), values, vocabulary, CountOptions())


def tables(least: int = 1, most: int = 8) -> st.SearchStrategy[list[list[float]]]:
    """Square tables of counts, not symmetric."""
    return st.integers(least, most).flatmap(
        lambda size: st.lists(
            st.lists(st.sampled_from(COUNTS), min_size=size, max_size=size), min_size=size, max_size=size
        )
    )


def random_matrix(size: int, share: float, seed: int = 1) -> CooccurrenceMatrix:
    """Counts of the first words with each other more often than of the later ones."""
    random = np.random.default_rng(seed)
    frequency = 1 / np.sqrt(np.arange(1, size + 1))
    occurs = random.random((size, size)) < share * np.sqrt(size) * np.outer(frequency, frequency)
    return matrix_of(np.where(occurs, random.exponential(5, (size, size)) + 0.01, 0))


def random_parameters(words: int, dimension: int, seed: int = 1) -> GloveParameters:
    """A model that has learned nothing."""
    random = np.random.default_rng(seed)
    shapes = ((words, dimension), (words, dimension), (words,), (words,))
    return GloveParameters(*(random.standard_normal(shape).astype(np.float32) for shape in shapes))
