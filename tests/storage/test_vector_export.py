from __future__ import annotations

import csv
import json
import os
import tempfile
import unicodedata
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import gloveui
from gloveui.core.embedding import Embedding
from gloveui.core.errors import SettingError, WriteFailed
from gloveui.core.lookup import lookup_table
from gloveui.core.progress import Progress, run_to_end
from gloveui.core.vocabulary import Vocabulary
from gloveui.storage import export_rows
from gloveui.storage.embedding_files import load_vectors
from gloveui.storage.vector_export import (
    EXPORT_FORMATS,
    ExportFormat,
    ExportOptions,
    format_for,
    save_vectors,
    write_vectors,
)
from tests.storage.faults import each_fault
from tests.storage.samples import embedding_of

WORDS = ["the", "값", "</s>", "naïve", "12", "😀"]
READ_AGAIN = [one for one in EXPORT_FORMATS if one.key not in ("projector", "csv", "torch")]
NASTY = [
    *(
        "New York",
        "a\tb",
        "a\u00a0b",
        "\u2028",
        "👩\u200d👧",
        "שלום",
        "</s>",
        "<unk>",
        "1",
        "-0",
        "1e5",
        "5 3",
        "nan",
    ),
    *("x" * 1000, "값" * 400, "a\nb", "a\rb", "\r", "\ufeffa", "a\0b", "=1+1", '"', "'", "\\n", "{}"),
]
SEPARATORS = {*" \t\n\r\0\ufeff"}


def by_key(key: str) -> ExportFormat:
    return next(one for one in EXPORT_FORMATS if one.key == key)


@pytest.mark.parametrize("one", READ_AGAIN, ids=lambda one: one.key)
def test_what_is_saved_is_read_again_to_the_bit(one: ExportFormat, tmp_path: Path) -> None:
    embedding = embedding_of(WORDS, 4)
    path = tmp_path / f"vectors{one.ending}"
    save_vectors(embedding, path)
    loaded = load_vectors(path)
    assert loaded.vocabulary.words == embedding.vocabulary.words
    assert np.array_equal(loaded.vectors, embedding.vectors)
    assert sorted(tmp_path.iterdir()) == sorted(one.files(path))
    save_vectors(embedding, tmp_path / f"again{one.ending}")
    assert (tmp_path / f"again{one.ending}").read_bytes() == path.read_bytes()


@settings(max_examples=30, deadline=None)
@given(
    one=st.sampled_from(READ_AGAIN),
    words=st.lists(
        st.one_of(st.sampled_from(NASTY), st.text(min_size=1, max_size=4)), min_size=1, max_size=5
    ),
    dimension=st.integers(1, 3),
    seed=st.integers(0, 99),
)
def test_nasty_words_come_back_or_are_refused_before_anything_is_written(
    one: ExportFormat, words: list[str], dimension: int, seed: int
) -> None:
    distinct = list(dict.fromkeys(unicodedata.normalize("NFC", word) for word in words))
    numbers = np.random.default_rng(seed).normal(size=(len(distinct), dimension)) * 10.0 ** (seed % 40 - 20)
    embedding = Embedding(Vocabulary(distinct), numbers.astype(np.float32))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"vectors{one.ending}")
        try:
            save_vectors(embedding, path)
        except WriteFailed:
            assert not list(Path(folder).iterdir())
            # Four bytes can be digits, and then their row reads as text.
            assert numbers.size == 1 or any(
                SEPARATORS & {*word} or len(word) >= 300 or not word.isprintable() for word in words
            )
            return
        loaded = load_vectors(path)
    assert loaded.vocabulary.words == embedding.vocabulary.words
    assert np.array_equal(loaded.vectors, embedding.vectors)


def test_numbers_whose_bytes_are_all_letters_are_binary_all_the_same(tmp_path: Path) -> None:
    numbers = np.frombuffer(b"ABCDEFGHabcdefgh", "<f4").reshape(2, 2)
    path = tmp_path / "vectors.bin"
    save_vectors(Embedding(Vocabulary(["a", "값"]), numbers), path)
    loaded = load_vectors(path)
    assert loaded.vocabulary.words == ("a", "값")
    assert np.array_equal(loaded.vectors, numbers)


