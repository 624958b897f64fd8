"""A sentence through the embedding layer: ids, rows, padding, the one-hot product, and torch's own layer."""

from __future__ import annotations

import numpy as np
import pytest

import gloveui
from gloveui.core.embedding import Embedding
from gloveui.core.embedding_layer import (
    LECTURE_SENTENCE,
    Difference,
    compare_with_torch,
    embedding_layer,
    id_batch,
    layer_of,
    lecture_table,
    one_hot_product,
    rows_in_sight,
    with_rule,
)
from gloveui.core.lookup import LookupTable, lookup_table
from gloveui.core.progress import run_to_end
from gloveui.core.vocabulary import Vocabulary

LECTURE_BLOCK = [[0.2, 0.9, 0.3], [0.1, 0.5, 0.7], [0.2, 0.1, 0.8], [0.0, 0.0, 0.0]]


def noise(size: int, dimension: int) -> Embedding:
    vectors = np.random.default_rng(1).normal(size=(size, dimension)).astype(np.float32)
    return Embedding(Vocabulary(f"w{k}" for k in range(size)), vectors)


def test_the_lectures_example_gives_its_four_rows():
    table = lecture_table()
    batch = id_batch(table, [LECTURE_SENTENCE.split()])

    assert table.vocabulary.words == ("<unk>", "<pad>", "you", "need", "to", "know", "how", "code")
    assert table.vectors.shape == (8, 3)
    assert batch.ids.tolist() == [[2, 3, 4, 0]]
    np.testing.assert_array_equal(table.rows(batch.ids)[0], np.array(LECTURE_BLOCK, np.float32))
    assert [batch.is_unknown(0, place) for place in range(4)] == [False, False, False, True]


@pytest.mark.parametrize("rule", ["rarest", "zeros", "random"])
def test_a_table_with_another_rule_is_the_one_that_the_rule_makes(rule):
    embedding = noise(20_000, 3)
    other = run_to_end(with_rule(lookup_table(embedding, "zeros"), rule))
    np.testing.assert_array_equal(other.vectors, lookup_table(embedding, rule).vectors)
    assert not other.vectors.flags.writeable


def test_a_batch_is_filled_up_to_its_longest_sentence():
    batch = id_batch(lecture_table(), [["you", "need", "to"], ["code"], []])

    assert batch.ids.tolist() == [[2, 3, 4], [7, 1, 1], [1, 1, 1]]
    assert batch.words[1] == ("code", "<pad>", "<pad>")
    assert [batch.is_padding(1, place) for place in range(3)] == [False, True, True]
    assert batch.cut_words == 0


def test_a_length_that_is_chosen_cuts_and_fills_up():
    batch = id_batch(lecture_table(), [["you", "need", "to"], ["code"]], length=2)

    assert batch.ids.tolist() == [[2, 3], [7, 1]]
    assert batch.lengths == (3, 1)
    assert batch.cut_words == 1


def test_no_sentences_are_an_empty_batch():
    batch = id_batch(lecture_table(), [])
    assert batch.ids.shape == (0, 0)


def test_one_hot_rows_times_the_table_are_the_rows_looked_up():
    table = lecture_table()
    ids = np.array([2, 3, 4, 0])
    product = one_hot_product(table, ids)

    assert product.columns.tolist() == list(range(8))
    assert product.left_out == 0
    assert product.one_hot.sum(axis=1).tolist() == [1, 1, 1, 1]
    np.testing.assert_array_equal(product.block, table.rows(ids))
    terms = product.terms(1, 2)
    assert [hot for hot, _ in terms] == [0, 0, 0, 1, 0, 0, 0, 0]
    assert sum(hot * value for hot, value in terms) == pytest.approx(0.7)


def test_of_a_large_vocabulary_only_the_words_of_the_sentence_have_columns():
    table = lookup_table(noise(500, 4))
    ids = np.array([300, 7, 300, 1])
    product = one_hot_product(table, ids)

    assert product.columns.tolist() == [1, 7, 300]
    assert product.left_out == 499
    np.testing.assert_array_equal(product.block, table.rows(ids))


@pytest.mark.parametrize("table", [lecture_table(), lookup_table(noise(20_000, 3))], ids=["lecture", "large"])
def test_torchs_layer_holds_every_number_of_the_table(table):
    check = run_to_end(compare_with_torch(table))

    assert check.difference is None
    assert (check.num_embeddings, check.embedding_dim) == table.vectors.shape
    assert check.padding_idx == 1
    assert check.compared == table.vectors.size
    assert check.is_product_equal is (True if len(table) == 8 else None)


def test_a_layer_that_differs_is_told_by_its_first_wrong_number(monkeypatch):
    table = lecture_table()
    other = table.vectors.copy()
    other[5, 1] += 1.0
    wrong = layer_of(LookupTable(table.vocabulary, other))
    monkeypatch.setattr("gloveui.core.embedding_layer.layer_of", lambda table: wrong)

    check = run_to_end(compare_with_torch(table))

    assert check.difference == Difference(5, 1, pytest.approx(0.1), pytest.approx(1.1))


def test_the_layer_has_a_copy_that_learning_changes_and_not_the_table():
    import torch

    table = lecture_table()
    layer = layer_of(table)
    layer(torch.tensor([2, 1])).sum().backward()

    assert layer.weight.grad[2].tolist() == [1, 1, 1]
    assert layer.weight.grad[1].tolist() == [0, 0, 0]
    with torch.no_grad():
        layer.weight.add_(1.0)
    np.testing.assert_array_equal(table.vectors, lecture_table().vectors)


@pytest.mark.parametrize("rule", ["rarest", "zeros", "random"])
def test_the_public_function_makes_the_layer_with_a_rule_for_unknown_words(rule):
    embedding = noise(10, 4)

    assert gloveui.embedding_layer is embedding_layer
    layer = gloveui.embedding_layer(embedding, unknown=rule)

    np.testing.assert_array_equal(layer.weight.detach().numpy(), lookup_table(embedding, rule).vectors)
    assert layer.padding_idx == 1


def test_rows_in_sight_are_all_of_a_small_table():
    assert rows_in_sight(np.array([3]), 8) == tuple(range(8))


def test_of_a_large_table_the_rows_of_the_sentence_are_in_sight_with_gaps_told():
    assert rows_in_sight(np.array([[5, 900], [5, 6]]), 1000) == (0, 1, None, 5, 6, None, 900, None)
    assert rows_in_sight(np.array([2, 999]), 1000) == (0, 1, 2, None, 999)
