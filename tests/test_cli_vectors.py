"""Files of vectors on the command line: told about, asked, and converted."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from gloveui import load_vectors
from gloveui.storage.export_options import EXPORT_FORMATS
from tests.commands import Run, assert_is_refused

TEXT = "king 1 2 3\nqueen 1 2 2.5\nking 9 9 9\nman -1 0.5 2\n"


@pytest.fixture
def vectors(tmp_path: Path) -> Path:
    path = tmp_path / "vectors.txt"
    path.write_text(TEXT)
    return path


@pytest.mark.parametrize(
    "key", [one.key for one in EXPORT_FORMATS if one.key not in {"projector", "csv", "torch"}]
)
def test_converted_vectors_are_read_as_they_were(run: Run, vectors: Path, tmp_path: Path, key: str) -> None:
    out = tmp_path / "out"
    outcome = run("convert", vectors, out, "--format", key)
    assert outcome.code == 0, outcome.err
    assert "3 rows × 3 numbers" in outcome.out
    assert "duplicates: 1" in outcome.err
    found, expected = load_vectors(out), load_vectors(vectors)
    assert found.vocabulary.words == expected.vocabulary.words == ("king", "queen", "man")
    assert np.array_equal(found.vectors, expected.vectors)


def test_the_ending_says_the_format_and_options_what_is_written(
    run: Run, vectors: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.txt"
    arguments = ("--header", "--precision", 2, "--first", 2, "--special-rows", "--vectors", "unit")
    assert run("convert", vectors, out, *arguments).code == 0
    header, unknown, padding, king, *_ = out.read_text().splitlines()
    assert (header, unknown.split()[0], padding) == ("4 3", "<unk>", "<pad> 0 0 0")
    assert king == "king 0.27 0.53 0.8"


def test_nothing_is_replaced_unless_that_is_asked_for(run: Run, vectors: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.npy"
    (tmp_path / "out.vocabulary.json").write_text("mine")
    assert_is_refused(run("convert", vectors, out), "out.vocabulary.json", "--force")
    assert (tmp_path / "out.vocabulary.json").read_text() == "mine"
    assert not out.exists()
    assert run("convert", vectors, out, "--force").code == 0
    assert_is_refused(run("convert", vectors, vectors, "--force"), "the file that is read")
    assert vectors.read_text() == TEXT


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["out.foo"], [".safetensors", "--format"]),
        (["out.bin", "--header"], ["header", "word2vec binary"]),
        (["out.bin", "--precision", "3"], ["precision", "word2vec binary"]),
        (["out.bin", "--format", "pickle"], ["format", "safetensors"]),
        (["out.bin", "--vectors", "word"], ["vectors", "unit"]),
        (["out.bin", "--table", "b"], ["b"]),
    ],
)
def test_what_cannot_be_done_is_refused_in_a_line(
    run: Run, vectors: Path, tmp_path: Path, arguments: list[str], words: list[str]
) -> None:
    out, *options = arguments
    archive = tmp_path / "two.npz"
    np.savez(archive, a=np.ones((2, 3), np.float32))
    source = archive if "--table" in options else vectors
    assert_is_refused(run("convert", source, tmp_path / out, *options), *words)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["two.npz", "vectors.txt"]


def test_what_a_file_leaves_open_is_answered_by_options(run: Run, tmp_path: Path) -> None:
    source, words, bad = tmp_path / "two.npz", tmp_path / "words.txt", tmp_path / "bad.txt"
    np.savez(source, a=np.ones((2, 3), np.float32), b=np.eye(2, dtype=np.float32))
    words.write_text("king\nqueen\n")
    bad.write_text("king 1 2\nqueen nan 2\nman 2 1\n")
    assert_is_refused(run("neighbours", source, "king"), "several tables", "a, b")
    assert_is_refused(run("neighbours", source, "king", "--table", "b"), "no words")
    asked = ("neighbours", source, "king", "--table", "b", "--words", words)
    assert run(*asked).out == "queen\t0.0000\n"
    assert_is_refused(run("neighbours", bad, "king"), "line 2", "nan")
    assert run("neighbours", bad, "king", "--drop-bad-rows").out == "man\t0.8000\n"


def test_info_tells_notes_and_where_vectors_come_from(run: Run, vectors: Path, tmp_path: Path) -> None:
    facts = json.loads(run("info", vectors, "--first", 1, "--json").out)
    assert (facts["words"], facts["format"]) == (1, "GloVe text")
    assert facts["card"]["method"] == "file"
    assert facts["card"]["options"] == {"first": 1}
    assert len(facts["card"]["sha256"]) == 64
    run("convert", vectors, tmp_path / "v.safetensors")
    kept = json.loads(run("info", tmp_path / "v.safetensors", "--json").out)["card"]
    assert (kept["path"], kept["format"]) == (str(vectors), "GloVe text")
    assert "sha256: " in run("info", vectors).out
