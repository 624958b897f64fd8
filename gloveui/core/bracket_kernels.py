"""Takes what stands in brackets out of a prepared text, as `brackets` does from characters."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from gloveui.core.brackets import MOST_OPEN, PAIRS
from gloveui.core.kernels import kernel
from gloveui.core.unicode_classes import BYTES, LINE_END
from gloveui.core.utf8_kernels import PADDING, decoded, eight_bytes

_OPENING = np.array([ord(pair[0]) for pair in PAIRS])
_CLOSING = np.array([ord(pair[1]) for pair in PAIRS])


def blank_bracketed(text: NDArray[np.uint8], kinds: NDArray[np.uint8]) -> None:
    """Make spaces of all bytes of what is closed in its line; `kinds` tells line ends."""
    _blank(text, kinds, _OPENING, _CLOSING)


@kernel
def _blank(
    text: NDArray[np.uint8],
    kinds: NDArray[np.uint8],
    opening: NDArray[np.int64],
    closing: NDArray[np.int64],
) -> None:
    starts, numbers = np.empty(MOST_OPEN, np.int64), np.empty(MOST_OPEN, np.int64)
    waiting = place = 0
    while place < len(text) - PADDING:
        character, size = decoded(eight_bytes(text, place))
        if kinds[BYTES + character] & LINE_END:
            waiting = 0
        for number in range(len(opening)):
            if character == opening[number] and waiting < MOST_OPEN:
                starts[waiting], numbers[waiting] = place, number
                waiting += 1
            elif character == closing[number]:
                depth = waiting - 1
                while depth >= 0 and numbers[depth] != number:
                    depth -= 1
                if depth >= 0:
                    text[starts[depth] : place + size] = 0x20
                    waiting = depth
        place += size
