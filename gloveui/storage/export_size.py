"""How large a file of vectors will be, told before it is written."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from gloveui.core.embedding import Embedding
from gloveui.core.lookup import SPECIAL_WORDS
from gloveui.storage.export_options import ExportOptions

SAMPLE_ROWS = 200
NUMBER_BYTES = 4  # of a float32


def exported_rows(embedding: Embedding, options: ExportOptions) -> int:
    """Rows that will be written."""
    most = options.first or len(embedding)
    if not options.special_rows:
        return min(len(embedding), most)
    added = sum(word not in embedding.vocabulary for word in SPECIAL_WORDS)
    return min(len(embedding) + added, most + len(SPECIAL_WORDS))


def estimated_bytes(embedding: Embedding, options: ExportOptions) -> int:
    """About how many bytes all files will have together, from some rows spread over the table."""
    rows = exported_rows(embedding, options)
    sample = np.linspace(0, min(rows, len(embedding)) - 1, SAMPLE_ROWS).astype(np.int64)
    words = sum(len(embedding.vocabulary.word(index).encode()) for index in sample.tolist()) / len(sample)
    if options.file_format.has_precision:
        numbers = _text_bytes(embedding, sample, options)
    else:
        numbers = NUMBER_BYTES * embedding.dimension * _tables(embedding, options)
    return round(rows * (words + 1 + numbers))


def _text_bytes(embedding: Embedding, sample: NDArray[np.int64], options: ExportOptions) -> float:
    """Bytes of a row of numbers, each with what stands before it."""
    rows = embedding.unit_rows(sample) if options.vectors == "unit" else embedding.vectors[sample]
    text = f"%.{options.precision}g"
    return sum(len(text % number) + 1 for number in rows.ravel().tolist()) / len(sample)


def _tables(embedding: Embedding, options: ExportOptions) -> int:
    """How many tables of numbers are written: safetensors holds the model behind the vectors, too."""
    is_whole = options.vectors == "vectors" and not options.special_rows
    has_model = options.format == "safetensors" and embedding.parameters is not None
    return 3 if has_model and is_whole else 1
