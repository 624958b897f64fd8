"""Words that are spelled like one that is not there."""

from __future__ import annotations

from difflib import get_close_matches
from itertools import islice

from gloveui.core.text import normalised
from gloveui.core.vocabulary import Vocabulary

MOST_COMPARED = 1_500  # the most frequent candidates; each takes some ten microseconds
LONGEST_WORD = 40
_LENGTH_DIFFERENCE = 2
_ENDING = 2


def nearest_spellings(vocabulary: Vocabulary, word: str, limit: int = 4) -> list[str]:
    """At most `limit` words of the vocabulary that are spelled like `word`, the nearest first.

    Compared are frequent words of about the same length with the same beginning or ending.
    """
    word = normalised(word.strip(), lower=True)
    if not word or len(word) > LONGEST_WORD:
        return []
    first, last = word[0], word[-_ENDING:]
    shortest, longest = len(word) - _LENGTH_DIFFERENCE, len(word) + _LENGTH_DIFFERENCE
    near = (
        other
        for other in vocabulary
        if shortest <= len(other) <= longest and (other.startswith(first) or other.endswith(last))
    )
    return get_close_matches(word, islice(near, MOST_COMPARED), limit)
