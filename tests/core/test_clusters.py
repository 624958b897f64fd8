from __future__ import annotations

import numpy as np
import pytest

from gloveui.core import clusters as module
from gloveui.core.clusters import hdbscan, kmeans
from gloveui.core.errors import SettingError, TooManyWords
from gloveui.core.progress import Progress, run_to_end
from tests.core.word_clouds import clouds, embedding_of, random_embedding


def same_groups(first: np.ndarray, second: np.ndarray) -> bool:
    """Whether two labellings differ by the numbers of the groups alone."""
    pairs = set(zip(first.tolist(), second.tolist(), strict=True))
    return len(pairs) == len(set(first.tolist())) == len(set(second.tolist()))


def test_kmeans_finds_the_groups_whatever_the_lengths_of_the_vectors() -> None:
    embedding, labels = clouds(300, groups=5)
    found = run_to_end(kmeans(embedding, np.arange(300), 5, seed=3))
    assert same_groups(found.labels, labels)
    assert found.labels.dtype == np.int32
    assert found.sizes.tolist() == [60] * 5


def test_the_largest_group_comes_first() -> None:
    vectors = np.array([[1, 0]] * 3 + [[0, 1]] * 9 + [[-1, -1]] * 5)
    found = run_to_end(kmeans(embedding_of(vectors), np.arange(17), 3))
    assert found.sizes.tolist() == [9, 5, 3]
    assert found.labels.tolist() == [2] * 3 + [0] * 9 + [1] * 5


def test_the_same_seed_gives_the_same_groups_also_in_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    embedding, ids = random_embedding(500, 10), np.arange(500)
    whole = run_to_end(kmeans(embedding, ids, 7, seed=5))
    monkeypatch.setattr(module, "BLOCK_NUMBERS", 1_000)
    steps: list[Progress] = []
    in_blocks = run_to_end(kmeans(embedding, ids, 7, seed=5), steps.append)
    assert in_blocks.labels.tolist() == whole.labels.tolist()
    assert in_blocks.names == whole.names
    assert len(steps) >= 10


def test_each_word_is_in_the_group_with_the_nearest_mean_direction() -> None:
    embedding, ids = random_embedding(400, 6), np.arange(400)
    found = run_to_end(kmeans(embedding, ids, 4))
    units = embedding.vectors / embedding.norms[:, None]
    means = np.array([units[found.labels == group].mean(axis=0) for group in range(4)])
    means /= np.linalg.norm(means, axis=1)[:, None]
    assert (units @ means.T).argmax(axis=1).tolist() == found.labels.tolist()


def test_groups_are_named_by_frequent_words_near_their_centre(monkeypatch: pytest.MonkeyPatch) -> None:
    vectors = np.zeros((100, 3))
    vectors[::2] = [1, 0, 0]
    vectors[1::2] = [0, 1, 0]
    vectors[:6, 2] = 0.9  # the most frequent ones are far from the centres
    vectors[6:12, 2] = 0.1  # rare ones are nearer to them than these
    found = run_to_end(kmeans(embedding_of(vectors), np.arange(100), 2))
    assert set(found.names) == {"w12, w14, w16", "w13, w15, w17"}
    monkeypatch.setattr(module, "LEAST_FREQUENT", 6)
    found = run_to_end(kmeans(embedding_of(vectors), np.arange(100), 2))
    assert set(found.names) == {"w6, w8, w10", "w7, w9, w11"}


def test_words_of_zeros_are_in_no_group() -> None:
    found = run_to_end(kmeans(embedding_of(np.array([[0, 0], [1, 0], [0, 0], [0, 1]])), np.arange(4), 2))
    assert (found.labels >= 0).tolist() == [False, True, False, True]


@pytest.mark.parametrize("vectors", [np.empty((0, 3)), np.zeros((4, 3))])
def test_without_a_direction_there_is_no_group(vectors: np.ndarray) -> None:
    found = run_to_end(kmeans(embedding_of(vectors), np.arange(len(vectors)), 3))
    assert found.labels.tolist() == [-1] * len(vectors)
    assert len(found) == 0


def test_there_are_no_more_groups_than_directions() -> None:
    vectors = np.array([[1, 0], [2, 0], [0, 1], [0, 3], [0, 1]])
    found = run_to_end(kmeans(embedding_of(vectors), np.arange(5), 4))
    assert found.labels.tolist() == [1, 1, 0, 0, 0]
    assert len(found.names) == 2


def test_a_centre_that_has_lost_its_words_takes_one_that_fits_badly() -> None:
    embedding = embedding_of(np.array([[1, 0], [1, 0.1], [0, 1]]))
    sums, fits = np.array([[2.0, 0.1], [0, 0]]), np.array([1.0, 0.99, 0.05], np.float32)
    assert module._centres(embedding, np.arange(3), sums, fits)[1].tolist() == [0, 1]


@pytest.mark.parametrize("k", [0, 2.5])
def test_an_impossible_number_of_groups_is_refused(k: int) -> None:
    with pytest.raises(SettingError, match="k:"):
        run_to_end(kmeans(random_embedding(5, 2), np.arange(5), k))


def test_hdbscan_finds_dense_groups_and_leaves_out_what_lies_between() -> None:
    random = np.random.default_rng(0)
    positions = np.concatenate(
        [random.normal([0, 0], 0.1, (30, 2)), random.normal([9, 0], 0.1, (50, 2)), [[4.5, 30.0]]]
    ).astype(np.float32)
    words = [f"w{number}" for number in range(81)]
    found = run_to_end(hdbscan(positions, 10, words))
    assert found.sizes.tolist() == [50, 30]
    assert found.labels[0] == 1
    assert found.labels[80] == -1
    assert set(found.names[1].split(", ")) < set(words[:30])
    assert run_to_end(hdbscan(positions, 10)).names == ("", "")


def test_hdbscan_of_few_points_finds_nothing_and_of_too_many_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    for points in (0, 1, 4):
        assert run_to_end(hdbscan(np.ones((points, 2), np.float32), 5)).labels.tolist() == [-1] * points
    monkeypatch.setattr(module, "MOST_BY_DENSITY", 1_000)
    with pytest.raises(TooManyWords, match=r"1,000.*1,001"):
        run_to_end(hdbscan(np.ones((1_001, 2), np.float32), 5))
