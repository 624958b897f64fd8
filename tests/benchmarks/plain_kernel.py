"""AdaGrad for GloVe as one would write it in numba: separate arrays for vectors and sums."""

from __future__ import annotations

import numba
import numpy as np
from numpy.typing import NDArray

Table = NDArray[np.float32]


@numba.njit(nogil=True, fastmath=True, error_model="numpy")
def train_plainly(
    pairs: NDArray[np.int32],
    values: Table,
    words: Table,
    word_sums: Table,
    contexts: Table,
    context_sums: Table,
    biases: Table,
    bias_sums: Table,
    rate: np.float32,
    clip: np.float32,
) -> float:
    """One exact step for each pair; `biases` and `bias_sums` hold words in row 0, contexts in row 1."""
    loss = 0.0
    for pair in range(len(pairs)):
        i, j = pairs[pair, 0], pairs[pair, 1]
        product = np.float32(0)
        for d in range(words.shape[1]):
            product += words[i, d] * contexts[j, d]
        difference = product + biases[0, i] + biases[1, j] - values[pair, 0]
        weighted = values[pair, 1] * difference
        loss += 0.5 * weighted * difference
        for d in range(words.shape[1]):
            w, c = words[i, d], contexts[j, d]
            word_step = min(max(weighted * c, -clip), clip) * rate
            context_step = min(max(weighted * w, -clip), clip) * rate
            words[i, d] = w - word_step / np.sqrt(word_sums[i, d])
            contexts[j, d] = c - context_step / np.sqrt(context_sums[j, d])
            word_sums[i, d] += word_step * word_step
            context_sums[j, d] += context_step * context_step
        biases[0, i] -= weighted / np.sqrt(bias_sums[0, i])
        biases[1, j] -= weighted / np.sqrt(bias_sums[1, j])
        bias_sums[0, i] += weighted * weighted
        bias_sums[1, j] += weighted * weighted
    return loss


class PlainModel:
    """Small random vectors, trained by `train_plainly`."""

    def __init__(self, words: int, dimension: int) -> None:
        random = np.random.default_rng(1)
        tables = ((random.random((2, words, dimension), dtype=np.float32) - 0.5) / dimension).astype(
            np.float32
        )
        self._arrays = (
            tables[0], np.ones_like(tables[0]), tables[1], np.ones_like(tables[1]),
            np.zeros((2, words), np.float32), np.ones((2, words), np.float32),
        )  # fmt: skip

    def train(self, pairs: NDArray[np.int32], values: Table) -> float:
        """The sum of the losses."""
        return float(train_plainly(pairs, values, *self._arrays, np.float32(0.05), np.float32(100)))
