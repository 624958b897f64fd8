"""Compiled reading of fastText's binary form: its dictionary, and the mean of rows of a word."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from gloveui.core.kernels import kernel

ENTRY_BYTES = 9  # behind a word and its NUL: a count, int64, and a kind, int8

_HASH_START, _HASH_FACTOR = 2166136261, 16777619
_BEGIN, _END = ord("<"), ord(">")
_CONTINUES, _CONTINUED = 0xC0, 0x80  # the upper two bits of a byte of UTF-8 that begins no character


@kernel
def find_entries(
    data: NDArray[np.uint8], start: int, begins: NDArray[np.int64], ends: NDArray[np.int64]
) -> tuple[int, int]:
    """Find the words of a dictionary: each ends in a NUL, with `ENTRY_BYTES` behind it.

    Parameters
    ----------
    data
        uint8: the file.
    start
        Where the first word begins.
    begins, ends
        int64, shape (n,): where they are written.

    Returns
    -------
    How many words are whole, and where what follows begins.
    """
    place = start
    for word in range(len(begins)):
        begin = place
        while place < len(data) and data[place] != 0:
            place += 1
        if place + 1 + ENTRY_BYTES > len(data):
            return word, begin
        begins[word] = begin
        ends[word] = place
        place += 1 + ENTRY_BYTES
    return len(begins), place


@kernel
def mean_rows(
    data: NDArray[np.uint8],
    words: NDArray[np.int64],
    first_row: int,
    matrix: int,
    all_words: int,
    lengths: NDArray[np.int64],
    vectors: NDArray[np.float32],
) -> None:
    """Write the vectors of some words: the mean of a word's own row and those of its parts.

    Parameters
    ----------
    data
        uint8: the file.
    words
        int64, shape (n, 3): where each word begins and ends, and 1 if it has parts, else 0.
    first_row
        The row of the first of them.
    matrix
        Where the rows begin in the file, float32, little-endian: those of all words, then those of parts.
    all_words
        How many words there are.
    lengths
        int64, shape (3,): the least and the most characters of a part, and the rows of parts; these are not 0
        if any word has parts.
    vectors
        float32, shape (n, D): where they go.

    Notes
    -----
    Bojanowski et al. (2017); ``Dictionary::computeSubwords`` of fastText, with its hash: FNV-1a over signed
    bytes. `<` and `>` stand around a word.
    """
    row = np.empty(vectors.shape[1], np.float32)
    size = 4 * len(row)
    for word in range(len(words)):
        begin, end, has_parts = words[word]
        place = matrix + (first_row + word) * size
        row.view(np.uint8)[:] = data[place : place + size]
        vectors[word] = row
        if has_parts:
            parts = matrix + all_words * size
            rows = 1 + _add_parts(data, begin, end, parts, lengths, row, vectors[word])
            for column in range(len(row)):
                vectors[word, column] /= np.float32(rows)


@kernel
def _add_parts(
    data: NDArray[np.uint8],
    begin: int,
    end: int,
    parts: int,
    lengths: NDArray[np.int64],
    row: NDArray[np.float32],
    vector: NDArray[np.float32],
) -> int:
    """Add the rows of the parts of a word to its vector, by way of `row`; how many they are."""
    length, rows = end - begin + 2, 0
    for first in range(length):
        if _byte(data, begin, end, first) & _CONTINUES == _CONTINUED:
            continue
        value = np.uint32(_HASH_START)
        last, characters = first, 1
        while last < length and characters <= lengths[1]:
            value = _hashed(value, _byte(data, begin, end, last))
            last += 1
            while last < length and _byte(data, begin, end, last) & _CONTINUES == _CONTINUED:
                value = _hashed(value, _byte(data, begin, end, last))
                last += 1
            is_edge = characters == 1 and (first == 0 or last == length)
            if characters >= lengths[0] and not is_edge:
                place = parts + (np.int64(value) % lengths[2]) * 4 * len(row)
                row.view(np.uint8)[:] = data[place : place + 4 * len(row)]
                for column in range(len(row)):
                    vector[column] += row[column]
                rows += 1
            characters += 1
    return rows


@kernel
def _byte(data: NDArray[np.uint8], begin: int, end: int, place: int) -> int:
    """A byte of a word with ``<`` and ``>`` around it."""
    if place == 0:
        return _BEGIN
    if place == end - begin + 1:
        return _END
    return int(data[begin + place - 1])


@kernel
def _hashed(value: np.uint32, byte: int) -> np.uint32:
    """One step of the hash; a byte above 127 counts as negative, and so sets all bits above it."""
    signed = np.uint32(byte) if byte < 128 else np.uint32(byte) | np.uint32(0xFFFFFF00)
    return np.uint32((np.uint64(value ^ signed) * np.uint64(_HASH_FACTOR)) & np.uint64(0xFFFFFFFF))
