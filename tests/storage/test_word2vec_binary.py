from __future__ import annotations

import struct
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gloveui.core.errors import VectorFileError, VectorsTooLarge
from gloveui.core.progress import Progress, run_to_end
from gloveui.storage import vector_table, word2vec_binary
from gloveui.storage.embedding_files import holds_vectors, load_vectors, read_vectors
from gloveui.storage.vector_rows import VectorFileNotes, VectorOptions
from tests.storage.samples import file_of, refusal


def binary(rows: list[tuple[bytes, list[float]]], header: bytes = b"", between: bytes = b"") -> bytes:
    """A file as word2vec writes it, or with line feeds between rows as its first versions did."""
    header = header or b"%d %d\n" % (len(rows), len(rows[0][1]))
    return header + b"".join(word + b" " + struct.pack(f"<{len(row)}f", *row) + between for word, row in rows)


ROWS = [(b"king", [1.0, 0.5, -2.0]), ("값".encode(), [0.0, 1e-9, 3.0]), (b"queen", [3.0, 4.0, 5.0])]


@pytest.mark.parametrize("between", [b"", b"\n"])
def test_rows_are_read_with_and_without_line_feeds(tmp_path: Path, between: bytes) -> None:
    path = file_of(tmp_path, binary(ROWS, between=between))
    assert holds_vectors(path)
    loaded = load_vectors(path)
    assert list(loaded.vocabulary) == ["king", "값", "queen"]
    assert np.array_equal(loaded.vectors, np.array([row for _, row in ROWS], np.float32))


@pytest.mark.parametrize(
    "name", ["euclidean_vectors.bin", "poincare_vectors.bin", "high_precision.kv.bin", "word2vec_pre_kv_c",
             "high_precision.kv.txt", "lee_fasttext.vec", "crime-and-punishment.vec",
             "toy-model.vec", "pang_lee_polarity_fasttext.vec"]
)  # fmt: skip
def test_gensims_own_files_are_read_as_gensim_reads_them(name: str) -> None:
    path = Path(gensim_file(name))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from gensim.models import KeyedVectors

        is_binary = b"\0" in path.read_bytes()
        expected: Any = KeyedVectors.load_word2vec_format(path, binary=is_binary, unicode_errors="replace")
    loaded = load_vectors(path)
    assert list(loaded.vocabulary) == expected.index_to_key
    assert np.array_equal(loaded.vectors, expected.vectors)


def gensim_file(name: str) -> str:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from gensim.test.utils import datapath
    found: str = datapath(name)
    return found


def test_gensims_glove_text_is_read() -> None:
    loaded = load_vectors(Path(gensim_file("test_glove.txt")))
    assert loaded.vectors.shape == (76, 50)
    assert loaded.vocabulary.word(0) == "the"


def test_gensims_file_with_a_wrong_header_is_read_and_that_is_noted() -> None:
    notes = notes_of(Path(gensim_file("pretrained.vec")))
    assert notes == VectorFileNotes("word2vec text", claimed_rows=3)


def test_many_rows_come_in_pieces_with_progress(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word2vec_binary, "CHUNK_BYTES", 100)
    rows = [(b"w%d" % number, [float(number), -number / 3]) for number in range(200)]
    path, steps = file_of(tmp_path, binary(rows)), list[Progress]()
    loaded = run_to_end(read_vectors(path), steps.append)
    assert np.array_equal(loaded.vectors, np.array([row for _, row in rows], np.float32))
    fractions = [step.fraction for step in steps]
    assert fractions == sorted(fractions)
    assert len(fractions) > 10
    first = load_vectors(path, VectorOptions(first=7))
    assert np.array_equal(first.vectors, loaded.vectors[:7])


def notes_of(path: Path, options: VectorOptions | None = None) -> object:
    steps = list[Progress]()
    run_to_end(read_vectors(path, options), steps.append)
    return steps[-1].detail


def test_words_that_come_twice_rows_of_zeros_and_a_wrong_header_are_noted(tmp_path: Path) -> None:
    rows = [(b"a", [0.0, 0.0, 0.0]), (b"a", [1.0, 2.0, 3.0]), (b"\xff", [1.0, 2.0, 4.0])]
    path = file_of(tmp_path, binary(rows, b"2 3\n"))
    assert list(load_vectors(path).vocabulary) == ["a", "\ufffd"]
    assert notes_of(path) == VectorFileNotes("word2vec binary", duplicates=1, claimed_rows=2, zero_rows=1)


def test_rows_that_are_not_finite_are_refused_or_left_out(tmp_path: Path) -> None:
    rows = [(b"a", [1.0, 2.0]), (b"b", [1.0, float("nan")]), (b"c", [3.0, 4.0])]
    path = file_of(tmp_path, binary(rows))
    assert refusal(path)["place"] == "row 2"
    assert list(load_vectors(path, VectorOptions(first=1)).vocabulary) == ["a"]
    notes = notes_of(path, VectorOptions(drops_bad_rows=True))
    assert notes == VectorFileNotes("word2vec binary", bad_rows=1)


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (binary(ROWS)[:-1], "byte 37"),
        (binary(ROWS)[:-14], "byte 37"),
        (b"2 3\n" + b"\x01" * 1001 + bytes(100), "byte 4"),
        (b"2 3\na " + bytes(12) + b"b" * 1001, "byte 18"),
        (b"999999999 100\na " + bytes(1000), "header"),
        (b"999999999 999999\na " + bytes(1000), "header"),
        (b"0 3\na " + bytes(12), "header"),
        (b"1 0\na " + bytes(12), "header"),
    ],
)
def test_what_is_damaged_is_refused_with_its_place(
    tmp_path: Path, content: bytes, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if place == "header":
        monkeypatch.setattr(word2vec_binary, "VectorTable", None)  # no memory is taken
    assert refusal(file_of(tmp_path, content))["place"] == place


def test_what_does_not_fit_in_memory_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vector_table, "free_memory", lambda: 30)
    path = file_of(tmp_path, binary(ROWS))
    with pytest.raises(VectorsTooLarge):
        load_vectors(path)
    assert len(load_vectors(path, VectorOptions(first=2))) == 2


def test_stopping_in_the_middle_closes_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word2vec_binary, "CHUNK_BYTES", 100)
    path = file_of(tmp_path, binary(ROWS * 50))
    reading = read_vectors(path)
    next(reading)
    next(reading)
    reading.close()  # a file that stays open is a ResourceWarning, which fails this
    with pytest.raises(VectorFileError):
        load_vectors(file_of(tmp_path, b"\x80\x04\x95" + bytes(100)))
