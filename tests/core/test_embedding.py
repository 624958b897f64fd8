from __future__ import annotations

import numpy as np
import pytest

from gloveui.core.embedding import Embedding
from gloveui.core.errors import UnknownWord
from gloveui.core.vocabulary import Vocabulary


@pytest.fixture
def embedding() -> Embedding:
    return Embedding(Vocabulary(["ice", "steam", "nothing"]), np.array([[3, 4], [0, -2], [0, 0]], np.float32))


def test_a_word_has_its_row(embedding: Embedding) -> None:
    assert (len(embedding), embedding.dimension) == (3, 2)
    assert embedding.vector("ICE").tolist() == [3, 4]


def test_an_unknown_word_is_named(embedding: Embedding) -> None:
    with pytest.raises(UnknownWord, match="“water” is not in the vocabulary"):
        embedding.vector("water")


def test_rows_at_length_1_are_in_float64_and_zeros_stay_zeros(embedding: Embedding) -> None:
    assert embedding.norms.tolist() == [5, 2, 0]
    rows = embedding.unit_rows(np.array([2, 0, 1]))
    np.testing.assert_allclose(rows, [[0, 0], [0.6, 0.8], [0, -1]], rtol=1e-15)
    assert rows.dtype == np.float64


@pytest.mark.parametrize("size", [1e-44, 1e-30, 1e30, 3e38])
def test_the_smallest_and_largest_numbers_have_a_direction(size: float) -> None:
    embedding = Embedding(Vocabulary(["ice"]), np.full((1, 2), size, np.float32))
    assert embedding.norms[0] == pytest.approx(float(np.float32(size)) * 2**0.5)
    np.testing.assert_allclose(embedding.unit_rows(np.arange(1)), 0.5**0.5, rtol=1e-6)


def test_vectors_are_read_only(embedding: Embedding) -> None:
    for vectors in (embedding.vectors, embedding.norms, embedding.vector("ice")):
        with pytest.raises(ValueError, match="read-only"):
            vectors[...] = 1


@pytest.mark.parametrize(("shape", "shown"), [((2, 2), "2×2"), ((3,), "3"), ((3, 1, 1), "3×1×1")])
def test_a_table_that_does_not_fit_its_words_is_refused(shape: tuple[int, ...], shown: str) -> None:
    with pytest.raises(ValueError, match=f"expected 3 rows of numbers, got an array of {shown}$"):
        Embedding(Vocabulary(["a", "b", "c"]), np.zeros(shape, np.float32))
