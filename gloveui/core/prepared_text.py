"""A text as the kernels read it: NFC in UTF-8, in the case asked for, zeros behind its end."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from gloveui.core import unicode_classes
from gloveui.core.text import cleaned, normalised
from gloveui.core.utf8_kernels import PADDING, lower_ascii, lower_characters

SLOW_BYTES = 4_096  # at least so many go the slow way at once, where a call costs more than its work

_NO_CHANGE = np.empty(0, np.uint32)
_NO_CHANGE.setflags(write=False)


def prepared(data: bytes, lower: bool) -> NDArray[np.uint8]:
    """``normalised(cleaned(data.decode()), lower)`` as bytes, but line ends may stay as they are.

    Only runs of text that the quick check for NFC, or their lower case, does not let pass are decoded.
    """
    if not data.isascii():
        return _prepared_characters(data, lower)
    if not lower:
        return padded(data)
    text = np.empty(len(data) + PADDING, np.uint8)
    lower_ascii(np.frombuffer(data, np.uint8), text)
    text[len(data) :] = 0
    return text


def padded(data: bytes) -> NDArray[np.uint8]:
    """The bytes with zeros behind their end."""
    return np.frombuffer(bytearray(data + bytes(PADDING)), np.uint8)


def _prepared_characters(data: bytes, lower: bool) -> NDArray[np.uint8]:
    text = np.empty(len(data) + PADDING, np.uint8)
    slow = np.empty((len(data) // SLOW_BYTES + 1, 3), np.int64)
    written, runs = lower_characters(
        padded(data),
        unicode_classes.orders(lower),
        unicode_classes.lower_case() if lower else _NO_CHANGE,
        text,
        slow,
        SLOW_BYTES,
    )
    if runs:
        return padded(_with_slow_runs(data, text[:written], slow[:runs], lower))
    text[written:] = 0
    return text[: written + PADDING]


def _with_slow_runs(data: bytes, text: NDArray[np.uint8], slow: NDArray[np.int64], lower: bool) -> bytes:
    """Put the runs in their places that have to be normalised as characters."""
    parts = []
    done = 0
    for place, start, end in slow.tolist():
        parts.append(text[done:place].tobytes())
        parts.append(normalised(cleaned(data[start:end].decode()), lower).encode())
        done = place
    parts.append(text[done:].tobytes())
    return b"".join(parts)
