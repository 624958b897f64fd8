from __future__ import annotations

import dataclasses

import pytest

from gloveui.core.glove import GloveConfig
from gloveui.core.progress import run_to_end
from gloveui.core.resources import Resources
from gloveui.core.training import Trainer
from gloveui.core.training_torch import BatchEngine, batch_count
from tests.core.steps import count, random_text
from tests.core.test_training import bits
from tests.core.torch_trainers import TorchTrainers

CONFIG = GloveConfig(dimension=12, epochs=6, x_max=10.0)


@pytest.fixture
def trainers(monkeypatch: pytest.MonkeyPatch) -> TorchTrainers:
    return TorchTrainers(BatchEngine, monkeypatch)


@pytest.mark.parametrize("mode", ["exact", "fast"])
@pytest.mark.parametrize("blocks", [40, 256])
def test_batches_learn_what_single_pairs_would_within_two_percent(
    trainers: TorchTrainers, mode: str, blocks: int
) -> None:
    matrix = count(random_text(800, 40_000), window=4)
    config = dataclasses.replace(CONFIG, mode=mode)
    batches, single = trainers(matrix, config, blocks), Trainer(matrix, config, Resources(device="cpu"))
    run_to_end(batches.run())
    run_to_end(single.run())
    assert batches.losses[1:] == pytest.approx(single.losses[1:], rel=0.02)


def test_the_same_seed_gives_the_same_bits_on_the_cpu(trainers: TorchTrainers) -> None:
    matrix = count(random_text(100, 3_000), window=4)
    one, other = (bits(run_to_end(trainers(matrix, CONFIG, 20).run())) for _ in range(2))
    assert one == other


def test_batches_are_many_and_no_larger_than_they_may_be() -> None:
    assert batch_count(words=7, nonzeros=40) == 7
    assert batch_count(words=5_000, nonzeros=1_000_000) == 256
    assert batch_count(words=76_800, nonzeros=50_000_000) == 1_200
    assert batch_count(words=10_000, nonzeros=200 << 20) == 1_600
