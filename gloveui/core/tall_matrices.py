"""Tall matrices piece by piece: random ones, and such with perpendicular columns of length 1."""

from __future__ import annotations

from itertools import pairwise
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from gloveui.core.progress import Progress, Task

ROWS_AT_ONCE = 4_096
NOTHING_LEFT = 1e-10  # of the length of a column: rounding

Float64s: TypeAlias = NDArray[np.float64]


def random_matrix(rows: int, columns: int, seed: int, stage: str) -> Task[Float64s]:
    """float64, shape (rows, columns): numbers of the normal distribution, the same for the same seed."""
    random = np.random.default_rng(seed)
    matrix = np.empty((rows, columns))
    for first in range(0, rows, ROWS_AT_ONCE):
        random.standard_normal(out=matrix[first : first + ROWS_AT_ONCE])
        yield Progress(stage, 0.0)
    return matrix


def orthonormalise(matrix: Float64s, progress: Progress) -> Task[None]:
    """Give a matrix of shape (n, k), n ≥ k, perpendicular columns of length 1 that span the same; in place.

    Demmel, Grigori, Hoemmen & Langou (2012), "Communication-optimal parallel and sequential QR and LU
    factorizations": each piece of rows is decomposed, then what is left of all of them.
    """
    pieces = _pieces(matrix)
    remainders = []
    for piece in pieces:
        piece[:], remainder = np.linalg.qr(piece)
        remainders.append(remainder)
        yield progress
    turns, _ = np.linalg.qr(np.concatenate(remainders))
    for piece, turn in zip(pieces, np.split(turns, len(pieces)), strict=True):
        piece[:] = piece @ turn
        yield progress


def make_perpendicular(matrix: Float64s, others: Float64s, progress: Progress) -> Task[None]:
    """`orthonormalise` a matrix after what `others`, with such columns, span is taken out of it; in place.

    Done twice: the second time takes out what rounding left. Columns of which nothing is left are random.
    """
    lengths = np.sqrt(np.einsum("ij,ij->j", matrix, matrix))
    yield from _take_out(matrix, others, progress)
    left = np.sqrt(np.einsum("ij,ij->j", matrix, matrix))
    lost = np.flatnonzero(left <= NOTHING_LEFT * lengths)
    if len(lost):
        matrix[:, lost] = np.random.default_rng(others.shape[1]).standard_normal((len(matrix), len(lost)))
        yield from _take_out(matrix, others, progress)
    yield from orthonormalise(matrix, progress)
    yield from _take_out(matrix, others, progress)
    yield from orthonormalise(matrix, progress)


def _take_out(matrix: Float64s, others: Float64s, progress: Progress) -> Task[None]:
    """Subtract from the columns of a matrix their parts along perpendicular ones of length 1."""
    parts = np.zeros((others.shape[1], matrix.shape[1]))
    for first in range(0, len(matrix), ROWS_AT_ONCE):
        rows = slice(first, first + ROWS_AT_ONCE)
        parts += others[rows].T @ matrix[rows]
        yield progress
    for first in range(0, len(matrix), ROWS_AT_ONCE):
        rows = slice(first, first + ROWS_AT_ONCE)
        matrix[rows] -= others[rows] @ parts
        yield progress


def triangle(matrix: Float64s, progress: Progress) -> Task[Float64s]:
    """float64, shape (k, k): R of the QR decomposition of a matrix of shape (n, k), n ≥ k."""
    remainders = []
    for piece in _pieces(matrix):
        remainders.append(np.linalg.qr(piece, mode="r"))
        yield progress
    return np.asarray(np.linalg.qr(np.concatenate(remainders), mode="r"))


def _pieces(matrix: Float64s) -> list[Float64s]:
    """Its rows in pieces, each with no fewer rows than it has columns."""
    rows, columns = matrix.shape
    count = max(1, rows // max(ROWS_AT_ONCE, columns))
    bounds = np.linspace(0, rows, count + 1).astype(int)
    return [matrix[first:last] for first, last in pairwise(bounds)]
