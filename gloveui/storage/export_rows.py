"""The words and rows that are saved, in whatever format."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from gloveui.core.embedding import Embedding
from gloveui.core.errors import SettingError, WriteFailed
from gloveui.core.lookup import lookup_table
from gloveui.core.text import printable
from gloveui.storage.export_options import ExportOptions

ROWS_AT_ONCE = 2_000


@dataclass(frozen=True, eq=False)
class ExportRows:
    """Words and their vectors.

    Attributes
    ----------
    words
        One a row.
    vectors
        float32, shape (V, D).
    """

    words: Sequence[str]
    vectors: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.words)

    @property
    def dimension(self) -> int:
        """D, the numbers of a row."""
        return int(self.vectors.shape[1])

    def pieces(self) -> Iterator[tuple[Sequence[str], NDArray[np.float32], float]]:
        """Some rows at a time, with the share that is done with them."""
        for first in range(0, len(self), ROWS_AT_ONCE):
            last = min(first + ROWS_AT_ONCE, len(self))
            yield self.words[first:last], self.vectors[first:last], last / len(self)


def export_rows(embedding: Embedding, options: ExportOptions) -> ExportRows:
    """The rows that the options ask for; special ones stand before the `first` words.

    Raises
    ------
    SettingError
        If the sides of the model are asked for and not known.
    """
    chosen = _chosen(embedding, options.vectors)
    words, vectors, most = chosen.vocabulary.words, chosen.vectors, options.first or len(chosen)
    if options.special_rows:
        table = lookup_table(chosen)
        words, vectors = table.vocabulary.words, table.vectors
        most += 2
    return ExportRows(words[:most], vectors[:most])


def _chosen(embedding: Embedding, vectors: str) -> Embedding:
    if vectors == "vectors":
        return embedding
    if vectors == "unit":
        return Embedding(embedding.vocabulary, _unit_vectors(embedding))
    if embedding.parameters is None:
        expected = "vectors / unit, for the two sides of this model are not known"
        raise SettingError(setting="vectors", expected=expected, received=vectors)
    return Embedding(embedding.vocabulary, embedding.parameters.vectors(vectors))


def _unit_vectors(embedding: Embedding) -> NDArray[np.float32]:
    unit = np.empty_like(embedding.vectors)
    for first in range(0, len(embedding), ROWS_AT_ONCE):
        ids = np.arange(first, min(first + ROWS_AT_ONCE, len(embedding)))
        unit[ids] = embedding.unit_rows(ids)
    return unit


def check_words(words: Sequence[str], path: Path, forbidden: str, place: str) -> list[bytes]:
    """The bytes of words that may have none of some characters in them.

    Raises
    ------
    WriteFailed
        With the word that cannot be written, and why.
    """
    return [_word_bytes(word, path, forbidden, place) for word in words]


def _word_bytes(word: str, path: Path, forbidden: str, place: str) -> bytes:
    if not word:
        raise refused(path, f"a word without characters cannot stand in {place}")
    found = next((character for character in forbidden if character in word), None)
    if found is not None:
        raise refused(path, f"the word {word!r} holds {found!r}, which cannot stand in {place}")
    try:
        return word.encode()
    except UnicodeEncodeError:
        raise refused(path, f"the word {word!r} has half a character, which UTF-8 cannot hold") from None


def refused(path: Path, reason: str) -> WriteFailed:
    """The error that says why nothing was written."""
    return WriteFailed(path=printable(path), reason=reason)
