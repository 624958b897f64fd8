"""Lists of stop words: those that come with the program, and a person's own."""

from __future__ import annotations

import re
from pathlib import Path

from gloveui.core.errors import EmptyText, SettingError
from gloveui.core.text import FileText, TextSource
from gloveui.storage.bundled import bundled_path

LANGUAGES = ("english", "korean")
_BETWEEN = re.compile(r"[\s,;]+")


def stop_words(words: str | Path) -> tuple[str, ...]:
    """The words of a list: ``"english"``, ``"korean"``, or a file with white space or commas between them.

    Raises
    ------
    TextError
        If there is no such file, it is no text, or holds no word.
    """
    if isinstance(words, str) and words in LANGUAGES:
        return words_of(FileText(bundled_path(f"stop_words/{words}.txt"), "utf-8"))
    if not isinstance(words, str | Path):
        raise SettingError(setting="stop_words", expected="a file or the name of a list", received=words)
    return words_of(FileText(Path(words)))


def words_of(source: TextSource) -> tuple[str, ...]:
    """The distinct words of a text, in their order; raises `TextError`."""
    found = dict.fromkeys(word for piece in _pieces(source) for word in _BETWEEN.split(piece) if word)
    if not found:
        raise EmptyText(path=source.name)
    return tuple(found)


def _pieces(source: TextSource) -> list[str]:
    return [piece.text for piece in source.pieces()]
