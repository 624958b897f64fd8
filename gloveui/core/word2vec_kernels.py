"""Compiled reading of word2vec's binary form: a word, a space, then the bytes of its numbers."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from gloveui.core.kernels import kernel

LONGEST_WORD_BYTES = 1_000

_SPACE, _LINE_FEED = 0x20, 0x0A


@kernel
def find_rows(
    data: NDArray[np.uint8],
    row_bytes: int,
    vectors: NDArray[np.uint8],
    words: NDArray[np.uint8],
) -> tuple[int, int, int]:
    """Copy the whole rows at the beginning of some bytes.

    Parameters
    ----------
    data
        uint8: bytes that begin with a row. Line feeds before a word are passed over.
    row_bytes
        Of the numbers of a row.
    vectors
        uint8, shape (n, row_bytes): where they go, room for as many rows as there can be.
    words
        uint8: where the words go, with a space behind each.

    Returns
    -------
    How many rows were whole; where the next one begins; how many bytes of words there are.
    """
    row, place, word_bytes = 0, 0, 0
    while True:
        begin = place
        while begin < len(data) and data[begin] == _LINE_FEED:
            begin += 1
        end = begin
        while end < len(data) and end - begin <= LONGEST_WORD_BYTES and data[end] != _SPACE:
            end += 1
        is_word = end < len(data) and data[end] == _SPACE
        if not is_word or end + 1 + row_bytes > len(data) or row == len(vectors):
            return row, place, word_bytes
        for byte in range(begin, end + 1):
            words[word_bytes] = data[byte]
            word_bytes += 1
        vectors[row] = data[end + 1 : end + 1 + row_bytes]
        row += 1
        place = end + 1 + row_bytes
