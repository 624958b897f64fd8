"""Counts of word pairs as glove_python's ``Corpus`` gives them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from gloveui.compatible.saved import json_text, plain_dictionary, read_dictionary, read_saved, saved_array
from gloveui.core.cooccurrence import CountOptions, count_cooccurrences
from gloveui.core.errors import NoPairs
from gloveui.core.progress import run_to_end
from gloveui.core.resources import Resources
from gloveui.core.text import TextSummary
from gloveui.core.tokens import SENTENCE_BREAK, TokenOptions, TokenStream
from gloveui.core.vocabulary import Vocabulary
from gloveui.storage.tensor_files import write_tensors
from gloveui.storage.vector_rows import vector_file_error

if TYPE_CHECKING:
    from scipy.sparse import coo_matrix

MISSING, BREAK = -1, -2
MEMORY = "the sentences"  # what errors call a text that has no file


class Corpus:
    """Counts of word pairs in sentences.

    Parameters
    ----------
    dictionary
        Ids of the words, 0 to n − 1; without it, words get ids in the order in which they are first seen.

    Attributes
    ----------
    dictionary
        Word → id.
    matrix
        scipy COO, float64, shape (n, n): X_ij for i < j, a pair d words apart counting 1/d; None before
        `fit`. Pairs of the same word are not counted.
    """

    def __init__(self, dictionary: dict[str, int] | None = None) -> None:
        self.dictionary: dict[str, int] = {}
        self.dictionary_supplied = False
        self.matrix: coo_matrix | None = None
        if dictionary is not None:
            _check_dictionary(dictionary)
            self.dictionary = dictionary
            self.dictionary_supplied = True

    def fit(
        self,
        corpus: Iterable[Sequence[str]],
        window: int = 10,
        max_map_size: int = 1000,
        ignore_missing: bool = False,
    ) -> None:
        """Count the pairs in lists of words, each a sentence.

        Parameters
        ----------
        corpus
            Lists of words.
        window
            Words looked at on each side, 1 to 1000.
        max_map_size
            Without effect: glove_python's memory for speed, which is not needed here.
        ignore_missing
            Whether words that a supplied dictionary does not have are passed over, keeping their place.

        Raises
        ------
        KeyError
            If a word is missing from the supplied dictionary and is not to be ignored.
        TypeError
            If a sentence is a string.
        """
        ids = self._ids(corpus, ignore_missing)
        self.matrix = _upper_counts(ids, len(self.dictionary), window)

    def save(self, filename: str | Path) -> None:
        """Write dictionary and matrix as safetensors; words have to be strings."""
        tensors: dict[str, NDArray[Any]] = {}
        if self.matrix is not None:
            tensors = {"row": self.matrix.row, "col": self.matrix.col, "data": self.matrix.data}
        write_tensors(
            Path(filename), tensors, {"corpus": json_text({"dictionary": plain_dictionary(self.dictionary)})}
        )

    @classmethod
    def load(cls, filename: str | Path) -> Corpus:
        """Read what `save` wrote; raises `VectorFileError`."""
        from scipy.sparse import coo_matrix

        path, instance = Path(filename), cls()
        arrays, values = read_saved(path, "corpus")
        instance.dictionary = read_dictionary(values, path) or {}
        if arrays:
            size = len(instance.dictionary)
            row, col, data = (saved_array(arrays, name, path) for name in ("row", "col", "data"))
            try:
                instance.matrix = coo_matrix((data, (row, col)), shape=(size, size), dtype=np.float64)
            except (ValueError, TypeError) as error:
                raise vector_file_error(path, "tensors", f"counts of {size} words", error) from error
        return instance

    def _ids(self, corpus: Iterable[Sequence[str]], ignore_missing: bool) -> NDArray[np.int64]:
        """int64: an id for each word or `MISSING`, and `BREAK` after each sentence."""
        dictionary, ids = self.dictionary, []
        for words in corpus:
            if isinstance(words, str):
                raise TypeError("Expected list, got str: a sentence is a list of words")
            if self.dictionary_supplied:
                found = [dictionary.get(word, MISSING) for word in words]
                if MISSING in found and not ignore_missing:
                    raise KeyError("Word missing from dictionary")
            else:
                found = [dictionary.setdefault(word, len(dictionary)) for word in words]
            ids.extend(found)
            ids.append(BREAK)
        return np.array(ids, np.int64)


def _check_dictionary(dictionary: Mapping[str, int]) -> None:
    if max(dictionary.values(), default=-1) != len(dictionary) - 1:
        raise ValueError("The largest id in the dictionary should be equal to its length minus one.")
    if min(dictionary.values(), default=0) != 0:
        raise ValueError("Dictionary ids should start at zero")


def _upper_counts(ids: NDArray[np.int64], size: int, window: int) -> coo_matrix:
    """Counts of pairs of different words, the smaller id first."""
    from scipy.sparse import coo_matrix

    frequencies = np.bincount(ids[ids >= 0], minlength=size)
    order = np.argsort(-frequencies, kind="stable")  # the counter wants frequent words first
    try:
        counts = _counts(ids, order, frequencies[order], window)
    except NoPairs:
        return coo_matrix((size, size), dtype=np.float64)
    one, other = order[counts.row], order[counts.col]
    upper = one < other
    places = one[upper].astype(np.int32), other[upper].astype(np.int32)
    return coo_matrix((counts.data[upper].astype(np.float64), places), shape=(size, size))


def _counts(
    ids: NDArray[np.int64], order: NDArray[np.intp], frequencies: NDArray[np.int64], window: int
) -> coo_matrix:
    """Counts over ranks by frequency; a word that is missing keeps its place."""
    options = CountOptions(window=window, min_count=1, keep_positions=True)
    used = int(np.count_nonzero(frequencies))
    if used == 0:
        raise NoPairs(path=MEMORY)
    ranks = np.empty(len(order) + 2, np.int32)
    ranks[order] = np.arange(len(order), dtype=np.int32)
    ranks[BREAK], ranks[MISSING] = SENTENCE_BREAK, len(order)  # the last entries, for ids below zero
    vocabulary = Vocabulary((f"rank {rank}" for rank in range(used)), frequencies[:used])
    stream = TokenStream(ranks[ids], vocabulary, _summary(ids), TokenOptions(tokenizer="whitespace"))
    return run_to_end(count_cooccurrences(stream, options, Resources())).to_scipy()


def _summary(ids: NDArray[np.int64]) -> TextSummary:
    return TextSummary(MEMORY, "int64", hashlib.sha256(ids.tobytes()).hexdigest(), ids.nbytes)
