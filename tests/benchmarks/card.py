"""A graphics card against the CPU: the loss by epoch, and the time of an epoch.

``python -m tests.benchmarks.card [device] [million tokens]``; 8 million tokens have some 50 million pairs.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Iterator
from dataclasses import replace

from gloveui.api import count
from gloveui.core.cooccurrence import CooccurrenceMatrix, CountOptions, count_cooccurrences
from gloveui.core.engine_choice import engine_for
from gloveui.core.glove import GloveConfig
from gloveui.core.model_state import first_state
from gloveui.core.progress import run_to_end
from gloveui.core.resources import Resources
from gloveui.core.training import Trainer
from gloveui.environment import prepare_environment
from tests.benchmarks.texts import zipf_tokens

EPOCHS_COMPARED, EPOCHS_TIMED = 8, 5
ZIPF_TYPES = 80_000
SETTINGS = tuple(
    GloveConfig(dimension=dimension, mode=mode) for dimension in (50, 100, 300) for mode in ("exact", "fast")
)


def loss_lines(matrix: CooccurrenceMatrix, config: GloveConfig, device: str) -> Iterator[str]:
    """The mean loss of each epoch on the device and on the CPU."""
    config = replace(config, epochs=EPOCHS_COMPARED)
    trainers = [Trainer(matrix, config, Resources(device=name)) for name in (device, "cpu")]
    for trainer in trainers:
        run_to_end(trainer.run())
        yield f"D {config.dimension}, {config.mode}, {trainer.device}: " + " ".join(
            f"{loss:.4f}" for loss in trainer.losses
        )
    on_device, on_cpu = (trainer.losses[1:] for trainer in trainers)
    apart = max(abs(one / other - 1) for one, other in zip(on_device, on_cpu, strict=True))
    yield f"at most {apart:.2%} apart from the second epoch on"


def time_line(matrix: CooccurrenceMatrix, config: GloveConfig, device: str) -> str:
    """The median time of an epoch, after one that is not timed."""
    engine = engine_for(matrix, config, Resources(device=device))
    engine.put(first_state(matrix.vocabulary, config, None))
    run_to_end(engine.prepare())
    seconds = []
    with engine.working():
        for epoch in range(1 + EPOCHS_TIMED):
            start = time.perf_counter()
            engine.train(epoch, range(engine.rounds))
            seconds.append(time.perf_counter() - start)
    median = statistics.median(seconds[1:])
    speed = matrix.nonzeros / median / 1e6
    return (
        f"D {config.dimension}, {config.mode}, {engine.device}: {1000 * median:.0f} ms an epoch of "
        f"{matrix.nonzeros / 1e6:.1f} M pairs in {engine.rounds} rounds, {speed:.0f} M pairs/s "
        f"({1000 * min(seconds[1:]):.0f} to {1000 * max(seconds[1:]):.0f} ms)"
    )


def main(device: str = "cuda", million_tokens: str = "8") -> None:
    """Print the losses on the bundled text, and the times on a larger one."""
    bundled = count("bundled:english")
    for config in (GloveConfig(), GloveConfig(mode="fast")):
        for line in loss_lines(bundled, config, device):
            print(line, flush=True)
    stream = zipf_tokens(int(float(million_tokens) * 1e6), ZIPF_TYPES)
    matrix = run_to_end(count_cooccurrences(stream, CountOptions(), Resources()))
    for config in SETTINGS:
        print(time_line(matrix, config, device), flush=True)


if __name__ == "__main__":
    prepare_environment()
    main(*sys.argv[1:])
