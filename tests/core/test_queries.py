from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gloveui.core.embedding import Embedding
from gloveui.core.errors import SettingError, UnknownWord
from gloveui.core.queries import (
    METHODS,
    METRICS,
    Neighbour,
    against,
    analogy,
    analogy_rank,
    neighbours,
    odd_one_out,
    pair_ranks,
    query_vector,
    rank,
    similarity,
)
from gloveui.core.vocabulary import Vocabulary
from tests import naive
from tests.core import naive_queries


def random_embedding(words: int, dimension: int, seed: int) -> Embedding:
    vectors = np.random.default_rng(seed).normal(size=(words, dimension)).astype(np.float32)
    return Embedding(Vocabulary(f"w{number}" for number in range(words)), vectors)


def as_lists(embedding: Embedding) -> dict[str, list[float]]:
    return dict(zip(embedding.vocabulary, embedding.vectors.tolist(), strict=True))


def assert_same(found: list[Neighbour], expected: list[tuple[str, float]]) -> None:
    assert [neighbour.word for neighbour in found] == [word for word, _ in expected]
    assert [neighbour.score for neighbour in found] == pytest.approx(
        [score for _, score in expected], abs=1e-5
    )


@given(st.integers(4, 60), st.integers(2, 20), st.integers(0, 10_000), st.integers(0, 12))
@settings(max_examples=60)
def test_neighbours_and_analogies_are_those_of_the_naive_twin(
    words: int, dimension: int, seed: int, k: int
) -> None:
    embedding = random_embedding(words, dimension, seed)
    vectors = as_lists(embedding)
    assert_same(neighbours(embedding, "w1", k), naive.neighbours(vectors, "w1", k))
    assert_same(analogy(embedding, "w0", "w1", "w2", k), naive.analogy(vectors, "w0", "w1", "w2", k))


@pytest.fixture
def royal() -> Embedding:
    """Columns: royal, female, old; then a word of zeros."""
    rows = {
        "king": [1, 0, 1],
        "queen": [1, 1, 1],
        "man": [0, 0, 1],
        "woman": [0, 1, 1],
        "boy": [0, 0, 0.1],
        "nothing": [0, 0, 0],
    }
    vocabulary = Vocabulary(rows, np.array([60, 50, 40, 30, 20, 10]))
    return Embedding(vocabulary, np.array(list(rows.values()), np.float32))


def test_an_analogy_excludes_the_words_it_was_given(royal: Embedding) -> None:
    answers = analogy(royal, "man", "king", "woman")
    assert answers[0].word == "queen"
    assert not {"man", "king", "woman"} & {answer.word for answer in answers}


def test_an_analogy_of_a_word_with_itself_has_answers(royal: Embedding) -> None:
    assert analogy(royal, "man", "man", "man", k=1)[0].word == "boy"


def test_a_neighbour_comes_with_id_cosine_and_count(royal: Embedding) -> None:
    first = neighbours(royal, "man", k=1)[0]
    assert (first.word, first.index, first.count) == ("boy", 4, 20)
    assert first.score == pytest.approx(1.0)


def test_a_word_is_no_neighbour_of_its_own_and_nor_is_a_vector_of_zeros(royal: Embedding) -> None:
    words = [neighbour.word for neighbour in neighbours(royal, "king", k=100)]
    assert sorted(words) == ["boy", "man", "queen", "woman"]


def test_a_word_is_found_as_it_is_typed(royal: Embedding) -> None:
    assert neighbours(royal, " King ") == neighbours(royal, "king")


def test_asking_for_none_gives_none(royal: Embedding) -> None:
    assert neighbours(royal, "king", 0) == []


@pytest.mark.parametrize("wrong", [{"k": -1}, {"k": 2.5}, {"among": -3}, {"among": "all"}])
def test_a_number_of_words_that_is_none_is_refused(royal: Embedding, wrong: dict[str, object]) -> None:
    for ask in (neighbours, lambda given, word, **settings: analogy(given, word, word, word, **settings)):
        with pytest.raises(SettingError, match="expected a whole number, 0 or more"):
            ask(royal, "king", **wrong)


def test_unknown_words_are_named(royal: Embedding) -> None:
    with pytest.raises(UnknownWord, match="“emperor”"):
        neighbours(royal, "emperor")
    with pytest.raises(UnknownWord, match="“girl”"):
        analogy(royal, "man", "king", "girl")
    for ask in (against, lambda *given: odd_one_out(given[0], given[2])):
        with pytest.raises(UnknownWord, match="“girl”"):
            ask(royal, "king", ["man", "girl"])


