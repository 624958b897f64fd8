"""Leaves words out of a text while its ids are made."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from gloveui.core.token_kernels import take_out
from gloveui.core.word_table import WordTable


class WordFilter:
    """Takes the ids of some words out of pieces; each distinct word is looked at once.

    Parameters
    ----------
    table
        Whose ids they are.
    is_dropped
        Which words are left out; None for none.
    """

    def __init__(self, table: WordTable, is_dropped: Callable[[str], bool] | None) -> None:
        self._table = table
        self._is_dropped = is_dropped
        self._dropped = np.empty(0, np.bool_)

    def kept(self, ids: NDArray[np.int32]) -> NDArray[np.int32]:
        """The ids of a piece without those, -1 between sentences, no two of these in a row."""
        if self._is_dropped is None:
            return ids
        new = self._table.words(np.arange(len(self._dropped), len(self._table)))
        self._dropped = np.append(self._dropped, np.fromiter(map(self._is_dropped, new), np.bool_, len(new)))
        return ids[: take_out(ids, self._dropped)]
