"""An embedding layer that learns: what it is given, what a step does, and what stays as it is."""

from __future__ import annotations

import math

import numpy as np
import pytest

from gloveui.core.errors import LabelMissing, SettingError, TooFewAnswers, TooManyWordsToLearn
from gloveui.core.layer_training import (
    LayerTrainingConfig,
    batches,
    first_parameters,
    label_examples,
    next_word_examples,
    plane_of,
    train_layer,
)
from gloveui.core.lookup import PADDING_ID
from gloveui.core.progress import run_to_end
from gloveui.core.tokens import TokenOptions, splitter
from tests.core.naive_layer import NaiveLayer

SPLIT = splitter(TokenOptions())
SENTENCES = "you need to know\nyou need to run\nI know"
LABELS = "a nice day\tgood\ngreat\tgood\na bad day\tbad\nvery poor work\tbad"


def naive_of(examples, config):
    first = first_parameters(examples, config)
    return NaiveLayer(first.table.tolist(), first.weights.tolist(), first.bias.tolist())


def test_a_word_is_predicted_from_the_words_before_it_filled_up_with_padding():
    examples = next_word_examples("you need to know", SPLIT, before=2)

    assert examples.vocabulary.words == ("<unk>", "<pad>", "you", "need", "to", "know")
    assert examples.inputs.tolist() == [[2, 1], [2, 3], [3, 4]]
    assert [examples.answers[target] for target in examples.targets] == ["need", "to", "know"]
    assert examples.seen_words(0) == ["you"]


def test_words_are_never_predicted_across_lines():
    examples = next_word_examples("a b\nc d", SPLIT)

    assert [(examples.seen_words(k), examples.answers[examples.targets[k]]) for k in range(2)] == [
        (["a"], "b"),
        (["c"], "d"),
    ]


def test_labels_stand_behind_a_tab():
    examples = label_examples(LABELS + "\n\n", SPLIT)

    assert examples.answers == ("good", "bad")
    assert examples.targets.tolist() == [0, 0, 1, 1]
    assert examples.seen_words(3) == ["very", "poor", "work"]


def test_a_line_without_a_label_is_named():
    with pytest.raises(LabelMissing) as error:
        label_examples("fine\tgood\n\nno label here", SPLIT)
    assert error.value.fields == {"line": 3}


@pytest.mark.parametrize("text", ["", "alone", "a b\na b", "\n\n"])
def test_a_text_with_nothing_to_choose_between_is_refused(text):
    with pytest.raises(TooFewAnswers):
        next_word_examples(text, SPLIT)


def test_more_words_than_can_be_looked_at_are_refused():
    with pytest.raises(TooManyWordsToLearn) as error:
        next_word_examples(" ".join(f"w{k}" for k in range(500)), SPLIT)
    assert error.value.fields["received"] == 502


@pytest.mark.parametrize(
    "field", [{"dimension": 1}, {"learning_rate": math.nan}, {"batch": 0}, {"steps": 2.5}]
)
def test_settings_out_of_bounds_are_refused(field):
    with pytest.raises(SettingError):
        LayerTrainingConfig(**field)


def test_every_example_comes_once_before_any_comes_again():
    order = np.concatenate(list(batches(7, LayerTrainingConfig(batch=3, steps=7))))

    assert [sorted(order[k : k + 7].tolist()) for k in (0, 7, 14)] == [list(range(7))] * 3
    assert order[:7].tolist() != order[7:14].tolist()


@pytest.mark.parametrize("batch", [1, 3])
@pytest.mark.parametrize("read", [next_word_examples, label_examples])
def test_every_step_is_back_propagation_by_hand(read, batch):
    examples = read(SENTENCES if read is next_word_examples else LABELS, SPLIT)
    config = LayerTrainingConfig(steps=40, batch=batch, seed=3)
    naive = naive_of(examples, config)

    training = run_to_end(train_layer(examples, config))

    for step, chosen in zip(training.steps[1:], batches(len(examples), config), strict=True):
        inputs, targets = examples.inputs[chosen].tolist(), examples.targets[chosen].tolist()
        gradient = np.linalg.norm(naive.update(inputs, targets, config.learning_rate), axis=1)
        assert step.examples == tuple(chosen.tolist())
        np.testing.assert_allclose(step.table, naive.table, atol=2e-5)
        np.testing.assert_allclose(step.gradient, gradient, atol=2e-5)
        everything = naive.loss(examples.inputs.tolist(), examples.targets.tolist())
        assert step.loss == pytest.approx(everything, abs=1e-4)
    np.testing.assert_allclose(training.parameters.weights, naive.weights, atol=2e-5)
    np.testing.assert_allclose(training.parameters.bias, naive.bias, atol=2e-5)