def test_ties_are_in_the_order_of_ids() -> None:
    rows = np.array([[1, 0], [0, 2], [0, 1], [3, 0], [0, 4], [5, 0]], np.float32)
    embedding = Embedding(Vocabulary("abcdef"), rows)
    assert [neighbour.word for neighbour in neighbours(embedding, "a", 3)] == ["d", "f", "b"]
    assert [neighbour.word for neighbour in neighbours(embedding, "a", 5)] == ["d", "f", "b", "c", "e"]


def lists(embedding: Embedding) -> list[list[float]]:
    rows: list[list[float]] = embedding.vectors.tolist()
    return rows


def assert_equal(found: list[Neighbour], expected: list[tuple[int, float]]) -> None:
    assert [neighbour.index for neighbour in found] == [index for index, _ in expected]
    scores = [score for _, score in expected]
    assert [neighbour.score for neighbour in found] == pytest.approx(scores, rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("metric", METRICS)
@given(seed=st.integers(0, 10_000), among=st.integers(0, 40), excludes=st.booleans(), farthest=st.booleans())
@settings(max_examples=20, deadline=None)
def test_a_sum_of_words_has_the_neighbours_of_the_naive_twin(
    metric: str, seed: int, among: int, excludes: bool, farthest: bool
) -> None:
    embedding = random_embedding(40, 7, seed)
    weights = {3: 2.0, 5: -0.5, 20: 1.0}
    query = "2 * (w3 - 0.25 w5) + w20"
    vector = naive_queries.weighted_sum(lists(embedding), weights, metric)
    assert query_vector(embedding, query, metric).tolist() == pytest.approx(vector, rel=1e-12)
    excluded = weights if excludes else {}
    expected = naive_queries.neighbours(lists(embedding), vector, metric, excluded, among, farthest)
    found = neighbours(embedding, query, 8, metric, excludes, among, farthest)
    assert_equal(found, expected[:8])


@pytest.mark.parametrize("metric", METRICS)
@given(seed=st.integers(0, 10_000), among=st.integers(0, 40), word=st.integers(0, 39))
@settings(max_examples=20, deadline=None)
def test_a_rank_is_the_place_in_the_list_of_neighbours(metric: str, seed: int, among: int, word: int) -> None:
    embedding = random_embedding(40, 3, seed)
    listed = [other.index for other in neighbours(embedding, "w1 - w2", 40, metric, among=among)]
    found = rank(embedding, f"w{word}", "w1 - w2", metric, among)
    if word in listed:
        assert found == listed.index(word) + 1
    else:  # where it would be, were it looked at
        everywhere = neighbours(embedding, "w1 - w2", 40, metric, exclude_inputs=False)
        nearer = [other.index for other in everywhere][: [other.index for other in everywhere].index(word)]
        assert found == 1 + len(set(nearer) & set(listed))


@pytest.mark.parametrize(("a", "b"), [("w1", "w2"), ("w2", "w39"), ("w1", "w1 + w2"), ("w3", "W3")])
@pytest.mark.parametrize("among", [0, 30])
def test_both_ranks_of_a_pair_by_every_metric_are_those_asked_one_by_one(a: str, b: str, among: int) -> None:
    embedding = random_embedding(40, 5, 3)
    ranks = pair_ranks(embedding, a, b, among)
    assert tuple(ranks) == METRICS
    for metric, found in ranks.items():
        for place, (word, of) in zip(found, [(b, a), (a, b)], strict=True):
            index = embedding.vocabulary.get(word)
            has_rank = index is not None and index < (among or 40) and index != embedding.vocabulary.get(of)
            assert place == (rank(embedding, word, of, metric, among) if has_rank else 0)


@pytest.mark.parametrize("method", METHODS)
@given(seed=st.integers(0, 10_000), among=st.integers(0, 40), excludes=st.booleans())
@settings(max_examples=20, deadline=None)
def test_analogies_and_ranks_of_answers_are_those_of_the_naive_twin(
    method: str, seed: int, among: int, excludes: bool
) -> None:
    embedding = random_embedding(40, 5, seed)
    excluded = {1, 2, 3} if excludes else set()
    expected = naive_queries.answers(lists(embedding), 1, 2, 3, method, excluded, among)
    found = analogy(embedding, "w1", "w2", "w3", 40, method, excludes, among)
    assert_equal(found, expected)
    for place, answer in enumerate(found, 1):
        assert analogy_rank(embedding, "w1", "w2", "w3", answer.word, method, excludes, among) == place


@pytest.mark.parametrize("method", METHODS)
def test_where_a_step_is_the_same_for_all_pairs_every_method_finds_the_answer(method: str) -> None:
    """Three pairs in a plane that turns by the same angle, and words at right angles to it."""
    step, rows = np.radians(20), []
    for angle in np.radians([0, 35, 120]):
        rows += [[np.cos(angle), np.sin(angle), 0], [np.cos(angle + step), np.sin(angle + step), 0]]
    rows += [[0, 0, 1], [0.1, 0, -1], [-1, -0.2, 0.3]]
    embedding = Embedding(Vocabulary("aAbBcCxyz"), np.array(rows, np.float32))
    assert analogy(embedding, "a", "A", "b", 1, method)[0].word == "B"
    assert analogy_rank(embedding, "a", "A", "b", "B", method) == 1


def test_words_without_a_direction_come_last(royal: Embedding) -> None:
    for method in METHODS:
        assert "nothing" not in [answer.word for answer in analogy(royal, "man", "king", "woman", 9, method)]
        assert analogy_rank(royal, "man", "king", "woman", "nothing", method) == 3
    assert rank(royal, "nothing", "king") == 5
    assert neighbours(royal, "nothing") == neighbours(royal, "king - king") == []
    assert neighbours(royal, "0.1 king + 0.2 king - 0.3 king") == []
    assert similarity(royal, "nothing", "king") == 0
    assert [other.word for other in neighbours(royal, "nothing", 1, "euclidean")] == ["boy"]


def test_similarity_is_that_of_two_words_or_sums(royal: Embedding) -> None:
    assert similarity(royal, "king", "queen") == pytest.approx(2 / np.sqrt(6))
    assert similarity(royal, "king", "queen", "dot") == 2
    assert similarity(royal, "king", "queen", "euclidean") == 1
    assert similarity(royal, "king - man", "queen - woman", "dot") == 1
    assert similarity(royal, "king", "2 king") == pytest.approx(1)


def test_the_farthest_words_come_farthest_first(royal: Embedding) -> None:
    far = neighbours(royal, "man", 2, "euclidean", farthest=True)
    assert [(word.word, word.score) for word in far] == [("queen", pytest.approx(2**0.5)), ("king", 1.0)]


def test_only_the_most_frequent_words_are_looked_at(royal: Embedding) -> None:
    assert [word.word for word in neighbours(royal, "boy", 1)] == ["man"]
    assert {word.word for word in neighbours(royal, "boy", 9, among=2)} == {"king", "queen"}


def test_a_list_is_put_in_order_without_leaving_out_the_word_itself(royal: Embedding) -> None:
    found = against(royal, "king", ["boy", "king", "queen", "nothing"])
    assert [word.word for word in found] == ["king", "queen", "boy"]
    far = against(royal, "king", ["boy", "king", "queen", "nothing"], "euclidean")
    assert [word.word for word in far] == ["king", "queen", "boy", "nothing"]


@given(seed=st.integers(0, 10_000), words=st.integers(1, 6))
@settings(max_examples=20, deadline=None)
def test_the_odd_one_out_is_that_of_the_naive_twin(seed: int, words: int) -> None:
    embedding = random_embedding(8, 3, seed)
    found = odd_one_out(embedding, [f"w{number}" for number in range(words)])
    assert_equal(found, naive_queries.odd_one_out(lists(embedding)[:words]))


def test_a_measure_or_method_that_does_not_exist_is_named(royal: Embedding) -> None:
    for ask in (neighbours, query_vector):
        with pytest.raises(SettingError, match="metric"):
            ask(royal, "king", metric="manhattan")
    with pytest.raises(SettingError, match="metric"):
        similarity(royal, "king", "queen", "manhattan")
    with pytest.raises(SettingError, match="method"):
        analogy(royal, "man", "king", "woman", method="guess")


def test_one_word_in_place_of_a_list_is_refused_and_not_taken_for_its_letters(royal: Embedding) -> None:
    for ask in (lambda: against(royal, "king", "man"), lambda: odd_one_out(royal, "man")):
        with pytest.raises(SettingError, match="words: expected a list of words, found man"):
            ask()
