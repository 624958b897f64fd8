"""Words with like contexts beside each other: by a tree of groups, for many words by an eigenvector."""

from __future__ import annotations

from itertools import pairwise
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from gloveui.core.cooccurrence import CooccurrenceMatrix
from gloveui.core.parallel import map_in_order
from gloveui.core.progress import Progress, Task
from gloveui.core.quantities import add_up, plain_arrays, pmi_terms
from gloveui.core.resources import Resources

MOST_IN_A_TREE = 2_000  # words; more are put in order by an eigenvector
MOST_BEST_ORDERED = 1_000  # words whose groups are turned so that neighbours are as near as can be
CELLS_AT_ONCE = 1 << 20  # of PPMI
PIECES = 16  # of the words whose contexts are added up apart; a fixed number, so sums are always the same
VECTORS = 8  # that are looked for at a time: the second converges the faster the more there are
MOST_ROUNDS = 30
CLOSE_ENOUGH = 1e-5  # one minus the cosine of two rounds' results

Float32: TypeAlias = NDArray[np.float32]
Float64: TypeAlias = NDArray[np.float64]
Words: TypeAlias = NDArray[np.int32]
# Starts, columns and values of the matrix; what PMI adds by row and takes off by column.
Arrays: TypeAlias = tuple[NDArray[np.int64], Words, Float32, Float32, Float32]


def by_similarity(matrix: CooccurrenceMatrix, ids: Words, resources: Resources) -> Task[Words]:
    """The ids in another order: words whose PPMI with all contexts is alike stand near each other.

    Up to `MOST_IN_A_TREE` words are joined to groups by the mean cosine of their PPMI rows, and up to
    `MOST_BEST_ORDERED` the groups are turned the best way. More words stand in the order of the second
    eigenvector of their cosines. Words without any PPMI above 0 come last. The same every time.
    """
    sums = yield from add_up(matrix, resources)
    arrays: Arrays = (*plain_arrays(matrix), *pmi_terms(sums))
    if len(ids) <= MOST_IN_A_TREE:
        return (yield from _by_tree(arrays, ids))
    return (yield from _by_eigenvector(arrays, ids, resources.thread_count))


def _by_tree(arrays: Arrays, ids: Words) -> Task[Words]:
    from gloveui.core import similarity_kernels as kernels  # compiled code: loaded when first needed

    products = yield from _products(arrays, ids)
    lengths = np.sqrt(np.diag(products))
    has_contexts = lengths > 0
    if has_contexts.sum() < 3:
        return np.concatenate([ids[has_contexts], ids[~has_contexts]])
    there = np.flatnonzero(has_contexts)
    unit = lengths[there]
    distances = 1.0 - products[np.ix_(there, there)] / np.outer(unit, unit).astype(np.float64)
    yield Progress("preparing", 0.8)
    merges = kernels.average_linkage(distances.copy())
    arranged, bounds = _arranged(merges)
    if len(there) <= MOST_BEST_ORDERED:
        turned = yield from _turned(distances[np.ix_(arranged, arranged)].astype(np.float32), bounds)
        arranged = arranged[turned]
    arranged = arranged if arranged[0] < arranged[-1] else arranged[::-1]
    return np.concatenate([ids[there[arranged]], ids[~has_contexts]])


def _products(arrays: Arrays, ids: Words) -> Task[Float32]:
    """The products of the PPMI rows of all pairs of words: float32, shape (n, n)."""
    from gloveui.core import similarity_kernels as kernels  # compiled code: loaded when first needed

    starts, size = arrays[0], len(arrays[0]) - 1
    products = np.zeros((len(ids), len(ids)), np.float32)
    next_entries, at_once = starts[ids].copy(), CELLS_AT_ONCE // len(ids)
    for first in range(0, size, at_once):
        ppmi = np.empty((len(ids), min(at_once, size - first)), np.float32)
        kernels.fill_contexts(arrays, ids, first, next_entries, ppmi)
        products += ppmi @ ppmi.T
        yield Progress("preparing", 0.7 * first / size)
    return products


def _arranged(merges: NDArray[np.int32]) -> tuple[NDArray[np.int64], list[tuple[int, int, int, int, int]]]:
    """The words group by group, and for each group where its parts and their parts lie; see `order_ends`."""
    words = len(merges) + 1
    sizes = np.ones(2 * words - 1, np.int64)
    for number, (left, right) in enumerate(merges):
        sizes[words + number] = sizes[left] + sizes[right]
    begins = np.zeros(2 * words - 1, np.int64)
    for number in range(len(merges) - 1, -1, -1):
        left, right = merges[number]
        begins[left] = begins[words + number]
        begins[right] = begins[left] + sizes[left]

    def cut(group: int) -> int:
        return int(begins[merges[group - words, 1]] if group >= words else begins[group])

    bounds = [
        (int(begins[left]), cut(left), int(begins[right]), cut(right), int(begins[right] + sizes[right]))
        for left, right in merges
    ]
    return np.argsort(begins[:words], kind="stable"), bounds


