from __future__ import annotations

import threading

import gensim
import numpy as np
import pytest

import gloveui
from gloveui.core.baseline_settings import Word2VecSettings
from gloveui.core.cooccurrence import CooccurrenceMatrix
from gloveui.core.embedding import Embedding
from gloveui.core.progress import Progress, run_to_end
from gloveui.core.tokens import TokenStream
from gloveui.core.word2vec import Word2VecReport, Word2VecTrainer, sentences, word2vec

LINES = (
    "the king and the queen rule the land",
    "the boy and the girl play in the garden",
    "a man likes his dog and a woman her cat",
)


@pytest.fixture(scope="module")
def counted() -> tuple[TokenStream, CooccurrenceMatrix]:
    tokens = gloveui.read_text(gloveui.PastedText("\n".join(LINES * 700) + "\nonce"))
    return tokens, gloveui.count(tokens, window=3, min_count=2)


def trained(counted: tuple[TokenStream, CooccurrenceMatrix], settings: Word2VecSettings) -> Embedding:
    return run_to_end(word2vec(*counted, settings))


@pytest.mark.parametrize("architecture", ["skip-gram", "cbow"])
def test_vectors_are_those_that_gensim_trains_to_the_bit(
    counted: tuple[TokenStream, CooccurrenceMatrix], architecture: str
) -> None:
    tokens, matrix = counted
    settings = Word2VecSettings(architecture, dimension=12, epochs=3, seed=7)
    vocabulary = matrix.vocabulary
    model = gensim.models.Word2Vec(
        vector_size=12,
        window=3,
        min_count=1,
        sg=architecture == "skip-gram",
        seed=7,
        workers=1,
        sorted_vocab=0,
    )
    model.build_vocab_from_freq(dict(zip(vocabulary.words, vocabulary.counts.tolist(), strict=True)))
    model.train(list(sentences(tokens, matrix)), total_words=int(vocabulary.counts.sum()), epochs=3)
    embedding = trained(counted, settings)
    assert embedding.vocabulary is vocabulary
    assert embedding.vectors.tobytes() == model.wv.vectors.tobytes()
    assert trained(counted, settings).vectors.tobytes() == embedding.vectors.tobytes()


def test_another_seed_gives_other_vectors_and_the_largest_one_is_taken(
    counted: tuple[TokenStream, CooccurrenceMatrix],
) -> None:
    first, second = (trained(counted, Word2VecSettings(dimension=4, epochs=1, seed=seed)) for seed in (1, 2))
    assert not np.array_equal(first.vectors, second.vectors)
    assert np.isfinite(
        trained(counted, Word2VecSettings(dimension=4, epochs=1, seed=2**63 - 1)).vectors
    ).all()


def test_reports_tell_how_far_it_is_and_the_loss_of_each_epoch(
    counted: tuple[TokenStream, CooccurrenceMatrix],
) -> None:
    steps: list[Progress] = []
    run_to_end(word2vec(*counted, Word2VecSettings(dimension=8, epochs=20)), steps.append)
    reports = [step.detail for step in steps if isinstance(step.detail, Word2VecReport)]
    losses = [loss for report in reports for loss in report.finished]
    assert reports[-1].position == 20
    assert steps[-1].fraction == 1.0
    assert len(losses) == 20
    assert losses[-1] < losses[0]
    assert min(report.loss for report in reports) > 0


def test_sentences_have_the_words_that_are_counted_and_are_cut_where_they_are_too_long() -> None:
    tokens = gloveui.read_text(gloveui.PastedText("rare a b\n" + "a b " * 7_000 + "\n\nother\nb a"))
    matrix = gloveui.count(tokens, window=1, min_count=2)
    found = list(sentences(tokens, matrix))
    assert [len(sentence) for sentence in found] == [2, 10_000, 4_000, 2]
    assert found[0] == ["a", "b"]
    assert found[-1] == ["b", "a"]
    assert sum(map(len, found)) == matrix.vocabulary.counts.sum()


def test_no_thread_outlives_a_training_that_is_stopped(
    counted: tuple[TokenStream, CooccurrenceMatrix],
) -> None:
    before = threading.active_count()
    task = word2vec(*counted, Word2VecSettings(dimension=8, epochs=100_000, workers=2))
    while not isinstance(next(task).detail, Word2VecReport):
        pass
    assert threading.active_count() > before
    task.close()
    assert threading.active_count() == before


def test_several_workers_train_all_words(counted: tuple[TokenStream, CooccurrenceMatrix]) -> None:
    steps: list[Progress] = []
    run_to_end(word2vec(*counted, Word2VecSettings(dimension=8, epochs=3, workers=3)), steps.append)
    assert steps[-1].detail.position == 3


@pytest.mark.parametrize("architecture", ["skip-gram", "cbow"])
def test_what_a_stopped_training_has_learned_can_be_learned_again_to_the_bit(
    counted: tuple[TokenStream, CooccurrenceMatrix], architecture: str
) -> None:
    settings = Word2VecSettings(architecture, dimension=8, epochs=100_000)
    trainer = Word2VecTrainer(*counted, settings)
    task = trainer.run()
    while not trainer.losses:
        next(task)
    task.close()
    reached = trainer.settings_so_far
    assert 0 < reached.stopped_after < 100_000 * counted[1].vocabulary.counts.sum()
    steps: list[Progress] = []
    again = run_to_end(word2vec(*counted, reached), steps.append)
    assert again.vectors.tobytes() == trainer.embedding().vectors.tobytes()
    assert steps[-1].fraction == 1.0
    assert steps[-1].detail.seconds_left == 0.0


def test_a_training_that_came_to_its_end_is_no_stopped_one(
    counted: tuple[TokenStream, CooccurrenceMatrix],
) -> None:
    trainer = Word2VecTrainer(*counted, Word2VecSettings(dimension=4, epochs=2))
    assert not trainer.has_learned
    run_to_end(trainer.run())
    assert trainer.has_learned
    assert trainer.settings_so_far == trainer.settings
    assert len(trainer.losses) == 2
