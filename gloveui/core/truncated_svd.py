"""The strongest directions of a large sparse matrix, by a randomised method that is worked out to the end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from gloveui.core.baseline_cost import BLOCK, FEW_WORDS, space_size
from gloveui.core.crew import Crew
from gloveui.core.progress import Progress, Task
from gloveui.core.resources import Resources
from gloveui.core.sparse_products import SparseRows
from gloveui.core.svd_kernels import WIDTH
from gloveui.core.tall_matrices import ROWS_AT_ONCE, make_perpendicular, random_matrix, triangle

ROUNDS = 2  # with one, the last of 100 singular values of real counts are up to 2 % too small
STAGE = "decomposing"

Float64s: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class TruncatedSvd:
    """The strongest directions of a matrix.

    Attributes
    ----------
    left
        float64, shape (V, D): left singular vectors; the largest entry of each is positive.
    values
        float64, shape (D,): singular values, falling.
    """

    left: Float64s
    values: Float64s


def truncated_svd(rows: SparseRows, dimension: int, seed: int, resources: Resources) -> Task[TruncatedSvd]:
    """The `dimension` strongest directions, at most V: exact for few words, else of a block Krylov space.

    The seed decides the result, on any number of threads: these only multiply, in a fixed order. (What LAPACK
    does with small pieces may differ in the last bit between processors.)

    Notes
    -----
    Musco & Musco (2015), "Randomized block Krylov methods"; Baglama & Reichel (2005), "Augmented implicitly
    restarted Lanczos bidiagonalization methods": the best directions of a full space begin the next one.
    """
    from threadpoolctl import threadpool_limits

    # LAPACK's own threads wait by spinning, take the cores from each other, and would change the last bits.
    with threadpool_limits(1, "blas"):
        if rows.size <= FEW_WORDS:
            yield Progress(STAGE)
            left, values, _ = np.linalg.svd(rows.dense())
        else:
            left, values = yield from _krylov_svd(rows, dimension, seed, resources)
        return TruncatedSvd(_with_fixed_signs(left[:, :dimension]), values[:dimension])


def _krylov_svd(
    rows: SparseRows, dimension: int, seed: int, resources: Resources
) -> Task[tuple[Float64s, Float64s]]:
    """Left directions and singular values, strongest first; the first `dimension` are right."""
    width = space_size(rows.size, dimension)
    kept = width // 2 // BLOCK * BLOCK
    restarts = ROUNDS - 1 if width < rows.size else 0
    source = yield from random_matrix(rows.size, min(BLOCK, width), seed, STAGE)
    with Crew(resources.thread_count) as crew:
        space = _Space(rows, width, source, crew, 2 * (width + restarts * (width - kept)))
        yield from space.fill()
        for _ in range(restarts):
            yield from space.begin_with_best(kept)
            yield from space.fill()
        values = yield from space.turn(dimension)
        return space.basis, values


class _Space:
    """Perpendicular directions of length 1, and the image of each under the transposed matrix."""

    def __init__(self, rows: SparseRows, width: int, source: Float64s, crew: Crew, products: int) -> None:
        """`products` is how many columns will be multiplied in all."""
        self.basis, self._images = np.empty((rows.size, width)), np.empty((rows.size, width))
        self._rows = rows
        self._source = source  # what leads to the next directions
        self._filled = 0
        self._crew = crew
        self._work = -(-products // WIDTH) * max(1, rows.nonzeros)

    def fill(self) -> Task[None]:
        """Add blocks, each A times the images of the one before, until the space is full."""
        width = self.basis.shape[1]
        while self._filled < width:
            yield from self._add((yield from self._following(min(BLOCK, width - self._filled))))

    def begin_with_best(self, kept: int) -> Task[None]:
        """Keep the strongest directions of a full space, and the block that would have come next."""
        block = yield from self._following(BLOCK)
        yield from self.turn(kept)
        self._filled = kept
        yield from self._add(block)

    def turn(self, count: int) -> Task[Float64s]:
        """Put the strongest directions that the space has into its first `count` columns; all its values."""
        factor = yield from triangle(self._images, self._progress())
        turn, values, _ = np.linalg.svd(factor.T)
        for first in range(0, len(self.basis), ROWS_AT_ONCE):
            for matrix in (self.basis, self._images):
                piece = matrix[first : first + ROWS_AT_ONCE]
                piece[:, :count] = piece @ turn[:, :count]
            yield self._progress()
        return values

    def _following(self, count: int) -> Task[Float64s]:
        """A block of new directions, perpendicular to all there are."""
        block = np.empty((self._rows.size, count))
        yield from self._multiplied(self._source[:, :count], block, transposed=False)
        yield from make_perpendicular(block, self.basis[:, : self._filled], self._progress())
        return block

    def _add(self, block: Float64s) -> Task[None]:
        place = slice(self._filled, self._filled + block.shape[1])
        self.basis[:, place], self._source = block, self._images[:, place]
        yield from self._multiplied(block, self._source, transposed=True)
        self._filled = place.stop

    def _multiplied(self, right: Float64s, out: Float64s, transposed: bool) -> Task[None]:
        for _ in self._rows.product(right, out, self._crew, transposed):
            yield self._progress()

    def _progress(self) -> Progress:
        return Progress(STAGE, min(1.0, self._crew.done / self._work))


def _with_fixed_signs(left: Float64s) -> Float64s:
    """The same directions; the entry of each that is largest without its sign is positive."""
    largest = left[np.abs(left).argmax(axis=0), np.arange(left.shape[1])]
    return left * np.where(largest < 0, -1.0, 1.0)
