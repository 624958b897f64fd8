"""Small values that tests of storage write and read."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from gloveui.core.embedding import Embedding
from gloveui.core.errors import VectorFileError
from gloveui.core.glove import GloveParameters
from gloveui.core.vocabulary import Vocabulary
from gloveui.storage.embedding_files import load_vectors
from gloveui.storage.vector_rows import VectorOptions


def embedding_of(words: list[str], dimension: int = 3, counts: bool = True, model: bool = True) -> Embedding:
    """Random vectors for some words, the same ones for the same arguments."""
    random = np.random.default_rng(len(words) * 1000 + dimension)
    tables = random.normal(size=(2, len(words), dimension)).astype(np.float32)
    biases = random.normal(size=(2, len(words))).astype(np.float32)
    parameters = GloveParameters(tables[0], tables[1], biases[0], biases[1])
    frequencies = np.arange(len(words), 0, -1, dtype=np.int64) if counts else None
    return Embedding(Vocabulary(words, frequencies), parameters.vectors("sum"), parameters if model else None)


def file_of(folder: Path, content: bytes, name: str = "vectors") -> Path:
    """A file with these bytes."""
    path = folder / name
    path.write_bytes(content)
    return path


def refusal(path: Path, options: VectorOptions | None = None) -> dict[str, object]:
    """The facts of the error that reading the file ends with."""
    with pytest.raises(VectorFileError, match=re.escape(str(path.parent))) as refused:
        load_vectors(path, options)
    return refused.value.fields
