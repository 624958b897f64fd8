"""The elements of a JSON array as they come, without the whole array in memory."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from gloveui.core.errors import LineTooLong, TooDeep
from gloveui.storage.text_streams import LONGEST_LINE

DEEPEST = 100

_OUTSIDE = re.compile(r'["\[\]{},]')
_INSIDE = re.compile(r'"|\\')
_STRINGS = re.compile(r'"(?:[^"\\]|\\.)*+"?')


class ArrayElements:
    """Elements of the array with which a text begins, each with its line and unparsed.

    Raises
    ------
    LineTooLong
        If one has more than 32 Mi characters.
    TooDeep
        If brackets are more than 100 levels inside one another.
    """

    def __init__(self, chunks: Iterable[str], path: str) -> None:
        self._chunks, self._path = chunks, path
        self._parts: list[str] = []
        self._size = 0
        self._line = 1
        self._depth = 0
        self._in_string = False
        self._start = 0  # of the element in the present chunk
        self._overhang = 0  # characters behind a backslash that ended the chunk

    def __iter__(self) -> Iterator[tuple[int, str]]:
        for chunk in self._chunks:
            self._start = 0
            for sign, place in self._signs(chunk):
                if self._depth == 0 or (self._depth == 1 and sign == ","):
                    self._keep(chunk[self._start : place - 1])
                    yield from self._element()
                    self._start = place
                if self._depth == 0:
                    return
            self._keep(chunk[self._start :])
        yield from self._element()

    def _signs(self, chunk: str) -> Iterator[tuple[str, int]]:
        """Brackets and commas outside strings, each with the place behind it; keeps count of the levels.

        The bracket that opens the array is none of them.
        """
        place = self._overhang
        while match := (_INSIDE if self._in_string else _OUTSIDE).search(chunk, place):
            sign, place = match[0], match.end()
            if sign == "\\":
                place += 1
            elif sign == '"':
                self._in_string = not self._in_string
            else:
                self._depth += (sign in "[{") - (sign in "]}")
                self._refuse_depth(chunk, place)
                if self._depth == 1 and sign == "[":
                    self._start = place
                else:
                    yield sign, place
        self._overhang = max(0, place - len(chunk))

    def _refuse_depth(self, chunk: str, place: int) -> None:
        if self._depth > DEEPEST + 1:
            line = self._line + "".join([*self._parts, chunk[self._start : place]]).count("\n")
            raise TooDeep(path=self._path, line=line, expected=DEEPEST)

    def _keep(self, part: str) -> None:
        self._parts.append(part)
        self._size += len(part)
        if self._size > LONGEST_LINE:
            raise LineTooLong(path=self._path, line=self._line, expected=LONGEST_LINE)

    def _element(self) -> Iterator[tuple[int, str]]:
        """The element that has just ended, if it is not empty."""
        text = "".join(self._parts)
        element = text.lstrip()
        line = self._line + text.count("\n", 0, len(text) - len(element))
        self._line += text.count("\n")
        self._parts, self._size = [], 0
        if element:
            yield line, element


def depth_of(value: str) -> int:
    """How many levels of brackets are inside one another in a JSON value."""
    if value.count("[") + value.count("{") <= DEEPEST:
        return 0  # it cannot be too deep; how deep it is does not matter then
    depth = deepest = 0
    for sign in re.findall(r"[\[\]{}]", _STRINGS.sub("", value)):
        depth += 1 if sign in "[{" else -1
        deepest = max(deepest, depth)
    return deepest
