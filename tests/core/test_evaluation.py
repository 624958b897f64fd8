"""Evaluations: exact answers and places, what is covered, ranks of pairs."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gloveui.core import answer_search
from gloveui.core.analogy_questions import AnalogyQuestion
from gloveui.core.embedding import Embedding
from gloveui.core.errors import SettingError
from gloveui.core.evaluation import AnalogyEvaluation, evaluate_analogies, evaluate_pairs
from gloveui.core.progress import run_to_end
from gloveui.core.queries import analogy, analogy_rank
from gloveui.core.question_sets import (
    AnalogySet,
    PairSet,
    QuestionSection,
    ScoredPair,
    grouped_sections,
    set_of_relations,
)
from gloveui.core.vocabulary import Vocabulary
from gloveui.storage.analogy_sections import bundled_sections
from tests.core import naive_evaluation

FAMILY = ("man", "woman", "boy", "girl", "king", "queen")
VECTORS = [(1, 0, 0, 0), (0, 1, 0, 0), (1, 0, 1, 0), (0, 1, 1, 0), (1, 0, 0, 1), (0, 1, 0, 1)]


def embedding_of(rows: object, words: tuple[str, ...] | None = None) -> Embedding:
    vectors = np.array(rows, np.float32)
    return Embedding(Vocabulary(words or tuple(f"w{place}" for place in range(len(vectors)))), vectors)


def asked(*questions: str) -> AnalogySet:
    made = tuple(AnalogyQuestion(*question.split()) for question in questions)
    return AnalogySet("asked", (QuestionSection("one", made),))


def random_questions(rng: np.random.Generator, words: int, count: int) -> tuple[np.ndarray, AnalogySet]:
    ids = rng.integers(0, words, (count, 4))
    return ids, asked(*(" ".join(f"w{index}" for index in row) for row in ids))


def found_of(evaluation: AnalogyEvaluation, analogies: AnalogySet, method: str) -> list[tuple[str, int]]:
    """The answer and the place of each question; a right one has its expected word, and 1."""
    wrong = {one.question: (one.found, one.rank) for one in evaluation.sections[0].wrong[method]}
    return [wrong.get(question, (question.expected, 1)) for question in analogies]


@settings(max_examples=15)
@given(st.integers(0, 2**32 - 1), st.booleans(), st.sampled_from((0.7, 30.0)), st.sampled_from((0, 9)))
def test_answers_and_places_are_those_of_the_slow_twin(
    seed: int, excludes: bool, spread: float, among: int
) -> None:
    rng = np.random.default_rng(seed)  # a small spread makes many equal rows, and rows of zeros
    rows = np.rint(spread * rng.standard_normal((16, 3)))
    ids, analogies = random_questions(rng, among or 16, 12)
    evaluation = run_to_end(
        evaluate_analogies(embedding_of(rows), analogies, among=among, exclude_inputs=excludes)
    )
    for method in ("add", "multiply"):
        scored = [naive_scores(rows.tolist(), row, method, excludes, among) for row in ids.tolist()]
        for row, (word, rank), scores in zip(
            ids.tolist(), found_of(evaluation, analogies, method), scored, strict=True
        ):
            answer, place = naive_evaluation.answered(rows.tolist(), tuple(row), method, excludes, among)
            if not is_clear(scores):
                continue  # rounding decides between equal scores: the next test compares bit for bit
            assert word == (f"w{answer}" if answer >= 0 else "")
            assert rank == place


def naive_scores(rows: list, question: list, method: str, excludes: bool, among: int) -> list[float]:
    from tests.core.naive_queries import answers

    a, b, c, _ = question
    return [score for _, score in answers(rows, a, b, c, method, (a, b, c) if excludes else (), among)]


def is_clear(scores: list[float]) -> bool:
    return all(first - second > 1e-12 for first, second in pairwise(scores))


@pytest.mark.parametrize("spread", [0.6, 100.0])
@pytest.mark.parametrize("columns", [64, 4_096])
def test_answers_are_exactly_those_of_one_question_after_another(
    spread: float, columns: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answer_search, "COLUMNS_AT_ONCE", columns)
    monkeypatch.setattr(answer_search, "QUESTIONS_AT_ONCE", 50)
    rng = np.random.default_rng(3)
    embedding = embedding_of(np.rint(spread * rng.standard_normal((400, 5))))
    _, analogies = random_questions(rng, 400, 120)
    evaluation = run_to_end(evaluate_analogies(embedding, analogies))
    for method in ("add", "multiply"):
        for question, (word, rank) in zip(analogies, found_of(evaluation, analogies, method), strict=True):
            assert word == analogy(embedding, *question.given, 1, method)[0].word
            can_be = question.expected not in question.given and embedding.vector(question.expected).any()
            expected = analogy_rank(embedding, *question.given, question.expected, method) if can_be else 0
            assert rank == expected


def test_a_question_is_covered_if_all_four_words_are_known_as_the_vocabulary_spells_them() -> None:
    analogies = asked("Man Woman boy girl", "man woman king emperor", "man woman king queen")
    evaluation = run_to_end(evaluate_analogies(embedding_of(VECTORS, FAMILY), analogies))
    total = evaluation.total
    assert (total.asked, total.covered, total.right) == (3, 2, {"add": 2, "multiply": 2})
    assert total.share("add") == 1.0
    assert evaluation.unknown == ("emperor",)


def test_a_vocabulary_of_capitals_covers_questions_in_lower_case_and_the_other_way_round() -> None:
    for words in (tuple(word.upper() for word in FAMILY), ("Man", "woman", "BOY", "Girl", "king", "queen")):
        evaluation = run_to_end(evaluate_analogies(embedding_of(VECTORS, words), asked("man WOMAN boy girl")))
        assert evaluation.total.right == {"add": 1, "multiply": 1}


def test_only_frequent_words_are_known_where_that_is_asked() -> None:
    analogies = asked("man woman boy girl", "man woman king queen")
    evaluation = run_to_end(evaluate_analogies(embedding_of(VECTORS, FAMILY), analogies, among=4))
    assert evaluation.total.covered == 1


def test_a_share_of_nothing_is_none() -> None:
    evaluation = run_to_end(evaluate_analogies(embedding_of(VECTORS, FAMILY), asked("가 나 다 라")))
    assert evaluation.total.share("add") is None
    assert evaluation.unknown == ("가", "나", "다", "라")


def test_another_method_is_refused() -> None:
    with pytest.raises(SettingError):
        run_to_end(
            evaluate_analogies(embedding_of(VECTORS, FAMILY), asked("a b c d"), methods=("direction",))
        )


def test_groups_follow_the_names_of_googles_sections() -> None:
    questions = (AnalogyQuestion("man", "woman", "boy", "girl"),)
    sections = [QuestionSection(name, questions) for name in ("family", "gram1", "gram2")]
    named = AnalogySet("google", grouped_sections(sections))
    evaluation = run_to_end(evaluate_analogies(embedding_of(VECTORS, FAMILY), named))
    assert [(group.name, group.asked) for group in evaluation.groups] == [("semantic", 1), ("syntactic", 2)]
    assert grouped_sections(sections[:1]) == tuple(sections[:1])


def test_the_bundled_relations_are_asked_whatever_a_model_knows() -> None:
    korean = set_of_relations("korean", [one for one in bundled_sections() if one.language == "ko"])
    assert len(korean) > 1_000
    assert all(len({*question.given, question.expected}) == 4 for question in korean)


def test_pairs_are_ranked_as_by_the_slow_twin() -> None:
    rng = np.random.default_rng(5)
    embedding = embedding_of(np.rint(rng.standard_normal((30, 3)) * 2))
    pairs = tuple(
        ScoredPair(f"w{first}", f"w{second}", float(score))
        for first, second, score in zip(*rng.integers(0, 30, (2, 60)), rng.integers(0, 9, 60), strict=True)
    )
    evaluation = run_to_end(evaluate_pairs(embedding, PairSet("pairs", pairs)))
    human = [pair.score for pair in evaluation.pairs]
    alike = [pair.cosine for pair in evaluation.pairs]
    assert evaluation.spearman == pytest.approx(naive_evaluation.spearman(human, alike), abs=1e-12)
    assert [pair.score_rank for pair in evaluation.pairs] == [
        naive_evaluation.mean_rank(human, place) for place in range(60)
    ]
    differences = [pair.difference for pair in evaluation.pairs]
    assert differences == sorted(differences, reverse=True)


@pytest.mark.parametrize("known", [0, 1])
def test_too_few_pairs_have_no_correlation(known: int) -> None:
    pairs = (*(ScoredPair("man", "woman", 5.0),)[:known], ScoredPair("여우", "늑대", 3.0))
    evaluation = run_to_end(evaluate_pairs(embedding_of(VECTORS, FAMILY), PairSet("pairs", pairs)))
    assert evaluation.spearman is None
    assert evaluation.covered == known
    assert evaluation.unknown == ("여우", "늑대")
