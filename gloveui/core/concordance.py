"""The sentences behind a number: every place in a text that adds to a count."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gloveui.core.cooccurrence import CooccurrenceMatrix, counted_text
from gloveui.core.progress import Progress, Task, run_to_end
from gloveui.core.row_counting import CountedText
from gloveui.core.setting_checks import whole_number
from gloveui.core.tokens import SENTENCE_BREAK, TokenStream

PIECE_IDS = 1 << 20  # scanned in about a millisecond
ROOM = 1 << 16  # places found between two reports, at least
MOST_PLACES = 10_000_000  # kept; the rest is counted

NONE = np.empty(0, np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """Places in a text that add to a cell X[word, context], or where a word stands.

    Attributes
    ----------
    centres, contexts
        int64, shape (n,), read-only: positions of the word and of the context word, in the order of the text
        by the rarer of the two. Of a word alone both are the same.
    distances
        int32, shape (n,): how far apart the two are, words counted as for X; 0 for a word alone.
    weights
        int64, shape (window + 1,): what a place adds, by distance, in units. A word beside itself is looked
        at from both sides, where both are counted: such a place is listed once, with all that it adds.
    unit
        How many units are 1.
    found
        Places found: more than n where only the first `MOST_PLACES` are kept.
    units
        What all places found add, in units; ``units / unit`` as float32 is the cell, to the last bit.
    """

    centres: NDArray[np.int64]
    contexts: NDArray[np.int64]
    distances: NDArray[np.int32]
    weights: NDArray[np.int64]
    unit: int
    found: int
    units: int

    def __len__(self) -> int:
        return len(self.centres)

    @property
    def shares(self) -> NDArray[np.int64]:
        """int64, shape (n,): what each place adds to the cell, in units."""
        return np.asarray(self.weights[self.distances], np.int64)

    @property
    def total(self) -> float:
        """What all places add, rounded as the cell is."""
        return float(np.float32(self.units / float(self.unit)))

    def share(self, number: int) -> float:
        """What one place adds."""
        return int(self.weights[self.distances[number]]) / self.unit


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a text within one sentence: positions `start` to ``end - 1``, and whether that cuts it."""

    start: int
    end: int
    is_cut_before: bool = False
    is_cut_after: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """A place in a text: ``left + first + between + second + right``, as it stands there.

    Attributes
    ----------
    left, first, between, second, right
        The words before, the two that were asked for, and the words around them; of one word alone
        `between` and `second` are empty.
    distance, share
        How far the two words are apart, and what this adds to their count; zeros for a word alone.
    """

    left: str
    first: str
    between: str
    second: str
    right: str
    distance: int
    share: float


def find_pairs(stream: TokenStream, matrix: CooccurrenceMatrix, word: int, context: int) -> Task[Places]:
    """Every place that adds to X[word, context]; each Progress carries the `Places` so far.

    `word` and `context` are ids; for one that the counts leave out there are no places.
    """
    text = counted_text(stream, matrix.vocabulary, matrix.options)
    frequencies = stream.vocabulary.counts
    search = _PairSearch(text, word, context, from_context=bool(frequencies[context] < frequencies[word]))
    store = _PlaceStore(search.weights, text.unit)
    if max(word, context) < text.words:
        for batch, position in _scan(text.ids, search):
            store.append(*search.ordered(batch))
            yield Progress("searching", position / len(text.ids), store.places())
    return store.places()


def find_word(stream: TokenStream, word: int) -> Task[Places]:
    """Every place where a word stands; each Progress carries the `Places` so far."""
    ids = _frozen(stream.ids)
    store = _PlaceStore(np.zeros(1, np.int64), 1)
    for (positions, *_), position in _scan(ids, _WordSearch(ids, word)):
        store.append(positions, positions, np.zeros(len(positions), np.int32))
        yield Progress("searching", position / len(ids), store.places())
    return store.places()


def all_sentences(stream: TokenStream) -> Places:
    """Where each sentence of a text begins."""
    breaks = np.flatnonzero(np.asarray(stream.ids) == SENTENCE_BREAK)
    starts = np.concatenate([[0], breaks + 1]).astype(np.int64)
    starts.setflags(write=False)
    distances = np.zeros(len(starts), np.int32)
    return Places(starts, starts, distances, np.zeros(1, np.int64), 1, len(starts), 0)


def stretch_around(ids: NDArray[np.int32], first: int, last: int, most: int) -> Stretch:
    """The sentence of two positions, `first` not after `last`, with at most so many words beyond them."""
    before = np.asarray(ids[max(0, first - most - 1) : first])
    after = np.asarray(ids[last + 1 : last + 2 + most])
    breaks_before = np.flatnonzero(before == SENTENCE_BREAK)
    breaks_after = np.flatnonzero(after == SENTENCE_BREAK)
    words_before = len(before) - 1 - int(breaks_before[-1]) if len(breaks_before) else len(before)
    words_after = int(breaks_after[0]) if len(breaks_after) else len(after)
    return Stretch(
        first - min(words_before, most),
        last + 1 + min(words_after, most),
        words_before > most,
        words_after > most,
    )


def words_between(stream: TokenStream, start: int, end: int) -> str:
    """The words of a stretch inside a sentence, with spaces between them."""
    return " ".join(map(stream.vocabulary.word, stream.ids[start:end].tolist()))


