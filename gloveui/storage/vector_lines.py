"""One line of vectors in text, read with care: nothing is rounded, guessed or made up."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from gloveui.core.errors import VectorFileError
from gloveui.storage.vector_rows import vector_file_error

LINE_END = b" \r\n"  # word2vec writes a space after the last number

# float() alone would take 1_000, nan, infinity and the digits of other scripts.
_NUMBER = re.compile(rb"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_NO_FINITE_NUMBER = re.compile(rb"[+-]?(?:nan|inf|infinity)", re.IGNORECASE)
_NUMBER_BYTES = b"0123456789+-.eE "
_MOST_SHOWN = 40


class LineReader:
    """Reads lines with a word and `dimension` numbers.

    Parameters
    ----------
    path
        The file that errors name.
    dimension
        D, the numbers on a line.
    drops_bad_rows
        Whether a row with NaN or infinite numbers is left out rather than refused.
    """

    def __init__(self, path: Path, dimension: int, drops_bad_rows: bool = False) -> None:
        self._path = path
        self._dimension = dimension
        self._drops_bad_rows = drops_bad_rows

    def read(self, line: bytes, number: int) -> tuple[bytes, NDArray[np.float32]] | None:
        """The word of a line and its numbers, shape (D,); None if it is left out.

        Raises
        ------
        VectorFileError
            With `number`, that of the line, if it holds anything else.
        """
        line = line.rstrip(LINE_END)
        word, *fields = line.rsplit(b" ", self._dimension)
        if len(fields) != self._dimension or b" " in word:
            self._refuse_other_dimension(line, number)
        row = self._numbers(line[len(word) :], fields)
        if row is not None and np.isfinite(row).all():
            return word, row
        if self._drops_bad_rows and all(map(_is_number_or_none, fields)):
            return None
        if row is not None:
            raise self._error(number, "numbers that float32 can hold", "a larger one")
        wrong = next(field for field in fields if not _NUMBER.fullmatch(field))
        raise self._error(number, "a number", f"“{_shown(wrong)}”")

    def _numbers(self, text: bytes, fields: list[bytes]) -> NDArray[np.float32] | None:
        if text.translate(None, _NUMBER_BYTES):
            return None
        try:
            values = list(map(float, fields))
        except ValueError:
            return None
        with np.errstate(over="ignore"):
            return np.array(values, np.float32)

    def _refuse_other_dimension(self, line: bytes, number: int) -> None:
        """Refuse too few or too many numbers; a word may have spaces in it, but not end in a number."""
        _, *fields = line.split(b" ")
        numbers = 0
        while numbers < len(fields) and _NUMBER.fullmatch(fields[-1 - numbers]):
            numbers += 1
        too_few = len(fields) < self._dimension
        if too_few or numbers > self._dimension:
            received = f"{len(fields) if too_few else numbers}"
            raise self._error(number, f"{self._dimension} numbers", received)

    def _error(self, number: int, expected: str, received: str) -> VectorFileError:
        return vector_file_error(self._path, f"line {number}", expected, received)


def numbers_at_end(line: bytes, path: Path) -> int:
    """How many numbers, NaN among them, stand behind the word of the first line; raises `VectorFileError`."""
    fields = line.split(b" ")
    numbers = 0
    while numbers < len(fields) - 1 and _is_number_or_none(fields[-1 - numbers]):
        numbers += 1
    if numbers == 0:
        received = "a word alone" if len(fields) == 1 else f"“{_shown(fields[-1])}”"
        raise vector_file_error(path, "line 1", "a word and its numbers", received)
    return numbers


def _is_number_or_none(field: bytes) -> bool:
    return bool(_NUMBER.fullmatch(field) or _NO_FINITE_NUMBER.fullmatch(field))


def _shown(field: bytes) -> str:
    """A field as it can be shown in an error."""
    text = field.decode("utf-8", "replace")
    return text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}…"
