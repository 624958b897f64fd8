"""GloVe with the names of glove_python's ``Glove``."""

from __future__ import annotations

import numbers
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gloveui.compatible.saved import json_text, plain_dictionary, read_dictionary, read_saved, saved_array
from gloveui.core.cooccurrence import CooccurrenceMatrix, CountOptions
from gloveui.core.errors import NoPairs
from gloveui.core.glove import GloveConfig
from gloveui.core.progress import Progress, run_to_end
from gloveui.core.resources import Resources
from gloveui.core.training import Trainer
from gloveui.core.vocabulary import Vocabulary
from gloveui.storage.embedding_files import load_vectors
from gloveui.storage.tensor_files import write_tensors
from gloveui.storage.vector_rows import vector_file_error


class Glove:
    """GloVe vectors from the counts of a `Corpus`.

    Trained by `core.training.Trainer` (Stanford's rule: word and context vectors, AdaGrad), not by
    glove_python's, which has one set of vectors for both; so numbers differ from its own. Equal counts,
    settings and `random_state` give equal vectors on any number of threads.

    Parameters
    ----------
    no_components
        D, the numbers in a vector.
    learning_rate, alpha, max_count
        η, α and x_max.
    max_loss
        Bounds the gradient as glove_python's does, but each of its numbers (`GloveConfig.gradient_clip`):
        there it bounds f·diff, the factor that they share.
    random_state
        A seed, a numpy RandomState, or None for numpy's own.

    Attributes
    ----------
    word_vectors
        W + W̃: float64, shape (V, D); None before `fit`.
    word_biases
        b + b̃: float64, shape (V,).
    dictionary, inverse_dictionary
        Word → id and id → word, after `add_dictionary`.
    """

    def __init__(
        self,
        no_components: int = 30,
        learning_rate: float = 0.05,
        alpha: float = 0.75,
        max_count: float = 100,
        max_loss: float = 10.0,
        random_state: Any = None,
    ) -> None:
        self.no_components = no_components
        self.learning_rate = float(learning_rate)
        self.alpha = float(alpha)
        self.max_count = float(max_count)
        self.max_loss = max_loss
        self.random_state = random_state
        self.word_vectors: NDArray[np.float64] | None = None
        self.word_biases: NDArray[np.float64] | None = None
        self.dictionary: Mapping[str, int] | None = None
        self.inverse_dictionary: dict[int, str] | None = None

    def fit(self, matrix: Any, epochs: int = 5, no_threads: int = 2, verbose: bool = False) -> None:
        """Train on counts as `Corpus.matrix` has them: one triangle, which is mirrored first.

        A matrix with entries on both sides of its diagonal is taken as it is; entries for the same pair are
        added.

        Raises
        ------
        ValueError
            If the matrix is not square, not COO, or has a count that is negative or not finite.
        NoPairs
            If it has no counts.
        TrainingDiverged
            If the vectors leave all bounds.
        """
        counts = _symmetric_counts(matrix)
        config = GloveConfig(
            dimension=self.no_components,
            epochs=epochs,
            learning_rate=self.learning_rate,
            x_max=self.max_count,
            alpha=self.alpha,
            gradient_clip=float(self.max_loss),
            seed=_seed(self.random_state),
        )
        announce = _Announcement(epochs, no_threads) if verbose else None
        embedding = run_to_end(
            Trainer(counts, config, Resources(threads=no_threads, device="cpu")).run(), announce
        )
        parameters = embedding.parameters
        assert parameters is not None  # a trainer's embedding brings its model
        self.word_vectors = embedding.vectors.astype(np.float64)
        self.word_biases = (parameters.word_biases + parameters.context_biases).astype(np.float64)

    def add_dictionary(self, dictionary: Mapping[str, int]) -> None:
        """Give the words of the rows, for `most_similar`."""
        if self.word_vectors is None:
            raise RuntimeError("Model must be fit before adding a dictionary")
        if len(dictionary) > len(self.word_vectors):
            raise ValueError("Dictionary length must be smaller or equal to the number of word vectors")
        self.dictionary = dictionary
        self.inverse_dictionary = {index: word for word, index in dictionary.items()}

    def most_similar(self, word: str, number: int = 5) -> list[tuple[str, float]]:
        """The nearest words with their cosine, nearest first: `number` − 1 of them, as in glove_python.

        That takes the `number` nearest, and drops the first, which is the word itself.
        """
        if self.word_vectors is None:
            raise RuntimeError("Model must be fit before querying")
        if self.dictionary is None or self.inverse_dictionary is None:
            raise RuntimeError("No word dictionary supplied")
        if word not in self.dictionary:
            raise LookupError("Word not in dictionary")
        scores = _cosines(self.word_vectors, self.word_vectors[self.dictionary[word]])
        nearest = np.argsort(-scores)[:number].tolist()
        found = [
            (self.inverse_dictionary[i], float(scores[i])) for i in nearest if i in self.inverse_dictionary
        ]
        return found[1:]

    def save(self, filename: str | Path) -> None:
        """Write vectors, biases, settings and dictionary as safetensors.

        A `random_state` is kept if it is a seed.
        """
        tensors: dict[str, NDArray[Any]] = {}
        if self.word_vectors is not None and self.word_biases is not None:
            tensors = {"word_vectors": self.word_vectors, "word_biases": self.word_biases}
        is_seed = isinstance(self.random_state, numbers.Integral)
        values = {
            "no_components": self.no_components,
            "learning_rate": self.learning_rate,
            "alpha": self.alpha,
            "max_count": self.max_count,
            "max_loss": self.max_loss,
            "random_state": int(self.random_state) if is_seed else None,
            "dictionary": None if self.dictionary is None else plain_dictionary(self.dictionary),
        }
        write_tensors(Path(filename), tensors, {"glove": json_text(values)})

    @classmethod
    def load(cls, filename: str | Path) -> Glove:
        """Read what `save` wrote; raises `VectorFileError`."""
        path = Path(filename)
        arrays, values = read_saved(path, "glove")
        dictionary = read_dictionary(values, path)
        values.pop("dictionary", None)
        try:
            instance = cls(**values)
        except (TypeError, ValueError) as error:
            raise vector_file_error(path, "header", "settings of a Glove", error) from error
        rows = 0
        if arrays:
            vectors, biases = (saved_array(arrays, name, path) for name in ("word_vectors", "word_biases"))
            if vectors.ndim != 2 or biases.shape != vectors.shape[:1]:
                raise vector_file_error(path, "tensors", "a vector and a bias for each word", "others")
            instance.word_vectors, instance.word_biases, rows = vectors, biases, len(vectors)
        if dictionary is not None:
            if not set(dictionary.values()) <= set(range(rows)):
                raise vector_file_error(path, "header", f"words with ids below {rows}", "others")
            instance.add_dictionary(dictionary)
        return instance

    @classmethod
    def load_stanford(cls, filename: str | Path) -> Glove:
        """Vectors as Stanford's GloVe writes them, ``word v1 v2 …``; biases are zero."""
        embedding = load_vectors(Path(filename))
        instance = cls(no_components=embedding.dimension)
        instance.word_vectors = embedding.vectors.astype(np.float64)
        instance.word_biases = np.zeros(len(embedding))
        instance.add_dictionary({word: index for index, word in enumerate(embedding.vocabulary)})
        return instance


