"""Why two words are alike: what adds most to their cosine, in the counts, in the vectors, in the model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from gloveui.core.cooccurrence import CooccurrenceMatrix
from gloveui.core.embedding import Embedding
from gloveui.core.glove import GloveParameters
from gloveui.core.nearest import best, scores
from gloveui.core.progress import Progress, Task
from gloveui.core.quantities import Marginals, add_up, marginals
from gloveui.core.resources import Resources

EXAMPLE_WORDS = 3  # at each end of a dimension
SMALLEST_PPMI = 1e-9  # less is what rounding leaves of 0, and would count in full in the cosine of such rows
EXAMPLES_AMONG = 10_000  # most frequent words: the ends of a dimension over all words are rare ones

Float64: TypeAlias = NDArray[np.float64]
Ids: TypeAlias = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class SharedContext:
    """A context word k of two words a and b.

    Attributes
    ----------
    context
        Its id.
    share
        What it adds to the cosine of their PPMI rows.
    counts
        X_ak and X_bk.
    ppmi
        Of both, above 0.
    """

    context: int
    share: float
    counts: tuple[float, float]
    ppmi: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Alikeness:
    """How alike the contexts of two words are in the counts.

    Attributes
    ----------
    cosine
        Of their rows of PPMI: the shares of `contexts` and `rest_share` added up. 0 if a row is empty.
    contexts
        The shared contexts that add most, most first.
    rest_share, rest_words
        What all other shared contexts add together, and how many they are.
    """

    cosine: float
    contexts: tuple[SharedContext, ...]
    rest_share: float
    rest_words: int


@dataclass(frozen=True, slots=True)
class SharedDimension:
    """A dimension of the vectors of two words.

    Attributes
    ----------
    dimension
        Its number, from 0.
    share
        The product of both values: what it adds to the cosine; below 0 where they have opposite signs.
    values
        Of both vectors at length 1.
    high_words, low_words
        Ids of the words with the largest and the smallest values at length 1, among the 10,000 most frequent.
    """

    dimension: int
    share: float
    values: tuple[float, float]
    high_words: tuple[int, ...]
    low_words: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class AgreedContext:
    """A context word k for which the model says something of two words a and b.

    Attributes
    ----------
    context
        Its id.
    share
        What it adds to the cosine; below 0 where the products have opposite signs.
    products
        w_a·w̃_k and w_b·w̃_k.
    """

    context: int
    share: float
    products: tuple[float, float]


@dataclass(frozen=True, slots=True)
class ContextAgreement:
    """How alike two words are in what the model says of all context words.

    Attributes
    ----------
    cosine
        Of the products w·w̃_k of both words with all context words k: the shares of `contexts` and
        `rest_share` added up. 0 if a word's vector is zeros.
    contexts
        The context words that add most, most first.
    rest_share, rest_words
        What all other context words add together, and how many they are.
    """

    cosine: float
    contexts: tuple[AgreedContext, ...]
    rest_share: float
    rest_words: int


def shared_contexts(matrix: CooccurrenceMatrix, a: int, b: int, top: int = 20) -> Alikeness:
    """What makes the contexts of two words alike, by their PPMI: max(0, log(X_ik ΣX / (Σ_k X_ik Σ_i X_ik))).

    The first time for a matrix its sums need a pass over it; see `find_shared_contexts`.
    """
    return _alikeness(matrix, marginals(matrix), a, b, top)


def find_shared_contexts(
    matrix: CooccurrenceMatrix, a: int, b: int, top: int, resources: Resources
) -> Task[Alikeness]:
    """As `shared_contexts`, as a task."""
    sums = yield from add_up(matrix, resources)
    yield Progress("preparing", 1.0)
    return _alikeness(matrix, sums, a, b, top)


def shared_dimensions(embedding: Embedding, a: int, b: int, top: int = 10) -> tuple[SharedDimension, ...]:
    """The dimensions that add most to the cosine of two words' vectors, most first.

    The shares of all dimensions add up to the cosine.
    """
    first, second = embedding.unit_rows(np.array([a, b]))
    shares = first * second
    dimensions = _largest(shares, top)
    ends = _ends(embedding, dimensions)
    return tuple(
        SharedDimension(int(d), float(shares[d]), (float(first[d]), float(second[d])), high, low)
        for d, (high, low) in zip(dimensions, ends, strict=True)
    )


def context_agreement(parameters: GloveParameters, a: int, b: int, top: int = 20) -> ContextAgreement:
    """The context words k that the model says the same of for two words: by (w_a·w̃_k)(w_b·w̃_k).

    Biases are left out: they are the same for all words, or for all contexts.
    """
    ids = np.arange(len(parameters.context_vectors))
    first, second = (
        scores(parameters.context_vectors, parameters.word_vectors[word].astype(np.float64), "dot", ids)
        for word in (a, b)
    )
    shares = first * second / _scale(first, second)
    largest = _largest(shares, top)
    contexts = tuple(
        AgreedContext(int(k), float(shares[k]), (float(first[k]), float(second[k]))) for k in largest
    )
    cosine = float(shares.sum())
    rest = float(np.delete(shares, largest).sum())
    return ContextAgreement(cosine, contexts, rest, len(shares) - len(largest))


def _alikeness(matrix: CooccurrenceMatrix, sums: Marginals, a: int, b: int, top: int) -> Alikeness:
    first_contexts, first_counts, first = _ppmi_row(matrix, sums, a)
    second_contexts, second_counts, second = _ppmi_row(matrix, sums, b)
    of_first, of_second = _common(first_contexts, second_contexts)
    shares = first[of_first] * second[of_second] / _scale(first, second)
    largest = _largest(shares, top)
    contexts = tuple(
        SharedContext(
            int(first_contexts[of_first[place]]),
            float(shares[place]),
            (float(first_counts[of_first[place]]), float(second_counts[of_second[place]])),
            (float(first[of_first[place]]), float(second[of_second[place]])),
        )
        for place in largest
    )
    rest = float(np.delete(shares, largest).sum())
    return Alikeness(float(shares.sum()), contexts, rest, len(shares) - len(largest))


def _common(first: NDArray[np.int32], second: NDArray[np.int32]) -> tuple[Ids, Ids]:
    """Where in both the numbers lie that both have; these ascend."""
    places = np.searchsorted(second, first)
    is_common = np.zeros(len(first), bool)
    inside = places < len(second)
    is_common[inside] = second[places[inside]] == first[inside]
    return np.flatnonzero(is_common), places[is_common]


def _ppmi_row(
    matrix: CooccurrenceMatrix, sums: Marginals, word: int
) -> tuple[NDArray[np.int32], Float64, Float64]:
    """The contexts of a word with PPMI above 0, their counts, and their PPMI."""
    contexts, values = matrix.row(word)
    counts = np.asarray(values, np.float64)
    pmi = np.log(counts) + np.log(sums.total or 1.0)
    pmi -= np.log(sums.rows[word] or 1.0) + np.log(sums.columns[contexts])
    is_above = pmi > SMALLEST_PPMI
    return np.asarray(contexts[is_above]), counts[is_above], pmi[is_above]


def _scale(first: Float64, second: Float64) -> float:
    """The product of two lengths; 1 where that is 0."""
    return float(np.linalg.norm(first) * np.linalg.norm(second)) or 1.0


def _largest(shares: Float64, top: int) -> Ids:
    """Places of the `top` largest shares, largest first and ties in order."""
    return best(np.arange(len(shares)), shares, top)[0]


def _ends(embedding: Embedding, dimensions: Ids) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    """The words with the largest and the smallest values of each dimension."""
    norms = embedding.norms[:EXAMPLES_AMONG]
    values = embedding.vectors[:EXAMPLES_AMONG, dimensions] / np.where(norms > 0, norms, 1.0)[:, None]
    order = np.argsort(values, axis=0, kind="stable")
    words = min(EXAMPLE_WORDS, len(values))
    return [(tuple(column[::-1][:words].tolist()), tuple(column[:words].tolist())) for column in order.T]
