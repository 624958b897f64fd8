from __future__ import annotations

from gloveui.core.resources import DEVICES
from gloveui.views.device_names import device_choices, device_text, found_device_choices, threads_text


def test_a_processor_is_named_with_its_threads_and_a_card_by_its_maker(languages):
    assert device_text("CPU, 8 threads") == "CPU, 8 threads"
    assert device_text("CPU, 1 threads") == device_text("CPU, 1 thread") == "CPU, 1 thread"
    assert device_text("NVIDIA H100 80GB HBM3") == "NVIDIA H100 80GB HBM3"
    languages.use("ko")
    assert device_text("CPU, 8 threads") == "CPU, 스레드 8개"
    assert threads_text(1) == "스레드 1개"


def test_a_device_that_is_not_there_says_so(qapp, monkeypatch):
    from gloveui.core import devices

    monkeypatch.setattr(devices, "available_devices", lambda: (devices.Device("cpu", "CPU, 2 threads", 1),))
    assert device_choices() == ["automatic", "CPU", "NVIDIA card (CUDA)", "Apple GPU (MPS)"]
    assert found_device_choices() == [
        "automatic",
        "CPU",
        "NVIDIA card (CUDA): not here",
        "Apple GPU (MPS): not here",
    ]
    assert len(device_choices()) == len(DEVICES)


def test_a_card_that_is_there_is_named_by_its_maker(qapp, monkeypatch):
    from gloveui.core import devices

    card = devices.Device("cuda", "NVIDIA H200", 1)
    monkeypatch.setattr(devices, "available_devices", lambda: (devices.Device("cpu", "CPU", 1), card))
    assert found_device_choices()[2] == "NVIDIA H200"
