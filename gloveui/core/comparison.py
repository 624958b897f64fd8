"""How far two embeddings agree on which words are near to one another; they need share no coordinates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from gloveui.core.common_words import CommonWords, comparable_words, counts_of
from gloveui.core.embedding import Embedding
from gloveui.core.neighbour_graph import neighbour_graph
from gloveui.core.progress import Progress, Task, part_of, run_to_end
from gloveui.core.queries import Neighbour, neighbours
from gloveui.core.rank_correlation import correlation, ranks
from gloveui.core.setting_checks import LARGEST_SEED, whole_number

USUAL_K = 10
USUAL_DEPTH = 50  # of the curves
USUAL_AMONG = 20_000  # words: the time goes with their square
USUAL_PAIRS = 20_000
PERSISTENCE = 0.9  # with it, the first ten ranks have 86 % of the weight
ROWS, PAIRS_AT_ONCE = 4_096, 4_096

Float64: TypeAlias = NDArray[np.float64]
Int32: TypeAlias = NDArray[np.int32]
Ids: TypeAlias = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Disagreement:
    """For each of n common words how far two embeddings agree on its neighbours among these words.

    Attributes
    ----------
    common
        The words, in the order of the first embedding; numbers in this order are called places.
    counts
        int64, shape (n,): how often each occurs; None where that is not known.
    k
        Neighbours that are compared of each word.
    neighbours_a, neighbours_b
        int32, shape (n, K): places of the nearest words in each, nearest first; K is not below k.
    shared
        int32, shape (n,): how many of the first k are in both lists.
    jaccard
        float64, shape (n,): shared words in all words of both lists, at depth k.
    overlap
        float64, shape (n,): rank-biased overlap, see `disagreement`.
    jaccard_by_depth, overlap_by_depth
        float64, shape (K,): means over the words at depths 1 to K.
    order
        int64, shape (n,): places, those that disagree most first.
    """

    common: CommonWords
    counts: Ids | None
    k: int
    neighbours_a: Int32
    neighbours_b: Int32
    shared: Int32
    jaccard: Float64
    overlap: Float64
    jaccard_by_depth: Float64
    overlap_by_depth: Float64
    order: Ids

    def __post_init__(self) -> None:
        for value in vars(self).values():
            if isinstance(value, np.ndarray):
                value.setflags(write=False)

    @property
    def by_chance(self) -> Float64:
        """float64, shape (K,): the Jaccard index at each depth of lists drawn at random."""
        depths = np.arange(1, len(self.jaccard_by_depth) + 1)
        shared = depths**2 / max(1, len(self.common) - 1)
        return np.asarray(shared / (2 * depths - shared))

    def words(self, limit: int = 20) -> list[tuple[str, float]]:
        """The words that disagree most with their overlap, at most so many."""
        places = self.order[:limit].tolist()
        return [(self.common.words[place], float(self.overlap[place])) for place in places]


@dataclass(frozen=True, eq=False)
class SimilarityPairs:
    """The cosines of m pairs of common words in two embeddings.

    Attributes
    ----------
    common
        The words.
    first, second
        int64, shape (m,): the places of each pair; the first is the smaller one.
    cosines_a, cosines_b
        float64, shape (m,).
    spearman, pearson
        Correlation of both cosines by rank, and as they are; NaN where one of them does not vary.
    """

    common: CommonWords
    first: Ids
    second: Ids
    cosines_a: Float64
    cosines_b: Float64
    spearman: float
    pearson: float


@dataclass(frozen=True, slots=True)
class ComparedNeighbour:
    """A neighbour in one model's list.

    Attributes
    ----------
    neighbour
        As in that model.
    models
        How many of the models that know the asked word have it in their lists, this one included.
    missing
        How many of them do not know the neighbour at all.
    """

    neighbour: Neighbour
    models: int
    missing: int


@dataclass(frozen=True, eq=False)
class ComparedNeighbours:
    """The neighbours of a word side by side.

    Attributes
    ----------
    word
        What was asked.
    columns
        For each model its neighbours, nearest first; None if it does not know the word.
    """

    word: str
    columns: tuple[tuple[ComparedNeighbour, ...] | None, ...]

    @property
    def asked(self) -> int:
        """How many models know the word."""
        return sum(column is not None for column in self.columns)


def compared_neighbours(models: Sequence[Embedding], word: str, k: int = USUAL_K) -> ComparedNeighbours:
    """The `k` neighbours of a word by cosine in each model, over all words of that model, exact."""
    k = whole_number("k", k, 1)
    found = [neighbours(one, word, k) if one.vocabulary.get(word) is not None else None for one in models]
    knowing = [one for one, column in zip(models, found, strict=True) if column is not None]
    lists = [{one.word for one in column} for column in found if column is not None]

    def compared(neighbour: Neighbour) -> ComparedNeighbour:
        having = sum(neighbour.word in words for words in lists)
        missing = sum(neighbour.word not in one.vocabulary for one in knowing)
        return ComparedNeighbour(neighbour, having, missing)

    columns = (None if column is None else tuple(map(compared, column)) for column in found)
    return ComparedNeighbours(word, tuple(columns))


def disagreement(
    a: Embedding,
    b: Embedding,
    k: int = USUAL_K,
    among: int = 0,
    least_count: int = 0,
    depth: int = USUAL_DEPTH,
) -> Task[Disagreement]:
    """How far two embeddings agree on the neighbours of each common word, among the common words, exact.

    Parameters
    ----------
    k
        Neighbours that are compared of each word.
    among, least_count
        Which words are compared, and are neighbours: see `comparable_words`.
    depth
        How far the curves go, at least k.

    Raises
    ------
    TooFewCommonWords
        If fewer than two words can be compared.

    Notes
    -----
    The overlap is rank-biased: RBO_ext of Webber, Moffat & Zobel (2010), equation 32, with p = 0.9: the first
    ranks count most, and below the last that is known both lists are taken to go on agreeing as far as there.
    """
    k, depth = whole_number("k", k, 1), whole_number("depth", depth, 1)
    common = comparable_words(
        a, b, whole_number("among", among, 0), whole_number("least_count", least_count, 0)
    )
    size = len(common)
    k = min(k, size - 1)
    depth = min(max(k, depth), size - 1)
    near = []
    for embedding, ids, begin in ((a, common.ids_a, 0.0), (b, common.ids_b, 0.48)):
        graph = yield from part_of(neighbour_graph(embedding, ids, depth, most_exact=size), begin, 0.48)
        near.append(graph.neighbours)
    return (yield from _compared(common, counts_of(a, b, common), near[0], near[1], k))


def compare(
    a: Embedding, b: Embedding, k: int = USUAL_K, among: int = USUAL_AMONG, least_count: int = 0
) -> Disagreement:
    """As `disagreement`, to the end; `among` 0 for all common words."""
    return run_to_end(disagreement(a, b, k, among, least_count))


def similarity_pairs(
    a: Embedding,
    b: Embedding,
    sample: int = USUAL_PAIRS,
    seed: int = 1,
    among: int = 0,
    least_count: int = 0,
) -> Task[SimilarityPairs]:
    """The cosines of pairs of common words in both: of all pairs, or of so many drawn at random.

    `among` and `least_count` as in `disagreement`, which also says what is raised.
    """
    sample, seed = whole_number("sample", sample, 1), whole_number("seed", seed, 0, LARGEST_SEED)
    common = comparable_words(
        a, b, whole_number("among", among, 0), whole_number("least_count", least_count, 0)
    )
    first, second = drawn_pairs(len(common), sample, seed)
    cosines = np.empty((2, len(first)))
    for begin in range(0, len(first), PAIRS_AT_ONCE):
        part = slice(begin, begin + PAIRS_AT_ONCE)
        for row, embedding, ids in zip(cosines, (a, b), (common.ids_a, common.ids_b), strict=True):
            one, other = embedding.unit_rows(ids[first[part]]), embedding.unit_rows(ids[second[part]])
            row[part] = np.einsum("ij,ij->i", one, other)
        yield Progress("comparing", min(1.0, (begin + PAIRS_AT_ONCE) / len(first)))
    pearson, spearman = correlation(*cosines), correlation(ranks(cosines[0]), ranks(cosines[1]))
    return SimilarityPairs(common, first, second, cosines[0], cosines[1], spearman, pearson)


def drawn_pairs(size: int, sample: int, seed: int) -> tuple[Ids, Ids]:
    """Pairs of different numbers below `size`, the smaller first: all, or so many drawn, each once."""
    if size * (size - 1) // 2 <= sample:
        first, second = np.triu_indices(size, 1)
        return first.astype(np.int64), second.astype(np.int64)
    random, keys = np.random.default_rng(seed), np.empty(0, np.int64)
    while len(keys) < sample:
        drawn = np.sort(random.integers(0, size, (2 * sample, 2)), axis=1)
        drawn = drawn[drawn[:, 0] < drawn[:, 1]]
        keys = np.unique(np.concatenate([keys, drawn[:, 0] * size + drawn[:, 1]]))
    keys = np.sort(random.permutation(keys)[:sample])
    return keys // size, keys % size


def _compared(
    common: CommonWords, counts: Ids | None, near_a: Int32, near_b: Int32, k: int
) -> Task[Disagreement]:
    from gloveui.core import comparison_kernels as kernels  # compiled code: loaded when first needed

    size, depth = near_a.shape
    seen, ranks_b = np.full(size, -1, np.int64), np.empty(size, np.int32)
    shared, jaccard, overlap = np.empty(size, np.int32), np.empty(size), np.empty(size)
    sums = np.zeros((2, depth))
    near_a, near_b = _plain(near_a), _plain(near_b)
    for first in range(0, size, ROWS):
        last = min(first + ROWS, size)
        kernels.overlaps(
            near_a, near_b, first, last, k, PERSISTENCE, seen, ranks_b,
            shared, jaccard, overlap, sums[0], sums[1],
        )  # fmt: skip
        yield Progress("comparing", 0.96 + 0.04 * last / size)
    order = np.lexsort((np.arange(size), shared, overlap.round(12)))
    means = sums / size
    return Disagreement(
        common, counts, k, near_a, near_b, shared, jaccard, overlap, means[0], means[1], order
    )


def _plain(places: Int32) -> Int32:
    """The array for reading alone: else a kernel is compiled once more when it meets one that is not."""
    view = np.ascontiguousarray(places).view()
    view.setflags(write=False)
    return view
