"""The look-up table word → index → row: what `torch.nn.Embedding` holds."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from gloveui.core.embedding import Embedding
from gloveui.core.glove import UNKNOWN_RULES
from gloveui.core.setting_checks import choice
from gloveui.core.text import normalised
from gloveui.core.vocabulary import Vocabulary

UNKNOWN, PADDING = "<unk>", "<pad>"
SPECIAL_WORDS = (UNKNOWN, PADDING)  # their ids are their positions: 0 and 1
UNKNOWN_ID, PADDING_ID = 0, 1
RAREST_WORDS = 100
ROWS_AT_ONCE = 8_192


@dataclass(frozen=True, eq=False)
class LookupTable:
    """An embedding with rows for unknown words and for padding before its own.

    Attributes
    ----------
    vocabulary
        ``<unk>``, ``<pad>``, then the words of the embedding.
    vectors
        float32, shape (V + 2, D), read-only.
    """

    vocabulary: Vocabulary
    vectors: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.vectors)

    @property
    def dimension(self) -> int:
        """D, the numbers in a row."""
        return int(self.vectors.shape[1])

    def ids(self, words: Sequence[str]) -> NDArray[np.int64]:
        """int64, shape (n,): the row of each word; that of ``<unk>`` for words the table does not have."""
        found = (self.vocabulary.get(word) for word in words)
        return np.array([UNKNOWN_ID if index is None else index for index in found], np.int64)

    def rows(self, ids: NDArray[np.int64]) -> NDArray[np.float32]:
        """float32, shape (n, D): the rows with these ids."""
        return self.vectors[ids]


def lookup_table(embedding: Embedding, unknown: str = "rarest") -> LookupTable:
    """The table of an embedding: ``<unk>`` by a rule (see `GloveConfig.unknown`), ``<pad>`` is zeros.

    Notes
    -----
    The mean of the rarest rows is what Stanford's GloVe writes for ``<unk>`` (``src/glove.c``).
    """
    choice("unknown", unknown, UNKNOWN_RULES)
    words = embedding.vocabulary
    if embedding.table is not None and _has_unknown_row(embedding, embedding.table, unknown):
        return LookupTable(_with_special_words(words), embedding.table)
    own = np.array([index for index, word in enumerate(words) if word not in SPECIAL_WORDS], np.int64)
    vectors = np.zeros((len(SPECIAL_WORDS) + len(own), embedding.dimension), np.float32)
    rows = vectors[len(SPECIAL_WORDS) :]
    np.take(embedding.vectors, own, axis=0, out=rows, mode="clip")  # "raise" makes one more copy
    if len(own):
        vectors[UNKNOWN_ID] = unknown_row(rows, unknown)
    for index, word in enumerate(SPECIAL_WORDS):
        if word in words:  # a file that brings its own row for it
            vectors[index] = embedding.vector(word)
    vectors.setflags(write=False)
    counts = np.concatenate([np.zeros(len(SPECIAL_WORDS), np.int64), words.counts[own]])
    names = (*SPECIAL_WORDS, *map(words.word, own.tolist()))
    return LookupTable(Vocabulary(names, counts if words.has_counts else None), vectors)


def sharing(embedding: Embedding, table: LookupTable) -> Embedding:
    """The embedding with the rows of its own table as vectors, so that they are in memory once.

    One with a word that is called as a special row has its rows in another order: it stays as it is.
    """
    if embedding.table is table.vectors or len(table) != len(embedding) + len(SPECIAL_WORDS):
        return embedding
    return replace(embedding, vectors=table.vectors[len(SPECIAL_WORDS) :], table=table.vectors)


def _has_unknown_row(embedding: Embedding, table: NDArray[np.float32], unknown: str) -> bool:
    return np.array_equal(table[UNKNOWN_ID], unknown_row(embedding.vectors, unknown))


def _with_special_words(words: Vocabulary) -> Vocabulary:
    counts = np.concatenate([np.zeros(len(SPECIAL_WORDS), np.int64), words.counts])
    return Vocabulary((*SPECIAL_WORDS, *words.words), counts if words.has_counts else None)


def unknown_row(vectors: NDArray[np.float32], rule: str) -> NDArray[np.float32]:
    """float32, shape (D,): the row of ``<unk>`` by a rule, from those of words, most frequent first.

    A random one is spread as the numbers of the others are, and always the same.
    """
    if rule == "rarest":
        return np.asarray(vectors[-RAREST_WORDS:].mean(axis=0, dtype=np.float64), np.float32)
    if rule == "zeros":
        return np.zeros(vectors.shape[1], np.float32)
    random = np.random.default_rng(0)
    return np.asarray(random.normal(0.0, _spread(vectors), vectors.shape[1]), np.float32)


def _spread(vectors: NDArray[np.float32]) -> float:
    """The standard deviation of all numbers, in float64; some rows at a time, for a table can be large."""
    mean = float(vectors.mean(dtype=np.float64))
    pieces = (vectors[first : first + ROWS_AT_ONCE] for first in range(0, len(vectors), ROWS_AT_ONCE))
    squares = [float(np.square(piece.astype(np.float64) - mean).sum()) for piece in pieces]
    return math.sqrt(math.fsum(squares) / vectors.size)


class PrefixIndex:
    """Finds the words that begin with what a person has typed, most frequent first.

    Words are gathered by their first letter when that is first typed: some milliseconds where sorting all of
    400,000 words, which nothing can interrupt, takes more than a second.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._words = vocabulary.words
        self._by_letter: dict[str, list[str]] = {}

    def words(self, prefix: str, limit: int = 12) -> list[str]:
        """At most `limit` words that start with `prefix`, by id."""
        prefix = normalised(prefix, lower=False)
        candidates = self._beginning_with(prefix[0]) if prefix else self._words
        return list(islice((word for word in candidates if word.startswith(prefix)), limit))

    def _beginning_with(self, letter: str) -> list[str]:
        if letter not in self._by_letter:
            self._by_letter[letter] = [word for word in self._words if word.startswith(letter)]
        return self._by_letter[letter]
