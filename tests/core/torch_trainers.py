"""Trainers whose engine computes by torch on the CPU: what is meant for a card, tested without one."""

from __future__ import annotations

import importlib.util

import pytest

from gloveui.core import torch_device, training, training_torch, training_triton
from gloveui.core.cooccurrence import CooccurrenceMatrix
from gloveui.core.devices import Device
from gloveui.core.glove import GloveConfig
from gloveui.core.resources import Resources
from gloveui.core.torch_engine import TorchEngine
from gloveui.core.training import Trainer
from gloveui.core.training_torch import BatchEngine
from gloveui.core.training_triton import TritonEngine

CPU = Device("cpu", "CPU by torch", 1 << 40)
needs_triton = pytest.mark.skipif(
    importlib.util.find_spec("triton") is None, reason="Triton is not installed"
)
KINDS = [BatchEngine, pytest.param(TritonEngine, marks=needs_triton)]


class TorchTrainers:
    """Makes trainers on a kind of engine."""

    def __init__(self, kind: type[TorchEngine], patch: pytest.MonkeyPatch) -> None:
        patch.setenv("TRITON_INTERPRET", "1")  # looked at when its kernels are loaded, and from then on
        patch.setattr(torch_device, "SECONDS_AT_ONCE", 0.0)  # one round at a time, however fast it is
        self._kind, self._patch = kind, patch

    def __call__(self, matrix: CooccurrenceMatrix, config: GloveConfig, blocks: int | None = None) -> Trainer:
        """A trainer; `blocks` in place of what the engine would choose."""
        with self._patch.context() as patch:
            if blocks is not None:
                patch.setattr(training_torch, "batch_count", lambda words, nonzeros: blocks)
                patch.setattr(training_triton, "warp_count", lambda words, nonzeros: blocks)
            patch.setattr(training, "engine_for", self._engine)
            return Trainer(matrix, config, Resources(threads=1))

    def _engine(self, matrix: CooccurrenceMatrix, config: GloveConfig, resources: Resources) -> TorchEngine:
        return self._kind(matrix, config, resources, CPU)  # type: ignore[call-arg]


def words_of(matrix: CooccurrenceMatrix) -> int:
    """V: as many blocks leave no word twice in a round."""
    return len(matrix.vocabulary)
