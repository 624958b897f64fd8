"""Positions of words over the epochs, seen by one camera, and their nearest words at each."""

from __future__ import annotations

import math

import numpy as np
import pytest

from gloveui.core.errors import SettingError, UnknownWord, WordNotKept
from gloveui.core.progress import run_to_end
from gloveui.core.replay import Replay, nearest_at_epochs, nearest_words, replay, replay_task, turn
from gloveui.core.snapshots import EpochSnapshot, SnapshotSeries
from gloveui.core.vocabulary import Vocabulary

WORDS, DIMENSION, EPOCHS = 60, 8, 5


def vocabulary(words: int = WORDS) -> Vocabulary:
    return Vocabulary([f"w{number}" for number in range(words)], np.arange(words, 0, -1))


def series_of(arrays: list[np.ndarray]) -> SnapshotSeries:
    shots = tuple(
        EpochSnapshot(float(number), math.nan if number == 0 else 1 / number, array.astype(np.float32))
        for number, array in enumerate(arrays)
    )
    return SnapshotSeries(vocabulary(len(arrays[0])), "sum", shots)


@pytest.fixture(scope="module")
def arrays() -> list[np.ndarray]:
    """Vectors that grow out of chance, along directions that differ in strength."""
    random = np.random.default_rng(3)
    end = random.normal(size=(WORDS, DIMENSION)) * np.geomspace(4, 0.5, DIMENSION)
    noise = random.normal(size=(EPOCHS, WORDS, DIMENSION))
    return [end * number / (EPOCHS - 1) + 0.1 * noise[number] for number in range(EPOCHS)]


@pytest.fixture(scope="module")
def rotation() -> np.ndarray:
    return np.linalg.qr(np.random.default_rng(4).normal(size=(DIMENSION, DIMENSION)))[0]


def test_the_last_epoch_is_seen_along_its_two_strongest_components(arrays) -> None:
    found = replay(series_of(arrays), WORDS)
    last = np.asarray(arrays[-1], np.float32).astype(np.float64)
    centred = last - last.mean(axis=0)
    left, sizes, _ = np.linalg.svd(centred, full_matrices=False)
    expected = left[:, :2] * sizes[:2]
    assert np.allclose(np.abs(found.positions[-1]), np.abs(expected), atol=1e-4)
    assert found.explained == pytest.approx((sizes[:2] ** 2).sum() / (sizes**2).sum())


def test_every_epoch_is_seen_by_the_camera_of_the_last(arrays) -> None:
    found = replay(series_of(arrays), 40)
    mean = arrays[-1][:40].mean(axis=0)
    for array, positions in zip(arrays, found.positions, strict=True):
        assert np.allclose(positions, (array[:40] - mean) @ found.axes, atol=1e-4)
    assert np.allclose(found.axes.T @ found.axes, np.eye(2))


def test_a_training_in_turned_coordinates_looks_the_same(arrays, rotation) -> None:
    found = replay(series_of(arrays))
    turned = replay(series_of([array @ rotation for array in arrays]))
    back = turn(turned.positions[-1].astype(np.float64), found.positions[-1].astype(np.float64))
    assert np.allclose(turned.positions @ back, found.positions, atol=1e-4)


def test_turning_points_onto_a_rotated_copy_brings_them_back(arrays, rotation) -> None:
    assert np.allclose(arrays[-1] @ rotation @ turn(arrays[-1] @ rotation, arrays[-1]), arrays[-1])


def test_words_that_are_seen_as_well_do_not_move_the_camera(arrays) -> None:
    series = series_of(arrays)
    alone = replay(series, 40)
    more = run_to_end(replay_task(series, [*range(40), 55], fitted=40))
    assert np.array_equal(more.positions[:, :40], alone.positions)
    assert more.ids[-1] == 55


def test_a_new_last_epoch_does_not_mirror_or_turn_the_picture(arrays) -> None:
    series = series_of(arrays)
    known = replay(series_of(arrays[:-1]))
    quarter = np.array([[0.0, -1.0], [1.0, 0.0]])
    turned = Replay(
        known.ids, known.epochs, known.losses, known.positions, known.axes @ quarter, known.explained
    )
    follows = run_to_end(replay_task(series, np.arange(WORDS), before=turned))
    assert np.allclose(turn(follows.axes, turned.axes), np.eye(2), atol=1e-6)
    assert np.abs(np.einsum("ij,ij->j", follows.axes, turned.axes)).min() > 0.9


