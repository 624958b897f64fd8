"""How well a model predicts the counts it is of: pair by pair, by count, and as a whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from gloveui.core.cooccurrence import CooccurrenceMatrix
from gloveui.core.count_histogram import counts_at_ranks
from gloveui.core.glove import GloveConfig, GloveParameters, weight
from gloveui.core.parallel import map_in_order
from gloveui.core.progress import Progress, Task, run_to_end
from gloveui.core.resources import Resources

BINS = 200  # of log X, and of predictions
MOST_COSTLY = 200  # pairs that are listed
SPARE = 56  # more that are kept while cost is computed in float32: rounding changes the order of near ones
MOST_POINTS = 5_000  # pairs up to which each is kept as a point
CHUNK_PAIRS = 1 << 18  # surveyed in some 20 ms
DECILES = 10
ROOM = 0.15  # of the range of log X, by which that of predictions is wider on both sides


@dataclass(frozen=True, eq=False)
class FittedPairs:
    """Pairs with their count and what the model says of it; arrays of one length n.

    Attributes
    ----------
    words, contexts
        int32: ids.
    counts
        float32: X.
    predictions
        float64: w·w̃ + b + b̃, to be compared with log X.
    weights, losses
        float64: f(X), and ½ f (prediction − log X)².
    """

    words: NDArray[np.int32]
    contexts: NDArray[np.int32]
    counts: NDArray[np.float32]
    predictions: NDArray[np.float64]
    weights: NDArray[np.float64]
    losses: NDArray[np.float64]

    def __post_init__(self) -> None:
        for array in vars(self).values():
            array.setflags(write=False)

    def __len__(self) -> int:
        return len(self.words)

    @property
    def errors(self) -> NDArray[np.float64]:
        """Predictions − log X."""
        return self.predictions - np.log(self.counts.astype(np.float64))

    @property
    def predicted_counts(self) -> NDArray[np.float64]:
        """X̂ = exp(prediction); infinite where that is beyond float64."""
        with np.errstate(over="ignore"):
            return np.exp(self.predictions)


@dataclass(frozen=True, slots=True)
class CountGroup:
    """Pairs of similar counts: a tenth of all, or several tenths where many pairs have the same count.

    Attributes
    ----------
    first, last
        Tenths that it stands for, from 1 (rarest pairs) to 10.
    smallest, end
        Its counts are from `smallest` up to, but not including, `end`; the last group's up to and with it.
    pairs
        How many it has: not a tenth to the pair, as pairs of the same count stay together.
    loss
        Sum of ½ f diff².
    mean_error, mean_distance
        Mean of prediction − log X, and of its absolute value.
    """

    first: int
    last: int
    smallest: float
    end: float
    pairs: int
    loss: float
    mean_error: float
    mean_distance: float


@dataclass(frozen=True, eq=False)
class ModelFit:
    """A model against the counts.

    Its loss is that of the model as it is, over all pairs; what a training reports of an epoch is measured
    pair by pair just before the step for it, while the model moves, and so is mostly a little larger.

    Attributes
    ----------
    pairs
        All pairs of the counts.
    loss
        Σ ½ f(X) (prediction − log X)² over them.
    r_squared
        Share of the f-weighted variance of log X that the predictions explain: 1 at best, below 0 where the
        weighted mean would do better. NaN where all counts are equal.
    correlation
        Of predictions and log X, each pair alike; NaN where one of them does not vary.
    log_range, prediction_range
        What the bins of `density` span, of log X and of predictions.
    density
        int64, shape (bins, bins): pairs by bin of the prediction (rows, ascending) and of log X (columns).
    below, above, undefined
        Pairs that are not in it: predicted below or above its range, or not as a number; these last are in
        no sum either.
    costliest
        The pairs with the largest share of the loss, largest first; of equal ones the first in the matrix.
    groups
        By count, rarest pairs first.
    points
        All pairs, where they are few; else None.
    """

    pairs: int
    loss: float
    r_squared: float
    correlation: float
    log_range: tuple[float, float]
    prediction_range: tuple[float, float]
    density: NDArray[np.int64]
    below: int
    above: int
    undefined: int
    costliest: FittedPairs
    groups: tuple[CountGroup, ...]
    points: FittedPairs | None

    @property
    def mean_loss(self) -> float:
        """Loss per pair, as training reports it."""
        return self.loss / max(1, self.pairs - self.undefined)


def model_fit(
    counts: CooccurrenceMatrix,
    parameters: GloveParameters,
    *,
    x_max: float,
    alpha: float,
    threads: int = 0,
) -> ModelFit:
    """How well a model of these words predicts these counts, weighed by f(X) = min(1, (X / x_max)^α).

    Raises
    ------
    ValueError
        If the model has another number of words.
    SettingError
        If x_max or α is out of bounds.
    """
    config = GloveConfig(x_max=x_max, alpha=alpha)
    return run_to_end(survey_fit(counts, parameters, config, Resources(threads=threads)))


def survey_fit(
    matrix: CooccurrenceMatrix, parameters: GloveParameters, config: GloveConfig, resources: Resources
) -> Task[ModelFit]:
    """`model_fit` as a task: one pass over all pairs. The result does not depend on the number of threads.

    Of `config` it takes x_max and α.
    """
    if len(parameters.word_vectors) != len(matrix.vocabulary):
        words, received = len(matrix.vocabulary), len(parameters.word_vectors)
        raise ValueError(f"expected a model of {words} words, got one of {received}")
    yield Progress("comparing", 0.0)
    ranks = [matrix.nonzeros * tenth // DECILES for tenth in range(DECILES)] + [matrix.nonzeros - 1]
    tenths = yield from counts_at_ranks(matrix, ranks, resources)
    survey = _Survey(matrix, parameters, config, tenths)
    chunks = _chunks(matrix)
    parts = map_in_order(survey.measure, chunks, resources.thread_count)
    total = survey.empty()
    for (_, last), part in zip(chunks, parts, strict=True):
        total.add(part)
        yield Progress("comparing", int(matrix.starts[last]) / matrix.nonzeros)
    return survey.result(total)


@dataclass(slots=True, eq=False)
class _Sums:
    """What is added up over pairs; see `fit_kernels`."""

    density: NDArray[np.int64]
    sums: NDArray[np.float64]
    outside: NDArray[np.int64]
    groups: NDArray[np.float64]
    costs: NDArray[np.float64]
    entries: NDArray[np.int64]

    def add(self, other: _Sums) -> None:
        """Take in those of later rows."""
        self.density += other.density
        self.sums += other.sums
        self.outside += other.outside
        self.groups += other.groups
        costs = np.concatenate([self.costs, other.costs])
        entries = np.concatenate([self.entries, other.entries])
        dearest = np.lexsort((entries, -costs))[: len(self.costs)]
        self.costs, self.entries = costs[dearest], entries[dearest]


class _Survey:
    """A model, the counts, and the ranges in which they are compared."""

    def __init__(
        self,
        matrix: CooccurrenceMatrix,
        parameters: GloveParameters,
        config: GloveConfig,
        tenths: NDArray[np.float32],
    ) -> None:
        self._matrix, self._parameters, self._config = matrix, parameters, config
        self._bounds = np.unique(tenths[:-1])  # of groups; those of several tenths begin where the first does
        self._tenths = tenths
        low, high = (float(np.log(np.float64(count))) for count in (tenths[0], tenths[-1]))
        self._logs = (low, max(high, low + 1e-3))
        room = max(1.0, ROOM * (high - low))
        self._predicted = (min(low, 0.0) - room, max(high, 0.0) + room)  # an untrained model predicts 0
        self._contexts = np.ascontiguousarray(parameters.context_vectors).reshape(-1)
        self._words = np.ascontiguousarray(parameters.word_vectors)
        self._biases = np.ascontiguousarray(parameters.word_biases)
        self._context_biases = np.ascontiguousarray(parameters.context_biases)
        for array in (self._contexts, self._words, self._biases, self._context_biases):
            array.setflags(write=False)  # kernels are compiled for arrays of this kind

    def empty(self) -> _Sums:
        """No pairs yet."""
        from gloveui.core import fit_kernels as kernels  # compiled code: loaded when first needed

        kept = MOST_COSTLY + SPARE
        return _Sums(
            np.zeros((BINS, BINS), np.int64),
            np.zeros(kernels.SUMS),
            np.zeros(kernels.OUTSIDE, np.int64),
            np.zeros((len(self._bounds), kernels.GROUP_SUMS)),
            np.full(kept, -1.0),
            np.full(kept, -1, np.int64),
        )

    def measure(self, rows: tuple[int, int]) -> _Sums:
        """All pairs of some rows."""
        from gloveui.core import fit_kernels as kernels

        matrix, part = self._matrix, self.empty()
        first, last = rows
        longest = int(np.diff(matrix.starts[first : last + 1]).max())
        (low, high), (bottom, top) = self._logs, self._predicted
        kernels.survey_rows(
            np.asarray(matrix.starts), np.asarray(matrix.columns), np.asarray(matrix.values), rows,
            self._words, self._biases, self._contexts, self._context_biases,
            (float(self._config.x_max), float(self._config.alpha)), self._bounds[1:],
            (low, BINS / (high - low), bottom, BINS / (top - bottom)),
            np.empty((3, longest), np.float32),
            part.density, part.sums, part.outside, part.groups, part.costs, part.entries,
        )  # fmt: skip
        return part

    def result(self, total: _Sums) -> ModelFit:
        """What the sums over all pairs mean."""
        from gloveui.core import fit_kernels as kernels

        matrix = self._matrix
        below, above, undefined = (int(pairs) for pairs in total.outside)
        all_pairs = np.arange(matrix.nonzeros) if matrix.nonzeros <= MOST_POINTS else None
        total.density.setflags(write=False)
        return ModelFit(
            pairs=matrix.nonzeros,
            loss=float(total.sums[kernels.LOSS]),
            r_squared=_explained(total.sums),
            correlation=_correlation(total.sums, matrix.nonzeros - undefined),
            log_range=self._logs,
            prediction_range=self._predicted,
            density=total.density,
            below=below,
            above=above,
            undefined=undefined,
            costliest=self._dearest(total.entries[total.costs >= 0]),
            groups=tuple(self._count_groups(total.groups)),
            points=None if all_pairs is None else self._pairs_at(all_pairs),
        )

    def _dearest(self, entries: NDArray[np.int64]) -> FittedPairs:
        """The pairs at these entries that cost most, in float64 now."""
        costs = self._pairs_at(entries).losses
        return self._pairs_at(entries[np.lexsort((entries, -costs))][:MOST_COSTLY])

    def _pairs_at(self, entries: NDArray[np.int64]) -> FittedPairs:
        matrix, parameters, config = self._matrix, self._parameters, self._config
        words = (np.searchsorted(matrix.starts, entries, side="right") - 1).astype(np.int32)
        contexts, counts = np.array(matrix.columns[entries]), np.array(matrix.values[entries])
        vectors = parameters.word_vectors[words].astype(np.float64)
        predictions = np.einsum("nd,nd->n", vectors, parameters.context_vectors[contexts].astype(np.float64))
        predictions += parameters.word_biases[words].astype(np.float64) + parameters.context_biases[contexts]
        weights = weight(counts.astype(np.float64), config.x_max, config.alpha)
        losses = 0.5 * weights * (predictions - np.log(counts.astype(np.float64))) ** 2
        return FittedPairs(words, contexts, counts, predictions, weights, losses)

    def _count_groups(self, sums: NDArray[np.float64]) -> Iterable[CountGroup]:
        tenths = np.searchsorted(self._bounds, self._tenths[:-1], side="right")  # group of each, from 1
        for group, (pairs, loss, error, distance) in enumerate(sums.tolist(), start=1):
            own = np.flatnonzero(tenths == group)
            is_last = group == len(self._bounds)
            ends = self._tenths[-1] if is_last else self._bounds[group]
            yield CountGroup(
                int(own[0]) + 1, int(own[-1]) + 1, float(self._bounds[group - 1]), float(ends),
                int(pairs), loss, error / max(pairs, 1), distance / max(pairs, 1),
            )  # fmt: skip


def _chunks(matrix: CooccurrenceMatrix) -> list[tuple[int, int]]:
    """Rows, first and past the last, of about `CHUNK_PAIRS` pairs together; whoever computes, the same."""
    cuts = np.searchsorted(matrix.starts, np.arange(0, matrix.nonzeros, CHUNK_PAIRS))
    cuts = np.unique(np.concatenate([[0], cuts, [len(matrix.vocabulary)]]))
    return [(int(first), int(last)) for first, last in pairwise(cuts)]


def _explained(sums: NDArray[np.float64]) -> float:
    from gloveui.core import fit_kernels as kernels

    f, f_l, f_l_l = sums[kernels.F], sums[kernels.F_L], sums[kernels.F_L_L]
    spread = f_l_l - f_l**2 / f if f > 0 else 0.0
    return float(1 - 2 * sums[kernels.LOSS] / spread) if spread > 1e-9 * f_l_l else float("nan")


def _correlation(sums: NDArray[np.float64], pairs: int) -> float:
    from gloveui.core import fit_kernels as kernels

    n = max(1, pairs)
    l_l = sums[kernels.L_L] - sums[kernels.L] ** 2 / n
    p_p = sums[kernels.P_P] - sums[kernels.P] ** 2 / n
    l_p = sums[kernels.L_P] - sums[kernels.L] * sums[kernels.P] / n
    varies = l_l > 1e-9 * sums[kernels.L_L] and p_p > 1e-9 * sums[kernels.P_P]
    return float(l_p / np.sqrt(l_l * p_p)) if varies else float("nan")
