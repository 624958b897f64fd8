"""How fast the engine is: text, counts, training; against plain kernels, in alternating laps."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import numpy as np

from gloveui.api import train
from gloveui.core.cooccurrence import CooccurrenceMatrix, CountOptions, count_cooccurrences
from gloveui.core.devices import available_devices
from gloveui.core.glove import GloveConfig
from gloveui.core.model_state import first_state
from gloveui.core.progress import run_to_end
from gloveui.core.resources import Resources, usable_cores
from gloveui.core.tiles import build_tiles
from gloveui.core.tokens import TokenStream
from gloveui.core.training_cpu import LANES, CpuEngine
from gloveui.core.training_engine import TrainingEngine
from gloveui.core.training_kernels import training_kernel
from gloveui.core.training_torch import BatchEngine
from tests.benchmarks.concordance import concordance_rows
from tests.benchmarks.plain_kernel import PlainModel
from tests.benchmarks.race import Lap, Race
from tests.benchmarks.texts import plain_file, tokens_of, zipf_tokens

DIMENSIONS = (50, 100, 300)
MODES = ("exact", "fast")
TILE_BLOCKS = 130  # as for vectors of 100 numbers
TORCH_DIMENSION = 100  # once is enough: it takes long
LAPS = 5
LAP_PAIRS = 1_500_000  # about, in a lap of training
CACHED_WORDS = {50: 24, 100: 12, 300: 4}  # whose rows fit in 48 KiB, twice
ZIPF_TOKENS, ZIPF_TYPES = 17_000_000, 80_000

Row = tuple[str, str, str]


def text_rows() -> Iterator[Row]:
    """Reading and tokenising the bundled text, five times over, on one thread and on all."""
    with tempfile.TemporaryDirectory() as folder:
        path = plain_file(Path(folder), copies=5)
        tokens = tokens_of(path).token_count
        megabytes = path.stat().st_size / 1e6
        race = Race("tokens", {str(n): _lap_of_reading(path, n, tokens) for n in _thread_counts()}).run(3)
    for name in race.names:
        seconds = tokens / race.speed(name)
        yield f"text → ids, {megabytes:.0f} MB, {name} threads", f"{seconds:.2f} s", _rate(race, name)


def count_rows(stream: TokenStream) -> Iterator[Row]:
    """Counting with window 10."""

    def count(threads: int) -> None:
        run_to_end(count_cooccurrences(stream, CountOptions(), Resources(threads=threads)))

    return _rows_by_threads("counting {} tokens", "tokens", stream.token_count, count)


def tile_rows(matrix: CooccurrenceMatrix) -> Iterator[Row]:
    """Sorting the pairs of a matrix into tiles."""

    def sort(threads: int) -> None:
        run_to_end(build_tiles(matrix, GloveConfig(), TILE_BLOCKS, threads))

    return _rows_by_threads("tiles of {} pairs", "pairs", matrix.nonzeros, sort)


def training_rows(matrix: CooccurrenceMatrix) -> Iterator[Row]:
    """Training by dimension, mode and threads; ratios to the plain kernel and to rows in the L1 cache."""
    for dimension in DIMENSIONS:
        with ExitStack() as stack:
            laps: dict[str, Lap] = {"plain": _plain_lap(matrix, dimension)}
            for mode in MODES:
                laps[f"{mode}, rows in L1"] = _cached_lap(matrix, dimension, mode)
                for threads in _thread_counts():
                    laps[f"{mode}, {threads} threads"] = _engine_lap(matrix, dimension, mode, threads, stack)
            if dimension == TORCH_DIMENSION:
                laps["exact, torch on the CPU"] = _torch_lap(matrix, dimension, stack)
            race = Race("pairs", laps).run(LAPS)
        for name in race.names:
            yield f"D {dimension}, {name}", _rate(race, name), f"{race.ratio(name, 'plain'):.1f} × plain"
        one, all_threads = (
            f"{threads} threads" for threads in _thread_counts()[:: max(1, usable_cores() - 1)]
        )
        for mode in MODES:
            in_cache = race.ratio(f"{mode}, {one}", f"{mode}, rows in L1")
            yield f"D {dimension}, {mode}: 1 thread of rows in L1", "", f"{in_cache:.0%}"
            scaling = race.ratio(f"{mode}, {all_threads}", f"{mode}, {one}")
            yield f"D {dimension}, {mode}: all threads of one", "", f"{scaling:.2f} ×"
        fast = race.ratio(f"fast, {one}", f"exact, {one}")
        yield f"D {dimension}, fast of exact, 1 thread", "", f"{fast:.2f} ×"


def whole_run_rows() -> Iterator[Row]:
    """From the bundled text to vectors, 15 epochs, D 100."""
    for _ in range(2):
        start = time.perf_counter()
        run = train("bundled:english")
        seconds = time.perf_counter() - start
    parts = ", ".join(f"{stage} {time:.1f}" for stage, time in run.card.seconds.items())
    yield "bundled text to vectors, D 100, 15 epochs", f"{seconds:.1f} s", parts


def all_rows() -> Iterator[Row]:
    """The whole table."""
    yield from text_rows()
    stream = zipf_tokens(ZIPF_TOKENS, ZIPF_TYPES)
    yield from count_rows(stream)
    matrix = run_to_end(count_cooccurrences(stream, CountOptions(), Resources()))
    yield from concordance_rows(stream, matrix)
    yield from tile_rows(matrix)
    yield from training_rows(matrix)
    yield from whole_run_rows()


def _rows_by_threads(what: str, unit: str, amount: int, work: Callable[[int], None]) -> Iterator[Row]:
    """The time of the same work on one thread and on all."""

    def lap(threads: int) -> Lap:
        def timed() -> int:
            work(threads)
            return amount

        return timed

    race = Race(unit, {str(threads): lap(threads) for threads in _thread_counts()}).run(2)
    for name in race.names:
        seconds = amount / race.speed(name)
        yield f"{what.format(_millions(amount))}, {name} threads", f"{seconds:.2f} s", _rate(race, name)


def _thread_counts() -> list[int]:
    return sorted({1, usable_cores()})


def _lap_of_reading(path: Path, threads: int, tokens: int) -> Callable[[], int]:
    def work() -> int:
        tokens_of(path, threads)
        return tokens

    return work


def _plain_lap(matrix: CooccurrenceMatrix, dimension: int) -> Lap:
    """Pairs of the whole matrix in random order, on one thread."""
    random = np.random.default_rng(2)
    chosen = random.integers(0, matrix.nonzeros, LAP_PAIRS // 4)
    rows = np.searchsorted(matrix.starts, chosen, side="right") - 1
    pairs = np.stack([rows, matrix.columns[chosen]], axis=1).astype(np.int32)
    values = np.stack([np.log(matrix.values[chosen]), np.full(len(chosen), 0.5)], axis=1).astype(np.float32)
    model = PlainModel(len(matrix.vocabulary), dimension)

    def work() -> int:
        model.train(pairs, values)
        return len(pairs)

    return work


def _cached_lap(matrix: CooccurrenceMatrix, dimension: int, mode: str) -> Lap:
    """The engine's own kernel on so few words that their rows never leave the nearest cache."""
    padded = -(-dimension // LANES) * LANES
    kernel, words = training_kernel(padded, mode == "fast"), CACHED_WORDS[dimension]
    random = np.random.default_rng(3)
    tables = [np.ones(words * 2 * padded, np.float32) * np.float32(0.01) for _ in range(2)]
    biases = [np.ones((words, 3), np.float32) for _ in range(2)]
    places = random.integers(0, words, (LAP_PAIRS // 4, 2)).astype(np.int32)
    values = np.full((len(places), 2), 0.5, np.float32)
    ends, one = np.array([0, len(places)]), np.zeros(1)

    def work() -> int:
        kernel(
            np.zeros(1, np.int64), np.zeros(1, np.int64), ends, places, values, *tables, *biases,
            dimension, np.float32(0.05), np.float32(100), one,
        )  # fmt: skip
        return len(places)

    return work


def _engine_lap(matrix: CooccurrenceMatrix, dimension: int, mode: str, threads: int, stack: ExitStack) -> Lap:
    """Some rounds of an epoch, others each time."""
    config = GloveConfig(dimension=dimension, mode=mode)
    return _lap_of(CpuEngine(matrix, config, Resources(threads=threads)), matrix, config, stack)


def _torch_lap(matrix: CooccurrenceMatrix, dimension: int, stack: ExitStack) -> Lap:
    """The same by plain operations of torch, on all cores."""
    config, resources = GloveConfig(dimension=dimension), Resources(device="cpu")
    return _lap_of(BatchEngine(matrix, config, resources, available_devices()[0]), matrix, config, stack)


def _lap_of(engine: TrainingEngine, matrix: CooccurrenceMatrix, config: GloveConfig, stack: ExitStack) -> Lap:
    engine.put(first_state(matrix.vocabulary, config, None))
    run_to_end(engine.prepare())
    stack.enter_context(engine.working())
    rounds = max(1, round(LAP_PAIRS * engine.rounds / matrix.nonzeros))
    done = 0

    def work() -> int:
        nonlocal done
        epoch, first = divmod(done, engine.rounds)
        chosen = range(first, min(first + rounds, engine.rounds))
        engine.train(epoch, chosen)
        done += len(chosen)
        return engine.pairs(epoch, chosen)

    return work


def _rate(race: Race, name: str) -> str:
    return f"{_millions(race.speed(name))} {race.unit}/s"


def _millions(number: float) -> str:
    return f"{number / 1e6:.3g} M"
