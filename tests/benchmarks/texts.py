"""Texts to measure with: the bundled one as a plain file, and larger ones made of it."""

from __future__ import annotations

import lzma
import re
from functools import cache
from pathlib import Path

import numpy as np

from gloveui.core.progress import run_to_end
from gloveui.core.resources import Resources
from gloveui.core.text import FileText, TextSummary
from gloveui.core.tokens import TokenOptions, TokenStream, tokenise
from gloveui.core.vocabulary import Vocabulary
from gloveui.storage.bundled import bundled_texts

WORD = re.compile(r"[a-z]{9,}")
SENTENCE_WORDS = 20


@cache
def english() -> str:
    """The bundled English text."""
    with lzma.open(bundled_texts()[0].source.path) as stream:
        return stream.read().decode()


def plain_file(folder: Path, copies: int) -> Path:
    """The bundled text so many times, long words marked by copy, so that the vocabulary grows as it would."""
    path = folder / f"english-{copies}.txt"
    with path.open("w", encoding="utf-8") as stream:
        for copy in range(copies):
            stream.write(WORD.sub(rf"\g<0>x{copy}", english()) if copy else english())
    return path


def tokens_of(path: Path, threads: int = 0) -> TokenStream:
    """The words of a file."""
    return run_to_end(tokenise(FileText(path), TokenOptions(), Resources(threads=threads)))


def zipf_tokens(tokens: int, types: int) -> TokenStream:
    """Words drawn by Zipf's law, in sentences of twenty: as large as one likes, without a text."""
    random = np.random.default_rng(1)
    chances = 1 / np.arange(1, types + 1)
    ids = np.searchsorted(np.cumsum(chances) / chances.sum(), random.random(tokens)).astype(np.int32)
    counts = np.bincount(ids, minlength=types)
    order = np.argsort(-counts, kind="stable")
    rank = np.empty(types, np.int32)
    rank[order] = np.arange(types, dtype=np.int32)
    ids = np.insert(rank[ids], np.arange(SENTENCE_WORDS, tokens, SENTENCE_WORDS), np.int32(-1))
    vocabulary = Vocabulary((f"word{number}" for number in range(types)), counts[order])
    return TokenStream(ids, vocabulary, TextSummary("Zipf", "utf-8", "", 0), TokenOptions())
