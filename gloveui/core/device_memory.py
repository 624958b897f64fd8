"""Whether a training fits in the memory of a device of torch, and what is said if not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gloveui.core.byte_size import ByteSize
from gloveui.core.errors import NotEnoughMemory, TooManyPairs

if TYPE_CHECKING:
    import torch

MOST_FOR_PAIRS = 0.8  # of what is free; beyond it no dimension would help


@dataclass(frozen=True, slots=True)
class MemoryNeed:
    """Bytes that a training takes on a device.

    Attributes
    ----------
    device
        The device as shown to a person.
    pairs
        For pairs, and what else does not depend on the dimension.
    vectors
        For what grows with the dimension.
    dimension
        D.
    """

    device: str
    pairs: int
    vectors: int
    dimension: int

    @property
    def total(self) -> int:
        """All of it."""
        return self.pairs + self.vectors

    def check(self, free: int) -> None:
        """Raise `NotEnoughMemory`, with what would fit, if more than is free is needed."""
        if self.total > free:
            raise self._refusal(free)

    @contextmanager
    def told_when_full(self, where: torch.device) -> Iterator[None]:
        """What torch says of a full device becomes `NotEnoughMemory`: another program may have filled it."""
        import torch

        try:
            yield
        except torch.OutOfMemoryError as error:
            raise self._refusal(free_memory(where)) from error

    def _refusal(self, free: int) -> NotEnoughMemory:
        facts = {"device": self.device, "needed": ByteSize(self.total), "free": ByteSize(free)}
        if self.pairs > MOST_FOR_PAIRS * free:
            return TooManyPairs(**facts)
        fitting = int(self.dimension * (free - self.pairs) / max(1, self.vectors))
        return NotEnoughMemory(**facts, fitting=max(1, min(fitting, self.dimension - 1)))


def free_memory(where: torch.device) -> int:
    """Bytes that can be taken on the device, those that torch keeps for later among them."""
    import torch

    if where.type == "cuda":
        kept = torch.cuda.memory_reserved(where) - torch.cuda.memory_allocated(where)
        return torch.cuda.mem_get_info(where)[0] + kept
    import psutil

    return int(psutil.virtual_memory().available)
