"""Word vectors as a value: words, and a table of numbers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from gloveui.core.glove import GloveParameters
from gloveui.core.vocabulary import Vocabulary


@dataclass(frozen=True, eq=False)
class Embedding:
    """A frozen table of word vectors.

    Attributes
    ----------
    vocabulary
        The word of each row.
    vectors
        float32, shape (V, D), read-only.
    parameters
        The whole GloVe model behind the vectors, where it is known.
    table
        float32, shape (V + 2, D), read-only: a look-up table whose last rows are the vectors, where these lie
        in memory so; None where they do not.
    """

    vocabulary: Vocabulary
    vectors: NDArray[np.float32]
    parameters: GloveParameters | None = None
    table: NDArray[np.float32] | None = None

    def __post_init__(self) -> None:
        if self.vectors.ndim != 2 or len(self.vectors) != len(self.vocabulary):
            shape = "×".join(map(str, self.vectors.shape))
            raise ValueError(f"expected {len(self.vocabulary)} rows of numbers, got an array of {shape}")
        self.vectors.setflags(write=False)

    def __len__(self) -> int:
        return len(self.vectors)

    @property
    def dimension(self) -> int:
        """D, the numbers in a vector."""
        return int(self.vectors.shape[1])

    @cached_property
    def norms(self) -> NDArray[np.float64]:
        """float64, shape (V,), read-only: the length of each vector; float32 cannot hold every square."""
        norms = np.sqrt(np.einsum("ij,ij->i", self.vectors, self.vectors, dtype=np.float64))
        norms.setflags(write=False)
        return np.asarray(norms)

    @classmethod
    def with_norms(
        cls,
        vocabulary: Vocabulary,
        vectors: NDArray[np.float32],
        norms: NDArray[np.float64],
        table: NDArray[np.float32] | None = None,
    ) -> Embedding:
        """An embedding whose lengths of vectors, float64 of shape (V,), are known already."""
        embedding = cls(vocabulary, vectors, table=table)
        if norms.shape != (len(embedding),):
            raise ValueError(f"expected {len(embedding)} lengths, got an array of {norms.shape}")
        norms.setflags(write=False)
        embedding.__dict__["norms"] = norms  # where the cached property keeps what it has computed
        return embedding

    def unit_rows(self, ids: NDArray[np.integer]) -> NDArray[np.float64]:
        """float64, shape (n, D): the vectors of some words at length 1; a vector of zeros stays zero."""
        lengths = self.norms[ids][:, None]
        return np.asarray(self.vectors[ids] / np.where(lengths > 0, lengths, 1.0))

    def vector(self, word: str) -> NDArray[np.float32]:
        """float32, shape (D,): the vector of a word; raises `UnknownWord`."""
        row: NDArray[np.float32] = self.vectors[self.vocabulary.id_of(word)]
        return row
