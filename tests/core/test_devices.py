from __future__ import annotations

import ctypes
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from gloveui.core import devices
from gloveui.core.devices import WORTH_IT, available_devices, chosen_device, cpu_name
from gloveui.core.errors import SettingError
from gloveui.core.resources import usable_cores

GIB = 1 << 30


class Driver:
    """Stands in for NVIDIA's library: one card, and the status of each call."""

    def __init__(self, capability: tuple[int, int] = (9, 0), version: int = 13_000, **status: int) -> None:
        self.capability, self.version, self.status = capability, version, status

    def __getattr__(self, function: str) -> Any:
        return lambda *arguments: self.status.get(function) or self.answer(function, *arguments)

    def answer(self, function: str, *arguments: Any) -> int:
        """Write what the function is asked for; 0 for success."""
        target = arguments[0]
        if function == "cuDeviceGetName":
            target.value = b"NVIDIA H100 80GB HBM3"
        elif function == "cuDeviceGetAttribute":
            target._obj.value = self.capability[arguments[1] - 75]
        elif function != "cuInit":
            values = {
                "cuDriverGetVersion": self.version,
                "cuDeviceGetCount": 1,
                "cuDeviceTotalMem_v2": 80 * GIB,
            }
            target._obj.value = values.get(function, 0)
        return 0


@pytest.fixture(autouse=True)
def found_anew() -> Iterator[None]:
    available_devices.cache_clear()
    yield
    available_devices.cache_clear()


@pytest.fixture
def computer(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Says what the computer has: `computer(driver, cuda_of_torch)`."""

    def have(driver: Driver | None, cuda_of_torch: int | None = 13) -> None:
        monkeypatch.setattr(devices, "_cuda_driver", lambda: driver)
        monkeypatch.setattr(devices, "_cuda_of_torch", lambda: cuda_of_torch)
        monkeypatch.setattr(devices, "_mps", lambda: None)

    return have


def test_the_cpu_is_always_there_with_its_threads_and_memory(computer: Any) -> None:
    computer(None)
    (cpu,) = available_devices()
    assert cpu.key == "cpu"
    assert cpu.name == cpu_name(usable_cores())
    assert cpu.memory > GIB // 2


def test_one_thread_is_not_called_threads() -> None:
    assert cpu_name(1) == "CPU, 1 thread"
    assert cpu_name(2) == "CPU, 2 threads"


def test_a_card_is_found_with_its_name_and_memory(computer: Any) -> None:
    computer(Driver())
    _, card = available_devices()
    assert (card.key, card.name, card.memory) == ("cuda", "NVIDIA H100 80GB HBM3", 80 * GIB)


@pytest.mark.parametrize(
    ("driver", "cuda_of_torch"),
    [
        (None, 13),
        (Driver(), None),
        (Driver(version=12_040), 13),
        (Driver(capability=(6, 1)), 13),
        (Driver(cuInit=100), 13),
        (Driver(cuDeviceGet=101), 13),
    ],
    ids=["no driver", "torch without CUDA", "old driver", "old card", "no card", "card taken away"],
)
def test_a_card_that_torch_could_not_use_is_not_there(
    computer: Any, driver: Driver | None, cuda_of_torch: int | None
) -> None:
    computer(driver, cuda_of_torch)
    assert [device.key for device in available_devices()] == ["cpu"]


def test_auto_takes_the_card_for_work_that_is_worth_it(computer: Any) -> None:
    computer(Driver())
    assert chosen_device("auto", WORTH_IT).key == "cuda"
    assert chosen_device("auto", WORTH_IT - 1).key == "cpu"


def test_auto_takes_the_cpu_where_there_is_no_card(computer: Any) -> None:
    computer(None)
    assert chosen_device("auto", 1 << 40).key == "cpu"


def test_what_is_asked_for_is_taken_for_any_work(computer: Any) -> None:
    computer(Driver())
    assert chosen_device("cuda", 1).key == "cuda"
    assert chosen_device("cpu", 1 << 40).key == "cpu"


def test_asking_for_what_is_not_there_names_what_is(computer: Any) -> None:
    computer(None)
    with pytest.raises(SettingError, match=r"^device: expected cpu \(CPU, .*\), found cuda$"):
        chosen_device("cuda", 1)


def test_mps_is_there_on_apple_processors_and_taken_only_when_asked_for(
    computer: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = devices._mps
    computer(None)
    monkeypatch.setattr(devices, "_mps", found)
    monkeypatch.setattr(devices, "sys", SimpleNamespace(platform="darwin"))
    monkeypatch.setattr("platform.machine", lambda: "arm64")
    assert chosen_device("mps", 1).name == "Apple GPU (Metal)"
    assert chosen_device("auto", 1 << 40).key == "cpu"
    monkeypatch.setattr("platform.machine", lambda: "x86_64")
    available_devices.cache_clear()
    with pytest.raises(SettingError):
        chosen_device("mps", 1)


@pytest.mark.parametrize(
    ("line", "major"),
    [("cuda: Optional[str] = None", None), ("cuda: Optional[str] = '13.0'", 13), ("cuda = '12.8'", 12)],
)
def test_the_version_of_cuda_is_read_from_torchs_own_facts(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, line: str, major: int | None
) -> None:
    (tmp_path / "version.py").write_text(f"__all__ = ['cuda', 'hip']\n{line}\nhip: Optional[str] = None\n")
    found = SimpleNamespace(origin=str(tmp_path / "__init__.py"))
    monkeypatch.setattr("importlib.util.find_spec", lambda name: found)
    assert devices._cuda_of_torch() == major


def test_a_torch_that_is_not_installed_has_no_cuda(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert devices._cuda_of_torch() is None


def test_a_computer_without_the_drivers_library_has_no_driver(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise OSError(name)

    monkeypatch.setattr(ctypes, "CDLL", missing)
    assert devices._cuda_driver() is None


def test_finding_devices_loads_no_torch() -> None:
    look = "import sys; from gloveui.core import devices; devices.available_devices()"
    program = f"{look}; print('torch' in sys.modules)"
    output = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert output.stdout.strip() == "False"
