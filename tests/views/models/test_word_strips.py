"""Strips of a few words: their order, their difference, and the cells under a lens."""

from __future__ import annotations

import numpy as np
import pytest

from gloveui.views.models.word_strips import cell_edges, strip_pixels, strips_of
from tests.views.vectors import FAMILY, embedding_of


def test_words_of_the_vocabulary_have_a_strip_each_once_in_the_order_asked_for() -> None:
    strips = strips_of(embedding_of(FAMILY), ["queen", "nowhere", "King", "queen"])
    assert strips.words == ("queen", "king")
    assert strips.vectors.tolist() == [list(FAMILY["queen"]), list(FAMILY["king"])]
    assert strips.difference is None
    assert np.isnan(strips.cosine)


def test_a_pair_has_its_difference_cosine_and_distance() -> None:
    strips = strips_of(embedding_of(FAMILY), ["man", "king", "queen"], ("king", "queen"))
    assert strips.difference.tolist() == [1, -1, 0, 0, 0]
    assert strips.pair_words == ("king", "queen")
    assert strips.cosine == pytest.approx(2 / 3)
    assert strips.distance == pytest.approx(2**0.5)
    assert strips.norms.tolist() == pytest.approx([2**0.5, 3**0.5, 3**0.5])


def test_a_pair_that_is_not_among_the_words_has_no_difference() -> None:
    assert strips_of(embedding_of(FAMILY), ["man", "king"], ("king", "queen")).difference is None


def test_a_vector_of_zeros_has_no_cosine() -> None:
    strips = strips_of(embedding_of({"a": (0.0, 0.0), "b": (1.0, 0.0)}), ["a", "b"], ("a", "b"))
    assert np.isnan(strips.cosine)
    assert strips.distance == 1.0


def test_numbers_are_ordered_from_the_largest_of_the_first_word_or_of_the_difference() -> None:
    vectors = embedding_of({"a": (1.0, 3.0, 2.0), "b": (5.0, 4.0, 1.0)})
    assert strips_of(vectors, ["a", "b"]).columns.tolist() == [0, 1, 2]
    assert strips_of(vectors, ["a", "b"], order="first").columns.tolist() == [1, 2, 0]
    assert strips_of(vectors, ["a", "b"], ("a", "b"), "difference").columns.tolist() == [2, 1, 0]
    assert strips_of(vectors, ["a", "b"], order="difference").columns.tolist() == [0, 1, 2]


def test_cells_share_the_width_until_one_is_under_the_lens() -> None:
    assert np.diff(cell_edges(50, 400, None, 60)).tolist() == pytest.approx([8.0] * 50)
    widths = np.diff(cell_edges(50, 400, 20, 60))
    assert widths.sum() == pytest.approx(400)
    assert widths[18:23].tolist() == pytest.approx([15, 30, 60, 30, 15])
    assert widths[:18] == pytest.approx(widths[0])


def test_cells_that_are_wide_already_stay_as_they_are() -> None:
    assert np.diff(cell_edges(4, 400, 2, 60)).tolist() == [100] * 4


def test_a_width_without_room_for_a_lens_has_none() -> None:
    assert np.diff(cell_edges(300, 90, 7, 60)).tolist() == pytest.approx([0.3] * 300)


@pytest.mark.parametrize("lens", range(0, 300, 13))
def test_the_magnified_cell_is_near_the_pointer_that_chose_it(lens: int) -> None:
    edges = cell_edges(300, 600, lens, 60)
    pointer = (lens + 0.5) * 2
    assert edges[lens] - 45 <= pointer <= edges[lens + 1] + 45
    assert edges[lens] >= 0
    assert edges[lens + 1] <= 600.001


def test_each_pixel_has_the_number_of_its_cell() -> None:
    values = np.array([[1.0, -2.0, 3.0]], np.float32)
    assert strip_pixels(values, cell_edges(3, 6, None, 60), 6).tolist() == [[1, 1, -2, -2, 3, 3]]


def test_where_cells_are_narrower_than_pixels_the_strongest_number_is_seen() -> None:
    values = np.array([[0.5, -2.0, 3.0, 0.1, 0.0, -0.2]], np.float32)
    assert strip_pixels(values, cell_edges(6, 3, None, 60), 3).tolist() == [[-2, 3, np.float32(-0.2)]]
