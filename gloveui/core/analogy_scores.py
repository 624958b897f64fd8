"""The scores of all words as answers to analogies, from their cosines with the words that are given."""

from __future__ import annotations

from collections import OrderedDict

import numpy as np
from numpy.typing import NDArray

from gloveui.core.embedding import Embedding
from gloveui.core.nearest import scores
from gloveui.core.queries import cosmul

ROOM = 256 * 2**20  # bytes of cosines that are kept: of 80 words with 400,000 others
LEAST_KEPT = 3  # words of one question
_NO_STEP = 1e-12  # square of a length

Scores = NDArray[np.float64]


class AnalogyScores:
    """Scores of the most frequent words as answers; analogies that share words share the work.

    Parameters
    ----------
    embedding
        The vectors that answer.
    among
        Only so many of the most frequent words are answers; 0 for all.
    """

    def __init__(self, embedding: Embedding, among: int = 0) -> None:
        self._embedding = embedding
        self._size = among if 0 < among < len(embedding) else len(embedding)
        self._ids = np.arange(self._size)
        self._kept: OrderedDict[int, Scores] = OrderedDict()  # the one that was asked for last at the end

    @property
    def ids(self) -> NDArray[np.int64]:
        """int64, shape (n,): the words that may be answers."""
        return self._ids

    def of(self, a: int, b: int, c: int, method: str) -> Scores:
        """float64, shape (n,): the score of each word d as in `queries.analogy`; −inf for a word of zeros.

        Notes
        -----
        A direction needs no vectors, either: with x = cos(d, c), |d − c|² = 2 − 2x for vectors of length 1.
        """
        to_a, to_b, to_c = (self._cosines(index) for index in (a, b, c))
        has_direction = np.isfinite(to_a)
        if method == "add":
            with np.errstate(invalid="ignore"):
                found = to_b - to_a + to_c
        elif method == "multiply":
            with np.errstate(invalid="ignore"):
                found = cosmul(to_a, to_b, to_c)
        else:
            found = self._step_cosines((a, b, c), to_a, to_b, to_c)
        return np.asarray(np.where(has_direction, found, -np.inf))

    def _step_cosines(self, given: tuple[int, int, int], to_a: Scores, to_b: Scores, to_c: Scores) -> Scores:
        a, b, c = self._embedding.unit_rows(np.array(given))
        arrow = b - a
        with np.errstate(invalid="ignore"):
            squares = (1 + c @ c - 2 * to_c) * (arrow @ arrow)
            along = to_b - to_a - c @ arrow
        there = squares > _NO_STEP
        return np.asarray(np.where(there, along, 0.0) / np.sqrt(np.where(there, squares, 1.0)))

    def _cosines(self, index: int) -> Scores:
        """float64, shape (n,): the cosine of a word with each; −inf for a word of zeros."""
        if index in self._kept:
            self._kept.move_to_end(index)
            return self._kept[index]
        unit = self._embedding.unit_rows(np.array([index]))[0]
        found = scores(self._embedding.vectors, unit, "cosine", self._ids)
        self._kept[index] = found
        while len(self._kept) > max(ROOM // max(8 * self._size, 1), LEAST_KEPT):
            self._kept.popitem(last=False)
        return found
