from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from gloveui.core import training_cost, training_cpu
from gloveui.core.cooccurrence import CountOptions
from gloveui.core.errors import NotEnoughMemory, NoWordFrequentEnough
from gloveui.core.forecast import forecast
from gloveui.core.glove import GloveConfig
from gloveui.core.progress import run_to_end
from gloveui.core.resources import MIB, Resources, usable_cores
from gloveui.core.training_cost import check_training_fits, training_memory
from gloveui.core.training_cpu import CpuEngine
from tests.core.steps import count, random_text, read

OPTIONS = CountOptions(window=5, min_count=1)
CONFIG = GloveConfig(dimension=20, epochs=3)


def test_a_small_text_is_reckoned_exactly() -> None:
    stream = read(random_text(200, 20_000))
    expected = count(stream, window=5)
    told = run_to_end(forecast(stream, None, OPTIONS, CONFIG, Resources(threads=1)))
    assert (told.words, told.nonzeros) == (len(expected.vocabulary), expected.nonzeros)
    assert told.disk_bytes == 0
    assert told.counting_seconds > 0
    assert told.training_seconds is not None
    assert told.training_seconds > 0


def test_counts_that_are_there_need_not_be_counted() -> None:
    stream = read(random_text(200, 20_000))
    matrix = count(stream, window=5)
    told = run_to_end(forecast(stream, matrix, OPTIONS, CONFIG, Resources(threads=1)))
    assert told.counting_seconds == 0
    assert told.nonzeros == matrix.nonzeros
    assert told.memory_bytes == matrix.memory_bytes + training_memory(200, matrix.nonzeros, CONFIG)


def test_counts_beyond_the_budget_are_told_to_go_to_the_disk() -> None:
    stream = read(random_text(2_000, 60_000))
    in_memory = run_to_end(forecast(stream, None, OPTIONS, CONFIG, Resources(threads=1)))
    on_disk = run_to_end(forecast(stream, None, OPTIONS, CONFIG, Resources(threads=1, memory_mib=1)))
    assert in_memory.disk_bytes == 0
    assert on_disk.disk_bytes > MIB
    assert on_disk.memory_bytes < in_memory.memory_bytes


def test_more_epochs_take_longer() -> None:
    stream = read(random_text(200, 20_000))
    few, many = (
        run_to_end(forecast(stream, None, OPTIONS, replace(CONFIG, epochs=epochs), Resources(threads=1)))
        for epochs in (1, 1_000)
    )
    assert few.training_seconds is not None
    assert many.training_seconds is not None
    assert many.training_seconds > 20 * few.training_seconds


def test_settings_that_leave_no_word_have_no_forecast() -> None:
    options = replace(OPTIONS, min_count=1_000_000)
    with pytest.raises(NoWordFrequentEnough):
        run_to_end(forecast(read("a b a b"), None, options, CONFIG, Resources()))


def test_a_fast_training_needs_less_memory() -> None:
    exact = training_memory(10_000, 1_000_000, CONFIG)
    assert training_memory(10_000, 1_000_000, replace(CONFIG, mode="fast")) < exact


@pytest.mark.parametrize(
    ("nonzeros", "advice"), [(1_000_000, r"dimension of \d+ or less"), (50_000_000, "minimum count")]
)
def test_a_training_that_does_not_fit_is_refused_with_what_would(
    monkeypatch: pytest.MonkeyPatch, nonzeros: int, advice: str
) -> None:
    monkeypatch.setattr(training_cost, "free_memory", lambda: 400 * MIB)
    with pytest.raises(NotEnoughMemory, match="419 MB can be used") as refused:
        check_training_fits(100_000, nonzeros, GloveConfig(dimension=300))
    assert re.search(advice, refused.value.next_step)


def test_the_dimension_that_is_suggested_fits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(training_cost, "free_memory", lambda: 400 * MIB)
    with pytest.raises(NotEnoughMemory) as refused:
        check_training_fits(100_000, 1_000_000, GloveConfig(dimension=320))
    fitting = refused.value.fields["fitting"]
    assert isinstance(fitting, int)
    check_training_fits(100_000, 1_000_000, GloveConfig(dimension=fitting))


def test_threads_beyond_the_cores_do_not_make_a_run_shorter() -> None:
    stream = read(random_text(2_000, 60_000))
    few, many = (
        run_to_end(forecast(stream, None, OPTIONS, CONFIG, Resources(threads=threads)))
        for threads in (usable_cores(), 50 * usable_cores())
    )
    assert many.counting_seconds > few.counting_seconds / 10


def test_the_trial_of_a_huge_model_is_small() -> None:
    config = GloveConfig(dimension=1_000)
    matrix = training_cost._trial_matrix(500_000, 30_000_000, config, cores=2)
    assert len(matrix.vocabulary) * 2 * CpuEngine.row_bytes(config) <= 64_000_000
    assert 20_000 <= matrix.nonzeros < 1_000_000


def test_what_is_compiled_once_is_not_taken_for_work(monkeypatch: pytest.MonkeyPatch) -> None:
    now, build = 0.0, training_cpu.build_tiles

    def compile_and_build(*arguments: object) -> Iterator[object]:
        nonlocal now
        now = 1000.0
        return (yield from build(*arguments))

    monkeypatch.setattr(training_cpu, "build_tiles", compile_and_build)
    monkeypatch.setattr(training_cost.time, "perf_counter", lambda: now)
    assert run_to_end(training_cost.training_seconds(500, 20_000, CONFIG, Resources(threads=1))) == 0
