"""The words nearest to a vector, exactly: every number is read as it is and added up in float64."""

from __future__ import annotations

from collections.abc import Collection
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from gloveui.core.embedding import Embedding
from gloveui.core.progress import Progress, Task

METRICS = ("cosine", "dot", "euclidean")

Float64: TypeAlias = NDArray[np.float64]
Ids: TypeAlias = NDArray[np.int64]


def prepare_nearest(embedding: Embedding) -> Task[None]:
    """Make ready what questions to an embedding need, so that the first one is not slower than others."""
    yield Progress("preparing", 0.0)
    _ = embedding.norms


def scores(embedding: Embedding, vector: Float64, metric: str, ids: Ids) -> Float64:
    """float64, shape (n,): the score of each word for a vector of shape (D,).

    ``"cosine"``: the product of the vector with the word's vector at length 1, which is the cosine if the
    vector has length 1 too, −inf for a word of zeros; ``"dot"``: their product; ``"euclidean"``: their
    distance.
    """
    rows = embedding.vectors[ids].astype(np.float64)
    if metric == "euclidean":
        return np.asarray(np.sqrt(((rows - vector) ** 2).sum(axis=1)))
    products = rows @ vector
    if metric == "dot":
        return np.asarray(products)
    norms = embedding.norms[ids]
    return np.where(norms > 0, products / np.where(norms > 0, norms, 1.0), -np.inf)


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
    ids = np.arange(among if 0 < among < len(embedding) else len(embedding), dtype=np.int64)
    ids = ids[~np.isin(ids, list(excluded))]
    found = scores(embedding, vector, metric, ids)
    ids, found = ids[np.isfinite(found)], found[np.isfinite(found)]
    is_ascending = (metric == "euclidean") != farthest
    order = np.argsort(found if is_ascending else -found, kind="stable")[: max(k, 0)]
    return ids[order], found[order]