def test_one_number_whose_bytes_are_digits_is_refused(tmp_path: Path) -> None:
    numbers = np.frombuffer(b"1234", "<f4").reshape(1, 1)
    with pytest.raises(WriteFailed, match="taken for text"):
        save_vectors(Embedding(Vocabulary(["a"]), numbers), tmp_path / "vectors.bin")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("key", "word"),
    [
        *((key, word) for key in ("glove", "word2vec_text", "fasttext_text") for word in (" ", "\n", "\0")),
        *(("word2vec_binary", word) for word in (" ", "\n", "x" * 1001)),
        ("npz", "a\0"),
        *(("projector", word) for word in ("a\tb", "a\nb")),
        *((one.key, word) for one in EXPORT_FORMATS for word in ("", "\ud800") if one.key != "safetensors"),
    ],
)
def test_a_word_that_a_format_cannot_hold_is_refused_with_the_reason_and_the_old_file_stays(
    key: str, word: str, tmp_path: Path
) -> None:
    path = tmp_path / "vectors"
    path.write_bytes(b"old")
    with pytest.raises(WriteFailed, match="word"):
        save_vectors(embedding_of(["fine", word]), path, format=key)
    assert [(one, one.read_bytes()) for one in tmp_path.iterdir()] == [(path, b"old")]


@pytest.mark.parametrize("one", EXPORT_FORMATS, ids=lambda one: one.key)
def test_stopping_in_the_middle_leaves_nothing_behind(
    one: ExportFormat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export_rows, "ROWS_AT_ONCE", 1)
    writing = write_vectors(embedding_of(WORDS), tmp_path / "v", ExportOptions(one.key))
    next(writing)
    assert list(tmp_path.iterdir())
    writing.close()
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("key", ["npy", "projector", "npz", "word2vec_binary"])
def test_each_file_is_the_old_one_or_the_new_one_whatever_the_disk_refuses(key: str, tmp_path: Path) -> None:
    one = by_key(key)
    path, new = tmp_path / "v", tmp_path / "new"
    new.mkdir()
    run_to_end(write_vectors(embedding_of(WORDS), new / "v", ExportOptions(key)))
    contents = {tmp_path / file.name: file.read_bytes() for file in one.files(new / "v")}
    failures = 0
    for disk, place in each_fault():
        for file in contents:
            file.write_bytes(b"old")
        try:
            with disk.in_place():
                run_to_end(write_vectors(embedding_of(WORDS), path, ExportOptions(key)))
            assert all(file.read_bytes() == content for file, content in contents.items()), place
        except WriteFailed:
            failures += 1
            assert all(file.read_bytes() in (b"old", content) for file, content in contents.items()), place
        for rest in set(tmp_path.iterdir()) - {*contents, new}:
            rest.unlink()  # what a disk that refuses to unlink leaves behind
    assert failures >= 6


def test_digits_and_header_are_as_asked(tmp_path: Path) -> None:
    embedding = Embedding(Vocabulary(["a", "b"]), np.array([[1 / 3, 20000], [0.5, -1e-9]], np.float32))
    path = tmp_path / "v.txt"
    save_vectors(embedding, path, precision=3)
    assert path.read_text(encoding="utf-8") == "a 0.333 2e+04\nb 0.5 -1e-09\n"
    save_vectors(embedding, path, header=True)
    assert path.read_text(encoding="utf-8").startswith("2 2\na 0.333333343 20000\n")
    save_vectors(embedding, path, format="word2vec_text", header=False, precision=1)
    assert path.read_text(encoding="utf-8").startswith("a 0.3 2e+04\n")
    for precision in range(6, 10):
        save_vectors(embedding_of(WORDS), path, precision=precision)
        assert np.allclose(load_vectors(path).vectors, embedding_of(WORDS).vectors, rtol=5 * 10.0**-precision)


def test_the_vectors_asked_for_are_written(tmp_path: Path) -> None:
    embedding = embedding_of(WORDS)
    parts = embedding.parameters
    assert parts is not None
    unit = embedding.vectors / np.linalg.norm(embedding.vectors, axis=1, keepdims=True)
    expected = {"word": parts.word_vectors, "context": parts.context_vectors, "unit": unit}
    for key in ("npz", "safetensors"):
        for vectors, rows in expected.items():
            save_vectors(embedding, tmp_path / "v", None, key, vectors=vectors, first=3)
            loaded = load_vectors(tmp_path / "v")
            assert list(loaded.vocabulary) == WORDS[:3]
            assert np.allclose(loaded.vectors, rows[:3], rtol=1e-6)
    save_vectors(embedding, tmp_path / "v", format="npz", special_rows=True, first=2)
    table, loaded = lookup_table(embedding), load_vectors(tmp_path / "v")
    assert list(loaded.vocabulary) == ["<unk>", "<pad>", *WORDS[:2]]
    assert np.array_equal(loaded.vectors, table.vectors[:4])
    with pytest.raises(SettingError, match="two sides"):
        save_vectors(embedding_of(WORDS, model=False), tmp_path / "v.npz", vectors="word")


