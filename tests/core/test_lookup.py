from __future__ import annotations

import tracemalloc
import unicodedata

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gloveui.core.embedding import Embedding
from gloveui.core.errors import SettingError
from gloveui.core.lookup import PADDING_ID, UNKNOWN_ID, PrefixIndex, lookup_table, sharing
from gloveui.core.vocabulary import Vocabulary
from tests import naive


def embedding_of(words: list[str], dimension: int = 3, counts: list[int] | None = None) -> Embedding:
    vectors = np.random.default_rng(1).normal(size=(len(words), dimension)).astype(np.float32)
    return Embedding(Vocabulary(words, None if counts is None else np.array(counts)), vectors)


@pytest.mark.parametrize(
    "words",
    [
        ["ice", "steam"],
        [f"w{number}" for number in range(250)],
        ["ice", "<unk>", "steam"],
        ["<pad>", "ice", "steam"],
        ["<pad>", "ice", "<unk>"],
        ["<unk>", "<pad>", *(f"w{number}" for number in range(120))],
    ],
)
def test_a_table_is_that_of_the_naive_twin(words: list[str]) -> None:
    embedding = embedding_of(words)
    table = lookup_table(embedding)
    expected = naive.lookup_rows(dict(zip(words, embedding.vectors.tolist(), strict=True)))
    assert table.vocabulary.words == tuple(expected)
    np.testing.assert_allclose(table.vectors, list(expected.values()), rtol=1e-5, atol=1e-6)
    assert table.vectors.dtype == np.float32
    assert (len(table), table.dimension) == (len(expected), 3)


def test_unknown_is_row_0_padding_row_1_and_words_follow_from_2() -> None:
    table = lookup_table(embedding_of(["ice", "steam"]))
    assert (UNKNOWN_ID, PADDING_ID) == (0, 1)
    assert table.vocabulary.words == ("<unk>", "<pad>", "ice", "steam")
    assert table.ids(["<unk>", "<pad>", "ice", "steam"]).tolist() == [0, 1, 2, 3]


def test_unknown_is_the_mean_of_the_hundred_rarest_words_and_padding_is_zeros() -> None:
    embedding = embedding_of([f"w{number}" for number in range(300)])
    table = lookup_table(embedding)
    np.testing.assert_allclose(table.vectors[0], embedding.vectors[200:].mean(axis=0), rtol=1e-5)
    assert table.vectors[1].tolist() == [0, 0, 0]


def test_rows_that_the_vectors_bring_for_special_words_are_kept() -> None:
    embedding = embedding_of(["ice", "<unk>", "steam"])
    table = lookup_table(embedding)
    assert (table.vectors[UNKNOWN_ID] == embedding.vectors[1]).all()
    assert table.vocabulary.words.count("<unk>") == 1
    assert (table.vectors[2:] == embedding.vectors[[0, 2]]).all()


def test_vectors_of_special_words_alone_make_a_table() -> None:
    embedding = embedding_of(["<pad>", "<unk>"])
    table = lookup_table(embedding)
    assert (table.vectors == embedding.vectors[::-1]).all()


def test_a_sentence_becomes_ids_and_rows_and_unknown_words_the_unknown_row() -> None:
    table = lookup_table(embedding_of(["ice", "steam"]))
    ids = table.ids(["Steam", "and", "ice"])
    assert ids.tolist() == [3, UNKNOWN_ID, 2]
    assert ids.dtype == np.int64
    assert table.rows(ids).shape == (3, 3)
    assert (table.rows(ids)[0] == table.vectors[3]).all()


def test_no_words_are_no_rows() -> None:
    table = lookup_table(embedding_of(["ice"]))
    assert table.rows(table.ids([])).shape == (0, 3)


def test_a_row_is_the_one_hot_vector_times_the_table() -> None:
    table = lookup_table(embedding_of(["ice", "steam"]))
    ids = table.ids(["steam", "snow"])
    np.testing.assert_allclose(np.eye(4)[ids] @ table.vectors, table.rows(ids))


