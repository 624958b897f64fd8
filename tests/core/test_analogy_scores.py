"""Scores of analogies by their cosines, against those of the questions asked one by one."""

from __future__ import annotations

import numpy as np
import pytest

from gloveui.core import analogy_scores
from gloveui.core.analogy_scores import AnalogyScores
from gloveui.core.nearest import place_of
from gloveui.core.queries import METHODS, analogy, analogy_rank
from tests.views.vectors import embedding_of, noise

WORDS = tuple("abcdefghijkl")
VECTORS = {**noise(WORDS), "nothing": (0.0,) * 6, "again": noise(WORDS)["d"]}


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("among", [0, 5])
def test_scores_and_places_are_those_of_a_question_asked_alone(method: str, among: int) -> None:
    embedding = embedding_of(VECTORS)
    scored = AnalogyScores(embedding, among)
    for a, b, c in ((0, 1, 2), (2, 1, 0), (3, 3, 4), (5, 0, 13)):
        words = [embedding.vocabulary.word(index) for index in (a, b, c)]
        found = scored.of(a, b, c, method)
        alone = analogy(embedding, *words, 20, method, exclude_inputs=False, among=among)
        assert found[[one.index for one in alone]] == pytest.approx([one.score for one in alone], abs=1e-9)
        assert np.isfinite(found).sum() == len(alone)
        for expected in ("e", "d"):
            if expected not in words:
                rank = analogy_rank(embedding, *words, expected, method, True, among)
                index = embedding.vocabulary.id_of(expected)
                found[[one for one in (a, b, c) if one < len(found)]] = -np.inf
                assert place_of(found, index) == rank


def test_cosines_are_kept_as_far_as_there_is_room(monkeypatch: pytest.MonkeyPatch) -> None:
    embedding = embedding_of(VECTORS)
    expected = AnalogyScores(embedding).of(0, 1, 2, "add")
    monkeypatch.setattr(analogy_scores, "ROOM", 1)
    scored = AnalogyScores(embedding)
    for first in range(8):
        scored.of(first, first + 1, first + 2, "add")
        assert len(scored._kept) == analogy_scores.LEAST_KEPT
    assert scored.of(0, 1, 2, "add") == pytest.approx(expected)
