"""Products of a sparse matrix with tall ones: on several threads, the same bits on any number of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from gloveui.core.crew import Crew, Work
from gloveui.core.svd_kernels import WIDTH, multiply, multiply_transposed

ENTRIES_AT_ONCE = 1 << 21  # about 10 ms

Float64s: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class SparseRows:
    """A sparse matrix by rows, as in `CooccurrenceMatrix`, of any numbers.

    Attributes
    ----------
    starts, columns, values
        int64, shape (V + 1,); int32 and float32, shape (nonzeros,).
    """

    starts: NDArray[np.int64]
    columns: NDArray[np.int32]
    values: NDArray[np.float32]

    @property
    def size(self) -> int:
        """V: there are as many columns as rows."""
        return len(self.starts) - 1

    @property
    def nonzeros(self) -> int:
        """How many entries there are."""
        return len(self.values)

    def dense(self) -> Float64s:
        """float64, shape (V, V): the same with its zeros."""
        table = np.zeros((self.size, self.size))
        rows = np.repeat(np.arange(self.size), np.diff(self.starts))
        table[rows, self.columns] = self.values
        return table

    def product(self, right: Float64s, out: Float64s, crew: Crew, transposed: bool = False) -> Iterator[None]:
        """Put A · right, or Aᵀ · right, into `out`, both float64, shape (V, k); yields now and then.

        A thread has a few columns for itself, so that each sum is made in one order.
        """
        works = (self._part(right, out, first, transposed) for first in range(0, right.shape[1], WIDTH))
        for _ in crew.results(works):
            yield

    def _part(self, right: Float64s, out: Float64s, first: int, transposed: bool) -> Work[None]:
        """Up to eight columns of a product; yields how many entries of the matrix it went through."""
        places = slice(first, min(first + WIDTH, right.shape[1]))
        given, made = np.zeros((self.size, WIDTH)), np.zeros((self.size, WIDTH))
        given[:, : places.stop - first] = right[:, places]
        kernel = multiply_transposed if transposed else multiply
        for begin, end in self._spans():
            kernel(self.starts, self.columns, self.values, begin, end, given, made)
            yield int(self.starts[end] - self.starts[begin])
        out[:, places] = made[:, : places.stop - first]

    def _spans(self) -> Iterator[tuple[int, int]]:
        """Rows from and to, with about so many entries as are gone through at once."""
        begin = 0
        while begin < self.size:
            target = self.starts[begin] + ENTRIES_AT_ONCE
            end = max(begin + 1, int(np.searchsorted(self.starts, target, side="right")) - 1)
            yield begin, end
            begin = end
