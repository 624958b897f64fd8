"""Words to begin with, where a person has asked for none yet."""

from __future__ import annotations

from gloveui.core.vocabulary import Vocabulary

MOST_EXAMPLES = 6
EXAMPLES = (
    "king",
    "man",
    "boy",
    "school",
    "three",
    "sea",
    "university",
    "왕",
    "남자",
    "학교",
    "바다",
    "하나",
)


def example_words(vocabulary: Vocabulary) -> list[str]:
    """A few words to ask for: well-known ones that the vocabulary has, else its most frequent ones."""
    known = [word for word in EXAMPLES if word in vocabulary]
    return known[:MOST_EXAMPLES] or list(vocabulary.words[:MOST_EXAMPLES])