def test_safetensors_of_the_first_words_keep_their_model_and_counts(tmp_path: Path) -> None:
    embedding = embedding_of(WORDS)
    save_vectors(embedding, tmp_path / "v.safetensors", first=2)
    loaded = load_vectors(tmp_path / "v.safetensors")
    assert loaded.vocabulary.counts.tolist() == embedding.vocabulary.counts[:2].tolist()
    assert loaded.parameters is not None
    assert embedding.parameters is not None
    assert np.array_equal(loaded.parameters.context_biases, embedding.parameters.context_biases[:2])
    save_vectors(embedding, tmp_path / "v.safetensors", special_rows=True)
    assert load_vectors(tmp_path / "v.safetensors").vocabulary.counts.tolist() == [0, 0, 6, 5, 4, 3, 2, 1]


def test_the_projector_gets_numbers_and_words_in_two_files(tmp_path: Path) -> None:
    embedding = embedding_of(["New York", "b"])
    save_vectors(embedding, tmp_path / "v.tsv")
    assert (tmp_path / "v.metadata.tsv").read_text(encoding="utf-8") == "New York\nb\n"
    rows = [line.split("\t") for line in (tmp_path / "v.tsv").read_text(encoding="utf-8").splitlines()]
    assert np.array_equal(np.array(rows, np.float32), embedding.vectors)


def test_csv_has_a_heading_and_no_formula(tmp_path: Path) -> None:
    embedding = embedding_of(["=1+1", 'say "a, b"', "two\nlines"])
    save_vectors(embedding, tmp_path / "v.csv")
    with (tmp_path / "v.csv").open(encoding="utf-8-sig", newline="") as stream:
        heading, *rows = csv.reader(stream)
    assert heading == ["word", "d1", "d2", "d3"]
    assert [row[0] for row in rows] == ["'=1+1", 'say "a, b"', "two\nlines"]
    assert np.array_equal(np.array([row[1:] for row in rows], np.float32), embedding.vectors)


@pytest.mark.filterwarnings(
    "ignore:Exception ignored:pytest.PytestUnraisableExceptionWarning"
)  # gensim's own
def test_gensim_reads_what_is_saved_for_it(tmp_path: Path) -> None:
    from gensim.models import KeyedVectors

    words = ["the", "값", "a\u00a0b", "</s>", "12", "שלום", "x" * 999, "\u2028"]
    embedding = embedding_of(words, 5)
    for key, binary, no_header in (
        ("word2vec_binary", True, False),
        ("word2vec_text", False, False),
        ("fasttext_text", False, False),
        ("glove", False, True),
    ):
        path = tmp_path / key
        save_vectors(embedding, path, format=key)
        loaded = KeyedVectors.load_word2vec_format(os.fspath(path), binary=binary, no_header=no_header)
        assert loaded.index_to_key == words
        assert np.array_equal(loaded.vectors, embedding.vectors)


def test_numpy_itself_reads_the_arrays(tmp_path: Path) -> None:
    embedding = embedding_of(WORDS)
    save_vectors(embedding, tmp_path / "v.npz")
    with np.load(tmp_path / "v.npz", allow_pickle=False) as arrays:
        assert arrays["words"].tolist() == WORDS
        assert np.array_equal(arrays["vectors"], embedding.vectors)
    save_vectors(embedding, tmp_path / "v.npy")
    assert np.array_equal(np.load(tmp_path / "v.npy"), embedding.vectors)
    assert json.loads((tmp_path / "v.vocabulary.json").read_text(encoding="utf-8")) == WORDS


def test_writing_tells_how_far_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export_rows, "ROWS_AT_ONCE", 1)
    for one in EXPORT_FORMATS:
        steps = list[Progress]()
        run_to_end(write_vectors(embedding_of(WORDS), tmp_path / "v", ExportOptions(one.key)), steps.append)
        fractions = [step.fraction or 0.0 for step in steps]
        assert fractions == sorted(fractions)
        assert fractions[-1] == 1.0


@pytest.mark.parametrize(
    "options",
    [
        {"format": "none"},
        {"precision": 0},
        {"precision": 10},
        {"first": -1},
        {"vectors": "sum"},
        {"header": 1},
    ],
)
def test_options_that_do_not_exist_are_refused(options: dict[str, Any]) -> None:
    with pytest.raises(SettingError, match=next(iter(options))):
        ExportOptions(**{"format": "glove", **options})


def test_the_format_follows_the_ending_and_the_public_function_takes_options(tmp_path: Path) -> None:
    assert {one.ending: format_for(Path(f"v{one.ending.upper()}")) for one in EXPORT_FORMATS} == {
        one.ending: one for one in EXPORT_FORMATS
    }
    gloveui.save_vectors(embedding_of(WORDS), tmp_path / "v.bin", first=2)
    assert list(gloveui.load_vectors(tmp_path / "v.bin").vocabulary) == WORDS[:2]
    with pytest.raises(WriteFailed, match="no vectors"):
        save_vectors(Embedding(Vocabulary([]), np.empty((0, 3), np.float32)), tmp_path / "v.npz")
