"""The numbers of chosen words with each other, as a table."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from gloveui.core.cooccurrence import CooccurrenceMatrix
from gloveui.core.glove import GloveParameters
from gloveui.core.quantities import Quantity, cell_values


def cooccurrence_table(
    counts: CooccurrenceMatrix,
    words: Sequence[str],
    contexts: Sequence[str] | None = None,
    *,
    quantity: str = "count",
    x_max: float = 10.0,
    alpha: float = 0.75,
    parameters: GloveParameters | None = None,
) -> list[list[str | float | None]]:
    """What a pair of words has, for each of some words with each of their contexts.

    Parameters
    ----------
    words, contexts
        Words of the rows and of the columns; without contexts, the same.
    quantity, x_max, alpha, parameters
        As of `Quantity`.

    Returns
    -------
    list of rows
        The first holds the contexts; each other one a word, then its numbers, None where there is none.

    Raises
    ------
    UnknownWord
        If a word was not counted.
    ValueError
        If there is no such quantity, or it needs parameters and got none or those of other words.
    SettingError
        If x_max or α is out of bounds.
    """
    contexts = words if contexts is None else contexts
    rows, columns = (
        np.array([counts.vocabulary.id_of(word) for word in some], np.int64) for some in (words, contexts)
    )
    values = cell_values(counts, Quantity(quantity, x_max, alpha, parameters), rows, columns)
    numbers = [[None if math.isnan(value) else value for value in row] for row in values.tolist()]
    return [["", *contexts], *([word, *row] for word, row in zip(words, numbers, strict=True))]
