"""An embedding layer that is saved comes back, number by number, by the code beside it."""

from __future__ import annotations

import runpy

import numpy as np
import pytest

from gloveui.core.embedding_layer import lecture_table
from gloveui.core.errors import WriteFailed
from gloveui.core.lookup import LookupTable, lookup_table
from gloveui.core.progress import run_to_end
from gloveui.storage import layer_files
from tests.views.vectors import embedding_of, noise

STRANGE = ("été", "고양이", '"quoted"', "back\\slash", "a\u2028b", "{brace}")


def tables() -> dict[str, LookupTable]:
    return {"lecture": lecture_table(), "strange": lookup_table(embedding_of(noise(STRANGE)))}


@pytest.mark.parametrize("name", tables())
def test_the_loading_code_gives_every_number_and_every_id_back(name, tmp_path):
    table = tables()[name]
    folder = run_to_end(layer_files.write_layer(tmp_path, table))

    loaded = runpy.run_path(str(folder / "load_embedding.py"))

    layer = loaded["layer"]
    np.testing.assert_array_equal(layer.weight.detach().numpy(), table.vectors)
    assert (layer.num_embeddings, layer.embedding_dim, layer.padding_idx) == (*table.vectors.shape, 1)
    assert loaded["words"] == list(table.vocabulary)
    assert [loaded["word_to_id"][word] for word in table.vocabulary] == list(range(len(table)))


def test_the_loading_code_finds_the_rows_of_a_sentence(tmp_path):
    folder = run_to_end(layer_files.write_layer(tmp_path, lecture_table()))
    loaded = runpy.run_path(str(folder / "load_embedding.py"))

    ids = loaded["ids"]("You need to run")

    assert ids.tolist() == [2, 3, 4, 0]
    np.testing.assert_array_equal(loaded["layer"](ids).detach().numpy(), lecture_table().rows(ids.numpy()))


def test_the_loading_code_finds_words_with_capitals_too(tmp_path):
    table = lookup_table(embedding_of(noise(("King", "king", "Paris", "ice"))))
    folder = run_to_end(layer_files.write_layer(tmp_path, table))
    loaded = runpy.run_path(str(folder / "load_embedding.py"))

    words = ["King", "king", "KING", "Paris", "paris", "Ice"]

    assert loaded["ids"](" ".join(words)).tolist() == table.ids(words).tolist() == [2, 3, 3, 4, 0, 5]


def test_files_that_are_there_are_never_written_over(tmp_path):
    first = run_to_end(layer_files.write_layer(tmp_path, lecture_table()))
    second = run_to_end(layer_files.write_layer(tmp_path, lecture_table()))

    assert first != second
    assert {path.name for path in second.iterdir()} == {
        "embedding.pt",
        "vocabulary.json",
        "load_embedding.py",
    }


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    blocking = tmp_path / "file"
    blocking.write_text("not a folder")

    with pytest.raises(WriteFailed):
        run_to_end(layer_files.write_layer(blocking, lecture_table()))
