"""Vocabularies as text, ``word count`` on a line, as Stanford's GloVe writes ``vocab.txt``."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np

from gloveui.core.errors import WriteFailed
from gloveui.core.text import printable
from gloveui.core.vocabulary import Vocabulary
from gloveui.storage.atomic import atomic_text_file
from gloveui.storage.vector_rows import DistinctWords, vector_file_error

_COUNT = re.compile(rb"[0-9]{1,18}")


def write_vocabulary(vocabulary: Vocabulary, path: Path) -> None:
    """Write the words by their ids, each with its count.

    Raises
    ------
    WriteFailed
        If a word holds a line end, or the file cannot be written.
    """
    broken = next((word for word in vocabulary if "\n" in word), None)
    if broken is not None:
        raise WriteFailed(path=printable(path), reason=f"the word {broken!r} goes over the end of a line")
    with atomic_text_file(path) as stream:
        for word, count in zip(vocabulary, vocabulary.counts.tolist(), strict=True):
            stream.write(f"{word} {count}\n")


def read_vocabulary(path: Path) -> Vocabulary:
    """The words and counts of a file; of a word that comes twice the first is kept.

    Raises
    ------
    VectorFileError
        With the line, if it is no word and count.
    """
    words, counts = DistinctWords(), []
    try:
        with path.open("rb") as stream:
            for number, line in enumerate(stream, 1):
                word, _, count = line.rstrip(b"\r\n").rpartition(b" ")
                if not _COUNT.fullmatch(count):
                    raise vector_file_error(
                        path,
                        f"line {number}",
                        "a word and its count",
                        f"“{line[:40].decode(errors='replace')}”",
                    )
                if words.take(word.decode("utf-8", "replace")):
                    counts.append(int(count))
    except OSError as error:
        raise vector_file_error(path, "byte 0", "a readable file", error.strerror) from error
    return Vocabulary(words.words, np.array(counts, np.int64))
