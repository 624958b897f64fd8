"""The size of a file of vectors is foretold well enough to decide by."""

from __future__ import annotations

from pathlib import Path

import pytest

from gloveui.core.progress import run_to_end
from gloveui.storage.export_options import EXPORT_FORMATS, ExportOptions
from gloveui.storage.export_rows import export_rows
from gloveui.storage.export_size import estimated_bytes, exported_rows
from gloveui.storage.vector_export import write_vectors
from tests.storage.samples import embedding_of

WORDS = [f"word{number}" for number in range(2_000)]


@pytest.mark.parametrize("key", [one.key for one in EXPORT_FORMATS if one.key != "torch"])
def test_the_size_is_foretold_to_a_quarter(tmp_path: Path, key: str) -> None:
    options = ExportOptions(key, first=1_500, special_rows=key == "glove")
    embedding = embedding_of(WORDS, 20)
    run_to_end(write_vectors(embedding, tmp_path / "out", options))
    size = sum(path.stat().st_size for path in options.file_format.files(tmp_path / "out"))
    assert estimated_bytes(embedding, options) == pytest.approx(size, rel=0.25)


def test_special_rows_that_the_words_have_are_counted_once() -> None:
    embedding = embedding_of(["<unk>", "king", "queen"])
    for first in (0, 1, 2):
        options = ExportOptions("glove", special_rows=True, first=first)
        assert exported_rows(embedding, options) == len(export_rows(embedding, options))
    assert exported_rows(embedding, ExportOptions("glove", first=2)) == 2
