from __future__ import annotations

import dataclasses
import shutil

import numpy as np
import pytest

from gloveui.core.glove import GloveConfig
from gloveui.core.progress import run_to_end
from gloveui.core.resources import Resources
from gloveui.core.training import Trainer
from gloveui.core.training_cpu import CpuEngine
from gloveui.core.training_triton import TritonEngine, can_compile, warp_count
from tests.core.steps import count, random_text
from tests.core.torch_trainers import TorchTrainers, needs_triton


@needs_triton
@pytest.mark.parametrize("mode", ["exact", "fast"])
def test_the_kernel_does_what_the_cpu_does_on_the_same_tiles(
    monkeypatch: pytest.MonkeyPatch, mode: str
) -> None:
    matrix = count(random_text(12, 60), window=3)
    config = GloveConfig(dimension=9, epochs=2, x_max=5.0, learning_rate=0.3, mode=mode)
    monkeypatch.setattr(CpuEngine, "blocks_for", lambda *_: 2)
    on_cpu = Trainer(matrix, config, Resources(threads=1, device="cpu"))
    by_kernel = TorchTrainers(TritonEngine, monkeypatch)(matrix, config, blocks=2)
    run_to_end(on_cpu.run())
    run_to_end(by_kernel.run())
    assert by_kernel.losses == pytest.approx(on_cpu.losses, rel=1e-5)
    ours, theirs = by_kernel.checkpoint().state, on_cpu.checkpoint().state
    for field in dataclasses.fields(ours):
        np.testing.assert_allclose(
            getattr(ours, field.name), getattr(theirs, field.name), rtol=1e-4, atol=1e-5, err_msg=field.name
        )


def test_tiles_are_as_many_as_keep_a_card_busy() -> None:
    assert warp_count(words=7, nonzeros=40) == 1
    assert warp_count(words=3, nonzeros=10_000) == 3
    assert warp_count(words=76_000, nonzeros=50_000_000) == 1_250
    assert warp_count(words=400_000, nonzeros=1_000_000_000) == 2_048


def test_without_a_compiler_for_its_launchers_triton_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CC", raising=False)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: object())
    monkeypatch.setattr(shutil, "which", lambda name: "/bin/gcc" if name == "gcc" else None)
    assert can_compile()
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert not can_compile()
    monkeypatch.setattr(shutil, "which", lambda name: "/bin/gcc")
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert not can_compile()
