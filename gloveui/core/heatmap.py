"""A part of the counts as a picture: which words, which counts, how strong a colour."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from gloveui.core.cooccurrence import CooccurrenceMatrix

FAINTEST = 0.15  # share of the scale at which a logarithmic one begins, so that rare is not the same as never


def frequent_words(vocabulary_size: int, top: int, focus: int | None) -> NDArray[np.int64]:
    """Ids of the `top` most frequent words, and of the word in focus behind them if it is not among them.

    Returns
    -------
    int64, shape (n,)
        n is at most ``top + 1``; ids are in order of frequency.
    """
    shown = np.arange(min(top, vocabulary_size))
    return shown if focus is None or focus < len(shown) else np.append(shown, focus)


def count_block(matrix: CooccurrenceMatrix, words: NDArray[np.int64]) -> NDArray[np.float32]:
    """Counts of each of these words with each other.

    Parameters
    ----------
    words
        int64, shape (n,): ids, in the order wanted.

    Returns
    -------
    float32, shape (n, n)
        Entry (i, j) is X of ``words[i]`` (the row) and ``words[j]`` (its context).
    """
    block = np.zeros((len(words), len(words)), np.float32)
    for row, word in enumerate(words):
        columns, values = matrix.row(int(word))
        if len(columns):
            places = np.minimum(np.searchsorted(columns, words), len(columns) - 1)
            block[row] = np.where(columns[places] == words, values[places], np.float32(0))
    return block


def linear_shares(counts: NDArray[np.float32]) -> NDArray[np.float32]:
    """Counts as shares of the largest, float32 of the same shape: 0 to 1."""
    largest = counts.max(initial=0.0)
    return counts / largest if largest > 0 else np.zeros_like(counts)


def log_shares(counts: NDArray[np.float32]) -> NDArray[np.float32]:
    """Counts on a logarithmic scale, float32 of the same shape.

    A count of zero gives 0, the smallest count above it `FAINTEST`, the largest 1.
    """
    is_there = counts > 0
    if not is_there.any():
        return np.zeros_like(counts)
    lowest, highest = np.log(counts[is_there].min()), np.log(counts.max())
    logs = np.log(counts, out=np.full_like(counts, lowest), where=is_there)
    span = highest - lowest
    shares = FAINTEST + (1 - FAINTEST) * (logs - lowest) / span if span > 0 else np.ones_like(counts)
    return np.where(is_there, shares, 0).astype(np.float32)
