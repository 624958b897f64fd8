"""Compiled work on UTF-8: characters out of bytes, and their lower case.

A text here is an array of bytes with `PADDING` zeros behind its end, so that eight can be read from anywhere
in it.
"""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from llvmlite import ir
from numba.core import types
from numba.extending import intrinsic
from numpy.typing import NDArray

from gloveui.core.kernels import kernel
from gloveui.core.unicode_classes import HAS_LOWER, SLOW

Number: TypeAlias = int | np.signedinteger[Any]

PADDING = 16

_FOUR_BYTES = np.uint64(0xFFFF_FFFF)


@intrinsic
def _eight_bytes(context: Any, text: Any, place: Any) -> Any:
    """Bytes ``text[place:place + 8]`` as one uint64, the first the lowest; `place` need not be aligned."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        data = context.make_array(signature.args[0])(context, builder, arguments[0]).data
        pointer = builder.bitcast(builder.gep(data, [arguments[1]]), ir.IntType(64).as_pointer())
        return builder.load(pointer, align=1)

    return types.uint64(text, place), generate


eight_bytes: Any = _eight_bytes  # as kernels call it: the first argument of an intrinsic is for its maker


@kernel
def lower_ascii(data: NDArray[np.uint8], text: NDArray[np.uint8]) -> None:
    """Write ASCII characters in lower case."""
    for place in range(len(data)):
        byte = data[place]
        text[place] = byte + 32 if 65 <= byte <= 90 else byte


@kernel
def decoded(eight: np.uint64) -> tuple[Number, int]:
    """The character that eight bytes of UTF-8 begin with, and how many of them it takes."""
    bits = np.int64(eight & _FOUR_BYTES)
    if bits & 0x80 == 0:
        return bits & 0x7F, 1
    second = bits >> 8 & 0x3F
    if bits & 0x20 == 0:
        return (bits & 0x1F) << 6 | second, 2
    third = bits >> 16 & 0x3F
    if bits & 0x10 == 0:
        return (bits & 0x0F) << 12 | second << 6 | third, 3
    return (bits & 0x07) << 18 | second << 12 | third << 6 | bits >> 24 & 0x3F, 4


@kernel
def put_character(character: Number, text: NDArray[np.uint8], place: int) -> int:
    """Write a character of at most three bytes or more as UTF-8; returns where the next one goes."""
    if character < 0x80:
        text[place] = character
        return place + 1
    if character < 0x800:
        text[place] = 0xC0 | character >> 6
    elif character < 0x10000:
        text[place] = 0xE0 | character >> 12
        place += 1
        text[place] = 0x80 | character >> 6 & 0x3F
    else:
        text[place] = 0xF0 | character >> 18
        text[place + 1] = 0x80 | character >> 12 & 0x3F
        place += 2
        text[place] = 0x80 | character >> 6 & 0x3F
    text[place + 1] = 0x80 | character & 0x3F
    return place + 2


@kernel
def end_of_slow_run(data: NDArray[np.uint8], place: int, size: int) -> int:
    """Behind the first space or newline that is `size` bytes away: nothing joins over those two."""
    end = len(data) - PADDING
    place = min(place + size, end)
    while place < end and data[place] != 0x20 and data[place] != 0x0A:
        place += 1
    return min(place + 1, end)


@kernel
def lower_characters(
    data: NDArray[np.uint8],
    orders: NDArray[np.uint8],
    lower_case: NDArray[np.uint32],
    text: NDArray[np.uint8],
    slow: NDArray[np.int64],
    slow_bytes: int,
) -> tuple[int, int]:
    """Write the lower case (by `lower_case`; empty for no change) of all that the quick check says is NFC.

    `data` has its padding, `text` takes as many bytes. Runs of the others, at least `slow_bytes` at once, are
    left out and noted in `slow`: the place in `text` where they belong, where they start, and where they end.
    Returns how many bytes were written, and how many runs were left out.
    """
    place = run = written = run_written = runs = 0
    before: Number = 0
    end = len(data) - PADDING
    while place < end:
        byte = data[place]
        if byte < 0x80:
            place += 1
            text[written] = byte + 32 if len(lower_case) and 65 <= byte <= 90 else byte
            written += 1
            before = 0
            if byte == 0x20 or byte == 0x0A:
                run, run_written = place, written
            continue
        character, size = decoded(eight_bytes(data, place))
        order = np.int64(orders[character]) if character < len(orders) else np.int64(SLOW)
        if order == HAS_LOWER:
            written = put_character(np.int64(lower_case[character]), text, written)
            order = np.int64(0)
        elif order == SLOW or 0 < order < before:
            written = run_written
            slow[runs, 0], slow[runs, 1] = written, run
            place = run = end_of_slow_run(data, place, slow_bytes)
            slow[runs, 2] = place
            runs += 1
            before = 0
            continue
        else:
            for offset in range(size):
                text[written + offset] = data[place + offset]
            written += size
        before = order
        place += size
    return written, runs
