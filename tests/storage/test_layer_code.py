"""The lines that are copied out of the window run, and do what the window did."""

from __future__ import annotations

import numpy as np
import pytest

from gloveui import api
from gloveui.core.embedding_layer import id_batch, lecture_table
from gloveui.core.layer_training import LayerTrainingConfig, label_examples, next_word_examples, train_layer
from gloveui.core.lookup import lookup_table
from gloveui.core.progress import run_to_end
from gloveui.core.text import PastedText
from gloveui.core.tokens import TokenOptions, splitter
from gloveui.storage.export_code import model_code
from gloveui.storage.layer_code import layer_training_code, model_table_code, written_table_code

SENTENCES = [["you", "need", "to", "run"], ["code"], ["you", "need", "to", "know", "how"]]


def run(code: str) -> dict:
    names: dict = {}
    exec(compile(code, "copied", "exec"), names)
    return names


def test_the_code_of_a_small_table_holds_all_of_its_numbers():
    table = lecture_table()
    batch = id_batch(table, SENTENCES, 4)

    done = run(written_table_code(table, SENTENCES, 4))

    assert done["ids"].tolist() == batch.ids.tolist()
    np.testing.assert_array_equal(done["block"].detach().numpy(), table.rows(batch.ids))
    assert done["layer"].padding_idx == 1


def test_the_code_of_a_table_spells_words_as_the_table_does():
    table, sentences = lecture_table(), [["You", "NEED", "Run"]]
    done = run(written_table_code(table, sentences, 3))
    assert done["ids"].tolist() == id_batch(table, sentences).ids.tolist() == [[2, 3, 0]]


def test_the_code_of_a_model_trains_it_and_looks_up_in_its_layer():
    text = PastedText("you need to know how to code\nyou need to run\n" * 3)
    settings = {"dimension": 4, "epochs": 2, "min_count": 1, "window": 2}
    trained = api.train(text, **settings)
    table = lookup_table(trained.embedding, "zeros")
    batch = id_batch(table, SENTENCES, 3)

    done = run(model_table_code(model_code(text, trained.card), "zeros", table, SENTENCES, 3))

    assert done["ids"].tolist() == batch.ids.tolist()
    np.testing.assert_array_equal(done["block"].detach().numpy(), table.rows(batch.ids))


@pytest.mark.parametrize("batch", [1, 4])
def test_the_code_of_a_training_learns_the_same_rows(batch):
    config = LayerTrainingConfig(steps=50, batch=batch)
    split = splitter(TokenOptions())
    for examples in (
        next_word_examples("you need to know\nI need to run", split),
        label_examples("nice\tgood\nvery bad\tbad", split),
    ):
        expected = run_to_end(train_layer(examples, config)).parameters

        done = run(layer_training_code(examples, config))

        np.testing.assert_allclose(done["layer"].weight.detach().numpy(), expected.table, atol=1e-6)
        np.testing.assert_allclose(done["linear"].weight.detach().numpy(), expected.weights, atol=1e-6)
