"""The words nearest to a vector, exactly: all numbers are read as they are and added up in float64.

Of many words, first every vector is read in a copy of one byte a number. What that loses is known for each
word, so it proves most of them to be farther than others; only the few that are left are read in full.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from gloveui.core.embedding import Embedding
from gloveui.core.parallel import map_in_order
from gloveui.core.progress import Progress, Task, run_to_end
from gloveui.core.resources import Resources

METRICS = ("cosine", "dot", "euclidean")  # their places are the numbers that kernels know them by

LEAST_CELLS = 1 << 22  # numbers in a table; a smaller one is read in full as fast as a person can see
CELLS_A_THREAD = 1 << 19  # numbers that are worth a thread
CELLS_AT_ONCE = 1 << 22  # numbers that are made small between two reports
LARGEST_SHARE = 1 / 8  # of all words, to be read one by one; more are faster in one pass
LARGEST_SUM = 2**31 - 1
LARGEST_LEVEL = 2**15 - 1

Float64: TypeAlias = NDArray[np.float64]
Ids: TypeAlias = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class SmallVectors:
    """Vectors of one byte a number, and what they have lost.

    Attributes
    ----------
    numbers
        int8, shape (V, W), W not below D: times the step of its row, a vector; then zeros.
    steps, lengths, errors
        float64, shape (V,): the step of each row, the length of its vector, and of its difference from it.
    """

    numbers: NDArray[np.int8]
    steps: Float64
    lengths: Float64
    errors: Float64


_made: WeakKeyDictionary[Embedding, SmallVectors] = WeakKeyDictionary()


def prepare_nearest(embedding: Embedding) -> Task[None]:
    """Make ready what questions to an embedding need; else the first one does, and takes that much longer."""
    if _is_large(embedding) and embedding not in _made:
        yield from _make_small(embedding)


def prepared(embedding: Embedding) -> SmallVectors | None:
    """What `prepare_nearest` has made; None if it has not run, or the table is too small to need it."""
    return _made.get(embedding)


def put_prepared(embedding: Embedding, small: SmallVectors) -> None:
    """Give back what `prepared` gave for an equal embedding."""
    rows, width = len(embedding), _width(embedding.dimension)
    if small.numbers.shape != (rows, width) or any(len(facts) != rows for facts in _facts(small)):
        raise ValueError(f"expected {rows}×{width} small numbers, got {small.numbers.shape}")
    _made[embedding] = small


def go_every_way(embedding: Embedding) -> None:
    """Ask once in each way, whatever the size: what is compiled for it serves every table."""
    vector, ids = embedding.vectors[0].astype(np.float64), np.arange(1)
    _candidates(embedding, len(embedding), vector, 1, "cosine", farthest=False)
    scores(embedding.vectors, vector, "cosine", ids)
    scores_by_all(embedding.vectors, np.array([[vector] * len(METRICS)]), ids)
    cosines(embedding.vectors, vector[None], ids)
    step_cosines(embedding.vectors, vector, vector, ids)


def scores(vectors: NDArray[np.float32], vector: Float64, metric: str, ids: Ids) -> Float64:
    """float64, shape (n,): the score for a vector of shape (D,) of some rows of a table of shape (V, D).

    ``"cosine"``: the product of the vector with the row at length 1, which is the cosine if the vector has
    length 1 too, −inf for a row of zeros; ``"dot"``: their product; ``"euclidean"``: their distance. Equal
    rows have equal scores.
    """
    from gloveui.core import nearest_kernels as kernels  # compiled code: loaded when first needed

    plain, number, found = _plain(vectors), METRICS.index(metric), np.empty(len(ids))

    def score(first: int, last: int) -> None:
        kernels.score_words(plain, vector, number, ids[first:last], found[first:last])

    _in_pieces(len(ids), vectors.shape[1], score)
    return found


def scores_by_all(vectors: NDArray[np.float32], questions: Float64, ids: Ids) -> Float64:
    """float64, shape (n, q, 3): the scores of some rows for a few questions by each of `METRICS`.

    `questions` has shape (q, 3, D): what `scores` takes for each metric. The table is read once for all.
    """
    from gloveui.core import nearest_kernels as kernels  # compiled code: loaded when first needed

    plain, found = _plain(vectors), np.empty((len(ids), len(questions), len(METRICS)))

    def score(first: int, last: int) -> None:
        kernels.score_words_by_all(plain, questions, ids[first:last], found[first:last])

    _in_pieces(len(ids), vectors.shape[1] * len(questions), score)
    return found


def cosines(vectors: NDArray[np.float32], directions: Float64, ids: Ids) -> Float64:
    """float64, shape (n, m): the cosines of some rows with a few directions of length 1, shape (m, D).

    −inf for a row of zeros. As `scores`, but the table is read once for all.
    """
    from gloveui.core import nearest_kernels as kernels  # compiled code: loaded when first needed

    plain, found = _plain(vectors), np.empty((len(ids), len(directions)))

    def score(first: int, last: int) -> None:
        kernels.cosines_of_words(plain, directions, ids[first:last], found[first:last])

    _in_pieces(len(ids), vectors.shape[1], score)
    return found


def step_cosines(vectors: NDArray[np.float32], origin: Float64, direction: Float64, ids: Ids) -> Float64:
    """float64, shape (n,): the cosines of a direction and the steps from `origin` to rows at length 1.

    `origin` and `direction` have shape (D,), and the direction length 1. 0 where there is no step, −inf for a
    row of zeros.
    """
    from gloveui.core import nearest_kernels as kernels  # compiled code: loaded when first needed

    plain, found = _plain(vectors), np.empty(len(ids))

    def score(first: int, last: int) -> None:
        kernels.score_steps(plain, origin, direction, ids[first:last], found[first:last])

    _in_pieces(len(ids), vectors.shape[1], score)
    return found


def nearest_words(
    embedding: Embedding,
    vector: Float64,
    k: int,
    metric: str = "cosine",
    excluded: Collection[int] = (),
    among: int = 0,
    farthest: bool = False,
) -> tuple[Ids, Float64]:
    """Ids and `scores` of the `k` nearest words, nearest first and ties by id; or of the farthest.

    Only of the first `among` words, 0 for all, without those excluded and, for the cosine, words of zeros.
    """
    words = among if 0 < among < len(embedding) else len(embedding)
    is_ascending = (metric == "euclidean") != farthest
    left: Ids | None = None
    if _is_large(embedding) and k > 0:
        left = _candidates(embedding, words, vector, k + len(excluded), metric, farthest)
    if left is None:
        left = np.arange(words)
    return best(left, scores(embedding.vectors, vector, metric, left), k, is_ascending, excluded)


def best(
    ids: Ids, found: Float64, k: int, is_ascending: bool = False, excluded: Collection[int] = ()
) -> tuple[Ids, Float64]:
    """The `k` ids with the largest scores, or the smallest, and these; ids ascend, and decide ties.

    Without the ids that are excluded or whose score is −inf.
    """
    counts = found > -np.inf
    if excluded:
        counts &= ~np.isin(ids, list(excluded))
    ids, found = ids[counts], found[counts]
    keys = found if is_ascending else -found
    if 0 < k < len(keys):
        near = np.flatnonzero(keys <= np.partition(keys, k - 1)[k - 1])
        ids, found, keys = ids[near], found[near], keys[near]
    order = np.argsort(keys, kind="stable")[: max(k, 0)]
    return ids[order], found[order]


def place_of(found: Float64, own: int, is_ascending: bool = False) -> int:
    """The place of one of some scores, 1 for the best; of scores that are equal the earlier is better."""
    better = found < found[own] if is_ascending else found > found[own]
    return 1 + int(np.count_nonzero(better) + np.count_nonzero(found[:own] == found[own]))


def _facts(small: SmallVectors) -> tuple[Float64, Float64, Float64]:
    return small.steps, small.lengths, small.errors


def _is_large(embedding: Embedding) -> bool:
    return embedding.vectors.size >= LEAST_CELLS


def _candidates(
    embedding: Embedding, words: int, vector: Float64, k: int, metric: str, farthest: bool
) -> Ids | None:
    """Ids of the words that may be among the `k` nearest of the first so many; None if these are many.

    The k-th largest of lower bounds of some keys is at most the k-th largest key: a word with a smaller upper
    bound is none of the nearest k.
    """
    from gloveui.core import nearest_kernels as kernels  # compiled code: loaded when first needed

    blocks = -(-words // kernels.BLOCK)
    if k > blocks:
        return None
    small = _made.get(embedding) or run_to_end(_make_small(embedding))
    arrays = (small.numbers, *_facts(small))
    whole, facts = _whole_numbers(vector)
    number, sign = METRICS.index(metric), -1.0 if farthest else 1.0
    upper, lower = np.empty(words), np.empty(blocks)

    def bound(first: int, last: int) -> None:
        kernels.bound_rows(*arrays, whole, facts, number, sign, first, last, upper, lower)

    _in_pieces(words, embedding.dimension, bound, kernels.BLOCK)
    left = np.flatnonzero(upper >= np.partition(lower, blocks - k)[blocks - k])
    return left if len(left) <= LARGEST_SHARE * words else None


def _width(dimension: int) -> int:
    """Numbers in a row of `SmallVectors`."""
    from gloveui.core.nearest_kernels import WIDTH  # compiled code: loaded when first needed

    return -(-dimension // WIDTH) * WIDTH


def _whole_numbers(vector: Float64) -> tuple[NDArray[np.int16], tuple[float, float, float]]:
    """A vector as whole numbers, then zeros; and their step, its length, and the length of what is lost.

    They are so small that no sum of products with numbers of one byte leaves 32 bits.
    """
    from gloveui.core.nearest_kernels import LARGEST_BYTE  # compiled code: loaded when first needed

    level = max(1, min(LARGEST_LEVEL, LARGEST_SUM // (LARGEST_BYTE * len(vector))))
    step = float(np.abs(vector).max()) / level or 1.0
    whole = np.zeros(_width(len(vector)), np.int16)
    whole[: len(vector)] = np.rint(vector / step)
    lost = vector - whole[: len(vector)] * step
    return whole, (step, float(np.linalg.norm(vector)), float(np.linalg.norm(lost)))


def _make_small(embedding: Embedding) -> Task[SmallVectors]:
    from gloveui.core import nearest_kernels as kernels  # compiled code: loaded when first needed

    vectors, words = _plain(embedding.vectors), len(embedding)
    numbers = np.zeros((words, _width(embedding.dimension)), np.int8)
    made = SmallVectors(numbers, np.empty(words), np.empty(words), np.empty(words))

    def compress(piece: tuple[int, int]) -> int:
        kernels.compress(vectors, *piece, made.numbers, made.steps, made.lengths, made.errors)
        return piece[1]

    step = max(1, CELLS_AT_ONCE // embedding.dimension)
    pieces = pairwise([*range(0, words, step), words])
    yield Progress("preparing", 0.0)
    for done in map_in_order(compress, pieces, Resources().thread_count):
        yield Progress("preparing", done / words)
    return _made.setdefault(embedding, made)


def _in_pieces(rows: int, dimension: int, work: Callable[[int, int], None], multiple: int = 1) -> None:
    """Do work on rows, from a first to before a last, on several threads where that is worth it."""
    threads = max(1, min(Resources().thread_count, rows * dimension // CELLS_A_THREAD))
    pieces = list(_pieces(rows, threads, multiple))
    if len(pieces) == 1:
        work(*pieces[0])
        return
    for _ in map_in_order(lambda piece: work(*piece), pieces, threads):
        pass


def _pieces(rows: int, number: int, multiple: int) -> Iterator[tuple[int, int]]:
    """Rows in pieces; all but the last begin and end at a multiple."""
    cuts = np.linspace(0, rows, number + 1).astype(int)[1:-1] // multiple * multiple
    return pairwise([0, *cuts.tolist(), rows])


def _plain(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """The vectors as the plain read-only array that kernels are made for, wherever they lie."""
    plain = np.ascontiguousarray(vectors).view()
    plain.setflags(write=False)
    return plain
