"""Training by plain operations of torch: CUDA without Triton, MPS, and the CPU for comparison."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gloveui.core.cooccurrence import CooccurrenceMatrix
from gloveui.core.devices import Device
from gloveui.core.glove import GloveConfig
from gloveui.core.resources import Resources
from gloveui.core.torch_engine import TorchEngine
from gloveui.core.torch_model import TorchModel
from gloveui.core.torch_steps import BatchStep, batch_step
from gloveui.core.torch_tiles import TorchTiles

if TYPE_CHECKING:
    import torch

FEWEST_BATCHES = 256  # in an epoch: with fewer the loss of the first epochs leaves that of single steps
WORDS_A_BLOCK = 64  # so often a batch meets the word that is beside every other
LARGEST_BATCH = 1 << 17  # pairs; larger ones are not faster and take memory
TENSORS_A_BATCH = 12  # of two rows a pair, held at the same time


class BatchEngine(TorchEngine):
    """A round's pairs all at once; words that are in a tile several times share one step.

    On CUDA what is added up to one row comes in any order, so the last bits differ between runs.
    """

    def __init__(
        self, matrix: CooccurrenceMatrix, config: GloveConfig, resources: Resources, device: Device
    ) -> None:
        super().__init__(
            matrix, config, resources, device, batch_count(len(matrix.vocabulary), matrix.nonzeros)
        )
        self._step: tuple[TorchModel, BatchStep] | None = None

    @property
    def working_bytes(self) -> int:
        pairs = 2 * self._matrix.nonzeros // self._blocks  # the largest round has more than the mean
        gathered = 2 * self._rows * (self._layout.width + 1) * 4
        return gathered + pairs * 2 * self._layout.width * 4 * TENSORS_A_BATCH

    def get_ready(self, model: TorchModel, tiles: TorchTiles) -> None:
        self._step_of(model)

    def train_rounds(self, model: TorchModel, tiles: TorchTiles, epoch: int, rounds: range) -> torch.Tensor:
        import torch

        step, order = self._step_of(model), tiles.order(epoch)
        losses = []
        for number, pairs in zip(rounds, tiles.pairs(epoch, rounds), strict=True):
            chosen = tiles.numbers(order[number], pairs)
            losses.append(step.train(tiles.places[chosen], tiles.values[chosen]))
        return torch.stack(losses)

    def _step_of(self, model: TorchModel) -> BatchStep:
        if self._step is None or self._step[0] is not model:
            rows = model.table.view(-1, self._layout.width)
            self._step = (model, batch_step(rows, self._layout, self._config))
        return self._step[1]


def batch_count(words: int, nonzeros: int) -> int:
    """B: so many batches that an epoch learns what single steps would, and no more.

    With a block to each word no row is met twice in a batch, and the steps are those of single pairs.
    """
    return min(words, max(FEWEST_BATCHES, words // WORDS_A_BLOCK, nonzeros // LARGEST_BATCH))
