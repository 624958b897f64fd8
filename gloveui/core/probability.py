"""Co-occurrence probabilities from counts."""

from __future__ import annotations

from gloveui.core.cooccurrence import CooccurrenceMatrix


def conditional_probability(matrix: CooccurrenceMatrix, context: int, word: int) -> float:
    """P(k|i) = X_ik / Σ_k X_ik, the share of word i's context that is word k; 0 where i has no context.

    Notes
    -----
    Pennington, Socher & Manning (2014), section 3.
    """
    total = matrix.row_sum(word)
    return matrix.count(word, context) / total if total > 0 else 0.0
