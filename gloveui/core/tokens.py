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

from gloveui.core import unicode_classes
from gloveui.core.brackets import without_bracketed
from gloveui.core.errors import EmptyText, PatternError, SettingError
from gloveui.core.progress import Progress, Task
from gloveui.core.resources import Resources
from gloveui.core.setting_checks import choice, flag, put_checked
from gloveui.core.text import TextPiece, TextSource, TextSummary, cleaned, normalised
from gloveui.core.vocabulary import Vocabulary

SENTENCE_BREAK = -1
PATTERN_SECONDS = 5.0  # a custom expression that needs longer for 256 KiB would never end

# Letters and digits of any script with their marks, joined inside a word by apostrophes and hyphens: don't,
# well-known.
WORD_PATTERN = r"[\p{L}\p{N}][\p{L}\p{M}\p{N}]*+(?:['’\-‐][\p{L}\p{N}][\p{L}\p{M}\p{N}]*+)*+"
PATTERNS = {"words": WORD_PATTERN, "whitespace": r"\S+"}
TOKENIZERS = (*PATTERNS, "regex")

_NUMBER = regex.compile(r"\P{L}*\p{N}\P{L}*")

# The same for questions without other scripts; Python's own engine is twice as fast there.
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
    drop_bracketed
        Whether what stands in round or square brackets is left out; these must close in the same line.
    drop_numbers
        Whether words with a digit and without a letter are left out.
    stop_words
        Words that are left out, as if the text did not have them; kept sorted, in lower case with `lower`.

    Raises
    ------
    SettingError
        If a value is none of these, or of another type; `PatternError` for an expression that does not work.
    """

    tokenizer: str = "words"
    pattern: str = r"\w+"
    lower: bool = True
    split_sentences: bool = False
    drop_bracketed: bool = False
    drop_numbers: bool = False
    stop_words: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        put_checked(
            self,
            tokenizer=choice("tokenizer", self.tokenizer, TOKENIZERS),
            lower=flag("lower", self.lower),
            split_sentences=flag("split_sentences", self.split_sentences),
            drop_bracketed=flag("drop_bracketed", self.drop_bracketed),
            drop_numbers=flag("drop_numbers", self.drop_numbers),
        )
        put_checked(self, stop_words=_distinct_words(self.stop_words, self.lower))
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

    Threads change nothing in the result. Ids beyond ``resources.mapped_above_mib`` are kept in a file.

    Raises
    ------
    TextError
        If the source cannot be read, or holds no word.
    """
    yield Progress("preparing")  # compiled code is loaded, on the first start made
    from gloveui.core.id_store import IdStore
    from gloveui.core.tokenising import Tokenising

    tokenising = Tokenising(_preparer(options), _kinds(options), dropped_words(options))
    # A custom expression holds the GIL: more threads would only make it slower.
    threads = 1 if options.tokenizer == "regex" else resources.thread_count
    with IdStore(resources) as store:
        summary = yield from tokenising.run(source, store, threads)
        yield Progress("sorting", 0.0)
        words, counts, ranks, cut_tokens = yield from tokenising.by_frequency()
        if not words:
            raise EmptyText(path=source.name)
        ids = yield from store.renumbered(ranks)
    return TokenStream(ids, Vocabulary(words, counts), summary, options, cut_tokens)


def splitter(options: TokenOptions) -> Callable[[str], list[str]]:
    r"""A function from text to words, with ``"\\n"`` between sentences; what a query is cut with, too."""
    find_all, is_dropped = _finder(options), dropped_words(options)

    def split(text: str) -> list[str]:
        text = normalised(cleaned(text), options.lower)
        if options.drop_bracketed:
            text = without_bracketed(text)
        if options.split_sentences:
            text = _SENTENCE_ENDS.sub(r"\1\2\n", text)
        is_simple = options.tokenizer == "words" and text.isascii()
        words = _ASCII_WORDS.findall(text) if is_simple else find_all(text)
        return words if is_dropped is None else [word for word in words if not is_dropped(word)]

    return split


def dropped_words(options: TokenOptions) -> Callable[[str], bool] | None:
    """A function that tells which words are left out; None where none are."""
    stop_words = frozenset(options.stop_words)
    if not options.drop_numbers:
        return stop_words.__contains__ if stop_words else None
    return lambda word: word in stop_words or _NUMBER.fullmatch(word) is not None


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


def _preparer(options: TokenOptions) -> Callable[[TextPiece], NDArray[np.uint8]]:
    """A function from a piece to what the kernels read: all its characters, or its matches between NUL."""
    from gloveui.core.prepared_text import padded, prepared

    if options.tokenizer != "regex":
        return (
            _blanked(options) if options.drop_bracketed else lambda piece: prepared(piece.data, options.lower)
        )
    split = splitter(options)
    return lambda piece: padded("\0".join(split(piece.text)).encode())


def _blanked(options: TokenOptions) -> Callable[[TextPiece], NDArray[np.uint8]]:
    from gloveui.core.bracket_kernels import blank_bracketed
    from gloveui.core.prepared_text import prepared

    kinds = _kinds(options)

    def prepare(piece: TextPiece) -> NDArray[np.uint8]:
        text = prepared(piece.data, options.lower)
        blank_bracketed(text, kinds)
        return text

    return prepare


def _distinct_words(words: object, lower: bool) -> tuple[str, ...]:
    """Words as the text has them, sorted; raises `SettingError` for what is no list of words."""
    if not isinstance(words, list | tuple) or not all(isinstance(word, str) for word in words):
        raise SettingError(setting="stop_words", expected="a list of words", received=words)
    return tuple(sorted({normalised(word.strip(), lower) for word in words} - {""}))


def _kinds(options: TokenOptions) -> NDArray[np.uint8]:
    if options.tokenizer == "regex":
        return unicode_classes.kinds("separated", split_sentences=False)
    return unicode_classes.kinds(options.tokenizer, options.split_sentences)


def _finder(options: TokenOptions) -> Callable[[str], list[str]]:
    if options.tokenizer == "regex":
        return compile_pattern(options.pattern)
    find_all: Callable[[str], list[str]] = regex.compile(rf"{PATTERNS[options.tokenizer]}|\n").findall
    return find_all
