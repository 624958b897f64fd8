"""What can compute here, and which of it a training takes; found out without loading torch."""

from __future__ import annotations

import ctypes
import importlib.util
import platform
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from gloveui.core.errors import SettingError
from gloveui.core.resources import usable_cores

WORTH_IT = 4_000_000  # nonzeros from which a graphics card gains more than it takes to start
OLDEST_CAPABILITY = (7, 5)  # of NVIDIA's cards: what current builds of torch compute on
_MAJOR, _MINOR = 75, 76  # CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR and _MINOR
_LONGEST_NAME = 256


@dataclass(frozen=True, slots=True)
class Device:
    """Something that trains.

    Attributes
    ----------
    key
        What `Resources.device` calls it: ``"cpu"``, ``"cuda"``, ``"mps"``.
    name
        As shown to a person: ``"CPU, 2 threads"``, ``"NVIDIA H100 80GB HBM3"``.
    memory
        Bytes it has in all.
    """

    key: str
    name: str
    memory: int


def chosen_device(wanted: str, nonzeros: int) -> Device:
    """The device for a training on so many nonzero counts.

    ``"auto"`` is the CUDA device where there is one and the work is worth it, else the CPU. MPS is taken only
    when asked for: it has not been shown to be faster than the CPU of the same computer.

    Raises
    ------
    SettingError
        If the device asked for is not there.
    """
    devices = {device.key: device for device in available_devices()}
    if wanted == "auto":
        card = devices.get("cuda")
        return devices["cpu"] if card is None or nonzeros < WORTH_IT else card
    if wanted not in devices:
        there = " / ".join(f"{key} ({device.name})" for key, device in devices.items())
        raise SettingError(setting="device", expected=there, received=wanted)
    return devices[wanted]


@cache
def available_devices() -> tuple[Device, ...]:
    """What this computer and this torch can train on, the CPU first.

    Takes some milliseconds, where a card wakes up some more, and only the first time.
    """
    found = (_cpu(), _cuda(), _mps())
    return tuple(device for device in found if device is not None)


def cpu_name(threads: int) -> str:
    """The CPU as shown to a person."""
    return "CPU, 1 thread" if threads == 1 else f"CPU, {threads} threads"


def _cpu() -> Device:
    return Device("cpu", cpu_name(usable_cores()), _main_memory())


def _mps() -> Device | None:
    """The graphics part of an Apple processor; it shares the main memory."""
    is_there = sys.platform == "darwin" and platform.machine() == "arm64"
    return Device("mps", "Apple GPU (Metal)", _main_memory()) if is_there else None


def _cuda() -> Device | None:
    """The first CUDA device, where torch can use it; None for whatever speaks against it."""
    built_for, driver = _cuda_of_torch(), _cuda_driver()
    if built_for is None or driver is None:
        return None
    version, count, handle = ctypes.c_int(), ctypes.c_int(), ctypes.c_int()
    name, memory = ctypes.create_string_buffer(_LONGEST_NAME), ctypes.c_size_t()
    major, minor = ctypes.c_int(), ctypes.c_int()
    steps: tuple[Callable[[], int], ...] = (
        lambda: driver.cuInit(0),
        lambda: driver.cuDriverGetVersion(ctypes.byref(version)),
        lambda: driver.cuDeviceGetCount(ctypes.byref(count)),
        lambda: driver.cuDeviceGet(ctypes.byref(handle), 0),
        lambda: driver.cuDeviceGetName(name, _LONGEST_NAME, handle),
        lambda: driver.cuDeviceTotalMem_v2(ctypes.byref(memory), handle),
        lambda: driver.cuDeviceGetAttribute(ctypes.byref(major), _MAJOR, handle),
        lambda: driver.cuDeviceGetAttribute(ctypes.byref(minor), _MINOR, handle),
    )
    if any(step() != 0 for step in steps):  # the first that fails is the last that is tried
        return None
    is_new_enough = version.value // 1000 >= built_for and (major.value, minor.value) >= OLDEST_CAPABILITY
    return Device("cuda", name.value.decode(errors="replace"), memory.value) if is_new_enough else None


def _cuda_driver() -> Any:
    """The driver's library, whose functions have no types; None where there is none."""
    try:
        return ctypes.CDLL("nvcuda.dll" if sys.platform == "win32" else "libcuda.so.1")
    except OSError:
        return None


def _cuda_of_torch() -> int | None:
    """Major version of the CUDA that the installed torch is built for; None for a build without it."""
    found = importlib.util.find_spec("torch")
    if found is None or found.origin is None:
        return None
    try:
        facts = (Path(found.origin).parent / "version.py").read_text(encoding="utf-8")
    except OSError:
        return None
    version = re.search(r"^cuda\b[^=]*=\s*['\"](\d+)", facts, re.MULTILINE)
    return int(version[1]) if version else None


def _main_memory() -> int:
    import psutil

    return int(psutil.virtual_memory().total)
