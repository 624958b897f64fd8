"""What kernels know about characters: tables made from what `regex` and `str` say, not copied."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from functools import cache

import numpy as np
import regex
from numpy.typing import NDArray

# What a character can be, as bits; SPACE is no line end, STOP may end a sentence.
WORD, MARK, JOINER, LINE_END, SPACE, STOP, CLOSER, FULL_WIDTH_CLOSER = (1 << bit for bit in range(8))
BYTES = 256  # a table of kinds begins with the kinds of single bytes, those of characters follow

LINE_ENDS = "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
JOINERS = "'’-‐"
STOPS = ".!?"
FULL_WIDTH_STOPS = "。！？"
CLOSERS = "\"'”’»)]"
FULL_WIDTH_CLOSERS = "」』”’）"

# How a character behaves when a text is composed: its canonical combining class, or one of these two.
HAS_LOWER = 254
SLOW = 255
TABLED = 0x40000  # beyond these planes there is next to nothing: characters there are looked at one by one

BLOCK = 1 << 13  # characters that are looked at in one call, which holds Python's lock

_ALL = 0x110000
_ASSIGNED = ((0, TABLED), (0xE0000, 0xF0000))  # planes that hold anything public


@cache
def kinds(tokenizer: str, split_sentences: bool) -> NDArray[np.uint8]:
    """The kind of each byte (0 from 0x80 on), then of each character; NUL is nothing.

    `tokenizer` is ``"words"``, ``"whitespace"``, or ``"separated"`` for words with NUL between them.
    """
    characters = np.zeros(_ALL, np.uint8)
    if tokenizer == "words":
        _mark(characters, _matches(r"[\p{L}\p{N}]+"), WORD)
        _mark(characters, _matches(r"\p{M}+"), MARK)
        characters[_codes(JOINERS)] |= JOINER
    else:
        characters[:] = WORD
    if tokenizer == "whitespace":
        for start, end in _matches(r"\s+"):
            characters[start:end] = 0
    if split_sentences:
        _mark_sentence_ends(characters)
    characters[_codes(LINE_ENDS if tokenizer != "separated" else "\n")] = LINE_END
    characters[0] = 0
    table = np.concatenate([np.zeros(BYTES, np.uint8), characters])
    table[:0x80] = characters[:0x80]
    table.setflags(write=False)
    return table


@cache
def orders(lower: bool) -> NDArray[np.uint8]:
    """Each character's combining class, `HAS_LOWER`, or `SLOW`, for the first `TABLED` characters.

    A text without a `SLOW` character, and without a combining class above 0 that follows a higher one, is in
    NFC (the quick check of Unicode Standard Annex 15) and stays so in lower case; its lower case is then that
    of each character, in no more bytes.
    """
    table = _quick_check()
    if lower:
        small = lower_case()
        changed = np.flatnonzero(small != np.arange(TABLED, dtype=np.uint32))
        is_plain = (table[changed] == 0) & (table[np.minimum(small[changed], TABLED - 1)] == 0)
        is_plain &= _utf8_sizes(small[changed]) <= _utf8_sizes(changed)
        table[changed] = np.where(is_plain, HAS_LOWER, SLOW)
        table[ord("Σ")] = SLOW  # ς at a word's end
    table.setflags(write=False)
    return table


@cache
def lower_case() -> NDArray[np.uint32]:
    """The lower case of each of the first `TABLED` characters; 0x10FFFF where that is not one character."""
    codes, starts, sizes = _transformed(str.lower)
    table: NDArray[np.uint32] = np.where(sizes == 1, codes[starts], _ALL - 1)
    table[ord("\n")] = ord("\n")
    table.setflags(write=False)
    return table


def _quick_check() -> NDArray[np.uint8]:
    """Combining classes; `SLOW` where NFC changes a character, or may join it with one before it."""
    text = _characters(0, TABLED)
    classes = [bytes(map(unicodedata.combining, text[first : first + BLOCK])) for first in _blocks()]
    table = np.frombuffer(b"".join(classes), np.uint8).copy()
    codes, starts, sizes = _transformed(_decomposed)
    decomposed = np.flatnonzero((sizes != 1) | (codes[starts] != np.arange(TABLED)))
    for code in decomposed.tolist():
        if code == ord("\n"):
            continue
        parts = codes[starts[code] : starts[code] + sizes[code]]
        if len(parts) > 1 and unicodedata.is_normalized("NFC", text[code]):
            table[parts[1:]] = SLOW
        elif not unicodedata.is_normalized("NFC", text[code]):
            table[code] = SLOW
    return table


def _mark_sentence_ends(characters: NDArray[np.uint8]) -> None:
    characters[_codes(STOPS + FULL_WIDTH_STOPS)] |= STOP
    characters[_codes(CLOSERS)] |= CLOSER
    characters[_codes(FULL_WIDTH_CLOSERS)] |= FULL_WIDTH_CLOSER
    space = [code for start, end in _matches(r"\s+|[\x1c-\x1f]") for code in range(start, end)]
    characters[[code for code in space if chr(code).isspace()]] |= SPACE


def _mark(characters: NDArray[np.uint8], ranges: Iterable[tuple[int, int]], kind: int) -> None:
    for start, end in ranges:
        characters[start:end] |= kind


def _matches(pattern: str) -> list[tuple[int, int]]:
    """Ranges of characters that an expression matches."""
    compiled = regex.compile(pattern)
    return [
        (first + match.start(), first + match.end())
        for plane, last in _ASSIGNED
        for first in range(plane, last, BLOCK)
        for match in compiled.finditer(_characters(first, first + BLOCK))
    ]


def _characters(first: int, last: int) -> str:
    """The characters from `first` to ``last - 1``; surrogates, which no text holds, are replaced."""
    codes = np.arange(first, last, dtype="<u4")
    codes[(codes >= 0xD800) & (codes < 0xE000)] = 0xFFFD
    return codes.tobytes().decode("utf-32-le")


def _blocks() -> range:
    return range(0, TABLED, BLOCK)


def _decomposed(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def _transformed(
    change: Callable[[str], str],
) -> tuple[NDArray[np.uint32], NDArray[np.int64], NDArray[np.int64]]:
    r"""What becomes of the first `TABLED` characters, ``"\n"`` as a NUL.

    These are all code points, where those of each character start, and how many it has.
    """
    parts = []
    for first in _blocks():
        one_a_line = "\n".join(_characters(first, first + BLOCK).replace("\n", "\0")) + "\n"
        parts.append(np.frombuffer(change(one_a_line).encode("utf-32-le"), "<u4"))
    codes = np.concatenate(parts)
    ends = np.flatnonzero(codes == ord("\n"))
    starts = np.concatenate([[0], ends[:-1] + 1])
    return codes, starts, ends - starts


def _utf8_sizes(codes: NDArray[np.integer]) -> NDArray[np.int64]:
    sizes: NDArray[np.int64] = 1 + np.digitize(codes, [0x80, 0x800, 0x10000])
    return sizes


def _codes(characters: str) -> list[int]:
    return [ord(character) for character in characters]
