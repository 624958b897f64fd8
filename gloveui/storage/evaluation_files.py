"""Reads sets of questions: those that come with the program or with gensim, and a person's own files."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import NoReturn

from gloveui.core.analogy_questions import AnalogyQuestion
from gloveui.core.encodings import detect_encoding
from gloveui.core.errors import FileMissing, FileUnreadable, QuestionFileError
from gloveui.core.question_sets import (
    AnalogySet,
    PairSet,
    QuestionSection,
    QuestionSet,
    ScoredPair,
    grouped_sections,
    set_of_relations,
)
from gloveui.core.text import printable
from gloveui.storage.analogy_sections import bundled_sections
from gloveui.storage.bundled import bundled_path

ANALOGY_SETS = {"google": "Google", "english": "English", "korean": "한국어"}
PAIR_SETS = {"wordsim353": "WordSim-353", "simlex999": "SimLex-999"}
LARGEST_FILE = 64 * 2**20  # bytes; Google's set has 0.6 million

_GENSIM_FILES = {"wordsim353": "wordsim353.tsv", "simlex999": "simlex999.txt"}
_LANGUAGES = {"english": "en", "korean": "ko"}
_NUMBER = re.compile(r"[+-]?[0-9]+([.,][0-9]+)?", re.ASCII)
_SEPARATORS = ("\t", ";", ",", None)  # None is any white space
_HEADINGS = {"a", "b", "c", "d", "word1", "word2", "word3", "word4", "expected", "answer", "target"}
_FOUND = 60  # characters of a line that are shown

Line = tuple[int, str]


def known_sets() -> dict[str, str]:
    """Keys and names of the sets that are here without a file of one's own; pairs come with gensim."""
    return ANALOGY_SETS | {key: name for key, name in PAIR_SETS.items() if _gensim_file(key) is not None}


@lru_cache(maxsize=len(ANALOGY_SETS) + len(PAIR_SETS))
def known_set(key: str) -> QuestionSet:
    """A set by its key; raises `FileMissing` for one that is not here."""
    if key == "google":
        found = read_analogies(bundled_path("evaluation/questions-words.txt"))
        return AnalogySet(ANALOGY_SETS[key], found.sections)
    if key in _LANGUAGES:
        relations = [one for one in bundled_sections() if one.language == _LANGUAGES[key]]
        return set_of_relations(ANALOGY_SETS[key], relations)
    path = _gensim_file(key)
    if path is None:
        raise FileMissing(path=f"{key} (there are {', '.join(known_sets())})")
    return PairSet(PAIR_SETS[key], read_pairs(path).pairs)


def read_question_set(path: Path) -> QuestionSet:
    """Read a file of analogies, or of pairs with scores; its first lines say which; see `read_pairs`."""
    lines = _lines(path)
    return _read_pairs(path, lines) if _holds_pairs(lines) else _read_analogies(path, lines)


def read_analogies(path: Path) -> AnalogySet:
    """Read ``: heading`` lines and four words a line, parted by blanks, tabs, commas or semicolons.

    A line of the names of columns at the top, empty lines and comments (``# …``) are passed over. Raises as
    `read_pairs`.
    """
    return _read_analogies(path, _lines(path))


def read_pairs(path: Path) -> PairSet:
    """Read two words and a score a line, parted by tabs, commas, semicolons or blanks.

    The score stands in the first column of numbers after the words; what is in further columns is passed
    over, as are numbers of the lines before the words, names of columns at the top, empty lines and comments
    (``# …``).

    Raises
    ------
    FileMissing, FileUnreadable
    QuestionFileError
        With the line, what was expected there and what was found.
    """
    return _read_pairs(path, _lines(path))


def _gensim_file(key: str) -> Path | None:
    """A set in gensim's test data; None where this gensim has none. gensim itself is not loaded."""
    package = find_spec("gensim")
    if package is None or package.origin is None or key not in _GENSIM_FILES:
        return None
    path = Path(package.origin).parent / "test" / "test_data" / _GENSIM_FILES[key]
    return path if path.is_file() else None


def _lines(path: Path) -> list[Line]:
    """The lines with their numbers from 1, without empty ones and comments, in NFC."""
    try:
        if not path.exists():
            raise FileMissing(path=printable(path))
        if not path.is_file() or path.stat().st_size > LARGEST_FILE:
            _refuse(path, 1, f"a plain file of up to {LARGEST_FILE >> 20} MiB", "something else")
        content = path.read_bytes()
    except OSError as error:
        raise FileUnreadable(path=printable(path), reason=error.strerror or error) from error
    if b"\0" in content[:1024] and detect_encoding(content).startswith("utf-8"):
        _refuse(path, 1, "plain text", "binary data")
    text = unicodedata.normalize("NFC", content.decode(detect_encoding(content), "replace"))
    lines = ((number, line.strip("\r \ufeff")) for number, line in enumerate(text.split("\n"), 1))
    return [(number, line) for number, line in lines if line.strip() and not line.startswith("#")]


