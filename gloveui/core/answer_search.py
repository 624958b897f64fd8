"""The best answers to many analogies, and the places of the expected words: exact, and all at once.

The cosines of the given words with all words come from one product of matrices for each block of words;
kernels combine three of its rows for each question. These cosines are rounded to float32: what that leaves
undecided is scored again in float64, as `queries` does it.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gloveui.core.embedding import Embedding
from gloveui.core.nearest import best, place_of
from gloveui.core.parallel import map_in_order
from gloveui.core.progress import Progress, Task
from gloveui.core.queries import answer_scores, cosmul
from gloveui.core.resources import Resources

SEARCH_METHODS = ("add", "multiply")  # their places are the numbers that kernels know them by

QUESTIONS_AT_ONCE = 8_192
COLUMNS_AT_ONCE = 2_048
CELLS_AT_ONCE = 1 << 22  # of cosines, 50 MB with the float64 they come from
FEWEST_COLUMNS = 64
QUESTIONS_A_PIECE = 1_024  # of a thread
SECONDS_A_REPORT = 0.05
BEYOND = 1e30  # any score; kernels that reorder sums know no infinity
EXPECTED_SLACK = 1.2e-7  # of the expected score, which becomes float32
LEAST_SLACK = 1e-9  # far more than scores in float64 can differ by

Float64s = NDArray[np.float64]
Ids = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Answers:
    """What was found by one method.

    Attributes
    ----------
    found
        int64, shape (n,): the best answer to each question; -1 if no word can be one.
    ranks
        int64, shape (n,): the place of the expected word, 1 for the best; 0 if it cannot be an answer.
    """

    found: Ids
    ranks: Ids


def search_answers(
    embedding: Embedding, questions: Ids, methods: Sequence[str], among: int, exclude_inputs: bool = True
) -> Task[dict[str, Answers]]:
    """Answer the questions of a table, int64 of shape (n, 4): ids of a, b, c and the expected word.

    Only the first `among` words are answers; all ids are below that. The methods are of `SEARCH_METHODS`.
    """
    parts = []
    for first in range(0, len(questions), QUESTIONS_AT_ONCE):
        batch = _Batch(embedding, questions[first : first + QUESTIONS_AT_ONCE], among, exclude_inputs)
        share = len(batch.questions) / len(questions)
        for fraction in batch.search(methods):
            yield Progress("evaluating", first / len(questions) + fraction * share)
        parts.append(batch.answers)
    return {method: _joined([part[method] for part in parts]) for method in methods}


def _joined(parts: Sequence[Answers]) -> Answers:
    none = np.empty(0, np.int64)
    found, ranks = ([getattr(part, field) for part in parts] for field in ("found", "ranks"))
    return Answers(np.concatenate([none, *found]), np.concatenate([none, *ranks]))


class _Standing:
    """What is known of the questions of a batch by one method, while block after block of words is met."""

    def __init__(self, method: str, expected: Float64s) -> None:
        from gloveui.core.evaluation_kernels import ROOM  # compiled code: loaded when first needed

        count = len(expected)
        self.method = method
        self.best_lower = np.full(count, -BEYOND)
        self.best, self.near = (np.full((count, ROOM), -1, np.int64) for _ in range(2))
        self.best_uppers = np.empty((count, ROOM))
        self.best_sizes, self.above, self.near_sizes = (np.zeros(count, np.int64) for _ in range(3))
        slack = EXPECTED_SLACK * np.abs(expected) + LEAST_SLACK
        self.expected = np.stack([expected - slack, expected + slack], axis=1)

    @property
    def arrays(self) -> tuple[NDArray[Any], ...]:
        """As the kernel takes them."""
        return (
            self.best_lower, self.best, self.best_uppers, self.best_sizes, self.expected, self.above,
            self.near, self.near_sizes,
        )  # fmt: skip


class _Batch:
    """Some questions, the words that may answer them, and the answers once `search` has come to its end."""

    def __init__(self, embedding: Embedding, questions: Ids, among: int, exclude_inputs: bool) -> None:
        self.questions = questions
        self.answers: dict[str, Answers] = {}
        self._embedding = embedding
        self._words = np.flatnonzero(embedding.norms[:among] > 0)
        self._excludes = exclude_inputs
        given, rows = np.unique(questions[:, :3], return_inverse=True)
        self._rows = rows.reshape(-1, 3).astype(np.int32)
        self._units = embedding.unit_rows(given)
        expected = questions[:, 3]
        is_given = (questions[:, :3] == expected[:, None]).any(axis=1)
        self._has_place = (embedding.norms[expected] > 0) & ~(is_given & exclude_inputs)

    def search(self, methods: Sequence[str]) -> Iterator[float]:
        """Answer by each method; the fraction that is done, about every 50 ms."""
        standings = [_Standing(method, self._expected_scores(method)) for method in methods]
        skipped = self._skipped_places()
        width = int(np.clip(CELLS_AT_ONCE // max(len(self._units), 1), FEWEST_COLUMNS, COLUMNS_AT_ONCE))
        for first, last in pairwise([*range(0, len(self._words), width), len(self._words)]):
            self._meet(standings, skipped, first, last)
            yield last / len(self._words)
        for standing in standings:
            yield from self._settle(standing)

    def _meet(self, standings: Sequence[_Standing], skipped: Ids, first: int, last: int) -> None:
        """Let all questions meet the words from one place to before another."""
        from gloveui.core import evaluation_kernels as kernels  # compiled code: loaded when first needed

        ids = self._words[first:last]
        cosines = (self._units @ self._embedding.unit_rows(ids).T).astype(np.float32)
        is_here = (skipped >= first) & (skipped < last)
        columns = np.sort(np.where(is_here, skipped - first, last - first), axis=1)

        def answer(piece: tuple[_Standing, int]) -> None:
            standing, start = piece
            method, end = SEARCH_METHODS.index(standing.method), start + QUESTIONS_A_PIECE
            shared = cosines, self._rows, columns, ids, method, start, min(end, len(self.questions))
            kernels.answer_block(*shared, *standing.arrays)

        starts = range(0, len(self.questions), QUESTIONS_A_PIECE)
        pieces = [(standing, start) for standing in standings for start in starts]
        for _ in map_in_order(answer, pieces, Resources().thread_count):
            pass

    def _skipped_places(self) -> Ids:
        """int64, shape (n, 3): where the given words stand among those that answer; -1 if they may answer."""
        places = np.full(len(self._embedding), -1)
        if self._excludes:
            places[self._words] = np.arange(len(self._words))
        return np.asarray(places[self.questions[:, :3]])

    def _expected_scores(self, method: str) -> Float64s:
        """float64, shape (n,): the score of each expected word, beyond all where no place is asked for."""
        units = self._embedding.unit_rows(self.questions[:, 3])
        to_a, to_b, to_c = (
            np.einsum("ij,ij->i", units, self._units[self._rows[:, place]]) for place in range(3)
        )
        found = to_b - to_a + to_c if method == "add" else cosmul(to_a, to_b, to_c)
        return np.where(self._has_place, found, BEYOND)

    def _settle(self, standing: _Standing) -> Iterator[float]:
        """Take what is decided, and score the rest exactly."""
        found = np.where(standing.best_sizes == 1, standing.best[:, 0], -1)
        ranks = np.where(self._has_place, standing.above + 1, 0)
        told = time.perf_counter()
        for question in np.flatnonzero((standing.best_sizes > 1) | (standing.near_sizes > 1)).tolist():
            if standing.best_sizes[question] > 1:
                found[question] = self._exact_best(standing, question)
            if standing.near_sizes[question] > 1:
                ranks[question] = self._exact_rank(standing, question)
            if time.perf_counter() - told >= SECONDS_A_REPORT:
                yield 1.0
                told = time.perf_counter()
        self.answers[standing.method] = Answers(found, ranks)

    def _exact_best(self, standing: _Standing, question: int) -> int:
        ids = self._listed(standing.best[question], int(standing.best_sizes[question]))
        excluded = self.questions[question, :3].tolist() if self._excludes else ()
        return int(best(ids, self._scores(standing, question, ids), 1, excluded=excluded)[0][0])

    def _exact_rank(self, standing: _Standing, question: int) -> int:
        size, expected = int(standing.near_sizes[question]), self.questions[question, 3]
        ids = self._listed(standing.near[question], size)
        is_listed = size <= standing.near.shape[1]
        if not is_listed and self._excludes:
            ids = ids[~np.isin(ids, self.questions[question, :3])]
        place = place_of(self._scores(standing, question, ids), int(np.searchsorted(ids, expected)))
        return place + (int(standing.above[question]) if is_listed else 0)

    def _listed(self, listed: Ids, size: int) -> Ids:
        """What is listed, ascending; all words where there was no room."""
        return np.sort(listed[:size]) if size <= len(listed) else self._words

    def _scores(self, standing: _Standing, question: int, ids: Ids) -> Float64s:
        return answer_scores(self._embedding, self.questions[question, :3], standing.method, ids)
