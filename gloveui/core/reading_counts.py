"""How much of a text has been read: what is told while it is read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReadingCounts:
    """Sentences, tokens and types so far.

    Several threads read, each with a table of its own: `types` is the size of the largest, at most so many
    words fewer than there are.
    """

    sentences: int
    tokens: int
    types: int
