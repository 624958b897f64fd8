"""Words in a plane: by principal components, t-SNE, UMAP, or along axes that words name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from gloveui.core.embedding import Embedding
from gloveui.core.errors import AllVectorsAlike, EqualEnds, SettingError, TooFewWords
from gloveui.core.neighbour_graph import neighbour_graph
from gloveui.core.pca import principal_components
from gloveui.core.progress import Progress, Task, run_to_end
from gloveui.core.queries import query_vector
from gloveui.core.resources import Resources
from gloveui.core.setting_checks import LARGEST_SEED, choice, number, whole_number
from gloveui.core.tsne import NEIGHBOURS_PER_PERPLEXITY, fitting_perplexity, tsne_layout
from gloveui.core.umap_layout import umap_layout

LEAST_FOR_NEIGHBOURS = 4  # words: with three, a perplexity of 1 has nothing to choose from
BLOCK_WORDS = 8_192

Float32: TypeAlias = NDArray[np.float32]
Float64: TypeAlias = NDArray[np.float64]
Ids: TypeAlias = NDArray[np.int64]
Ends: TypeAlias = tuple[str, str]


@dataclass(frozen=True, eq=False)
class Projection:
    """Where words are in a plane.

    Attributes
    ----------
    ids
        int64, shape (n,), read-only: the words, in the order they were asked for.
    positions
        float32, shape (n, 2), read-only: always finite.
    method
        ``"pca"``, ``"tsne"``, ``"umap"`` or ``"axes"``.
    axes
        For axes by words: what stands at the ends (from, to) of x and of y.
    explained
        For PCA: the shares of the variance along x and y.
    seed
        What random numbers began with; the same seed, the same positions.
    is_approximate
        Whether the nearest words that t-SNE and UMAP begin with were found approximately.
    """

    ids: Ids
    positions: Float32
    method: str
    axes: tuple[Ends, Ends] | None = None
    explained: tuple[float, float] | None = None
    seed: int = 0
    is_approximate: bool = False

    def __post_init__(self) -> None:
        self.ids.setflags(write=False)
        self.positions.setflags(write=False)

    def __len__(self) -> int:
        return len(self.ids)


def project(
    embedding: Embedding, method: str = "pca", words: Sequence[str] | int = 0, **settings: Any
) -> Projection:
    """Words in a plane.

    Parameters
    ----------
    embedding
        The model.
    method
        ``"pca"``, ``"tsne"``, ``"umap"`` or ``"axes"``.
    words
        Which words; a number takes the most frequent ones, 0 all.
    settings
        What the method takes: see `pca`, `tsne`, `umap` and, for axes, `word_axes`.

    Raises
    ------
    UnknownWord
        If one of the words, or of those that name an axis, is not in the vocabulary.
    SettingError
        If there is no such method, or a setting is out of its bounds.
    GloveError
        If a method cannot lay out these words; the kinds are named there.
    """
    tasks: dict[str, Callable[..., Task[Projection]]]
    tasks = {"pca": pca, "tsne": tsne, "umap": umap, "axes": word_axes}
    task = tasks[choice("method", method, tuple(tasks))]
    return run_to_end(task(embedding, chosen_ids(embedding, words), **settings))


def chosen_ids(embedding: Embedding, words: Sequence[str] | int = 0) -> Ids:
    """int64: ids of words in the order given, or of so many of the most frequent, 0 for all.

    Raises `UnknownWord` for the first word that is not in the vocabulary.
    """
    if isinstance(words, int | np.integer):
        count = whole_number("words", words, 0)
        return np.arange(min(count, len(embedding)) if count else len(embedding))
    return embedding.vocabulary.ids_of(words)


def pca(embedding: Embedding, ids: Ids, *, unit: bool = True) -> Task[Projection]:
    """The two directions in which the words differ most; `unit`: at length 1, else as they are.

    Any number of words will do; words with the same vector are in the same place.
    """
    found = yield from principal_components(embedding, _as_ids(ids), unit=unit)
    positions = found.positions.astype(np.float32)
    yield Progress("projecting", 1.0, positions.copy())
    return Projection(_as_ids(ids), positions, "pca", explained=found.shares)


def tsne(
    embedding: Embedding,
    ids: Ids,
    perplexity: float = 30.0,
    iterations: int = 750,
    seed: int = 0,
    resources: Resources | None = None,
) -> Task[Projection]:
    """The words by t-SNE (van der Maaten & Hinton 2008): words near by cosine stay near.

    It begins with the principal components; a perplexity above a third of the other words is lowered to that.
    Some Progress carry the positions as they are, float32 [n, 2], as their detail, about ten times a second.

    Raises
    ------
    TooFewWords
        If there are fewer than four words.
    AllVectorsAlike
        If all of them have the same vector.
    SettingError
        If a number is out of its bounds.
    """
    ids, seed = _as_ids(ids), whole_number("seed", seed, 0, LARGEST_SEED)
    perplexity = number("perplexity", perplexity, 1, 1_000)
    iterations = whole_number("iterations", iterations, 1)
    begin = yield from _begin(embedding, ids)
    perplexity = fitting_perplexity(perplexity, len(ids))
    graph = yield from neighbour_graph(embedding, ids, round(NEIGHBOURS_PER_PERPLEXITY * perplexity))
    threads = (resources or Resources()).thread_count
    positions = yield from tsne_layout(graph, begin, perplexity, iterations, seed, threads)
    return Projection(ids, positions, "tsne", seed=seed, is_approximate=graph.is_approximate)


def umap(
    embedding: Embedding,
    ids: Ids,
    neighbours: int = 15,
    min_distance: float = 0.1,
    epochs: int = 0,
    seed: int = 0,
) -> Task[Projection]:
    """The words by UMAP (McInnes, Healy & Melville 2018), as `tsne`: what it begins with, details, errors.

    `neighbours` with the word itself, as umap-learn counts them; at most all. `epochs` 0 takes 500 up to
    10,000 words and 200 above.
    """
    ids, seed = _as_ids(ids), whole_number("seed", seed, 0, LARGEST_SEED)
    neighbours = whole_number("neighbours", neighbours, 2, 1_000)
    min_distance = number("min_distance", min_distance, 0, 0.99)
    epochs = whole_number("epochs", epochs, 0)
    begin = yield from _begin(embedding, ids)
    graph = yield from neighbour_graph(embedding, ids, neighbours - 1)
    positions = yield from umap_layout(graph, begin, min_distance, epochs, seed)
    return Projection(ids, positions, "umap", seed=seed, is_approximate=graph.is_approximate)


def word_axes(embedding: Embedding, ids: Ids, x: Ends, y: Ends) -> Task[Projection]:
    """The words along two directions, each from one word or expression to another.

    A coordinate is the cosine between the word and the difference of the ends' unit vectors: 1 is the
    direction from the first to the second itself, 0 leans to neither. A word of zeros is at 0. The axes need
    not be at right angles in the space of the vectors.

    Raises
    ------
    EqualEnds
        If two ends point the same way.
    UnknownWord, ExpressionError
        If an end is neither a word nor an expression of words.
    SettingError
        If an axis is no pair of ends.
    """
    ids = _as_ids(ids)
    directions = np.stack([_direction(embedding, "x", x), _direction(embedding, "y", y)], axis=1)  # [D, 2]
    positions = np.empty((len(ids), 2), np.float32)
    for first in range(0, len(ids), BLOCK_WORDS):
        chosen = ids[first : first + BLOCK_WORDS]
        positions[first : first + BLOCK_WORDS] = embedding.unit_rows(chosen) @ directions
        yield Progress("projecting", first / len(ids))
    return Projection(ids, positions, "axes", axes=(x, y))


def aligned(positions: Float32, reference: Float32) -> Float32:
    """The positions moved, turned, scaled and, where that fits better, mirrored, to lie over a reference.

    Orthogonal Procrustes with scale: the sum of squared distances to `reference`, float32 [n, 2] of the same
    words, is the smallest there is. Distances within the positions keep their ratios.
    """
    if len(positions) == 0:
        return positions.copy()
    here, there = positions.astype(np.float64), reference.astype(np.float64)
    centre = there.mean(axis=0)
    here -= here.mean(axis=0)
    left, sizes, right = np.linalg.svd(here.T @ (there - centre))
    spread = float((here * here).sum())
    scale = float(sizes.sum()) / spread if spread > 0 and sizes.sum() > 0 else 1.0
    over: Float32 = (scale * (here @ (left @ right)) + centre).astype(np.float32)
    return over


def _direction(embedding: Embedding, axis: str, ends: Ends) -> Float64:
    """float64, shape (D,), of length 1: from the direction of one query to that of another."""
    if isinstance(ends, str) or len(ends) != 2:
        raise SettingError(setting=axis, expected="a pair: from, to", received=ends)
    vectors = [query_vector(embedding, text) for text in ends]
    units = [vector / (np.linalg.norm(vector) or 1.0) for vector in vectors]
    direction = units[1] - units[0]
    length = float(np.linalg.norm(direction))
    if length < 1e-6:
        raise EqualEnds(first=ends[0], second=ends[1])
    return np.asarray(direction / length)


def _begin(embedding: Embedding, ids: Ids) -> Task[Float64]:
    """The principal components that t-SNE and UMAP begin with: float64 [n, 2]; checks that there are some."""
    if len(ids) < LEAST_FOR_NEIGHBOURS:
        raise TooFewWords(expected=LEAST_FOR_NEIGHBOURS, received=len(ids))
    found = yield from principal_components(embedding, _as_ids(ids))
    if found.shares[0] == 0:
        raise AllVectorsAlike(received=len(ids))
    return found.positions


def _as_ids(ids: Ids) -> Ids:
    """The ids as an array of their own."""
    return np.array(ids, np.int64)
