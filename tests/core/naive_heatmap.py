"""Slow, obvious twins of the picture of a matrix: dense, float64, one block at a time."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from gloveui.core.cooccurrence import CooccurrenceMatrix
from gloveui.core.heatmap import View
from gloveui.core.quantities import Quantity
from tests import naive

Float64 = NDArray[np.float64]


def counts(matrix: CooccurrenceMatrix) -> Float64:
    """All of X."""
    size = len(matrix.vocabulary)
    return np.array([[matrix.count(i, j) for j in range(size)] for i in range(size)])


def value(table: Float64, quantity: Quantity, i: int, j: int) -> float:
    """One cell; NaN where it has no value."""
    count, row, column = table[i, j], table[i].sum(), table[:, j].sum()
    if quantity.name in ("prediction", "error"):
        model = quantity.model
        predicted = float(
            model.word_vectors[i].astype(np.float64) @ model.context_vectors[j].astype(np.float64)
            + float(model.word_biases[i])
            + float(model.context_biases[j])
        )
        if quantity.name == "prediction":
            return predicted
        return predicted - math.log(count) if count else math.nan
    if count == 0:
        return math.nan if quantity.name in ("log_count", "pmi") else 0.0
    pmi = math.log(count * table.sum() / (row * column))
    return float(
        {
            "count": count,
            "log_count": math.log(count),
            "probability": count / row,
            "pmi": pmi,
            "ppmi": max(0.0, pmi),
            "weight": naive.weight(count, quantity.x_max, quantity.alpha),
        }[quantity.name]
    )


def picture(
    matrix: CooccurrenceMatrix, ids: NDArray[np.int32], quantity: Quantity, view: View, reduction: str
) -> Float64:
    """The values of all blocks of a view."""
    table = counts(matrix)
    rows = range(view.first_row, view.last_row, view.block)
    columns = range(view.first_column, view.last_column, view.block)
    found = np.full((len(rows), len(columns)), np.nan)
    for y, row in enumerate(rows):
        for x, column in enumerate(columns):
            pairs = [
                (ids[i], ids[j])
                for i in range(row, min(row + view.block, view.last_row))
                for j in range(column, min(column + view.block, view.last_column))
            ]
            found[y, x] = of_block(table, quantity, pairs, reduction)
    return found


def of_block(table: Float64, quantity: Quantity, pairs: list[tuple[int, int]], reduction: str) -> float:
    """What becomes of the cells of one block; NaN where no pair occurs, except for a prediction."""
    occurring = [(i, j) for i, j in pairs if table[i, j] > 0 or quantity.name == "prediction"]
    values = [value(table, quantity, i, j) for i, j in occurring]
    if not values:
        return math.nan
    if reduction == "sum":
        return sum(values)
    if reduction == "mean":
        cells = len(pairs) if quantity.fills_zero else len(values)
        return sum(values) / cells
    return max(values, key=abs) if quantity.name == "error" else max(values)
