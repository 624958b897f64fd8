"""The steps of the core, each run to its end in one call, for tests that are about a later one."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

from gloveui.core.cooccurrence import CooccurrenceMatrix, CountOptions, count_cooccurrences
from gloveui.core.progress import run_to_end
from gloveui.core.resources import Resources
from gloveui.core.text import FileText, PastedText, TextSource, TextSummary
from gloveui.core.tokens import SENTENCE_BREAK, TokenOptions, TokenStream, tokenise

LECTURE = "I like deep learning\nI like NLP\nI enjoy flying"


def read(text: str | TextSource, **options: Any) -> TokenStream:
    """A text, typed or from a source, as ids."""
    source = PastedText(text) if isinstance(text, str) else text
    return run_to_end(tokenise(source, TokenOptions(**options), Resources()))


def read_file(path: Path, encoding: str | None = None) -> tuple[str, TextSummary]:
    """All characters of a file, and what was met in it."""
    return read_source(FileText(path, encoding))


def read_source(source: TextSource) -> tuple[str, TextSummary]:
    """All characters of a source, and what was met in it."""
    pieces = source.pieces()
    text = ""
    while True:
        try:
            text += next(pieces).text
        except StopIteration as stop:
            return text, stop.value


def sentences_of(stream: TokenStream) -> list[list[str]]:
    """The words that the ids of a stream stand for, by sentence."""
    sentences: list[list[str]] = [[]]
    for index in stream.ids.tolist():
        if index == SENTENCE_BREAK:
            sentences.append([])
        else:
            sentences[-1].append(stream.vocabulary.word(index))
    return sentences


def count(text: str | TokenStream, threads: int = 1, **options: Any) -> CooccurrenceMatrix:
    """The counts of a text; every word is kept unless the options say otherwise."""
    stream = read(text) if isinstance(text, str) else text
    return run_to_end(
        count_cooccurrences(stream, CountOptions(**{"min_count": 1, **options}), Resources(threads=threads))
    )


def random_text(words: int, tokens: int, seed: int = 1) -> str:
    """Sentences of up to 20 words, a few of them much more frequent than the rest."""
    random = Random(seed)
    sentences: list[list[str]] = [[]]
    for _ in range(tokens):
        if random.random() < 0.05:
            sentences.append([])
        sentences[-1].append(f"w{int(words * random.random() ** 2)}")
    return "\n".join(" ".join(sentence) for sentence in sentences)
