"""Saves vectors in any of the formats that other programs read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypedDict, Unpack

import numpy as np

from gloveui.core.embedding import Embedding
from gloveui.core.errors import SettingError
from gloveui.core.glove import GloveParameters
from gloveui.core.model_cards import Card
from gloveui.core.progress import Task, run_to_end
from gloveui.core.vocabulary import Vocabulary
from gloveui.storage.export_arrays import (
    write_npy,
    write_npz,
    write_tensors_of,
    write_torch,
    write_word2vec_binary,
)
from gloveui.storage.export_options import EXPORT_FORMATS, ExportFormat, ExportOptions, format_for
from gloveui.storage.export_rows import ExportRows, export_rows, refused
from gloveui.storage.export_texts import write_lines, write_projector, write_spreadsheet

__all__ = [
    "EXPORT_FORMATS",
    "ExportFormat",
    "ExportOptions",
    "SavingOptions",
    "format_for",
    "save_vectors",
    "write_vectors",
]

_WRITERS: dict[str, Callable[[ExportRows, Path, ExportOptions], Task[None]]] = {
    "glove": write_lines,
    "word2vec_text": write_lines,
    "word2vec_binary": write_word2vec_binary,
    "fasttext_text": write_lines,
    "npz": write_npz,
    "npy": write_npy,
    "torch": write_torch,
    "projector": write_projector,
    "csv": write_spreadsheet,
}


def write_vectors(
    embedding: Embedding, path: Path, options: ExportOptions, card: Card | None = None
) -> Task[None]:
    """Write vectors as the options say; the file has its name only when all of it is there.

    The card goes into safetensors, which alone has a place for it.

    Raises
    ------
    SettingError
        If the options ask for what the embedding does not have.
    WriteFailed
        If a word cannot stand in the format, which is told before anything is written, or the file cannot be
        written; what was there before is unchanged.
    """
    if not len(embedding):
        raise refused(path, "there are no vectors to write")
    if options.format == "safetensors":
        yield from write_tensors_of(_for_tensors(embedding, options), path, card)
        return
    rows = export_rows(embedding, options)
    yield from _WRITERS[options.format](rows, path, options)


class SavingOptions(TypedDict, total=False):
    """As in `ExportOptions`."""

    precision: int
    header: bool | None
    vectors: str
    first: int
    special_rows: bool


def save_vectors(
    embedding: Embedding,
    path: Path,
    card: Card | None = None,
    format: str | None = None,
    **options: Unpack[SavingOptions],
) -> None:
    """Save vectors in the format with this key, or as the ending of the path says; see `ExportOptions`.

    Raises
    ------
    SettingError
        If the ending means no format, or an option is none.
    WriteFailed
        As `write_vectors`.
    """
    if format is None:
        found = format_for(path)
        if found is None:
            expected = f"a name ending in {', '.join(one.ending for one in EXPORT_FORMATS)}"
            raise SettingError(setting="path", expected=expected, received=path.name)
        format = found.key
    run_to_end(write_vectors(embedding, path, ExportOptions(format, **options), card))


def _for_tensors(embedding: Embedding, options: ExportOptions) -> Embedding:
    """What is saved as safetensors: everything that is known, unless the options ask for other vectors."""
    if options.vectors == "vectors" and not options.special_rows:
        return _first(embedding, options.first)
    rows = export_rows(embedding, options)
    return Embedding(Vocabulary(rows.words, _counts(embedding, rows)), rows.vectors)


def _first(embedding: Embedding, first: int) -> Embedding:
    if first in range(1, len(embedding)):
        parts = embedding.parameters
        if parts is not None:
            parts = GloveParameters(
                parts.word_vectors[:first],
                parts.context_vectors[:first],
                parts.word_biases[:first],
                parts.context_biases[:first],
            )
        return Embedding(embedding.vocabulary.most_frequent(first), embedding.vectors[:first], parts)
    return embedding


def _counts(embedding: Embedding, rows: ExportRows) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]] | None:
    """int64, shape (V,): counts of the rows that are written; 0 for special ones."""
    vocabulary = embedding.vocabulary
    if not vocabulary.has_counts:
        return None
    counts = dict(zip(vocabulary, vocabulary.counts.tolist(), strict=True))
    return np.array([counts.get(word, 0) for word in rows.words], np.int64)
