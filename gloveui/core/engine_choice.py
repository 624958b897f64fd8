"""Which engine trains some counts."""

from __future__ import annotations

from gloveui.core.cooccurrence import CooccurrenceMatrix
from gloveui.core.devices import Device, chosen_device
from gloveui.core.glove import GloveConfig
from gloveui.core.resources import Resources
from gloveui.core.torch_engine import TorchEngine
from gloveui.core.training_cpu import CpuEngine
from gloveui.core.training_engine import TrainingEngine
from gloveui.core.training_torch import BatchEngine
from gloveui.core.training_triton import TritonEngine, can_compile


def engine_for(matrix: CooccurrenceMatrix, config: GloveConfig, resources: Resources) -> TrainingEngine:
    """What trains these counts on the device that the resources name; torch is not loaded yet.

    Raises
    ------
    SettingError
        If that device is not there.
    """
    device = chosen_device(resources.device, matrix.nonzeros)
    if device.key == "cpu":
        return CpuEngine(matrix, config, resources)
    engine = _torch_engine(matrix, config, resources, device)
    if resources.device == "auto" and engine.memory.total > device.memory:
        return CpuEngine(matrix, config, resources)
    return engine


def _torch_engine(
    matrix: CooccurrenceMatrix, config: GloveConfig, resources: Resources, device: Device
) -> TorchEngine:
    kind = TritonEngine if device.key == "cuda" and can_compile() else BatchEngine
    return kind(matrix, config, resources, device)
