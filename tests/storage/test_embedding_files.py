from __future__ import annotations

import bz2
import gzip
import hashlib
import io
import lzma
import os
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from gloveui.core.errors import FileMissing, SettingError, SeveralTables, VectorFileError
from gloveui.core.progress import run_to_end
from gloveui.storage.embedding_files import file_card, holds_vectors, load_vectors
from gloveui.storage.vector_export import save_vectors
from gloveui.storage.vector_rows import VectorFileNotes, VectorOptions
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


@pytest.mark.parametrize(
    ("content", "received"),
    [
        (b"%PDF-1.7\n" + bytes(100), "a PDF document"),
        (b"\x80\xff\x95" + bytes(100), "binary data"),
        (b"a 1 2\nb\0 3 4\n", "binary data"),
    ],
)
def test_other_formats_are_refused_by_what_they_look_like(
    tmp_path: Path, content: bytes, received: str
) -> None:
    path = file_of(tmp_path, content)
    assert refusal(path)["received"] == received
    assert not holds_vectors(path)


def zip_of(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


GLOVE = b"king 1 2\nqueen 3 4\n"
WORD2VEC = b"2 2\nking " + struct.pack("<2f", 1, 2) + b"\nqueen " + struct.pack("<2f", 3, 4)


@pytest.mark.parametrize("content", [GLOVE, WORD2VEC])
@pytest.mark.parametrize(
    "packed", [gzip.compress, bz2.compress, lzma.compress, lambda content: zip_of({"v.txt": content})]
)
def test_compressed_files_are_unpacked_while_they_are_read(
    tmp_path: Path, content: bytes, packed: Callable[[bytes], bytes]
) -> None:
    path = file_of(tmp_path, packed(content))
    assert holds_vectors(path)
    loaded = load_vectors(path)
    assert list(loaded.vocabulary) == ["king", "queen"]
    assert loaded.vectors.tolist() == [[1, 2], [3, 4]]


def test_a_compressed_file_that_is_cut_is_refused_though_its_last_number_looks_whole(tmp_path: Path) -> None:
    content = b"".join(b"word%d %d.12345 1\n" % (number, number * 7919) for number in range(500))
    path = file_of(tmp_path, gzip.compress(content)[:-100])
    with pytest.raises(VectorFileError):
        load_vectors(path)


def test_of_several_files_in_an_archive_one_is_chosen(tmp_path: Path) -> None:
    path = file_of(tmp_path, zip_of({"glove.50d.txt": GLOVE, "glove.100d.txt": b"other 5 6 7\n"}))
    assert holds_vectors(path)
    with pytest.raises(SeveralTables) as asked:
        load_vectors(path)
    assert asked.value.fields["tables"] == ("glove.50d.txt", "glove.100d.txt")
    assert list(load_vectors(path, VectorOptions(table="glove.100d.txt")).vocabulary) == ["other"]
    with pytest.raises(VectorFileError, match=r"glove\.50d"):
        load_vectors(path, VectorOptions(table="none"))


def test_an_office_document_is_no_archive_of_vectors(tmp_path: Path) -> None:
    path = file_of(tmp_path, zip_of({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"}))
    assert refusal(path)["received"] == "a ZIP archive or Office document"
    assert not holds_vectors(path)


def test_the_card_of_a_file_says_which_it_is_and_how_it_was_read(tmp_path: Path) -> None:
    path, options = file_of(tmp_path, GLOVE), VectorOptions(first=1)
    card = run_to_end(file_card(path, load_vectors(path, options), VectorFileNotes("GloVe text"), options))
    assert (card.path, card.format, card.rows, card.dimension) == (str(path), "GloVe text", 1, 2)
    assert card.sha256 == hashlib.sha256(GLOVE).hexdigest()
    assert card.options == {"first": 1}


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
        save_vectors(EMBEDDING, tmp_path / "vectors.docx")
