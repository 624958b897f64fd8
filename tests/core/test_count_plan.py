from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from gloveui.core import count_plan
from gloveui.core.cooccurrence import CountOptions, counted_text, estimate_counting, kept_vocabulary
from gloveui.core.count_plan import CountEstimate, draw_sample, plan
from gloveui.core.errors import NoWordFrequentEnough
from gloveui.core.progress import Progress, run_to_end
from gloveui.core.resources import Resources
from gloveui.core.tokens import TokenStream
from tests.core.steps import count, random_text, read

SIDES = ["both", "left", "right"]


def estimated(stream: TokenStream, **options: Any) -> CountEstimate:
    return run_to_end(estimate_counting(stream, CountOptions(min_count=1, **options), Resources(threads=2)))


@pytest.mark.parametrize("direction", SIDES)
def test_a_small_text_is_estimated_exactly(direction: str) -> None:
    stream = read(random_text(500, 5_000))
    expected = estimated(stream, direction=direction)
    matrix = count(stream, direction=direction)
    assert (expected.nonzeros, expected.result_bytes) == (matrix.nonzeros, matrix.memory_bytes)
    assert expected.seconds > 0
    assert expected.working_bytes > 0


@pytest.mark.parametrize("direction", SIDES)
@pytest.mark.parametrize("window", [3, 30])
def test_a_sample_of_rows_tells_the_pairs_of_a_larger_text(
    direction: str, window: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(count_plan, "SMALL_TEXT", 0)
    monkeypatch.setattr(count_plan, "SAMPLED_ROWS", 300)
    stream = read(random_text(3_000, 60_000))
    expected = estimated(stream, direction=direction, window=window)
    matrix = count(stream, direction=direction, window=window)
    assert expected.nonzeros != matrix.nonzeros
    assert expected.nonzeros == pytest.approx(matrix.nonzeros, rel=0.05)


def test_estimating_reports_how_far_it_is() -> None:
    seen: list[Progress] = []
    run_to_end(
        estimate_counting(read(random_text(50, 500)), CountOptions(), Resources(threads=2)), seen.append
    )
    assert {progress.stage for progress in seen} == {"estimating"}
    assert (seen[0].fraction, seen[-1].fraction) == (0.0, 1.0)


def test_a_text_without_words_that_are_frequent_enough_is_not_estimated() -> None:
    with pytest.raises(NoWordFrequentEnough):
        run_to_end(estimate_counting(read("ice"), CountOptions(min_count=2), Resources()))


def test_a_text_without_pairs_is_estimated_as_nothing() -> None:
    assert estimated(read("ice\nsteam")).nonzeros == 0


def test_passes_share_the_words_and_are_few_however_small_the_budget() -> None:
    stream, options = read(random_text(3_000, 60_000)), CountOptions(min_count=1)
    vocabulary = kept_vocabulary(stream.vocabulary, options)
    text = counted_text(stream, vocabulary, options)
    expected = CountEstimate(10**6, 8 * 10**6, 10**6, 1.0)
    passes = []
    for budget in (0, 400_000, 500_000, 10**6, 10**7):
        course = plan(text, vocabulary.counts, expected, 2, budget)
        assert (course.cuts[0], course.cuts[-1]) == (0, len(vocabulary))
        assert list(course.cuts) == sorted(set(course.cuts))
        assert course.is_on_disk == (budget < 10**7)
        passes.append(len(course.cuts) - 1)
    assert passes == sorted(passes, reverse=True)
    assert count_plan.MOST_PASSES >= passes[0] > passes[1] > passes[-1] == 1


def test_rows_are_drawn_as_often_as_they_are_large_and_stand_for_all() -> None:
    stream, options = read(random_text(3_000, 200_000)), CountOptions(min_count=1)
    vocabulary = kept_vocabulary(stream.vocabulary, options)
    text = counted_text(stream, vocabulary, options)
    sample = draw_sample(text, vocabulary.counts)
    assert not sample.is_all
    assert len(sample.words) < len(vocabulary)
    limits = np.minimum(vocabulary.counts * text.reach, np.arange(1, len(vocabulary) + 1))
    assert sample.pairs_for_one @ limits[sample.words] == pytest.approx(limits.sum())
