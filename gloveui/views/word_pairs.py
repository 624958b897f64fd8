"""Pairs of words to begin with: well-known ones that a text has, else two of its own."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gloveui.core.cooccurrence import CooccurrenceMatrix
from gloveui.core.probe_suggestions import SuggestedProbes
from gloveui.core.vocabulary import Vocabulary

COMMON_SHARE = 0.4  # of a text is made of words that go with everything: the, of, and
FROM_EACH_GROUP = 2


@dataclass(frozen=True, slots=True)
class WordPair:
    """Two words to compare, and probe words that suit them; none: those that are suggested."""

    first: str
    second: str
    probes: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """The pair as it stands on a button."""
        return f"{self.first} : {self.second}"


EXAMPLES = (
    WordPair("ice", "steam", ("solid", "gas", "water", "fashion")),  # table 1 of the GloVe paper
    WordPair("king", "queen"),
    WordPair("man", "woman"),
    WordPair("sea", "land"),
    WordPair("hot", "cold"),
    WordPair("boy", "girl"),
    WordPair("gold", "silver"),
    WordPair("summer", "winter"),
    WordPair("father", "mother"),
    WordPair("like", "enjoy"),
    WordPair("얼음", "수증기", ("고체", "기체", "물", "옷")),
    WordPair("왕", "왕비"),
    WordPair("남자", "여자"),
    WordPair("바다", "땅"),
    WordPair("소년", "소녀"),
    WordPair("여름", "겨울"),
    WordPair("아버지", "어머니"),
    WordPair("아버지가", "어머니가"),
)


def known_examples(vocabulary: Vocabulary) -> list[WordPair]:
    """The examples whose two words a text has, in their order."""
    return [pair for pair in EXAMPLES if pair.first in vocabulary and pair.second in vocabulary]


def first_pair(matrix: CooccurrenceMatrix) -> WordPair:
    """The pair to begin with: an example, else two frequent words, not of the very commonest ones."""
    examples = known_examples(matrix.vocabulary)
    if examples:
        return examples[0]
    counts = matrix.vocabulary.counts
    common = np.searchsorted(np.cumsum(counts), COMMON_SHARE * counts.sum())
    start = max(0, min(int(common) + 1, len(counts) - 2))
    words = matrix.vocabulary.words[start : start + 2]
    return WordPair(words[0], words[-1])


def partner_of(vocabulary: Vocabulary, word: str) -> str | None:
    """The word that an example sets beside this one; None if none does."""
    for pair in known_examples(vocabulary):
        if word in (pair.first, pair.second):
            return pair.second if word == pair.first else pair.first
    return None


def probes_for(
    vocabulary: Vocabulary, first: str, second: str, suggested: SuggestedProbes
) -> tuple[str, ...]:
    """Probe words to begin with: those of the example, else the best suggestions of each kind."""
    for pair in EXAMPLES:
        if (pair.first, pair.second) == (first, second):
            known = tuple(probe for probe in pair.probes if probe in vocabulary)
            if known:
                return known
    groups = (suggested.first, suggested.second, suggested.neutral, suggested.different)
    return tuple(dict.fromkeys(word for group in groups for word in group[:FROM_EACH_GROUP]))
