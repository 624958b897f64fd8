"""Compiled reading of vectors in text: a word, then numbers behind one space each; as Python reads them.

Lines that are laid out in another way, and numbers that need more care, are left to slower code.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from gloveui.core.kernels import exact_inlined, kernel
from gloveui.core.utf8_kernels import PADDING, Number, eight_bytes

__all__ = ["PADDING", "read_rows"]

_SPACE, _LINE_FEED, _CARRIAGE_RETURN = 0x20, 0x0A, 0x0D
_PLUS, _MINUS, _POINT, _ZERO = 0x2B, 0x2D, 0x2E, 0x30
_SMALL_E, _LARGE_E = 0x65, 0x45

_MOST_POWER = 290  # products and quotients with these stay normal float64
_POWERS = np.array([float(f"1e{exponent}") for exponent in range(_MOST_POWER + 1)])
_EXACT_POWER = 22  # 10 to this power, and whole numbers below 2 to the 53rd, are float64 without rounding
_EXACT_WHOLE = np.uint64(1 << 53)
_ROOM = np.uint64(10**18)  # a whole number below this takes one more digit in 64 bits
_TEN, _HUNDRED_MILLION = np.uint64(10), np.uint64(10**8)
_FEW = np.uint64(10**10)  # a whole number below this takes eight more digits in 64 bits
# Eight bytes at once, after the "SIMD within a register" of Lemire's fast_float.
_ZEROS, _EACH_118 = np.uint64(0x3030_3030_3030_3030), np.uint64(0x7676_7676_7676_7676)
_HIGHEST, _EACH_ONE = np.uint64(0x8080_8080_8080_8080), np.uint64(0x0101_0101_0101_0101)
_ALL, _ONE, _SEVEN = np.uint64(0xFFFF_FFFF_FFFF_FFFF), np.uint64(1), np.uint64(7)
_EVERY_SECOND, _EVERY_FOURTH = np.uint64(0x00FF_00FF_00FF_00FF), np.uint64(0x0000_FFFF_0000_FFFF)
_PAIRS, _FOURS, _EIGHTS = np.uint64(10 << 8 | 1), np.uint64(100 << 16 | 1), np.uint64(10_000 << 32 | 1)

# Three roundings, and digits that are left out, change a float64 by less than four units in its last place.
_LESS, _MORE = 1 - 2.0**-50, 1 + 2.0**-50


@exact_inlined
def _power(text: NDArray[np.uint8], place: int) -> tuple[int, int]:
    """The power of ten of a number, and where it ends; that is 0 if it has no digits."""
    if text[place] != _SMALL_E and text[place] != _LARGE_E:
        return 0, place
    place += 1
    is_small = text[place] == _MINUS
    if is_small or text[place] == _PLUS:
        place += 1
    begin, power = place, 0
    while 0 <= np.int64(text[place]) - _ZERO <= 9:
        if power <= _MOST_POWER:
            power = power * 10 + int(text[place]) - _ZERO
        place += 1
    return -power if is_small else power, place if place > begin else 0


@exact_inlined
def _rounded(whole: np.uint64, exponent: int, is_cut: bool) -> np.float32:
    """The float32 nearest to the float64 that is nearest to ``whole * 10 ** exponent``; NaN if unsure.

    Where one rounding suffices for the float64 it is right (Clinger, 1990). Else both ends of a range it must
    lie in are rounded: if they agree, so does it.
    """
    if whole == 0:
        return np.float32(0)
    if abs(exponent) > _MOST_POWER:
        return np.float32(np.nan)
    wide = np.float64(whole)
    wide = wide / _POWERS[-exponent] if exponent < 0 else wide * _POWERS[exponent]
    is_exact = whole < _EXACT_WHOLE and abs(exponent) <= _EXACT_POWER and not is_cut
    if not is_exact and np.float32(wide * _LESS) != np.float32(wide * _MORE):
        return np.float32(np.nan)
    return np.float32(wide)


@exact_inlined
def _eight_digits(eight: np.uint64) -> tuple[np.uint64, Number]:
    """The digits that eight bytes begin with, as a number of eight digits with zeros behind, and how many."""
    values = eight ^ _ZEROS
    # The highest bit of a byte is set where that is no digit: it is above 9, or adding 118 takes it there.
    others = ((values + _EACH_118) | values) & _HIGHEST
    behind = _ALL if others == 0 else ((others & (~others + _ONE)) >> _SEVEN) - _ONE
    values &= behind
    count = np.int64(((behind & _EACH_ONE) * _EACH_ONE) >> np.uint64(56))
    values = (values * _PAIRS) >> np.uint64(8)
    values = ((values & _EVERY_SECOND) * _FOURS) >> np.uint64(16)
    return ((values & _EVERY_FOURTH) * _EIGHTS) >> np.uint64(32), count


@exact_inlined
def _number(text: NDArray[np.uint8], place: int) -> tuple[np.float32, int]:
    """A decimal number as float32, and where it ends; that is 0 if it is none, or needs more care."""
    is_negative = text[place] == _MINUS
    place += is_negative or text[place] == _PLUS
    whole, exponent, begin, is_cut = np.uint64(0), 0, place, False
    while 0 <= np.int64(text[place]) - _ZERO <= 9:
        if whole < _ROOM:
            whole = whole * _TEN + np.uint64(np.int64(text[place]) - _ZERO)
        else:
            exponent, is_cut = exponent + 1, True
        place += 1
    digits = place - begin
    if text[place] == _POINT:
        place += 1
        begin = place
        if whole < _FEW:
            behind, count = _eight_digits(eight_bytes(text, place))
            whole, exponent, place = whole * _HUNDRED_MILLION + behind, -8, place + int(count)
        while 0 <= np.int64(text[place]) - _ZERO <= 9:
            if whole < _ROOM:
                whole = whole * _TEN + np.uint64(np.int64(text[place]) - _ZERO)
                exponent -= 1
            else:
                is_cut = True
            place += 1
        digits += place - begin
    power, place = _power(text, place)
    value = _rounded(whole, exponent + power, is_cut)
    if digits == 0 or not np.isfinite(value):
        place = 0
    return value * np.float32(1 - 2 * is_negative), place


@kernel
def _line_end(text: NDArray[np.uint8], place: int) -> int:
    while text[place] != _LINE_FEED:
        place += 1
    return place


@kernel
def _is_blank(text: NDArray[np.uint8], place: int) -> bool:
    while text[place] == _SPACE or text[place] == _CARRIAGE_RETURN:
        place += 1
    return bool(text[place] == _LINE_FEED)


@kernel
def _row(text: NDArray[np.uint8], place: int, row: NDArray[np.float32]) -> tuple[int, int]:
    """Where the word of a line and its last number end; twice 0 if the line is not plain."""
    while text[place] != _SPACE and text[place] != _LINE_FEED:
        place += 1
    word_end = place
    for column in range(len(row)):
        if text[place] != _SPACE:
            return 0, 0
        row[column], place = _number(text, place + 1)
        if place == 0:
            return 0, 0
    return word_end, place


@kernel
def read_rows(
    text: NDArray[np.uint8],
    place: int,
    row: int,
    vectors: NDArray[np.float32],
    words: NDArray[np.uint8],
    word_bytes: int,
    size: int,
) -> tuple[int, int, int, int]:
    r"""Read lines until one is not plain, or the text ends.

    Parameters
    ----------
    text
        uint8: whole lines, the last of which ends in a line feed too; then `PADDING` zeros.
    place
        Where to begin in it.
    row, vectors
        The numbers go to ``vectors[row]`` and the rows behind it; float32, shape (n, D).
    words, word_bytes
        The words, with a line feed behind each, go to this uint8 array from this place on.
    size
        Bytes of the text, without the padding.

    Returns
    -------
    The four places where it ended: of a line that is not plain or the end of the text; the row and the byte
    of words to go on with; and how many lines were read, blank ones included.
    """
    lines = 0
    while place < size:
        if _is_blank(text, place):
            place = _line_end(text, place) + 1
            lines += 1
            continue
        if row == len(vectors):
            break
        word_end, end = _row(text, place, vectors[row])
        if end == 0 or not _is_blank(text, end):
            break
        for byte in range(place, word_end):
            words[word_bytes] = text[byte]
            word_bytes += 1
        words[word_bytes] = _LINE_FEED
        word_bytes += 1
        row += 1
        lines += 1
        place = _line_end(text, end) + 1
    return place, row, word_bytes, lines
