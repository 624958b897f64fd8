"""What training on a device of torch has in common, however a round is computed there."""

from __future__ import annotations

from abc import ABC, abstractmethod
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from gloveui.core.cooccurrence import CooccurrenceMatrix
from gloveui.core.device_memory import MemoryNeed, free_memory
from gloveui.core.devices import Device
from gloveui.core.glove import GloveConfig, GloveParameters
from gloveui.core.model_state import ModelState
from gloveui.core.progress import Progress, Task
from gloveui.core.resources import Resources
from gloveui.core.tiles import build_tiles, word_places
from gloveui.core.torch_device import Pace, opened
from gloveui.core.torch_model import RowLayout, TorchModel
from gloveui.core.torch_tiles import TorchTiles

if TYPE_CHECKING:
    import torch

BYTES_A_PAIR = 16  # two places, two numbers
BYTES_A_TILE = 8 + 4 + 4 * 8  # where it begins, its place in the order, and what making the order takes


class TorchEngine(ABC):
    """A model and its pairs on a device; rounds are diagonals of tiles, as on the CPU.

    torch is loaded by the thread that trains, not by the one that makes the engine.
    """

    def __init__(
        self,
        matrix: CooccurrenceMatrix,
        config: GloveConfig,
        resources: Resources,
        device: Device,
        blocks: int,
    ) -> None:
        self._matrix, self._config, self._resources = matrix, config, resources
        self._device, self._blocks = device, blocks
        self._layout = RowLayout(config)
        self._places, self._rows = word_places(len(matrix.vocabulary), blocks)
        self._pace = Pace(blocks)
        self._opened: torch.device | None = None
        self._model: TorchModel | None = None
        self._tiles: TorchTiles | None = None

    @property
    def device(self) -> str:
        return self._device.name

    @property
    def rounds(self) -> int:
        return self._blocks

    @property
    def at_once(self) -> int:
        return self._pace.at_once

    @property
    def memory(self) -> MemoryNeed:
        """What training takes on the device."""
        pairs = self._matrix.nonzeros * BYTES_A_PAIR + self._blocks**2 * BYTES_A_TILE
        # Twice: on the way back to a state the model is there two times.
        model = 2 * 2 * self._rows * self._layout.width * 4
        return MemoryNeed(self.device, pairs, model + self.working_bytes, self._config.dimension)

    @property
    @abstractmethod
    def working_bytes(self) -> int:
        """Memory that a round takes beside the model and the pairs."""

    @abstractmethod
    def get_ready(self, model: TorchModel, tiles: TorchTiles) -> None:
        """Compile what has to be compiled."""

    @abstractmethod
    def train_rounds(self, model: TorchModel, tiles: TorchTiles, epoch: int, rounds: range) -> torch.Tensor:
        """Train some rounds; shape (rounds,): each one's sum of ½ f diff²."""

    def prepare(self) -> Task[None]:
        if self._tiles is not None:
            return
        where, threads = self._open(), self._resources.thread_count
        tiles = yield from build_tiles(self._matrix, self._config, self._blocks, threads)
        with self.memory.told_when_full(where):
            self._tiles = TorchTiles(tiles, self._config.seed, where)
            yield Progress("preparing", 1.0)
            self.get_ready(self._ready_model(), self._tiles)

    def working(self) -> AbstractContextManager[None]:
        return nullcontext()

    def put(self, state: ModelState) -> None:
        where = self._open()
        with self.memory.told_when_full(where):
            self._model = TorchModel(state, self._layout, self._places, self._rows, where)

    def state(self) -> ModelState:
        return self._ready_model().state()

    def parameters(self, words: int | None = None) -> GloveParameters:
        return self._ready_model().parameters(words)

    def pairs(self, epoch: int, rounds: range) -> int:
        return sum(self._ready_tiles().pairs(epoch, rounds))

    def train(self, epoch: int, rounds: range) -> NDArray[np.float64]:
        with self._pace.timed(len(rounds)), self.memory.told_when_full(self._open()):
            losses = self.train_rounds(self._ready_model(), self._ready_tiles(), epoch, rounds)
            return losses.cpu().numpy().astype(np.float64)  # waits until the device has done its work

    def _open(self) -> torch.device:
        if self._opened is None:
            where = opened(self._device)
            self.memory.check(free_memory(where))
            self._opened = where
        return self._opened

    def _ready_model(self) -> TorchModel:
        assert self._model is not None  # `put` was called
        return self._model

    def _ready_tiles(self) -> TorchTiles:
        assert self._tiles is not None  # `prepare` was run
        return self._tiles
