from __future__ import annotations

import pytest

from gloveui.core.probability import conditional_probability
from tests import naive
from tests.core.steps import LECTURE, count, random_text, read, sentences_of


def test_the_probabilities_of_the_lecture_can_be_read_off_its_table() -> None:
    matrix = count(read(LECTURE), window=1, weighting="flat")
    i, like, enjoy, nlp = (matrix.vocabulary.id_of(word) for word in ("i", "like", "enjoy", "nlp"))
    assert conditional_probability(matrix, like, i) == pytest.approx(2 / 3)
    assert conditional_probability(matrix, enjoy, i) == pytest.approx(1 / 3)
    assert conditional_probability(matrix, i, like) == pytest.approx(2 / 4)
    assert conditional_probability(matrix, nlp, i) == 0.0


def test_probabilities_are_those_of_the_naive_twin_and_add_up_to_1() -> None:
    stream = read(random_text(12, 200))
    matrix = count(stream, window=3)
    counts = naive.cooccurrences(sentences_of(stream), matrix.options)
    words = matrix.vocabulary.words
    for word in range(len(words)):
        found = [conditional_probability(matrix, context, word) for context in range(len(words))]
        expected = [float(naive.probability(counts, context, words[word])) for context in words]
        assert found == pytest.approx(expected, rel=1e-6)
        assert sum(found) == pytest.approx(1.0)


def test_a_word_without_company_has_probability_0_for_every_context() -> None:
    matrix = count("ice melts\nalone")
    alone = matrix.vocabulary.id_of("alone")
    assert [conditional_probability(matrix, context, alone) for context in range(3)] == [0.0, 0.0, 0.0]
