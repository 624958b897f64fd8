from __future__ import annotations

from pathlib import Path

import numpy as np

from gloveui.core.embedding import Embedding
from gloveui.core.model_cards import FileCard
from gloveui.core.vocabulary import Vocabulary
from gloveui.storage.export_code import model_code
from gloveui.storage.vector_export import save_vectors


def test_code_of_vectors_from_a_file_reads_them(tmp_path: Path) -> None:
    path = tmp_path / "v.safetensors"
    vectors = np.arange(6, dtype=np.float32).reshape(3, 2)
    save_vectors(Embedding(Vocabulary(["a", "b", "c"]), vectors), path)
    names: dict[str, object] = {}
    exec(model_code(None, FileCard(str(path), "", "safetensors", 3, 2)), names)
    assert np.array_equal(names["run"].embedding.vectors, vectors)  # type: ignore[attr-defined]
