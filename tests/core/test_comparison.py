from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import gloveui
from gloveui.core import comparison as module
from gloveui.core.common_words import common_words, comparable_words
from gloveui.core.comparison import (
    PERSISTENCE,
    Disagreement,
    compared_neighbours,
    disagreement,
    drawn_pairs,
    similarity_pairs,
)
from gloveui.core.embedding import Embedding
from gloveui.core.errors import SettingError, TooFewCommonWords
from gloveui.core.progress import Progress, run_to_end
from gloveui.core.queries import neighbours, similarity
from gloveui.core.vocabulary import Vocabulary
from tests.core import naive_comparison as naive
from tests.core import naive_projection

WORDS = ("king", "queen", "man", "woman", "road", "<unk>", "고양이")


def embedding_of(words: object, vectors: object, counts: object = None) -> Embedding:
    known = None if counts is None else np.array(counts, np.int64)
    return Embedding(Vocabulary(words, known), np.array(vectors, np.float32))


def random_pair(
    words: int, dimensions: tuple[int, int] = (8, 5), seed: int = 0
) -> tuple[Embedding, Embedding]:
    """Two embeddings that share a meaning and noise; the second has its words the other way round."""
    random, names = np.random.default_rng(seed), [f"w{number}" for number in range(words)]
    meaning = random.normal(size=(words, 3))
    first, second = (
        meaning @ random.normal(size=(3, dimension)) + random.normal(scale=0.4, size=(words, dimension))
        for dimension in dimensions
    )
    return embedding_of(names, first), embedding_of([*reversed(names), "only b"], [*second[::-1], second[0]])


def compared(a: Embedding, b: Embedding, **settings: int) -> Disagreement:
    return run_to_end(disagreement(a, b, **settings))


def test_common_words_are_in_the_order_of_the_first_with_the_ids_of_both() -> None:
    a = embedding_of(WORDS, np.eye(7))
    b = embedding_of(("road", "King", "king", "고양이"), np.eye(4))
    common = common_words(a, b)
    assert common.words == ("king", "road", "고양이")
    assert common.ids_a.tolist() == [0, 4, 6]
    assert common.ids_b.tolist() == [2, 0, 3]
    assert common.place("road") == 1
    assert common.place("King") is None


def test_words_without_direction_or_too_rare_in_either_are_not_compared() -> None:
    vectors = np.eye(5)
    vectors[1] = 0
    a = embedding_of("abcde", vectors, [90, 80, 70, 60, 50])
    b = embedding_of("edcba", np.eye(5), [9, 5, 9, 9, 9])
    assert comparable_words(a, b).words == ("a", "c", "d", "e")
    assert comparable_words(a, b, least_count=6).words == ("a", "c", "e")
    assert comparable_words(a, b, among=2).words == ("a", "c")


@pytest.mark.parametrize("words", ["xyz", "axy"])
def test_fewer_than_two_common_words_are_refused(words: str) -> None:
    with pytest.raises(TooFewCommonWords, match="in common"):
        gloveui.compare(embedding_of("abc", np.eye(3)), embedding_of(words, np.eye(3)))


@given(st.integers(2, 40), st.integers(1, 12), st.integers(1, 15), st.integers(0, 1_000))
@settings(max_examples=20)
def test_overlaps_are_those_of_the_naive_twin(words: int, k: int, depth: int, seed: int) -> None:
    a, b = random_pair(words, seed=seed)
    found = compared(a, b, k=k, depth=depth)
    k, depth = min(k, words - 1), min(max(k, depth), words - 1)
    near_a, _ = naive_projection.neighbours(a.vectors, depth)
    near_b, _ = naive_projection.neighbours(b.vectors[found.common.ids_b], depth)
    lists = list(zip(near_a.tolist(), near_b.tolist(), strict=True))
    assert found.neighbours_a.tolist() == near_a.tolist()
    assert found.neighbours_b.tolist() == near_b.tolist()
    assert found.k == k
    assert found.shared.tolist() == [len(set(x[:k]) & set(y[:k])) for x, y in lists]
    assert found.jaccard == pytest.approx([naive.jaccard(x[:k], y[:k]) for x, y in lists])
    biased = [naive.rank_biased_overlap(x[:k], y[:k], PERSISTENCE) for x, y in lists]
    assert found.overlap == pytest.approx(biased)
    for d in range(1, depth + 1):
        assert found.jaccard_by_depth[d - 1] == pytest.approx(
            np.mean([naive.jaccard(x[:d], y[:d]) for x, y in lists])
        )
        assert found.overlap_by_depth[d - 1] == pytest.approx(
            np.mean([naive.rank_biased_overlap(x[:d], y[:d], PERSISTENCE) for x, y in lists])
        )


