"""Words in a plane: by principal components, t-SNE, UMAP, or along axes that words name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from gloveui.core.embedding import Embedding
from gloveui.core.errors import AllVectorsAlike, EqualEnds, TooFewWords
from gloveui.core.pca import principal_components
from gloveui.core.progress import Progress, Task

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


def pca(embedding: Embedding, ids: Ids, *, unit: bool = True) -> Task[Projection]:
    """The two directions in which the words differ most; `unit`: at length 1, else as they are.

    Any number of words will do; words with the same vector are in the same place.
    """
    found = yield from principal_components(embedding, _as_ids(ids), unit=unit)
    positions = found.positions.astype(np.float32)
    yield Progress("projecting", 1.0, positions.copy())
    return Projection(_as_ids(ids), positions, "pca", explained=found.shares)


def tsne(
    embedding: Embedding, ids: Ids, perplexity: float = 30, iterations: int = 750, seed: int = 0
) -> Task[Projection]:
    """t-SNE of the words by cosine; every Progress with positions carries them as its detail.

    Raises
    ------
    TooFewWords
        If there are fewer than four words.
    AllVectorsAlike
        If all of them have the same vector.
    """
    import openTSNE

    start = yield from _start(embedding, ids)
    perplexity = min(perplexity, (len(ids) - 1) / 3)
    affinities = openTSNE.affinity.PerplexityBasedNN(
        embedding.vectors[ids], perplexity=perplexity, metric="cosine", method="exact"
    )
    layout = openTSNE.TSNEEmbedding(start / start[:, 0].std() * 1e-4, affinities, random_state=seed)
    for done in range(0, iterations, 25):
        exaggeration, momentum = (12, 0.5) if done < iterations / 3 else (1, 0.8)
        layout.optimize(25, inplace=True, exaggeration=exaggeration, momentum=momentum)
        yield Progress("placing", done / iterations, np.array(layout, np.float32))
    return Projection(_as_ids(ids), np.array(layout, np.float32), "tsne", seed=seed)


def umap(
    embedding: Embedding,
    ids: Ids,
    neighbours: int = 15,
    min_distance: float = 0.1,
    epochs: int = 0,
    seed: int = 0,
) -> Task[Projection]:
    """UMAP of the words by cosine, `epochs` 0 for as many as suit; details and errors as `tsne`."""
    from umap import UMAP

    start = yield from _start(embedding, ids)
    layout = UMAP(
        n_neighbors=min(neighbours, len(ids) - 1), min_dist=min_distance, n_epochs=epochs or None,
        metric="cosine", init=start * 10 / np.abs(start).max(), random_state=seed, n_jobs=1,
    )  # fmt: skip
    yield Progress("placing")
    positions = np.asarray(layout.fit_transform(embedding.vectors[ids]), np.float32)
    yield Progress("placing", 1.0, positions.copy())
    return Projection(_as_ids(ids), positions, "umap", seed=seed)


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
    """
    ids = _as_ids(ids)
    directions = np.stack([_direction(embedding, *x), _direction(embedding, *y)], axis=1)  # [D, 2]
    positions = np.empty((len(ids), 2), np.float32)
    for first in range(0, len(ids), BLOCK_WORDS):
        chosen = ids[first : first + BLOCK_WORDS]
        lengths = np.where(embedding.norms[chosen] > 0, embedding.norms[chosen], 1.0)
        positions[first : first + BLOCK_WORDS] = embedding.vectors[chosen] @ directions / lengths[:, None]
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
    return (scale * (here @ (left @ right)) + centre).astype(np.float32)


def _direction(embedding: Embedding, start: str, end: str) -> Float64:
    """float64, shape (D,), of length 1: from the direction of one query to that of another."""
    from gloveui.core.queries import query_vector

    ends = [query_vector(embedding, text) for text in (start, end)]
    units = [vector / (np.linalg.norm(vector) or 1.0) for vector in ends]
    direction = units[1] - units[0]
    length = float(np.linalg.norm(direction))
    if length < 1e-6:
        raise EqualEnds(first=start, second=end)
    return np.asarray(direction / length)


def _start(embedding: Embedding, ids: Ids) -> Task[Float64]:
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