def test_the_gradient_by_hand_is_the_slope_of_the_loss():
    examples = label_examples(LABELS, SPLIT)
    naive = naive_of(examples, LayerTrainingConfig())
    inputs, targets = examples.inputs.tolist(), examples.targets.tolist()
    table, _, _ = naive.gradients(inputs, targets)

    for row in range(2, len(table)):
        for d in range(3):
            value, small = naive.table[row][d], 1e-5
            naive.table[row][d] = value + small
            above = naive.loss(inputs, targets)
            naive.table[row][d] = value - small
            slope = (above - naive.loss(inputs, targets)) / (2 * small)
            naive.table[row][d] = value
            assert slope == pytest.approx(table[row][d], abs=1e-8)


def test_a_step_moves_the_rows_of_the_words_it_saw_and_no_others():
    examples = next_word_examples(SENTENCES, SPLIT)
    training = run_to_end(train_layer(examples, LayerTrainingConfig(steps=20)))

    for before, after in zip(training.steps[:-1], training.steps[1:], strict=True):
        seen = {int(index) for index in examples.inputs[list(after.examples)].ravel()} - {PADDING_ID}
        moved = np.flatnonzero((before.table != after.table).any(axis=1))
        assert set(moved.tolist()) == seen == set(np.flatnonzero(after.gradient).tolist())


def test_the_padding_row_stays_zero_although_examples_are_padded():
    examples = next_word_examples(SENTENCES, SPLIT)
    assert (examples.inputs == PADDING_ID).any()

    training = run_to_end(train_layer(examples, LayerTrainingConfig(steps=60, batch=4)))

    assert all((step.table[PADDING_ID] == 0).all() for step in training.steps)
    assert all(step.gradient[PADDING_ID] == 0 for step in training.steps)


def test_the_loss_falls_until_the_labels_are_right():
    examples = label_examples(LABELS, SPLIT)
    steps = run_to_end(train_layer(examples, LayerTrainingConfig(steps=200))).steps

    assert steps[-1].loss < 0.1 * steps[0].loss
    assert steps[-1].accuracy == 1.0
    assert steps[1].probability[1] > steps[1].probability[0]


def test_the_same_seed_gives_the_same_numbers_and_another_one_others():
    examples = next_word_examples(SENTENCES, SPLIT)

    def last_table(seed):
        return run_to_end(train_layer(examples, LayerTrainingConfig(steps=10, seed=seed))).steps[-1].table

    assert np.array_equal(last_table(5), last_table(5))
    assert not np.array_equal(last_table(5), last_table(6))


def test_steps_that_were_reported_do_not_change_afterwards():
    task = train_layer(next_word_examples(SENTENCES, SPLIT), LayerTrainingConfig(steps=5))
    first = next(task).detail
    table = first.table.copy()
    for _ in task:
        pass

    assert first.step == 0
    assert np.array_equal(first.table, table)
    with pytest.raises(ValueError, match="read-only"):
        first.table[0, 0] = 1.0


def test_a_training_that_is_closed_ends():
    task = train_layer(next_word_examples(SENTENCES, SPLIT), LayerTrainingConfig(steps=2000))
    next(task)
    task.close()
    assert list(task) == []


def test_the_plane_of_a_flat_table_is_the_one_it_lies_in():
    flat = np.zeros((8, 5), np.float32)
    random = np.random.default_rng(0)
    flat[2:, 1], flat[2:, 3] = 3 * random.normal(size=6), random.normal(size=6)

    plane = plane_of(flat)

    np.testing.assert_allclose(plane.T @ plane, np.eye(2), atol=1e-6)
    np.testing.assert_allclose(plane[[0, 2, 4]], 0.0, atol=1e-6)
    assert (np.abs(plane).max(axis=0) == plane.max(axis=0)).all()


def test_the_plane_of_two_dimensions_is_theirs():
    assert plane_of(np.ones((4, 2), np.float32)).tolist() == [[1, 0], [0, 1]]
