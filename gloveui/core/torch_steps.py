"""AdaGrad steps of many pairs at once on rows of torch, each as `core.training_kernels` makes it.

A row that a batch has once makes exactly that step. Where it has more, their gradients are added up. The sum
that divides them then takes in by how much the square of all is above the single squares, and keeps the
larger: a word that is everywhere moves about as far as if it had met its pairs one by one.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from gloveui.core.glove import GloveConfig
from gloveui.core.torch_model import RowLayout

if TYPE_CHECKING:
    import torch

LARGE_DIFFERENCE = 0.5  # weighted differences from which the exact step is guarded
SMALLEST_WEIGHT = 1e-30  # of all pairs of a row, so that nothing is divided by 0


def batch_step(table: torch.Tensor, layout: RowLayout, config: GloveConfig) -> BatchStep:
    """What trains batches on rows, float32, shape (2 rows, width): the words, then the context words."""
    return (FastStep if layout.is_fast else ExactStep)(table, layout, config)


class BatchStep(ABC):
    """Trains batches of pairs on the rows of a model."""

    def __init__(self, table: torch.Tensor, layout: RowLayout, config: GloveConfig) -> None:
        import torch

        self._table, self._config = table, config
        self._dimension, self._size = layout.dimension, layout.size
        self._gathered = torch.zeros(len(table), layout.width + 1, device=table.device)

    def train(self, places: torch.Tensor, values: torch.Tensor) -> torch.Tensor:
        """Make a step for each of some pairs, given as in `Tiles`; the sum of ½ f diff² before it."""
        import torch

        dimension, size = self._dimension, self._size
        words, contexts = places.long().unbind(1)
        numbers = torch.cat((words, contexts + len(self._table) // 2))
        log_counts, weights = values.unbind(1)
        rows = self._table[numbers]
        w, c = rows[:, :size].chunk(2)
        products = (w[:, :dimension] * c[:, :dimension]).sum(1)
        differences = products + w[:, dimension] + c[:, dimension] - log_counts
        weighted = weights * differences
        gradients, squares = self._gradients(rows, torch.cat((c, w)), differences, weighted)
        together = self._added_up(numbers, torch.cat((gradients, squares, weights.repeat(2)[:, None]), 1))
        # Each pair of a row finds the same new row, so it does not matter which of them writes it.
        self._table[numbers] = self._moved(rows, together)
        return 0.5 * (weighted * differences).sum()

    def _added_up(self, numbers: torch.Tensor, parts: torch.Tensor) -> torch.Tensor:
        """For each pair's row the sum over all pairs that have it."""
        self._gathered.index_add_(0, numbers, parts)
        together = self._gathered[numbers]
        self._gathered[numbers] = 0
        return together

    def _moved(self, rows: torch.Tensor, together: torch.Tensor) -> torch.Tensor:
        """Rows after the step; a bias goes no further than to meet the mean difference of its pairs."""
        import torch

        dimension, size = self._dimension, self._size
        gradients, squares, weights = together[:, :size], together[:, size:-1], together[:, -1]
        divisors, sums = self._sums(rows[:, size:], gradients, squares)
        steps = gradients / divisors.sqrt()
        largest = gradients[:, dimension].abs() / weights.clamp(min=SMALLEST_WEIGHT)
        steps[:, dimension] = torch.clamp(steps[:, dimension], -largest, largest)
        return torch.cat((rows[:, :size] - steps, sums), 1)

    @abstractmethod
    def _gradients(
        self, rows: torch.Tensor, others: torch.Tensor, differences: torch.Tensor, weighted: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Steps before they are divided, shape (2 pairs, size), and the squares for the sums.

        `others` has for each row the vector of the pair's other one, shape (2 pairs, size).
        """

    @abstractmethod
    def _sums(
        self, sums: torch.Tensor, gradients: torch.Tensor, squares: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """By the root of what the gradients are divided, shape (2 pairs, size), and the new sums."""


class ExactStep(BatchStep):
    """A sum for each number; see `core.training_kernels.exact_step`."""

    def _gradients(
        self, rows: torch.Tensor, others: torch.Tensor, differences: torch.Tensor, weighted: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        import torch

        dimension, rate = self._dimension, self._config.learning_rate
        effects = (others.square() / rows[:, self._size :].sqrt())[:, :dimension].sum(1)
        both_effects = effects[: len(weighted)] + effects[len(weighted) :]
        steps = weighted * rate
        overshoots = (weighted.abs() > LARGE_DIFFERENCE) & (steps.abs() * both_effects > differences.abs())
        steps = torch.where(overshoots, differences / both_effects, steps)
        largest = self._config.gradient_clip * rate
        gradients = (steps.repeat(2)[:, None] * others).clamp(-largest, largest)
        gradients[:, dimension] = weighted.repeat(2)
        return gradients, gradients.square()

    def _sums(
        self, sums: torch.Tensor, gradients: torch.Tensor, squares: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        import torch

        of_all = gradients.square()
        return sums + (of_all - squares).clamp(min=0), sums + torch.maximum(squares, of_all)


class FastStep(BatchStep):
    """One sum for a vector and one for its bias; see `core.training_kernels.fast_step`."""

    def _gradients(
        self, rows: torch.Tensor, others: torch.Tensor, differences: torch.Tensor, weighted: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        import torch

        dimension, clip = self._dimension, self._config.gradient_clip
        lengths = others[:, :dimension].square().sum(1)
        steps = (weighted.clamp(-clip, clip) * self._config.learning_rate).repeat(2)
        added = steps.square() / dimension * lengths
        each = steps / (rows[:, self._size] + added).sqrt() * lengths
        changes = (each[: len(weighted)] + each[len(weighted) :]).abs()
        held = torch.where(changes > differences.abs(), differences.abs() / changes, 1.0)
        gradients = (held.repeat(2) * steps)[:, None] * others
        gradients[:, dimension] = weighted.repeat(2)
        squares = torch.zeros_like(rows[:, self._size :])
        squares[:, 0], squares[:, 1] = added, weighted.square().repeat(2)
        return gradients, squares

    def _sums(
        self, sums: torch.Tensor, gradients: torch.Tensor, squares: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        import torch

        dimension, of_all = self._dimension, torch.zeros_like(squares)
        of_all[:, 0] = gradients[:, :dimension].square().sum(1) / dimension
        of_all[:, 1] = gradients[:, dimension].square()
        new = sums + torch.maximum(squares, of_all)
        divisors = new[:, :1].repeat(1, gradients.shape[1])
        divisors[:, dimension] = sums[:, 1] + (of_all[:, 1] - squares[:, 1]).clamp(min=0)
        return divisors, new
