from __future__ import annotations

import subprocess
import sys

import pytest

from gloveui.core import devices, engine_choice
from gloveui.core.cooccurrence import CooccurrenceMatrix
from gloveui.core.devices import Device
from gloveui.core.engine_choice import engine_for
from gloveui.core.errors import SettingError
from gloveui.core.glove import GloveConfig
from gloveui.core.resources import Resources
from gloveui.core.training_cpu import CpuEngine
from gloveui.core.training_torch import BatchEngine
from gloveui.core.training_triton import TritonEngine
from tests.core.steps import LECTURE, count

CONFIG = GloveConfig(dimension=5)
CARD = Device("cuda", "NVIDIA H100 80GB HBM3", 80 << 30)


@pytest.fixture(scope="module")
def matrix() -> CooccurrenceMatrix:
    return count(LECTURE)


@pytest.fixture
def card(monkeypatch: pytest.MonkeyPatch) -> None:
    """A computer with a large card and Triton, where every text is worth it."""
    has_memory(monkeypatch, CARD)
    monkeypatch.setattr(devices, "WORTH_IT", 1)
    monkeypatch.setattr(engine_choice, "can_compile", lambda: True)


def has_memory(monkeypatch: pytest.MonkeyPatch, card: Device) -> None:
    """A computer with this card."""
    there = (Device("cpu", "CPU, 2 threads", 8 << 30), card)
    monkeypatch.setattr(devices, "available_devices", lambda: there)


def test_the_cpu_trains_when_it_is_asked_to(matrix: CooccurrenceMatrix, card: None) -> None:
    assert isinstance(engine_for(matrix, CONFIG, Resources(device="cpu")), CpuEngine)


def test_a_card_trains_by_one_kernel(matrix: CooccurrenceMatrix, card: None) -> None:
    for device in ("auto", "cuda"):
        engine = engine_for(matrix, CONFIG, Resources(device=device))
        assert isinstance(engine, TritonEngine)
        assert engine.device == CARD.name


def test_a_card_without_triton_trains_in_batches(
    matrix: CooccurrenceMatrix, card: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_choice, "can_compile", lambda: False)
    assert isinstance(engine_for(matrix, CONFIG, Resources(device="cuda")), BatchEngine)


def test_a_card_too_small_is_taken_only_when_asked_for(
    matrix: CooccurrenceMatrix, card: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    has_memory(monkeypatch, Device("cuda", "small", 1_000))
    assert isinstance(engine_for(matrix, CONFIG, Resources(device="auto")), CpuEngine)
    assert isinstance(engine_for(matrix, CONFIG, Resources(device="cuda")), TritonEngine)


def test_a_small_text_stays_on_the_cpu(
    matrix: CooccurrenceMatrix, card: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(devices, "WORTH_IT", matrix.nonzeros + 1)
    assert isinstance(engine_for(matrix, CONFIG, Resources(device="auto")), CpuEngine)


def test_a_device_that_is_not_there_is_refused(
    matrix: CooccurrenceMatrix, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(devices, "available_devices", lambda: (Device("cpu", "CPU, 2 threads", 8 << 30),))
    with pytest.raises(SettingError, match=r"expected cpu \(CPU, 2 threads\), found mps"):
        engine_for(matrix, CONFIG, Resources(device="mps"))


def test_no_engine_loads_torch_before_it_trains() -> None:
    program = (
        "import sys; from tests.core.steps import count; from gloveui.core.devices import Device;"
        "from gloveui.core.glove import GloveConfig; from gloveui.core.resources import Resources;"
        "from gloveui.core.engine_choice import BatchEngine, CpuEngine, TritonEngine;"
        "given = count('a b'), GloveConfig(), Resources(); card = Device('cuda', 'H100', 1 << 36);"
        "CpuEngine(*given), BatchEngine(*given, card).memory, TritonEngine(*given, card).memory;"
        "print({'torch', 'triton'} & set(sys.modules))"
    )
    output = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert output.stdout.strip() == "set()"
