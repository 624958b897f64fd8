from __future__ import annotations

import gc
import weakref
from pathlib import Path

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given
from numpy.testing import assert_allclose, assert_array_equal

from gloveui.core.cooccurrence import CooccurrenceMatrix
from gloveui.core.heatmap import View, heatmap_picture
from gloveui.core.progress import run_to_end
from gloveui.core.quantities import QUANTITIES, Quantity, add_up, cell_values, known_marginals, marginals
from gloveui.core.quantity_kernels import COUNT, LOG, PMI, SCALED, WEIGHT, fill_values
from gloveui.core.resources import Resources
from gloveui.core.word_order import WordOrder
from tests.core import naive_heatmap
from tests.core.matrices import matrix_of, random_matrix, random_parameters, tables


@given(tables())
def test_marginals_are_the_sums_of_rows_of_columns_and_of_all(table) -> None:
    matrix, dense = matrix_of(table), np.array(table)
    sums = marginals(matrix)
    assert_allclose(sums.rows, dense.sum(axis=1))
    assert_allclose(sums.columns, dense.sum(axis=0))
    assert sums.total == pytest.approx(dense.sum())


def test_marginals_are_the_same_on_any_number_of_threads() -> None:
    found = [run_to_end(add_up(random_matrix(200, 0.3), Resources(threads=threads))) for threads in (1, 2, 3)]
    for other in found[1:]:
        assert_array_equal(other.rows, found[0].rows)
        assert_array_equal(other.columns, found[0].columns)


def test_marginals_are_added_up_once_and_go_with_their_matrix() -> None:
    matrix = matrix_of([[1, 2], [0, 3]])
    assert known_marginals(matrix) is None
    sums = marginals(matrix)
    assert known_marginals(matrix) is sums is marginals(matrix)
    gone = weakref.ref(matrix)
    del matrix
    gc.collect()
    assert gone() is None


@given(tables(), st.sampled_from(QUANTITIES), st.data())
def test_cells_have_the_value_of_their_quantity(table, name, data) -> None:
    matrix = matrix_of(table)
    words = st.lists(st.integers(0, len(table) - 1), max_size=6)
    rows, columns = np.array(data.draw(words), np.int64), np.array(data.draw(words), np.int64)
    quantity = Quantity(name, x_max=2.0, alpha=0.6, parameters=random_parameters(len(table), 3))
    found = cell_values(matrix, quantity, rows, columns)
    assert found.dtype == np.float32
    assert found.shape == (len(rows), len(columns))
    dense = naive_heatmap.counts(matrix)
    wanted = [[naive_heatmap.value(dense, quantity, i, j) for j in columns] for i in rows]
    assert_allclose(found, np.array(wanted).reshape(found.shape), rtol=1e-6, atol=1e-6)


def test_a_word_without_contexts_has_no_probable_ones() -> None:
    matrix = matrix_of([[0, 0], [1, 0]])
    found = cell_values(matrix, Quantity("probability"), np.arange(2), np.arange(2))
    assert found.tolist() == [[0, 0], [1, 0]]


def test_cells_can_be_read_from_files(tmp_path: Path) -> None:
    matrix = random_matrix(30, 0.3)
    mapped = [np.lib.format.open_memmap(tmp_path / name, "w+", a.dtype, a.shape) for name, a in (
        ("columns.npy", matrix.columns), ("values.npy", matrix.values))]  # fmt: skip
    mapped[0][:], mapped[1][:] = matrix.columns, matrix.values
    in_files = CooccurrenceMatrix(matrix.starts, *mapped, matrix.vocabulary, matrix.options)
    ids, quantity = np.arange(30), Quantity("pmi")
    assert_array_equal(cell_values(in_files, quantity, ids, ids), cell_values(matrix, quantity, ids, ids))


def test_an_unknown_quantity_is_refused() -> None:
    with pytest.raises(ValueError, match="'counts'"):
        Quantity("counts")


@pytest.mark.parametrize("name", ["prediction", "error"])
def test_what_a_model_predicts_needs_a_model(name: str) -> None:
    with pytest.raises(ValueError, match="needs the parameters"):
        Quantity(name)


@pytest.mark.parametrize(
    ("kind", "wanted"),
    [
        (COUNT, lambda x: x),
        (LOG, np.log),
        (SCALED, lambda x: 0.125 * x),
        (WEIGHT, lambda x: np.minimum(1, x / np.exp(0.125)) ** 0.75),
        (PMI, lambda x: np.log(x) + 0.125 - 2),
    ],
)
def test_compiled_values_are_as_exact_as_their_type(kind: int, wanted) -> None:
    numbers = np.geomspace(1e-6, 1e9, 100_001).astype(np.float32)
    columns, terms = np.zeros(len(numbers), np.int32), np.full(1, 2, np.float32)
    for array in (numbers, columns):
        array.setflags(write=False)
    found = np.empty_like(numbers)
    row_term, alpha = np.float32(0.125), np.float32(0.75)
    fill_values(kind, numbers, columns, 0, len(numbers), row_term, terms, alpha, found)
    assert_allclose(found, wanted(numbers.astype(np.float64)), rtol=2e-6, atol=3e-7)


@pytest.mark.parametrize("x_max", [1e-30, 1e30])
def test_the_weight_of_a_count_far_from_the_largest_that_matters_is_exact(x_max: float) -> None:
    matrix = matrix_of([[1e-9, 1.0], [1e9, 0]])
    quantity = Quantity("weight", x_max=x_max, alpha=0.01)
    order, view = WordOrder.of(np.arange(2), 2), View(0, 2, 0, 2, 1)
    picture = run_to_end(heatmap_picture(matrix, order, quantity, view, "sum", Resources()))
    exact = cell_values(matrix, quantity, np.arange(2), np.arange(2))
    assert_allclose(picture.values[picture.values > 0], exact[exact > 0], rtol=1e-6)
