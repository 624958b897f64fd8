"""Slow, obvious twins of the questions to word vectors: plain Python, one number at a time."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence

Row = Sequence[float]
Answer = tuple[int, float]


def dot(one: Row, other: Row) -> float:
    total = 0.0
    for a, b in zip(one, other, strict=True):
        total += a * b
    return total


def length(row: Row) -> float:
    return math.sqrt(dot(row, row))


def unit(row: Row) -> list[float]:
    size = length(row)
    return [number / size for number in row] if size else list(row)


def distance(one: Row, other: Row) -> float:
    return length([a - b for a, b in zip(one, other, strict=True)])


def cosine(one: Row, other: Row) -> float:
    return dot(unit(one), unit(other))


def weighted_sum(rows: Sequence[Row], weights: Mapping[int, float], metric: str) -> list[float]:
    """The sum of weighted rows, at length 1 for the cosine."""
    parts = [
        [weight * number for number in (unit(rows[index]) if metric == "cosine" else rows[index])]
        for index, weight in weights.items()
    ]
    return [math.fsum(column) for column in zip(*parts, strict=True)]


def score(row: Row, vector: Row, metric: str) -> float | None:
    """How near a row is to a vector; None for a row without a direction by cosine."""
    if metric == "cosine":
        return cosine(row, vector) if any(row) else None
    return dot(row, vector) if metric == "dot" else distance(row, vector)


def in_order(found: list[Answer], smallest_first: bool) -> list[Answer]:
    return sorted(found, key=lambda answer: (answer[1] if smallest_first else -answer[1], answer[0]))


def neighbours(
    rows: Sequence[Row],
    vector: Row,
    metric: str = "cosine",
    excluded: Collection[int] = (),
    among: int = 0,
    farthest: bool = False,
) -> list[Answer]:
    """All ids and scores, nearest first."""
    found = []
    for index, row in enumerate(rows[: among or len(rows)]):
        value = score(row, vector, metric)
        if index not in excluded and value is not None:
            found.append((index, value))
    return in_order(found, (metric == "euclidean") != farthest)


def answers(
    rows: Sequence[Row],
    a: int,
    b: int,
    c: int,
    method: str,
    excluded: Collection[int] = (),
    among: int = 0,
) -> list[Answer]:
    """All answers to a : b = c : ?, best first."""
    found = []
    for index, row in enumerate(rows[: among or len(rows)]):
        if index not in excluded and any(row):
            found.append((index, analogy_score(row, rows[a], rows[b], rows[c], method)))
    return in_order(found, smallest_first=False)


def analogy_score(d: Row, a: Row, b: Row, c: Row, method: str) -> float:
    if method == "add":
        return cosine(d, b) - cosine(d, a) + cosine(d, c)
    if method == "multiply":
        to_a, to_b, to_c = ((cosine(d, other) + 1) / 2 for other in (a, b, c))
        return to_b * to_c / (to_a + 0.001)
    first = [x - y for x, y in zip(unit(b), unit(a), strict=True)]
    second = [x - y for x, y in zip(unit(d), unit(c), strict=True)]
    return cosine(first, second) if length(second) > 1e-12 else 0.0


def odd_one_out(rows: Sequence[Row]) -> list[Answer]:
    """The cosine of each row to the mean of the others at length 1, smallest first."""
    found = []
    for place, row in enumerate(rows):
        others = [unit(other) for number, other in enumerate(rows) if number != place]
        mean = [math.fsum(column) for column in zip(*others, strict=True)]
        found.append((place, cosine(row, mean) if others else 0.0))
    return sorted(found, key=lambda answer: (round(answer[1], 12), answer[0]))


def ppmi(table: Sequence[Row], word: int, context: int) -> float:
    """max(0, log P(word, context) / P(word) P(context)), one sum at a time; what rounding leaves is 0."""
    if not table[word][context]:
        return 0.0
    total = math.fsum(map(math.fsum, table))
    columns = math.fsum(row[context] for row in table)
    pmi = math.log(table[word][context] * total / (math.fsum(table[word]) * columns))
    return pmi if pmi > 1e-9 else 0.0


def shares(first: Row, second: Row) -> list[Answer]:
    """What each place adds to the cosine of two rows, most first."""
    size = length(first) * length(second) or 1.0
    return in_order([(k, a * b / size) for k, (a, b) in enumerate(zip(first, second, strict=True))], False)
