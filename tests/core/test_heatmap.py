from __future__ import annotations

import threading
from pathlib import Path

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from numpy.testing import assert_allclose, assert_array_equal

from gloveui.core import heatmap as heatmap_module
from gloveui.core import predicted_blocks
from gloveui.core.cooccurrence import CooccurrenceMatrix
from gloveui.core.heatmap import REDUCTIONS, HeatmapPicture, View, fitting_view, heatmap_picture
from gloveui.core.progress import run_to_end
from gloveui.core.quantities import QUANTITIES, Quantity, cell_values
from gloveui.core.resources import Resources
from gloveui.core.word_order import WordOrder
from tests.core import naive_heatmap
from tests.core.matrices import matrix_of, random_matrix, random_parameters, tables

SPARSE = tuple(name for name in QUANTITIES if name != "prediction")


def whole(size: int, block: int = 1) -> View:
    return View(0, size, 0, size, block)


def as_they_are(size: int) -> WordOrder:
    return WordOrder.of(np.arange(size), size)


def draw(
    matrix: CooccurrenceMatrix,
    name: str = "count",
    view: View | None = None,
    reduction: str = "sum",
    order: WordOrder | None = None,
    threads: int = 1,
) -> HeatmapPicture:
    size = len(matrix.vocabulary)
    quantity = Quantity(name, x_max=2.0, alpha=0.6, parameters=random_parameters(size, 3))
    task = heatmap_picture(
        matrix,
        order or as_they_are(size),
        quantity,
        view or whole(size),
        reduction,
        Resources(threads=threads),
    )
    return run_to_end(task)


