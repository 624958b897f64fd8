"""The pairs of a training on a device of torch, and the order in which an epoch takes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from gloveui.core.tiles import Tiles, shuffled_blocks
from gloveui.core.torch_device import moved

if TYPE_CHECKING:
    import torch


class TorchTiles:
    """`Tiles` on a device.

    Attributes
    ----------
    first_pairs
        int64, shape (B² + 2,): where the pairs of each tile begin; tile B² has none.
    places, values
        int32 and float32, shape (nonzeros, 2): as in `Tiles`.
    """

    def __init__(self, tiles: Tiles, seed: int, where: torch.device) -> None:
        self._blocks, self._seed = tiles.blocks, seed
        self.first_pairs = moved(np.append(tiles.first_pairs, tiles.first_pairs[-1]), where)
        self.places = moved(tiles.pair_places, where)
        self.values = moved(tiles.pair_values, where)
        self._epoch = -1

    @property
    def empty_tile(self) -> int:
        """A tile without pairs."""
        return self._blocks**2

    def order(self, epoch: int) -> torch.Tensor:
        """The tiles of each round: int32, shape (B, B), as in `Tiles.rounds`."""
        self._go_to(epoch)
        return self._order

    def pairs(self, epoch: int, rounds: range) -> list[int]:
        """How many pairs each of these rounds has."""
        self._go_to(epoch)
        return self._pairs[rounds.start : rounds.stop]

    def numbers(self, tiles: torch.Tensor, pairs: int) -> torch.Tensor:
        """The numbers of all pairs of some tiles, of which there are so many: int64, shape (pairs,)."""
        import torch

        first, last = self.first_pairs[tiles], self.first_pairs[tiles + 1]
        sizes = last - first
        # How far a tile's pairs are from their places in the list.
        shifts = first - (sizes.cumsum(0) - sizes)
        places = torch.arange(pairs, device=tiles.device)
        return places + torch.repeat_interleave(shifts, sizes, output_size=pairs)

    def _go_to(self, epoch: int) -> None:
        if epoch == self._epoch:
            return
        import torch

        where = self.first_pairs.device
        shuffled = shuffled_blocks(self._blocks, self._seed, epoch)
        rows, columns = (moved(blocks, where) for blocks in shuffled)
        # Made there: in numpy it would take a tenth of an epoch.
        numbers = torch.arange(self._blocks, device=where)
        order = rows * self._blocks + columns[(numbers - numbers[:, None]) % self._blocks]
        self._pairs: list[int] = self.first_pairs.diff()[order].sum(1).tolist()
        self._order = order.to(torch.int32)
        self._epoch = epoch
