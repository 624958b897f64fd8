"""Compiled tokenising: one pass over the bytes of a text finds its words, another their ids in a hash table.

A text is UTF-8 without NUL, with its padding of zeros (see `utf8_kernels`), so that every word ends.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from gloveui.core.kernels import kernel
from gloveui.core.machine_hints import prefetch
from gloveui.core.unicode_classes import (
    BYTES,
    CLOSER,
    FULL_WIDTH_CLOSER,
    JOINER,
    LINE_END,
    MARK,
    SPACE,
    STOP,
    WORD,
)
from gloveui.core.utf8_kernels import Number, decoded, eight_bytes

LONGEST_TOKEN_BYTES = 1_000
BREAK = -1
# Fields of an entry of the hash table, all uint64: the word's bytes, or their hash and length; id; count.
LOW, HIGH, ID, COUNT = range(4)
FIELDS = 4

_AT_ONCE = 32  # words whose entries are fetched into the cache together
_SHORT = 16  # bytes of a word that stand in its entry
_IS_LONG = np.uint64(0xFF << 56)  # no byte of UTF-8 is 0xFF
_ONE = np.uint64(1)
_ALL_BITS = np.uint64(0xFFFF_FFFF_FFFF_FFFF)
_FACTOR = np.uint64(0x9E37_79B9_7F4A_7C15)
_OTHER_FACTOR = np.uint64(0xC2B2_AE3D_27D4_EB4F)
_HALF = np.uint64(32)
_FEW = np.uint64(24)


@kernel
def kind_at(text: NDArray[np.uint8], place: int, kinds: NDArray[np.uint8]) -> tuple[Number, int]:
    """What kind of character is at `place`, and how many bytes it has."""
    character, size = decoded(eight_bytes(text, place))
    return np.int64(kinds[BYTES + character]), size


@kernel
def sentence_end(text: NDArray[np.uint8], place: int, kinds: NDArray[np.uint8]) -> tuple[int, int]:
    """Where the sentence ends whose last mark is at `place`, and where the next begins; twice 0 if none ends.

    White space must follow . ! ? and up to three closing marks; the full-width ones need none.
    """
    _, size = kind_at(text, place, kinds)
    is_full_width = size > 1
    closer = FULL_WIDTH_CLOSER if is_full_width else CLOSER
    place += size
    closers = 0
    kind, size = kind_at(text, place, kinds)
    while kind & closer and closers < 3:
        place += size
        closers += 1
        kind, size = kind_at(text, place, kinds)
    if is_full_width:
        return place, place
    if not kind & SPACE:
        return 0, 0
    end = place
    while kind & SPACE:
        place += size
        kind, size = kind_at(text, place, kinds)
    return end, place


@kernel
def find_tokens(
    text: NDArray[np.uint8],
    size: Number,
    kinds: NDArray[np.uint8],
    starts: NDArray[np.int32],
    sizes: NDArray[np.int32],
) -> int:
    """Write where each token of ``text[:size]`` starts and its bytes; a size of 0 ends a sentence.

    No two of these are in a row. Returns how many tokens and ends there are. An unsigned index spares the
    look at whether it counts from the end.
    """
    place = written = 0
    while place < size:
        kind, width = np.int64(kinds[text[np.uint64(place)]]), 1
        if text[np.uint64(place)] >= 0x80:
            character, width = decoded(eight_bytes(text, place))
            kind = np.int64(kinds[BYTES + character])
        if kind & WORD:
            start, end, after = place, 0, 0
            while end == 0:
                while kinds[text[np.uint64(place)]] == WORD:
                    place += 1
                kind, width = np.int64(kinds[text[np.uint64(place)]]), 1
                if text[np.uint64(place)] >= 0x80:
                    character, width = decoded(eight_bytes(text, place))
                    kind = np.int64(kinds[BYTES + character])
                if kind & STOP and kind & WORD:
                    end, after = sentence_end(text, place, kinds)
                if kind & (WORD | MARK) or (kind & JOINER and kind_at(text, place + width, kinds)[0] & WORD):
                    place += width
                elif end == 0:
                    end = place
            starts[written], sizes[written] = start, end - start
            written += 1
            place = max(end, after)
            ends_sentence = after != 0
        else:
            ends_sentence = kind & LINE_END != 0
            if kind & STOP:
                ends_sentence = sentence_end(text, place, kinds)[1] != 0
            place += width
        if ends_sentence and (written == 0 or sizes[written - 1] != 0):
            starts[written], sizes[written] = place, 0
            written += 1
    return written


@kernel
def cut_long_tokens(
    text: NDArray[np.uint8],
    starts: NDArray[np.int32],
    sizes: NDArray[np.int32],
    long_tokens: NDArray[np.int32],
) -> int:
    """Cut tokens over 1,000 bytes at a character; writes start and end of each, returns how many."""
    found = 0
    for token in range(len(sizes)):
        if sizes[token] > LONGEST_TOKEN_BYTES:
            start, size = starts[token], LONGEST_TOKEN_BYTES
            long_tokens[found, 0], long_tokens[found, 1] = start, start + sizes[token]
            found += 1
            while text[start + size] & 0xC0 == 0x80:
                size -= 1
            sizes[token] = size
    return found


@kernel
def long_key(text: NDArray[np.uint8], start: Number, size: Number) -> np.uint64:
    """Hash of the bytes of a word of eight or more, never 0."""
    value: np.uint64 = np.uint64(size)
    for place in range(start, start + size - 7, 8):
        value = (value ^ eight_bytes(text, place)) * _FACTOR
        value ^= value >> _HALF
    value = (value ^ eight_bytes(text, start + size - 8)) * _FACTOR
    return value ^ value >> _HALF | _ONE


@kernel
def slot_of(low: np.uint64, high: np.uint64, size: Number) -> Number:
    """Where the entry begins with which to begin to look for a key, in a table of `size`, a power of two."""
    value = (low ^ high * _OTHER_FACTOR) * _FACTOR
    value ^= value >> _HALF
    return np.int64(value * _FACTOR >> _FEW) & (size - FIELDS)


@kernel
def is_same(
    text: NDArray[np.uint8], start: Number, size: Number, arena: NDArray[np.uint8], at: Number
) -> bool:
    """Whether two words of one length have the same bytes."""
    for offset in range(size):  # noqa: SIM110 - numba has no generators
        if text[start + offset] != arena[at + offset]:
            return False
    return True


@kernel
def add_word(
    text: NDArray[np.uint8],
    start: Number,
    size: Number,
    words: int,
    arena: NDArray[np.uint8],
    ends: NDArray[np.int64],
) -> None:
    """Append a word and a newline to the arena."""
    end = ends[words]
    for offset in range(size):
        arena[end + offset] = text[start + offset]
    arena[end + size] = 0x0A
    ends[words + 1] = end + size + 1


@kernel
def write_ids(
    text: NDArray[np.uint8],
    starts: NDArray[np.int32],
    sizes: NDArray[np.int32],
    piece: int,
    begin: int,
    entries: NDArray[np.uint64],
    arena: NDArray[np.uint8],
    ends: NDArray[np.int64],
    firsts: NDArray[np.int64],
    words: int,
    ids: NDArray[np.int32],
) -> tuple[int, int]:
    """Write the id of each token from `begin` on, and `BREAK` for those of size 0.

    `firsts` gets ``piece << 32 | start`` of each new word. Returns how far it came before there was no more
    room for new words, and how many words there are then. The loop over the words calls nothing that takes an
    array: numba counts references in each such call, which costs more than all the rest.
    """
    lows, highs = np.empty(_AT_ONCE, np.uint64), np.empty(_AT_ONCE, np.uint64)
    places = np.empty(_AT_ONCE, np.int64)
    for block in range(begin, len(sizes), _AT_ONCE):
        if words + _AT_ONCE > len(firsts):
            return block, words
        tokens = min(_AT_ONCE, len(sizes) - block)
        for token in range(tokens):
            start, size = np.int64(starts[block + token]), np.int64(sizes[block + token])
            low, high = eight_bytes(text, start), np.uint64(0)
            if size == 0:
                low = _ONE
            elif size <= 8:
                low &= _ALL_BITS >> np.uint64(64 - 8 * size)
            elif size <= _SHORT:
                high = eight_bytes(text, start + 8) & (_ALL_BITS >> np.uint64(128 - 8 * size))
            else:
                low, high = long_key(text, start, size), _IS_LONG | np.uint64(size)
            lows[token], highs[token] = low, high
            places[token] = slot_of(low, high, len(entries))
            prefetch(entries, places[token], FIELDS)
        for token in range(tokens):
            start, size = np.int64(starts[block + token]), np.int64(sizes[block + token])
            if size == 0:
                ids[block + token] = BREAK
                continue
            low, high, at = lows[token], highs[token], places[token]
            while entries[at + LOW] != 0:
                if entries[at + LOW] == low and entries[at + HIGH] == high:
                    index = np.int64(entries[at + ID])
                    if size <= _SHORT or is_same(text, start, size, arena, ends[index]):
                        break
                at = (at + FIELDS) & (len(entries) - 1)
            if entries[at + LOW] == 0:
                index = np.int64(words)
                entries[at + LOW], entries[at + HIGH], entries[at + ID] = low, high, np.uint64(words)
                add_word(text, start, size, words, arena, ends)
                firsts[words] = piece << 32 | start
                words += 1
            entries[at + COUNT] += _ONE
            ids[block + token] = index
    return len(sizes), words


@kernel
def rehash(entries: NDArray[np.uint64], larger: NDArray[np.uint64]) -> None:
    """Move all entries to a larger table of zeros."""
    for entry in range(0, len(entries), FIELDS):
        if entries[entry + LOW] != 0:
            at = slot_of(entries[entry + LOW], entries[entry + HIGH], len(larger))
            while larger[at + LOW] != 0:
                at = (at + FIELDS) & (len(larger) - 1)
            larger[at : at + FIELDS] = entries[entry : entry + FIELDS]


@kernel
def counts_by_word(entries: NDArray[np.uint64], counts: NDArray[np.int64]) -> None:
    """Put the count of each word at its id."""
    for entry in range(0, len(entries), FIELDS):
        if entries[entry + LOW] != 0:
            counts[np.int64(entries[entry + ID])] = entries[entry + COUNT]


@kernel
def add_counts(entries: NDArray[np.uint64], counts: NDArray[np.int64]) -> None:
    """Add to the count of each word what stands at its id."""
    for entry in range(0, len(entries), FIELDS):
        if entries[entry + LOW] != 0:
            entries[entry + COUNT] += np.uint64(counts[np.int64(entries[entry + ID])])


@kernel
def gather_words(
    arena: NDArray[np.uint8], ends: NDArray[np.int64], ids: NDArray[np.int64], data: NDArray[np.uint8]
) -> None:
    """Write words one after another, each with its newline."""
    written = 0
    for index in ids:
        for place in range(ends[index], ends[index + 1]):
            data[written] = arena[place]
            written += 1


@kernel
def renumber(ids: NDArray[np.int32], ranks: NDArray[np.int32], renumbered: NDArray[np.int32]) -> None:
    """Write ``ranks[id]`` for each id, and `BREAK` for each `BREAK`."""
    for place in range(len(ids)):
        index = ids[place]
        renumbered[place] = ranks[index] if index >= 0 else BREAK


@kernel
def take_out(ids: NDArray[np.int32], is_dropped: NDArray[np.bool_]) -> int:
    """Move the ids that stay to the front, no two breaks in a row; returns how many there are."""
    written = 0
    for place in range(len(ids)):
        index = ids[place]
        is_again = index < 0 and written > 0 and ids[written - 1] < 0
        if not is_again and (index < 0 or not is_dropped[index]):
            ids[written] = index
            written += 1
    return written
