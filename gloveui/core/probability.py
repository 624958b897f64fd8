"""Co-occurrence probabilities P(k|i) and their ratios for two words, from counts and as a model predicts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from gloveui.core.cooccurrence import CooccurrenceMatrix
from gloveui.core.glove import GloveParameters

FEW_COUNTS = 5.0  # X_ik + X_jk below which a ratio is mostly chance
MUCH = 2.0  # a ratio from here on, or from 1/2 down, tells two words apart
NEAR = 1.5  # a ratio below this, and above its inverse, is about 1


class RatioState(Enum):
    """Whether P(k|i) / P(k|j) is a number, and which."""

    DEFINED = "defined"
    ZERO = "zero"
    INFINITE = "infinite"  # divided by a probability of zero
    UNDEFINED = "undefined"  # 0 / 0, or a word that has no context at all


class Verdict(Enum):
    """What a ratio says about a probe word."""

    MUCH_GREATER = "much greater"  # it goes with i
    GREATER = "greater"
    ABOUT_ONE = "about one"  # it goes with both, or with neither
    SMALLER = "smaller"
    MUCH_SMALLER = "much smaller"  # it goes with j
    UNCERTAIN = "uncertain"  # no ratio, or one near 1 that few counts stand behind


@dataclass(frozen=True, slots=True)
class ProbeRow:
    """One probe word k against two words i and j.

    Attributes
    ----------
    probe
        The word k.
    first_count, second_count
        X_ik and X_jk.
    first_probability, second_probability
        P(k|i) and P(k|j); NaN for a word that has no context.
    ratio
        P(k|i) / P(k|j); infinite where only the divisor is zero, NaN for 0 / 0.
    """

    probe: str
    first_count: float
    second_count: float
    first_probability: float
    second_probability: float
    ratio: float

    @property
    def state(self) -> RatioState:
        """Whether the ratio is a number, and which."""
        if np.isnan(self.ratio):
            return RatioState.UNDEFINED
        if np.isinf(self.ratio):
            return RatioState.INFINITE
        return RatioState.ZERO if self.ratio == 0 else RatioState.DEFINED

    @property
    def has_few_counts(self) -> bool:
        """Whether X_ik + X_jk is below `FEW_COUNTS`."""
        return self.first_count + self.second_count < FEW_COUNTS

    @property
    def verdict(self) -> Verdict:
        """What the ratio says; being about 1 has to rest on counts."""
        verdict = verdict_of(self.ratio)
        is_chance = verdict is Verdict.ABOUT_ONE and self.has_few_counts
        return Verdict.UNCERTAIN if is_chance else verdict


@dataclass(frozen=True, slots=True)
class ProbabilityTable:
    """Two words against probe words: table 1 of Pennington, Socher & Manning (2014), one row a probe.

    Attributes
    ----------
    first, second
        The words i and j.
    first_total, second_total
        Σ_k X_ik and Σ_k X_jk.
    vocabulary_size
        V, how many words could be a context.
    smoothing
        λ, added to each of the V counts of a word; 0 for none.
    rows
        One for each probe word, in the order asked for.
    """

    first: str
    second: str
    first_total: float
    second_total: float
    vocabulary_size: int
    smoothing: float
    rows: tuple[ProbeRow, ...]


@dataclass(frozen=True, eq=False)
class PredictedRatios:
    """Probabilities and ratios of probe words as a model predicts them; each float64, shape (n,).

    NaN where a prediction is not finite, or a word has no context.
    """

    first_probabilities: NDArray[np.float64]
    second_probabilities: NDArray[np.float64]
    ratios: NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class RowDistribution:
    """The most probable context words of a word.

    Attributes
    ----------
    contexts
        int32, shape (n,): ids of context words, the most probable first; ties by id.
    counts, probabilities
        float64, shape (n,): X_ik and P(k|i).
    rest_words, rest_share
        How many context words are left out, and the sum of their probabilities.
    """

    contexts: NDArray[np.int32]
    counts: NDArray[np.float64]
    probabilities: NDArray[np.float64]
    rest_words: int
    rest_share: float


def verdict_of(ratio: float) -> Verdict:
    """What a ratio says, whatever counts stand behind it."""
    if np.isnan(ratio):
        return Verdict.UNCERTAIN
    if ratio >= NEAR:
        return Verdict.MUCH_GREATER if ratio >= MUCH else Verdict.GREATER
    if ratio <= 1 / NEAR:
        return Verdict.MUCH_SMALLER if ratio <= 1 / MUCH else Verdict.SMALLER
    return Verdict.ABOUT_ONE


def probability_table(
    counts: CooccurrenceMatrix, first: str, second: str, probes: Sequence[str], smoothing: float = 0.0
) -> ProbabilityTable:
    """P(k|i), P(k|j) and P(k|i) / P(k|j) for each probe word k.

    Parameters
    ----------
    first, second, probes
        The words i, j and k.
    smoothing
        λ ≥ 0: P(k|i) = (X_ik + λ) / (Σ_k X_ik + λ V), additive (Lidstone's) smoothing.

    Raises
    ------
    UnknownWord
        If the counts do not have one of the words.
    ValueError
        If `smoothing` is negative or not finite.

    Notes
    -----
    Pennington, Socher & Manning (2014), section 3 and table 1.
    """
    if not 0 <= smoothing < np.inf:
        raise ValueError(f"smoothing must be at least 0 and finite, got {smoothing}")
    i, j = counts.vocabulary.id_of(first), counts.vocabulary.id_of(second)
    contexts = np.array([counts.vocabulary.id_of(probe) for probe in probes], np.int64)
    found = np.stack([dense_row(counts, word)[contexts] for word in (i, j)])
    totals = np.array([counts.row_sum(word) for word in (i, j)])
    size = len(counts.vocabulary)
    with np.errstate(invalid="ignore", divide="ignore"):
        probabilities = (found + smoothing) / (totals + smoothing * size)[:, np.newaxis]
        ratios = probabilities[0] / probabilities[1]
    numbers = np.vstack([found, probabilities, ratios]).T.tolist()
    words = [counts.vocabulary.word(context) for context in contexts.tolist()]
    rows = tuple(ProbeRow(word, *row) for word, row in zip(words, numbers, strict=True))
    i_word, j_word = counts.vocabulary.word(i), counts.vocabulary.word(j)
    return ProbabilityTable(i_word, j_word, float(totals[0]), float(totals[1]), size, smoothing, rows)


def predicted_ratios(
    matrix: CooccurrenceMatrix, parameters: GloveParameters, table: ProbabilityTable
) -> PredictedRatios:
    """What a model of these words predicts for a table's probabilities and ratios.

    The model predicts log X̂_ik = w_i·w̃_k + b_i + b̃_k; hence P̂(k|i) = X̂_ik / Σ_k X_ik with the sum of the
    counts, which a model of nonzero counts does not predict. No smoothing is added.

    Notes
    -----
    Pennington, Socher & Manning (2014), equations 6 and 7.
    """
    contexts = np.array([matrix.vocabulary.id_of(row.probe) for row in table.rows], np.int64)
    words = (matrix.vocabulary.id_of(word) for word in (table.first, table.second))
    totals = np.array([[table.first_total], [table.second_total]])
    with np.errstate(all="ignore"):
        logarithms = np.stack([_predicted_logarithms(parameters, word, contexts) for word in words])
        logarithms -= np.log(np.where(totals > 0, totals, np.nan))
        probabilities, ratios = np.exp(logarithms), np.exp(logarithms[0] - logarithms[1])
    return PredictedRatios(_finite(probabilities[0]), _finite(probabilities[1]), _finite(ratios))


def row_distribution(matrix: CooccurrenceMatrix, word: int, most: int) -> RowDistribution:
    """The `most` context words k with the largest P(k|i), and what the others add up to."""
    columns, values = matrix.row(word)
    order = largest(values, most)  # columns ascend: ties stay in the order of ids
    counts, total = values[order].astype(np.float64), matrix.row_sum(word)
    shares = counts / total if total > 0 else counts
    rest = len(columns) - len(order)
    return RowDistribution(columns[order], counts, shares, rest, 1 - float(shares.sum()) if rest else 0.0)


def largest(values: NDArray[np.floating], most: int) -> NDArray[np.intp]:
    """Places of the `most` largest values, the largest first, ties in order; int64, shape (≤ most,)."""
    places = np.arange(len(values))
    if most < len(values):
        places = np.flatnonzero(values >= np.partition(values, len(values) - most)[len(values) - most])
    return places[np.argsort(-values[places], kind="stable")][:most]


def dense_row(matrix: CooccurrenceMatrix, word: int) -> NDArray[np.float64]:
    """X_ik for every k; float64, shape (V,)."""
    columns, values = matrix.row(word)
    dense = np.zeros(len(matrix.vocabulary))
    dense[columns] = values
    return dense


def _predicted_logarithms(
    parameters: GloveParameters, word: int, contexts: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Predicted log X̂_ik for each k of `contexts`; float64, shape (n,)."""
    vectors = parameters.context_vectors[contexts].astype(np.float64)  # [n, D]
    biases = parameters.word_biases[word] + parameters.context_biases[contexts].astype(np.float64)
    return np.asarray(vectors @ parameters.word_vectors[word].astype(np.float64) + biases)


def _finite(values: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.where(np.isfinite(values), values, np.nan)
