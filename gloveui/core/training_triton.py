"""Training on a CUDA device by one compiled kernel: a warp to each tile, the steps those of the CPU."""

from __future__ import annotations

import importlib.util
import math
import os
import shutil
from typing import TYPE_CHECKING

from gloveui.core.cooccurrence import CooccurrenceMatrix
from gloveui.core.devices import Device
from gloveui.core.glove import GloveConfig
from gloveui.core.resources import Resources
from gloveui.core.torch_engine import TorchEngine
from gloveui.core.torch_model import TorchModel
from gloveui.core.torch_tiles import TorchTiles

if TYPE_CHECKING:
    import torch

PAIRS_A_TILE = 32  # enough to hide a launch; fewer would let single words make a round wait for one tile
MOST_BLOCKS = 2_048  # warps of a round; a large card has places for twice as many
NUMBERS_A_WARP = 256  # of a row: 8 for each of its threads


class TritonEngine(TorchEngine):
    """Pairs of a tile one after the other, tiles of a round side by side: what the CPU does, in its order.

    No two programs meet, so nothing is lost or added twice, and the bits depend on counts and settings alone.
    """

    def __init__(
        self, matrix: CooccurrenceMatrix, config: GloveConfig, resources: Resources, device: Device
    ) -> None:
        blocks = warp_count(len(matrix.vocabulary), matrix.nonzeros)
        super().__init__(matrix, config, resources, device, blocks)

    @property
    def working_bytes(self) -> int:
        return self._blocks**2 * 8  # the loss of each tile

    def get_ready(self, model: TorchModel, tiles: TorchTiles) -> None:
        import torch

        where = model.table.device
        nothing = torch.full((1, 1), tiles.empty_tile, dtype=torch.int32, device=where)
        losses = torch.empty((1, 1), dtype=torch.float64, device=where)
        self._launch(model, tiles, nothing, 0, losses, 0)
        losses.cpu()  # waits, and shows what went wrong

    def train_rounds(self, model: TorchModel, tiles: TorchTiles, epoch: int, rounds: range) -> torch.Tensor:
        import torch

        order = tiles.order(epoch)
        losses = torch.empty((len(rounds), self._blocks), dtype=torch.float64, device=model.table.device)
        for slot, number in enumerate(rounds):
            self._launch(model, tiles, order, number, losses, slot)
        return losses.sum(1)

    def _launch(
        self,
        model: TorchModel,
        tiles: TorchTiles,
        order: torch.Tensor,
        number: int,
        losses: torch.Tensor,
        slot: int,
    ) -> None:
        from gloveui.core.triton_kernels import train_tiles

        config, layout = self._config, self._layout
        lanes = 1 << (layout.size - 1).bit_length()
        train_tiles[(order.shape[1],)](
            order, tiles.first_pairs, tiles.places, tiles.values, model.table[0], model.table[1], losses,
            number, slot, float(config.learning_rate), float(config.gradient_clip),
            dimension=layout.dimension, size=layout.size, width=layout.width, lanes=lanes,
            is_fast=layout.is_fast, num_warps=max(1, lanes // NUMBERS_A_WARP), enable_fp_fusion=True,
        )  # fmt: skip


def warp_count(words: int, nonzeros: int) -> int:
    """B: enough tiles in a round to keep a card busy, with enough pairs in each to be worth a launch."""
    return max(1, min(words, math.isqrt(nonzeros // PAIRS_A_TILE), MOST_BLOCKS))


def can_compile() -> bool:
    """Whether Triton is there, and the C compiler it builds its launchers with."""
    compilers = (os.environ.get("CC"), "gcc", "clang")
    has_compiler = any(name is not None and shutil.which(name) for name in compilers)
    return importlib.util.find_spec("triton") is not None and has_compiler
