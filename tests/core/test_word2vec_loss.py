from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import gloveui
from gloveui.core import word2vec_loss
from gloveui.core.baseline_settings import Word2VecSettings
from gloveui.core.word2vec_loss import LossSample, loss_sample
from tests import naive

WORDS = 12
SKIP_GRAM, CBOW = Word2VecSettings("skip-gram"), Word2VecSettings("cbow")

Place = tuple[list[int], int, list[int]]
words = st.integers(0, WORDS - 1)
drawn = st.lists(words, min_size=3, max_size=3)
places = st.lists(st.tuples(st.lists(words, min_size=1, max_size=5), words, drawn), min_size=1, max_size=20)


def sample_of(places: list[Place]) -> LossSample:
    contexts, targets, drawn = zip(*places, strict=True)
    sizes = np.array([len(context) for context in contexts])
    return LossSample(np.concatenate(contexts), sizes, np.array(targets), np.array(drawn))


def drawn_sample(
    text: str, settings: Word2VecSettings, left_out: str = "", weighting: str = "inverse"
) -> tuple[LossSample, tuple[str, ...]]:
    tokens = gloveui.read_text(gloveui.PastedText(text))
    matrix = gloveui.count(tokens, window=2, min_count=1, weighting=weighting)
    kept = np.array([word != left_out for word in matrix.vocabulary.words], float)
    noise = np.full(len(kept), 1 / len(kept))
    return loss_sample(tokens, matrix, settings, kept, noise), matrix.vocabulary.words


def named(text: str, settings: Word2VecSettings, **options: str) -> set[tuple[str, str]]:
    """The places, each as its word and its context words."""
    sample, names = drawn_sample(text, settings, **options)
    ends = np.cumsum(sample.sizes)
    contexts = np.split(sample.contexts, ends[:-1])
    return {
        (names[target], " ".join(names[word] for word in context))
        for target, context in zip(sample.targets, contexts, strict=True)
    }


@given(places, st.sampled_from([1, 60, 1 << 20]), st.integers(0, 99))
def test_the_loss_is_that_of_the_naive_twin(places: list[Place], numbers_at_once: int, seed: int) -> None:
    vectors, outputs = np.random.default_rng(seed).normal(size=(2, WORDS, 4))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(word2vec_loss, "NUMBERS_AT_ONCE", numbers_at_once)
        found = sample_of(places).loss(vectors.astype(np.float32), outputs.astype(np.float32))
    assert found == pytest.approx(naive.word2vec_loss(places, vectors, outputs), rel=1e-5)


def test_before_anything_is_learned_each_word_is_as_likely_as_not() -> None:
    vectors = np.ones((WORDS, 4), np.float32)
    sample = sample_of([([1, 2], 3, [4, 5, 6])])
    assert sample.loss(vectors, np.zeros_like(vectors)) == pytest.approx(4 * math.log(2))


def test_large_products_overflow_nothing() -> None:
    vectors = np.full((WORDS, 1), 1e4, np.float32)
    assert sample_of([([1], 3, [3, 3, 4])]).loss(vectors, vectors) == pytest.approx(1e8)


def test_a_place_of_cbow_has_its_context_words_of_its_own_sentence_alone() -> None:
    found = named("a b c d\ne f\n" * 40, CBOW, weighting="flat")
    assert found == {("a", "b c"), ("b", "a c d"), ("c", "a b d"), ("d", "b c"), ("e", "f"), ("f", "e")}


def test_a_place_of_skip_gram_has_one_context_word() -> None:
    found = named("a b c d\ne f\n" * 40, SKIP_GRAM, weighting="flat")
    assert {"".join(sorted(pair)) for pair in found} == {"ab", "ac", "bc", "bd", "cd", "ef"}


def test_a_window_reaches_over_words_that_are_left_out() -> None:
    found = named("a b x x x c\n" * 40, CBOW, weighting="flat", left_out="x")
    assert found == {("a", "b c"), ("b", "a c"), ("c", "a b")}


def test_where_near_words_weigh_more_the_window_has_a_random_width() -> None:
    found = named("a b c d e " * 40, CBOW)
    assert {("c", "b d"), ("c", "a b d e")} <= found


def test_a_text_whose_words_are_all_left_out_has_no_loss() -> None:
    sample, names = drawn_sample("a a a", SKIP_GRAM, left_out="a")
    assert sample.loss(np.ones((len(names), 2), np.float32), np.ones((len(names), 2), np.float32)) == 0.0


def test_the_same_seed_draws_the_same_places() -> None:
    first, second = (drawn_sample("a b c d e " * 40, SKIP_GRAM)[0] for _ in range(2))
    assert first.contexts.tolist() == second.contexts.tolist()
    assert first.drawn.tolist() == second.drawn.tolist()