def _holds_pairs(lines: Sequence[Line]) -> bool:
    """Whether one of the first two lines (the first may name the columns) has a number after two words."""
    for _, line in lines[:2]:
        if line.startswith(":"):
            return False
        if _parting(line, _is_pair) is not None:
            return True
    return False


def _read_analogies(path: Path, lines: Sequence[Line]) -> AnalogySet:
    sections: dict[str, list[AnalogyQuestion]] = {}
    name = ""
    for number, words in _cells(path, lines, _is_analogy, "four words"):
        if words[0].startswith(":"):
            name = " ".join(words).lstrip(":").strip()
            continue
        if number == lines[0][0] and {word.lower() for word in words} <= _HEADINGS:
            continue
        if len(words) != 4 or not all(words):
            _refuse(path, number, "four words, or a heading such as “: family”", " ".join(words))
        sections.setdefault(name, []).append(AnalogyQuestion(*words))
    if not sections:
        _refuse(path, 1, "analogies", "none")
    found = [QuestionSection(name, tuple(questions)) for name, questions in sections.items()]
    return AnalogySet(path.stem, grouped_sections(found))


def _read_pairs(path: Path, lines: Sequence[Line]) -> PairSet:
    pairs, first, column = [], 0, 0
    for number, cells in _cells(path, lines, _is_pair, "two words and a number"):
        if not column:
            first, column = _first_word(cells), _number_column(cells)
            if not column and number == lines[0][0]:
                continue  # names of the columns
        words = cells[first : first + 2]
        if not column or len(cells) <= column or not _NUMBER.fullmatch(cells[column]) or not all(words):
            _refuse(path, number, "two words and a number", " ".join(cells))
        pairs.append(ScoredPair(words[0], words[1], float(cells[column].replace(",", "."))))
    if not pairs:
        _refuse(path, 1, "pairs of words with a number", "none")
    return PairSet(path.stem, tuple(pairs))


def _cells(
    path: Path, lines: Sequence[Line], fits: Callable[[list[str]], bool], expected: str
) -> Iterator[tuple[int, list[str]]]:
    """Each line cut at the separator that fits the first one that has one; headings are cut at blanks."""
    partings = (_parting(line, fits) for _, line in lines if not line.startswith(":"))
    parting = next((one for one in partings if one is not None), None)
    for number, line in lines:
        if line.startswith(":"):
            yield number, line.split()
        elif parting is None:
            _refuse(path, number, expected, line)
        else:
            yield number, _cut(line, parting[0])


def _parting(line: str, fits: Callable[[list[str]], bool]) -> tuple[str | None] | None:
    """The separator that cuts a line as it should be, in a tuple; None if none does."""
    return next(((one,) for one in _SEPARATORS if fits(_cut(line, one))), None)


def _cut(line: str, separator: str | None) -> list[str]:
    """The cells of a line; quotation marks of CSV are taken away."""
    if separator is None:
        return line.split()
    try:
        return [cell.strip() for cell in next(csv.reader([line], delimiter=separator))]
    except csv.Error:  # a field beyond the limit of the module
        return line.split(separator)


def _is_analogy(cells: Sequence[str]) -> bool:
    return len(cells) == 4 and all(cells)


def _is_pair(cells: Sequence[str]) -> bool:
    return _number_column(cells) > 0


def _first_word(cells: Sequence[str]) -> int:
    """Where the two words begin: after the number of the line, if that stands first."""
    is_number = [_NUMBER.fullmatch(cell) is not None for cell in cells[:3]]
    return int(len(cells) > 3 and is_number == [True, False, False])


def _number_column(cells: Sequence[str]) -> int:
    """The first column of a number after two words; 0 if there is none."""
    places = range(_first_word(cells) + 2, len(cells))
    return next((place for place in places if _NUMBER.fullmatch(cells[place])), 0)


def _refuse(path: Path, line: int, expected: str, found: str) -> NoReturn:
    shown = found if len(found) <= _FOUND else f"{found[:_FOUND]}…"
    raise QuestionFileError(path=printable(path), line=line, expected=expected, received=f"“{shown}”")
