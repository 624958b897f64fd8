"""What a training takes: memory by reckoning, time by a trial in small."""

from __future__ import annotations

import math
import time

import numpy as np

from gloveui.core.byte_size import ByteSize
from gloveui.core.cooccurrence import CooccurrenceMatrix, CountOptions
from gloveui.core.errors import NotEnoughMemory, TooManyPairs
from gloveui.core.glove import GloveConfig
from gloveui.core.model_state import first_state
from gloveui.core.progress import Progress, Task
from gloveui.core.resources import Resources, busy_cores, free_memory
from gloveui.core.tiles import BYTES_A_PAIR
from gloveui.core.training_cpu import LANES, CpuEngine
from gloveui.core.vocabulary import Vocabulary

TRIAL_PAIRS = 500_000  # about, in an epoch of the trial
TRIAL_EPOCHS = 3
FEWEST_TRIAL_PAIRS = 20_000
LARGEST_TRIAL_MODEL = 64_000_000  # bytes
MOST_FOR_PAIRS = 0.8  # of the memory; beyond it no dimension would help
COPIES = 2  # of the vectors that are held at once: the best state, and the one that follows it


def training_memory(words: int, nonzeros: int, config: GloveConfig) -> int:
    """Bytes that training takes on top of the counts: tiles, the model with its sums, and copies of it."""
    engine_row = CpuEngine.row_bytes(config)
    plain_row = 4 * config.dimension * (1 if config.mode == "fast" else 2)
    model = words * 2 * engine_row
    copies = words * 2 * plain_row * COPIES
    return nonzeros * BYTES_A_PAIR + model + copies


def check_training_fits(words: int, nonzeros: int, config: GloveConfig) -> None:
    """Raise `NotEnoughMemory`, with what would fit, where training needs more than is free."""
    needed, free = training_memory(words, nonzeros, config), free_memory()
    if needed <= free:
        return
    facts = {"device": "computer", "needed": ByteSize(needed), "free": ByteSize(free)}
    pairs_alone = nonzeros * BYTES_A_PAIR
    if pairs_alone > MOST_FOR_PAIRS * free:
        raise TooManyPairs(**facts)
    fitting = int(config.dimension * (free - pairs_alone) / (needed - pairs_alone))
    raise NotEnoughMemory(**facts, fitting=max(1, fitting - fitting % LANES))


def training_seconds(words: int, nonzeros: int, config: GloveConfig, resources: Resources) -> Task[float]:
    """How long training on the CPU will take on this machine as busy as it is, by a trial of some 100 ms."""
    matrix = _trial_matrix(words, nonzeros, config, busy_cores(resources.thread_count))
    # Of counts for which no time is taken: on a first start they wait for what is compiled.
    yield from CpuEngine(_random_matrix(2, 4), config, resources).prepare()
    engine = CpuEngine(matrix, config, resources)
    engine.put(first_state(matrix.vocabulary, config, None))
    yield Progress("estimating", 0.0)
    start = time.perf_counter()
    yield from engine.prepare()
    preparing = time.perf_counter() - start
    seconds = []
    with engine.working():
        for epoch in range(TRIAL_EPOCHS):
            start = time.perf_counter()
            engine.train(epoch, range(engine.rounds))
            seconds.append(time.perf_counter() - start)
            yield Progress("estimating", (epoch + 1) / TRIAL_EPOCHS)
    start = time.perf_counter()
    engine.state()  # kept after each epoch
    copying = (time.perf_counter() - start) * words / len(matrix.vocabulary)
    scale = nonzeros / matrix.nonzeros
    return scale * preparing + config.epochs * (scale * min(seconds[1:]) + copying)


def _trial_matrix(words: int, nonzeros: int, config: GloveConfig, cores: int) -> CooccurrenceMatrix:
    """As many pairs a tile as the real counts have, but fewer tiles, and a model that is soon made."""
    blocks = CpuEngine.blocks_for(words, nonzeros, config)
    pairs_a_tile = max(nonzeros / blocks**2, 1)
    tried = min(blocks, max(2 * cores, math.isqrt(int(TRIAL_PAIRS / pairs_a_tile))))
    share = min(tried / blocks, LARGEST_TRIAL_MODEL / (words * 2 * CpuEngine.row_bytes(config)))
    pairs = max(nonzeros * share**2, min(nonzeros, FEWEST_TRIAL_PAIRS))
    return _random_matrix(max(1, round(words * share)), max(1, round(pairs)))


def _random_matrix(words: int, nonzeros: int) -> CooccurrenceMatrix:
    """Counts that cost as much to train as real ones: the earlier a word, the more pairs it has."""
    random = np.random.default_rng(1)
    starts = (nonzeros * np.sqrt(np.linspace(0, 1, words + 1))).astype(np.int64)
    columns = (words * random.random(nonzeros) ** 2).astype(np.int32)
    values = (10 * random.random(nonzeros, dtype=np.float32) + np.float32(0.1)).astype(np.float32)
    return CooccurrenceMatrix(starts, columns, values, Vocabulary(map(str, range(words))), CountOptions())
