from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import gloveui
from gloveui.core import fit as module
from gloveui.core.cooccurrence import CooccurrenceMatrix
from gloveui.core.errors import SettingError
from gloveui.core.fit import ModelFit, survey_fit
from gloveui.core.glove import GloveConfig, GloveParameters
from gloveui.core.progress import run_to_end
from gloveui.core.resources import Resources
from gloveui.core.training import Trainer
from tests import naive
from tests.core.steps import LECTURE, count, random_text

CONFIG = GloveConfig(x_max=3.0, alpha=0.6)


@dataclass(frozen=True)
class Pair:
    """A pair as it is by the definition, in float64."""

    word: int
    context: int
    count: float
    prediction: float
    error: float
    loss: float


def naive_pairs(matrix: CooccurrenceMatrix, parameters: GloveParameters, config: GloveConfig) -> list[Pair]:
    """All pairs, row by row."""
    pairs = []
    for word in range(len(matrix.vocabulary)):
        for context, value in zip(*matrix.row(word), strict=True):
            prediction = float(parameters.word_biases[word]) + float(parameters.context_biases[context])
            vectors = parameters.word_vectors[word], parameters.context_vectors[context]
            prediction += math.fsum(float(w) * float(c) for w, c in zip(*vectors, strict=True))
            error = prediction - math.log(value)
            loss = 0.5 * naive.weight(float(value), config.x_max, config.alpha) * error**2
            pairs.append(Pair(word, int(context), float(value), prediction, error, loss))
    return pairs


def random_parameters(words: int, dimension: int, seed: int = 0, size: float = 0.7) -> GloveParameters:
    random = np.random.default_rng(seed)
    shapes = ((words, dimension), (words, dimension), (words,), (words,))
    return GloveParameters(*(random.normal(scale=size, size=shape).astype(np.float32) for shape in shapes))


def fit_of(
    matrix: CooccurrenceMatrix, parameters: GloveParameters, config: GloveConfig = CONFIG, threads: int = 2
) -> ModelFit:
    return run_to_end(survey_fit(matrix, parameters, config, Resources(threads=threads)))


def pairs_of(fit: ModelFit) -> list[tuple[int, int]]:
    return list(zip(fit.costliest.words.tolist(), fit.costliest.contexts.tolist(), strict=True))


@pytest.fixture
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "CHUNK_PAIRS", 50)


@settings(deadline=None, max_examples=25)
@given(
    seed=st.integers(0, 1_000),
    words=st.integers(2, 30),
    dimension=st.sampled_from([1, 2, 7, 16, 40]),
    x_max=st.floats(0.05, 50),
    alpha=st.floats(0, 3),
)
def test_it_is_that_of_the_naive_twin(
    seed: int, words: int, dimension: int, x_max: float, alpha: float
) -> None:
    matrix = count("w0 w1 " + random_text(words, 200, seed), window=3)
    parameters = random_parameters(len(matrix.vocabulary), dimension, seed)
    fit = fit_of(matrix, parameters, GloveConfig(x_max=x_max, alpha=alpha))
    twin = naive_pairs(matrix, parameters, GloveConfig(x_max=x_max, alpha=alpha))

    losses = sorted((pair.loss for pair in twin), reverse=True)
    assert fit.loss == pytest.approx(sum(losses), rel=1e-4)
    assert fit.costliest.losses == pytest.approx(losses[: module.MOST_COSTLY], rel=1e-6, abs=1e-12)
    assert sum(group.pairs for group in fit.groups) == fit.pairs == len(twin)
    for group in fit.groups:
        is_last = group is fit.groups[-1]
        own = [p for p in twin if group.smallest <= p.count < group.end or (is_last and p.count == group.end)]
        assert group.pairs == len(own)
        assert group.loss == pytest.approx(sum(p.loss for p in own), rel=1e-4, abs=1e-9)
        assert group.mean_error == pytest.approx(np.mean([p.error for p in own]), rel=1e-4, abs=1e-5)
        assert group.mean_distance == pytest.approx(np.mean([abs(p.error) for p in own]), rel=1e-4, abs=1e-5)


def test_every_pair_is_a_point_of_a_small_text_and_in_its_bin() -> None:
    matrix = count(random_text(20, 300), window=2)
    parameters = random_parameters(len(matrix.vocabulary), 5)
    fit = fit_of(matrix, parameters)
    twin = naive_pairs(matrix, parameters, CONFIG)

    assert fit.points is not None
    assert list(zip(fit.points.words, fit.points.contexts, strict=True)) == [
        (p.word, p.context) for p in twin
    ]
    assert fit.points.predictions == pytest.approx([p.prediction for p in twin], rel=1e-5, abs=1e-6)
    assert fit.points.errors == pytest.approx([p.error for p in twin], rel=1e-5, abs=1e-6)
    expected, *_ = np.histogram2d(
        fit.points.predictions,
        np.log(fit.points.counts.astype(np.float64)),
        bins=module.BINS,
        range=(fit.prediction_range, fit.log_range),
    )
    # Float32 puts some pairs into the bin beside.
    for axis in (0, 1):
        moved = np.abs(np.cumsum(fit.density.sum(axis) - expected.sum(axis)))
        assert moved.max() <= 0.02 * fit.pairs
    assert fit.density.sum() + fit.below + fit.above == fit.pairs


