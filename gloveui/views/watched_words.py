"""Words whose neighbours are watched, and what came to them and left them since a moment before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gloveui.core.queries import Neighbour
from gloveui.core.vocabulary import Vocabulary
from gloveui.views.example_words import example_words

MOST_EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class WatchedWord:
    """A word with its nearest words now and before.

    Attributes
    ----------
    nearest
        The nearest first; empty if they are not known.
    before
        Those of the epoch, or the look, before; None if there was none.
    """

    word: str
    nearest: tuple[Neighbour, ...]
    before: tuple[Neighbour, ...] | None = None

    def has_come(self, neighbour: Neighbour) -> bool:
        """Whether it was not among the nearest before."""
        return self.before is not None and neighbour.index not in {one.index for one in self.before}

    @property
    def gone(self) -> tuple[str, ...]:
        """Words that were among the nearest before and no longer are."""
        still = {one.index for one in self.nearest}
        return tuple(one.word for one in self.before or () if one.index not in still)


def watched_words(pinned: Sequence[str], vocabulary: Vocabulary | None) -> tuple[str, ...]:
    """The pinned words; while there are none, a few examples that the vocabulary has."""
    if pinned or vocabulary is None:
        return tuple(pinned)
    return tuple(example_words(vocabulary)[:MOST_EXAMPLES])
