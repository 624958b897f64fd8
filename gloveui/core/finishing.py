"""From a trained model to the vectors that are used: which of them, and what is taken out of them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from gloveui.core.embedding import Embedding
from gloveui.core.glove import GloveConfig, GloveParameters
from gloveui.core.vocabulary import Vocabulary

DIMENSIONS_A_COMPONENT = 100  # one direction is taken out for so many dimensions


def finished_embedding(vocabulary: Vocabulary, parameters: GloveParameters, config: GloveConfig) -> Embedding:
    """The embedding that the settings ask for; the whole model stays with it."""
    vectors = parameters.vectors(config.vectors)
    if config.post_processing != "none":
        components = 0
        if config.post_processing == "all_but_the_top":
            components = max(1, vectors.shape[1] // DIMENSIONS_A_COMPONENT)
        vectors = without_common_directions(vectors, components)
    return Embedding(vocabulary, vectors, parameters)


def without_common_directions(vectors: NDArray[np.float32], components: int) -> NDArray[np.float32]:
    """float32, shape (V, D): the vectors less their mean and so many of their strongest directions.

    Notes
    -----
    Mu & Viswanath (2018), "All-but-the-top": what all words share says nothing about any of them.
    """
    centred: NDArray[np.float64] = vectors - vectors.mean(axis=0, dtype=np.float64)
    if components == 0:
        return np.asarray(centred, np.float32)
    _, directions = np.linalg.eigh(centred.T @ centred)  # ascending
    strongest = directions[:, -components:]
    return np.asarray(centred - (centred @ strongest) @ strongest.T, np.float32)
