from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

import gloveui
from gloveui.core import truncated_svd
from gloveui.core.baseline_settings import LsaSettings, PpmiSettings
from gloveui.core.cooccurrence import CooccurrenceMatrix
from gloveui.core.errors import NothingToDecompose, TooFewDirections
from gloveui.core.progress import Progress, run_to_end
from gloveui.core.resources import Resources
from gloveui.core.sparse_products import SparseRows
from gloveui.core.svd_models import lsa, ppmi
from tests import naive

SETTINGS = [
    LsaSettings(dimension=4, transform="counts"),
    LsaSettings(dimension=4, exponent=0.0),
    LsaSettings(dimension=4, transform="tf-idf", exponent=0.5),
    PpmiSettings(dimension=4, smoothing=1.0),
    PpmiSettings(dimension=4, shift=1.5, exponent=1.0),
]


def random_matrix(words: int = 40, length: int = 4_000, direction: str = "both") -> CooccurrenceMatrix:
    random = np.random.default_rng(5)
    ids = np.minimum(random.zipf(1.4, length), words)
    lines = [" ".join(f"w{one}" for one in line) for line in np.array_split(ids, length // 10)]
    text = gloveui.PastedText("\n".join(lines))
    return gloveui.count(text, window=4, min_count=1, direction=direction)


def vectors(
    matrix: CooccurrenceMatrix, settings: LsaSettings | PpmiSettings, threads: int = 1
) -> NDArray[np.float32]:
    make = lsa if isinstance(settings, LsaSettings) else ppmi
    return run_to_end(make(matrix, settings, Resources(threads=threads))).vectors  # type: ignore[arg-type]


@pytest.mark.parametrize("direction", ["both", "left"])
@pytest.mark.parametrize("settings", SETTINGS, ids=str)
@pytest.mark.parametrize("few", [1_024, 0])
def test_vectors_are_those_of_a_whole_decomposition(
    settings: LsaSettings | PpmiSettings, direction: str, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(truncated_svd, "FEW_WORDS", few)
    matrix = random_matrix(direction=direction)
    if isinstance(settings, LsaSettings):
        table = naive.lsa_table(matrix, settings.transform)
    else:
        table = naive.ppmi_table(matrix, settings.shift, settings.smoothing)
    expected = naive.svd_vectors(table, settings.dimension, settings.exponent)
    assert vectors(matrix, settings) == pytest.approx(expected, abs=1e-4)


def test_the_strongest_of_many_directions_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(truncated_svd, "FEW_WORDS", 0)
    random, size = np.random.default_rng(2), 500
    scales = np.arange(1, size + 1) ** -0.5
    table = np.where(random.random((size, size)) < 0.1, random.random((size, size)), 0) * scales
    rows, columns = np.nonzero(table)
    starts, values = np.searchsorted(rows, np.arange(size + 1)), table[rows, columns].astype(np.float32)
    sparse = SparseRows(starts, columns.astype(np.int32), values)
    steps: list[Progress] = []
    found = run_to_end(truncated_svd.truncated_svd(sparse, 20, 1, Resources(threads=2)), steps.append)
    expected = np.linalg.svd(table, compute_uv=False)[:20]
    assert found.values == pytest.approx(expected, rel=1e-6)
    assert found.left.T @ found.left == pytest.approx(np.eye(20), abs=1e-10)
    fractions = [step.fraction or 0.0 for step in steps]
    assert fractions == sorted(fractions)
    assert len(steps) > 20


def test_the_same_seed_gives_the_same_bytes_on_any_number_of_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(truncated_svd, "FEW_WORDS", 0)
    matrix, settings = random_matrix(), LsaSettings(dimension=4)
    assert vectors(matrix, settings, 1).tobytes() == vectors(matrix, settings, 3).tobytes()


def test_a_matrix_of_few_directions_has_no_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(truncated_svd, "FEW_WORDS", 0)
    ones = np.ones(60 * 60, np.float32)
    sparse = SparseRows(np.arange(0, 3_601, 60), np.tile(np.arange(60, dtype=np.int32), 60), ones)
    found = run_to_end(truncated_svd.truncated_svd(sparse, 3, 1, Resources(threads=1)))
    assert found.values == pytest.approx([60.0, 0.0, 0.0], abs=1e-9)
    assert found.left[:, 0] == pytest.approx(np.full(60, 60**-0.5))


def test_the_largest_number_of_each_direction_is_positive() -> None:
    table = vectors(random_matrix(), LsaSettings(dimension=4))
    assert (table[np.abs(table).argmax(axis=0), np.arange(4)] > 0).all()


def test_more_numbers_than_words_are_refused_before_the_work() -> None:
    matrix = random_matrix()
    task = lsa(matrix, LsaSettings(dimension=len(matrix.vocabulary) + 1), Resources())
    with pytest.raises(TooFewDirections, match=f"vary in {len(matrix.vocabulary)} directions"):
        next(task)


def test_more_numbers_than_directions_are_refused_with_what_there_is() -> None:
    matrix = gloveui.count(gloveui.PastedText("a b\nc b\nd b\ne b"), window=1, min_count=1)
    with pytest.raises(TooFewDirections, match="vary in 2 directions"):
        vectors(matrix, LsaSettings(dimension=3))


def test_counts_without_a_value_above_zero_are_refused() -> None:
    with pytest.raises(NothingToDecompose):
        vectors(random_matrix(), PpmiSettings(dimension=2, shift=100.0))


def test_it_stops_between_two_steps() -> None:
    task = lsa(random_matrix(), LsaSettings(dimension=2), Resources(threads=2))
    next(task)
    task.close()
