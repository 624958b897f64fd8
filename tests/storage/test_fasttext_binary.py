from __future__ import annotations

import gzip
import struct
from pathlib import Path

import numpy as np
import pytest
from gensim.models.fasttext import load_facebook_vectors
from gensim.test.utils import datapath

from gloveui.core.progress import Progress, run_to_end
from gloveui.storage import fasttext_binary
from gloveui.storage.embedding_files import load_vectors, read_vectors
from gloveui.storage.vector_rows import VectorOptions
from tests import naive
from tests.storage.mutations import fasttext_example
from tests.storage.samples import file_of, refusal

OF_LINE_ENDS = "</s>"  # gensim takes parts of it as of any word, fastText does not


@pytest.mark.parametrize(
    "name",
    ["lee_fasttext", "lee_fasttext_new", "toy-model", "crime-and-punishment", "non_ascii_fasttext"],
)
def test_models_are_read_as_gensim_reads_them(name: str) -> None:
    path = datapath(f"{name}.bin")
    loaded, expected = load_vectors(Path(path)), load_facebook_vectors(path)
    assert list(loaded.vocabulary) == expected.index_to_key
    words = [word for word in loaded.vocabulary if word != OF_LINE_ENDS]
    assert np.allclose([loaded.vector(word) for word in words], [expected[word] for word in words], rtol=1e-6)


@pytest.mark.parametrize("name", ["crime-and-punishment", "pang_lee_polarity_fasttext", "lee_fasttext"])
def test_vectors_are_those_that_fasttext_itself_wrote(name: str) -> None:
    loaded, written = (load_vectors(Path(datapath(name + ending))) for ending in (".bin", ".vec"))
    assert OF_LINE_ENDS in written.vocabulary
    for word in written.vocabulary:
        assert np.allclose(loaded.vector(word), written.vector(word), rtol=1e-4, atol=1e-4)


def test_the_mean_is_that_of_an_obvious_reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fasttext_binary, "WORDS_AT_ONCE", 2)
    steps = list[Progress]()
    loaded = run_to_end(read_vectors(file_of(tmp_path, fasttext_example())), steps.append)
    expected = naive.fasttext_vectors(fasttext_example())
    assert list(loaded.vocabulary) == list(expected)
    assert np.array_equal(loaded.vectors, np.array([*expected.values()], np.float32))
    assert steps[-1].detail.format == "fastText binary"
    assert len(steps) > 4
    first = load_vectors(tmp_path / "vectors", VectorOptions(first=3))
    assert list(first.vocabulary) == list(loaded.vocabulary)[:3]


def test_a_compressed_model_is_unpacked_on_the_way(tmp_path: Path) -> None:
    plain = load_vectors(file_of(tmp_path, fasttext_example()))
    loaded = load_vectors(file_of(tmp_path, gzip.compress(fasttext_example()), "v.bin.gz"))
    assert loaded.vocabulary.words == plain.vocabulary.words
    assert np.array_equal(loaded.vectors, plain.vectors)


def changed(place: int, form: str, value: int) -> bytes:
    """The example with another number at a place."""
    content = bytearray(fasttext_example())
    struct.pack_into(form, content, place, value)
    return bytes(content)


@pytest.mark.parametrize(
    ("content", "expected", "received"),
    [
        (changed(4, "<i", 13), "version 11 or 12", 13),
        (changed(8, "<i", 0), "1 to 10000 numbers a word", 0),
        (changed(8, "<i", 10_001), "1 to 10000 numbers a word", 10_001),
        (changed(64, "<i", 999_999_999), "the settings of a model of fastText", "something else"),
        (changed(84, "<q", 5), "vectors as plain numbers", "a quantized model"),
        (fasttext_example()[:60], "the settings of a model of fastText", "something else"),
        (fasttext_example(quantized=True), "vectors as plain numbers", "a quantized model"),
    ],
)
def test_other_models_are_refused_with_the_reason(
    tmp_path: Path, content: bytes, expected: str, received: object
) -> None:
    facts = refusal(file_of(tmp_path, content))
    assert (facts["expected"], facts["received"]) == (expected, received)


def test_a_model_that_ends_early_is_refused(tmp_path: Path) -> None:
    whole = fasttext_example()
    for size in range(9, len(whole) - 40, 13):  # the rows of another matrix, which is not read, come last
        assert refusal(file_of(tmp_path, whole[:size]))["place"]
