from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from gloveui.core import nearest
from gloveui.core.embedding import Embedding
from gloveui.core.nearest import METRICS, best, nearest_words, prepare_nearest, scores
from gloveui.core.nearest_kernels import bound_rows
from gloveui.core.progress import run_to_end
from gloveui.core.vocabulary import Vocabulary
from tests.core import naive_queries as naive

Float32 = NDArray[np.float32]
Float64 = NDArray[np.float64]

KINDS = ("random", "whole numbers", "few rows over and over", "sizes far apart", "all beside one another")


@pytest.fixture(params=["small copy first", "all in full"])
def course(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both ways to an answer, for tables of any size."""
    monkeypatch.setattr(nearest, "LEAST_CELLS", 1 if request.param == "small copy first" else 1 << 40)
    monkeypatch.setattr(nearest, "CELLS_A_THREAD", 500)
    return str(request.param)


def rows_of(kind: str, words: int, dimension: int, seed: int) -> Float32:
    """Rows of a kind, some of them zeros and some equal to others."""
    random = np.random.default_rng(seed)
    rows = random.normal(size=(words, dimension))
    if kind == "whole numbers":
        rows = random.integers(-2, 3, (words, dimension)).astype(float)
    elif kind == "few rows over and over":
        rows = rows[random.integers(0, min(5, words), words)]
    elif kind == "sizes far apart":
        rows *= 10.0 ** random.integers(-40, 38, (words, 1))
    elif kind == "all beside one another":
        rows = rows[:1] + 1e-6 * rows
    rows[random.integers(0, words, 3)] = 0
    rows[random.integers(0, words, 3)] = rows[random.integers(0, words)]
    return rows.astype(np.float32)


def embedding_of(rows: Float32) -> Embedding:
    return Embedding(Vocabulary(f"w{number}" for number in range(len(rows))), rows)


def tolerance(row: Float32, vector: Float64, metric: str) -> float:
    """What float64 sums may differ by."""
    size = 1.0 if metric == "cosine" else float(np.linalg.norm(row.astype(float)))
    length = float(np.linalg.norm(vector))
    return 1e-13 * (size * length if metric != "euclidean" else size + length)


def assert_answers(
    rows: Float32,
    vector: Float64,
    metric: str,
    k: int,
    expected: list[tuple[int, float]],
    found: tuple[NDArray[np.int64], Float64],
    farthest: bool,
) -> None:
    """Their scores are right, none left out is nearer, and equal rows are in the order of ids."""
    ids, values = found
    scores_of = dict(expected)
    sign = 1 if (metric == "euclidean") != farthest else -1
    assert len(ids) == len(set(ids.tolist())) == min(k, len(expected))
    assert set(ids.tolist()) <= set(scores_of)
    for index, value in zip(ids, values, strict=True):
        assert abs(scores_of[int(index)] - value) <= tolerance(rows[index], vector, metric)
    keys = list(zip(sign * values, ids, strict=True))
    assert keys == sorted(keys)
    for index, value in expected if k else []:
        if index not in ids:
            slack = tolerance(rows[index], vector, metric) + tolerance(rows[ids[-1]], vector, metric)
            assert sign * value >= keys[-1][0] - slack
            same = [one for one in ids if np.array_equal(rows[one], rows[index])]
            assert all(one < index for one in same)


@pytest.mark.parametrize("metric", METRICS)
@given(
    kind=st.sampled_from(KINDS),
    words=st.integers(1, 700),
    dimension=st.integers(1, 9),
    seed=st.integers(0, 10_000),
    k=st.integers(0, 15),
    among=st.integers(0, 800),
    farthest=st.booleans(),
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_nearest_words_are_those_of_the_naive_twin(
    course: str,
    metric: str,
    kind: str,
    words: int,
    dimension: int,
    seed: int,
    k: int,
    among: int,
    farthest: bool,
) -> None:
    rows = rows_of(kind, words, dimension, seed)
    vector = rows[seed % words].astype(np.float64) - 0.5 * rows[0]
    excluded = {0, seed % words}
    if metric == "cosine" and vector.any():
        vector /= np.linalg.norm(vector)
    expected = naive.neighbours(rows.tolist(), vector.tolist(), metric, excluded, among, farthest)
    found = nearest_words(embedding_of(rows), vector, k, metric, excluded, among, farthest)
    assert_answers(rows, vector, metric, k, expected, found, farthest)


@pytest.mark.parametrize("metric", ["dot", "euclidean"])
def test_where_sums_are_exact_the_answers_are_the_twins_to_the_last_bit(course: str, metric: str) -> None:
    rows = rows_of("whole numbers", 2_000, 6, 1)
    vector = np.array([1.0, -2, 0, 3, 1, 2])
    ids, values = nearest_words(embedding_of(rows), vector, 60, metric)
    found = list(zip(ids.tolist(), values.tolist(), strict=True))
    assert found == naive.neighbours(rows.tolist(), vector.tolist(), metric)[:60]


@pytest.mark.parametrize("farthest", [False, True])
@pytest.mark.parametrize("metric", METRICS)
def test_most_words_are_never_read_in_full(
    monkeypatch: pytest.MonkeyPatch, metric: str, farthest: bool
) -> None:
    monkeypatch.setattr(nearest, "LEAST_CELLS", 1)
    read: list[int] = []

    def counted(
        vectors: Float32, vector: Float64, metric: str, ids: NDArray[np.int64]
    ) -> NDArray[np.float64]:
        read.append(len(ids))
        return scores(vectors, vector, metric, ids)

    monkeypatch.setattr(nearest, "scores", counted)
    rows = rows_of("random", 5_000, 50, 3)
    nearest_words(embedding_of(rows), rows[17].astype(np.float64), 10, metric, (), 0, farthest)
    assert 10 <= read[0] < 200


@pytest.mark.parametrize("sign", [1.0, -1.0])
@pytest.mark.parametrize("metric", METRICS)
@pytest.mark.parametrize("dimension", [1, 2, 30])
def test_no_key_lies_outside_its_bounds(metric: str, sign: float, dimension: int) -> None:
    """With one number what is lost counts in full."""
    embedding = embedding_of(rows_of("random", 999, dimension, 4))
    vector = np.random.default_rng(8).normal(size=dimension)
    small = run_to_end(nearest._make_small(embedding))
    upper, lower = np.empty(999), np.empty(32)
    arrays = (small.numbers, small.steps, small.lengths, small.errors)
    whole, facts = nearest._whole_numbers(vector)
    bound_rows(*arrays, whole, facts, METRICS.index(metric), sign, 0, 999, upper, lower)
    keys = sign * scores(embedding.vectors, vector, metric, np.arange(999))
    if metric == "euclidean":
        keys = sign * (vector @ vector) - sign * keys**2
    keys[np.isinf(keys)] = -np.inf  # no answer, whatever is asked for
    assert (keys <= upper).all()
    assert (np.maximum.reduceat(keys, np.arange(0, 999, 32)) >= lower).all()


@pytest.mark.parametrize("farthest", [False, True])
@pytest.mark.parametrize("metric", METRICS)
def test_differences_far_smaller_than_what_the_small_copy_loses_decide(
    monkeypatch: pytest.MonkeyPatch, metric: str, farthest: bool
) -> None:
    monkeypatch.setattr(nearest, "LEAST_CELLS", 1)
    random = np.random.default_rng(11)
    vector = random.normal(size=20)
    vector /= np.linalg.norm(vector)
    along = random.random(5_000)
    across = random.normal(size=(5_000, 20))
    across -= np.outer(across @ vector, vector)
    across *= (np.sqrt(2 - along**2) / np.linalg.norm(across, axis=1))[:, None]
    rows = (np.outer(along, vector) + across).astype(np.float32)
    ids, _ = nearest_words(embedding_of(rows), vector, 30, metric, farthest=farthest)
    scored = scores(rows, vector, metric, np.arange(5_000))
    assert ids.tolist() == best(np.arange(5_000), scored, 30, (metric == "euclidean") != farthest)[0].tolist()


def test_equal_rows_have_equal_scores_wherever_they_lie(course: str) -> None:
    row = np.random.default_rng(5).normal(size=37).astype(np.float32)
    vector = np.random.default_rng(6).normal(size=37)
    rows = np.tile(row, (997, 1))
    for metric in METRICS:
        assert len(set(scores(rows, vector, metric, np.arange(997)).tolist())) == 1
        ids, _ = nearest_words(embedding_of(rows), vector, 20, metric, excluded={0, 3})
        assert ids.tolist() == [1, 2, *range(4, 22)]


def test_preparing_leaves_nothing_to_be_made_by_a_question(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nearest, "LEAST_CELLS", 1)
    embedding = embedding_of(rows_of("random", 300, 5, 2))
    run_to_end(prepare_nearest(embedding))
    made = nearest._made[embedding]
    assert list(prepare_nearest(embedding)) == []
    nearest_words(embedding, np.ones(5), 3)
    assert nearest._made[embedding] is made


def test_what_is_kept_goes_with_its_vectors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nearest, "LEAST_CELLS", 1)
    before = len(nearest._made)
    embedding = embedding_of(rows_of("random", 300, 5, 2))
    run_to_end(prepare_nearest(embedding))
    assert len(nearest._made) == before + 1
    del embedding
    assert len(nearest._made) == before


def test_the_best_are_in_order_and_ties_in_that_of_ids() -> None:
    ids, found = np.arange(6), np.array([2.0, 5.0, -np.inf, 5.0, 1.0, 5.0])
    assert best(ids, found, 2)[0].tolist() == [1, 3]
    assert best(ids, found, 9)[0].tolist() == [1, 3, 5, 0, 4]
    assert best(ids, found, 2, is_ascending=True)[0].tolist() == [4, 0]
    assert best(ids, found, 2, excluded={1})[0].tolist() == [3, 5]
    assert best(ids, found, 0)[0].tolist() == []
