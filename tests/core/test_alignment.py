from __future__ import annotations

import numpy as np
import pytest

from gloveui.core import alignment as module
from gloveui.core.alignment import align, aligned_maps
from gloveui.core.embedding import Embedding
from gloveui.core.progress import run_to_end
from gloveui.core.vocabulary import Vocabulary
from tests.core import naive_comparison as naive
from tests.core.word_clouds import embedding_of, random_embedding


def turned(embedding: Embedding, noise: float = 0.0) -> Embedding:
    """The same words, turned and stretched, the other way round."""
    random, size = np.random.default_rng(5), embedding.dimension
    rotation, _ = np.linalg.qr(random.normal(size=(size, size)))
    rows = 2 * embedding.vectors @ rotation + noise * random.normal(size=embedding.vectors.shape)
    return Embedding(Vocabulary(reversed(embedding.vocabulary.words)), rows[::-1].astype(np.float32))


def test_a_turned_embedding_is_turned_back() -> None:
    a = random_embedding(90, 12)
    found = run_to_end(align(a, turned(a)))
    assert found.distances == pytest.approx(np.zeros(90), abs=1e-6)
    assert found.rotation @ found.rotation.T == pytest.approx(np.eye(12), abs=1e-9)


def test_a_word_that_has_moved_is_the_farthest_from_itself() -> None:
    a = random_embedding(90, 12)
    b = turned(a)
    b.vectors.setflags(write=True)
    b.vectors[89 - 40] *= -1
    found = run_to_end(align(a, b))
    assert int(found.distances.argmax()) == 40
    assert found.distances[40] > 1.5


def test_in_a_plane_the_rotation_is_the_best_of_all_angles() -> None:
    a = random_embedding(30, 2)
    b = turned(a, noise=0.8)
    found = run_to_end(align(a, b))
    ids = np.arange(30)
    best = naive.turned(b.unit_rows(found.common.ids_b), a.unit_rows(ids))
    assert b.unit_rows(found.common.ids_b) @ found.rotation == pytest.approx(best, abs=2e-3)


def test_shorter_vectors_are_filled_up_with_zeros(monkeypatch: pytest.MonkeyPatch) -> None:
    a = random_embedding(50, 6)
    b = embedding_of(np.pad(a.vectors[:, ::-1], ((0, 0), (0, 3))))
    for first, second in ((a, b), (b, a)):
        found = run_to_end(align(first, second))
        assert found.rotation.shape == (9, 9)
        assert found.distances == pytest.approx(np.zeros(50), abs=1e-6)
    monkeypatch.setattr(module, "BLOCK_NUMBERS", 20)
    assert run_to_end(align(b, a)).distances == pytest.approx(found.distances, abs=1e-9)


def test_words_that_have_not_moved_are_in_one_place_on_both_maps() -> None:
    a = random_embedding(40, 5)
    b = turned(a)
    found = run_to_end(align(a, b))
    maps = aligned_maps(a, b, found, (3, 0, 17, 30))
    assert maps.places.tolist() == [3, 0, 17, 30]
    assert maps.positions_a == pytest.approx(maps.positions_b, abs=1e-5)
    assert 0 < maps.explained <= 1
