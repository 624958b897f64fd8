"""What stands in brackets, and how it is taken out of a line."""

from __future__ import annotations

PAIRS = ("()", "[]", "（）", "［］", "【】")
MOST_OPEN = 64  # brackets inside one another that are told apart; further ones open nothing

_OPENING = {pair[0]: number for number, pair in enumerate(PAIRS)}
_CLOSING = {pair[1]: number for number, pair in enumerate(PAIRS)}


def without_bracketed(text: str) -> str:
    r"""The text with a space in the place of each bracket that is closed in its line and all inside it.

    Lines end in ``"\n"``. A bracket without its counterpart stays.
    """
    if not any(opening in text for opening in _OPENING):
        return text
    return "\n".join(_line_without(line) for line in text.split("\n"))


def _line_without(line: str) -> str:
    characters = list(line)
    waiting: list[tuple[int, int]] = []
    for place, character in enumerate(line):
        if character in _OPENING and len(waiting) < MOST_OPEN:
            waiting.append((_OPENING[character], place))
        number = _CLOSING.get(character)
        depth = max((depth for depth, (one, _) in enumerate(waiting) if one == number), default=None)
        if depth is not None:
            start = waiting[depth][1]
            characters[start : place + 1] = " " * (place + 1 - start)
            del waiting[depth:]
    return "".join(characters)
