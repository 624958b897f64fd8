from __future__ import annotations

import numpy as np
import pytest

from gloveui.core.embedding import Embedding
from gloveui.core.stability import Stability
from gloveui.state.stability_results import StabilityResults
from tests.views.vectors import FAMILY, embedding_of


def result_of(embedding: Embedding, seeds: int) -> Stability:
    near = np.array([[1], [0]], np.int32)
    return Stability(embedding, 1, tuple(range(seeds)), near, np.repeat(near[None], seeds, axis=0))


@pytest.fixture
def results(qapp) -> StabilityResults:
    return StabilityResults()


def test_the_newest_result_for_the_same_vectors_is_kept_and_told(results, qtbot) -> None:
    first, second = embedding_of(FAMILY), embedding_of(FAMILY)
    with qtbot.waitSignal(results.changed):
        results.keep(result_of(first, 1))
    results.keep(result_of(first, 2))
    assert results.of(first).seeds == (0, 1)
    assert results.of(second) is None
    assert results.of(None) is None


def test_results_go_with_the_vectors_that_they_judge(results, qtbot) -> None:
    first, second = embedding_of(FAMILY), embedding_of(FAMILY)
    results.keep(result_of(first, 1))
    results.keep(result_of(second, 1))
    with qtbot.waitSignal(results.changed):
        results.keep_only((second,))
    assert results.of(first) is None
    assert results.of(second) is not None
    with qtbot.assertNotEmitted(results.changed):
        results.keep_only((second,))
