"""A model in training on a device of torch."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from gloveui.core.glove import GloveConfig, GloveParameters
from gloveui.core.model_state import ModelState
from gloveui.core.torch_device import moved

if TYPE_CHECKING:
    import torch

ALIGNED = 8  # numbers in 32 bytes, the least that a graphics card moves


class RowLayout:
    """Where in a row the parts of a word are.

    A row begins with the vector, its bias, and zeros up to `size` numbers. Behind them are in the exact mode
    as many sums of squared steps; in the fast mode the one sum of the vector and that of the bias.

    Attributes
    ----------
    dimension
        D, also the place of the bias.
    size
        Numbers before the sums, a multiple of 8.
    width
        Numbers in a row.
    is_fast
        Whether the mode is the fast one.
    """

    def __init__(self, config: GloveConfig) -> None:
        self.dimension = config.dimension
        self.is_fast = config.mode == "fast"
        self.size = -(-(config.dimension + 1) // ALIGNED) * ALIGNED
        self.width = self.size + (ALIGNED if self.is_fast else self.size)

    @property
    def sums(self) -> slice:
        """Where the sums of the vector are."""
        return slice(self.size, self.bias_sum)

    @property
    def bias_sum(self) -> int:
        """Where the sum of the bias is."""
        return self.size + (1 if self.is_fast else self.dimension)


class TorchModel:
    """All rows on a device.

    Attributes
    ----------
    table
        float32, shape (2, rows, width): the words, the context words.
    """

    def __init__(
        self, state: ModelState, layout: RowLayout, places: NDArray[np.int32], rows: int, where: torch.device
    ) -> None:
        import torch

        self._layout = layout
        self._places = moved(places.astype(np.int64), where)
        self.table = torch.zeros(2, rows, layout.width, device=where)
        self.table[:, :, layout.size :] = 1
        self._put_side(0, state.words, state.word_sums, state.word_biases)
        self._put_side(1, state.contexts, state.context_sums, state.context_biases)

    def state(self) -> ModelState:
        """A copy in the order of ids."""
        words, word_sums, word_biases = self._side(0)
        contexts, context_sums, context_biases = self._side(1)
        return ModelState(words, contexts, word_sums, context_sums, word_biases, context_biases)

    def parameters(self, count: int | None = None) -> GloveParameters:
        """A copy without the sums, in the order of ids; of so many of the first words, or of all."""
        words, word_biases = self._vectors(0, count)
        contexts, context_biases = self._vectors(1, count)
        return GloveParameters(words, contexts, word_biases, context_biases)

    def _put_side(
        self, side: int, vectors: NDArray[np.float32], sums: NDArray[np.float32], biases: NDArray[np.float32]
    ) -> None:
        layout, table = self._layout, self.table[side]
        columns = ((slice(0, layout.dimension), vectors), (layout.sums, sums))
        for place, part in (*columns, (layout.dimension, biases[:, 0]), (layout.bias_sum, biases[:, 1])):
            table[self._places, place] = moved(part, table.device)

    def _side(self, side: int) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
        layout, table = self._layout, self.table[side]
        columns = (slice(0, layout.dimension), layout.sums, [layout.dimension, layout.bias_sum])
        vectors, sums, biases = (
            table[:, column].index_select(0, self._places).cpu().numpy() for column in columns
        )
        return vectors, sums, biases

    def _vectors(self, side: int, count: int | None) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        layout, table, places = self._layout, self.table[side], self._places[:count]
        columns = (slice(0, layout.dimension), layout.dimension)
        vectors, biases = (table[:, column].index_select(0, places).cpu().numpy() for column in columns)
        return vectors, biases
