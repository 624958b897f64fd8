"""The sliding window as values: what stands around each word of a sentence, and what it adds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from gloveui.core.cooccurrence import CountOptions


@dataclass(frozen=True, slots=True)
class ContextWord:
    """A word in the window: its place in the sentence, its distance, and what it adds to the count."""

    place: int
    distance: int
    weight: Fraction


@dataclass(frozen=True, slots=True)
class WindowStep:
    """The window around one word.

    Attributes
    ----------
    centre
        Place of the centre word in the sentence.
    contexts
        The words that count, from left to right.
    passed
        Places of words inside the window that are left out of the counts.
    """

    centre: int
    contexts: tuple[ContextWord, ...]
    passed: tuple[int, ...]


def centres(ids: Sequence[int], vocabulary_size: int) -> list[int]:
    """Places of the words that the window stops at: those that are not left out."""
    return [place for place, word in enumerate(ids) if word < vocabulary_size]


def window_step(ids: Sequence[int], vocabulary_size: int, options: CountOptions, centre: int) -> WindowStep:
    """The window around the word at a place of a sentence; ids from `vocabulary_size` on are left out."""
    contexts: list[ContextWord] = []
    passed: list[int] = []
    for side in (-1, 1):
        if options.direction in ("both", "left" if side < 0 else "right"):
            distance, place = 0, centre + side
            while distance < options.window and 0 <= place < len(ids):
                is_kept = ids[place] < vocabulary_size
                distance += is_kept or options.keep_positions
                if is_kept:
                    contexts.append(ContextWord(place, distance, _weight(distance, options)))
                else:
                    passed.append(place)
                place += side
    return WindowStep(centre, tuple(sorted(contexts, key=lambda one: one.place)), tuple(sorted(passed)))


def cells(ids: Sequence[int], step: WindowStep) -> tuple[tuple[int, int], ...]:
    """The cells of X that a step adds to, each once: ids of the word and of its context word."""
    return tuple(dict.fromkeys((ids[step.centre], ids[one.place]) for one in step.contexts))


def _weight(distance: int, options: CountOptions) -> Fraction:
    return Fraction(1, distance) if options.weighting == "inverse" else Fraction(1)