def test_the_result_does_not_depend_on_the_number_of_threads(small_chunks: None) -> None:
    matrix = count(random_text(60, 3_000), window=5)
    parameters = random_parameters(len(matrix.vocabulary), 9)
    one, three = fit_of(matrix, parameters, threads=1), fit_of(matrix, parameters, threads=3)

    assert (one.loss, one.r_squared, one.correlation) == (three.loss, three.r_squared, three.correlation)
    assert one.groups == three.groups
    assert np.array_equal(one.density, three.density)
    assert pairs_of(one) == pairs_of(three)


def test_of_pairs_that_cost_the_same_the_first_in_the_matrix_are_listed(
    small_chunks: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_COSTLY", 7)
    monkeypatch.setattr(module, "SPARE", 0)
    matrix = count(random_text(40, 2_000), window=1, weighting="flat")
    words = len(matrix.vocabulary)
    nothing = random_parameters(words, 2, size=0.0)
    fit = fit_of(matrix, nothing)
    twin = naive_pairs(matrix, nothing, CONFIG)

    dearest = sorted(twin, key=lambda pair: (-pair.loss, pair.word, pair.context))[:7]
    assert pairs_of(fit) == [(pair.word, pair.context) for pair in dearest]


def test_pairs_of_the_same_count_stay_in_one_group() -> None:
    fit = fit_of(count(LECTURE, window=1, weighting="flat"), random_parameters(7, 3))
    assert [(group.first, group.last, group.smallest, group.pairs) for group in fit.groups] == [
        (1, 9, 1.0, 10), (10, 10, 2.0, 2),
    ]  # fmt: skip


def test_a_perfect_model_has_no_loss_and_explains_everything() -> None:
    matrix = count("a b b c c c", window=2)
    words = len(matrix.vocabulary)
    target = np.zeros((words, words), np.float32)
    for word in range(words):
        columns, values = matrix.row(word)
        target[word, columns] = np.log(values)
    nothing = np.zeros(words, np.float32)
    fit = fit_of(matrix, GloveParameters(target, np.eye(words, dtype=np.float32), nothing, nothing.copy()))

    assert fit.loss == pytest.approx(0.0, abs=1e-10)
    assert fit.r_squared == pytest.approx(1.0)
    assert fit.correlation == pytest.approx(1.0)


def test_what_is_explained_is_weighed_by_f_and_the_correlation_is_not() -> None:
    matrix = count(random_text(20, 400), window=4)
    parameters = random_parameters(len(matrix.vocabulary), 4)
    fit = fit_of(matrix, parameters)
    assert fit.points is not None
    logs, weights = np.log(fit.points.counts.astype(np.float64)), fit.points.weights
    spread = (weights * (logs - np.average(logs, weights=weights)) ** 2).sum()
    assert fit.r_squared == pytest.approx(1 - (weights * fit.points.errors**2).sum() / spread, rel=1e-4)
    assert fit.correlation == pytest.approx(np.corrcoef(logs, fit.points.predictions)[0, 1], rel=1e-4)


def test_counts_that_are_all_alike_have_nothing_to_explain() -> None:
    fit = fit_of(count("a b", window=1, weighting="flat"), random_parameters(2, 2))
    assert math.isnan(fit.r_squared)
    assert math.isnan(fit.correlation)
    assert fit.density.sum() + fit.below + fit.above == 2


def test_predictions_out_of_range_or_not_a_number_are_counted_and_said() -> None:
    matrix = count("a b a c a d a e", window=1, weighting="flat")
    parameters = random_parameters(5, 2)
    biases = np.zeros(5, np.float32)
    a, b, c, d, e = (matrix.vocabulary.get(word) for word in "abcde")
    biases[b], biases[c], biases[d] = 1e4, -1e4, math.nan
    wild = GloveParameters(
        parameters.word_vectors, parameters.context_vectors, biases, np.zeros(5, np.float32)
    )
    fit = fit_of(matrix, wild)

    assert (fit.above, fit.below, fit.undefined) == (1, 1, 1)
    assert math.isfinite(fit.loss)
    assert fit.density.sum() == fit.pairs - 3
    assert d not in fit.costliest.words
    assert math.isinf(fit.costliest.predicted_counts.max())
    assert {a, e} >= set(fit.costliest.words.tolist()) - {b, c}


def test_the_loss_is_near_and_below_what_the_last_epoch_of_training_reported() -> None:
    matrix = count(random_text(60, 4_000), window=5)
    config = GloveConfig(dimension=10, epochs=20)
    trainer = Trainer(matrix, config, Resources(threads=1))
    run_to_end(trainer.run())
    fit = fit_of(matrix, trainer.parameters(), config)

    assert 0.5 * trainer.losses[-1] < fit.mean_loss <= trainer.losses[-1]


def test_a_model_of_other_words_is_refused() -> None:
    with pytest.raises(ValueError, match="7 words"):
        fit_of(count(LECTURE, window=1), random_parameters(5, 2))


def test_it_is_public() -> None:
    matrix, parameters = count(LECTURE, window=1), random_parameters(7, 3)
    fit = gloveui.model_fit(matrix, parameters, x_max=3.0, alpha=0.6, threads=1)
    assert fit.loss == fit_of(matrix, parameters).loss
    with pytest.raises(SettingError):
        gloveui.model_fit(matrix, parameters, x_max=-1.0, alpha=0.6)
