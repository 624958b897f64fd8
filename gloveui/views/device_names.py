"""What trains, in words for people."""

from __future__ import annotations

import re

from PySide6.QtCore import QCoreApplication

from gloveui.core.resources import DEVICES

_CPU = re.compile(r"CPU, (\d+) threads?")


def device_text(device: str) -> str:
    """The name that a trainer gives its device, in the language in use; cards have their maker's name."""
    found = _CPU.fullmatch(device)
    if found is None:
        return device
    if found[1] == "1":
        return QCoreApplication.translate("Device", "CPU, 1 thread")
    return QCoreApplication.translate("Device", "CPU, {count} threads").format(count=found[1])


def threads_text(count: int) -> str:
    """How many threads work may use."""
    if count == 1:
        return QCoreApplication.translate("Device", "1 thread")
    return QCoreApplication.translate("Device", "{count} threads").format(count=count)


def device_choices() -> list[str]:
    """Names of the devices to choose from, in the order of `DEVICES`."""
    names = {
        "auto": QCoreApplication.translate("Device", "automatic"),
        "cpu": QCoreApplication.translate("Device", "CPU"),
        "cuda": QCoreApplication.translate("Device", "NVIDIA card (CUDA)"),
        "mps": QCoreApplication.translate("Device", "Apple GPU (MPS)"),
    }
    return [names[key] for key in DEVICES]


def found_device_choices() -> list[str]:
    """The same after a look at what is there, some milliseconds of it: others say that they are not."""
    from gloveui.core.devices import available_devices

    there = {device.key: device.name for device in available_devices()}
    absent = QCoreApplication.translate("Device", "{device}: not here")
    choices = []
    for key, name in zip(DEVICES, device_choices(), strict=True):
        maker_name = there.get(key, name) if key == "cuda" else name
        choices.append(maker_name if key == "auto" or key in there else absent.format(device=name))
    return choices