def test_between_two_epochs_words_are_on_the_straight_way(arrays) -> None:
    found = replay(series_of(arrays))
    assert np.allclose(found.at(1.25), 0.75 * found.positions[1] + 0.25 * found.positions[2], atol=1e-5)
    assert np.array_equal(found.at(3.0), found.positions[3])
    assert np.array_equal(found.at(99.0), found.positions[-1])
    assert np.array_equal(found.at(-1.0), found.positions[0])
    assert [found.kept_at(epoch) for epoch in (-1, 0, 0.9, 1, 3.5, 99)] == [0, 0, 0, 1, 3, 4]


def test_named_words_can_be_played(arrays) -> None:
    found = replay(series_of(arrays), ["w7", "w3", "w20"])
    assert found.ids.tolist() == [7, 3, 20]
    with pytest.raises(UnknownWord):
        replay(series_of(arrays), ["nothing"])


def test_no_number_of_words_means_all_that_were_kept_and_no_words_are_fine(arrays) -> None:
    assert np.array_equal(replay(series_of(arrays), 0).positions, replay(series_of(arrays)).positions)
    assert replay(series_of(arrays), []).positions.shape == (EPOCHS, 0, 2)
    with pytest.raises(SettingError, match="words: expected a whole number, 0 or more, found -1"):
        replay(series_of(arrays), -1)


def test_a_word_too_rare_to_have_been_kept_is_named(arrays) -> None:
    shots = series_of(arrays).snapshots
    with pytest.raises(WordNotKept, match=f"“w{WORDS}” is not among the {WORDS} words"):
        replay(SnapshotSeries(vocabulary(WORDS + 1), "sum", shots), ["w3", f"w{WORDS}"])


@pytest.mark.parametrize("size", [1, 2])
def test_vectors_of_one_or_two_numbers_can_be_played(size) -> None:
    found = replay(series_of([np.arange(4.0 * size).reshape(4, size)] * 2))
    assert found.positions.shape == (2, 4, 2)
    assert np.isfinite(found.positions).all()


def test_one_word_stays_where_it_is() -> None:
    found = replay(series_of([np.ones((1, 3))] * 2))
    assert found.positions.tolist() == [[[0, 0]], [[0, 0]]]


def naive_nearest(vectors: np.ndarray, index: int, k: int) -> list[int]:
    lengths = np.linalg.norm(vectors.astype(np.float64), axis=1)
    scores = [
        (vectors[index].astype(np.float64) @ vectors[other]) / (lengths[index] * lengths[other])
        for other in range(len(vectors))
    ]
    others = [other for other in range(len(vectors)) if other != index]
    return sorted(others, key=lambda other: (-scores[other], other))[:k]


@pytest.mark.parametrize("k", [1, 5, 100])
def test_nearest_words_are_those_of_the_plain_way(arrays, k) -> None:
    vectors = arrays[-1].astype(np.float32)
    found = nearest_words(vocabulary(), vectors, [0, 7, 59], k)
    for index, nearest in zip((0, 7, 59), found, strict=True):
        assert [one.index for one in nearest] == naive_nearest(vectors, index, k)
        assert all(one.word == f"w{one.index}" and one.count == WORDS - one.index for one in nearest)


def test_ties_are_in_the_order_of_frequency_and_zeros_are_no_answer() -> None:
    vectors = np.array([[1, 0], [0, 0], [2, 0], [0, 1], [3, 0]], np.float32)
    (found, nothing) = nearest_words(vocabulary(5), vectors, [0, 1], 5)
    assert [one.index for one in found] == [2, 4, 3]
    assert nothing == ()


def test_nearest_words_that_are_known_are_not_asked_again(arrays) -> None:
    series = series_of(arrays)
    known = run_to_end(nearest_at_epochs(series_of(arrays[:1]), [1], 3))
    ((key, answer),) = known.items()
    marked = {(series.snapshots[0], 1): answer[:1]}
    found = run_to_end(nearest_at_epochs(series, [1, 2], 3, marked))
    assert len(found) == 2 * EPOCHS
    assert found[series.snapshots[0], 1] == answer[:1]
    assert (
        found[series.snapshots[0], 2] == nearest_words(vocabulary(), series.snapshots[0].vectors, [2], 3)[0]
    )
    assert key[1] == 1
