from __future__ import annotations

import gzip
import os
import struct
from pathlib import Path

import numpy as np
import pytest

from gloveui.core.errors import FileMissing, SettingError, VectorFileError
from gloveui.storage.embedding_files import holds_vectors, load_vectors, save_vectors
from tests.storage.samples import embedding_of, file_of, refusal

EMBEDDING = embedding_of(["king", "queen"])


def test_the_content_decides_and_not_the_name(tmp_path: Path) -> None:
    save_vectors(EMBEDDING, tmp_path / "a.safetensors")
    save_vectors(EMBEDDING, tmp_path / "b.txt")
    (tmp_path / "a.safetensors").rename(tmp_path / "one.txt")
    (tmp_path / "b.txt").rename(tmp_path / "other.safetensors")
    for name in ("one.txt", "other.safetensors"):
        assert np.array_equal(load_vectors(tmp_path / name).vectors, EMBEDDING.vectors)
        assert holds_vectors(tmp_path / name)


def test_a_folder_is_read_from_its_exact_vectors(tmp_path: Path) -> None:
    save_vectors(embedding_of(["text"]), tmp_path / "vectors.txt")
    assert list(load_vectors(tmp_path).vocabulary) == ["text"]
    save_vectors(EMBEDDING, tmp_path / "vectors.safetensors")
    assert list(load_vectors(tmp_path).vocabulary) == ["king", "queen"]
    assert holds_vectors(tmp_path)


def test_a_folder_without_vectors_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path)["place"] == "folder"
    assert not holds_vectors(tmp_path)


def test_a_file_that_is_not_there_is_missing(tmp_path: Path) -> None:
    with pytest.raises(FileMissing):
        load_vectors(tmp_path / "none")
    assert not holds_vectors(tmp_path / "none")


WORD2VEC_BINARY = b"2 3\nking " + struct.pack("<3f", 1, 2, 3) + b"\nqueen " + struct.pack("<3f", 1, 2, 3)


@pytest.mark.parametrize(
    ("content", "received"),
    [
        (gzip.compress(b"a 1 2\n"), "a gzip archive"),
        (b"PK\x03\x04" + bytes(100), "a ZIP archive or Office document"),
        (b"\x80\x04\x95" + bytes(100), "binary data"),
        (WORD2VEC_BINARY, "binary data"),
    ],
)
def test_other_formats_are_refused_by_what_they_look_like(
    tmp_path: Path, content: bytes, received: str
) -> None:
    path = file_of(tmp_path, content)
    assert refusal(path)["received"] == received
    assert not holds_vectors(path)


@pytest.mark.parametrize(
    "content", [b"", b"I like deep learning.\nI enjoy flying.\n", b"one\n", b"a 1 2\nb 1\n", b"3 0\na\n"]
)
def test_a_text_holds_no_vectors(tmp_path: Path, content: bytes) -> None:
    assert not holds_vectors(file_of(tmp_path, content))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names here")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert refusal(tmp_path / "pipe")["received"] == "a pipe or device"


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="permissions do not bind this person")
def test_a_file_without_permission_is_refused(tmp_path: Path) -> None:
    path = file_of(tmp_path, b"a 1 2\n")
    path.chmod(0)
    with pytest.raises(VectorFileError, match="Permission denied"):
        load_vectors(path)


def test_an_ending_without_a_format_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="safetensors"):
        save_vectors(EMBEDDING, tmp_path / "vectors.bin")