def _turned(distances: Float32, bounds: list[tuple[int, int, int, int, int]]) -> Task[NDArray[np.int32]]:
    """The order of the words in which neighbours are nearest of all that keep the groups together."""
    from gloveui.core import similarity_kernels as kernels  # compiled code: loaded when first needed

    costs = np.zeros_like(distances)
    inner = np.zeros(distances.shape, np.int32)
    for number, group in enumerate(bounds):
        kernels.order_ends(distances, group, costs, inner)
        yield Progress("preparing", 0.8 + 0.2 * number / len(bounds))
    _, _, middle, _, end = bounds[-1]
    first, last = np.unravel_index(np.argmin(costs[:middle, middle:end]), (middle, end - middle))
    return kernels.walk(inner, int(first), middle + int(last))


def _by_eigenvector(arrays: Arrays, ids: Words, threads: int) -> Task[Words]:
    """Order by the second eigenvector of the cosines S, normalised by their row sums.

    The mean row sum is added to each, as otherwise a few rare words that nobody else is like would be the
    eigenvector (Qin & Rohe 2013). S itself is never made: S = U Uᵀ with the PPMI rows of unit length in U.
    """
    from gloveui.core import similarity_kernels as kernels  # compiled code: loaded when first needed

    squares = np.zeros(len(ids))
    pieces = _pieces(arrays[0], ids)

    def measure(piece: slice) -> None:
        kernels.measure_rows(arrays, ids[piece], squares[piece])

    for _ in map_in_order(measure, pieces, threads):
        yield Progress("preparing", 0.0)
    there = np.flatnonzero(squares > 0)
    words, lengths = ids[there], np.sqrt(squares[there])
    if len(words) < VECTORS:
        return np.concatenate([words, ids[squares == 0]])
    similar = yield from _degrees(arrays, words, lengths, threads)
    roots = np.sqrt(similar + similar.mean())
    second = yield from _second_vector(arrays, words, lengths * roots, roots, threads)
    places = second / roots
    places *= 1 if places[0] <= np.median(places) else -1
    return np.concatenate([words[np.argsort(places, kind="stable")], ids[squares == 0]])


def _second_vector(
    arrays: Arrays, words: Words, scale: Float64, first: Float64, threads: int
) -> Task[Float64]:
    """The strongest eigenvector at right angles to the known first one, by iterating a few vectors."""
    first = (first / np.linalg.norm(first))[:, None]
    vectors = np.random.default_rng(0).standard_normal((len(words), VECTORS))
    found = np.zeros(len(words))
    for number in range(MOST_ROUNDS):
        vectors -= first @ (first.T @ vectors)
        vectors, _ = np.linalg.qr(vectors)
        products = yield from _similar(arrays, words, scale, vectors, threads, number / MOST_ROUNDS)
        small = vectors.T @ products
        _, turns = np.linalg.eigh((small + small.T) / 2)
        before, found = found, vectors @ turns[:, -1]
        if 1 - abs(before @ found) < CLOSE_ENOUGH:
            break
        vectors = products
    return found


def _degrees(arrays: Arrays, words: Words, lengths: Float64, threads: int) -> Task[Float64]:
    """The sum of the cosines of each word with all."""
    sums = yield from _similar(arrays, words, lengths, np.ones((len(words), 1)), threads, 0.0)
    return sums[:, 0]


def _similar(
    arrays: Arrays,
    words: Words,
    scale: Float64,
    vectors: Float64,
    threads: int,
    fraction: float,
) -> Task[Float64]:
    """P Pᵀ times some vectors, with the PPMI rows of the words divided by `scale` in P: shape (n, k)."""
    from gloveui.core import similarity_kernels as kernels  # compiled code: loaded when first needed

    contexts = np.zeros((len(arrays[0]) - 1, vectors.shape[1]), np.float32)
    scaled = (vectors / scale[:, None]).astype(np.float32)
    found = np.empty_like(scaled)
    pieces = _pieces(arrays[0], words)

    def add(piece: slice) -> Float32:
        sums = np.zeros_like(contexts)
        kernels.add_to_contexts(arrays, words[piece], scaled[piece], sums)
        return sums

    def find(piece: slice) -> None:
        kernels.add_from_contexts(arrays, words[piece], contexts, found[piece])

    for sums in map_in_order(add, pieces, threads):
        contexts += sums
        yield Progress("preparing", fraction)
    for _ in map_in_order(find, pieces, threads):
        yield Progress("preparing", fraction)
    return found / scale[:, None]


def _pieces(starts: NDArray[np.int64], words: Words) -> list[slice]:
    """The words in pieces of about the same number of pairs."""
    done = np.cumsum(np.diff(starts)[words])
    cuts = np.searchsorted(done, np.linspace(0, done[-1], PIECES + 1)[1:-1])
    edges = [0, *cuts.tolist(), len(words)]
    return [slice(first, last) for first, last in pairwise(edges) if last > first]
