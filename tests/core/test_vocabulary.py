from __future__ import annotations

import unicodedata

import numpy as np
import pytest

from gloveui.core.errors import UnknownWord
from gloveui.core.vocabulary import Vocabulary


@pytest.fixture
def vocabulary() -> Vocabulary:
    return Vocabulary(["the", "ice", "NLP", "카페", "café"], np.array([9, 5, 3, 2, 1]))


def test_words_and_ids_lead_to_each_other(vocabulary: Vocabulary) -> None:
    assert len(vocabulary) == 5
    assert list(vocabulary) == ["the", "ice", "NLP", "카페", "café"]
    assert [vocabulary.id_of(word) for word in vocabulary] == [0, 1, 2, 3, 4]
    assert [vocabulary.word(index) for index in range(5)] == list(vocabulary.words)


def test_a_typed_word_is_found_whatever_its_form(vocabulary: Vocabulary) -> None:
    assert vocabulary.get(" ice ") == 1
    assert vocabulary.get("ICE") == 1
    assert vocabulary.get(unicodedata.normalize("NFD", "카페")) == 3
    assert vocabulary.get(unicodedata.normalize("NFD", "CAFÉ")) == 4


def test_the_word_as_typed_comes_before_its_lower_case() -> None:
    vocabulary = Vocabulary(["us", "US"])
    assert (vocabulary.get("US"), vocabulary.get("us"), vocabulary.get("Us")) == (1, 0, 0)


def test_lower_case_finds_no_word_with_capitals(vocabulary: Vocabulary) -> None:
    assert vocabulary.get("NLP") == 2
    assert vocabulary.get("nlp") is None


def test_an_unknown_word_is_none_or_an_error_that_names_it(vocabulary: Vocabulary) -> None:
    assert vocabulary.get("steam") is None
    with pytest.raises(UnknownWord) as caught:
        vocabulary.id_of(" steam ")
    assert str(caught.value) == "“steam” is not in the vocabulary"
    assert isinstance(caught.value, KeyError)


def test_membership_is_exact(vocabulary: Vocabulary) -> None:
    assert "ice" in vocabulary
    assert "ICE" not in vocabulary
    assert 1 not in vocabulary


def test_the_most_frequent_words_keep_their_ids_and_counts(vocabulary: Vocabulary) -> None:
    first = vocabulary.most_frequent(2)
    assert first.words == ("the", "ice")
    assert first.counts.tolist() == [9, 5]
    assert vocabulary.most_frequent(5) is vocabulary
    assert not Vocabulary(["a", "b"]).most_frequent(1).has_counts


def test_counts_that_are_not_known_are_zeros_and_say_so(vocabulary: Vocabulary) -> None:
    unknown = Vocabulary(["a", "b"])
    assert (unknown.has_counts, vocabulary.has_counts) == (False, True)
    assert unknown.counts.tolist() == [0, 0]
    assert unknown.counts.dtype == np.int64


def test_counts_are_read_only(vocabulary: Vocabulary) -> None:
    with pytest.raises(ValueError, match="read-only"):
        vocabulary.counts[0] = 1


def test_every_word_needs_a_count() -> None:
    with pytest.raises(ValueError, match="expected 2 counts, got 1"):
        Vocabulary(["a", "b"], np.array([1]))