@st.composite
def views(draw, size: int) -> View:
    """Any view of so many words; it may be empty, and ends at multiples of its block or at the end."""
    block = draw(st.sampled_from([1, 2, 4, 16]))

    def ends() -> tuple[int, int]:
        first = draw(st.integers(0, size // block)) * block
        last = min(first + draw(st.integers(0, -(-size // block))) * block, size)
        return first, max(first, last)

    return View(*ends(), *ends(), block)


@st.composite
def scenes(draw):
    """A matrix, some of its words in some order, a view of them, and how much is done at a time."""
    matrix = matrix_of(draw(tables(most=9)))
    size = len(matrix.vocabulary)
    ids = draw(st.lists(st.integers(0, size - 1), min_size=1, unique=True))
    return (
        matrix,
        WordOrder.of(np.array(ids), size),
        draw(views(len(ids))),
        draw(st.sampled_from([1, 300, 9999])),
    )


@pytest.mark.parametrize("reduction", REDUCTIONS)
@pytest.mark.parametrize("name", QUANTITIES)
@hypothesis_settings(max_examples=40)
@given(st.data())
def test_a_picture_of_any_view_is_as_if_made_cell_by_cell(name: str, reduction: str, data) -> None:
    matrix, order, view, at_once = data.draw(scenes())
    with pytest.MonkeyPatch.context() as patch:
        for unit in ("UNIT_WORK", "UNIT_ERRORS"):
            patch.setattr(heatmap_module, unit, at_once)
        patch.setattr(predicted_blocks, "CELLS_AT_ONCE", at_once)
        picture = draw(matrix, name, view, reduction, order, threads=2)
    wanted = naive_heatmap.picture(matrix, order.ids, picture.quantity, view, reduction)
    assert picture.values.dtype == np.float32
    assert picture.reduction == reduction
    assert_allclose(picture.values, wanted, rtol=1e-5, atol=2e-5)
    finite = wanted[np.isfinite(wanted)]
    if finite.size:
        assert (picture.lowest, picture.highest) == pytest.approx((finite.min(), finite.max()), abs=2e-5)
    else:
        assert (picture.lowest, picture.highest) == (None, None)


@pytest.mark.parametrize("reduction", REDUCTIONS)
@pytest.mark.parametrize("name", QUANTITIES)
def test_threads_change_no_bit_of_a_picture(monkeypatch, name: str, reduction: str) -> None:
    monkeypatch.setattr(heatmap_module, "UNIT_WORK", 500)
    monkeypatch.setattr(heatmap_module, "UNIT_ERRORS", 200)
    matrix = random_matrix(150, 0.4)
    order = WordOrder.of(np.random.default_rng(3).permutation(150), 150)
    for view in (whole(150, 64), View(32, 150, 0, 96, 8)):
        one, *others = (draw(matrix, name, view, reduction, order, threads) for threads in (1, 2, 3))
        for other in others:
            assert_array_equal(one.values, other.values)


@pytest.mark.parametrize("name", QUANTITIES)
@pytest.mark.parametrize("reduction", REDUCTIONS)
def test_single_cells_in_a_picture_have_their_exact_values(name: str, reduction: str) -> None:
    matrix = random_matrix(40, 0.3)
    picture = draw(matrix, name, reduction=reduction)
    cells = cell_values(matrix, picture.quantity, np.arange(40), np.arange(40))
    occurs = naive_heatmap.counts(matrix) > 0
    shown = occurs | (name == "prediction")
    assert_allclose(picture.values[shown], cells[shown], rtol=1e-5, atol=1e-5)
    assert np.isnan(picture.values[~shown]).all()


@pytest.mark.parametrize("name", QUANTITIES)
def test_a_matrix_of_one_word_is_a_picture_of_one_value(name: str) -> None:
    picture = draw(matrix_of([[4.0]]), name)
    assert picture.values.shape == (1, 1)
    assert picture.lowest == picture.highest == picture.values[0, 0]


@pytest.mark.parametrize("name", SPARSE)
def test_where_nothing_occurs_there_is_nothing(name: str) -> None:
    picture = draw(matrix_of(np.zeros((7, 7))), name, whole(7, 4))
    assert np.isnan(picture.values).all()
    assert picture.values.shape == (2, 2)
    assert picture.lowest is picture.highest is None


def test_equal_counts_have_equal_extremes() -> None:
    picture = draw(matrix_of(np.full((7, 7), 3.0)), view=whole(7, 4), reduction="mean")
    assert picture.lowest == picture.highest == 3


@pytest.mark.parametrize("name", QUANTITIES)
@pytest.mark.parametrize("shape", [(0, 0), (0, 7), (7, 0)])
def test_a_view_of_nothing_is_an_empty_picture(name: str, shape: tuple[int, int]) -> None:
    picture = draw(random_matrix(7, 0.5), name, View(0, shape[0], 0, shape[1], 1))
    assert picture.values.shape == shape
    assert picture.lowest is None


def test_many_small_counts_beside_large_ones_are_all_added() -> None:
    size = 3_000
    table = np.full((size, size), 0.1, np.float32)
    table[0, 0] = 2e7
    picture = draw(matrix_of(table), view=whole(size, 4096), threads=2)
    assert picture.values[0, 0] == pytest.approx(2e7 + 0.1 * (size * size - 1), rel=1e-7)


def test_counts_in_files_make_the_same_picture(tmp_path: Path) -> None:
    matrix = random_matrix(60, 0.3)
    mapped = []
    for name, array in (("columns", matrix.columns), ("values", matrix.values)):
        np.save(tmp_path / name, array)
        mapped.append(np.load(tmp_path / f"{name}.npy", mmap_mode="r"))
    in_files = CooccurrenceMatrix(matrix.starts, *mapped, matrix.vocabulary, matrix.options)
    for name in SPARSE:
        assert_array_equal(draw(in_files, name, whole(60, 8)).values, draw(matrix, name, whole(60, 8)).values)


def test_the_largest_predictions_of_a_very_large_view_become_means(monkeypatch) -> None:
    monkeypatch.setattr(predicted_blocks, "MOST_CELLS", 40 * 40 - 1)
    matrix = random_matrix(40, 0.3)
    picture = draw(matrix, "prediction", whole(40, 8), "maximum")
    assert picture.reduction == "mean"
    assert_array_equal(picture.values, draw(matrix, "prediction", whole(40, 8), "mean").values)


def test_a_picture_that_is_given_up_stops_its_threads(monkeypatch) -> None:
    monkeypatch.setattr(heatmap_module, "UNIT_WORK", 200)
    matrix, quantity = random_matrix(150, 0.4), Quantity("log_count")
    task = heatmap_picture(matrix, as_they_are(150), quantity, whole(150, 2), "sum", Resources(threads=2))
    for _ in range(4):
        next(task)
    assert any(thread.name.startswith("gloveui-worker") for thread in threading.enumerate())
    task.close()
    assert not any(thread.name.startswith("gloveui-worker") for thread in threading.enumerate())


def test_progress_goes_from_nothing_to_all(monkeypatch) -> None:
    monkeypatch.setattr(heatmap_module, "UNIT_WORK", 200)
    matrix = random_matrix(150, 0.4)
    task = heatmap_picture(matrix, as_they_are(150), Quantity("count"), whole(150, 2), "sum", Resources())
    fractions = [progress.fraction for progress in task]
    assert fractions[0] == 0
    assert fractions[-1] == 1
    assert fractions == sorted(fractions)


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ({"reduction": "median"}, "'median'"),
        ({"view": View(0, 8, 0, 8, 1)}, "places of 7 words"),
    ],
)
def test_a_picture_that_cannot_be_is_refused(options, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        draw(random_matrix(7, 0.5), **options)


def test_parameters_of_other_words_are_refused() -> None:
    quantity = Quantity("error", parameters=random_parameters(6, 3))
    with pytest.raises(ValueError, match="parameters of 7 words, got 6"):
        run_to_end(
            heatmap_picture(random_matrix(7, 0.5), as_they_are(7), quantity, whole(7), "sum", Resources())
        )


@pytest.mark.parametrize("ends", [(0, 8, 0, 8, 3), (1, 8, 0, 8, 2), (8, 4, 0, 8, 2)])
def test_a_view_whose_blocks_would_be_elsewhere_is_refused(ends: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match=r"view|block"):
        View(*ends)


places = st.floats(-500, 1500)
pixels = st.floats(0.5, 900)


@given(places, places, places, places, st.integers(1, 1000), pixels, pixels)
def test_a_fitting_view_holds_what_is_in_sight_in_blocks_of_a_pixel(
    top, bottom, left, right, size, height, width
):
    top, bottom, left, right = *sorted((top, bottom)), *sorted((left, right))
    view = fitting_view(top, bottom, left, right, size, height, width)
    seen = [min(max(place, 0), size) for place in (top, bottom, left, right)]
    is_on_it = seen[0] < seen[1] and seen[2] < seen[3]
    assert not is_on_it or view.covers(*seen)
    assert max(view.last_row, view.last_column) <= size
    assert view.height <= 2 * max(height, 1) + 3
    assert view.width <= 2 * max(width, 1) + 3
    cells_a_pixel = max((bottom - top) / max(height, 1), (right - left) / max(width, 1), 1)
    assert view.block / 2 < cells_a_pixel <= view.block


def test_a_small_move_needs_no_other_view() -> None:
    view = fitting_view(400, 500, 400, 500, 1000, 100, 100)
    assert view == View(350, 550, 350, 550, 1)
    assert view.covers(445, 545, 355, 455)
    assert not view.covers(460, 560, 400, 500)
