from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gloveui.core.embedding import Embedding
from gloveui.core.errors import UnknownWord
from gloveui.core.queries import Neighbour, analogy, neighbours
from gloveui.core.vocabulary import Vocabulary
from tests import naive


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


@pytest.mark.parametrize("k", [0, -1])
def test_asking_for_none_gives_none(royal: Embedding, k: int) -> None:
    assert neighbours(royal, "king", k) == []


def test_unknown_words_are_named(royal: Embedding) -> None:
    with pytest.raises(UnknownWord, match="“emperor”"):
        neighbours(royal, "emperor")
    with pytest.raises(UnknownWord, match="“girl”"):
        analogy(royal, "man", "king", "girl")


def test_ties_are_in_the_order_of_ids() -> None:
    rows = np.array([[1, 0], [0, 2], [0, 1], [3, 0], [0, 4], [5, 0]], np.float32)
    embedding = Embedding(Vocabulary("abcdef"), rows)
    assert [neighbour.word for neighbour in neighbours(embedding, "a", 3)] == ["d", "f", "b"]
    assert [neighbour.word for neighbour in neighbours(embedding, "a", 5)] == ["d", "f", "b", "c", "e"]
