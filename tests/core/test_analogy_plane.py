"""The plane of four words, against numpy's singular values and by hand."""

from __future__ import annotations

import numpy as np
import pytest

from gloveui.core.analogy_plane import analogy_plane
from gloveui.core.errors import UnknownWord
from tests.views.vectors import FAMILY, embedding_of, noise

FOUR = ("man", "woman", "boy", "girl")


def units_of(vectors: dict[str, tuple[float, ...]], words: tuple[str, ...]) -> np.ndarray:
    rows = np.array([vectors[word] for word in words], float)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def test_the_plane_holds_what_the_two_largest_singular_values_hold() -> None:
    vectors = noise(tuple("abcdefg"), dimension=9)
    plane = analogy_plane(embedding_of(vectors), ("a", "b", "c", "d"), ("e",))
    units = units_of(vectors, ("a", "b", "c", "d", "e"))
    centre = units[:4].mean(axis=0)
    _, lengths, axes = np.linalg.svd(units[:4] - centre)
    assert plane.held == pytest.approx((lengths[:2] ** 2).sum() / (lengths**2).sum(), abs=1e-6)
    expected = (units - centre) @ axes[:2].T
    # The same picture, but for how it is turned: all distances between words are those of the projection.
    for row in range(5):
        assert np.linalg.norm(plane.positions - plane.positions[row], axis=1) == pytest.approx(
            np.linalg.norm(expected - expected[row], axis=1), abs=1e-6
        )
    away = units - centre - expected @ axes[:2]
    assert plane.distances == pytest.approx(np.linalg.norm(away, axis=1), abs=1e-6)


def test_no_other_plane_through_the_mean_holds_more() -> None:
    vectors = noise(tuple("abcd"), dimension=5, seed=3)
    held = analogy_plane(embedding_of(vectors), ("a", "b", "c", "d")).held
    units = units_of(vectors, ("a", "b", "c", "d"))
    centred = units - units.mean(axis=0)
    random = np.random.default_rng(0)
    for _ in range(200):
        axes = np.linalg.qr(random.normal(size=(5, 2)))[0]
        assert np.sum((centred @ axes) ** 2) / np.sum(centred**2) <= held + 1e-6


def test_the_arrows_point_to_the_right_and_c_is_above_a() -> None:
    for seed in range(10):
        vectors = noise(tuple("abcd"), seed=seed)
        a, b, c, d = analogy_plane(embedding_of(vectors), ("a", "b", "c", "d")).positions
        together = (b - a) + (d - c)
        assert together[0] > 0
        assert together[1] == pytest.approx(0, abs=1e-9)
        assert (c - a + d - b)[1] >= -1e-9


def test_a_true_parallelogram_lies_in_the_plane_and_meets_its_target() -> None:
    vectors = {"a": (1, 0, 0), "b": (0, 1, 0), "c": (0, -1, 0), "d": (-1, 0, 0)}
    plane = analogy_plane(embedding_of(vectors), ("a", "b", "c", "d"))
    assert plane.held == pytest.approx(1)
    assert plane.distances == pytest.approx(np.zeros(4), abs=1e-9)
    assert plane.target == pytest.approx(plane.positions[3])
    assert plane.parallel == pytest.approx(1)


def test_the_target_is_where_the_sum_of_the_three_words_is_seen() -> None:
    plane = analogy_plane(embedding_of(FAMILY), FOUR)
    a, b, c, _ = plane.positions
    assert plane.target == pytest.approx(b - a + c)


def test_other_words_are_seen_and_move_nothing() -> None:
    embedding = embedding_of(FAMILY)
    alone, with_others = analogy_plane(embedding, FOUR), analogy_plane(embedding, FOUR, ("road", "king"))
    assert with_others.positions[:4] == pytest.approx(alone.positions)
    assert with_others.positions.shape == (6, 2)
    assert with_others.held == alone.held


def test_words_that_do_not_differ_are_at_one_place() -> None:
    plane = analogy_plane(embedding_of(FAMILY), ("man", "man", "man", "man"))
    assert plane.positions == pytest.approx(np.zeros((4, 2)))
    assert np.isnan(plane.held)
    assert np.isnan(plane.parallel)


def test_two_words_twice_are_on_one_line() -> None:
    plane = analogy_plane(embedding_of(FAMILY), ("man", "woman", "man", "woman"))
    assert plane.held == pytest.approx(1)
    assert plane.parallel == pytest.approx(1)
    assert plane.positions[:, 1] == pytest.approx(np.zeros(4), abs=1e-9)


def test_vectors_of_one_dimension_are_drawn_as_well() -> None:
    plane = analogy_plane(embedding_of({"a": (1,), "b": (-1,), "c": (2,), "d": (0,)}), ("a", "b", "c", "d"))
    assert np.isfinite(plane.positions).all()


def test_unknown_words_are_refused() -> None:
    with pytest.raises(UnknownWord):
        analogy_plane(embedding_of(FAMILY), ("man", "woman", "boy", "xyzzy"))