def test_counts_are_kept_and_known_only_where_they_were() -> None:
    with_counts = lookup_table(embedding_of(["ice", "steam"], counts=[5, 3])).vocabulary
    assert with_counts.has_counts
    assert with_counts.counts.tolist() == [0, 0, 5, 3]
    assert not lookup_table(embedding_of(["ice", "steam"])).vocabulary.has_counts


def test_a_table_is_read_only() -> None:
    with pytest.raises(ValueError, match="read-only"):
        lookup_table(embedding_of(["ice"])).vectors[0] = 1


WORDS = st.lists(st.text("abé한𝒳", min_size=1, max_size=4), unique=True, min_size=1, max_size=30)


@given(WORDS, st.text("abé한𝒳", max_size=3), st.integers(1, 5))
def test_completions_are_all_words_that_begin_so_by_frequency(
    words: list[str], prefix: str, limit: int
) -> None:
    expected = [word for word in words if word.startswith(prefix)][:limit]
    assert PrefixIndex(Vocabulary(words)).words(prefix, limit) == expected


def test_completion_takes_letters_as_the_keyboard_composes_them() -> None:
    index = PrefixIndex(Vocabulary(["한국어", "한글", "café"]))
    assert index.words(unicodedata.normalize("NFD", "한")) == ["한국어", "한글"]
    assert index.words("cafe\u0301") == ["café"]


@pytest.mark.parametrize("rule", ["zeros", "random"])
def test_the_row_of_unknown_words_follows_its_rule(rule: str) -> None:
    embedding = embedding_of(["ice", "steam", "water"])
    row = lookup_table(embedding, rule).vectors[0]
    assert (row == 0).all() == (rule == "zeros")
    assert (row == lookup_table(embedding, rule).vectors[0]).all()


@pytest.mark.parametrize("rule", ["rarest", "zeros", "random"])
def test_numbers_whose_sums_float32_cannot_hold_give_a_finite_row(rule: str) -> None:
    vectors = np.where(np.arange(300)[:, None] % 3, [1e38, 9e37], -1e38).astype(np.float32)
    table = lookup_table(Embedding(Vocabulary(f"w{number}" for number in range(300)), vectors), rule)
    assert np.isfinite(table.vectors).all()


def test_a_random_row_is_spread_as_the_numbers_of_the_words_are() -> None:
    vectors = np.random.default_rng(2).normal(5.0, 3.0, (9_000, 40)).astype(np.float32)
    row = lookup_table(Embedding(Vocabulary(map(str, range(9_000))), vectors), "random").vectors[UNKNOWN_ID]
    expected = np.random.default_rng(0).normal(0.0, vectors.astype(np.float64).std(), 40)
    np.testing.assert_allclose(row, expected, rtol=1e-6)


def test_a_rule_that_does_not_exist_is_refused() -> None:
    with pytest.raises(SettingError, match="unknown: expected rarest / zeros / random, found mean"):
        lookup_table(embedding_of(["ice"]), "mean")


def test_a_table_takes_the_memory_of_its_rows_and_no_copy_more() -> None:
    embedding = embedding_of([f"w{number}" for number in range(2_000)], 500)
    tracemalloc.start()
    lookup_table(embedding)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 1.5 * embedding.vectors.nbytes


@pytest.mark.parametrize("rule", ["rarest", "zeros", "random"])
def test_an_embedding_can_share_the_rows_of_its_table(rule: str) -> None:
    embedding = embedding_of([f"w{number}" for number in range(120)])
    table = lookup_table(embedding, rule)
    shared = sharing(embedding, table)
    assert np.shares_memory(shared.vectors, table.vectors)
    assert np.array_equal(shared.vectors, embedding.vectors)
    assert lookup_table(shared, rule).vectors is table.vectors
    assert lookup_table(shared, rule).vocabulary.words == table.vocabulary.words
    for other in {"rarest", "zeros", "random"} - {rule}:
        again = lookup_table(shared, other)
        assert np.array_equal(again.vectors, lookup_table(embedding, other).vectors)


def test_one_that_brings_a_special_row_of_its_own_stays_as_it_is() -> None:
    embedding = embedding_of(["ice", "<unk>", "steam"])
    assert sharing(embedding, lookup_table(embedding)) is embedding
