"""Every count is the sum of the shares of its places in the text."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import gloveui
from gloveui.core import concordance
from gloveui.core.concordance import (
    Places,
    all_sentences,
    find_pairs,
    find_word,
    sentence_at,
    sentences,
    stretch_around,
    words_between,
)
from gloveui.core.concordance_order import ordered
from gloveui.core.cooccurrence import LARGEST_WINDOW, CooccurrenceMatrix, CountOptions, count_cooccurrences
from gloveui.core.errors import NoPairs, NoWordFrequentEnough, SettingError, UnknownWord
from gloveui.core.progress import Progress, run_to_end
from gloveui.core.resources import Resources
from gloveui.core.text import PastedText
from gloveui.core.tokens import TokenOptions, TokenStream, tokenise
from tests import naive
from tests.core.steps import LECTURE, count, random_text, read, sentences_of

WORDS = "abcdef"
SENTENCES = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=12), min_size=1, max_size=6)
OPTIONS = st.builds(
    CountOptions,
    window=st.one_of(st.integers(1, 6), st.sampled_from([22, 23, 40])),
    direction=st.sampled_from(["both", "left", "right"]),
    weighting=st.sampled_from(["inverse", "flat"]),
    min_count=st.integers(1, 3),
    max_vocabulary=st.integers(0, 4),
    keep_positions=st.booleans(),
)


def places_of(stream: TokenStream, matrix: CooccurrenceMatrix, word: str, context: str) -> Places:
    ids = (stream.vocabulary.id_of(word), stream.vocabulary.id_of(context))
    return run_to_end(find_pairs(stream, matrix, *ids))


def listed(places: Places) -> set[tuple[int, int, int]]:
    return set(zip(places.centres.tolist(), places.contexts.tolist(), places.distances.tolist(), strict=True))


@given(SENTENCES, OPTIONS)
@settings(max_examples=150)
def test_the_shares_of_all_places_add_up_to_every_cell(text: list[list[str]], options: CountOptions) -> None:
    stream = read("\n".join(" ".join(sentence) for sentence in text))
    try:
        matrix = run_to_end(count_cooccurrences(stream, options, Resources(threads=1)))
    except (NoPairs, NoWordFrequentEnough):
        return
    for row in range(len(stream.vocabulary)):
        for column in range(len(stream.vocabulary)):
            places = run_to_end(find_pairs(stream, matrix, row, column))
            is_kept = max(row, column) < len(matrix.vocabulary)
            assert places.total == (matrix.count(row, column) if is_kept else 0)
            assert places.units == int(places.shares.sum())
            assert (len(places) == 0) == (places.total == 0)
            word, context = stream.vocabulary.word(row), stream.vocabulary.word(column)
            expected = naive.places(text, options, word, context)
            assert len(places) == places.found == len(expected)
            assert same_couples(listed(places), {one[:3] for one in expected}, row == column)
            if options.window <= 22:
                shares = sorted(Fraction(int(units), places.unit) for units in places.shares)
                assert shares == sorted(one[3] for one in expected)


def same_couples(
    found: set[tuple[int, int, int]], expected: set[tuple[int, int, int]], is_one_word: bool
) -> bool:
    """Of a word beside itself either of the two may be the centre."""
    if is_one_word:
        found = {(min(one), max(one), distance) for *one, distance in found}
    return found == expected


def test_a_pair_of_the_lecture_has_its_places_in_the_order_of_the_text() -> None:
    stream = read(LECTURE, lower=False)
    matrix = count(stream, window=1, weighting="flat")
    places = places_of(stream, matrix, "like", "I")
    assert places.centres.tolist() == [1, 6]
    assert places.contexts.tolist() == [0, 5]
    assert [places.share(number) for number in range(2)] == [1, 1]
    assert places.total == matrix.count(1, 0) == 2


def test_a_word_beside_itself_is_listed_once_with_what_both_sides_add() -> None:
    stream = read("so so good so")
    matrix = count(stream, window=3)
    places = places_of(stream, matrix, "so", "so")
    assert sorted(listed(places)) == [(0, 1, 1), (0, 3, 3), (1, 3, 2)]
    assert places.total == pytest.approx(2 * (1 + 1 / 3 + 1 / 2))


@pytest.mark.parametrize(("direction", "centre"), [("left", 1), ("right", 0)])
def test_looking_at_one_side_a_word_beside_itself_adds_once(direction: str, centre: int) -> None:
    stream = read("so so")
    places = places_of(stream, count(stream, window=2, direction=direction), "so", "so")
    assert places.centres.tolist() == [centre]
    assert places.total == 1


def test_words_left_out_are_dropped_or_keep_their_place() -> None:
    stream = read("ice x1 x2 solid\nice solid")
    for keeps, distances in ((False, [1, 1]), (True, [3, 1])):
        matrix = count(stream, window=4, min_count=2, keep_positions=keeps)
        assert places_of(stream, matrix, "ice", "solid").distances.tolist() == distances


def test_a_word_that_the_counts_leave_out_has_no_places_in_a_pair_but_alone() -> None:
    stream = read("ice once\nice again ice again")
    matrix = count(stream, window=2, min_count=2)
    assert len(places_of(stream, matrix, "ice", "once")) == 0
    assert len(places_of(stream, matrix, "once", "ice")) == 0
    found = run_to_end(find_word(stream, stream.vocabulary.id_of("once")))
    assert found.centres.tolist() == found.contexts.tolist() == [1]


def test_all_places_are_found_whatever_is_scanned_and_kept_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = read(random_text(20, 3_000))
    matrix = count(stream, window=4)
    expected = places_of(stream, matrix, "w0", "w1")
    monkeypatch.setattr(concordance, "PIECE_IDS", 700)
    monkeypatch.setattr(concordance, "ROOM", 8)
    in_pieces = places_of(stream, matrix, "w0", "w1")
    for one, other in ((expected.centres, in_pieces.centres), (expected.contexts, in_pieces.contexts)):
        np.testing.assert_array_equal(one, other)
    assert np.all(np.diff(expected.centres) >= 0) or np.all(np.diff(expected.contexts) >= 0)
    word = run_to_end(find_word(stream, 0))
    np.testing.assert_array_equal(word.centres, np.flatnonzero(stream.ids == 0))


def test_first_places_come_at_once_and_stay_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(concordance, "PIECE_IDS", 300)
    stream = read(random_text(20, 3_000))
    matrix = count(stream, window=4)
    seen: list[Progress] = []
    task = find_pairs(stream, matrix, 0, 1)
    places = run_to_end(task, seen.append)
    assert len(seen) > 5
    fractions = [one.fraction or 0.0 for one in seen]
    assert fractions == sorted(fractions)
    for progress in seen:
        so_far = progress.detail
        np.testing.assert_array_equal(so_far.centres, places.centres[: len(so_far)])
        assert so_far.units == int(so_far.shares.sum())


def test_beyond_the_most_places_that_are_kept_the_sum_still_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(concordance, "MOST_PLACES", 10)
    stream = read(random_text(20, 3_000))
    matrix = count(stream, window=4)
    places = places_of(stream, matrix, "w0", "w1")
    assert len(places) == 10
    assert places.found > 10
    word, context = stream.vocabulary.id_of("w0"), stream.vocabulary.id_of("w1")
    assert places.total == matrix.count(word, context)


def test_places_are_read_only() -> None:
    stream = read(LECTURE)
    places = run_to_end(find_word(stream, 0))
    with pytest.raises(ValueError, match="read-only"):
        places.centres[0] = 1


@given(SENTENCES)
def test_sentences_begin_where_they_do(text: list[list[str]]) -> None:
    stream = read("\n".join(" ".join(sentence) for sentence in text))
    starts = all_sentences(stream).centres.tolist()
    whole = [stretch_around(stream.ids, start, start, 100) for start in starts]
    assert [words_between(stream, one.start, one.end).split() for one in whole] == sentences_of(stream)
    assert not any(one.is_cut_before or one.is_cut_after for one in whole)


def test_a_long_sentence_is_cut_around_its_words() -> None:
    stream = read("\n".join(["x y", " ".join(f"n{number}" for number in range(100)), "z"]))
    first = int(np.flatnonzero(stream.ids == stream.vocabulary.id_of("n50"))[0])
    around = stretch_around(stream.ids, first, first + 2, 3)
    assert words_between(stream, around.start, around.end) == "n47 n48 n49 n50 n51 n52 n53 n54 n55"
    assert (around.is_cut_before, around.is_cut_after) == (True, True)
    whole = stretch_around(stream.ids, first, first, 50)
    assert words_between(stream, whole.start, whole.end).startswith("n0 n1 ")
    assert (whole.is_cut_before, whole.is_cut_after) == (False, False)


def test_a_place_is_given_as_the_sentence_in_parts() -> None:
    stream = read("the ice is very solid indeed\nice alone")
    matrix = count(stream, window=3)
    place = sentence_at(stream, places_of(stream, matrix, "solid", "ice"), 0, 50)
    assert (place.left, place.first, place.between) == ("the", "ice", "is very")
    assert (place.second, place.right, place.distance) == ("solid", "indeed", 3)
    assert place.share == pytest.approx(1 / 3)
    alone = sentence_at(stream, run_to_end(find_word(stream, stream.vocabulary.id_of("ice"))), 1, 50)
    assert (alone.left, alone.first, alone.between, alone.second, alone.right) == ("", "ice", "", "", "alone")


def test_the_public_function_gives_the_sentences_of_a_pair_and_of_a_word() -> None:
    assert gloveui.sentences is sentences
    stream = read(LECTURE)
    matrix = count(stream, window=2)
    found = gloveui.sentences(stream, matrix, "I", "like")
    assert [one.right for one in found] == ["deep learning", "nlp"]
    assert sum(one.share for one in found) == 2
    assert len(gloveui.sentences(stream, matrix, "i")) == 3
    assert gloveui.sentences(stream, matrix, "deep", "flying") == []
    with pytest.raises(UnknownWord):
        gloveui.sentences(stream, matrix, "missing")


def test_the_public_function_gives_as_many_words_around_as_are_asked_for() -> None:
    stream = read("a b c word d e f")
    matrix = count(stream, window=2)
    assert [(one.left, one.right) for one in sentences(stream, matrix, "word", words_around=2)] == [
        ("b c", "d e")
    ]
    assert [(one.left, one.right) for one in sentences(stream, matrix, "word", words_around=0)] == [("", "")]
    with pytest.raises(SettingError, match="words_around"):
        sentences(stream, matrix, "word", words_around=-1)


def test_a_text_in_a_file_has_the_same_places_and_the_widest_window_ends_with_the_text() -> None:
    text = PastedText(random_text(20, 2_000))
    in_memory, mapped = (
        run_to_end(tokenise(text, TokenOptions(), Resources(mapped_above_mib=most))) for most in (1_024, 0)
    )
    assert isinstance(mapped.ids.base.base, np.memmap)
    for window in (3, LARGEST_WINDOW):
        matrix = count(mapped, window=window, weighting="flat")
        places, expected = (places_of(stream, matrix, "w0", "w1") for stream in (mapped, in_memory))
        assert listed(places) == listed(expected)
        word, context = mapped.vocabulary.id_of("w0"), mapped.vocabulary.id_of("w1")
        assert places.total == matrix.count(word, context)
    assert run_to_end(ordered(mapped, places, "left")).tolist() == (
        run_to_end(ordered(in_memory, expected, "left")).tolist()
    )
