"""Probe words that tell two words apart, or that both share."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gloveui.core.cooccurrence import CooccurrenceMatrix
from gloveui.core.probability import MUCH, NEAR, dense_row, largest


@dataclass(frozen=True, slots=True)
class SuggestedProbes:
    """Probe words that are worth a look for two words i and j, in each group the best first.

    Attributes
    ----------
    first, second
        Strongest for i, and for j: a ratio of `MUCH` at least, by the ratio when 1 is added to both counts:
        a word met once does not win.
    different
        Those whose ratio is least like chance, either way, by Dunning's log-likelihood G².
    neutral
        Frequent with both, with a ratio near 1; before all those that both words have more often than the
        text as a whole.
    """

    first: tuple[str, ...]
    second: tuple[str, ...]
    different: tuple[str, ...]
    neutral: tuple[str, ...]


def suggested_probes(matrix: CooccurrenceMatrix, first: str, second: str, each: int = 5) -> SuggestedProbes:
    """At most `each` probe words of each kind; i and j themselves are none.

    Raises
    ------
    UnknownWord
        If the counts do not have one of the words.

    Notes
    -----
    G²: Dunning (1993), "Accurate methods for the statistics of surprise and coincidence".
    """
    words = [matrix.vocabulary.id_of(word) for word in (first, second)]
    dense = np.stack([dense_row(matrix, word) for word in words])
    dense[:, words] = 0
    contexts = np.flatnonzero(dense.any(axis=0))
    counts = dense[:, contexts]
    totals = np.array([[matrix.row_sum(word)] for word in words])
    with np.errstate(all="ignore"):  # a word without context, or a context of one word alone
        ratios = (counts[0] / totals[0]) / (counts[1] / totals[1])
        tempered = (counts[0] + 1) / (counts[1] + 1) * (totals[1] / totals[0])
        shared = _shared_score(counts / totals, _frequencies(matrix, contexts))
        near = (ratios < NEAR) & (ratios > 1 / NEAR)
        scores = (
            np.where(ratios >= MUCH, tempered, -np.inf),
            np.where(ratios <= 1 / MUCH, 1 / tempered, -np.inf),
            np.where(near, -np.inf, _log_likelihood(counts, totals)),
            np.where(near, shared, -np.inf),
        )
    return SuggestedProbes(*(_best(matrix, contexts, score, each) for score in scores))


def _frequencies(matrix: CooccurrenceMatrix, contexts: NDArray[np.int64]) -> NDArray[np.float64]:
    """Share of the text that each word is; float64, shape (n,); even where frequencies are not known."""
    counts = matrix.vocabulary.counts
    total = int(counts.sum())
    return counts[contexts] / total if total else np.full(len(contexts), 1 / len(counts))


def _shared_score(shares: NDArray[np.float64], frequencies: NDArray[np.float64]) -> NDArray[np.float64]:
    """How much both words share a context: the smaller P(k|·), by how far it is above P(k) in the text."""
    smaller = shares.min(axis=0)
    return np.asarray(smaller * np.log(smaller / frequencies))


def _log_likelihood(counts: NDArray[np.float64], totals: NDArray[np.float64]) -> NDArray[np.float64]:
    """G²: how badly one probability for both words would explain their counts; float64, shape (n,)."""
    expected = totals * (counts.sum(axis=0) / totals.sum())
    rest, expected_rest = totals - counts, totals - expected
    parts = _times_log(counts, expected) + _times_log(rest, expected_rest)
    return np.asarray(2 * parts.sum(axis=0))


def _times_log(found: NDArray[np.float64], expected: NDArray[np.float64]) -> NDArray[np.float64]:
    """The term found · log(found / expected), which is 0 for nothing."""
    return np.where(found > 0, found * np.log(found / expected), 0.0)


def _best(
    matrix: CooccurrenceMatrix, contexts: NDArray[np.int64], scores: NDArray[np.float64], most: int
) -> tuple[str, ...]:
    """The words with the highest finite scores; ties by id."""
    candidates = np.flatnonzero(np.isfinite(scores))
    order = largest(scores[candidates], most)
    return tuple(matrix.vocabulary.word(index) for index in contexts[candidates[order]].tolist())
