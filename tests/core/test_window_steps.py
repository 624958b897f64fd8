"""The window, step by step, adds up to the counts."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from gloveui.core.cooccurrence import CountOptions
from gloveui.core.window_steps import ContextWord, cells, centres, window_step
from tests import naive

SENTENCES = st.lists(st.lists(st.sampled_from("abcdef"), min_size=1, max_size=9), min_size=1, max_size=5)
OPTIONS = st.builds(
    CountOptions,
    window=st.integers(1, 6),
    direction=st.sampled_from(["both", "left", "right"]),
    weighting=st.sampled_from(["inverse", "flat"]),
    min_count=st.integers(1, 3),
    keep_positions=st.booleans(),
)


@given(SENTENCES, OPTIONS)
def test_all_steps_together_make_the_counts(text: list[list[str]], options: CountOptions) -> None:
    words = list(naive.word_counts(text))
    size = len(naive.kept_words(text, options))
    sums: dict[tuple[str, str], Fraction] = {}
    for sentence in text:
        ids = [words.index(word) for word in sentence]
        for centre in centres(ids, size):
            step = window_step(ids, size, options, centre)
            for one in step.contexts:
                pair = (sentence[centre], sentence[one.place])
                sums[pair] = sums.get(pair, Fraction(0)) + one.weight
            assert set(cells(ids, step)) == {(ids[centre], ids[one.place]) for one in step.contexts}
            assert not set(step.passed) & {one.place for one in step.contexts}
    assert sums == naive.cooccurrences(text, options)


def test_words_left_out_are_passed_over_and_take_their_place_or_not() -> None:
    ids = [0, 5, 1, 2]
    dropping = window_step(ids, 3, CountOptions(window=2), 0)
    assert dropping.contexts == (ContextWord(2, 1, Fraction(1)), ContextWord(3, 2, Fraction(1, 2)))
    keeping = window_step(ids, 3, CountOptions(window=2, keep_positions=True), 0)
    assert keeping.contexts == (ContextWord(2, 2, Fraction(1, 2)),)
    assert dropping.passed == keeping.passed == (1,)
    assert centres(ids, 3) == [0, 2, 3]
    assert cells(ids, keeping) == ((0, 1),)
