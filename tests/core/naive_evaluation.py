"""Slow, obvious twins of the evaluations: one question and one word at a time."""

from __future__ import annotations

import math
from collections.abc import Sequence

from tests.core.naive_queries import Row, answers

Question = tuple[int, int, int, int]


def answered(
    rows: Sequence[Row], question: Question, method: str, excludes: bool = True, among: int = 0
) -> tuple[int, int]:
    """The best answer, −1 if there is none, and the place of the expected word, 0 if it cannot be one."""
    a, b, c, expected = question
    found = [index for index, _ in answers(rows, a, b, c, method, (a, b, c) if excludes else (), among)]
    return (found[0] if found else -1), (found.index(expected) + 1 if expected in found else 0)


def mean_rank(values: Sequence[float], place: int) -> float:
    """1 for the largest; equal values share the mean of their places."""
    above = sum(value > values[place] for value in values)
    return above + (sum(value == values[place] for value in values) + 1) / 2


def spearman(first: Sequence[float], second: Sequence[float]) -> float:
    """The correlation of the ranks."""
    one = [mean_rank(first, place) for place in range(len(first))]
    other = [mean_rank(second, place) for place in range(len(second))]
    mean = sum(one) / len(one)
    both = math.fsum((x - mean) * (y - mean) for x, y in zip(one, other, strict=True))
    squares = [math.fsum((x - mean) ** 2 for x in ranks) for ranks in (one, other)]
    return both / math.sqrt(squares[0] * squares[1])
