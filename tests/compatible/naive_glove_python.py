"""What glove_python's ``construct_cooccurrence_matrix`` does, said slowly."""

from __future__ import annotations

from collections.abc import Sequence


def naive_counts(
    sentences: Sequence[Sequence[str]], dictionary: dict[str, int], window: int, supplied: bool
) -> dict[tuple[int, int], float]:
    """X_ij for i < j; without a supplied dictionary, new words are added to the one given."""
    counts: dict[tuple[int, int], float] = {}
    for words in sentences:
        if supplied:
            ids = [dictionary.get(word, -1) for word in words]
        else:
            ids = [dictionary.setdefault(word, len(dictionary)) for word in words]
        for i, outer in enumerate(ids):
            if outer == -1:
                continue
            for j in range(i, min(i + window + 1, len(ids))):
                inner = ids[j]
                if inner in (-1, outer):
                    continue
                pair = (min(inner, outer), max(inner, outer))
                counts[pair] = counts.get(pair, 0.0) + 1.0 / (j - i)
    return counts