def sentence_at(stream: TokenStream, places: Places, number: int, most: int) -> Sentence:
    """A place as text, with at most so many words before and after it."""
    first, last = sorted((int(places.centres[number]), int(places.contexts[number])))
    around = stretch_around(stream.ids, first, last, most)
    has_two = last > first
    return Sentence(
        words_between(stream, around.start, first),
        words_between(stream, first, first + 1),
        words_between(stream, first + 1, last),
        words_between(stream, last, last + 1) if has_two else "",
        words_between(stream, last + 1, around.end),
        int(places.distances[number]),
        places.share(number),
    )


def sentences(
    tokens: TokenStream, counts: CooccurrenceMatrix, word: str, context: str = "", words_around: int = 50
) -> list[Sentence]:
    """Every place that adds to the count of two words, or where a word stands, in the order of the text.

    At most so many words of the sentence are given before and after each. The shares add up to
    ``counts.count(i, j)``.

    Raises
    ------
    UnknownWord
        If the text has no such word.
    SettingError
        If `words_around` is no whole number, or below 0.
    """
    most = whole_number("words_around", words_around, 0)
    chosen = tokens.vocabulary.id_of(word)
    if context:
        places = run_to_end(find_pairs(tokens, counts, chosen, tokens.vocabulary.id_of(context)))
    else:
        places = run_to_end(find_word(tokens, chosen))
    return [sentence_at(tokens, places, number, most) for number in range(len(places))]


class _WordSearch:
    """A scan for one word."""

    def __init__(self, ids: NDArray[np.int32], word: int) -> None:
        self._ids, self._word = ids, word
        self.room = ROOM

    def buffers(self) -> tuple[NDArray[Any], ...]:
        return (np.empty(self.room, np.int64),)

    def scan(self, first: int, last: int, buffers: tuple[NDArray[Any], ...]) -> tuple[int, int]:
        from gloveui.core import concordance_kernels as kernels  # compiled code: loaded when first needed

        result: tuple[int, int] = kernels.find_word(self._ids, self._word, first, last, *buffers)
        return result


class _PairSearch:
    """A scan for the rarer of two words, which looks for the other one around it."""

    def __init__(self, text: CountedText, word: int, context: int, from_context: bool) -> None:
        self._text = text
        self._from_context = from_context
        self._anchor, self._other = (context, word) if from_context else (word, context)
        left, right = len(text.left), len(text.right)
        weights = text.left if left else text.right
        if word == context and left and right:
            left, weights = 0, 2 * weights  # each couple once, for both of its sides
        self._left, self._right = (right, left) if from_context else (left, right)
        self.weights = np.concatenate([[0], weights])
        self.room = ROOM + left + right

    def buffers(self) -> tuple[NDArray[Any], ...]:
        return np.empty(self.room, np.int64), np.empty(self.room, np.int64), np.empty(self.room, np.int32)

    def scan(self, first: int, last: int, buffers: tuple[NDArray[Any], ...]) -> tuple[int, int]:
        from gloveui.core import concordance_kernels as kernels  # compiled code: loaded when first needed

        text, sides = self._text, (self._left, self._right)
        pair = (self._anchor, self._other)
        return kernels.find_pairs(
            text.ids, text.words, text.keeps_place, *pair, *sides, first, last, *buffers
        )

    def ordered(self, found: tuple[NDArray[Any], ...]) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
        """Centres, contexts and distances of what a scan has found."""
        anchors, others, distances = found
        return (others, anchors, distances) if self._from_context else (anchors, others, distances)


def _scan(
    ids: NDArray[np.int32], search: _WordSearch | _PairSearch
) -> Iterator[tuple[tuple[NDArray[Any], ...], int]]:
    """What is found, batch by batch, each with the position that was reached."""
    buffers: tuple[NDArray[Any], ...] = search.buffers()
    position = 0
    while position < len(ids):
        position, written = search.scan(position, min(position + PIECE_IDS, len(ids)), buffers)
        yield tuple(buffer[:written] for buffer in buffers), position


class _PlaceStore:
    """Places while they are found; what was handed out stays as it is."""

    def __init__(self, weights: NDArray[np.int64], unit: int) -> None:
        self._weights, self._unit = weights, unit
        self._arrays: tuple[NDArray[Any], ...] = (NONE, NONE, NONE.astype(np.int32))
        self._kept = self._found = self._units = 0

    def append(
        self, centres: NDArray[np.int64], contexts: NDArray[np.int64], distances: NDArray[np.int32]
    ) -> None:
        """Add places: those for which there is room are kept, all are counted."""
        kept = min(self._kept + len(centres), MOST_PLACES)
        if kept > len(self._arrays[0]):
            size = min(max(ROOM, 2 * kept), MOST_PLACES)
            self._arrays = tuple(_enlarged(array, self._kept, size) for array in self._arrays)
        added: tuple[NDArray[Any], ...] = (centres, contexts, distances)
        for array, new in zip(self._arrays, added, strict=True):
            array[self._kept : kept] = new[: kept - self._kept]
        self._kept = kept
        self._found += len(centres)
        self._units += int(self._weights[distances].sum())

    def places(self) -> Places:
        """All so far."""
        centres, contexts, distances = (_frozen(array[: self._kept]) for array in self._arrays)
        return Places(centres, contexts, distances, self._weights, self._unit, self._found, self._units)


def _enlarged(array: NDArray[Any], kept: int, size: int) -> NDArray[Any]:
    larger = np.empty(size, array.dtype)
    larger[:kept] = array[:kept]
    return larger


def _frozen(array: NDArray[Any]) -> NDArray[Any]:
    """The same numbers, read-only: kernels are compiled for arrays of this kind."""
    view = np.asarray(array).view()
    view.setflags(write=False)
    return view
