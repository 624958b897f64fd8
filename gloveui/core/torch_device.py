"""A device of torch: opened, given arrays, and kept busy without going deaf."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from gloveui.core.devices import Device
from gloveui.core.errors import SettingError

if TYPE_CHECKING:
    import torch

SECONDS_AT_ONCE = 0.05  # between two looks at whether somebody wants to stop


def opened(device: Device) -> torch.device:
    """The device as torch knows it.

    Raises
    ------
    SettingError
        If torch cannot compute there; what it says goes with it.
    """
    import torch

    where = torch.device(device.key)
    try:
        torch.zeros(1, device=where)
    except (RuntimeError, AssertionError) as error:  # torch asserts that it was built for CUDA
        reason = str(error).strip().partition("\n")[0]
        received = f"{device.key} ({device.name}: {reason})"
        raise SettingError(
            setting="device", expected="one that works, like cpu", received=received
        ) from error
    return where


def moved(array: NDArray[np.generic], where: torch.device) -> torch.Tensor:
    """A copy on the device."""
    import torch

    return torch.tensor(array, device=where)


class Pace:
    """Learns how many rounds take about 50 ms; `at_once` is what to ask for next."""

    def __init__(self, rounds: int) -> None:
        self._rounds = rounds
        self.at_once = 1

    @contextmanager
    def timed(self, rounds: int) -> Iterator[None]:
        """Time so many rounds; at most four times as many come next."""
        start = time.perf_counter()
        yield
        seconds = max(time.perf_counter() - start, 1e-9)
        fitting = int(rounds * SECONDS_AT_ONCE / seconds)
        self.at_once = max(1, min(fitting, 4 * rounds, self._rounds))