class _Announcement:
    """Writes the lines that glove_python's `verbose` prints."""

    def __init__(self, epochs: int, threads: int) -> None:
        self._epochs = epochs
        self._announced = 0
        sys.stdout.write(f"Performing {epochs} training epochs with {threads} threads\n")

    def __call__(self, progress: Progress) -> None:
        begun = 0.0 if progress.detail is None else progress.detail.position
        while self._announced <= min(begun, self._epochs - 1):
            sys.stdout.write(f"Epoch {self._announced}\n")
            self._announced += 1


def _symmetric_counts(matrix: Any) -> CooccurrenceMatrix:
    """The counts that a COO matrix means, as the trainer takes them."""
    if len(matrix.shape) != 2 or matrix.shape[0] != matrix.shape[1]:
        raise ValueError("Coocurrence matrix must be square")
    if getattr(matrix, "format", None) != "coo":
        raise ValueError("Coocurrence matrix must be in the COO format")
    if not np.isfinite(matrix.data).all() or (matrix.data < 0).any():
        raise ValueError("expected counts that are finite and not negative, got another one")
    rows = matrix.tocsr().astype(np.float32)
    if (matrix.row <= matrix.col).all() or (matrix.row >= matrix.col).all():
        diagonal = rows.diagonal()
        rows = rows + rows.T
        rows.setdiag(diagonal)
    rows.sum_duplicates()
    rows.eliminate_zeros()
    if rows.nnz == 0:
        raise NoPairs(path="the matrix")
    words = Vocabulary(map(str, range(matrix.shape[0])))
    starts, columns = rows.indptr.astype(np.int64), rows.indices.astype(np.int32)
    return CooccurrenceMatrix(starts, columns, rows.data, words, CountOptions(min_count=1))


def _seed(random_state: Any) -> int:
    if random_state is None:
        # As in glove_python: `numpy.random.seed` decides.
        return int(np.random.randint(2**31))  # noqa: NPY002
    if isinstance(random_state, np.random.RandomState):
        return int(random_state.randint(2**31))
    if isinstance(random_state, numbers.Integral):
        return int(random_state)
    raise ValueError(f"{random_state!r} cannot be used to seed a numpy.random.RandomState instance")


def _cosines(vectors: NDArray[np.float64], vector: NDArray[np.float64]) -> NDArray[np.float64]:
    """float64, shape (V,): cosine of each row with `vector`; −1 for a row of zeros."""
    lengths = np.linalg.norm(vectors, axis=1) * np.linalg.norm(vector)
    cosines = np.full(len(vectors), -1.0)
    return np.divide(vectors @ vector, lengths, out=cosines, where=lengths > 0)
