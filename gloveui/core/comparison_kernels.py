"""Compiled: how far ranked lists of neighbours agree."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from gloveui.core.kernels import kernel

Places = NDArray[np.int32]
Floats = NDArray[np.float64]


@kernel
def overlaps(
    near_a: Places,
    near_b: Places,
    first: int,
    last: int,
    k: int,
    persistence: float,
    seen: NDArray[np.int64],
    ranks: Places,
    shared: Places,
    jaccard: Floats,
    overlap: Floats,
    jaccard_sums: Floats,
    overlap_sums: Floats,
) -> None:
    """Compare the lists of some rows at every depth.

    Parameters
    ----------
    near_a, near_b
        [n, K]: for each word its neighbours, nearest first.
    first, last
        Rows from the first to before the last.
    k
        The depth of what is kept of each row, at most K.
    seen, ranks
        [n]: room to note the second list; `seen` begins with −1 and serves for all calls.
    shared, jaccard, overlap
        [n]: words in both lists, Jaccard index and rank-biased overlap, at depth k.
    jaccard_sums, overlap_sums
        [K]: sums over the rows of both at each depth; these go on adding up.
    """
    depths = near_a.shape[1]
    at_depth = np.zeros(depths, np.int64)
    for row in range(first, last):
        at_depth[:] = 0
        for rank in range(depths):
            seen[near_b[row, rank]] = row
            ranks[near_b[row, rank]] = rank
        for rank in range(depths):
            word = near_a[row, rank]
            if seen[word] == row:
                at_depth[max(rank, ranks[word])] += 1
        common, weight, total = 0, 1.0, 0.0
        for rank in range(depths):
            common += at_depth[rank]
            weight *= persistence
            share = common / (rank + 1)
            total += share * weight
            biased = share * weight + (1 - persistence) / persistence * total
            together = common / (2 * (rank + 1) - common)
            jaccard_sums[rank] += together
            overlap_sums[rank] += biased
            if rank == k - 1:
                shared[row], jaccard[row], overlap[row] = common, together, biased
