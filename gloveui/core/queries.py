"""Questions to word vectors: neighbours, ranks, odd ones out and analogies, exact over all words.

A question is a word or a sum of words such as ``king - man + woman``; see `expressions`.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from gloveui.core.embedding import Embedding
from gloveui.core.expressions import weighted_words
from gloveui.core.nearest import (
    METRICS,
    Float64,
    Ids,
    best,
    cosines,
    nearest_words,
    place_of,
    scores,
    scores_by_all,
    step_cosines,
)
from gloveui.core.setting_checks import choice, whole_number
from gloveui.core.vocabulary import Vocabulary

__all__ = [
    "METHODS",
    "METRICS",
    "Neighbour",
    "against",
    "analogy",
    "analogy_rank",
    "answer_scores",
    "neighbours",
    "odd_one_out",
    "pair_ranks",
    "query_vector",
    "rank",
    "similarity",
]

METHODS = ("add", "multiply", "direction")
NO_DIRECTION = 1e-12  # of the length of its parts: a sum shorter than this is what rounding has left
COSMUL_EPSILON = 0.001
TELLING_DIGITS = 12  # of the scores of odd ones: two words fit each other alike, but for rounding


@dataclass(frozen=True, slots=True)
class Neighbour:
    """One word of an answer: its id, its score, and its count in the text (0 if that is unknown).

    By cosine and product a larger score is nearer; the Euclidean score is the distance, smaller is nearer.
    """

    word: str
    index: int
    score: float
    count: int


def neighbours(
    embedding: Embedding,
    query: str,
    k: int = 10,
    metric: str = "cosine",
    exclude_inputs: bool = True,
    among: int = 0,
    farthest: bool = False,
) -> list[Neighbour]:
    """The `k` words nearest to a word or a sum of words, nearest first and ties by id.

    Parameters
    ----------
    metric
        ``"cosine"``, ``"dot"`` for the product, or ``"euclidean"`` for the distance. For the cosine words
        are added up at length 1, and what has no direction (a vector of zeros) is near to nothing.
    exclude_inputs
        Whether the words of the query are left out.
    among
        Only the so many most frequent words are looked at; 0 for all.
    farthest
        Whether the farthest words are meant, farthest first.

    Raises
    ------
    UnknownWord
        For a word that is not in the vocabulary.
    ExpressionError
        If the query is neither a word nor a sum of words.
    """
    choice("metric", metric, METRICS)
    k, among = whole_number("k", k, 0), whole_number("among", among, 0)
    weights = weighted_words(query, embedding.vocabulary)
    vector = _prepared(_weighted_sum(embedding, weights, metric), metric)
    if vector is None:
        return []
    excluded = weights if exclude_inputs else ()
    found = nearest_words(embedding, vector, k, metric, excluded, among, farthest)
    return named(embedding.vocabulary, *found)


def against(
    embedding: Embedding, query: str, words: Sequence[str], metric: str = "cosine"
) -> list[Neighbour]:
    """The words of a list, nearest to a word or sum of words first; raises as `neighbours`.

    For the cosine, words without a direction are left out.
    """
    choice("metric", metric, METRICS)
    ids = np.sort(embedding.vocabulary.ids_of(words))
    vector = _prepared(query_vector(embedding, query, metric), metric)
    if vector is None:
        return []
    found = scores(embedding.vectors, vector, metric, ids)
    return named(embedding.vocabulary, *best(ids, found, len(ids), is_ascending=metric == "euclidean"))


def similarity(embedding: Embedding, a: str, b: str, metric: str = "cosine") -> float:
    """How near two words or sums of words are: cosine, product or distance; raises as `neighbours`.

    The cosine of what has no direction is 0.
    """
    choice("metric", metric, METRICS)
    first, second = query_vector(embedding, a, metric), query_vector(embedding, b, metric)
    if metric == "euclidean":
        return float(np.linalg.norm(first - second))
    if metric == "dot":
        return float(first @ second)
    one, other = _prepared(first, metric), _prepared(second, metric)
    return 0.0 if one is None or other is None else float(one @ other)


def rank(embedding: Embedding, word: str, of: str, metric: str = "cosine", among: int = 0) -> int:
    """The place of a word among the neighbours of a word or sum of words: 1 for the nearest.

    The words of `of` do not count, and of the others only the `among` most frequent ones, 0 for all. What has
    no direction by cosine comes after all others. Raises as `neighbours`.
    """
    choice("metric", metric, METRICS)
    index = embedding.vocabulary.id_of(word)
    weights = weighted_words(of, embedding.vocabulary)
    vector = _weighted_sum(embedding, weights, metric)
    ids = _looked_at(embedding, index, weights, among)
    found = scores(embedding.vectors, vector, metric, ids)
    return place_of(found, int(np.searchsorted(ids, index)), metric == "euclidean")


def pair_ranks(embedding: Embedding, a: str, b: str, among: int = 0) -> dict[str, tuple[int, int]]:
    """By each metric the `rank` of b for a, and that of a for b; the table is read once for all.

    0 for an expression, for a word and itself, and for a word that is none of the `among` most frequent.
    Raises as `neighbours`.
    """
    vocabulary, size = embedding.vocabulary, _size(embedding, among)
    weights = [weighted_words(text, vocabulary) for text in (a, b)]
    sums = np.array([[_weighted_sum(embedding, own, metric) for metric in METRICS] for own in weights])
    first, second = vocabulary.get(a), vocabulary.get(b)
    found = scores_by_all(embedding.vectors, sums, np.arange(size))
    ranks = np.zeros((len(METRICS), 2), np.int64)
    for side, index in enumerate((second, first)):
        if index is None or index >= size or first == second:
            continue
        ids = _looked_at(embedding, index, weights[side], among)
        for number, metric in enumerate(METRICS):
            own = int(np.searchsorted(ids, index))
            ranks[number, side] = place_of(found[ids, side, number], own, metric == "euclidean")
    return {metric: (int(one), int(other)) for metric, (one, other) in zip(METRICS, ranks, strict=True)}


def odd_one_out(embedding: Embedding, words: Sequence[str]) -> list[Neighbour]:
    """The words of a list, the one that fits the others least first.

    The score is the cosine of a word to the mean of the others' vectors at length 1; 0 where one of them has
    no direction. (gensim's ``doesnt_match`` takes the mean of all, the word itself among them.) Raises
    `UnknownWord`.
    """
    ids = embedding.vocabulary.ids_of(words)
    units = embedding.unit_rows(ids)
    others = units.sum(axis=0) - units
    lengths = np.linalg.norm(others, axis=1)
    lengths[lengths <= NO_DIRECTION * len(ids)] = np.inf
    found: Float64 = np.einsum("ij,ij->i", units, others) / lengths
    order = np.lexsort((ids, found.round(TELLING_DIGITS)))
    return named(embedding.vocabulary, ids[order], found[order])


def analogy(
    embedding: Embedding,
    a: str,
    b: str,
    c: str,
    k: int = 10,
    method: str = "add",
    exclude_inputs: bool = True,
    among: int = 0,
) -> list[Neighbour]:
    """Words d for which a : b = c : d, best first and ties by id.

    Parameters
    ----------
    method
        ``"add"``: 3CosAdd, cos(d, b) − cos(d, a) + cos(d, c). ``"multiply"``: 3CosMul, cos(d, b) cos(d, c) /
        (cos(d, a) + 0.001) with each cosine x as (x + 1) / 2. ``"direction"``: the cosine of b − a and d − c,
        of the vectors at length 1.
    exclude_inputs
        Whether a, b and c are left out.
    among
        Only the so many most frequent words are looked at; 0 for all.

    Raises
    ------
    UnknownWord
        For a word that is not in the vocabulary.

    Notes
    -----
    Levy & Goldberg (2014), sections 3 and 6.
    """
    k, among = whole_number("k", k, 0), whole_number("among", among, 0)
    given = _given(embedding, a, b, c, method)
    excluded = given.tolist() if exclude_inputs else ()
    if method == "add":
        first, second, third = embedding.unit_rows(given)
        found = nearest_words(embedding, second - first + third, k, excluded=excluded, among=among)
        return named(embedding.vocabulary, *found)
    ids = np.arange(_size(embedding, among))
    answers = answer_scores(embedding, given, method, ids)
    return named(embedding.vocabulary, *best(ids, answers, k, excluded=excluded))


def analogy_rank(
    embedding: Embedding,
    a: str,
    b: str,
    c: str,
    expected: str,
    method: str = "add",
    exclude_inputs: bool = True,
    among: int = 0,
) -> int:
    """The place of an expected answer in an `analogy`: 1 for the best. Raises `UnknownWord`."""
    given = _given(embedding, a, b, c, method)
    index = embedding.vocabulary.id_of(expected)
    ids = _looked_at(embedding, index, given.tolist() if exclude_inputs else (), among)
    return place_of(answer_scores(embedding, given, method, ids), int(np.searchsorted(ids, index)))


def answer_scores(embedding: Embedding, given: Ids, method: str, ids: Ids) -> Float64:
    """float64, shape (n,): scores of words as answers to an `analogy`; −inf without a direction.

    `given` holds the ids of a, b and c.
    """
    a, b, c = embedding.unit_rows(given)
    if method == "add":
        return scores(embedding.vectors, b - a + c, "cosine", ids)
    if method == "direction":
        length = float(np.linalg.norm(b - a)) or 1.0
        return step_cosines(embedding.vectors, c, (b - a) / length, ids)
    found = cosines(embedding.vectors, np.array([a, b, c]), ids).T
    has_direction = np.isfinite(found[0])
    return np.where(has_direction, cosmul(*np.where(has_direction, found, 0.0)), -np.inf)


def query_vector(embedding: Embedding, query: str, metric: str = "cosine") -> Float64:
    """float64, shape (D,): the sum that a word or a sum of words stands for; raises as `neighbours`.

    For the cosine of vectors at length 1, so that ``b - a + c`` is 3CosAdd; else of the vectors as they are.
    """
    choice("metric", metric, METRICS)
    return _weighted_sum(embedding, weighted_words(query, embedding.vocabulary), metric)


def _weighted_sum(embedding: Embedding, weights: dict[int, float], metric: str) -> Float64:
    ids = np.array(list(weights), np.int64)
    rows = embedding.unit_rows(ids) if metric == "cosine" else embedding.vectors[ids].astype(np.float64)
    parts = np.array(list(weights.values()))[:, None] * rows
    total = parts.sum(axis=0)
    is_left_over = np.linalg.norm(total) <= NO_DIRECTION * np.linalg.norm(parts, axis=1).sum()
    return np.zeros_like(total) if is_left_over else np.asarray(total)


def _prepared(vector: Float64, metric: str) -> Float64 | None:
    """The vector as `scores` takes it: at length 1 for the cosine; None if it has no direction then."""
    if metric != "cosine":
        return vector
    length = float(np.linalg.norm(vector))
    return vector / length if length > 0 else None


def _given(embedding: Embedding, a: str, b: str, c: str, method: str) -> Ids:
    choice("method", method, METHODS)
    return embedding.vocabulary.ids_of((a, b, c))


def _size(embedding: Embedding, among: int) -> int:
    """How many of the most frequent words are looked at."""
    return min(whole_number("among", among, 0) or len(embedding), len(embedding))


def _looked_at(embedding: Embedding, index: int, excluded: Collection[int], among: int) -> Ids:
    """The ids that a word is ranked with, its own among them in any case; they ascend."""
    ids = np.arange(_size(embedding, among))
    ids = ids[~np.isin(ids, [*excluded, index])]
    return np.insert(ids, np.searchsorted(ids, index), index)


def cosmul(to_a: Float64, to_b: Float64, to_c: Float64) -> Float64:
    """float64, shape (n,): 3CosMul of words, from their cosines with the words that are given."""
    return np.asarray((to_b + 1) / 2 * ((to_c + 1) / 2) / ((to_a + 1) / 2 + COSMUL_EPSILON))


def named(vocabulary: Vocabulary, ids: Ids, found: Float64) -> list[Neighbour]:
    """Words with their scores."""
    return [
        Neighbour(vocabulary.word(index), index, score, int(vocabulary.counts[index]))
        for index, score in zip(ids.tolist(), found.tolist(), strict=True)
    ]
