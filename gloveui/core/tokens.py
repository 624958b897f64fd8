"""Cuts a text into words and writes it down as ids."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import regex
from numpy.typing import NDArray

from gloveui.core.errors import EmptyText, PatternError, SettingError
from gloveui.core.progress import Progress, Task
from gloveui.core.resources import Resources
from gloveui.core.setting_checks import choice, flag, put_checked
from gloveui.core.text import TextSource, TextSummary, normalised
from gloveui.core.vocabulary import Vocabulary

SENTENCE_BREAK = -1
LONGEST_TOKEN_BYTES = 1_000
PATTERN_SECONDS = 5.0  # a custom expression that needs longer for 256 KiB would never end

# Letters and digits of any script with their marks, joined inside a word by apostrophes and hyphens: don't,
# well-known.
WORD_PATTERN = r"[\p{L}\p{N}][\p{L}\p{M}\p{N}]*+(?:['’\-‐][\p{L}\p{N}][\p{L}\p{M}\p{N}]*+)*+"
PATTERNS = {"words": WORD_PATTERN, "whitespace": r"\S+"}
TOKENIZERS = (*PATTERNS, "regex")

# The same for text without other scripts; Python's own engine is twice as fast there.
_ASCII_WORDS = re.compile(r"[A-Za-z0-9]+(?:['-][A-Za-z0-9]+)*|\n")
# White space after . ! ? (and closing quotes) ends a sentence; the full-width marks need no space.
_SENTENCE_ENDS = re.compile(r"""([.!?]["'”’»)\]]{0,3})[^\S\n]+|([。！？][」』”’）]{0,3})""")


@dataclass(frozen=True, slots=True)
class TokenOptions:
    """How a text becomes words.

    Attributes
    ----------
    tokenizer
        ``"words"`` (letters, digits, inner apostrophes and hyphens), ``"whitespace"``, or ``"regex"``.
    pattern
        The expression that matches one word, for ``"regex"``.
    lower
        Whether upper and lower case count as the same word.
    split_sentences
        Whether . ! ? end a sentence; a line always does.

    Raises
    ------
    SettingError
        If a value is none of these, or of another type; `PatternError` for an expression that does not work.
    """

    tokenizer: str = "words"
    pattern: str = r"\w+"
    lower: bool = True
    split_sentences: bool = False

    def __post_init__(self) -> None:
        put_checked(
            self,
            tokenizer=choice("tokenizer", self.tokenizer, TOKENIZERS),
            lower=flag("lower", self.lower),
            split_sentences=flag("split_sentences", self.split_sentences),
        )
        if not isinstance(self.pattern, str):
            raise SettingError(setting="pattern", expected="an expression", received=self.pattern)
        if self.tokenizer == "regex":
            compile_pattern(self.pattern)


@dataclass(frozen=True, eq=False)
class TokenStream:
    """A whole text as ids, kept so that sentences can be found again.

    Attributes
    ----------
    ids
        int32, read-only: an id for each word of the text, -1 between sentences.
    vocabulary
        Every distinct word of the text, most frequent first (ties: first seen).
    summary, options
        What was read, and how it was cut.
    cut_tokens
        Distinct words over 1,000 bytes that were cut.
    """

    ids: NDArray[np.int32]
    vocabulary: Vocabulary
    summary: TextSummary
    options: TokenOptions
    cut_tokens: int = 0

    @cached_property
    def token_count(self) -> int:
        """How many words the text has."""
        return int(self.vocabulary.counts.sum())

    @cached_property
    def sentence_count(self) -> int:
        """How many sentences have a word."""
        return len(self.ids) - self.token_count + 1


def tokenise(source: TextSource, options: TokenOptions, resources: Resources) -> Task[TokenStream]:
    """Read a text and write it down as ids; each Progress carries the fraction read.

    Raises
    ------
    TextError
        If the source cannot be read, or holds no word.
    """
    split = splitter(options)
    words = _WordIds()
    parts: list[NDArray[np.int32]] = []
    pieces = source.pieces()
    while True:
        try:
            piece = next(pieces)
        except StopIteration as stop:
            summary: TextSummary = stop.value
            break
        parts.append(words.ids_of(split(piece.text)))
        yield Progress("reading", piece.fraction)
    if not words:
        raise EmptyText(path=source.name)
    yield Progress("sorting")
    return _by_frequency(parts, words, summary, options)


def splitter(options: TokenOptions) -> Callable[[str], list[str]]:
    r"""A function from text to words, with ``"\\n"`` between sentences; what a query is cut with, too."""
    find_all = _finder(options)

    def split(text: str) -> list[str]:
        text = normalised(text, options.lower)
        if options.split_sentences:
            text = _SENTENCE_ENDS.sub(r"\1\2\n", text)
        if options.tokenizer == "words" and text.isascii():
            return _ASCII_WORDS.findall(text)
        return find_all(text)

    return split


def compile_pattern(pattern: str) -> Callable[[str], list[str]]:
    """A function that finds every match of an expression inside a line, and every line end.

    Raises
    ------
    PatternError
        If the expression is malformed, matches nothing at all, or needs too long.
    """
    try:
        compiled = regex.compile(pattern, regex.VERSION1)
    except regex.error as error:
        position = getattr(error, "pos", None) or 0
        raise PatternError(
            received=pattern, reason=getattr(error, "msg", error), position=position
        ) from error
    if compiled.fullmatch("") is not None:
        raise PatternError(received=pattern, reason="it matches words without letters", position=0)

    def find_all(text: str) -> list[str]:
        deadline = time.monotonic() + PATTERN_SECONDS
        tokens: list[str] = []
        try:
            # Line by line: no word goes over a line's end, and ^ and $ mean the same in every piece.
            for line in text.split("\n"):
                left = max(deadline - time.monotonic(), 1e-9)
                tokens += [match[0] for match in compiled.finditer(line, timeout=left) if match[0]]
                tokens.append("\n")
        except TimeoutError as error:
            raise PatternError(received=pattern, reason="it takes too long", position=0) from error
        return tokens[:-1]

    return find_all


def _finder(options: TokenOptions) -> Callable[[str], list[str]]:
    if options.tokenizer == "regex":
        return compile_pattern(options.pattern)
    find_all: Callable[[str], list[str]] = regex.compile(rf"{PATTERNS[options.tokenizer]}|\n").findall
    return find_all


class _WordIds(dict[str, int]):
    """Ids in the order in which words are first seen."""

    def __init__(self) -> None:
        super().__init__()
        self.cut_tokens = 0
        self.words: list[str] = []

    def __missing__(self, token: str) -> int:
        """Take in a new word; one that is too long is known by its beginning."""
        if token == "\n":
            return SENTENCE_BREAK
        word = token if len(token) * 4 <= LONGEST_TOKEN_BYTES else _cut(token)
        if word is not token:
            self.cut_tokens += 1
            index = self[word]
        else:
            index = len(self.words)
            self.words.append(word)
        self[token] = index
        return index

    def ids_of(self, tokens: list[str]) -> NDArray[np.int32]:
        """int32: the id of each token, -1 for a sentence's end."""
        return np.fromiter(map(self.__getitem__, tokens), np.int32, len(tokens))


def _cut(token: str) -> str:
    """The token itself when it is short enough, else its first 1,000 bytes, cut at a character."""
    data = token.encode()
    return token if len(data) <= LONGEST_TOKEN_BYTES else data[:LONGEST_TOKEN_BYTES].decode(errors="ignore")


def _by_frequency(
    parts: list[NDArray[np.int32]], words: _WordIds, summary: TextSummary, options: TokenOptions
) -> TokenStream:
    """Renumber words by their counts, and drop breaks that end no sentence."""
    ids = np.concatenate(parts)
    is_break = ids == SENTENCE_BREAK
    follows_break = np.concatenate([[True], is_break[:-1]])
    ids = ids[~(is_break & follows_break)]
    if ids[-1] == SENTENCE_BREAK:
        ids = ids[:-1]
    counts = np.bincount(ids[ids >= 0], minlength=len(words.words)).astype(np.int64)
    order = np.argsort(-counts, kind="stable")
    rank = np.empty(len(order) + 1, np.int32)
    rank[order] = np.arange(len(order), dtype=np.int32)
    rank[SENTENCE_BREAK] = SENTENCE_BREAK  # the last entry, where index -1 looks
    ids = rank[ids]
    ids.setflags(write=False)
    vocabulary = Vocabulary((words.words[index] for index in order), counts[order])
    return TokenStream(ids, vocabulary, summary, options, words.cut_tokens)
