"""Words for vectors that lie in another file than their words."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from gloveui.core.errors import FileMissing, WordsWanted
from gloveui.core.text import printable
from gloveui.storage.vector_rows import VectorOptions, vector_file_error

BESIDE = ".vocabulary.json"  # in the place of the ending
OF_THE_FOLDER = "vocabulary.json"  # beside an embedding layer
MOST_BYTES = 1 << 30

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def words_for(
    path: Path,
    rows: int,
    options: VectorOptions,
    inside: Sequence[str] | None = None,
    wanted: type[WordsWanted] = WordsWanted,
) -> Sequence[str]:
    """The word of each row: from the file that the options name, from `inside`, or from a file beside it.

    Raises
    ------
    WordsWanted
        Or the kind that is `wanted`, if there are none.
    VectorFileError
        If there are more or fewer than rows.
    """
    if options.words is not None:
        return _fitting(read_words(options.words), rows, options.words)
    if inside is not None:
        return _fitting(inside, rows, path)
    own, of_the_folder = files_beside(path)
    if own.is_file():
        return _fitting(read_words(own), rows, own)
    if of_the_folder.is_file():
        words = read_words(of_the_folder)
        if len(words) == rows:  # else it belongs to another file
            return words
    raise wanted(path=printable(path), rows=rows)


def files_beside(path: Path) -> tuple[Path, ...]:
    """The files whose words are taken where the options name none, if they are there."""
    return path.with_name(path.stem + BESIDE), path.with_name(OF_THE_FOLDER)


def read_words(path: Path) -> Sequence[str]:
    """The words of a file: one a line, or JSON with a list of them or the id of each.

    Raises
    ------
    FileMissing, VectorFileError
    """
    if not path.exists():
        raise FileMissing(path=printable(path))
    if not path.is_file() or path.stat().st_size > MOST_BYTES:
        raise vector_file_error(path, "byte 0", f"a file of at most {MOST_BYTES} bytes with words", "another")
    try:
        content = path.read_bytes().removeprefix(_BYTE_ORDER_MARK)
    except OSError as error:
        raise vector_file_error(path, "byte 0", "a readable file", error.strerror or error) from error
    if content.lstrip()[:1] in (b"[", b"{"):
        words = _from_json(content)
        if words is not None:
            return words
        if path.suffix.lower() == ".json":
            raise vector_file_error(path, "byte 0", "a list of words in JSON", "something else")
    lines = content.decode("utf-8", "replace").split("\n")
    return [line.removesuffix("\r") for line in (lines if lines[-1] else lines[:-1])]


def _from_json(content: bytes) -> Sequence[str] | None:
    """The words of a list, or of a map of words to ids; None if it is neither."""
    try:
        values: Any = json.loads(content)
    except (ValueError, RecursionError):
        return None
    if isinstance(values, dict):
        values = in_order(values)
    if isinstance(values, list) and all(isinstance(word, str) for word in values):
        return values
    return None


def in_order(ids: dict[Any, Any]) -> list[Any] | None:
    """The words of a map to ids, by these; None if these are not 0, 1, 2 and so on."""
    if not all(type(index) is int for index in ids.values()):
        return None
    if sorted(ids.values()) != list(range(len(ids))):
        return None
    return sorted(ids, key=ids.__getitem__)


def _fitting(words: Sequence[str], rows: int, path: Path) -> Sequence[str]:
    if len(words) != rows:
        raise vector_file_error(path, "words", f"{rows} words, one for each vector", f"{len(words)} words")
    return words