def test_an_embedding_agrees_wholly_with_itself_turned_and_stretched() -> None:
    a, _ = random_pair(60)
    turn, _ = np.linalg.qr(np.random.default_rng(1).normal(size=(8, 8)))
    found = gloveui.compare(a, embedding_of(a.vocabulary.words, a.vectors @ turn * 3), k=5)
    assert (found.jaccard == 1).all()
    assert found.overlap == pytest.approx(np.ones(60))
    assert found.overlap_by_depth == pytest.approx(np.ones(50))
    assert found.order.tolist() == list(range(60))


def test_the_order_begins_with_what_disagrees_most_and_ties_go_by_frequency() -> None:
    a, b = random_pair(80)
    found = compared(a, b, k=4)
    overlaps = found.overlap[found.order].round(12)
    assert (np.diff(overlaps) >= 0).all()
    ties = np.diff(overlaps) == 0
    assert (np.diff(found.order)[ties] > 0).all()
    assert found.words(3) == [(a.vocabulary.word(p), found.overlap[p]) for p in found.order[:3]]


def test_lists_drawn_at_random_agree_as_much_as_is_said_of_chance() -> None:
    random = np.random.default_rng(3)
    names = [f"w{number}" for number in range(400)]
    a, b = (embedding_of(names, random.normal(size=(400, 30))) for _ in range(2))
    found = compared(a, b, depth=50)
    assert found.by_chance[-1] == pytest.approx(found.jaccard_by_depth[-1], rel=0.05)


def test_each_step_reports_and_pieces_make_no_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    a, b = random_pair(300)
    steps: list[Progress] = []
    whole = run_to_end(disagreement(a, b), steps.append)
    fractions = [step.fraction or 0.0 for step in steps]
    assert fractions == sorted(fractions)
    assert fractions[-1] == pytest.approx(1)
    monkeypatch.setattr(module, "ROWS", 7)
    pieces = compared(a, b)
    assert pieces.overlap.tobytes() == whole.overlap.tobytes()
    assert pieces.overlap_by_depth.tobytes() == whole.overlap_by_depth.tobytes()


@pytest.mark.parametrize("settings", [{"k": 0}, {"among": -1}, {"k": 2.5}, {"depth": 0}])
def test_settings_out_of_bounds_are_refused(settings: dict[str, int]) -> None:
    with pytest.raises(SettingError):
        compared(*random_pair(5), **settings)


def test_neighbours_side_by_side_tell_how_many_models_have_them_and_who_does_not_know_them() -> None:
    a = embedding_of(("x", "p", "q", "r"), [[1, 0], [1, 0.1], [1, 0.2], [0, 1]])
    b = embedding_of(("x", "q", "r", "s"), [[1, 0], [1, 0.1], [0, 1], [1, 0.2]])
    c = embedding_of(("p", "q"), np.eye(2))
    found = compared_neighbours((a, b, c), "x", 2)
    assert found.columns[2] is None
    assert found.asked == 2
    assert [one.neighbour for one in found.columns[0]] == neighbours(a, "x", 2)
    told = [[(one.neighbour.word, one.models, one.missing) for one in column] for column in found.columns[:2]]
    assert told == [[("p", 1, 1), ("q", 2, 0)], [("q", 2, 0), ("s", 1, 1)]]


def test_cosines_of_pairs_are_those_of_both_embeddings() -> None:
    a, b = random_pair(12)
    found = run_to_end(similarity_pairs(a, b))
    assert len(found.first) == 66
    assert (found.first < found.second).all()
    for number in (0, 30, 65):
        pair = [found.common.words[place] for place in (found.first[number], found.second[number])]
        assert found.cosines_a[number] == pytest.approx(similarity(a, *pair))
        assert found.cosines_b[number] == pytest.approx(similarity(b, *pair))
    by_rank = [naive.ranks(values.tolist()) for values in (found.cosines_a, found.cosines_b)]
    assert found.spearman == pytest.approx(np.corrcoef(*by_rank)[0, 1])
    assert found.pearson == pytest.approx(np.corrcoef(found.cosines_a, found.cosines_b)[0, 1])


def test_pairs_that_are_drawn_are_different_and_the_same_for_a_seed() -> None:
    first, second = drawn_pairs(200, 500, seed=4)
    assert len(set(zip(first.tolist(), second.tolist(), strict=True))) == 500
    assert ((first >= 0) & (first < second) & (second < 200)).all()
    assert [row.tolist() for row in drawn_pairs(200, 500, seed=4)] == [first.tolist(), second.tolist()]
    assert drawn_pairs(200, 500, seed=5)[0].tolist() != first.tolist()
